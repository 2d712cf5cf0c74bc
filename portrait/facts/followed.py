"""What became of the initiatives of a portfolio since the previous edition, by links, and which are new."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait.facts.conditions import (
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    OVERLAPPING,
    RETIRED_STATUS,
)
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import Facts
from portrait.facts.portfolio import Profile
from portrait.facts.queries import Query, differs, linked, unlinked
from portrait.registers.codebook import GENERIC
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

MOST_NAMED = 3
"""Most initiatives that a sentence names; more are counted."""
TIER = "probable"
_STATED = (differs("status", UNKNOWN), differs("status", UNCLASSIFIED))
_STATUSES = 3
"""Statuses that a row may state."""


class Followed(Facts):
    """Initiatives of a portfolio found in both editions, at the probable tier, in whichever portfolio.

    Parameters
    ----------
    now, before
        Its initiatives in this edition and in the previous one.
    """

    def __init__(self, profile: Profile, ask: Questions, now: Query, before: Query) -> None:
        self._profile, self._ask = profile, ask
        self._of_both, self._new = now(linked(ask.previous, TIER)), now(unlinked(ask.previous, TIER))
        self._found, self._lost = before(linked(ask.edition, TIER)), before(unlinked(ask.edition, TIER))
        self._before = before

    @property
    def is_told(self) -> bool:
        """Whether official rows of the previous edition can be followed."""
        return not self._profile.edition.reconstructed and self._profile.n_before > 0

    @cached_property
    def found(self) -> Fact:
        """Initiatives of the previous edition found in this one."""
        return self._ask.fact("count", of=self._found)

    @cached_property
    def lost(self) -> Fact:
        """Those that are not found."""
        return self._ask.fact("count", of=self._lost)

    @cached_property
    def new(self) -> Fact:
        """Initiatives of this edition not found in the previous one."""
        return self._ask.fact("count", of=self._new)

    @cached_property
    def found_by_status(self) -> Fact:
        """Initiatives of this edition found in the previous one, by the status that they state."""
        return self._ask.fact("top", of=self._of_both(*_STATED), by="status", n=_STATUSES)

    @cached_property
    def new_by_status(self) -> Fact:
        """Initiatives not found in the previous edition, by the status that they state."""
        return self._ask.fact("top", of=self._new(*_STATED), by="status", n=_STATUSES)

    @cached_property
    def moved_on(self) -> Fact:
        """Initiatives that passed from development to production."""
        return self._passed(self._ask.links(TIER))

    @cached_property
    def doubtful(self) -> Fact:
        """Those of them between labels whose definitions overlap."""
        return self._passed(self._ask.links(TIER)(OVERLAPPING))

    def _passed(self, links: Query) -> Fact:
        then, now = self._before(IN_DEVELOPMENT), self._ask.now(IN_PRODUCTION)
        return self._ask.fact("transition", links=links, of_from=then, of_to=now)

    @property
    def tells_moved_on(self) -> bool:
        """Whether an initiative passed to production, by labels whose definitions do not overlap."""
        return self.is_told and self.moved_on.value > 0 and not self.doubtful.value

    @cached_property
    def rows_moved_on(self) -> list[int]:
        """Rows of this edition of those that passed to production; empty unless all are of this portfolio."""
        if not self.tells_moved_on:
            return []
        then, now = self._before(IN_DEVELOPMENT), self._of_both(IN_PRODUCTION)
        links = self._ask.rows(self._ask.links(TIER))
        for end, query in (("row_from", then), ("row_to", now)):
            links = links[links[end].isin(self._ask.rows(query)["row"])]
        rows = [int(row) for row in links["row_to"]]
        return rows if len(rows) == self.moved_on.value else []

    @cached_property
    def names_lost(self) -> list[str]:
        """Names of those that are not found; empty where they are too many, or a name is generic."""
        previous = self._profile.edition.previous
        return self._names(self._lost, previous.initiatives if previous else None)

    @cached_property
    def names_retired(self) -> list[str]:
        """Names of those that are retired; empty as above."""
        return self._names(self._of_both(RETIRED_STATUS), self._profile.edition.initiatives)

    @cached_property
    def names_new_in_production(self) -> list[str]:
        """Names of those in production that were not found before; empty as above."""
        return self._names(self._new(IN_PRODUCTION), self._profile.edition.initiatives)

    def _names(self, query: Query, initiatives: pd.DataFrame | None) -> list[str]:
        rows = self._ask.rows(query)
        if initiatives is None or not 0 < len(rows) <= MOST_NAMED or (rows["title_tells"] == GENERIC).any():
            return []
        by_row = dict(zip(initiatives["row"].astype(str), initiatives["name"], strict=True))
        names = [str(by_row[row]) for row in rows["row"]]
        return names if all(name.strip() for name in names) else []
