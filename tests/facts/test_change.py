"""Growth since the previous edition: what portfolios, bodies, names and links make of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from portrait import facts, indicators
from tests import small
from tests.facts.editions import linked, opened, reconstructed


def rows(**counts: int) -> list[small.Row]:
    """Return as many rows as said of each portfolio; `_` names none."""
    return [
        small.row(portfolio="" if name == "_" else name, body="" if name == "_" else f"Bureau de {name}")
        for name, n in counts.items()
        for _ in range(n)
    ]


def said(change: Any, *names: str) -> list[int]:
    return [getattr(change, name).value for name in names]


def test_parts_of_the_growth_add_up_and_the_unnamed_are_apart(tmp_path: Path) -> None:
    edition = opened(tmp_path, rows(Justice=4, Famille=5, _=2), rows(Justice=3, Travail=2, _=1))
    change = facts.change(edition)
    assert said(change, "total_before", "total", "gap") == [6, 11, 5]
    assert said(change, "portfolios_in_both", "before_in_both", "now_in_both") == [1, 3, 4]
    assert said(change, "portfolios_only_now", "only_now") == [1, 5]
    assert said(change, "portfolios_only_before", "only_before") == [1, 2]
    assert said(change, "unnamed_before", "unnamed") == [1, 2]
    assert change.some_are_unnamed
    assert not change.names_differ  # of three initiatives, no rate


def test_the_gap_of_a_fall_is_positive_and_the_growth_of_those_in_both_is_told_beside_the_whole(
    tmp_path: Path,
) -> None:
    change = facts.change(opened(tmp_path, rows(Justice=6), rows(Justice=14, Famille=2)))
    assert change.growth.numbers["difference"] == -10
    assert change.gap.value == 10
    assert change.growth_in_both.value == Fraction(-8, 14)
    assert change.names_differ
    assert not change.some_are_unnamed


def test_a_portfolio_of_which_a_file_names_only_the_network_is_in_both_files(tmp_path: Path) -> None:
    whole, network = "Enseignement supérieur", "Enseignement supérieur (Réseau)"
    edition = opened(tmp_path, [small.row(portfolio=network)] * 4, [small.row(portfolio=whole)] * 3)
    change = facts.change(edition)
    assert said(change, "portfolios_in_both", "before_in_both", "now_in_both") == [1, 3, 4]


def test_a_body_that_changes_portfolio_does_not_make_a_portfolio_of_both_files(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row(portfolio="Travail")] * 4, [small.row(portfolio="Justice")] * 3)
    change = facts.change(edition)
    assert change.portfolios_in_both.value == 0
    assert change.bodies_in_both.value == 1
    assert not change.names_matter  # the body keeps its name


def test_each_way_of_matching_names_finds_at_least_the_bodies_of_the_stricter_one(tmp_path: Path) -> None:
    before = [small.row(body=body) for body in ("Même nom", "MAPAQ", "Bureau des essais publics")]
    ministry = "Ministère de l'Agriculture, des Pêcheries et de l'Alimentation"
    now = [small.row(body=body) for body in ("Même nom", ministry, ministry, "Bureau des essais public")]
    change = facts.change(opened(tmp_path, now, before))
    ways = ("bodies_in_both_strictly", "bodies_in_both", "bodies_in_both_leniently")
    assert said(change, *ways) == [1, 2, 3]
    assert said(change, "before_in_bodies_of_both", "now_in_bodies_of_both") == [2, 3]
    assert change.names_matter
    assert list(change.parts["body"].names) == ["strict", "recorded", "lenient"]


@pytest.mark.parametrize("by", ["portfolio_folded", "body"])
def test_each_count_is_that_of_the_indicator(tmp_path: Path, by: str) -> None:
    edition = opened(tmp_path, rows(Justice=4, Famille=5, _=2), rows(Justice=3, Travail=2, Famille=1, _=1))
    change = facts.change(edition)
    [row] = indicators.growth(indicators.decomposition(edition.all_initiatives, by, 2025, 2024)).itertuples()
    names = {
        "portfolio_folded": ("portfolios_in_both", "before_in_both", "now_in_both"),
        "body": ("bodies_in_both", "before_in_bodies_of_both", "now_in_bodies_of_both"),
    }[by]
    assert said(change, *names) == [row.n_groups_in_both, row.n_previous_in_both, row.n_in_both]


def test_growth_by_body_is_not_given_for_reconstructed_rows() -> None:
    change = facts.change(reconstructed())
    assert change.detail.is_specimen
    assert not change.bodies_are_compared
    assert list(change.parts) == ["portfolio"]


def test_initiatives_are_followed_at_the_probable_tier(tmp_path: Path) -> None:
    edition = opened(tmp_path, rows(Justice=3, Famille=2, _=1), rows(Justice=3, Travail=1))
    change = facts.change(linked(edition, (1, 1, "strict"), (2, 2, "probable"), (4, 4, "possible")))
    assert said(change, "followed", "not_followed", "not_found_before") == [2, 2, 4]


def test_the_months_between_the_collections_of_quebec_are_eight_to_twelve() -> None:
    numbers = facts.change(reconstructed()).interval.numbers
    assert [round(float(numbers[name]), 2) for name in ("shortest", "value")] == [7.52, 12.02]
