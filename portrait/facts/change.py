"""Facts of the chapter "What changed": growth since the previous edition, and what makes it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.nothing import previous_of


class Change(ChapterFacts):
    """What changed since the previous edition; `Nothing` where there is none."""

    @cached_property
    def _by_portfolio(self) -> pd.DataFrame:
        parts = indicators.decomposition(
            self.edition.all_initiatives, "portfolio_folded", self.edition.year, self.before.year
        )
        return indicators.growth(parts)

    @cached_property
    def grown(self) -> Any:
        """Growth by portfolio: those in both files, those in one alone, and the unnamed."""
        return next(self._by_portfolio.itertuples())

    @cached_property
    def continuing(self) -> str:
        """How portfolios found in both files stand to the whole change, as `continuing_part` says it."""
        return str(indicators.continuing_part(self._by_portfolio))

    @cached_property
    def is_drawn(self) -> bool:
        """Whether both editions are large enough for a figure."""
        return bool(min(self.now.n_initiatives, self.before.n_initiatives) >= indicators.SMALLEST_GROUP)

    @cached_property
    def detail(self) -> Edition:
        """The edition whose bodies can be compared, or a specimen."""
        return self.edition.detail("body")

    @cached_property
    def by_names(self) -> pd.DataFrame:
        """Growth by body under three ways of matching names: strict, recorded, lenient."""
        return indicators.growth_by_names(
            self.detail.all_initiatives, "body", self.edition.year, self.before.year
        )

    @property
    def strict(self) -> Any:
        """Growth by body, names compared as published."""
        return next(self.by_names.itertuples())

    @property
    def recorded(self) -> Any:
        """Growth by body, names harmonised as recorded."""
        return [*self.by_names.itertuples()][1]

    @property
    def lenient(self) -> Any:
        """Growth by body, similar names taken for one as well."""
        return [*self.by_names.itertuples()][2]

    @property
    def names_matter(self) -> bool:
        """Whether the way of matching names changes how many bodies both files share."""
        return bool(self.strict.n_groups_in_both < self.lenient.n_groups_in_both)

    @cached_property
    def growth(self) -> dict[str, pd.DataFrame]:
        """Growth by portfolio, and by body where bodies are known, under every way of matching names."""
        bodies = {} if self.detail.is_specimen else {"body": self.by_names}
        return {"portfolio": self._by_portfolio, **bodies}

    @cached_property
    def recorded_growth(self) -> dict[str, pd.DataFrame]:
        """Growth by portfolio, and by body where bodies are known, under recorded names alone."""
        return self.growth | {
            by: table[table.names == "recorded"] for by, table in self.growth.items() if by == "body"
        }

    @cached_property
    def factors(self) -> Any:
        """The change of the number of initiatives as a product: groups that declare, and their mean."""
        table = indicators.log_identity(
            self.edition.all_initiatives, self.grouping, self.edition.year, self.before.year
        )
        return next(table.itertuples())

    @property
    def fewest(self) -> int:
        """The smallest count that enters the two factors."""
        factors = self.factors
        return int(
            min(factors.n_groups_previous, factors.n_groups, factors.n_previous, factors.n_initiatives)
        )

    @property
    def has_factors(self) -> bool:
        """Whether the factors may be said: no count is too small, and they alone make the whole change.

        They do where the same share of initiatives names its group in both files.
        """
        return self.fewest >= indicators.SMALLEST_DENOMINATOR and self.factors.unnamed_factor == 1

    @cached_property
    def linked(self) -> dict[str, Any]:
        """Initiatives found in both files, or in one alone, by tier of link."""
        previous = previous_of(self.edition)
        rows = indicators.persistence(previous.initiatives, self.edition.initiatives, self.edition.links)
        return {str(row.tier): row for row in rows.itertuples()}

    @cached_property
    def entered(self) -> dict[str, Any]:
        """Initiatives without a link to the previous file, by tier of link and by who declares them."""
        previous = previous_of(self.edition)
        rows = indicators.entries(
            previous.initiatives, self.edition.initiatives, self.edition.links, self.grouping
        )
        return {str(row.tier): row for row in rows.itertuples()}


def change(edition: Edition) -> Change:
    """Return the facts of the chapter for an edition."""
    return Change(edition)
