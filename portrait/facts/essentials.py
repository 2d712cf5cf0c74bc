"""Facts of the chapter "The essentials": the highlights."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.change import Change
from portrait.facts.conditions import CATEGORISED, NAMED_BODY, NAMED_PORTFOLIO, WITHOUT_STATUS
from portrait.facts.fact import Fact
from portrait.facts.queries import Query, equals, present
from portrait.facts.stages import Stages
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import UNKNOWN

N_LEADERS = 3
"""Number of names in a ranking, without ties."""


class Essentials(Stages):
    """What should be remembered of an edition; its statuses are those of their chapter."""

    # Initiatives, and who declares them

    @cached_property
    def all_now(self) -> Fact:
        """Initiatives of the edition."""
        return self.ask.fact("count", of=self.ask.now)

    @cached_property
    def bodies(self) -> Fact:
        """Named bodies of the edition."""
        return self._bodies(self.ask.now)

    @cached_property
    def bodies_before(self) -> Fact:
        """Named bodies of the previous edition."""
        return self._bodies(self.ask.before)

    def _bodies(self, rows: Query) -> Fact:
        return self.ask.fact("distinct", "bodies", of=rows(NAMED_BODY), by="body")

    @cached_property
    def portfolios(self) -> Fact:
        """Named portfolios of the edition, each counted with its network."""
        of = self.ask.now(NAMED_PORTFOLIO)
        return self.ask.fact("distinct", "portfolios", of=of, by="portfolio_folded")

    @property
    def tells_bodies(self) -> bool:
        """Whether the first highlight counts bodies: they are known well, and at least one is named."""
        return self.grouping == "body" and bool(self.bodies.value)

    @property
    def tells_portfolios(self) -> bool:
        """Whether it counts portfolios instead: bodies are known only approximately."""
        return self.grouping != "body" and bool(self.portfolios.value)

    @cached_property
    def without_body(self) -> Fact:
        """Initiatives that name no body."""
        return self.ask.fact("count", of=self.ask.now(equals("body", UNKNOWN)))

    @cached_property
    def without_portfolio(self) -> Fact:
        """Initiatives that name no portfolio."""
        return self.ask.fact("count", of=self.ask.now(equals("portfolio_folded", UNKNOWN)))

    # What changed

    @cached_property
    def growth(self) -> Fact:
        """Change of the number of initiatives."""
        return self.ask.fact("change", after=self.ask.now, before=self.ask.before)

    @property
    def growth_is_told(self) -> bool:
        """Whether the previous edition has enough initiatives for a rate of growth."""
        return _has_rate(self.growth)

    @cached_property
    def growth_of_bodies(self) -> Fact:
        """Change of the number of named bodies."""
        now, before = (rows(NAMED_BODY) for rows in (self.ask.now, self.ask.before))
        return self.ask.fact("change", "bodies", after=now, before=before, by="body")

    @property
    def _lasting(self) -> tuple[Query, Query]:
        """Initiatives of the portfolios that both editions name: of this one, and of the previous one."""
        now, before = self.ask.now(NAMED_PORTFOLIO), self.ask.before(NAMED_PORTFOLIO)
        return (
            now(present("portfolio_folded", self.ask.previous)),
            before(present("portfolio_folded", self.ask.edition)),
        )

    @cached_property
    def lasting_portfolios(self) -> Fact:
        """Portfolios that both editions name."""
        return self.ask.fact("distinct", "portfolios", of=self._lasting[0], by="portfolio_folded")

    @cached_property
    def of_lasting(self) -> Fact:
        """Initiatives of these portfolios in this edition."""
        return self.ask.fact("count", of=self._lasting[0])

    @cached_property
    def of_lasting_before(self) -> Fact:
        """Initiatives of these portfolios in the previous edition."""
        return self.ask.fact("count", of=self._lasting[1])

    @cached_property
    def growth_of_lasting(self) -> Fact:
        """Change of the number of initiatives of these portfolios."""
        after, before = self._lasting
        return self.ask.fact("change", after=after, before=before)

    @property
    def growth_of_lasting_is_told(self) -> bool:
        """Whether these portfolios had enough initiatives for a rate of growth."""
        return _has_rate(self.growth_of_lasting)

    @cached_property
    def interval(self) -> Fact:
        """Months between the collections of both editions."""
        return Change(self.edition).interval

    # Statuses, categories and portfolios

    @cached_property
    def without_status(self) -> Fact:
        """Initiatives whose status is not given, or is outside the closed list."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_STATUS))

    @cached_property
    def top_categories(self) -> Fact:
        """Categories with most initiatives."""
        return self._top("categories", self.ask.now(*CATEGORISED), "category")

    @cached_property
    def top_portfolios(self) -> Fact:
        """Portfolios with most initiatives, each counted with its network."""
        return self._top("portfolios", self.ask.now(NAMED_PORTFOLIO), "portfolio_folded")

    def _top(self, unit: str, rows: Query, by: str) -> Fact:
        return self.ask.fact("top", unit, of=rows, by=by, n=N_LEADERS)

    @property
    def a_category_leads(self) -> bool:
        """Whether the categories with most initiatives do not all have as many."""
        return _has_leader(self.top_categories)

    @property
    def a_portfolio_leads(self) -> bool:
        """Whether the portfolios with most initiatives do not all have as many."""
        return _has_leader(self.top_portfolios)

    @property
    def leaves_out_uncategorised(self) -> bool:
        """Whether initiatives have no category of the closed list."""
        return sum(self.category_counts.values()) < len(self.edition.initiatives)


def _has_rate(change: Fact) -> bool:
    return bool(change and change.numbers["before"] >= SMALLEST_DENOMINATOR)


def _has_leader(top: Fact) -> bool:
    if not top:
        return False
    counts = [top.numbers[f"count{place}"] for place in range(top.numbers["listed"])]
    return len(counts) == 1 or counts[0] > counts[-1]


def essentials(edition: Edition) -> Essentials:
    """Return the facts of the chapter for an edition."""
    return Essentials(edition)
