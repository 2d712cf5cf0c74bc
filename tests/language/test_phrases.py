"""Phrases: their words, and the bare value of each for the register of claims."""

from __future__ import annotations

import datetime
import doctest
import json

import numpy as np
import pandas as pd
import pytest

from portrait.errors import WrongCall
from portrait.language import dates, phrases
from portrait.language.phrases import Phrase, Phrases, changes, names, numbers, shares
from portrait.language.phrases import dates as phrases_of_dates
from portrait.storage.media_types import CLAIM

FR, EN = Phrases("fr"), Phrases("en")


class IgnoresNoBreakSpaces(doctest.OutputChecker):
    """Docstrings have ordinary spaces where phrases have no-break spaces."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(want, got.replace("\xa0", " "), optionflags)


@pytest.mark.parametrize("module", [phrases, numbers, shares, changes, names, phrases_of_dates, dates])
def test_docstring_examples_are_correct(module: object) -> None:
    runner = doctest.DocTestRunner(checker=IgnoresNoBreakSpaces())
    for test in doctest.DocTestFinder().find(module, extraglobs={"Phrases": Phrases}):
        runner.run(test)
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(WrongCall, match="'es'"):
        Phrases("es")


def test_a_phrase_is_displayed_without_quotes_and_carries_its_value() -> None:
    phrase = FR.percent(139, 258)
    assert repr(phrase) == "54\xa0%"
    assert phrase._repr_mimebundle_() == {
        "text/plain": "54\xa0%",
        CLAIM: {"value": 139 / 258, "text": "54\xa0%", "name": None},
    }


def test_a_named_phrase_keeps_its_words_and_value() -> None:
    phrase = FR.count(258, "initiative").named("n_initiatives").capitalised()
    assert (phrase, phrase.value, phrase.name) == ("258 initiatives", 258, "n_initiatives")


def test_a_capitalised_phrase_begins_with_a_capital() -> None:
    assert FR.change(168, 258).capitalised() == "Une hausse de 54\xa0%"
    assert FR.text("éducation").capitalised() == "Éducation"


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        (FR.number(np.int64(258)), 258),
        (FR.number(np.float64(3.5), decimals=1), 3.5),
        (FR.top(pd.Series({"A": 3, "B": 1}), with_counts=True), [["A", 3]]),
        (FR.date(datetime.date(2025, 6, 15)), "2025-06-15"),
        (FR.date("2025-06"), "2025-06"),
        (FR.change_in_points(0.5, 0.25, of=100), -25.0),
        (FR.percent(3, 7), {"part": 3, "whole": 7}),
    ],
)
def test_values_are_json_data(phrase: Phrase, value: object) -> None:
    assert phrase.value == value
    assert json.loads(json.dumps(phrase.value)) == value


def test_a_count_agrees_in_the_language_of_the_cell() -> None:
    assert FR.count(1818, "initiative") == "1\xa0818 initiatives"
    assert FR.count(0, "initiative") == "0 initiative"
    assert FR.count(1.9, "initiative", decimals=1) == "1,9 initiative"
    assert FR.count(2, "organisme public", "organismes publics") == "2 organismes publics"
    assert EN.count(0, "initiative") == "0 initiatives"
    assert EN.count(1, "public body") == "1 public body"


def test_agreement_makes_no_claim() -> None:
    verb = FR.agree(2, "est", "sont")
    assert (verb, verb.value, verb.name) == ("sont", None, "agreement")


def test_a_year_is_never_grouped() -> None:
    assert (FR.year(np.int64(2025)), FR.year(2025).value) == ("2025", 2025)


def test_the_part_of_a_year_that_names_an_edition_is_written_in_words():
    assert (FR.year("2026-08-01"), FR.year("2026-08-01").value) == ("1er août 2026", "2026-08-01")
    assert (FR.year("2026-t1"), EN.year("2026-t1")) == ("1er trimestre de 2026", "Q1 2026")


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
    assert FR.percent(part, whole) == french
    assert EN.percent(part, whole) == english


def test_counts_and_percentages_include_the_noun() -> None:
    assert FR.percent(1, 7, "initiative", feminine=True) == "une initiative sur sept"
    assert EN.percent(1, 7, "initiative") == "one of seven initiatives"
    assert FR.percent(139, 258, "initiative déclarée", "initiatives déclarées") == (
        "54\xa0% des initiatives déclarées"
    )
    assert EN.percent(139, 258, "initiative") == "54% of initiatives"


def test_less_than_and_more_than_follow_the_decimals() -> None:
    assert FR.percent(1, 10_000, decimals=1) == "moins de 0,1\xa0%"
    assert FR.percent(9_999, 10_000, decimals=1) == "plus de 99,9\xa0%"


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (3, 2), (-1, 20)])
def test_an_impossible_part_of_a_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="cannot be a part of"):
        FR.percent(part, whole)


def test_a_fractional_count_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        FR.percent(1.5, 20)


@pytest.mark.parametrize(
    "call",
    [
        lambda: FR.share(0.5, of=9),
        lambda: FR.change_in_points(0.5, 0.6, of=9),
        lambda: FR.share(float("nan"), of=20),
        lambda: FR.change_in_points(0.5, float("nan"), of=20),
        lambda: FR.share(0.5, of=float("nan")),
        lambda: FR.count(None, "initiative"),
    ],
)
def test_a_missing_value_or_a_small_denominator_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"counts|number"):
        call()  # type: ignore[operator]


def test_a_share_of_a_table_is_written_as_a_percentage() -> None:
    assert (FR.share(0.7143, of=203), FR.share(0.7143, of=203).value) == ("71\xa0%", 0.7143)


def test_bounds_that_are_equal_are_written_once() -> None:
    assert FR.bounds(145, 184, 258) == "entre 56\xa0% et 71\xa0%"
    assert EN.bounds(145, 184, 258) == "between 56% and 71%"
    assert FR.bounds(145, 145, 258) == "56\xa0%"
    assert FR.bounds(2, 4, 7) == "entre deux et quatre sur sept"
    assert EN.bounds(4, 4, 7) == "four of seven"
    assert FR.bounds(145, 184, 258).value == [145 / 258, 184 / 258]


@pytest.mark.parametrize(
    ("before", "after", "french", "english"),
    [
        (168, 258, "une hausse de 54\xa0%", "an increase of 54%"),
        (258, 168, "une baisse de 35\xa0%", "a decrease of 35%"),
        (258, 258, "aucun changement", "no change"),
        (1000, 1004, "presque aucun changement", "almost no change"),
        (1000, 996, "presque aucun changement", "almost no change"),
        (1000, 995, "une baisse de 1\xa0%", "a decrease of 1%"),
        (9, 20, "une hausse de 11", "an increase of 11"),
        (10, 20, "une hausse de 100\xa0%", "an increase of 100%"),
        (0, 3, "une hausse de 3", "an increase of 3"),
        (7, 7, "aucun changement", "no change"),
    ],
)
def test_the_words_of_a_change_follow_the_rounded_value(
    before: int, after: int, french: str, english: str
) -> None:
    assert FR.change(before, after) == french
    assert EN.change(before, after) == english


def test_a_change_from_few_gives_the_difference_with_its_noun() -> None:
    assert FR.change(4, 3, "initiative") == "une baisse de 1 initiative"
    assert EN.change(4, 7, "public body") == "an increase of 3 public bodies"


def test_a_change_in_points_takes_its_sign_after_rounding() -> None:
    assert FR.change_in_points(0.524, 0.561, of=168) == "une hausse de 4 points de pourcentage"
    assert FR.change_in_points(0.561, 0.524, of=168, decimals=1) == "une baisse de 3,7 points de pourcentage"
    assert FR.change_in_points(0.524, 0.523, of=168) == "presque aucun changement"
    assert EN.change_in_points(0.5, 0.5, of=168) == "no change"


def test_a_name_from_the_data_is_unchanged() -> None:
    name = "Santé <b>*x*</b>"
    assert (FR.text(name), FR.text(name).value) == (name, name)
    assert FR.text("Deux\nlignes") == "Deux lignes"


def test_a_label_in_two_languages_makes_one_claim() -> None:
    french = FR.text("Traitement d'image", value="image_processing")
    english = EN.quote("Image processing", value="image_processing")
    assert french.value == english.value == "image_processing"


def test_an_elided_name_makes_the_same_claim() -> None:
    assert (FR.text("Hydro-Québec", after="de"), FR.text("Hydro-Québec", after="de").value) == (
        "d’Hydro-Québec",
        "Hydro-Québec",
    )


def test_names_tied_with_the_last_are_all_listed_as_tied() -> None:
    counts = {"Justice": 16, "Santé": 95, "Éducation": 16, "Culture": 3}
    assert FR.top(counts) == "Santé"
    assert FR.top(counts, 2) == "Santé, Justice et Éducation, les 2 derniers à égalité"
    assert FR.top(counts, 3) == "Santé, Justice et Éducation"
    assert EN.top({"A": 2, "B": 2, "C": 1}) == "A and B, tied"


def test_up_to_three_names_more_than_asked_for_are_listed_and_a_longer_tie_is_counted() -> None:
    assert FR.top(dict.fromkeys("ABCD", 1)) == "A, B, C et D, à égalité"
    assert FR.top(dict.fromkeys("ABCDE", 1)) == "5 à égalité"


def test_nothing_in_words_is_no_in_english_and_aucun_in_french() -> None:
    assert EN.few(0, "initiative") == "no initiatives"
    assert FR.few(0, "initiative", feminine=True) == "aucune initiative"


def test_asking_for_more_names_than_there_are_gives_all() -> None:
    assert FR.top({"Santé": 95, "Éducation": 16}, 5, with_counts=True) == "Santé (95) et Éducation (16)"


def test_dates_and_intervals_keep_their_precision() -> None:
    assert FR.date("2025-06") == "juin 2025"
    interval = FR.interval(("2024-06-15", "2024-10-31"), "2025-06")
    assert (interval, interval.value) == ("8 à 12 mois", [7.52, 12.02])


def test_a_tie_is_mentioned_with_the_rank() -> None:
    counts = {"A": 9, "B": 9, "C": 9, "D": 2}
    assert FR.rank(counts, "B") == "à égalité au 1er rang avec deux autres"
    assert EN.rank(counts, "B") == "tied for 1st with two others"
    assert FR.rank(counts, "D") == "au 4e rang sur 4"
    assert FR.rank(counts, "B").value == {"rank": 1, "tied": 3, "of": 4}


@pytest.mark.parametrize(("counts", "name"), [({"A": 1}, "A"), ({"A": 1, "B": 2}, "C"), ({}, "A")])
def test_a_single_or_unknown_name_has_no_rank(counts: dict[str, int], name: str) -> None:
    with pytest.raises(ValueError, match="no rank"):
        FR.rank(counts, name)


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
    assert FR.percent(part, whole, "initiative", feminine=True) == french
    assert EN.percent(part, whole, "initiative") == english
