"""Whether few groups declare much: Herfindahl-Hirschman, Gini, the largest groups, the Lorenz curve.

They say how declarations are shared out among the groups that declare any; not why, nor whether it is
well. All groups are counted, so that nothing is estimated: what one group weighs in an index is told
by leaving it out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

LARGEST_GROUPS = (4, 10)
"""How many of the largest groups have their common share told."""


def concentration(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return how the initiatives of each year are shared out among groups.

    With k groups of shares s: HHI = sum of s², from 1/k (all equal) to 1 (one group has all); its
    normalised form is (HHI - 1/k) / (1 - 1/k), from 0 to 1; its inverse is the number of equal groups
    that would give the same HHI. Gini: see `gini`; its normalised form, k/(k-1) times it, is 1 where
    one group would have all.

    Sources: Hirschman, "The Paternity of an Index", *American Economic Review* 54, 1964; Adelman,
    "Comment on the H Concentration Measure as a Numbers-Equivalent", *Review of Economics and
    Statistics* 51, 1969 (the inverse); Deltas, "The Small-Sample Bias of the Gini Coefficient", same
    review 85, 2003 (k/(k-1)).

    Parameters
    ----------
    table
        A count a group and year, as `initiatives_per_body` or `portfolios` returns it. What names no
        group is in no group, and in no denominator here.
    group
        The column that names the groups.

    Returns
    -------
    pandas.DataFrame
        One row per `year`: `n_groups`, `n_initiatives` (counts of what names a group), `hhi`,
        `hhi_normalised`, `equivalent_groups` (groups), `gini`, `gini_normalised` (0 to 1),
        `n_top_4`, `n_top_10` (initiatives of the largest groups), `top_4_share`, `top_10_share` (of
        `n_initiatives`), and the columns of `leave_one_out_range`. Normalised forms and those with a
        group left out are missing with a single group; those of the largest groups where there are
        no more groups than that.
    """
    columns = ["n_groups", "n_initiatives", "hhi", "hhi_normalised", "equivalent_groups"]
    columns += ["gini", "gini_normalised"]
    columns += [name for k in LARGEST_GROUPS for name in (f"n_top_{k}", f"top_{k}_share")]
    rows = {year: _indices(counts) for year, counts in _named(table, group).groupby("year")["n_initiatives"]}
    indices = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    ranges = leave_one_out_range(leave_one_out(table, group), group).set_index("year")
    return indices.join(ranges).rename_axis("year").reset_index()


def _indices(counts: pd.Series) -> list[float]:
    k, total = len(counts), int(counts.sum())
    hhi, inequality = herfindahl_hirschman(counts), gini(counts)
    largest = counts.sort_values(ascending=False)
    tops = [int(largest.head(top).sum()) if k > top else np.nan for top in LARGEST_GROUPS]
    return [
        k,
        total,
        hhi,
        (hhi - 1 / k) / (1 - 1 / k) if k > 1 else np.nan,
        1 / hhi,
        inequality,
        k / (k - 1) * inequality if k > 1 else np.nan,
        *(value for top in tops for value in (top, top / total)),
    ]


def herfindahl_hirschman(counts: Sequence[int] | pd.Series) -> float:
    """Return the sum of the squared shares of groups, each with one initiative or more.

    >>> herfindahl_hirschman([30, 30, 20, 20])
    0.26
    """
    sizes = [int(count) for count in counts]
    return sum(size**2 for size in sizes) / sum(sizes) ** 2


def gini(counts: Sequence[int] | pd.Series) -> float:
    """Return the Gini coefficient of counts: 0 where all are equal, (n-1)/n where one would have all.

    With x ascending, the sum of (2i - n - 1) x_i over n times the sum of x. Source: Cowell, *Measuring
    Inequality*, 3rd edition, Oxford, 2011, technical appendix.

    >>> round(gini([1, 3, 2, 1, 1, 1, 4]), 4)
    0.3077
    """
    sizes = sorted(int(count) for count in counts)
    n = len(sizes)
    return sum((2 * rank - n - 1) * size for rank, size in enumerate(sizes, start=1)) / (n * sum(sizes))


def measurable(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the years of `concentration` with enough initiatives for a share, and two groups or more."""
    return table[(table["n_initiatives"] >= SMALLEST_DENOMINATOR) & (table["n_groups"] > 1)]


def leave_one_out(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the indices of a year once each of its groups is left out in turn.

    It says what rests on one group alone. No estimate: the register holds all groups.

    Parameters
    ----------
    table, group
        As for `concentration`.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, group left out), of years of two groups or more: `n_initiatives` (count of
        the group left out), `hhi_without`, `gini_without` (0 to 1), `equivalent_groups_without`
        (groups), `hhi_change` (the index without the group, less the index with it).
    """
    rows = []
    for year, groups in _named(table, group).groupby("year"):
        names, sizes = list(groups[group]), [int(count) for count in groups["n_initiatives"]]
        hhi = herfindahl_hirschman(sizes)
        without = _without_each(sizes) if len(sizes) > 1 else {}
        for name, size in zip(names, sizes, strict=True):
            if without:
                hhi_without, gini_without = without[size]
                rows.append([year, name, size, hhi_without, gini_without, 1 / hhi_without, hhi_without - hhi])
    columns = ["year", group, "n_initiatives", "hhi_without", "gini_without"]
    return pd.DataFrame(rows, columns=[*columns, "equivalent_groups_without", "hhi_change"])


def _without_each(sizes: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Return, for each size there is, the HHI and the Gini coefficient once a group of that size is left out.

    In one pass, in whole numbers: groups before it keep their rank in the sum of `gini`, with one group less,
    and those after it lose one.
    """
    ascending, n, total = sorted(sizes), len(sizes), sum(sizes)
    squares = sum(size**2 for size in sizes)
    ranked = sum((2 * rank - n - 1) * size for rank, size in enumerate(ascending, start=1))
    without, below = {}, 0
    for rank, size in enumerate(ascending, start=1):
        left = total - size
        ranked_without = ranked - (2 * rank - n - 1) * size + below - (left - below)
        without[size] = (squares - size**2) / left**2, ranked_without / ((n - 1) * left)
        below += size
    return without


def leave_one_out_range(left_out: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return between what values the indices lie when any one group is left out, and which group counts most.

    Parameters
    ----------
    left_out
        As `leave_one_out` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per `year`: `hhi_lowest`, `hhi_highest`, `equivalent_groups_lowest`,
        `equivalent_groups_highest`, `gini_lowest`, `gini_highest`; `hhi_movers`, the tuple of the groups
        without which the HHI changes most: several where they are tied.
    """
    rows = {}
    for year, each in left_out.groupby("year"):
        ends = [
            (each[f"{index}_without"].min(), each[f"{index}_without"].max())
            for index in ("hhi", "equivalent_groups", "gini")
        ]
        movers = _movers(each[group], each["hhi_change"].abs())
        rows[year] = [*(end for pair in ends for end in pair), movers]
    columns = ["hhi_lowest", "hhi_highest", "equivalent_groups_lowest", "equivalent_groups_highest"]
    columns += ["gini_lowest", "gini_highest", "hhi_movers"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("year").reset_index()


def _movers(names: pd.Series, sizes: pd.Series) -> tuple[str, ...]:
    return tuple(names[np.isclose(sizes, sizes.max(), rtol=1e-9, atol=1e-12)])


def lorenz_curve(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the points of the Lorenz curve of each year, from (0, 0) to (1, 1).

    A point says what share of the initiatives the groups that declare least have together. The Gini
    coefficient is twice the area between the curve and the diagonal. Source: Lorenz, "Methods of
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
    return table[~table[group].isin(["", UNKNOWN, UNCLASSIFIED])]
