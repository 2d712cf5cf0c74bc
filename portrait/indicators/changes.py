"""What changed between two years, and what only bears another label."""

from __future__ import annotations

import pandas as pd

from portrait.indicators.counts import most_first
from portrait.language.text import normalise, tidy
from portrait.registers.source import UNCLASSIFIED, UNKNOWN


def relabelled(initiatives: pd.DataFrame, field: str, year: int, previous: int) -> pd.DataFrame:
    """List the values of a closed field that two years publish under different labels.

    A label that changed is no new category: its counts in both years belong to one row.

    Parameters
    ----------
    initiatives
        The tidy tables of both years.
    field
        ``"category"`` or ``"status"``.

    Returns
    -------
    pandas.DataFrame
        One row per value: `field`, `label_previous`, `label` (as published, the commonest),
        `n_previous`, `n_initiatives` (counts).
    """
    published = f"{field}_published"
    by_label = initiatives.groupby(["year", field, published]).size().rename("n").reset_index()
    named = by_label[~by_label[field].isin(["", UNKNOWN, UNCLASSIFIED])]
    counts = named.groupby(["year", field])["n"].sum()
    commonest_first = named.sort_values(["n", published], ascending=[False, True])
    labels = commonest_first.drop_duplicates(["year", field]).set_index(["year", field])[published].map(tidy)
    rows = [
        (value, labels[previous, value], labels[year, value], counts[previous, value], counts[year, value])
        for value in sorted(set(named[field]))
        if (previous, value) in labels.index
        and (year, value) in labels.index
        and normalise(labels[previous, value]) != normalise(labels[year, value])
    ]
    return pd.DataFrame(rows, columns=[field, "label_previous", "label", "n_previous", "n_initiatives"])


def change(table: pd.DataFrame, group: str, year: int, previous: int) -> pd.DataFrame:
    """Set a year of a counted table beside an earlier one, group by group.

    A group that one of the years does not have counts 0 there: whether it is new, or only its label,
    is not for this table to say.

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
        (counts), `share_previous`, `share`, and `change_points` (percentage points).
    """
    now, then = (table[table["year"] == each].set_index(group) for each in (year, previous))
    groups = now.index.union(then.index, sort=True)
    both = pd.DataFrame(
        {
            "n_previous": then["n_initiatives"].reindex(groups, fill_value=0),
            "n_initiatives": now["n_initiatives"].reindex(groups, fill_value=0),
            "share_previous": then["share"].reindex(groups, fill_value=0.0),
            "share": now["share"].reindex(groups, fill_value=0.0),
        }
    )
    both["change"] = both["n_initiatives"] - both["n_previous"]
    both["change_points"] = 100 * (both["share"] - both["share_previous"])
    table = both.rename_axis(group).reset_index()
    return most_first(table.assign(year=year), group).drop(columns="year")


def total_variation_distance(table: pd.DataFrame) -> float:
    """Return half the sum of absolute differences between two distributions, 0 (same) to 1 (disjoint).

    Source: Levin, Peres and Wilmer, *Markov Chains and Mixing Times*, proposition 4.2.

    Parameters
    ----------
    table
        As `change` returns it, of what names a group alone (`categorised`): a silence that one year keeps
        and the other does not would pass for a change of mix. Both years must share one vocabulary.
    """
    return float((table["share"] - table["share_previous"]).abs().sum() / 2)


def growth_rate(table: pd.DataFrame, column: str, year: int, previous: int) -> float:
    """Return the relative change of a column of `volume` between two years (0.5 is +50 %).

    It is between two reference dates, not a year: never annualise it. Missing where the earlier year
    counts none.
    """
    values = table.set_index("year")[column]
    return growth_between(values[previous], values[year]) if values[previous] else float("nan")


def growth_between(before: float, now: float) -> float:
    """Return the relative change between two counts, the earlier one above 0.

    One division, so that half a percentage point stays a half and is rounded as such:
    41 / 40 - 1 is a little less than 0.025.
    """
    return float((now - before) / before)
