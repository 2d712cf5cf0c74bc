"""What the largest portfolios report together is drawn as bars that each begin where the one above ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portrait import figures, indicators
from tests import small


def rows_of(folder: Path, sizes: dict[str, int], told: list[str]) -> list[dict[str, Any]]:
    """Return the rows of the figure of an edition with so many initiatives by portfolio."""
    now = [small.row(portfolio=name) for name, n in sizes.items() for _ in range(n)]
    edition = small.edition_of(folder, y2024=now[:1], y2025=now)
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    table = indicators.change(counted, "portfolio", 2025, 2024)
    return [*figures.accumulated(table, edition, "en", told=told).marks["rows"]]


def test_the_last_bar_of_the_portfolios_told_ends_at_the_share_that_the_heading_says(tmp_path: Path) -> None:
    sizes = {"Justice": 40, "Famille": 30, "Travail": 20, "Culture et Communications": 10}
    rows = rows_of(tmp_path, sizes, ["Justice", "Famille"])
    assert [(row["name"], row["values"], row["is_strong"]) for row in rows] == [
        ("Justice", ("40", "40%"), True),
        ("Family", ("30", "70%"), True),
        ("Labour", ("20", "90%"), False),
        ("Culture and Communications", ("10", "100%"), False),
    ]
    bars = [row["marks"][-1] for row in rows]
    assert [(bar["role"], bar["start"], bar["end"]) for bar in bars] == [
        ("accent", 0.0, 0.4),
        ("accent", 0.4, 0.7),
        ("context", 0.7, 0.9),
        ("context", 0.9, 1.0),
    ]


def test_portfolios_too_small_for_a_bar_share_the_last_one_which_ends_at_all_initiatives(
    tmp_path: Path,
) -> None:
    sizes = {"Justice": 60, "Famille": 20, "Travail": 7, "Culture et Communications": 7, "Finances": 6}
    rows = rows_of(tmp_path, sizes, ["Justice"])
    assert [(row["name"], *row["values"]) for row in rows] == [
        ("Justice", "60", "60%"),
        ("Family", "20", "80%"),
        ("3 other portfolios", "20", "100%"),
    ]
    alone = rows_of(tmp_path / "alone", {"Justice": 60, "Famille": 20, "Travail": 7}, ["Justice"])
    assert [row["name"] for row in alone] == ["Justice", "Family", "Labour"]  # one alone has its own name
