"""Facts of the annex "Concentration and diversity"."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import (
    CATEGORISED,
    NAMED_BODY,
    NAMED_PORTFOLIO,
    WITHOUT_CATEGORY,
    body_names_hold,
)
from portrait.facts.fact import Fact
from portrait.facts.queries import Query, differs
from portrait.language.periods import EditionId
from portrait.registers.source import UNKNOWN


def _row_of(table: pd.DataFrame, year: EditionId) -> Any:
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
    def has_top(self) -> bool:
        """Whether there are more portfolios than the largest that are counted together."""
        return self.portfolios is not None and self._n_top > 0

    @property
    def _n_top(self) -> int:
        return indicators.to_gap(self.portfolio_counts.values(), indicators.LARGEST_GROUPS[0])

    @property
    def compares_portfolios(self) -> bool:
        """Whether concentration among portfolios is measured in the previous edition too."""
        both = self.portfolios, self.portfolios_before
        return self.edition.previous is not None and all(row is not None for row in both)

    @property
    def has_networks(self) -> bool:
        """Whether the file publishes the network of a measured portfolio apart."""
        apart = self.portfolios_apart
        return self.portfolios is not None and apart.n_groups != self.portfolios.n_groups

    @cached_property
    def top_share(self) -> Fact:
        """Share of the largest portfolios."""
        rows = self.ask.now(NAMED_PORTFOLIO)
        return self.ask.fact("top_share", of=rows, by="portfolio_folded", n=self._n_top)

    @cached_property
    def ten_share(self) -> Fact:
        """Share of the ten largest portfolios, or of as many as part no tie."""
        n = indicators.to_gap(self.portfolio_counts.values(), indicators.LARGEST_GROUPS[1])
        return self.ask.fact("top_share", of=self.ask.now(NAMED_PORTFOLIO), by="portfolio_folded", n=n)

    @property
    def tells_ten(self) -> bool:
        """Whether the ten largest portfolios, or those that part no tie, are several of more."""
        return self.portfolios is not None and 1 < self.ten_share.numbers["n"] < self.declaring.value

    @property
    def n_titled(self) -> int:
        """How many of the largest portfolios are in the title of the curve; 0 for none."""
        return int(self.ten_share.numbers["n"]) if self.tells_ten else 0

    def _among_portfolios(self, formula: str, rows: Query) -> Fact:
        return self.ask.fact(formula, of=rows(NAMED_PORTFOLIO), by="portfolio_folded")

    @cached_property
    def declaring(self) -> Fact:
        """Portfolios that declare any initiative."""
        return self._among_portfolios("distinct", self.ask.now)

    @cached_property
    def declaring_before(self) -> Fact:
        """The same in the previous edition."""
        return self._among_portfolios("distinct", self.ask.before)

    @cached_property
    def equivalent(self) -> Fact:
        """Portfolios of equal shares that would give the same index."""
        return self._among_portfolios("equivalent", self.ask.now)

    @cached_property
    def equivalent_before(self) -> Fact:
        """The same in the previous edition."""
        return self._among_portfolios("equivalent", self.ask.before)

    @cached_property
    def hhi(self) -> Fact:
        """Herfindahl-Hirschman index of portfolios."""
        return self._among_portfolios("hhi", self.ask.now)

    @cached_property
    def gini(self) -> Fact:
        """Gini coefficient of portfolios."""
        return self._among_portfolios("gini", self.ask.now)

    @cached_property
    def declaring_apart(self) -> Fact:
        """Portfolios as published, networks apart."""
        return self._apart("distinct")

    @cached_property
    def equivalent_apart(self) -> Fact:
        """Equivalent number of portfolios as published, networks apart."""
        return self._apart("equivalent")

    def _apart(self, formula: str) -> Fact:
        return self.ask.fact(formula, of=self.ask.now(differs("portfolio", UNKNOWN)), by="portfolio")

    @property
    def lorenz(self) -> pd.DataFrame:
        """The Lorenz curve of portfolios this year, where they can be measured."""
        curve = indicators.lorenz_curve(self.by_portfolio, "portfolio")
        return curve[curve.year.isin(self._measurable.year) & (curve.year == self.edition.year)]

    # Bodies

    @cached_property
    def bodies_detail(self) -> Edition:
        """The edition whose bodies can be counted, or a specimen."""
        return self.edition.detail("body")

    @cached_property
    def concentration_of_bodies(self) -> pd.DataFrame:
        """Concentration among bodies, by year; of this year alone where names of bodies do not compare."""
        detail = self.bodies_detail
        counted = detail.all_initiatives if body_names_hold(self.edition) else detail.initiatives
        return indicators.concentration(indicators.initiatives_per_body(counted), "body")

    @property
    def bodies(self) -> Any:
        """Concentration among bodies this year; ``None`` where too few initiatives name one."""
        return _row_of(indicators.measurable(self.concentration_of_bodies), self.edition.year)

    @property
    def bodies_differ(self) -> bool:
        """Whether bodies are other than portfolios."""
        initiatives = self.edition.initiatives
        return self.bodies_detail.is_specimen or not initiatives.body.equals(initiatives.portfolio)

    @property
    def tells_bodies(self) -> bool:
        """Whether concentration among bodies of real rows says more than that among portfolios."""
        return self.bodies is not None and self.bodies_differ and not self.bodies_detail.is_specimen

    @cached_property
    def per_body(self) -> Fact:
        """Initiatives of a body, on average."""
        return self.ask.fact("mean", of=self.ask.now(NAMED_BODY), by="body")

    @cached_property
    def declaring_bodies(self) -> Fact:
        """Bodies that declare any initiative."""
        return self._among_bodies("distinct")

    @cached_property
    def equivalent_bodies(self) -> Fact:
        """Bodies of equal shares that would give the same index."""
        return self._among_bodies("equivalent")

    def _among_bodies(self, formula: str) -> Fact:
        return self.ask.fact(formula, of=self.ask.now(NAMED_BODY), by="body")

    # Categories

    @property
    def _years_alike(self) -> tuple[EditionId, ...]:
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

    @cached_property
    def categorised(self) -> Fact:
        """Initiatives that have a category."""
        return self.ask.fact("count", of=self.ask.now(*CATEGORISED))

    @cached_property
    def without_category(self) -> Fact:
        """Initiatives without a category of the closed list."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_CATEGORY))

    def _of_categories(self, formula: str, rows: Query, **asks: Any) -> Fact:
        return self.ask.fact(formula, of=rows(*CATEGORISED), by="category", **asks)

    @cached_property
    def categories(self) -> Fact:
        """Categories that have an initiative."""
        return self._of_categories("distinct", self.ask.now)

    @cached_property
    def shannon(self) -> Fact:
        """Shannon entropy of categories."""
        return self._of_categories("shannon", self.ask.now)

    @cached_property
    def effective(self) -> Fact:
        """Categories of equal shares that would give the same entropy."""
        return self._of_categories("effective", self.ask.now)

    @cached_property
    def effective_before(self) -> Fact:
        """The same in the previous edition, where both share one list."""
        return self._of_categories("effective", self.ask.before, why=self._why_apart)

    @property
    def _why_apart(self) -> str:
        """The reason why diversity is not compared with the previous edition; empty where it is."""
        if not self.edition.compares_categories:
            return "two vocabularies"
        measured = indicators.with_diversity(self.diversity)
        return "" if len(measured) == len(self._years_alike) else "denominator too small"

    @property
    def compares_diversity(self) -> bool:
        """Whether the diversity of both editions can be compared."""
        return self.varied is not None and bool(self.effective_before)

    @cached_property
    def rarefied(self) -> Fact:
        """Categories met among as many initiatives as the smaller edition has."""
        return self._rarefied(self.ask.now, self.ask.before)

    @cached_property
    def rarefied_before(self) -> Fact:
        """The same in the previous edition."""
        return self._rarefied(self.ask.before, self.ask.now)

    def _rarefied(self, rows: Query, beside: Query) -> Fact:
        return self._of_categories("rarefied", rows, beside=beside(*CATEGORISED), why=self._why_apart)

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
    def tells_by_portfolio(self) -> bool:
        """Whether several portfolios have a diversity to set side by side."""
        return self.varied is not None and len(self.diverse_portfolios) > 1


def spread(edition: Edition) -> Spread:
    """Return the facts of the annex "Concentration and diversity" for an edition."""
    return Spread(edition)
