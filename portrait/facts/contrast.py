"""Two portfolios far apart by the share of their initiatives in production."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import pandas as pd

from portrait.facts.conditions import IN_PRODUCTION
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import equals
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import NAMELESS

WORTH_NAMING = Fraction(1, 20)
"""Smallest part of all initiatives for which a portfolio is named."""
LEAST_APART = 0.2
"""Smallest difference of the two shares."""


class Contrast:
    """The portfolios with the highest and the lowest share in production, of the large ones.

    Those with an unknown status are left out: their share is a range.

    Parameters
    ----------
    maturity
        As `indicators.maturity` returns it, by ``"portfolio_folded"``.
    """

    def __init__(self, ask: Questions, maturity: pd.DataFrame) -> None:
        self._ask = ask
        sizes = maturity["n_initiatives"]
        is_large = sizes >= max(SMALLEST_DENOMINATOR, WORTH_NAMING * ask.fact("count", of=ask.now).value)
        is_known = maturity[["n_unknown", "n_unclassified"]].sum(axis=1) == 0
        rows = maturity[is_large & is_known & ~maturity["portfolio_folded"].isin(NAMELESS)]
        self._shares = (rows["n_production"] / rows["n_initiatives"]).set_axis(rows["portfolio_folded"])

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
        """Their shares in production."""
        of_each = [self._ask.now(equals("portfolio_folded", name)) for name in self.names]
        return [self._ask.fact("share", part=rows(IN_PRODUCTION), whole=rows) for rows in of_each]
