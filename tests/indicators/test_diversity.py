"""Diversity: entropy and rarefaction against SciPy, a textbook, enumeration, and hand-computed values."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest
from scipy.stats import entropy

from portrait.indicators import (
    diversity,
    effective_number_bounds,
    rarefied_richness,
    shannon,
    with_diversity,
)

TRAP = [9, 3, 4, 2, 1, 1, 1, 1, 1]
"""Counts of moths in a trap: Magurran, *Ecological Diversity and Its Measurement*, 1988, p. 128."""


def of_categories(year=2025, portfolio="Justice", **counts):
    names = [name for name, count in counts.items() for _ in range(count)]
    return pd.DataFrame({"year": year, "portfolio_folded": portfolio, "category": names})


def by_enumeration(counts, n):
    """Return the mean number of categories over every subset of n initiatives."""
    initiatives = [category for category, count in enumerate(counts) for _ in range(count)]
    sets = list(itertools.combinations(range(len(initiatives)), n))
    return sum(len({initiatives[index] for index in chosen}) for chosen in sets) / len(sets)


@pytest.mark.parametrize("counts", [TRAP, [5], [1, 1, 1], [100, 1], [3, 0, 2]])
def test_the_entropy_matches_scipy(counts):
    assert shannon(counts) == pytest.approx(entropy(counts))


def test_the_rarefied_number_matches_a_textbook():
    # The book prints 6.58; R package tabula, which cites it, gives 6.556735 with the same formula.
    assert rarefied_richness(TRAP, 13) == pytest.approx(6.556735, abs=5e-7)


@pytest.mark.parametrize(("counts", "n"), [([4, 2, 1], 3), ([1, 1, 5, 2], 5), ([6, 3], 1), ([2, 2, 2], 6)])
def test_the_rarefied_number_is_the_mean_over_every_subset_of_that_size(counts, n):
    assert rarefied_richness(counts, n) == pytest.approx(by_enumeration(counts, n))


@pytest.mark.parametrize(("counts", "n"), [([700, 60, 9, 1], 500), ([700, 60, 9, 1], 770), ([40] * 3, 7)])
def test_the_rarefied_number_equals_its_definition_exactly(counts, n):
    ways = math.comb(sum(counts), n)
    absent = [math.comb(sum(counts) - count, n) for count in counts]
    assert rarefied_richness(counts, n) == math.fsum((ways - each) / ways for each in absent)


def test_a_million_initiatives_are_rarefied_and_bounded():
    assert rarefied_richness([500_000, 99_990, 10], 400_000) == pytest.approx(3 - (1 / 3) ** 10, abs=1e-8)
    # 200 000 more in the third category make three equal counts.
    bounds = effective_number_bounds([200_000, 200_000], 200_000, 3)
    assert bounds == (pytest.approx(3 / 4 ** (1 / 3)), pytest.approx(3))
    assert bounds[0] == pytest.approx(math.exp(shannon([400_000, 200_000])))


def test_a_subset_larger_than_the_whole_is_an_error():
    with pytest.raises(ValueError, match="cannot be taken"):
        rarefied_richness([2, 2], 5)


def test_the_effective_number_is_lower_for_uneven_categories():
    # 4, 2, 1, 1 of 8: H = 1/2 ln 2 + 1/4 ln 4 + 2/8 ln 8 = 1.75 ln 2.
    table = diversity(pd.concat([of_categories(A=4, B=2, C=1, D=1)]), n_listed=4)
    assert table.shannon[0] == pytest.approx(1.75 * math.log(2))
    assert table.effective_number[0] == pytest.approx(2**1.75)
    assert diversity(of_categories(A=3, B=3, C=3), n_listed=4).effective_number[0] == pytest.approx(3)


def test_initiatives_without_a_category_change_only_the_bounds():
    table = diversity(of_categories(A=4, B=2, unknown=1, unclassified=1), n_listed=3)
    row = table.iloc[0]
    assert (row.n_initiatives, row.n_categorised, row.n_uncategorised, row.n_categories) == (8, 6, 2, 2)
    assert row.effective_number == pytest.approx(math.exp(entropy([4, 2])))
    assert row.lowest_effective_number == pytest.approx(math.exp(entropy([6, 2])))
    assert row.highest_effective_number == pytest.approx(math.exp(entropy([4, 2, 2])))


@pytest.mark.parametrize(
    ("counts", "n_unnamed", "n_listed"), [([4, 2], 3, 3), ([3, 3], 1, 2), ([1], 4, 4), ([5, 1, 1], 0, 5)]
)
def test_the_bounds_match_an_enumeration_of_categories(counts, n_unnamed, n_listed):
    listed = counts + [0] * (n_listed - len(counts))
    numbers = [
        math.exp(entropy([count + given.count(category) for category, count in enumerate(listed)]))
        for given in itertools.combinations_with_replacement(range(n_listed), n_unnamed)
    ]
    assert effective_number_bounds(counts, n_unnamed, n_listed) == pytest.approx((min(numbers), max(numbers)))


def test_groups_are_rarefied_to_the_smallest_measured_group():
    rows = pd.concat(
        [
            of_categories(portfolio="Santé", A=6, B=3, C=1),
            of_categories(portfolio="Justice", A=3, B=3),
            of_categories(portfolio="Famille", A=4, unknown=3),
        ]
    )
    table = diversity(rows, "portfolio_folded", n_listed=3).set_index("portfolio_folded")
    assert table["rarefied_to"].dropna().unique().tolist() == [6]
    assert table.rarefied_categories["Justice"] == pytest.approx(2)
    assert table.rarefied_categories["Santé"] == pytest.approx(by_enumeration([6, 3, 1], 6))


def test_fewer_than_five_initiatives_with_a_category_have_counts_and_no_measure():
    table = diversity(of_categories(A=2, B=2, unknown=30), n_listed=3)
    assert table[["n_initiatives", "n_categorised", "n_categories"]].values.tolist() == [[34, 4, 2]]
    assert table[["shannon", "effective_number", "rarefied_to"]].isna().all(axis=None)
    assert with_diversity(table).empty
    assert len(with_diversity(diversity(of_categories(A=5), n_listed=3))) == 1


def test_a_year_without_any_category_has_counts_and_no_measure():
    table = diversity(of_categories(unknown=12), n_listed=0)
    assert table.n_categories[0] == 0
    assert with_diversity(table).empty


def test_unknown_portfolios_have_no_row():
    rows = pd.concat([of_categories(A=5), of_categories(portfolio="unknown", A=5)])
    assert diversity(rows, "portfolio_folded", n_listed=1)["portfolio_folded"].tolist() == ["Justice"]
