"""What the figures of a profile find: its rank, and its main category beside the whole."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.facts.conditions import NAMED_PORTFOLIO
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import Facts
from portrait.facts.portfolio import Profile
from portrait.facts.queries import Query, equals
from portrait.facts.tasks import Tasks

TENTH_OF_A_POINT = Fraction(1, 1000)
"""The least by which two shares of a profile differ."""
FEW = 5
"""Most initiatives of a portfolio whose rank is not told."""


class Drawn(Facts):
    """The rank of a portfolio, and its main category beside the same category in all portfolios.

    Parameters
    ----------
    of
        Its initiatives.
    category
        The category of more of them than any other; empty where several are tied.
    """

    def __init__(self, profile: Profile, ask: Questions, of: Query, category: str) -> None:
        self._profile, self._ask, self._of, self.category = profile, ask, of, category

    @cached_property
    def rank(self) -> Fact:
        """Its rank among portfolios by number of initiatives."""
        rows = self._ask.now(NAMED_PORTFOLIO)
        return self._ask.fact("rank", of=rows, by="portfolio_folded", item=self._profile.portfolio)

    @property
    def has_rank(self) -> bool:
        """Whether there is another portfolio, and more than `FEW` initiatives: few are often tied."""
        return bool(self.rank.numbers["whole"] > 1) and self._profile.n_initiatives > FEW

    @cached_property
    def category_share(self) -> Fact:
        """The share of its main category in its initiatives."""
        return self._share_in(self._of)

    @cached_property
    def category_of_all(self) -> Fact:
        """The share of the same category in the initiatives of all portfolios."""
        return self._share_in(self._ask.now)

    @cached_property
    def beside(self) -> pd.DataFrame:
        """Categories of the portfolio beside those of all portfolios."""
        profile = self._profile
        return indicators.against_whole(profile.edition.initiatives, profile.whole.initiatives, "category")

    def _share_in(self, rows: Query) -> Fact:
        return self._ask.fact("share", part=rows(equals("category", self.category)), whole=rows)

    @property
    def tells_category(self) -> bool:
        """Whether its main category is one, with a share a tenth of a point or more from that of all."""
        if not self.category:
            return False
        return bool(abs(self.category_share.value - self.category_of_all.value) >= TENTH_OF_A_POINT)

    @cached_property
    def tasks(self) -> Tasks:
        """The tasks that its titles name."""
        return Tasks(self._profile.whole, self._of)
