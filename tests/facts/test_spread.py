"""Concentration and diversity: what is measured, from how many, and what ties leave unsaid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from tests import small
from tests.facts.editions import opened, reconstructed

CATEGORIES = (small.ASSISTANT, small.DECISION, "Automatisation", "")


def portfolios(*sizes: int) -> list[small.Row]:
    return [small.row(portfolio=f"Portefeuille {place}") for place, n in enumerate(sizes) for _ in range(n)]


def categories(*sizes: int, portfolio: str = "Justice") -> list[small.Row]:
    """Return as many rows as said of each of `CATEGORIES`, of which the last is blank."""
    pairs = zip(sizes, CATEGORIES, strict=False)
    return [small.row(category=category, portfolio=portfolio) for n, category in pairs for _ in range(n)]


def effective(*counts: int) -> float:
    total = sum(counts)
    return math.exp(-sum(n / total * math.log(n / total) for n in counts))


def test_the_indices_of_portfolios_are_exact(tmp_path: Path) -> None:
    spread = facts.spread(opened(tmp_path, [*portfolios(6, 3, 1), small.row(portfolio="")], portfolios(5, 5)))
    assert (spread.hhi.value, spread.equivalent.value) == (Fraction(46, 100), Fraction(100, 46))
    assert spread.gini.value == Fraction(-2 * 1 + 2 * 6, 3 * 10)
    assert (spread.declaring.value, spread.declaring_before.value) == (3, 2)
    assert (spread.equivalent_before.value, spread.compares_portfolios) == (2, True)
    assert float(spread.equivalent.value) == pytest.approx(spread.portfolios.equivalent_groups)


@pytest.mark.parametrize("rows", [[*portfolios(5, 4), small.row(portfolio="")], portfolios(10)])
def test_nothing_is_measured_of_fewer_than_ten_or_of_one_portfolio(
    tmp_path: Path, rows: Sequence[small.Row]
) -> None:
    spread = facts.spread(opened(tmp_path, rows))
    assert spread.portfolios is None
    assert (spread.has_networks, spread.has_top, len(spread.lorenz)) == (False, False, 0)


def test_an_earlier_year_is_told_unless_it_is_too_small_and_is_not_drawn(tmp_path: Path) -> None:
    small_one = facts.spread(opened(tmp_path / "small", portfolios(6, 4), portfolios(5, 4)))
    assert small_one.portfolios_before is None
    enough = facts.spread(opened(tmp_path / "enough", portfolios(6, 4), portfolios(5, 5)))
    assert enough.portfolios_before.equivalent_groups == pytest.approx(2)
    assert set(enough.lorenz.year) == {2025}


def test_the_four_largest_are_summed_only_where_there_are_more(tmp_path: Path) -> None:
    assert not facts.spread(opened(tmp_path / "four", portfolios(5, 3, 2, 1))).has_top
    five = facts.spread(opened(tmp_path / "five", portfolios(5, 3, 2, 1, 1)))
    assert five.has_top
    assert (five.top_share.value, five.top_share.numbers["n"]) == (
        Fraction(10, 12),
        3,
    )  # one and one are tied


def test_the_ten_largest_are_the_title_of_the_curve_where_there_are_more(tmp_path: Path) -> None:
    assert not facts.spread(opened(tmp_path / "ten", portfolios(*range(1, 11)))).tells_ten
    eleven = facts.spread(opened(tmp_path / "eleven", portfolios(*range(1, 12))))
    assert eleven.tells_ten
    assert (eleven.ten_share.value, eleven.ten_share.numbers["n"]) == (Fraction(65, 66), 10)


def test_a_network_counts_with_its_portfolio_and_apart_from_it(tmp_path: Path) -> None:
    health = "Santé et Services sociaux"
    rows = [*[small.row(portfolio=health)] * 5, *[small.row(portfolio=f"{health} (Réseau)")] * 5]
    spread = facts.spread(opened(tmp_path, [*rows, *portfolios(10)]))
    assert (spread.portfolios.n_groups, spread.portfolios.equivalent_groups) == (2, pytest.approx(2))
    assert (spread.has_networks, spread.declaring_apart.value) == (True, 3)
    assert spread.equivalent_apart.value == Fraction(400, 150)


def test_bodies_are_measured_apart_from_portfolios_only_where_they_differ(tmp_path: Path) -> None:
    rows = [small.row(body=body) for body in "AB" for _ in range(5)]
    spread = facts.spread(opened(tmp_path / "bodies", rows))
    assert spread.tells_bodies
    assert (spread.equivalent_bodies.value, spread.declaring_bodies.value) == (2, 2)
    assert spread.portfolios is None  # a single portfolio
    assert not facts.spread(
        opened(tmp_path / "alike", [small.row(body="", portfolio="Justice")])
    ).bodies_differ


def test_bodies_are_measured_beside_those_of_an_earlier_edition_only_where_their_names_hold(
    tmp_path: Path,
) -> None:
    def years(before: str, now: str) -> list[int]:
        rows = [[small.row(body=body) for body in names * 4] for names in (now, before)]
        return [*facts.spread(opened(tmp_path / before, *rows)).concentration_of_bodies.year]

    assert years("ABD", "ABC") == [2024, 2025]  # one name of three is gone
    assert years("DEA", "ABC") == [2025]


def test_initiatives_without_a_category_are_counted_apart_from_diversity(tmp_path: Path) -> None:
    spread = facts.spread(opened(tmp_path, categories(4, 1, 0, 1)))
    assert (spread.categorised.value, spread.without_category.value, spread.categories.value) == (5, 1, 2)
    assert spread.effective.value == pytest.approx(effective(4, 1))
    assert spread.shannon.value == pytest.approx(math.log(effective(4, 1)))


def test_diversity_is_not_measured_below_five_categorised(tmp_path: Path) -> None:
    spread = facts.spread(opened(tmp_path, categories(3, 1, 0, 6), categories(2, 3)))
    assert spread.varied is None
    assert (spread.effective_before.why, spread.compares_diversity) == ("denominator too small", False)


def test_two_years_are_compared_at_the_size_of_the_smaller_one(tmp_path: Path) -> None:
    spread = facts.spread(opened(tmp_path, categories(6, 6), categories(3, 2)))
    assert spread.compares_diversity
    # Of 12, five taken at random are all of one category in 2 C(6,5) of C(12,5) ways.
    assert spread.rarefied.value == 2 - Fraction(2 * 6, 792)
    assert spread.rarefied_before.value == 2


def test_diversity_is_not_compared_with_a_year_that_names_no_category(tmp_path: Path) -> None:
    spread = facts.spread(opened(tmp_path, categories(3, 2), categories(0, 0, 0, 6)))
    assert list(spread.diversity.year) == [2025]
    assert spread.effective_before.why == "two vocabularies"


def test_portfolios_too_small_are_left_out_of_the_span_of_diversity(tmp_path: Path) -> None:
    rows = [
        *categories(5, portfolio="Justice"),
        *categories(5, 1, portfolio="Travail"),
        *categories(2, 1, 1, portfolio="Famille"),
    ]
    spread = facts.spread(opened(tmp_path, rows, categories(5, 5, portfolio="Tourisme")))
    assert set(spread.diverse_portfolios.portfolio_folded) == {"Justice", "Travail"}
    assert list(spread.diverse_portfolios.effective_number) == pytest.approx([1, effective(5, 1)])
    # Five of the six of Travail are of one category in one way of six.
    assert list(spread.diverse_portfolios.rarefied_categories) == pytest.approx([1, 2 - 1 / 6])
    assert spread.tells_by_portfolio


def test_reconstructed_rows_are_measured_by_portfolio_alone() -> None:
    spread = facts.spread(reconstructed())
    assert spread.portfolios.n_initiatives <= len(spread.edition.initiatives)
    assert spread.bodies_detail.is_specimen
    assert spread.crossed.is_specimen
    assert spread.bodies_differ
