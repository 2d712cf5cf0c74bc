"""The portfolios whose mix of categories is nearest to one, and their shares in production."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from portrait import indicators
from portrait.facts.conditions import production_share
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import Facts
from portrait.facts.portfolio import Profile
from portrait.facts.queries import equals
from portrait.language.numbers import SMALLEST_DENOMINATOR

FURTHEST = 0.6
"""Largest distance between two mixes of categories for one portfolio to be set beside the other."""
MOST_BESIDE = 2
"""Portfolios that a profile is set beside."""


@dataclass(frozen=True)
class Neighbour:
    """A portfolio, and its share in production with its bounds."""

    portfolio: str
    share: Fact


class Neighbours(Facts):
    """Shares in production of the portfolios nearest in mix.

    A portfolio is set beside another if both have enough known statuses and enough initiatives with a
    category for a share, and the total variation distance between their mixes is at most `FURTHEST`.

    Parameters
    ----------
    own
        The share in production of the portfolio itself.
    """

    def __init__(self, profile: Profile, ask: Questions, own: Fact) -> None:
        self._profile, self._ask, self._own = profile, ask, own

    @cached_property
    def nearest(self) -> list[Neighbour]:
        """The nearest portfolios, `MOST_BESIDE` at most; none of reconstructed rows."""
        if self._profile.edition.reconstructed or not has_enough(self._own):
            return []
        mixes = indicators.nearest_mixes(self._profile.whole.initiatives, self._profile.portfolio)
        near = mixes.loc[mixes["distance"] <= FURTHEST, "portfolio"]
        rows = {name: self._ask.now(equals("portfolio_folded", name)) for name in near}
        shares = (Neighbour(name, production_share(self._ask, of_it)) for name, of_it in rows.items())
        return [each for each in shares if has_enough(each.share)][:MOST_BESIDE]

    @property
    def side(self) -> str:
        """Whether its share is ``lower`` or ``higher`` than all of theirs, bounds included; else empty."""
        own, others = self._own.numbers, [each.share.numbers for each in self.nearest]
        if others and all(own["high"] < each["low"] for each in others):
            return "lower"
        return "higher" if others and all(own["low"] > each["high"] for each in others) else ""


def has_enough(share: Fact) -> bool:
    """Return whether the whole of a share is large enough for a percentage."""
    return bool(share) and share.numbers["whole"] >= SMALLEST_DENOMINATOR
