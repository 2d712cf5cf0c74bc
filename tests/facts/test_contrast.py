"""The portfolio with the largest share in production, or in development."""

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


def test_the_portfolio_with_the_highest_share_drawn_is_told(tmp_path: Path) -> None:
    told = contrast(tmp_path, Santé=(60, 60, 0), Justice=(90, 10, 0), Travail=(5, 195, 0), Famille=(9, 0, 0))
    assert told.names == ["Travail"]  # of more than half of all; Famille is too small to be drawn
    assert [each.value for each in told.shares] == [Fraction(39, 40)]
    told = contrast(tmp_path / "silent", Santé=(50, 60, 0), Justice=(12, 0, 0), Culture=(0, 0, 10))
    assert told.names == ["Justice"]  # 100 % beside 55 % at most; a portfolio without statuses has no share


def test_one_of_two_that_are_tied_is_not_told(tmp_path: Path) -> None:
    tied = {"Santé": (90, 10, 0), "Justice": (90, 10, 0)}
    assert contrast(tmp_path / "first", **tied, Travail=(5, 195, 0)).names == ["Travail"]
    assert contrast(tmp_path / "tie", **tied, Travail=(50, 90, 0)).names == []


def test_a_share_that_another_may_reach_is_not_told(tmp_path: Path) -> None:
    known = {"Travail": (10, 190, 0), "Santé": (100, 100, 0), "Justice": (60, 20, 0)}
    assert contrast(tmp_path / "known", **known).names == ["Travail"]
    assert contrast(tmp_path / "range", **known, Famille=(0, 10, 1)).names == []  # 91 % to 100 %


def test_a_share_less_than_twenty_points_above_that_of_all_is_not_told(tmp_path: Path) -> None:
    assert contrast(tmp_path, Santé=(50, 50, 0), Justice=(60, 40, 0)).names == []
