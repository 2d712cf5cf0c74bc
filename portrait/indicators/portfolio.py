"""Compare the counts of a part of an edition with those of the whole."""

from __future__ import annotations

import pandas as pd

from portrait.indicators.counts import most_first
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import NAMELESS, UNKNOWN


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


def nearest_mixes(initiatives: pd.DataFrame, portfolio: str) -> pd.DataFrame:
    """Return how far the mix of categories of each other portfolio is from that of one, nearest first.

    Initiatives without a category of the closed list are left out; so are portfolios with fewer than
    `SMALLEST_DENOMINATOR` others.

    Parameters
    ----------
    initiatives
        Those of one year.

    Returns
    -------
    pandas.DataFrame
        One row per other portfolio, ties by name: `portfolio`, `distance` (total variation: half the
        sum of the differences between shares, 0 to 1). Empty where the portfolio itself is too small.
    """
    named = ~initiatives["category"].isin(NAMELESS)
    table = initiatives[named & (initiatives["portfolio_folded"] != UNKNOWN)]
    counts = pd.crosstab(table["portfolio_folded"], table["category"])
    counts = counts[counts.sum(axis="columns") >= SMALLEST_DENOMINATOR]
    if portfolio not in counts.index:
        return pd.DataFrame(columns=["portfolio", "distance"])
    shares = counts.div(counts.sum(axis="columns"), axis="index")
    distance = (shares - shares.loc[portfolio]).abs().sum(axis="columns") / 2
    found = distance.drop(portfolio).rename_axis("portfolio").reset_index(name="distance")
    return found.sort_values(["distance", "portfolio"], ignore_index=True)
