"""Facts of the chapter "What AI is used for": categories, and the benefits that bodies announce."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.indicators.association import PermutationTest


class Uses(ChapterFacts):
    """What the initiatives of an edition are for."""

    @cached_property
    def unnamed(self) -> int:
        """Initiatives without a category of the closed list."""
        of_year = self.by_category[self.by_category.year == self.edition.year]
        return int(of_year.n_initiatives.sum()) - sum(self.category_counts.values())

    @cached_property
    def categories(self) -> pd.DataFrame:
        """Initiatives of this edition by category."""
        return self.by_category[self.by_category.year == self.edition.year]

    @cached_property
    def category_change(self) -> pd.DataFrame:
        """Change of each category since the previous edition, those without a category included."""
        return indicators.change(self.by_category, "category", self.edition.year, self.before.year)

    @cached_property
    def mix_change(self) -> pd.DataFrame:
        """Change of each category among the initiatives that have one."""
        categorised = indicators.categories(indicators.categorised(self.edition.all_initiatives))
        return indicators.change(categorised, "category", self.edition.year, self.before.year)

    @property
    def fewest_categorised(self) -> int:
        """The smaller of both editions' counts of initiatives that have a category."""
        return int(self.mix_change[["n_previous", "n_initiatives"]].sum().min())

    @property
    def has_few_categorised(self) -> bool:
        """Whether an edition has too few initiatives with a category for a share."""
        return self.fewest_categorised < indicators.SMALLEST_DENOMINATOR

    @property
    def mix_distance(self) -> float:
        """Total variation distance between both mixes of categories, in percentage points."""
        return 100 * float(indicators.total_variation_distance(self.mix_change))

    @cached_property
    def mix(self) -> PermutationTest:
        """How often editions mixed at random are as far apart as these two."""
        return indicators.mix_test(self.mix_change)

    @cached_property
    def relabelled(self) -> pd.DataFrame:
        """Categories that the previous edition publishes under another label."""
        return indicators.relabelled(
            self.edition.all_initiatives, "category", self.edition.year, self.before.year
        )

    @property
    def relabelled_counts(self) -> dict[str, int]:
        """Initiatives of this edition by category whose label changed."""
        return dict(zip(self.relabelled.category, self.relabelled.n_initiatives, strict=True))

    @cached_property
    def announced(self) -> Edition:
        """The edition whose benefits can be crossed with categories, or a specimen."""
        return self.edition.detail("benefits", "category")

    @cached_property
    def coded(self) -> pd.DataFrame:
        """Announced benefits coded by the codebook."""
        return indicators.coded_benefits(self.announced.initiatives, self.announced.themes)

    @cached_property
    def gains(self) -> Any:
        """How many initiatives announce a benefit, none, several, or one that no theme finds."""
        return [*indicators.benefits_stated(self.coded).itertuples()][-1]

    @property
    def has_benefits(self) -> bool:
        """Whether the benefits of real rows are coded."""
        return self.edition.codes_benefits and not self.announced.is_specimen

    @property
    def has_theme_shares(self) -> bool:
        """Whether enough initiatives announce a benefit for shares of themes."""
        return bool(self.gains.n_stated >= indicators.SMALLEST_DENOMINATOR)

    @property
    def has_combinations(self) -> bool:
        """Whether enough combinations of themes are found for a figure."""
        return len(self.combinations) >= indicators.SEVERAL

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Initiatives by theme of announced benefit."""
        return indicators.benefit_themes(self.coded, self.announced.themes)

    @property
    def theme_counts(self) -> dict[str, int]:
        """The same as a mapping."""
        return dict(zip(self.themes.theme, self.themes.n_initiatives, strict=True))

    @cached_property
    def combinations(self) -> pd.DataFrame:
        """The commonest combinations of themes."""
        return indicators.benefit_combinations(self.coded, indicators.MOST_COMBINATIONS)

    @cached_property
    def themes_by_category(self) -> pd.DataFrame:
        """Themes by category."""
        return indicators.benefit_themes_by_category(self.coded)


def uses(edition: Edition) -> Uses:
    """Return the facts of the chapter for an edition."""
    return Uses(edition)
