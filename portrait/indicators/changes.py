"""Changes between two years, by group."""

from __future__ import annotations

import pandas as pd

from portrait.indicators.counts import most_first
from portrait.language.periods import EditionId


def change(table: pd.DataFrame, group: str, year: EditionId, previous: EditionId) -> pd.DataFrame:
    """Compare the counts of a year with those of an earlier one, group by group.

    A group absent from a year counts 0 there; it may have another label in that year.

    Parameters
    ----------
    table
        As `categories`, `portfolios` or `statuses` return it.
    group
        The column that names the groups.

    Returns
    -------
    pandas.DataFrame
        One row per group, most initiatives of `year` first: `n_previous`, `n_initiatives`, `change`
        (counts), and `share`.
    """
    now, then = (table[table["year"] == each].set_index(group) for each in (year, previous))
    groups = now.index.union(then.index, sort=True)
    both = pd.DataFrame(
        {
            "n_previous": then["n_initiatives"].reindex(groups, fill_value=0),
            "n_initiatives": now["n_initiatives"].reindex(groups, fill_value=0),
            "share": now["share"].reindex(groups, fill_value=0.0),
        }
    )
    both["change"] = both["n_initiatives"] - both["n_previous"]
    table = both.rename_axis(group).reset_index()
    return most_first(table.assign(year=0), group).drop(columns="year")


def growth_rate(table: pd.DataFrame, column: str, year: EditionId, previous: EditionId) -> float:
    """Return the relative change of a column of `volume` between two years (0.5 is +50 %).

    The reference dates may not be a year apart: never annualise it. Missing if the earlier value is 0.
    """
    values = dict(zip(table["year"], table[column], strict=True))
    before, now = values[previous], values[year]
    # One division, for exact rounding: 41 / 40 - 1 is slightly below 0.025.
    return float((now - before) / before) if before else float("nan")
