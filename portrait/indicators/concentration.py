"""Concentration of declarations: Herfindahl-Hirschman index, Gini, largest groups, Lorenz curve.

The indices describe how initiatives are distributed among the groups that declare any. All groups are
counted, so nothing is estimated; leaving each group out shows its weight in an index.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

LARGEST_GROUPS = (4, 10)
"""Numbers of largest groups whose combined share is given."""


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
        `n_top_4`, `n_top_10` (initiatives of the largest groups), `top_4_share`, `top_10_share` (of
        `n_initiatives`), and the columns of `leave_one_out_range`. Normalised and leave-one-out columns
        are missing with a single group; those of the 4 or 10 largest groups, if there are no more
        groups than that.
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


def leave_one_out(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the indices of a year with each of its groups left out in turn.

    They show how much an index depends on one group; they do not estimate an error.

    Parameters
    ----------
    table, group
        As for `concentration`.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, group left out), for years of two groups or more: `n_initiatives` (of the
        group left out), `hhi_without`, `gini_without` (0 to 1), `equivalent_groups_without` (groups),
        `hhi_change` = `hhi_without` - HHI of all groups.
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
    """Return, for each distinct size, the HHI and the Gini coefficient without a group of that size.

    One pass over integers: in the sum of `gini`, groups before the one left out keep their rank, and
    those after it lose one.
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
    """Return the range of the indices when any one group is left out, and the groups with most effect.

    Parameters
    ----------
    left_out
        As `leave_one_out` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per `year`: `hhi_lowest`, `hhi_highest`, `equivalent_groups_lowest`,
        `equivalent_groups_highest`, `gini_lowest`, `gini_highest`; `hhi_movers`, a tuple of the groups
        without which the HHI changes most (several if tied).
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
    return table[~table[group].isin(["", UNKNOWN, UNCLASSIFIED])]
