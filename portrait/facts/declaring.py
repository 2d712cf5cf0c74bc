"""Facts of the chapter "Who declares": volume, bodies, portfolios and their networks."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts


class Declaring(ChapterFacts):
    """Who declares the initiatives of an edition."""

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
    def n_single(self) -> int:
        """Bodies that declare one initiative."""
        return int((self.per_body.n_initiatives == 1).sum())

    @cached_property
    def portfolios(self) -> pd.DataFrame:
        """Initiatives by portfolio, with the change since the previous edition where there is one."""
        if self.edition.previous is None:
            return self.by_portfolio
        return indicators.change(self.by_portfolio, "portfolio", self.edition.year, self.before.year)

    @property
    def split_counts(self) -> dict[str, int]:
        """Initiatives of this edition by portfolio of which a file publishes the network apart."""
        split = self.edition.split_portfolios
        return {name: n for name, n in self.portfolio_counts.items() if name in split}

    @property
    def split_counts_before(self) -> dict[str, int]:
        """The same for the previous edition."""
        counts = indicators.named_counts(self.by_portfolio, "portfolio", self.before.year)
        return {name: n for name, n in counts.items() if name in self.edition.split_portfolios}

    @cached_property
    def networks(self) -> pd.DataFrame:
        """Initiatives by portfolio as published, networks apart."""
        return indicators.portfolios(self.edition.all_initiatives)


def declaring(edition: Edition) -> Declaring:
    """Return the facts of the chapter for an edition."""
    return Declaring(edition)
