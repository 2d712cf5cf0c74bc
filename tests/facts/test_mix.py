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
    assert list(mix.retained_above.n_initiatives) == [9, 9]
    assert list(mix.retained_above.residual) == pytest.approx([4 / math.sqrt(1.25)] * 2)
    assert (mix.above.value, mix.below.value) == (2, 2)
    assert mix.above.numbers["expected0"] == 5


def test_the_title_of_the_figure_counts_the_pair_that_leads(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((20, 5), (5, 20))))
    assert not mix.a_pair_leads  # as many are in the first cell and the last
    mix = facts.mix(opened(tmp_path / "leads", crossed((20, 1, 4), (5, 9, 1), (5, 4, 9))))
    assert mix.a_pair_leads
    assert mix.of_first_pair.value == mix.furthest.numbers["count0"]


def test_all_pairs_tied_with_the_third_are_named(tmp_path: Path) -> None:
    diagonal = [tuple(20 * (row == column) for column in range(4)) for row in range(4)]
    mix = facts.mix(opened(tmp_path, crossed(*diagonal)))
    assert [mix.above.numbers[f"count{place}"] for place in range(4)] == [20] * 4
    assert mix.below.value == 12  # 5 expected, none declared


def test_pairs_close_to_chance_are_not_named(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((6, 5), (5, 6))))
    assert mix.above
    assert not mix.has_above
    assert (mix.above.value, mix.below.value) == (0, 0)


def test_a_tie_is_not_broken_by_the_last_digit_of_a_residual(tmp_path: Path) -> None:
    # A symmetric table: a pair and its mirror have the same count and the same totals.
    symmetric = (0, 10, 3, 13), (10, 8, 8, 2), (3, 8, 2, 10), (13, 2, 10, 0)
    mix = facts.mix(opened(tmp_path, crossed(*symmetric)))
    assert mix.above.numbers["listed"] == 4
    assert [mix.above.numbers[f"count{place}"] for place in range(4)] == [13, 13, 10, 10]
    assert not mix.a_pair_leads  # the title of the figure names no pair


def test_only_three_pairs_are_named_where_none_is_tied(tmp_path: Path) -> None:
    mix = facts.mix(opened(tmp_path, crossed((40, 1, 1, 1), (1, 32, 1, 1), (1, 1, 25, 1), (1, 1, 1, 28))))
    assert (mix.above.value, mix.above.numbers["listed"]) == (4, 3)
    listed = [mix.above.numbers[f"count{place}"] for place in range(3)]
    assert listed == list(mix.retained_above.n_initiatives)[:3]
    assert mix.a_pair_leads
    assert mix.furthest.numbers["count0"] == listed[0]


def test_initiatives_without_a_portfolio_or_a_category_are_left_out_and_counted(tmp_path: Path) -> None:
    outside = [small.row(category=""), small.row(category="Hors liste"), small.row(portfolio="")]
    mix = facts.mix(opened(tmp_path, [*crossed((9, 1), (1, 9)), *outside]))
    assert mix.left_out.value == 3
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
    assert not (mix.has_residuals or mix.above or mix.below or mix.left_out)
    assert mix.above.why == "field not published"


def test_reconstructed_rows_are_not_crossed() -> None:
    mix = facts.mix(reconstructed())
    assert mix.detail.is_specimen
    assert not set(mix.counts.index) & set(mix.portfolio_counts)


def test_a_sentence_gives_each_pair_with_its_count_and_its_expected_count(tmp_path: Path) -> None:
    edition = opened(tmp_path, crossed((40, 1, 1, 1), (1, 32, 1, 1), (1, 1, 25, 1), (1, 1, 1, 28)))
    phrase = facts.phrases(edition, "en").pairs(facts.mix(edition).above)
    # 28 of the fourth portfolio's 31 and of the fourth category's 31, among 137: 31 x 31 / 137 = 7.01.
    assert "Portefeuille 3, Laboratory and equipment (28 against 7.0)" in phrase
    assert (phrase.value["name2"], phrase.value["count2"]) == ("Portefeuille 3", 28)
