"""The largest portfolios are bars from 0, with the share that they report together."""

from __future__ import annotations

from pathlib import Path

from portrait import figures, indicators
from tests import small


def figure_of(folder: Path, sizes: dict[str, int], told: list[str]) -> figures.Figure:
    """Return the figure of an edition with so many initiatives by portfolio."""
    now = [small.row(portfolio=name) for name, n in sizes.items() for _ in range(n)]
    edition = small.edition_of(folder, y2024=now[:1], y2025=now)
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    table = indicators.change(counted, "portfolio", 2025, 2024)
    return figures.accumulated(table, edition, "en", told=told)


def test_each_portfolio_is_a_bar_from_zero_and_those_told_end_at_the_share_that_the_heading_says(
    tmp_path: Path,
) -> None:
    sizes = {"Justice": 40, "Famille": 30, "Travail": 20, "Culture et Communications": 10}
    rows = figure_of(tmp_path, sizes, ["Justice", "Famille"]).marks["rows"]
    assert [(row["name"], row["values"], row["is_strong"]) for row in rows] == [
        ("Justice", ("40", "40%"), True),
        ("Family", ("30", "70%"), True),
        ("Labour", ("20", "90%"), False),
        ("Culture and Communications", ("10", "100%"), False),
    ]
    [bars] = zip(*(row["marks"] for row in rows), strict=True)
    assert [bar["role"] for bar in bars] == ["accent", "accent", "context", "context"]
    assert [bar["start"] for bar in bars] == [0.0, 0.0, 0.0, 0.0]
    assert [round(bar["end"] / bars[0]["end"], 3) for bar in bars] == [1.0, 0.75, 0.5, 0.25]


def test_portfolios_too_small_for_a_bar_share_a_thin_one_and_the_data_has_each_of_them(
    tmp_path: Path,
) -> None:
    sizes = {"Justice": 60, "Famille": 20, "Travail": 7, "Culture et Communications": 7, "Finances": 6}
    figure = figure_of(tmp_path, sizes, ["Justice"])
    rows = figure.marks["rows"]
    assert [(row["name"], *row["values"], row["marks"][0]["shape"], row["is_apart"]) for row in rows] == [
        ("Justice", "60", "60%", "bar", False),
        ("Family", "20", "80%", "bar", False),
        ("3 other portfolios", "20", "100%", "thin", True),
    ]
    assert [row[1:] for row in figure.rows][2:] == [("7", "87%"), ("7", "94%"), ("6", "100%")]
    others = figure_of(tmp_path / "others", {"Justice": 9, "Famille": 7, "Travail": 7}, [])
    drawn = [(row["name"], len(row["marks"])) for row in others.marks["rows"]]
    assert drawn == [("Justice", 1), ("2 other portfolios", 0)]
    no_bar = "2 other portfolios: no bar, as their total is above the largest number."
    assert (figure.note, others.note) == ("", no_bar)
    alone = figure_of(tmp_path / "alone", {"Justice": 60, "Famille": 20, "Travail": 7}, ["Justice"])
    # One alone has its own name.
    assert [row["name"] for row in alone.marks["rows"]] == ["Justice", "Family", "Labour"]
