"""Figure of growth: from one total to the other, by portfolio."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import figures
from tests import small


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Twenty initiatives of 2024, then seventeen."""
    folder = tmp_path_factory.mktemp("data")
    return small.edition_of(folder, y2024=[small.row("Avant")] * 20, y2025=[small.row()] * 17)


def steps(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["portfolio", "n_portfolios", "change"])


def test_a_decrease_goes_back_in_grey_from_the_end_of_the_bar_above(edition):
    figure = figures.growth(steps(("Justice", 1, 3), ("Famille", 1, -6)), edition, "en")
    bars = [
        (*row["values"], mark["role"], mark["start"], mark["end"])
        for row in figure.marks["rows"]
        for mark in row["marks"]
    ]
    assert bars == [
        ("20", "ink", 0.0, part(20)),
        ("+3", "accent", part(20), 1.0),
        ("−6", "context", part(17), 1.0),
        ("17", "ink", 0.0, part(17)),
    ]
    assert figure.alt == "Waterfall chart. Total of 2024, 20; Justice, +3; Family, −6; Total of 2025, 17."


def test_the_portfolios_of_the_heading_are_alone_in_rust(edition):
    figure = figures.growth(steps(("Justice", 1, 3), ("", 2, 1)), edition, "en", told=["Justice"])
    drawn = [(row["name"], row["is_strong"], row["marks"][0]["role"]) for row in figure.marks["rows"]]
    assert drawn[1:-1] == [("Justice", True, "accent"), ("Other increases (2)", False, "context")]
    falls = figures.growth(steps(("Famille", 1, -6), ("", 2, 3)), edition, "en", told=["Famille"])
    assert [row["marks"][0]["role"] for row in falls.marks["rows"]][1:-1] == ["accent", "context"]


def part(n: int) -> float:
    """Return a number as a part of the longest bar, which ends at 23."""
    return round(n / 23, 5)


def test_portfolios_counted_together_are_as_many_as_said_and_those_without_a_name_are_apart(edition):
    figure = figures.growth(steps(("", 9, 19), ("", 12, -20), ("", 0, -2)), edition, "fr")
    names = [row[0] for row in figure.rows]
    assert names == [
        "Total de 2024",
        "Autres hausses (9)",
        "Autres baisses (12)",
        "Sans portefeuille",
        "Total de 2025",
    ]
