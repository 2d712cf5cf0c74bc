"""Two portfolios far apart by the share of their initiatives in production, or in development."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import pandas as pd

from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import equals
from portrait.ingest.initiatives import PRODUCTION
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import NAMELESS

WORTH_NAMING = Fraction(1, 20)
"""Smallest part of all initiatives for which a portfolio is named."""
LEAST_APART = 0.2
"""Smallest difference of the two shares."""


class Contrast:
    """The portfolios with the highest and the lowest share of initiatives at a status, of the large ones.

    Those with an unknown status are left out: their share is a range.

    Parameters
    ----------
    maturity
        As `indicators.maturity` returns it, by ``"portfolio_folded"``.
    status
        In production, or in development.
    """

    def __init__(self, ask: Questions, maturity: pd.DataFrame, status: str = PRODUCTION) -> None:
        self._ask = ask
        self._status = status
        sizes = maturity["n_initiatives"]
        is_large = sizes >= max(SMALLEST_DENOMINATOR, WORTH_NAMING * ask.fact("count", of=ask.now).value)
        is_known = maturity[["n_unknown", "n_unclassified"]].sum(axis=1) == 0
        rows = maturity[is_large & is_known & ~maturity["portfolio_folded"].isin(NAMELESS)]
        self._shares = (rows[f"n_{status}"] / rows["n_initiatives"]).set_axis(rows["portfolio_folded"])

    @property
    def is_told(self) -> bool:
        """Whether two such portfolios, tied with no other, are apart enough."""
        ends = [(self._shares == end).sum() for end in (self._shares.max(), self._shares.min())]
        return ends == [1, 1] and bool(self._shares.max() - self._shares.min() >= LEAST_APART)

    @property
    def names(self) -> list[str]:
        """Both portfolios, the higher share first."""
        return [str(self._shares.idxmax()), str(self._shares.idxmin())] if self.is_told else []

    @cached_property
    def shares(self) -> list[Fact]:
        """Their shares of initiatives at that status."""
        at_it = equals("status", self._status)
        of_each = [self._ask.now(equals("portfolio_folded", name)) for name in self.names]
        return [self._ask.fact("share", part=rows(at_it), whole=rows) for rows in of_each]
