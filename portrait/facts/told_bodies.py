"""Bodies of a portfolio whose number of initiatives others published, where rows are reconstructed."""

from __future__ import annotations

from functools import cached_property

from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import Facts
from portrait.facts.portfolio import Profile
from portrait.facts.queries import Query, differs, equals, published, unpublished
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.text import normalise

COUNTED = published("body")
NOT_COUNTED = unpublished("body")
MOST_BODIES = 5
"""Bodies that are named as the largest."""
MINISTRY = "ministere "
"""How the key of the name of a ministry begins."""


class ToldBodies(Facts):
    """What was published of the bodies of a portfolio.

    Parameters
    ----------
    now, before
        Its initiatives in this edition and in the previous one.
    """

    def __init__(self, profile: Profile, ask: Questions, now: Query, before: Query) -> None:
        self._profile, self._ask, self._now, self._before = profile, ask, now, before

    @property
    def are_told(self) -> bool:
        """Whether rows are reconstructed, and the number of any body of the portfolio was published."""
        return self._profile.edition.reconstructed and self.bodies.value > 0

    @cached_property
    def bodies(self) -> Fact:
        """Bodies whose number was published."""
        return self._ask.fact("distinct", of=self._now(COUNTED), by="body")

    @cached_property
    def initiatives(self) -> Fact:
        """Their initiatives."""
        return self._ask.fact("count", of=self._now(COUNTED))

    @cached_property
    def others(self) -> Fact:
        """Initiatives of the other bodies."""
        return self._ask.fact("count", of=self._now(NOT_COUNTED))

    @cached_property
    def largest(self) -> Fact:
        """The largest published numbers."""
        return self._ask.fact("top", of=self._now(COUNTED), by="body", n=MOST_BODIES)

    @cached_property
    def largest_share(self) -> Fact:
        """Their share of the initiatives of those bodies."""
        n = self.largest.numbers["listed"]
        return self._ask.fact("top_share", of=self._now(COUNTED), by="body", n=n)

    @property
    def is_one_body(self) -> bool:
        """Whether the published number of one body is that of the whole portfolio."""
        return self.are_told and self.bodies.value == 1 and not self.others.value

    @property
    def names_all(self) -> bool:
        """Whether the list of the largest has all bodies whose number was published."""
        found = self.largest.numbers
        return bool(found["listed"] == found["whole"])

    # The network

    @cached_property
    def network(self) -> str:
        """The label under which this edition publishes its network apart; empty where it does not."""
        labels = set(self._ask.rows(self._now)["portfolio"]) - {self._profile.portfolio}
        return min(labels) if self._profile.edition.reconstructed and len(labels) == 1 else ""

    @cached_property
    def in_network(self) -> Fact:
        """Initiatives of the network."""
        return self._ask.fact("count", of=self._now(equals("portfolio", self.network)))

    @cached_property
    def out_of_network(self) -> Fact:
        """Initiatives of the portfolio that are not under that label."""
        return self._ask.fact("count", of=self._now(differs("portfolio", self.network)))

    # The ministry

    @cached_property
    def ministry(self) -> str:
        """The ministry of the portfolio, where its number was published for both editions; else empty."""
        if not self._ask.previous:
            return ""
        both = [set(self._ask.rows(rows(COUNTED))["body"]) for rows in (self._now, self._before)]
        names = [name for name in sorted(both[0] & both[1]) if normalise(name).startswith(MINISTRY)]
        return names[0] if len(names) == 1 else ""

    @cached_property
    def of_ministry(self) -> Fact:
        """Its initiatives."""
        return self._ask.fact("count", of=self._now(equals("body", self.ministry)))

    @cached_property
    def of_ministry_before(self) -> Fact:
        """Its initiatives in the previous edition."""
        return self._ask.fact("count", of=self._before(equals("body", self.ministry)))

    @cached_property
    def growth_elsewhere(self) -> Fact:
        """Change of the number of the other bodies of the portfolio."""
        others = differs("body", self.ministry)
        return self._ask.fact("change", after=self._now(others), before=self._before(others))

    @property
    def rise_is_elsewhere(self) -> bool:
        """Whether the other bodies make most of a rise that is large enough to be told by its parts."""
        rise, elsewhere = self._rises
        return rise >= SMALLEST_DENOMINATOR and rise / 2 < elsewhere <= rise

    @property
    def rise_is_of_ministry(self) -> bool:
        """Whether the ministry makes all of it."""
        rise, elsewhere = self._rises
        return rise >= SMALLEST_DENOMINATOR and elsewhere == 0

    @property
    def _rises(self) -> tuple[int, int]:
        """By how many the portfolio rose, and its other bodies; 0 where no ministry is told."""
        if not self.ministry:
            return 0, 0
        others = differs("body", self.ministry)
        now, before = (len(self._ask.rows(rows)) for rows in (self._now, self._before))
        elsewhere = [len(self._ask.rows(rows(others))) for rows in (self._now, self._before)]
        return now - before, elsewhere[0] - elsewhere[1]
