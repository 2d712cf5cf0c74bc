"""Two portfolios that are far apart by their share in production."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from portrait import facts
from portrait.facts.contrast import Contrast
from tests import small
from tests.facts.editions import opened

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT


def contrast(folder: Path, **portfolios: tuple[int, int, int]) -> Contrast:
    """Return that of portfolios with initiatives in production, in development and of unknown status."""
    rows = [
        small.row(portfolio=name, status=status)
        for name, counts in portfolios.items()
        for status, n in zip((P, D, S), counts, strict=True)
        for _ in range(n)
    ]
    return facts.stages(opened(folder, rows)).contrast


def test_the_large_portfolios_with_the_highest_and_the_lowest_known_share_are_told(tmp_path: Path) -> None:
    told = contrast(
        tmp_path,
        Santé=(60, 60, 0),
        Justice=(90, 10, 0),
        Travail=(5, 95, 0),
        Famille=(0, 10, 0),
        Culture=(0, 1, 99),
    )
    assert told.names == ["Justice", "Travail"]  # Famille is small, and Culture mostly unknown
    assert [each.value for each in told.shares] == [Fraction(9, 10), Fraction(1, 20)]


def test_the_shares_told_are_of_the_status_of_more_than_half_of_all(tmp_path: Path) -> None:
    told = contrast(tmp_path, Santé=(90, 10, 0), Justice=(10, 90, 0), Travail=(5, 195, 0))
    assert told.names == ["Travail", "Santé"]
    assert [each.value for each in told.shares] == [Fraction(39, 40), Fraction(1, 10)]


def test_one_of_two_that_are_tied_is_not_told(tmp_path: Path) -> None:
    assert contrast(tmp_path, Santé=(90, 10, 0), Justice=(90, 10, 0), Travail=(5, 95, 0)).names == []


def test_a_portfolio_is_large_by_its_part_of_all_initiatives_those_without_a_portfolio_too(
    tmp_path: Path,
) -> None:
    named = {"Santé": (20, 80, 0), "Justice": (12, 0, 0)}
    assert contrast(tmp_path / "named", **named).names == ["Santé", "Justice"]  # 12 of 112
    unnamed = {"": (0, 200, 0)}
    assert contrast(tmp_path / "unnamed", **named, **unnamed).names == []  # 12 of 312


def test_shares_less_than_twenty_points_apart_are_not_told(tmp_path: Path) -> None:
    assert contrast(tmp_path, Santé=(50, 50, 0), Justice=(60, 40, 0)).names == []
