"""A part beside its whole, counted by hand."""

from __future__ import annotations

import math

import pandas as pd

from portrait.indicators import against_whole


def table(*categories: str) -> pd.DataFrame:
    return pd.DataFrame({"year": 2025, "category": categories}, columns=["year", "category"])


def test_a_part_is_counted_beside_the_whole_that_it_is_in():
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


def test_counts_that_are_equal_stand_in_the_order_of_the_whole_then_of_names():
    placed = against_whole(
        table("Zèle", "Écoute", "Aide"), table("Zèle", "Écoute", "Aide", "Zèle"), "category"
    )
    assert list(placed["category"]) == ["Zèle", "Aide", "Écoute"]


def test_an_empty_part_has_no_share():
    placed = against_whole(table(), table("Tri"), "category")
    assert math.isnan(placed.loc[0, "share"])
    assert placed.loc[0, "n_initiatives"] == 0
