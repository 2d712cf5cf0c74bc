"""The portfolio whose share of initiatives in production, or in development, is the largest drawn."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import equals
from portrait.ingest.initiatives import PRODUCTION
from portrait.registers.source import NAMELESS

LEAST_APART = 0.2
"""Smallest difference of its share and that of all initiatives."""


class Contrast:
    """The portfolio with the highest share of initiatives at a status, of those that a figure draws.

    Where some statuses are unknown, a share is a range: one that reaches as high leaves none to tell.
    A portfolio that gives no status has no share.

    Parameters
    ----------
    maturity
        As `indicators.maturity` returns it, by ``"portfolio_folded"``.
    status
        In production, or in development.
    """

    def __init__(self, ask: Questions, maturity: pd.DataFrame, status: str = PRODUCTION) -> None:
        self._ask, self._status = ask, status
        counts = maturity.set_index("portfolio_folded").filter(like="n_")
        self._of_all = self._highest(counts.sum().to_frame().T).max()
        drawn = indicators.drawn_maturity(maturity, "portfolio_folded").set_index("portfolio_folded")
        self._shares = self._highest(drawn[drawn["n_unknown"] < drawn["n_initiatives"]])
        self._is_range = drawn[["n_unknown", "n_unclassified"]].sum(axis=1) > 0

    def _highest(self, rows: pd.DataFrame) -> pd.Series:
        """Return shares at that status, were all unknown ones at it."""
        reached = rows[[f"n_{self._status}", "n_unknown", "n_unclassified"]].sum(axis=1)
        return reached / rows["n_initiatives"]

    @property
    def is_told(self) -> bool:
        """Whether one alone has the highest share, known, far above that of all."""
        highest = self._shares[self._shares == self._shares.max()]
        if len(highest) != 1 or highest.index[0] in NAMELESS or self._is_range[highest.index[0]]:
            return False
        return bool(highest.iloc[0] - self._of_all >= LEAST_APART)

    @property
    def names(self) -> list[str]:
        """That portfolio, if any."""
        return [str(self._shares.idxmax())] if self.is_told else []

    @cached_property
    def shares(self) -> list[Fact]:
        """Its share of initiatives at that status."""
        at_it = equals("status", self._status)
        of_each = [self._ask.now(equals("portfolio_folded", name)) for name in self.names]
        return [self._ask.fact("share", part=rows(at_it), whole=rows) for rows in of_each]
