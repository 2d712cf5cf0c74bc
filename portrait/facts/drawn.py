"""What the figures of a profile find: its rank, its largest bodies, its main category beside the whole."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.facts.conditions import NAMED_BODY, NAMED_PORTFOLIO
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import Facts
from portrait.facts.portfolio import Profile
from portrait.facts.queries import Query, equals, published
from portrait.facts.tasks import Tasks

TENTH_OF_A_POINT = Fraction(1, 1000)
"""The least by which two shares of a profile differ."""
FEW = 5
"""Most initiatives of a portfolio whose rank is not told."""
MOST_DRAWN, MOST_DRAWN_OF_ROWS = 8, 5
"""About how many bodies are drawn; of official rows, which other figures and a list are about."""
FEWEST_BODIES, MOST_FIRST, FEWEST_OF_FIRST = 3, 3, 5
"""Fewest bodies that are drawn, the most that may be tied for the first rank, and the fewest initiatives of
a first body that has no more than half of those of all."""


class Drawn(Facts):
    """The rank of a portfolio, its largest bodies, and its main category beside that category in all.

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
    def bodies(self) -> pd.DataFrame:
        """Its bodies whose number is known, most first, as `indicators.initiatives_per_body` returns them."""
        rows = self._ask.rows(self._of_bodies).rename(columns={"edition": "year"})
        return indicators.initiatives_per_body(rows)

    @cached_property
    def first_bodies(self) -> Fact:
        """The body that declares most of them, or those that are tied."""
        return self._ask.fact("top", of=self._of_bodies, by="body", n=1)

    @property
    def n_bodies(self) -> int:
        """How many bodies a figure has, which parts no tie; 0 where these are few, all tied, or all small.

        Of official rows, it is 0 too for few, whose list names each body, and for many without a main
        category, of which a table of tasks fills the page.
        """
        profile, sizes = self._profile, [*self.bodies["n_initiatives"]]
        is_told = profile.edition.reconstructed
        is_full = profile.is_large and not self.category
        if not sizes or not (is_told or (profile.in_shares and not is_full)):
            return 0
        n = indicators.n_drawn(sizes, MOST_DRAWN if is_told else MOST_DRAWN_OF_ROWS)
        has_first = sizes[0] >= FEWEST_OF_FIRST or 2 * sizes[0] > sum(sizes)
        is_enough = has_first and n >= FEWEST_BODIES
        return n if is_enough and sizes.count(sizes[0]) <= min(MOST_FIRST, n - 1) else 0

    @property
    def _of_bodies(self) -> Query:
        is_told = self._profile.edition.reconstructed
        return self._of(published("body") if is_told else NAMED_BODY)

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
