"""Concentration of declarations: Herfindahl-Hirschman index, Gini, largest groups, Lorenz curve.

The indices describe how initiatives are distributed among the groups that declare any. All groups are
counted, so nothing is estimated; leaving each group out shows its weight in an index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd

from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import NAMELESS

LARGEST_GROUPS = (4, 10)
"""Numbers of largest groups whose combined share is given."""


MOST_ROWS = 20
"""Number of names in a chart, or the nearest that parts no tie; the table has the others."""


def to_gap(sizes: Iterable[int], n: int) -> int:
    """Return how many of the largest to set apart: `n`, or the nearest number that parts no tie.

    It is at most a quarter above `n`. It is 0 where every number up to there parts a tie, and where there
    are no more than `n`.

    >>> to_gap([9, 5, 5, 5, 1], 4), to_gap([9, 8, 5, 5, 5, 5, 5, 5], 4), to_gap([5, 5, 5, 5, 5], 4)
    (4, 2, 0)
    """
    ranked = sorted(sizes, reverse=True)
    gaps = [k for k in range(1, min(len(ranked), n + n // 4 + 1)) if ranked[k - 1] > ranked[k]]
    return min(gaps, key=lambda k: (abs(k - n), k), default=0) if len(ranked) > n else 0


def n_drawn(sizes: Collection[int], most: int = MOST_ROWS) -> int:
    """Return how many rows a chart or table has of its names: all, or about `most` of the largest.

    It parts no tie, but where all of those have the same number.
    """
    return len(sizes) if len(sizes) <= most else to_gap(sizes, most) or most


def concentration(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the concentration of the initiatives of each year among groups.

    With k groups of shares s: HHI = sum of s², from 1/k (all equal) to 1 (one group has all); its
    normalised form is (HHI - 1/k) / (1 - 1/k), from 0 to 1; its inverse is the number of equal groups
    that would give the same HHI. Gini: see `gini`; its normalised form, k/(k-1) times it, is 1 if one
    group had all.

    Sources: Hirschman, "The Paternity of an Index", *American Economic Review* 54, 1964; Adelman,
    "Comment on the H Concentration Measure as a Numbers-Equivalent", *Review of Economics and
    Statistics* 51, 1969 (the inverse); Deltas, "The Small-Sample Bias of the Gini Coefficient", same
    review 85, 2003 (k/(k-1)).

    Parameters
    ----------
    table
        One count per year and group, as `initiatives_per_body` or `portfolios` returns it. Rows without
        a known group are left out, of denominators too.
    group
        The column that names the groups.

    Returns
    -------
    pandas.DataFrame
        One row per `year`: `n_groups`, `n_initiatives` (counts, known groups only), `hhi`,
        `hhi_normalised`, `equivalent_groups` (groups), `gini`, `gini_normalised` (0 to 1),
        `top_4_share`, `top_10_share` (of the largest groups), and the ends of the equivalent number and
        of the Gini coefficient with any one group left out (`equivalent_groups_lowest`, …,
        `gini_highest`). Normalised and leave-one-out columns are missing with a single group; those of
        the 4 or 10 largest groups, if there are no more groups than that.
    """
    columns = ["n_groups", "n_initiatives", "hhi", "hhi_normalised", "equivalent_groups"]
    columns += ["gini", "gini_normalised", *(f"top_{k}_share" for k in LARGEST_GROUPS)]
    columns += ["equivalent_groups_lowest", "equivalent_groups_highest", "gini_lowest", "gini_highest"]
    rows = {year: _indices(counts) for year, counts in _named(table, group).groupby("year")["n_initiatives"]}
    indices = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return indices.rename_axis("year").reset_index()


def _indices(counts: pd.Series) -> list[float]:
    k, total, sizes = len(counts), int(counts.sum()), [int(count) for count in counts]
    hhi, inequality = herfindahl_hirschman(counts), gini(counts)
    tops = [sum(sorted(sizes)[-top:]) if k > top else np.nan for top in LARGEST_GROUPS]
    return [
        k,
        total,
        hhi,
        (hhi - 1 / k) / (1 - 1 / k) if k > 1 else np.nan,
        1 / hhi,
        inequality,
        k / (k - 1) * inequality if k > 1 else np.nan,
        *(top / total for top in tops),
        *(_ends_without_one(sizes) if k > 1 else [np.nan] * 4),
    ]


def herfindahl_hirschman(counts: Sequence[int] | pd.Series) -> float:
    """Return the sum of the squared shares of groups of at least one initiative each.

    >>> herfindahl_hirschman([30, 30, 20, 20])
    0.26
    """
    sizes = [int(count) for count in counts]
    return sum(size**2 for size in sizes) / sum(sizes) ** 2


def gini(counts: Sequence[int] | pd.Series) -> float:
    """Return the Gini coefficient of counts: 0 if all are equal, (n-1)/n if one had all.

    With x ascending, the sum of (2i - n - 1) x_i over n times the sum of x. Source: Cowell, *Measuring
    Inequality*, 3rd edition, Oxford, 2011, technical appendix.

    >>> round(gini([1, 3, 2, 1, 1, 1, 4]), 4)
    0.3077
    """
    sizes = sorted(int(count) for count in counts)
    n = len(sizes)
    return sum((2 * rank - n - 1) * size for rank, size in enumerate(sizes, start=1)) / (n * sum(sizes))


def measurable(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the years of `concentration` with enough initiatives for a share and at least two groups."""
    return table[(table["n_initiatives"] >= SMALLEST_DENOMINATOR) & (table["n_groups"] > 1)]


def _ends_without_one(sizes: Sequence[int]) -> list[float]:
    """Return the least and greatest equivalent number, then Gini coefficient, with any one group left out.

    They show how much an index depends on one group; they do not estimate an error. One pass over
    integers: in the sum of `gini`, groups before the one left out keep their rank, and those after it
    lose one.
    """
    ascending, n, total = sorted(sizes), len(sizes), sum(sizes)
    squares = sum(size**2 for size in sizes)
    ranked = sum((2 * rank - n - 1) * size for rank, size in enumerate(ascending, start=1))
    hhis, ginis, below = [], [], 0
    for rank, size in enumerate(ascending, start=1):
        left = total - size
        ranked_without = ranked - (2 * rank - n - 1) * size + below - (left - below)
        hhis.append((squares - size**2) / left**2)
        ginis.append(ranked_without / ((n - 1) * left))
        below += size
    return [1 / max(hhis), 1 / min(hhis), min(ginis), max(ginis)]


def lorenz_curve(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the points of the Lorenz curve of each year, from (0, 0) to (1, 1).

    A point is the combined share of the groups with the fewest initiatives. The Gini coefficient is
    twice the area between the curve and the diagonal. Source: Lorenz, "Methods of
    Measuring the Concentration of Wealth", *Publications of the American Statistical Association* 9, 1905.

    Parameters
    ----------
    table, group
        As for `concentration`.

    Returns
    -------
    pandas.DataFrame
        One row per `year` and point: `n_groups`, `n_initiatives` (cumulative counts), `groups_share`,
        `initiatives_share` (cumulative, 0 to 1).
    """
    curves = []
    for year, counts in _named(table, group).groupby("year")["n_initiatives"]:
        cumulative = np.concatenate([[0], np.cumsum(np.sort(counts.to_numpy()))])
        ranks = np.arange(len(cumulative))
        curve = {"year": year, "n_groups": ranks, "n_initiatives": cumulative}
        shares = {"groups_share": ranks / ranks[-1], "initiatives_share": cumulative / cumulative[-1]}
        curves.append(pd.DataFrame(curve | shares))
    columns = ["year", "n_groups", "n_initiatives", "groups_share", "initiatives_share"]
    return pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=columns)


def _named(table: pd.DataFrame, group: str) -> pd.DataFrame:
    return table[~table[group].isin(NAMELESS)]
