"""Split two years into homes, groups of rows within which links are searched (blocking)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from portrait.linkage.similarity import Rows
from portrait.linkage.tiers import Tier
from portrait.registers.source import UNKNOWN


@dataclass(frozen=True, eq=False)
class Home:
    """Rows of two years to link with each other, and the surest tier allowed for their links."""

    before: Rows
    now: Rows
    surest: Tier = "strict"


def homes_of(before: pd.DataFrame, now: pd.DataFrame) -> list[Home]:
    """Return the homes in the order in which they are searched.

    1. Each portfolio present in both years.
    2. Each body that moved: in one portfolio each year, and not the same one.
    3. The rows without a portfolio; a link is at best probable.
    4. The portfolios present in only one year, together, because one may be another under an unrecorded
       name; a link is at best possible.

    Where a year names no portfolio, bodies have the place of portfolios: each body present in both years,
    then all rows, whose links are at best probable unless a year names no body either.
    """
    portfolios = before["portfolio_folded"], now["portfolio_folded"]
    if _names_none(portfolios):
        named = before["body"], now["body"]
        everything = Home(np.arange(len(before)), np.arange(len(now)), _surest_without(named))
        return [*_shared(*named), everything]
    moved = _moved_bodies(before, now)
    bodies = [table["body"].where(table["body"].isin(moved), UNKNOWN) for table in (before, now)]
    unnamed = [np.flatnonzero(names == UNKNOWN) for names in portfolios]
    in_one_year = [
        np.flatnonzero(~names.isin([*others.unique(), UNKNOWN]))
        for names, others in (portfolios, portfolios[::-1])
    ]
    return [
        *_shared(*portfolios),
        *_shared(*bodies),
        Home(unnamed[0], unnamed[1], "probable"),
        Home(in_one_year[0], in_one_year[1], "possible"),
    ]


def _names_none(columns: tuple[pd.Series, pd.Series]) -> bool:
    """Return whether a year names nothing in a column."""
    return any(bool((names == UNKNOWN).all()) for names in columns)


def _surest_without(bodies: tuple[pd.Series, pd.Series]) -> Tier:
    """Return the surest tier of links across bodies, where no portfolio says that they are related."""
    return "strict" if _names_none(bodies) else "probable"


def _shared(before: pd.Series, now: pd.Series) -> list[Home]:
    one, other = (each.groupby(each, sort=True).indices for each in (before, now))
    named = [name for name in one if name in other and name != UNKNOWN]
    return [Home(np.asarray(one[name]), np.asarray(other[name])) for name in named]


def _moved_bodies(before: pd.DataFrame, now: pd.DataFrame) -> set[str]:
    only = []
    for table in (before, now):
        homes = table.groupby("body")["portfolio_folded"].unique()
        only.append({body: found[0] for body, found in homes.items() if len(found) == 1})
    return {
        str(body) for body, home in only[0].items() if only[1].get(body, home) != home and body != UNKNOWN
    }
