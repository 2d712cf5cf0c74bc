"""What became of the initiatives that had one status in the previous edition."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.conditions import (
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    NAMED_PORTFOLIO,
    OVERLAPPING,
    RETIRED_STATUS,
    WITHOUT_STATUS,
    alone_first,
)
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import previous_of
from portrait.facts.queries import Condition, Query, absent, equals, linked, unlinked
from portrait.indicators import NOT_FOUND, most_typical
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.text import normalise
from portrait.linkage.tiers import Tier

N_EXAMPLES = 2
"""Initiatives named for each outcome."""
N_NAMED = 2
"""Portfolios named as those of most of the initiatives not found."""
WORTH_NAMING = Fraction(1, 5)
"""Smallest part of those of one outcome for which their portfolio is named."""


class Example(NamedTuple):
    """An initiative, as reported: its title and its portfolio."""

    title: str
    portfolio: str


class Leader(NamedTuple):
    """A portfolio that makes a large part of one outcome, and its initiatives."""

    portfolio: str
    initiatives: Fact


class Label(NamedTuple):
    """A status label as published, and the initiatives of one outcome that bore it."""

    name: str
    initiatives: Fact


class Outcomes:
    """Initiatives of one status in the previous edition, by what this one says of them.

    Parameters
    ----------
    edition
        The edition whose initiatives are followed, or a specimen.
    tier
        The least sure links that are counted.
    start
        Their status in the previous edition.
    """

    def __init__(
        self, ask: Questions, edition: Edition, tier: Tier, start: Condition = IN_DEVELOPMENT
    ) -> None:
        self._ask, self._edition, self._tier, self._start = ask, edition, tier, start
        self._why = "reconstructed rows" if edition.is_specimen and ask.previous else ""

    @cached_property
    def all(self) -> Fact:
        """Initiatives of that status in the previous edition."""
        return self._ask.fact("count", of=self._ask.before(self._start), why=self._why)

    @property
    def _lost(self) -> Query:
        return self._ask.before(self._start, unlinked(self._ask.edition, self._tier))

    @cached_property
    def lost(self) -> Fact:
        """Those of them not found in this edition."""
        return self._ask.fact("count", of=self._lost, why=self._why)

    @cached_property
    def lost_share(self) -> Fact:
        """Their share of all."""
        return self._ask.fact("share", part=self._lost, whole=self._ask.before(self._start), why=self._why)

    @cached_property
    def found(self) -> Fact:
        """Those of them found in this edition, whatever their status there."""
        found = self._ask.before(self._start, linked(self._ask.edition, self._tier))
        return self._ask.fact("count", of=found, why=self._why)

    @cached_property
    def portfolios_of_lost(self) -> Fact:
        """The portfolios that had most of those not found."""
        of = self._lost(NAMED_PORTFOLIO)
        return self._ask.fact("top", of=of, by="portfolio_folded", n=N_NAMED, why=self._why)

    @property
    def names_lost(self) -> bool:
        """Whether those not found are enough, and other portfolios have some, no tie apart."""
        found = self.portfolios_of_lost
        is_apart = bool(found) and found.numbers["listed"] == N_NAMED < found.numbers["whole"]
        return is_apart and self.lost.value >= SMALLEST_DENOMINATOR

    @cached_property
    def gone_of_lost(self) -> Leader | None:
        """The portfolio of most of those not found among any that this edition does not name.

        ``None`` where it has too few of them, or is already named for having most.
        """
        gone = self._lost(NAMED_PORTFOLIO, absent("portfolio_folded", self._ask.edition))
        name = alone_first(self._ask.fact("top", of=gone, by="portfolio_folded", n=2, why=self._why))
        if not name or (self.names_lost and name in self.portfolios_of_lost.numbers.values()):
            return None
        initiatives = self._ask.fact("count", of=gone(equals("portfolio_folded", name)))
        return Leader(name, initiatives) if initiatives.value >= SMALLEST_DENOMINATOR else None

    @cached_property
    def retired(self) -> Fact:
        """Those found retired."""
        return self._found(RETIRED_STATUS)

    @cached_property
    def in_production(self) -> Fact:
        """Those found in production."""
        return self._found(IN_PRODUCTION)

    @cached_property
    def in_development(self) -> Fact:
        """Those found in development."""
        return self._found(IN_DEVELOPMENT)

    @cached_property
    def silent(self) -> Fact:
        """Those found without a known status."""
        return self._found(WITHOUT_STATUS)

    @cached_property
    def doubtful(self) -> Fact:
        """Those found in production whose two labels overlap."""
        return self._found(IN_PRODUCTION, OVERLAPPING)

    @cached_property
    def doubtful_development(self) -> Fact:
        """Those found in development whose two labels overlap."""
        return self._found(IN_DEVELOPMENT, OVERLAPPING)

    @cached_property
    def portfolios_of_retired(self) -> Fact:
        """Portfolios of those found retired, as the previous edition names them."""
        return self._found(RETIRED_STATUS, by="portfolio_folded")

    @cached_property
    def portfolios_in_production(self) -> Fact:
        """Portfolios of those found in production, as the previous edition names them."""
        return self._found(IN_PRODUCTION, by="portfolio_folded")

    @cached_property
    def leader_of_retired(self) -> Leader | None:
        """The portfolio of most of those found retired, if it makes a fifth of them."""
        return self._leader(RETIRED_STATUS, self.retired)

    @cached_property
    def leader_in_production(self) -> Leader | None:
        """The portfolio of most of those found in production, if it makes a fifth of them."""
        return self._leader(IN_PRODUCTION, self.in_production)

    def _leader(self, status: Condition, whole: Fact) -> Leader | None:
        found = self._rows_found(status, self._tier)
        portfolios = found["portfolio_folded"].dropna().sort_values().value_counts(sort=False)
        if not whole or portfolios.empty:
            return None
        name = str(portfolios.idxmax())
        initiatives = self._found(status, portfolio=[equals("portfolio_folded", name)])
        is_large = initiatives.value > 1 and initiatives.value >= WORTH_NAMING * whole.value
        return Leader(name, initiatives) if is_large else None

    @cached_property
    def labels_in_production(self) -> Sequence[Label]:
        """Labels that those found in production bore before, most first; none where one is spelled twice."""
        before, now = previous_of(self._edition).initiatives, self._edition.initiatives
        links = self._edition.links.at(self._tier)
        ended = links["row_to"].isin(now.loc[now["status"] == PRODUCTION, "row"])
        found = before[
            (before["status"] == self._start[2]) & before["row"].isin(links.loc[ended, "row_from"])
        ]
        labels = found["status_published"].sort_values().value_counts(sort=True)
        if len(set(map(normalise, labels.index))) < len(labels):
            return []
        return [
            Label(name, self._found(IN_PRODUCTION, start=[equals("status_published", name)]))
            for name in labels.index
        ]

    def _found(
        self,
        status: Condition,
        *overlap: Condition,
        by: str = "",
        portfolio: Sequence[Condition] = (),
        start: Sequence[Condition] = (),
    ) -> Fact:
        ask = self._ask
        asks: dict[str, Any] = {"by": by} if by else {}
        links = ask.links(self._tier)(*overlap)
        return ask.fact(
            "transition",
            why=self._why,
            links=links,
            of_from=ask.before(self._start, *start),
            of_to=ask.now(status, *portfolio),
            **asks,
        )

    @property
    def are_told(self) -> bool:
        """Whether enough of them are found, some in another state, for a finding."""
        return self.are_followed and bool(self.retired.value + self.in_production.value)

    @property
    def few_moved(self) -> bool:
        """Whether fewer are found retired or in production than still so, and enough are not found."""
        if not self.are_told or self.lost.value < SMALLEST_DENOMINATOR:
            return False
        return bool(self.retired.value + self.in_production.value < self.in_development.value)

    @property
    def told_passages(self) -> list[tuple[str, str]]:
        """Statuses before and after of those that the title of the figure counts."""
        if not self.are_told:
            return []
        if self.few_moved:
            return [(DEVELOPMENT, NOT_FOUND)]
        counted = {RETIRED: self.retired, PRODUCTION: self.in_production}
        return [(DEVELOPMENT, status) for status, fact in counted.items() if fact.value]

    @property
    def are_followed(self) -> bool:
        """Whether enough of them are found to say what became of all."""
        if not (self.all and self._ask.previous):
            return False
        return bool(self.found.value >= SMALLEST_DENOMINATOR)

    @property
    def are_split(self) -> bool:
        """Whether enough of them are found, and fewer than all are found in production."""
        return self.are_followed and bool(self.in_production.value < self.all.value)

    @property
    def are_silent(self) -> bool:
        """Whether some are found, none of which has a known status."""
        told = self.in_production.value + self.in_development.value + self.retired.value
        return bool(self.silent.value) and not told

    @cached_property
    def retired_examples(self) -> Sequence[Example]:
        """Some of those found retired, by strict links."""
        return self._examples(RETIRED_STATUS)

    @cached_property
    def production_examples(self) -> Sequence[Example]:
        """Some of those found in production, by strict links."""
        return self._examples(IN_PRODUCTION)

    def _examples(self, status: Condition) -> Sequence[Example]:
        group = self._rows_found(status, "strict")
        chosen = most_typical(group, "portfolio_folded", N_EXAMPLES)
        pairs = zip(chosen["name"], chosen["portfolio_folded"], strict=True)
        return [Example(title, portfolio) for title, portfolio in pairs]

    def _rows_found(self, status: Condition, tier: Tier) -> pd.DataFrame:
        """Return the rows of this edition with a status to which links of a tier lead from the first one."""
        before, now = previous_of(self._edition).initiatives, self._edition.initiatives
        links = self._edition.links.at(tier)
        started = links["row_from"].isin(before.loc[before["status"] == self._start[2], "row"])
        ended = now["row"].isin(links.loc[started, "row_to"])
        found: pd.DataFrame = now[ended & (now["status"] == status[2])]
        return found
