"""Counts of a part of an edition compared with the whole."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from portrait.indicators import against_whole, nearest_mixes
from portrait.registers.source import UNKNOWN


def table(*categories: str) -> pd.DataFrame:
    return pd.DataFrame({"year": 2025, "category": categories}, columns=["year", "category"])


def test_the_counts_of_a_part_are_compared_with_those_of_the_whole():
    placed = against_whole(
        table("Tri", "Tri", "Lecture"), table(*["Tri"] * 3, *["Lecture"] * 4, "Aide"), "category"
    )
    assert placed.to_dict("records") == [
        {
            "year": 2025,
            "category": "Tri",
            "n_initiatives": 2,
            "n_whole": 3,
            "share": 2 / 3,
            "share_whole": 3 / 8,
        },
        {
            "year": 2025,
            "category": "Lecture",
            "n_initiatives": 1,
            "n_whole": 4,
            "share": 1 / 3,
            "share_whole": 0.5,
        },
        {
            "year": 2025,
            "category": "Aide",
            "n_initiatives": 0,
            "n_whole": 1,
            "share": 0,
            "share_whole": 1 / 8,
        },
    ]


def test_ties_are_sorted_by_the_count_of_the_whole_then_by_name():
    placed = against_whole(
        table("Zèle", "Écoute", "Aide"), table("Zèle", "Écoute", "Aide", "Zèle"), "category"
    )
    assert list(placed["category"]) == ["Zèle", "Aide", "Écoute"]


def test_an_empty_part_has_no_share():
    placed = against_whole(table(), table("Tri"), "category")
    assert math.isnan(placed.loc[0, "share"])
    assert placed.loc[0, "n_initiatives"] == 0


def mixes(*counts: tuple[str, int, int]) -> pd.DataFrame:
    """Return the initiatives of portfolios, each with its numbers of two categories."""
    rows = [
        (name, category)
        for name, n_sorting, n_reading in counts
        for category, n in (("Tri", n_sorting), ("Lecture", n_reading))
        for _ in range(n)
    ]
    return pd.DataFrame(rows, columns=["portfolio_folded", "category"])


def test_mixes_are_as_far_as_half_the_sum_of_the_differences_between_shares():
    # Shares of sorting: 5/10, 8/10, 6/12: distances of 3/10 and 0.
    found = nearest_mixes(mixes(("A", 5, 5), ("B", 8, 2), ("C", 6, 6)), "A")
    assert found["portfolio"].tolist() == ["C", "B"]
    assert found["distance"].tolist() == pytest.approx([0, 0.3])


def test_a_portfolio_of_fewer_than_ten_has_no_mix_and_unknown_categories_count_for_nothing():
    table = mixes(("A", 5, 5), ("B", 9, 0), ("C", 5, 5))
    unknown = pd.DataFrame({"portfolio_folded": ["B"] * 5, "category": [UNKNOWN] * 5})
    everyone = pd.concat([table, unknown])
    assert nearest_mixes(everyone, "A")["portfolio"].tolist() == ["C"]
    assert nearest_mixes(everyone, "B").empty
