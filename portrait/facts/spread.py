"""Facts of the annex "Concentration and diversity"."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts


def _row_of(table: pd.DataFrame, year: int) -> Any:
    """Return the row of a year, or ``None``."""
    return next(table[table.year == year].itertuples(), None)


class Spread(ChapterFacts):
    """How initiatives are spread over portfolios, bodies and categories."""

    # Portfolios

    @cached_property
    def concentration(self) -> pd.DataFrame:
        """Concentration among portfolios, by year, networks folded in."""
        return indicators.concentration(self.by_portfolio, "portfolio")

    @property
    def _measurable(self) -> pd.DataFrame:
        return indicators.measurable(self.concentration)

    @property
    def portfolios(self) -> Any:
        """Concentration among portfolios this year; ``None`` where too few initiatives name one."""
        return _row_of(self._measurable, self.edition.year)

    @property
    def portfolios_before(self) -> Any:
        """The same for the previous edition."""
        return _row_of(self._measurable, self.edition.years[-2:][0])

    @cached_property
    def concentration_apart(self) -> pd.DataFrame:
        """Concentration among portfolios as published, networks apart."""
        return indicators.concentration(indicators.portfolios(self.edition.all_initiatives), "portfolio")

    @property
    def portfolios_apart(self) -> Any:
        """The row of this year of `concentration_apart`."""
        return _row_of(self.concentration_apart, self.edition.year)

    @property
    def mover(self) -> str | None:
        """The one portfolio whose removal changes the index most; ``None`` where several do."""
        movers: list[str] = list(self.portfolios.hhi_movers) if self.portfolios else []
        return movers[0] if len(movers) == 1 else None

    @property
    def has_top(self) -> bool:
        """Whether there are more portfolios than the largest that are counted together."""
        return self.portfolios is not None and self.portfolios.n_groups > indicators.LARGEST_GROUPS[0]

    @property
    def leave_one_out_span(self) -> float:
        """How far the equivalent number of portfolios moves when one of them is left out."""
        row = self.portfolios
        return float(row.equivalent_groups_highest - row.equivalent_groups_lowest)

    @property
    def lorenz(self) -> pd.DataFrame:
        """The Lorenz curve of portfolios for each year that can be measured."""
        curve = indicators.lorenz_curve(self.by_portfolio, "portfolio")
        return curve[curve.year.isin(self._measurable.year)]

    # Bodies

    @cached_property
    def bodies_detail(self) -> Edition:
        """The edition whose bodies can be counted, or a specimen."""
        return self.edition.detail("body")

    @cached_property
    def concentration_of_bodies(self) -> pd.DataFrame:
        """Concentration among bodies, by year."""
        per_body = indicators.initiatives_per_body(self.bodies_detail.all_initiatives)
        return indicators.concentration(per_body, "body")

    @property
    def bodies(self) -> Any:
        """Concentration among bodies this year; ``None`` where too few initiatives name one."""
        return _row_of(indicators.measurable(self.concentration_of_bodies), self.edition.year)

    @property
    def bodies_differ(self) -> bool:
        """Whether bodies are other than portfolios."""
        initiatives = self.edition.initiatives
        return self.bodies_detail.is_specimen or not initiatives.body.equals(initiatives.portfolio)

    # Categories

    @property
    def _years_alike(self) -> tuple[int, ...]:
        return self.edition.years[-2:] if self.edition.compares_categories else (self.edition.year,)

    @cached_property
    def diversity(self) -> pd.DataFrame:
        """Diversity of categories, for the years that share one list."""
        rows = self.edition.all_initiatives
        n_listed = len(self.edition.source.terms("category", self.edition.year))
        return indicators.diversity(rows[rows.year.isin(self._years_alike)], n_listed=n_listed)

    @property
    def varied(self) -> Any:
        """Diversity of this year; ``None`` where too few initiatives have a category."""
        return _row_of(indicators.with_diversity(self.diversity), self.edition.year)

    @property
    def varied_before(self) -> Any:
        """Diversity of the first of the years that share one list."""
        return _row_of(indicators.with_diversity(self.diversity), self._years_alike[0])

    @property
    def varied_span(self) -> float:
        """How far the effective number moves with the initiatives that have no category."""
        return float(self.varied.highest_effective_number - self.varied.lowest_effective_number)

    @cached_property
    def crossed(self) -> Edition:
        """The edition whose portfolios can be crossed with categories, or a specimen."""
        return self.edition.detail("portfolio", "category")

    @cached_property
    def diversity_by_portfolio(self) -> pd.DataFrame:
        """Diversity of categories within each portfolio."""
        return indicators.diversity(
            self.crossed.initiatives,
            "portfolio_folded",
            n_listed=len(self.crossed.source.terms("category", self.edition.year)),
        )

    @property
    def diverse_portfolios(self) -> pd.DataFrame:
        """Portfolios with enough categorised initiatives."""
        return indicators.with_diversity(self.diversity_by_portfolio)

    @property
    def effective_span(self) -> tuple[float, float]:
        """Smallest and largest effective number of categories among portfolios."""
        column = self.diverse_portfolios.effective_number
        return column.min(), column.max()

    @property
    def rarefied_span(self) -> tuple[float, float]:
        """Smallest and largest number of categories expected at equal numbers of initiatives."""
        column = self.diverse_portfolios.rarefied_categories
        return column.min(), column.max()

    @property
    def spans_are_told(self) -> bool:
        """Whether both spans show at one decimal."""
        spans = (self.effective_span, self.rarefied_span)
        return all(high - low >= 0.1 for low, high in spans)


def spread(edition: Edition) -> Spread:
    """Return the facts of the annex for an edition."""
    return Spread(edition)
