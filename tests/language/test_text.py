"""Texts of files are cleaned for display, and names reduced to a key for comparison only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portrait.language.text import (
    MOST_MARKS,
    has_many_marks,
    normalise,
    normalise_header,
    plain,
    revealed,
    tidy,
    without_accents,
)
from tests.hostile_strings import STRINGS


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Revenu   Québec ", "Revenu Québec"),
        ("Revenu\u00a0Que\u0301bec", "Revenu Québec"),
        ("Revenu\u200b Québec\u00ad", "Revenu Québec"),
        ("Première ligne_x000D_\nseconde", "Première ligne seconde"),
        ("L’Œuvre – A/B", "L’Œuvre – A/B"),
        ("\ufeffNul\x00 \x07bip \u202eesrever", "Nul bip esrever"),
        ("\u200b", ""),
        ("Jus\u200dtice\u200d", "Justice"),
        ("👩\u200d👧 \u200d", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u0301\u200db", "áb"),
    ],
)
def test_a_text_is_shown_on_one_line_without_what_is_invisible(typed: str, shown: str) -> None:
    assert tidy(typed) == shown


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Santé et Services sociaux", "SANTE & SERVICES SOCIAUX"),
        ("Régie de l’assurance maladie", "Régie de l'assurance maladie"),
        ("Hydro–Québec", "Hydro - Québec"),
        ("Main-d’œuvre", "main-d'oeuvre"),
        ("CHU de Québec\u200b - Uni\u00adversité_x000D_\nLaval", "chu de quebec-université laval "),
        ("Science and Technology", "Science & Technology"),
        ("planification et / ou tri", "planification et/ou tri"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_names_that_differ_by_their_typing_share_a_key(first: str, second: str) -> None:
    assert normalise(first) == normalise(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Santé", "Santé Québec"), ("Édition", "Éditions"), ("Sandy", "S&y"), ("Bande", "B&e")],
)
def test_names_that_differ_by_their_letters_do_not(first: str, second: str) -> None:
    assert normalise(first) != normalise(second)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("\u202eeérT\x07", "\\u202eeérT\\x07"),
        ("Jus\u200dtice\xad", "Jus\\u200dtice\\xad"),
        ("a\tb\n\u3000c", "a\tb\n\u3000c"),
        ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_invisible_characters_are_written_as_escapes(published: str, shown: str) -> None:
    assert revealed(published) == shown
    assert revealed(shown) == shown


@given(st.text())
def test_normalising_and_tidying_are_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize("text", STRINGS)
def test_a_tidied_hostile_string_is_tidy_and_keeps_its_key(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert normalise(tidy(text)) == normalise(text)


def test_a_header_is_compared_by_its_letters_and_digits() -> None:
    assert normalise_header("Nom_de l'organisme (public)") == normalise_header("NOM DE L’ORGANISME PUBLIC")
    assert normalise_header("but_et_bénéfices") == normalise_header("\ufeffBut & bénéfices")


def test_accents_are_removed_alone_or_with_case() -> None:
    assert without_accents("Éducation et Famille") == "Education et Famille"
    assert plain("Éducation  ET Famille") == "education et famille"


def test_a_letter_under_many_marks_takes_time_in_proportion_to_their_number() -> None:
    # Normalising 100,000 alternating marks at once takes minutes.
    text = "a" + "\u0316\u0301" * 50_000
    assert has_many_marks(text)
    assert tidy(text).replace("\u034f", "").startswith("\u00e1\u0316")
    assert normalise(text) == "a"


def test_the_marks_that_languages_use_are_not_too_many() -> None:
    assert not has_many_marks("Việt Nam, עִבְרִית, " + "e" + "\u0301" * MOST_MARKS)
    assert has_many_marks("e" + "\u0301" * (MOST_MARKS + 1))
