"""Facts of the chapter "Who declares": volume, bodies, portfolios and their networks."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import NAMED_BODY, NAMED_PORTFOLIO
from portrait.facts.fact import Fact


class Declaring(ChapterFacts):
    """Who declares the initiatives of an edition."""

    @cached_property
    def initiatives(self) -> Fact:
        """Initiatives of this edition."""
        return self.ask.fact("count", of=self.ask.now)

    @cached_property
    def bodies(self) -> Fact:
        """Bodies that declare any."""
        return self.ask.fact("distinct", "bodies", of=self.ask.now(NAMED_BODY), by="body")

    @cached_property
    def in_portfolios(self) -> Fact:
        """Portfolios that declare any, each counted with its network."""
        rows = self.ask.now(NAMED_PORTFOLIO)
        return self.ask.fact("distinct", "portfolios", of=rows, by="portfolio_folded")

    @cached_property
    def mean_per_body(self) -> Fact:
        """Mean number of initiatives per body."""
        return self.ask.fact("mean", of=self.ask.now(NAMED_BODY), by="body")

    @cached_property
    def single(self) -> Fact:
        """Bodies that declare one initiative."""
        return self.ask.fact("groups", "bodies", of=self.ask.now(NAMED_BODY), by="body", size=1)

    @cached_property
    def most_per_body(self) -> Fact:
        """Initiatives of the body that declares most."""
        return self.ask.fact("largest", of=self.ask.now(NAMED_BODY), by="body")

    @cached_property
    def main_portfolios(self) -> Fact:
        """The three portfolios with most initiatives, and those tied with the third."""
        return self.ask.fact("top", of=self.ask.now(NAMED_PORTFOLIO), by="portfolio_folded", n=3)

    @property
    def bodies_are_portfolios(self) -> bool:
        """Whether each body is a portfolio by itself."""
        return bool(self.edition.initiatives.body.equals(self.edition.initiatives.portfolio))

    @cached_property
    def detail(self) -> Edition:
        """The edition whose bodies can be counted, or a specimen."""
        return self.edition.detail("body")

    @cached_property
    def per_body(self) -> pd.DataFrame:
        """Initiatives of each body."""
        return indicators.initiatives_per_body(self.detail.initiatives)

    @property
    def bodies_differ(self) -> bool:
        """Whether at least three bodies of real rows declare different numbers of initiatives."""
        counts = indicators.named_counts(self.per_body, "body", self.edition.year)
        return not self.detail.is_specimen and len(counts) >= 3 and len(set(counts.values())) > 1

    @cached_property
    def portfolios(self) -> pd.DataFrame:
        """Initiatives by portfolio, with the change since the previous edition where there is one."""
        if self.edition.previous is None:
            return self.by_portfolio
        return indicators.change(self.by_portfolio, "portfolio", self.edition.year, self.before.year)

    @cached_property
    def networks(self) -> pd.DataFrame:
        """Initiatives by portfolio as published, networks apart."""
        return indicators.portfolios(self.edition.all_initiatives)


def declaring(edition: Edition) -> Declaring:
    """Return the facts of the chapter for an edition."""
    return Declaring(edition)
