"""Facts of three editions or more: what lasts through all, and since when they compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import NAMED_PORTFOLIO, moved
from portrait.facts.fact import Fact
from portrait.facts.queries import Query, equals, present
from portrait.ingest.initiatives import STATUSES
from portrait.language.periods import EditionId

FEWEST_EDITIONS = 3
"""Editions at hand from which a series is told; two are compared."""


class Series(ChapterFacts):
    """What the editions at hand say together, where there are `FEWEST_EDITIONS` or more."""

    @property
    def is_told(self) -> bool:
        """Whether enough editions are at hand."""
        return len(self.edition.years) >= FEWEST_EDITIONS

    @property
    def first(self) -> EditionId:
        """The earliest edition at hand."""
        return self.edition.years[0]

    @cached_property
    def total_first(self) -> Fact:
        """Initiatives of the earliest edition at hand."""
        return self.ask.fact("count", of=Query("initiatives")(equals("edition", self._first)))

    @cached_property
    def throughout(self) -> Fact:
        """Initiatives of this edition found in each since the earliest, by probable links or surer."""
        of_now = Query("histories")(equals("edition", self.ask.edition))
        return self.ask.fact("count", of=of_now(equals("first_edition", self._first)))

    @property
    def _first(self) -> str:
        return edition_id(self.first)

    @property
    def is_followed(self) -> bool:
        """Whether initiatives can be followed through the editions, and any is in all."""
        return self.is_told and not self.edition.links.refusal and bool(self.throughout.value)

    @cached_property
    def statuses_now(self) -> Fact:
        """The initiatives found in each edition, by their status in this one."""
        kept = self.ask.now(present("initiative", self._first))
        return self.ask.fact("top", of=kept, by="status", n=len(STATUSES))

    @cached_property
    def portfolios_now(self) -> Fact:
        """Portfolios of this edition."""
        return self._portfolios(self.ask.now(NAMED_PORTFOLIO))

    @cached_property
    def portfolios_throughout(self) -> Fact:
        """Those of them that each edition at hand names."""
        earlier = (edition_id(each) for each in reversed(self.edition.years[:-1]))
        in_each = (present("portfolio_folded", each) for each in earlier)
        return self._portfolios(self.ask.now(NAMED_PORTFOLIO, *in_each))

    def _portfolios(self, rows: Query) -> Fact:
        return self.ask.fact("distinct", of=rows, by="portfolio_folded")

    @property
    def tells_portfolios(self) -> bool:
        """Whether each edition names portfolios, this one several, and links show none under a new name."""
        if not self.is_told or not self.portfolios_throughout or self.portfolios_now.value == 1:
            return False
        links = self.edition.all_links.at("probable")
        return not any(
            moved(then, now, links[links["year_to"] == now.year], "portfolio_folded")
            for then, now in pairwise((*self.edition.earlier, self.edition))
        )

    @property
    def statuses_since(self) -> EditionId:
        """The earliest edition whose statuses compare with those of each edition after it."""
        return self.edition.comparable_status_years[0]

    @property
    def statuses_break(self) -> bool:
        """Whether statuses compare with those of the previous edition, but not with those before."""
        return self._breaks(self.edition.comparable_status_years, lambda each: each.gives("status"))

    @property
    def categories_since(self) -> EditionId:
        """The earliest edition whose categories compare with those of each edition after it."""
        return self.edition.comparable_category_years[0]

    @property
    def categories_break(self) -> bool:
        """Whether categories compare with those of the previous edition, but not with those before."""
        return self._breaks(self.edition.comparable_category_years, lambda each: each.names_categories)

    def _breaks(self, alike: Sequence[EditionId], gives: Callable[[Edition], bool]) -> bool:
        """Return whether some editions compare, and the one before them, that does not, gives as much."""
        n_before = len(self.edition.years) - len(alike)
        return len(alike) > 1 and n_before > 0 and gives(self.edition.earlier[n_before - 1])
