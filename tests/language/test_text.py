"""Texts of files are cleaned for display, and names reduced to a key for comparison only."""

from __future__ import annotations

import pytest

from portrait.language.text import (
    MOST_MARKS,
    has_many_marks,
    normalise,
    normalise_header,
    plain,
    tidy,
    without_accents,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Revenu   Québec ", "Revenu Québec"),
        ("Revenu\u00a0Que\u0301bec", "Revenu Québec"),
        ("Revenu\u200b Québec\u00ad", "Revenu Québec"),
        ("Première ligne_x000D_\nseconde", "Première ligne seconde"),
        ("L’Œuvre – A/B", "L’Œuvre – A/B"),
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
        ("Œuvres", "oeuvres"),
        ("Science and Technology", "Science & Technology"),
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


def test_a_header_is_compared_by_its_letters_and_digits() -> None:
    assert normalise_header("Nom_de l'organisme (public)") == normalise_header("NOM DE L’ORGANISME PUBLIC")


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
