"""Facts of the annex "Profiles": pairs of a portfolio and a category beside what chance would give."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.indicators.association import PermutationTest


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
    def has_residuals(self) -> bool:
        """Whether the residual of any pair can be told."""
        return bool(self.pairs.residual.notna().any())

    @property
    def above(self) -> pd.DataFrame:
        """Retained pairs above their expected count."""
        kept = indicators.retained(self.pairs)
        return kept[kept.residual > 0]

    @property
    def furthest_above(self) -> pd.DataFrame:
        """The three retained pairs furthest above their expected count, and those tied with the last."""
        return self.above.nlargest(3, "residual", keep="all")

    @property
    def n_below(self) -> int:
        """Retained pairs below their expected count."""
        return int((indicators.retained(self.pairs).residual < 0).sum())

    @property
    def n_uncrossed(self) -> int:
        """Initiatives without a portfolio or a category."""
        return len(self.detail.initiatives) - int(self.counts.to_numpy().sum())

    @cached_property
    def shuffled(self) -> PermutationTest:
        """How often categories dealt at random among portfolios give as uneven a table."""
        return indicators.independence_test(self.counts)

    @property
    def cramers_v(self) -> float:
        """Bias-corrected Cramér's V of the whole table."""
        return float(indicators.corrected_cramers_v(self.counts))


def mix(edition: Edition) -> Mix:
    """Return the facts of the annex for an edition."""
    return Mix(edition)
