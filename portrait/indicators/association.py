"""Association of portfolios and categories: expected counts, residuals, Cramér's V, permutation tests.

The rows are a census of declarations, not a sample: a test compares a table or a change with shuffled
labels. It describes these declarations, without inference to others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from portrait.language.text import normalise
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

SMALLEST_EXPECTED = 5
"""Least expected count for a residual; below it, the distribution of the residual is far from normal.

Source: Cochran, "Some Methods for Strengthening the Common chi² Tests", *Biometrics* 10, 1954.
"""
FALSE_DISCOVERY_RATE = 0.05
"""Greatest expected share of false discoveries among the retained pairs."""
N_DRAWS = 9_999
SEED = 1
"""Seed of random draws; with the locked NumPy and SciPy, every build makes the same draws."""
_NUMBERS_AT_ONCE = 2_000_000
"""Number of cells in a batch of draws, which limits the memory used."""
_ROUNDING = 1e-9
"""Relative difference below which two statistics are equal, because the order of a sum changes its digits."""


def cross_table(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Count the initiatives of each portfolio, its network included, in each category.

    Initiatives without a known portfolio or category are left out.

    Parameters
    ----------
    initiatives
        One year.

    Returns
    -------
    pandas.DataFrame
        Portfolios in rows and categories in columns, most initiatives first; counts, 0 included.
    """
    unnamed = ["", UNKNOWN, UNCLASSIFIED]
    crossed = initiatives[["portfolio_folded", "category"]]
    named = crossed[~crossed.isin(unnamed).any(axis="columns")]
    counts = named.groupby(["portfolio_folded", "category"]).size().unstack(fill_value=0)
    counts = counts.rename_axis(index="portfolio", columns="category")
    by_name = counts.sort_index(key=_keys).sort_index(key=_keys, axis="columns")
    rows = by_name.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    columns = by_name.sum(axis="index").sort_values(ascending=False, kind="stable").index
    return by_name.loc[rows, columns].astype(int)


def _keys(names: pd.Index) -> pd.Index:
    return names.map(normalise)


def associations(counts: pd.DataFrame) -> pd.DataFrame:
    """Compare the count of each portfolio and category with the count expected under independence.

    With O the count of a pair, n that of the table, r and c the shares of its row and its column: the
    expected count is E = n r c, and the adjusted residual is (O - E) / sqrt(E (1 - r)(1 - c)), close to
    a standard normal if categories are shuffled among initiatives. The two-sided p-values are adjusted
    over all tested pairs to control the false discovery rate.

    Sources: Haberman, "The Analysis of Residuals in Cross-Classified Tables", *Biometrics* 29, 1973,
    p. 205-220; Benjamini and Hochberg, "Controlling the False Discovery Rate", *Journal of the Royal
    Statistical Society* B 57, 1995, p. 289-300. Residuals of one table are dependent, some of them
    negatively, a case that no proof covers (Benjamini and Yekutieli, *Annals of Statistics* 29, 2001):
    the rate is a guide, not a guarantee.

    Parameters
    ----------
    counts
        As `cross_table` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per `portfolio` and `category`, in the order of the table: `n_initiatives` (O, count),
        `expected` (E, initiatives), `residual` (standard deviations), `p_value`, `adjusted_p_value`.
        The last three are missing where E is below `SMALLEST_EXPECTED`, and where there is only one
        portfolio or one category.
    """
    from scipy.special import ndtr  # scipy.stats takes five times as long to import

    observed = counts.to_numpy()
    expected = _expected(observed)
    rows, columns = (observed.sum(axis=axis, keepdims=True) / max(observed.sum(), 1) for axis in (1, 0))
    tested = (expected >= SMALLEST_EXPECTED) & (min(counts.shape) > 1)
    # In this order, so that a pair and its mirror, of swapped totals, have equal residuals.
    variance = expected * ((1 - rows) * (1 - columns))
    deviation = np.sqrt(variance, where=tested, out=np.full_like(expected, np.nan))
    table = pd.MultiIndex.from_product([counts.index, counts.columns]).to_frame(index=False)
    table["n_initiatives"] = observed.ravel()
    table["expected"] = expected.ravel()
    table["residual"] = ((observed - expected) / deviation).ravel()
    table["p_value"] = 2 * ndtr(-table["residual"].abs())
    table["adjusted_p_value"] = adjusted(table["p_value"].dropna())
    return table


def adjusted(p_values: pd.Series) -> pd.Series:
    """Adjust the p-values of one family of tests to control the false discovery rate.

    The i-th smallest of m becomes the smallest of p(j) m / j over j from i to m: the step-up procedure of
    Benjamini and Hochberg, 1995 (see `associations`).
    """
    descending = p_values.sort_values(ascending=False, kind="stable")
    m = len(descending)
    stepped = np.minimum.accumulate(descending.to_numpy() * (m / np.arange(m, 0, -1)))
    return pd.Series(stepped, descending.index, dtype=float).reindex(p_values.index)


def retained(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs whose adjusted p-value is within `FALSE_DISCOVERY_RATE`, greatest residual first.

    Parameters
    ----------
    table
        As `associations` returns it.
    """
    kept = table[table["adjusted_p_value"] <= FALSE_DISCOVERY_RATE]
    return kept.sort_values("residual", ascending=False, kind="stable", ignore_index=True)


def cramers_v(counts: pd.DataFrame) -> float:
    """Return Cramér's V, from 0 (every portfolio has the same mix) to 1 (one determines the other).

    V = sqrt(chi² / (n min(k - 1, l - 1))), of k rows and l columns. Missing if k or l is below 2. It is
    biased upwards in a large table of few initiatives: prefer `corrected_cramers_v`.

    Source: Cramér, *Mathematical Methods of Statistics*, 1946, section 21.9, p. 282.
    """
    smallest = min(counts.shape) - 1
    n = counts.to_numpy().sum()
    return math.sqrt(chi_squared(counts) / (n * smallest)) if smallest > 0 else math.nan


def corrected_cramers_v(counts: pd.DataFrame) -> float:
    """Return Cramér's V corrected for its bias, 0 if chi² is at most its mean under shuffling.

    With k rows, l columns and phi² = chi² / n: sqrt(phi~² / min(k~ - 1, l~ - 1)), where phi~² is
    max(0, phi² - (k - 1)(l - 1) / (n - 1)) and k~ = k - (k - 1)² / (n - 1), and likewise l~. Missing if
    k or l is below 2 or at least the number of initiatives.

    Source: Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", *Journal of the Korean
    Statistical Society* 42, 2013, p. 323-328.
    """
    k, l = counts.shape  # noqa: E741
    n = counts.to_numpy().sum()
    if min(k, l) < 2 or max(k, l) >= n:
        return math.nan
    phi_squared = max(0.0, chi_squared(counts) / n - (k - 1) * (l - 1) / (n - 1))
    corrected = (size - (size - 1) ** 2 / (n - 1) for size in (k, l))
    return math.sqrt(phi_squared / (min(corrected) - 1))


def chi_squared(counts: pd.DataFrame) -> float:
    """Return Pearson's chi², the sum of (O - E)² / E over the cells of the table.

    Source: Pearson, *Philosophical Magazine* 50, 1900, p. 157-175.
    """
    observed = counts.to_numpy()
    expected = _expected(observed)
    return float(((observed - expected) ** 2 / expected).sum())


def _expected(observed: NDArray[Any]) -> NDArray[np.float64]:
    """Return the expected counts under independence, with the same totals."""
    rows, columns = observed.sum(axis=1), observed.sum(axis=0)
    return np.outer(rows, columns) / max(int(observed.sum()), 1)


@dataclass(frozen=True)
class PermutationTest:
    """Result of a permutation test.

    Attributes
    ----------
    statistic
        Observed statistic.
    n_at_least
        Draws with a statistic at least as great.
    n_draws, seed
        Number of draws, and their seed.
    """

    statistic: float
    n_at_least: int
    n_draws: int
    seed: int

    @property
    def p_value(self) -> float:
        """The p-value (1 + b) / (1 + m), with m draws, b of them at least as great; never 0.

        Source: Phipson and Smyth, "Permutation P-values Should Never Be Zero", *Statistical
        Applications in Genetics and Molecular Biology* 9, 2010, article 39.
        """
        return (1 + self.n_at_least) / (1 + self.n_draws)


def independence_test(counts: pd.DataFrame, *, n_draws: int = N_DRAWS, seed: int = SEED) -> PermutationTest:
    """Test independence: count the draws with categories shuffled among initiatives and as great a chi².

    Random tables with the same totals are drawn, which is equivalent to shuffling and faster.

    Sources: Patefield, "An Efficient Method of Generating Random R x C Tables with Given Row and Column
    Totals", *Applied Statistics* 30, 1981, p. 91-97; for few initiatives, Boyett, "Random R x C Tables with
    Given Row and Column Totals", same review 28, 1979, p. 329-332: `scipy.stats.random_table` chooses the
    faster of the two.

    Parameters
    ----------
    counts
        As `cross_table` returns it, with at least one initiative.
    """
    from scipy.stats import random_table

    observed = counts.to_numpy()
    expected = _expected(observed)
    statistic = chi_squared(counts)
    tables = random_table(observed.sum(axis=1), observed.sum(axis=0))
    generator = np.random.default_rng(seed)
    n_at_least = 0
    for size in batch_sizes(n_draws, observed.size):
        drawn = tables.rvs(size=size, random_state=generator)
        drawn_statistics = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
        n_at_least += int((drawn_statistics >= statistic * (1 - _ROUNDING)).sum())
    return PermutationTest(statistic, n_at_least, n_draws, seed)


def mix_test(change: pd.DataFrame, *, n_draws: int = N_DRAWS, seed: int = SEED) -> PermutationTest:
    """Test a change of mix: count the draws with years shuffled among initiatives and as great a distance.

    The statistic is the total variation distance between shares; see `total_variation_distance`.
    Each draw splits the pooled initiatives into two years of the same sizes: counts of the later year
    follow a multivariate hypergeometric distribution (Johnson, Kotz and Balakrishnan,
    *Discrete Multivariate Distributions*, 1997, chapter 39).

    Parameters
    ----------
    change
        As `change` returns it for `categorised` initiatives; each year has at least one, and both have
        the same vocabulary.
    """
    now, then = (change[name].to_numpy(dtype=np.int64) for name in ("n_initiatives", "n_previous"))
    n_now, n_then = int(now.sum()), int(then.sum())
    pooled = now + then
    # Integers, so that a draw equal to the observed statistic counts as equal.
    observed = int(np.abs(now * n_then - then * n_now).sum())
    generator = np.random.default_rng(seed)
    n_at_least = 0
    for size in batch_sizes(n_draws, len(pooled)):
        drawn = generator.multivariate_hypergeometric(pooled, n_now, size=size, method="marginals")
        distances = np.abs(drawn * n_then - (pooled - drawn) * n_now).sum(axis=1)
        n_at_least += int((distances >= observed).sum())
    return PermutationTest(observed / (2 * n_now * n_then), n_at_least, n_draws, seed)


def batch_sizes(n_draws: int, n_cells: int) -> Iterator[int]:
    """Yield the sizes of batches of draws that fit in memory."""
    most = max(1, _NUMBERS_AT_ONCE // n_cells)
    for done in range(0, n_draws, most):
        yield min(most, n_draws - done)
