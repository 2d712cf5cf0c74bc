"""Examples: titles most like the others of their group, one a portfolio."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait.indicators import most_typical, opening


def group(*rows: tuple[str, str]) -> pd.DataFrame:
    named = [(place, name, portfolio) for place, (name, portfolio) in enumerate(rows, start=2)]
    return pd.DataFrame(named, columns=["row", "name", "portfolio_folded"])


def chosen(*rows: tuple[str, str], n: int = 3) -> list[str]:
    return most_typical(group(*rows), "portfolio_folded", n)["name"].tolist()


def test_the_titles_most_like_the_others_are_chosen_and_a_portfolio_serves_once():
    rows = [
        ("Prévision des crues", "Environnement"),
        ("Tri du courrier reçu", "Justice"),
        ("Tri du courrier entrant", "Justice"),
        ("Tri du courrier", "Travail"),
    ]
    assert chosen(*rows) == ["Tri du courrier", "Tri du courrier reçu", "Prévision des crues"]
    assert chosen(*rows, n=1) == ["Tri du courrier"]


def test_a_title_that_is_short_or_borne_twice_or_of_no_portfolio_is_no_example():
    rows = [("Tri", "Justice"), ("Tri du courrier", "unknown"), ("Aide à la saisie", "Santé")]
    assert chosen(*rows, ("aide à la saisie", "Travail"), ("a " * 46, "Culture")) == []
    assert chosen() == []


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        # Within 25 words: the end of a sentence, though a comma comes after it.
        (
            "Il trie tout le courrier reçu chaque jour. Ensuite, il",
            "Il trie tout le courrier reçu chaque jour",
        ),
        # Else the last mark.
        (
            "Il trie le courrier, les colis, les plis, les lettres, et",
            "Il trie le courrier, les colis, les plis, les lettres",
        ),
        # A mark after fewer than eight words cuts an idea; a point inside a word ends no sentence.
        ("Ainsi, aux U.S. et", "Ainsi, aux U.S. et" + " mot" * 11),
        # Nor does one before a small letter or a number.
        (
            "Il trie le courrier et les colis (p. ex. des plis) env. 30",
            "Il trie le courrier et les colis (p. ex. des plis) env. 30 mot mot",
        ),
    ],
)
def test_a_long_text_is_quoted_up_to_where_an_idea_ends(said: str, quoted: str):
    assert opening(said + " mot" * 30) == f"{quoted}…"
