"""Counts of initiatives by body, status, category and portfolio, and their shares."""

from __future__ import annotations

from typing import Any

import pandas as pd

from portrait.indicators.concentration import n_drawn
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, STATUSES
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.periods import EditionId
from portrait.language.text import normalise
from portrait.registers.source import NAMELESS, UNCLASSIFIED, UNKNOWN


def initiatives_per_body(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Count the initiatives of each body.

    A body is a harmonised name, whatever its portfolio; `source.yml` has a note for readers if bodies of
    several portfolios share a name. Initiatives without a known body are left out.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `body`): `n_initiatives` (count, at least 1), most first.
    """
    named = initiatives.loc[initiatives["body"] != UNKNOWN, ["year", "body"]]
    return most_first(named.groupby(["year", "body"]).size().rename("n_initiatives").reset_index(), "body")


def volume(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Return the number of initiatives reported each year, and of known bodies and portfolios.

    Returns
    -------
    pandas.DataFrame
        One row per `year`, ascending: `n_initiatives`, `n_bodies`, `n_portfolios` (a portfolio and its
        "(Réseau)" are two) and the mean `initiatives_per_body`.
    """
    n_initiatives = initiatives.groupby("year").size()
    per_body = initiatives_per_body(initiatives).groupby("year")["n_initiatives"]
    portfolios = initiatives[initiatives["portfolio"] != UNKNOWN].groupby("year")["portfolio"]
    return pd.DataFrame(
        {
            "n_initiatives": n_initiatives,
            "n_bodies": per_body.size().reindex(n_initiatives.index, fill_value=0),
            "n_portfolios": portfolios.nunique().reindex(n_initiatives.index, fill_value=0),
            "initiatives_per_body": per_body.mean(),
        }
    ).reset_index()


def maturity(initiatives: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Return the share of initiatives reported in production, with bounds for the unknown statuses.

    P, D, U and N are the numbers of initiatives in production, in development, of unknown or
    unclassified status, and not retired (N = P + D + U). An unknown status widens the bounds and does
    not change the share, because a missing answer is not evidence.

    Parameters
    ----------
    by
        A column to group by beside the year, as in ``"category"``.

    Returns
    -------
    pandas.DataFrame
        One row per `year` (and group): `n_initiatives`, `n_production`, `n_development`,
        `n_retired`, `n_unknown`, `n_unclassified`, `n_active` = N (counts),
        `production_share` = P/(P+D), `lowest_share` = P/N, `highest_share` = (P+U)/N (0 to 1; missing
        if the denominator is 0).
    """
    keys = ["year"] if by is None else ["year", by]
    counts = initiatives.groupby([*keys, "status"]).size().unstack("status", fill_value=0)
    counts = counts.reindex(columns=list(STATUSES), fill_value=0).astype(int)
    table = counts.add_prefix("n_")
    table.columns.name = None
    silent = counts[UNKNOWN] + counts[UNCLASSIFIED]
    active = counts[PRODUCTION] + counts[DEVELOPMENT] + silent
    table.insert(0, "n_initiatives", counts.sum(axis="columns"))
    table["n_active"] = active
    table["production_share"] = _ratio(counts[PRODUCTION], counts[PRODUCTION] + counts[DEVELOPMENT])
    table["lowest_share"] = _ratio(counts[PRODUCTION], active)
    table["highest_share"] = _ratio(counts[PRODUCTION] + silent, active)
    return table.reset_index()


def charted(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of `maturity` whose share has a denominator large enough for a chart."""
    known = table["n_production"] + table["n_development"]
    return table[known >= SMALLEST_DENOMINATOR]


def drawn_maturity(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Keep the rows of `maturity` that a chart draws: large enough for a share, and as many as `n_drawn`."""
    ordered = unnamed_last(table.sort_values(["n_initiatives", group], ascending=[False, True]), group)
    large = ordered[ordered["n_initiatives"] >= SMALLEST_DENOMINATOR]
    return large.head(n_drawn(large["n_initiatives"]))


def categories(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Count the initiatives of each category; `share` is over all initiatives of the year."""
    return _counted(initiatives, "category")


def portfolios(initiatives: pd.DataFrame, *, folded: bool = False) -> pd.DataFrame:
    """Count the initiatives of each portfolio; `share` is over all initiatives of the year.

    Parameters
    ----------
    folded
        Count a portfolio's "(Réseau)" with its parent. Required to compare years if one of them splits
        a portfolio.
    """
    table = _counted(initiatives, "portfolio_folded" if folded else "portfolio")
    return table.rename(columns={"portfolio_folded": "portfolio"})


def statuses(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Count the initiatives of each status, 0 included; `share` is over all initiatives of the year."""
    years = pd.Index(sorted(initiatives["year"].unique()), name="year")
    every = pd.MultiIndex.from_product([years, STATUSES], names=["year", "status"])
    counts = initiatives.groupby(["year", "status"]).size().reindex(every, fill_value=0)
    return _with_share(counts.rename("n_initiatives").reset_index())


def unnamed_last(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the rows in the same order, with unknown and unclassified ones at the end."""
    unnamed = table[group].isin(NAMELESS)
    return pd.concat([table[~unnamed], table[unnamed]], ignore_index=True)


def named_counts(table: pd.DataFrame, group: str, year: EditionId) -> dict[str, int]:
    """Return the counts of one year by name, without unknown and unclassified.

    Parameters
    ----------
    table
        As `categories` or `portfolios` return it.
    """
    rows = table[(table["year"] == year) & ~table[group].isin(NAMELESS)]
    return _counts(rows, group)


def summary(initiatives: pd.DataFrame, *, rows_read: int, rows_quarantined: int) -> dict[str, Any]:
    """Return the headline counts of one year as plain numbers, for `indicators.json`.

    Keys of `by_*` are the harmonised names of the tidy table. `by_category` and `by_status` are empty if the
    file gives no such field.
    """
    counted = volume(initiatives).iloc[0]
    return {
        **{name: int(counted[name]) for name in ("n_initiatives", "n_bodies", "n_portfolios")},
        "by_status": _counts(statuses(initiatives), "status") if initiatives["status"].any() else {},
        "by_category": {
            name: count for name, count in _counts(categories(initiatives), "category").items() if name
        },
        "by_portfolio": _counts(portfolios(initiatives), "portfolio"),
        "by_portfolio_folded": _counts(portfolios(initiatives, folded=True), "portfolio"),
        "rows_read": rows_read,
        "rows_quarantined": rows_quarantined,
        "reconstructed": bool(initiatives["reconstructed"].any()),
    }


def _counts(table: pd.DataFrame, group: str) -> dict[str, int]:
    return {str(name): int(count) for name, count in zip(table[group], table["n_initiatives"], strict=True)}


def _counted(initiatives: pd.DataFrame, column: str) -> pd.DataFrame:
    counts = initiatives.groupby(["year", column]).size().rename("n_initiatives").reset_index()
    return _with_share(most_first(counts, column))


def most_first(counts: pd.DataFrame, group: str) -> pd.DataFrame:
    """Sort counts by year, then most first, then by normalised name."""
    return (
        counts.assign(key=counts[group].map(normalise))
        .sort_values(["year", "n_initiatives", "key"], ascending=[True, False, True], ignore_index=True)
        .drop(columns="key")
    )


def _with_share(table: pd.DataFrame) -> pd.DataFrame:
    totals = table.groupby("year")["n_initiatives"].transform("sum")
    return table.assign(share=_ratio(table["n_initiatives"], totals))


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Divide; missing if the whole is 0."""
    return part.astype(float) / whole.astype(float).where(whole > 0)
