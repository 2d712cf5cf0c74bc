"""Questions that the sentences of this folder ask, and no chapter: the verifier answers them too."""

from __future__ import annotations

from functools import cached_property

from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import NAMED_BODY, NAMED_PORTFOLIO
from portrait.facts.fact import Fact
from portrait.facts.queries import Condition, Query, absent, equals, linked, present, unlinked
from portrait.registers.source import UNKNOWN


class Asked(ChapterFacts):
    """Facts of an edition that only these sentences say."""

    @cached_property
    def found_again_strictly(self) -> Fact:
        """Initiatives of the previous edition found again, at the strict tier."""
        return self._count(self._found("strict"))

    @cached_property
    def found_again_possibly(self) -> Fact:
        """The same at the possible tier."""
        return self._count(self._found("possible"))

    @cached_property
    def found_share(self) -> Fact:
        """Share of the initiatives of the previous edition found again, at the probable tier."""
        return self.ask.fact("share", part=self._found("probable"), whole=self.ask.before)

    @cached_property
    def from_groups_in_both(self) -> Fact:
        """Initiatives not found before of the bodies that both editions name."""
        return self._count(self._not_found(present("body", self.ask.previous)))

    @cached_property
    def from_other_groups(self) -> Fact:
        """Those of the bodies that the previous edition does not name."""
        return self._count(self._not_found(absent("body", self.ask.previous)))

    @cached_property
    def without_body(self) -> Fact:
        """Initiatives that name no body."""
        return self._count(self.ask.now(equals("body", UNKNOWN)))

    @cached_property
    def growth_of_lasting(self) -> Fact:
        """Growth in the bodies that both editions name."""
        return self.ask.fact("change", after=self._now_in_both("body"), before=self._before_in_both("body"))

    @cached_property
    def bodies_in_both_strictly(self) -> Fact:
        """Bodies that both editions name in the same words."""
        return self.ask.fact("distinct", of=self._now_in_both("body_strict"), by="body")

    @cached_property
    def bodies_in_both_leniently(self) -> Fact:
        """Bodies that both editions name, similar names taken for one as well."""
        return self.ask.fact("distinct", of=self._now_in_both("body_lenient"), by="body")

    @cached_property
    def now_in_both(self) -> Fact:
        """Initiatives of this edition in the portfolios that both name."""
        return self._count(self._now_in_both("portfolio_folded"))

    @cached_property
    def before_in_both(self) -> Fact:
        """Initiatives of the previous edition in the portfolios that both name."""
        return self._count(self._before_in_both("portfolio_folded"))

    @cached_property
    def only_now(self) -> Fact:
        """Initiatives of the portfolios that the previous edition does not name."""
        return self._count(self.ask.now(NAMED_PORTFOLIO, absent("portfolio_folded", self.ask.previous)))

    def _count(self, rows: Query) -> Fact:
        return self.ask.fact("count", of=rows)

    def _found(self, tier: str) -> Query:
        return self.ask.before(linked(self.ask.edition, tier))

    def _not_found(self, group: Condition) -> Query:
        return self.ask.now(unlinked(self.ask.previous, "probable"), NAMED_BODY, group)

    def _now_in_both(self, field: str) -> Query:
        return self.ask.now(_named(field), present(field, self.ask.previous))

    def _before_in_both(self, field: str) -> Query:
        return self.ask.before(_named(field), present(field, self.ask.edition))


def _named(field: str) -> Condition:
    return NAMED_PORTFOLIO if field == "portfolio_folded" else NAMED_BODY
