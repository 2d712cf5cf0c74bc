"""Where an initiative is looked for: its portfolio, a body that moved, rows without a portfolio."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from portrait.linkage.similarity import Rows
from portrait.linkage.tiers import Tier
from portrait.registers.source import UNKNOWN


@dataclass(frozen=True, eq=False)
class Home:
    """Rows among which an initiative is looked for, and the surest tier of what is found there."""

    before: Rows
    now: Rows
    surest: Tier = "strict"


def homes_of(before: pd.DataFrame, now: pd.DataFrame) -> list[Home]:
    """Return where initiatives are looked for, in turn.

    In a portfolio; in a body that moved, which each year holds in one portfolio, and not the same one;
    among the rows that name no portfolio, where a link is at best probable; at last in the portfolios
    that one year alone names, together. One of these may be another under a name that nobody recorded:
    what is found there is possible, and no more.
    """
    portfolios = before["portfolio_folded"], now["portfolio_folded"]
    moved = _moved_bodies(before, now)
    bodies = [table["body"].where(table["body"].isin(moved), UNKNOWN) for table in (before, now)]
    nameless = [np.flatnonzero(names == UNKNOWN) for names in portfolios]
    left = [
        np.flatnonzero(~names.isin([*others.unique(), UNKNOWN]))
        for names, others in (portfolios, portfolios[::-1])
    ]
    return [
        *_shared(*portfolios),
        *_shared(*bodies),
        Home(nameless[0], nameless[1], "probable"),
        Home(left[0], left[1], "possible"),
    ]


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
