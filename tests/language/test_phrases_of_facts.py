"""Phrases that say a fact: the words of the same phrase of a bare number, and where each number stands."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from portrait.errors import NotInEdition, Sentence, WrongCall
from portrait.language.phrases import Phrases
from portrait.language.phrases.changes import ChangePhrases
from portrait.language.phrases.sayable import NOUNS
from portrait.storage.media_types import CLAIM
from tests.language.said import Said, change, share

COUNT = Said("count", {"value": 1818})
TOP = Said(
    "top",
    {"value": 95, "name0": "Santé", "count0": 95, "name1": "Justice", "count1": 16, "listed": 2, "tied": 0},
    by="portfolio",
    n=2,
)
MOVERS = Said(
    "movers",
    {"value": 9, "listed": 2, "name0": "Santé", "count0": 28, "name1": "Justice", "count1": 6},
    by="portfolio",
)
FALLS = Said(
    "movers",
    {"value": 2, "listed": 2, "name0": "Santé", "count0": 3, "name1": "Justice", "count1": 1},
    by="portfolio",
    side="down",
)
PORTFOLIOS = Said("movers", MOVERS.numbers, by="portfolio_folded")
"""The same as they are counted in reports, each with its network."""
BODY = Said(
    "movers",
    {"value": 1, "listed": 1, "name0": "Ministère des Finances", "count0": 3},
    by="body",
    unit="bodies",
)
CATEGORIES = Said(
    "movers", {"value": 1, "listed": 1, "name0": "Aide, tri", "count0": 31}, by="category", unit="categories"
)
TIED = Said(
    "top",
    {"value": 9, **{f"name{n}": name for n, name in enumerate("ABCDE")}, **{f"count{n}": 9 for n in range(5)}}
    | {"listed": 5, "tied": 5},
    by="portfolio",
)

_MARKED = re.compile(r"\[([^]]+)\]\((\w+) (\w+)\)")
"""A number in a sentence as the cases below write it: what is printed, its field and its form."""


@pytest.mark.parametrize(
    ("language", "say", "said"),
    [
        ("fr", lambda p: p.number(COUNT), "[1 818](value count)"),
        ("en", lambda p: p.count(COUNT), "[1,818](value count) initiatives"),
        ("fr", lambda p: p.count(COUNT, "ligne"), "[1 818](value count) lignes"),
        ("fr", lambda p: p.few(Said("count", {"value": 1})), "[une](value words) initiative"),
        (
            "fr",
            lambda p: p.few(Said("count", {"value": 5}), "", "", beside=[Said("count", {"value": 12})]),
            "[5](value count)",
        ),
        (
            "en",
            lambda p: p.few(Said("count", {"value": 5}), beside=[Said("count", {"value": 9})]),
            "[five](value words) initiatives",
        ),
        ("fr", lambda p: p.percent(share(139, 258)), "[54 %](value percent0)"),
        ("fr", lambda p: p.percent(share(1, 258)), "[moins de 1 %](value percent0)"),
        ("en", lambda p: p.percent(share(139, 258), "initiative"), "[54%](value percent0) of initiatives"),
        ("fr", lambda p: p.percent(share(3, 7)), "[trois](part words) sur [sept](whole words)"),
        (
            "fr",
            lambda p: p.bounds(share(145, 219, 39)),
            "entre [56 %](low percent0) et [71 %](high percent0)",
        ),
        ("en", lambda p: p.bounds(share(145, 258)), "[56%](low percent0)"),
        (
            "en",
            lambda p: p.bounds(share(2, 5, 2)),
            "between [two](lowest words) and [four](highest words) of [seven](all words)",
        ),
        (
            "fr",
            lambda p: p.majority(share(139, 247, 11)),
            "[plus de la moitié](low majority) des initiatives",
        ),
        (
            "fr",
            lambda p: p.majority(share(9, 10, 2)),  # three quarters at least, and no more
            "[plus de la moitié](low majority) des initiatives",
        ),
        (
            "en",
            lambda p: p.majority(share(10, 13)),
            "[more than three quarters](low majority) of initiatives",
        ),
        (
            "fr",
            lambda p: p.majority(share(1373, 1508)),
            "[plus des neuf dixièmes](low majority) des initiatives",
        ),
        (
            "fr",
            lambda p: p.movers(MOVERS),
            "[Santé](name0 name) (+[28](count0 count)) et [Justice](name1 name) (+[6](count1 count))",
        ),
        (
            "fr",
            lambda p: p.changes(MOVERS),
            "[Santé](name0 name) ajoute [28](count0 count) initiatives "
            "et [Justice](name1 name) [6](count1 count)",
        ),
        (
            "fr",
            lambda p: p.changes(PORTFOLIOS, after=1),
            "le portefeuille [Justice](name1 name) ajoute [six](count1 words) initiatives",
        ),
        (
            "fr",
            lambda p: p.movers(PORTFOLIOS, with_changes=False),
            "[Santé](name0 name) et [Justice](name1 name)",
        ),
        ("fr", lambda p: p.movers(BODY, with_changes=False), "le [ministère des Finances](name0 name)"),
        ("en", lambda p: p.movers(BODY, with_changes=False), "the [Ministère des Finances](name0 name)"),
        (
            "fr",
            lambda p: p.movers(BODY, with_changes=False, of=True),
            "du [ministère des Finances](name0 name)",
        ),
        (
            "fr",
            lambda p: p.movers(PORTFOLIOS, of=True),
            "du portefeuille [Santé](name0 name) (+[28](count0 count)) et "
            "du portefeuille [Justice](name1 name) (+[6](count1 count))",
        ),
        (
            "fr",
            lambda p: p.changes(FALLS),
            "[Santé](name0 name) déclare [trois](count0 words) initiatives de moins "
            "et [Justice](name1 name) [une](count1 words)",
        ),
        (
            "en",
            lambda p: p.changes(FALLS, after=1),
            "[Justice](name1 name) reported [one](count1 words) fewer initiative",
        ),
        (
            "en",
            lambda p: p.changes(CATEGORIES),
            "“[Aide, tri](name0 name)” gained [31](count0 count) initiatives",
        ),
        ("fr", lambda p: p.change_is(change(168, 258)), "la hausse est de [54 %](value percent0)"),
        ("en", lambda p: p.change_is(change(20, 10)), "the decrease is [50%](value percent0)"),
        ("en", lambda p: p.change_is(change(258, 258)), "there is [no change](value level)"),
        ("fr", lambda p: p.change_size(change(168, 258)), "[54 %](value percent0)"),
        ("en", lambda p: p.few(MOVERS, "portfolio", field="listed"), "[two](listed words) portfolios"),
        ("fr", lambda p: p.change(change(168, 258)), "une hausse de [54 %](value percent0)"),
        ("en", lambda p: p.change(change(4, 2)), "a decrease of [2](difference count) initiatives"),
        ("fr", lambda p: p.change(change(258, 258)), "[aucun changement](value level)"),
        (
            "en",
            lambda p: p.change_in_points(Said("share_change", {"value": Fraction(-9, 2), "whole": 99})),
            "a decrease of [5](value count) percentage points",
        ),
        (
            "fr",
            lambda p: p.points_move(
                Said("share_change", {"value": Fraction(43, 10), "whole": 99}), decimals=1
            ),
            "monte de [4,3](value decimal1) points de pourcentage",
        ),
        (
            "en",
            lambda p: p.points_move(Said("share_change", {"value": Fraction(-9, 2), "whole": 99})),
            "has fallen by [5](value count) percentage points",
        ),
        (
            "fr",
            lambda p: p.top(TOP, with_counts=True),
            "[Santé](name0 name) ([95](count0 count)) et [Justice](name1 name) ([16](count1 count))",
        ),
        (
            "en",
            lambda p: p.count(Said("top_share", {"value": Fraction(3, 4), "n": 4}), "portfolio", field="n"),
            "[4](n count) portfolios",
        ),
        (
            "fr",
            lambda p: p.top(Said("top", TOP.numbers, by="body", n=2), of=True),
            "de [Santé](name0 name) et de [Justice](name1 name)",
        ),
        ("fr", lambda p: p.top(TIED), "[5](tied count) à égalité"),
        (
            "en",
            lambda p: p.rank(Said("rank", {"value": 2, "tied": 1, "whole": 4})),
            "tied for [2nd](value ordinal) of [4](whole count)",
        ),
        (
            "fr",
            lambda p: p.rank(Said("rank", {"value": 1, "tied": 0, "whole": 4})),
            "au [1er](value ordinal) rang sur [4](whole count)",
        ),
        (
            "fr",
            lambda p: p.interval(Said("interval", {"shortest": Fraction(15, 2), "value": Fraction(49, 4)})),
            "[8](shortest count) à [12](value count) mois",
        ),
        (
            "en",
            lambda p: p.interval(Said("interval", {"shortest": Fraction(12), "value": Fraction(37, 3)})),
            "[12](value count) months",
        ),
        (
            "fr",
            lambda p: p.interval(Said("interval", {"shortest": 0.2, "value": 0.2, "days": 7})),
            "[7](days count) jours",
        ),
        (
            "en",
            lambda p: p.interval(Said("interval", {"shortest": 1, "value": 1, "days": 30})),
            "[30](days count) days",
        ),
        (
            "en",
            lambda p: p.interval(Said("interval", {"shortest": 2, "value": 2, "days": 59})),
            "[2](value count) months",
        ),
    ],
)
def test_a_phrase_says_a_fact_and_where_its_numbers_stand(language, say, said):
    phrase = say(Phrases(language))
    assert phrase.replace("\u00a0", " ") == _MARKED.sub(r"\1", said)
    claim = phrase._repr_mimebundle_()[CLAIM]
    found = [(each["printed"].replace("\u00a0", " "), each["field"], each["form"]) for each in claim["parts"]]
    assert found == _MARKED.findall(said)
    for each in claim["parts"]:
        assert phrase[each["start"] :].startswith(each["printed"])


def test_a_share_that_stays_where_it_was_does_not_move():
    with pytest.raises(WrongCall, match="does not move"):
        ChangePhrases("fr").points_move(Said("share_change", {"value": Fraction(0), "whole": 99}))


@pytest.mark.parametrize("half", [share(5, 10), share(6, 9, 3)], ids=["a half", "a half of all"])
def test_a_share_whose_lower_bound_is_not_above_one_half_is_no_majority(half):
    with pytest.raises(WrongCall, match=r"no majority\. Give the cell a condition that asks for one"):
        Phrases("fr").majority(half)


@pytest.mark.parametrize(
    ("say", "mend"),
    [
        (lambda p: p.rank(TOP), "p.rank does not say a fact of formula “top”. Use p.top."),
        (
            lambda p: p.percent(COUNT),
            "p.percent does not say a fact of formula “count”. Use p.number, p.count, p.few.",
        ),
        (lambda p: p.majority(COUNT), "p.majority does not say a fact of formula “count”. Use p.number"),
        (lambda p: p.count(share(5, 10)), "p.count does not say a fact of formula “share”. Use p.percent"),
        (lambda p: p.few(change(168, 258)), "p.few does not say a fact of formula “change”. Use p.change"),
        (
            lambda p: p.bounds(Said("share", {"value": Fraction(1, 2), "part": 5, "whole": 10})),
            "This share has no bounds. Use p.percent.",
        ),
    ],
)
def test_a_phrase_that_does_not_say_a_fact_names_those_that_do(say, mend):
    with pytest.raises(WrongCall, match=re.escape(mend)):
        say(Phrases("en"))


def test_a_capital_leaves_the_numbers_where_they_are():
    claim = Phrases("en").change(change(168, 258)).capitalised()._repr_mimebundle_()[CLAIM]
    assert (claim["text"], claim["parts"][0]["start"]) == ("An increase of 54%", 15)


def test_a_wording_added_by_the_cell_stays_with_the_claim():
    phrase = Phrases("fr").count(COUNT).says_as("status", "servent déjà").capitalised()
    assert phrase._repr_mimebundle_()[CLAIM]["says"] == [["status", "servent déjà"]]


def test_an_unknown_family_of_words_or_number_of_a_fact_is_refused_with_the_nearest():
    with pytest.raises(WrongCall, match=r"no family of words “staus”\. Did you mean “status”"):
        Phrases("fr").count(COUNT).says_as("staus", "servent déjà")
    with pytest.raises(WrongCall, match=r"no number of this count “valeu”\. Did you mean “value”"):
        Phrases("fr").number(COUNT, field="valeu")


def test_agreement_with_a_fact_claims_nothing():
    assert Phrases("fr").agree(COUNT, "est", "sont") == "sont"
    assert Phrases("fr").agree(COUNT, "est", "sont").fact is None


def test_a_year_is_the_number_of_an_edition():
    claim = Phrases("fr").year(2025)._repr_mimebundle_()[CLAIM]
    assert claim["fact"] == {"formula": "edition", "unit": "editions", "asks": {"edition": "2025"}}


def test_an_absent_fact_is_refused_and_a_bare_number_needs_its_noun():
    absent = Said("count", why="few", reason=Sentence("Trop peu.", "Too few."))
    for say in (Phrases("fr").number, Phrases("fr").count, Phrases("fr").percent, Phrases("fr").top):
        with pytest.raises(NotInEdition):
            say(absent)
    with pytest.raises(WrongCall, match="no noun"):
        Phrases("fr").count(3)


def test_every_unit_has_a_noun_in_both_languages():
    assert all(len(noun.fr) == len(noun.en) == 2 for noun in NOUNS.values())


def test_names_that_the_text_gave_before_are_left_out_of_a_list():
    phrase = Phrases("fr").top(TOP, with_counts=True, after=1)
    assert str(phrase) == "Justice (16)"
    assert [part.field for part in phrase.parts] == ["name1", "count1"]


def test_what_is_called_by_an_acronym_is_named_in_full_where_it_is_asked() -> None:
    name = "United States Agency for International Development"
    fact = Said("movers", {**BODY.numbers, "name0": name}, by="portfolio_folded")
    said = {
        language: Phrases(language, lambda *_: "USAID", in_a_sentence=lambda label, _: f"the {label}")
        for language in ("fr", "en")
    }
    assert said["en"].movers(fact, with_changes=False, in_full=True) == f"the USAID (the {name})"
    assert said["fr"].movers(fact, with_changes=False, in_full=True) == f"the USAID ({name})"
    assert said["en"].movers(fact, with_changes=False) == "the USAID"
