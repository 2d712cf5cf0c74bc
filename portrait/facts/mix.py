"""Facts of the annex "Profiles": pairs of a portfolio and a category beside what chance would give."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import CATEGORISED, NAMED_PORTFOLIO
from portrait.facts.fact import Fact
from portrait.facts.queries import Query, equals
from portrait.indicators.association import FALSE_DISCOVERY_PERCENT, SMALLEST_EXPECTED


class Mix(ChapterFacts):
    """Which categories portfolios declare more, or less, than chance would give."""

    @cached_property
    def detail(self) -> Edition:
        """The edition whose portfolios can be crossed with categories, or a specimen."""
        return self.edition.detail("portfolio", "category")

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Initiatives by portfolio and category."""
        return indicators.cross_table(self.detail.initiatives)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Each pair with its expected count and its residual."""
        return indicators.associations(self.counts)

    @property
    def retained_above(self) -> pd.DataFrame:
        """The pairs retained above their expected count, furthest first."""
        kept = indicators.retained(self.pairs)
        return kept[kept.residual > 0]

    @property
    def has_residuals(self) -> bool:
        """Whether the residual of any pair can be told."""
        return bool(self.pairs.residual.notna().any())

    @cached_property
    def above(self) -> Fact:
        """Pairs retained above their expected count, and the three furthest; absent where none is tested."""
        return self._crossed("associated", "pairs", side="above", n=3, **_THRESHOLDS)

    @cached_property
    def furthest(self) -> Fact:
        """The pair furthest above its expected count, of those retained."""
        return self._crossed("associated", "pairs", side="above", n=1, **_THRESHOLDS)

    @property
    def first_pair(self) -> tuple[str, str]:
        """Its portfolio and its category, the first by name if several are as far."""
        return str(self.furthest.numbers["name0"]), str(self.furthest.numbers["other0"])

    @cached_property
    def of_first_pair(self) -> Fact:
        """Its initiatives."""
        portfolio, category = self.first_pair
        of = self.ask.now(equals("portfolio_folded", portfolio), equals("category", category))
        return self.ask.fact("count", of=of)

    @cached_property
    def below(self) -> Fact:
        """Pairs retained below their expected count."""
        return self._crossed("associated", "pairs", side="below", n=3, **_THRESHOLDS)

    @property
    def has_above(self) -> bool:
        """Whether a pair is retained above its expected count."""
        return bool(self.above) and self.above.value > 0

    @property
    def a_pair_leads(self) -> bool:
        """Whether one of them, tied with none, is furthest."""
        return self.has_above and self.furthest.numbers["listed"] == 1

    @cached_property
    def cramers_v(self) -> Fact:
        """How far the portfolio tells the category, from 0 to 1."""
        return self._crossed("cramers_v", "editions")

    @cached_property
    def left_out(self) -> Fact:
        """Initiatives without a portfolio or a category of the list."""
        return self.ask.fact("difference", of=self.ask.now, less=self._rows)

    @cached_property
    def smallest_expected(self) -> Fact:
        """The smallest expected count of a pair whose residual is told."""
        return self._threshold("smallest_expected")

    @cached_property
    def false_discovery_percent(self) -> Fact:
        """The false discovery rate of the pairs retained, in per cent."""
        return self._threshold("false_discovery_percent")

    @property
    def _rows(self) -> Query:
        return self.ask.now(NAMED_PORTFOLIO, *CATEGORISED)

    def _crossed(self, formula: str, unit: str, **asks: Any) -> Fact:
        return self.ask.fact(formula, unit, of=self._rows, by="portfolio_folded", across="category", **asks)


_THRESHOLDS = {"least": SMALLEST_EXPECTED, "percent": FALSE_DISCOVERY_PERCENT}


def mix(edition: Edition) -> Mix:
    """Return the facts of the annex "Profiles" for an edition."""
    return Mix(edition)
