"""Pairs of a portfolio and a category: which stand out, which are too small, and which are tied."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from portrait import facts
from tests import small
from tests.facts.editions import opened, reconstructed

CATEGORIES = (small.ASSISTANT, small.DECISION, "Automatisation", "Laboratoire et équipement")


def crossed(*counts: tuple[int, ...]) -> list[small.Row]:
    """Return the rows of a table: a portfolio per row, a category per column."""
    return [
        small.row(portfolio=f"Portefeuille {number}", category=category)
        for number, row in enumerate(counts)
        for n, category in zip(row, CATEGORIES, strict=False)
        for _ in range(n)
    ]


def test_pairs_apart_from_chance_are_kept_on_their_side(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((9, 1), (1, 9))))
    # Each pair has 20 * 1/2 * 1/2 = 5 expected, and a variance of 5 * 1/2 * 1/2.
    assert list(mix.pairs.expected) == [5] * 4
    assert list(mix.above.n_initiatives) == [9, 9]
    assert list(mix.above.residual) == pytest.approx([4 / math.sqrt(1.25)] * 2)
    assert mix.n_below == 2


def test_the_whole_table_is_measured_and_shuffled(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((9, 1), (1, 9))))
    # chi² = 20 (81 - 1)² / 10⁴ = 12.8, over 20 initiatives; the correction takes 1/19 off both terms.
    assert mix.shuffled.statistic == pytest.approx(12.8)
    assert mix.cramers_v == pytest.approx(math.sqrt((0.64 - 1 / 19) / (1 - 1 / 19)))
    # As uneven or more: 2 (C(10,9) C(10,1) + 1) of the C(20,10) ways.
    chance = 2 * 101 / math.comb(20, 10)
    assert mix.shuffled.p_value == pytest.approx(chance, abs=4 * math.sqrt(chance / mix.shuffled.n_draws))


def test_all_pairs_tied_with_the_third_are_named(tmp_path: Path) -> None:
    diagonal = [tuple(20 * (row == column) for column in range(4)) for row in range(4)]
    mix = facts.mix(opened(tmp_path, crossed(*diagonal)))
    assert list(mix.furthest_above.n_initiatives) == [20] * 4
    assert mix.n_below == 12  # 5 expected, none declared


def test_pairs_close_to_chance_are_not_named(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((6, 5), (5, 6))))
    assert mix.has_residuals
    assert (len(mix.above), mix.n_below) == (0, 0)


def test_a_tie_is_not_broken_by_the_last_digit_of_a_residual(tmp_path: Path) -> None:
    # A symmetric table: a pair and its mirror have the same count and the same totals.
    symmetric = (0, 10, 3, 13), (10, 8, 8, 2), (3, 8, 2, 10), (13, 2, 10, 0)
    mix = facts.mix(opened(tmp_path, crossed(*symmetric)))
    assert list(mix.furthest_above.n_initiatives) == [13, 13, 10, 10]
    assert mix.furthest_above.residual.nunique() == 2


def test_only_three_pairs_are_named_where_none_is_tied(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((40, 1, 1, 1), (1, 32, 1, 1), (1, 1, 25, 1), (1, 1, 1, 28))))
    assert len(mix.above) == 4
    residuals = list(mix.furthest_above.residual)
    assert len(residuals) == 3
    assert residuals == sorted(mix.above.residual, reverse=True)[:3]


def test_initiatives_without_a_portfolio_or_a_category_are_left_out_and_counted(tmp_path: Path) -> None:
    outside = [small.row(category=""), small.row(category="Hors liste"), small.row(portfolio="")]
    mix = facts.mix(opened(tmp_path, [*crossed((9, 1), (1, 9)), *outside]))
    assert mix.n_uncrossed == 3
    assert mix.counts.to_numpy().sum() == 20


@pytest.mark.parametrize(
    "counts",
    [((9, 1), (1, 8)), ((30, 30),)],
    ids=["fewer than five expected", "one portfolio"],
)
def test_no_residual_is_given_of_too_few_initiatives_or_groups(
    tmp_path: Path, counts: tuple[tuple[int, ...], ...]
) -> None:
    mix = facts.mix(opened(tmp_path, crossed(*counts)))
    expected_above_five = counts[0] == (9, 1)
    assert mix.has_residuals is expected_above_five
    assert mix.pairs.residual.notna().sum() == int(expected_above_five)


def test_an_edition_without_a_category_has_nothing_to_cross(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, [small.row(category="")] * 3))
    assert (mix.has_residuals, len(mix.above), mix.n_below, mix.n_uncrossed) == (False, 0, 0, 3)


def test_reconstructed_rows_are_not_crossed() -> None:
    mix = facts.mix(reconstructed())
    assert mix.detail.is_specimen
    assert not set(mix.counts.index) & set(mix.portfolio_counts)
