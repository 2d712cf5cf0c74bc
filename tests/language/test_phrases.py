"""Phrases: their words, and the bare value of each for the register of claims."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from portrait.language.phrases import Phrase, Phrases
from portrait.language.phrases.names import NamePhrases
from portrait.storage.media_types import CLAIM
from tests.language.said import Said, change, share, top

FR, EN = Phrases("fr"), Phrases("en")


def moved(points: Fraction, whole: int = 168) -> Said:
    """Return the change of a share, in percentage points, and the smaller of its two denominators."""
    return Said("share_change", {"value": points, "whole": whole})


def test_a_phrase_is_displayed_without_quotes_and_carries_its_value() -> None:
    phrase = FR.share(0.5, of=258)
    assert repr(phrase) == "50\xa0%"
    assert phrase._repr_mimebundle_() == {
        "text/plain": "50\xa0%",
        CLAIM: {"value": 0.5, "text": "50\xa0%", "name": None},
    }


def test_a_named_phrase_keeps_its_words_and_value() -> None:
    phrase = FR.count(258, "initiative").named("n_initiatives").capitalised()
    assert (phrase, phrase.value, phrase.name) == ("258 initiatives", 258, "n_initiatives")


def test_a_capitalised_phrase_begins_with_a_capital() -> None:
    assert FR.change(change(168, 258)).capitalised() == "Une hausse de 54\xa0%"
    assert FR.text("éducation").capitalised() == "Éducation"


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        (FR.number(np.int64(258)), 258),
        (FR.number(np.float64(3.5), decimals=1), 3.5),
        (FR.change_in_points(moved(Fraction(-25))), -25.0),
        (FR.percent(share(3, 7)), {"part": 3, "whole": 7}),
    ],
)
def test_values_are_json_data(phrase: Phrase, value: object) -> None:
    assert phrase.value == value
    assert json.loads(json.dumps(phrase.value)) == value


def test_agreement_makes_no_claim() -> None:
    verb = FR.agree(2, "est", "sont")
    assert (verb, verb.value, verb.name) == ("sont", None, "agreement")


def test_a_year_is_never_grouped() -> None:
    assert (FR.year(np.int64(2025)), FR.year(2025).value) == ("2025", 2025)


@pytest.mark.parametrize(
    ("part", "whole", "french", "english"),
    [
        (139, 258, "54\xa0%", "54%"),
        (5, 10, "50\xa0%", "50%"),
        (5, 9, "cinq sur neuf", "five of nine"),
        (0, 258, "0\xa0%", "0%"),
        (258, 258, "100\xa0%", "100%"),
        (1, 258, "moins de 1\xa0%", "less than 1%"),
        (257, 258, "plus de 99\xa0%", "more than 99%"),
    ],
)
def test_a_percentage_depends_on_its_denominator(part: int, whole: int, french: str, english: str) -> None:
    assert FR.percent(share(part, whole)) == french
    assert EN.percent(share(part, whole)) == english


def test_counts_and_percentages_include_the_noun() -> None:
    assert FR.percent(share(1, 7), "initiative") == "une initiative sur sept"
    assert EN.percent(share(1, 7), "initiative") == "one of seven initiatives"
    assert FR.percent(share(139, 258), "initiative déclarée", "initiatives déclarées") == (
        "54\xa0% des initiatives déclarées"
    )
    assert EN.percent(share(139, 258), "initiative") == "54% of initiatives"


def test_less_than_and_more_than_follow_the_decimals() -> None:
    assert FR.percent(share(1, 10_000), decimals=1) == "moins de 0,1\xa0%"
    assert FR.percent(share(9_999, 10_000), decimals=1) == "plus de 99,9\xa0%"


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (3, 2)])
def test_an_impossible_part_of_a_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="cannot be a part of"):
        FR.percent(share(part, whole))


def test_a_fractional_count_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        FR.few(1.5, "initiative")


@pytest.mark.parametrize(
    "call",
    [
        lambda: FR.share(0.5, of=9),
        lambda: FR.change_in_points(moved(Fraction(10), whole=9)),
        lambda: FR.share(float("nan"), of=20),
        lambda: FR.share(0.5, of=float("nan")),
        lambda: FR.count(None, "initiative"),
    ],
)
def test_a_missing_value_or_a_small_denominator_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"counts|number"):
        call()  # type: ignore[operator]


def test_bounds_that_are_equal_are_written_once() -> None:
    assert FR.bounds(share(145, 219, 39)) == "entre 56\xa0% et 71\xa0%"
    assert EN.bounds(share(145, 219, 39)) == "between 56% and 71%"
    assert FR.bounds(share(145, 258)) == "56\xa0%"
    assert FR.bounds(share(2, 5, 2)) == "entre deux et quatre sur sept"
    assert EN.bounds(share(4, 7)) == "four of seven"
    assert FR.bounds(share(145, 219, 39)).value == {"low": 145 / 258, "high": 184 / 258}


@pytest.mark.parametrize(
    ("before", "after", "french", "english"),
    [
        (168, 258, "une hausse de 54\xa0%", "an increase of 54%"),
        (258, 168, "une baisse de 35\xa0%", "a decrease of 35%"),
        (258, 258, "aucun changement", "no change"),
        (1000, 1004, "presque aucun changement", "almost no change"),
        (1000, 996, "presque aucun changement", "almost no change"),
        (1000, 995, "une baisse de 1\xa0%", "a decrease of 1%"),
        (9, 20, "une hausse de 11 initiatives", "an increase of 11 initiatives"),
        (10, 20, "une hausse de 100\xa0%", "an increase of 100%"),
        (0, 3, "une hausse de 3 initiatives", "an increase of 3 initiatives"),
        (7, 7, "aucun changement", "no change"),
    ],
)
def test_the_words_of_a_change_follow_the_rounded_value(
    before: int, after: int, french: str, english: str
) -> None:
    assert FR.change(change(before, after)) == french
    assert EN.change(change(before, after)) == english


def test_a_change_from_few_gives_the_difference_with_its_noun() -> None:
    assert FR.change(change(4, 3)) == "une baisse de 1 initiative"
    assert EN.change(change(4, 7), "public body") == "an increase of 3 public bodies"


def test_a_change_in_points_takes_its_sign_after_rounding() -> None:
    rise, fall = moved(Fraction(37, 10)), moved(Fraction(-37, 10))
    assert FR.change_in_points(rise) == "une hausse de 4 points de pourcentage"
    assert FR.change_in_points(fall, decimals=1) == "une baisse de 3,7 points de pourcentage"
    assert FR.change_in_points(moved(Fraction(-1, 10))) == "presque aucun changement"
    assert EN.change_in_points(moved(Fraction(0))) == "no change"


def test_a_name_from_the_data_is_unchanged() -> None:
    name = "Santé <b>*x*</b>"
    assert (FR.text(name), FR.text(name).value) == (name, name)
    assert FR.text("Deux\nlignes") == "Deux lignes"


def test_a_label_in_two_languages_makes_one_claim() -> None:
    french = FR.quote("Traitement d'image", value="image_processing")
    english = EN.quote("Image processing", value="image_processing")
    assert french.value == english.value == "image_processing"


def test_names_tied_with_the_last_are_all_listed_as_tied() -> None:
    assert NamePhrases("fr").top(top(1, Santé=95)) == "Santé"
    four = top(2, Santé=95, Justice=16, Éducation=16)
    assert FR.top(four) == "Santé, Justice et Éducation, les deux derniers à égalité"
    assert FR.top(replace(four, by="category")) == "Santé, Justice et Éducation, les deux dernières à égalité"
    assert FR.top(top(3, Santé=95, Justice=16, Éducation=16)) == "Santé, Justice et Éducation"
    assert EN.top(top(1, A=2, B=2)) == "A and B, tied"


def test_a_status_in_a_list_is_no_title_unless_it_is_quoted() -> None:
    statuses = replace(top(2, **{"En production": 17, "Hors service": 1}), by="status")
    assert FR.top(statuses, with_counts=True) == "en production (17) et hors service (1)"
    assert FR.top(statuses, quoted=True).startswith("«\u00a0En production")


def test_up_to_three_names_more_than_asked_for_are_listed_and_a_longer_tie_is_counted() -> None:
    assert FR.top(top(1, **dict.fromkeys("ABCD", 1))) == "A, B, C et D, à égalité"
    assert FR.top(top(1, **dict.fromkeys("ABCDE", 1))) == "5 à égalité"
    after_a = FR.top(top(2, Z=3, **dict.fromkeys("ABCDE", 1)), with_counts=True)
    assert after_a == "Z (3) et 5 autres à égalité (1)"
    assert [part.field for part in after_a.parts] == ["name0", "count0", "tied", "count1"]


def test_nothing_in_words_is_no_in_english_and_aucun_in_french() -> None:
    assert EN.few(0, "initiative") == "no initiatives"
    assert FR.few(0, "initiative", feminine=True) == "aucune initiative"


def test_asking_for_more_names_than_there_are_gives_all() -> None:
    assert FR.top(top(5, Santé=95, Éducation=16), with_counts=True) == "Santé (95) et Éducation (16)"


@pytest.mark.parametrize(
    ("part", "whole", "french", "english"),
    [
        (0, 3, "aucune initiative sur trois", "none of three initiatives"),
        (1, 1, "une initiative sur une", "one of one initiative"),
        (4, 4, "quatre initiatives sur quatre", "four of four initiatives"),
        (8, 9, "huit initiatives sur neuf", "eight of nine initiatives"),
    ],
)
def test_counts_out_of_fewer_than_ten_are_in_words(part: int, whole: int, french: str, english: str) -> None:
    assert FR.percent(share(part, whole), "initiative") == french
    assert EN.percent(share(part, whole), "initiative") == english
