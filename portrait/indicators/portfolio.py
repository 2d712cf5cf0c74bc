"""Compare the counts of a part of an edition with those of the whole."""

from __future__ import annotations

import pandas as pd

from portrait.indicators.counts import most_first
from portrait.registers.source import UNCLASSIFIED, UNKNOWN


def against_whole(part: pd.DataFrame, whole: pd.DataFrame, group: str) -> pd.DataFrame:
    """Count by group the initiatives of a part, and of the whole that includes it.

    Parameters
    ----------
    part, whole
        Tidy tables of the same year, the rows of the first among those of the second.
    group
        A column, as in ``"category"``.

    Returns
    -------
    pandas.DataFrame
        One row per group in either, sorted by descending count of the part, then of the whole:
        `year`, `group`, `n_initiatives`, `n_whole` (counts), `share`, `share_whole` (over all
        initiatives of the part, and of the whole; missing if there are none).
    """
    counts = pd.DataFrame(
        {name: table.groupby(group).size() for name, table in (("n_initiatives", part), ("n_whole", whole))}
    )
    counts = counts.fillna(0).astype(int).rename_axis(group).reset_index()
    ordered = most_first(counts.assign(year=whole["year"].max()), group)
    ordered = ordered.sort_values(
        ["n_initiatives", "n_whole"], ascending=False, kind="stable", ignore_index=True
    )
    return ordered.assign(
        share=ordered["n_initiatives"] / (len(part) or float("nan")),
        share_whole=ordered["n_whole"] / (len(whole) or float("nan")),
    )[["year", group, "n_initiatives", "n_whole", "share", "share_whole"]]


def undeclared(table: pd.DataFrame, group: str) -> int:
    """Return the number of known groups in which the part declares no initiative.

    Parameters
    ----------
    table
        As `against_whole` returns it.
    """
    is_named = ~table[group].isin(["", UNKNOWN, UNCLASSIFIED])
    return int((is_named & (table["n_initiatives"] == 0)).sum())
