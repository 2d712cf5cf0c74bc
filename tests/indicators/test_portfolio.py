"""Counts of a part of an edition compared with the whole."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from portrait import tables
from portrait.editions.opening import open_edition
from portrait.indicators import against_whole, undeclared
from portrait.registers.source import UNCLASSIFIED, UNKNOWN
from tests import small


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


def test_undeclared_groups_are_counted_without_unknown_ones():
    everyone = table("Tri", "Tri", "Lecture", "Aide", UNKNOWN, UNCLASSIFIED)
    assert undeclared(against_whole(table("Tri"), everyone, "category"), "category") == 2
    assert undeclared(against_whole(everyone, everyone, "category"), "category") == 0


def test_a_table_of_fewer_than_ten_initiatives_has_no_share_and_counts_the_categories_left_out(tmp_path):
    rows = [small.row("Tri"), small.row("Gel", category=small.DECISION)]
    data = small.write_year(tmp_path, 2025, rows)
    edition = open_edition("quebec", 2025, data=data, project=Path(__file__).parents[2])
    beside = against_whole(edition.initiatives.head(1), edition.initiatives, "category")
    shown = tables.profile_categories(beside, edition, "en")
    assert shown.columns == ("Category", "This portfolio", "All", "Share (all)")
    assert [row[1:] for row in shown.rows] == [("1", "1", "—")]
    assert "not shown: 1." in shown.note
