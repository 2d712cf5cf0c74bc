"""Facts of the chapter "Where the initiatives stand": statuses, and passages since the previous edition."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts, row_before
from portrait.facts.nothing import previous_of


class Stages(ChapterFacts):
    """Where the initiatives of an edition stand, and where they stood."""

    @cached_property
    def status_before(self) -> Any:
        """The row of `maturity` for the previous edition."""
        return row_before(self.maturity)

    @property
    def known_before(self) -> int:
        """Initiatives of the previous edition in production or in development."""
        return int(self.status_before.n_production + self.status_before.n_development)

    @property
    def known_both(self) -> int:
        """The smaller of both editions' counts of known statuses."""
        return min(self.known, self.known_before)

    @property
    def bounds_apart(self) -> bool:
        """Whether the bounds of both editions' shares in production do not overlap."""
        return bool(indicators.bounds_apart(self.maturity, self.edition.year, self.before.year))

    @property
    def definitions(self) -> dict[str, dict[str, str]]:
        """The source's definitions of its statuses, by status and language."""
        return self.edition.source.definitions("status", self.edition.year)

    @property
    def charted(self) -> pd.DataFrame:
        """Rows of `maturity` that have enough known statuses for a figure."""
        return indicators.charted(self.maturity)

    @property
    def statuses(self) -> pd.DataFrame:
        """Initiatives by status and year."""
        return indicators.statuses(self.edition.all_initiatives)

    @cached_property
    def detail(self) -> Edition:
        """The edition whose statuses can be crossed with categories and portfolios, or a specimen."""
        return self.edition.detail("status", "category", "portfolio")

    @property
    def charted_by_category(self) -> pd.DataFrame:
        """Maturity of the categories that have enough known statuses for a figure."""
        return indicators.charted(self.by_category_maturity)

    @cached_property
    def by_category_maturity(self) -> pd.DataFrame:
        """Maturity by category."""
        return indicators.maturity(self.detail.initiatives, "category")

    @cached_property
    def by_portfolio_maturity(self) -> pd.DataFrame:
        """Maturity by portfolio."""
        return indicators.maturity(self.detail.initiatives, "portfolio_folded")

    @property
    def charted_by_portfolio(self) -> pd.DataFrame:
        """Maturity of the portfolios that have enough known statuses for a figure."""
        return indicators.charted(self.by_portfolio_maturity)

    # What became of the initiatives of the previous edition

    @cached_property
    def followed(self) -> Edition:
        """The edition whose initiatives can be followed from one year to the next, or a specimen."""
        return self.edition.detail("name", "status")

    @property
    def _both(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return previous_of(self.followed).initiatives, self.followed.initiatives

    @property
    def can_draw_passages(self) -> bool:
        """Whether both editions are large enough for a figure of passages."""
        return min(map(len, self._both)) >= indicators.SMALLEST_GROUP

    @cached_property
    def found_by_tier(self) -> pd.DataFrame:
        """Initiatives found again, by tier of link."""
        return indicators.persistence(*self._both, self.followed.links)

    @property
    def found_strictly(self) -> Any:
        """Initiatives found again by strict links."""
        return next(self.found_by_tier.itertuples())

    @property
    def found(self) -> Any:
        """Initiatives found again by probable links or surer."""
        return [*self.found_by_tier.itertuples()][1]

    @property
    def found_possibly(self) -> Any:
        """Initiatives found again by possible links or surer."""
        return [*self.found_by_tier.itertuples()][2]

    @cached_property
    def passages(self) -> pd.DataFrame:
        """Initiatives by status in the previous edition and in this one, by tier."""
        return indicators.transitions(*self._both, self.followed.links, self.followed.lasting_statuses)

    @cached_property
    def converted(self) -> Any:
        """Initiatives that passed from development to production, by probable links."""
        return [*indicators.conversion(self.passages).itertuples()][1]

    @cached_property
    def changed(self) -> Any:
        """Initiatives found in another status, by probable links."""
        return [*indicators.state_changes(self.passages).itertuples()][1]

    @property
    def explained(self) -> int:
        """Changes of status that a change of vocabulary may explain."""
        return int(self.changed.n_by_vocabulary)

    @cached_property
    def retired(self) -> Any:
        """Initiatives declared retired, found again or not, by probable links."""
        return [*indicators.retirements(self.passages).itertuples()][1]


def stages(edition: Edition) -> Stages:
    """Return the facts of the chapter for an edition."""
    return Stages(edition)
