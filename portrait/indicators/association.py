"""Association of portfolios and categories: expected counts, residuals, Cramér's V.

The rows are a census of declarations, not a sample: a residual compares a table with shuffled labels. It
describes these declarations, without inference to others.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from portrait.language.text import normalise
from portrait.registers.source import NAMELESS

SMALLEST_EXPECTED = 5
"""Least expected count for a residual; below it, the distribution of the residual is far from normal.

Source: Cochran, "Some Methods for Strengthening the Common chi² Tests", *Biometrics* 10, 1954.
"""
FALSE_DISCOVERY_PERCENT = 5
"""Greatest expected share of false discoveries among the retained pairs, in per cent."""


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
    crossed = initiatives[["portfolio_folded", "category"]]
    named = crossed[~crossed.isin(NAMELESS).any(axis="columns")]
    counts = named.groupby(["portfolio_folded", "category"]).size().unstack(fill_value=0)
    counts = counts.rename_axis(index="portfolio", columns="category")
    by_name = counts.sort_index(key=_keys).sort_index(key=_keys, axis="columns")
    rows = by_name.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    columns = by_name.sum(axis="index").sort_values(ascending=False, kind="stable").index
    return by_name.loc[rows, columns].astype(int)


def _keys(names: pd.Index) -> pd.Index:
    return names.map(normalise)


def associations(counts: pd.DataFrame, least: int = SMALLEST_EXPECTED) -> pd.DataFrame:
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
    least
        Least expected count of a pair that is tested.

    Returns
    -------
    pandas.DataFrame
        One row per `portfolio` and `category`, in the order of the table: `n_initiatives` (O, count),
        `expected` (E, initiatives), `residual` (standard deviations), `p_value`, `adjusted_p_value`.
        The last three are missing where E is below `least`, and where there is only one
        portfolio or one category.
    """
    observed = counts.to_numpy()
    expected = _expected(observed)
    rows, columns = (observed.sum(axis=axis, keepdims=True) / max(observed.sum(), 1) for axis in (1, 0))
    tested = (expected >= least) & (min(counts.shape) > 1)
    # In this order, so that a pair and its mirror, of swapped totals, have equal residuals.
    variance = expected * ((1 - rows) * (1 - columns))
    deviation = np.sqrt(variance, where=tested, out=np.full_like(expected, np.nan))
    table = pd.MultiIndex.from_product([counts.index, counts.columns]).to_frame(index=False)
    table["n_initiatives"] = observed.ravel()
    table["expected"] = expected.ravel()
    table["residual"] = ((observed - expected) / deviation).ravel()
    table["p_value"] = [math.erfc(abs(each) / math.sqrt(2)) for each in table["residual"]]
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


def retained(table: pd.DataFrame, percent: int = FALSE_DISCOVERY_PERCENT) -> pd.DataFrame:
    """Keep the pairs whose adjusted p-value is within a false discovery rate, greatest residual first.

    Parameters
    ----------
    table
        As `associations` returns it.
    percent
        The rate, in per cent.
    """
    kept = table[table["adjusted_p_value"] <= percent / 100]
    return kept.sort_values("residual", ascending=False, kind="stable", ignore_index=True)


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
