"""Facts of the profile of a portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.facts.nothing import Facts, previous_of
from portrait.facts.portfolio import Profile
from portrait.language.text import normalise
from portrait.registers.source import RecordedName

MOST_SHARED = 6
"""Most groups of similar texts that a profile names."""


class ProfileFacts(Facts):
    """What one portfolio declares, each fact computed when a cell first asks for it.

    Parameters
    ----------
    profile
        The portfolio, as `portfolio.open_profile` returns it.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._year = profile.whole.year

    @property
    def n(self) -> int:
        """Initiatives of the portfolio this year."""
        return self.profile.n_initiatives

    @property
    def n_all(self) -> int:
        """Initiatives of the whole edition."""
        return len(self.profile.whole.initiatives)

    @property
    def n_before(self) -> int:
        """Initiatives of the portfolio in the previous edition; 0 where there is none."""
        return self.profile.n_before

    @property
    def n_alike(self) -> int:
        """Initiatives whose text is like those of other portfolios."""
        return len(self.profile.alike)

    @property
    def shared_words(self) -> list[str]:
        """The words of their titles, one text a group: first the groups of most portfolios."""
        return self.profile.alike.sort_values("group")["words"].unique().tolist()[:MOST_SHARED]

    @property
    def networks(self) -> pd.DataFrame:
        """Initiatives by portfolio as published, networks apart."""
        return indicators.portfolios(self.profile.edition.all_initiatives)

    @cached_property
    def body_counts(self) -> dict[str, int]:
        """Initiatives by body of the portfolio."""
        per_body = indicators.initiatives_per_body(self.profile.detail.initiatives)
        return indicators.named_counts(per_body, "body", self._year)

    @cached_property
    def published_bodies(self) -> dict[str, int]:
        """Initiatives of the bodies whose number others published and whose portfolio is this one."""
        whole = self.profile.whole
        published = whole.published.get("editions", {}).get(self._year, {}).get("by_body_known", {})
        names, folded = (whole.source.mapped(each, self._year) for each in ("body", "portfolio_folded"))

        def portfolio_of(figure: Mapping[str, Any]) -> str:
            placed = str(figure.get("portfolio", ""))
            return folded.get(normalise(placed), placed)

        return {
            names.get(normalise(name), name.strip()): figure["initiatives"]
            for name, figure in published.items()
            if portfolio_of(figure) == self.profile.portfolio
        }

    @cached_property
    def status(self) -> Any:
        """The row of `indicators.maturity` of the portfolio."""
        [row] = indicators.maturity(self.profile.detail.initiatives).itertuples()
        return row

    @property
    def known(self) -> int:
        """Initiatives in production or in development."""
        return int(self.status.n_production + self.status.n_development)

    @property
    def silent(self) -> int:
        """Initiatives whose status is unknown or not yet classified."""
        return int(self.status.n_unknown + self.status.n_unclassified)

    @property
    def border(self) -> RecordedName | None:
        """The status label of this year that is on the border of production, if any."""
        return self.profile.detail.source.border_label(self._year)

    @property
    def n_past_border(self) -> int:
        """Initiatives in production, without those that bear that label."""
        labels = self.profile.detail.initiatives["status_published"].map(normalise)
        n_border = int((labels == self.border.key).sum()) if self.border else 0
        return int(self.status.n_production) - n_border

    @cached_property
    def statuses(self) -> pd.DataFrame:
        """Initiatives by status and year."""
        return indicators.statuses(self.profile.detail.all_initiatives)

    @property
    def status_counts(self) -> pd.Series:
        """Initiatives of this year by status."""
        return self.statuses[self.statuses.year == self._year].set_index("status").n_initiatives

    @cached_property
    def beside(self) -> pd.DataFrame:
        """Categories of the portfolio beside those of all portfolios."""
        detail = self.profile.detail
        return indicators.against_whole(detail.initiatives, self.profile.all_detail.initiatives, "category")

    @property
    def category_counts(self) -> pd.Series:
        """Initiatives by category, those without one last."""
        return indicators.unnamed_last(self.beside, "category").set_index("category").n_initiatives

    @property
    def named_categories(self) -> dict[str, int]:
        """Initiatives by category of the closed list."""
        by_category = indicators.categories(self.profile.detail.initiatives)
        return indicators.named_counts(by_category, "category", self._year)

    @property
    def has_category_table(self) -> bool:
        """Whether categories stand in a table: a specimen, or too few initiatives for a figure of shares."""
        is_table = self.profile.detail.is_specimen or not self.profile.in_shares
        return bool(self.named_categories) and not self.profile.in_words and is_table

    # From one year to the next

    @property
    def _both(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        own = self.profile.edition
        return previous_of(own).initiatives, own.initiatives

    @cached_property
    def _found(self) -> list[Any]:
        return [*indicators.persistence(*self._both, self.profile.edition.links).itertuples()]

    @property
    def found_strictly(self) -> Any:
        """Initiatives found again by strict links."""
        return self._found[0]

    @property
    def found(self) -> Any:
        """Initiatives found again by probable links or surer."""
        return self._found[1]

    @property
    def found_possibly(self) -> Any:
        """Initiatives found again by possible links or surer."""
        return self._found[2]

    @cached_property
    def _passages(self) -> pd.DataFrame:
        own = self.profile.edition
        return indicators.transitions(*self._both, own.links, own.overlaps)

    @cached_property
    def changed(self) -> Any:
        """Initiatives found in another status, by probable links."""
        return [*indicators.state_changes(self._passages).itertuples()][1]

    @cached_property
    def converted(self) -> Any:
        """Initiatives that passed from development to production, by probable links."""
        return [*indicators.conversion(self._passages).itertuples()][1]


def profile(of: Profile) -> ProfileFacts:
    """Return the facts of the profile of a portfolio."""
    return ProfileFacts(of)
