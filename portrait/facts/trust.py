"""Facts of the chapter "How far to trust it": scope, completeness, findings of the check, reconciliation."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from portrait.checks.check import check
from portrait.checks.findings import Finding
from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.indicators import quality, reconciliation


class Trust(ChapterFacts):
    """How far an edition can be trusted.

    Parameters
    ----------
    data
        The folder that the edition was opened from; by default the project's own.
    """

    def __init__(self, edition: Edition, data: str | Path = "") -> None:
        super().__init__(edition)
        self._data = data

    @property
    def reproduces_totals(self) -> bool:
        """Whether the rows reproduce every published total."""
        return reconciliation.reproduces_totals(self.edition)

    @cached_property
    def completeness(self) -> pd.DataFrame:
        """How complete each field is, by year."""
        return quality.completeness(self.edition)

    @cached_property
    def recodes(self) -> pd.DataFrame:
        """Published values that were recoded."""
        return quality.recodes(self.edition)

    @cached_property
    def set_aside(self) -> pd.DataFrame:
        """Rows that are not initiatives, with the reason."""
        return quality.quarantined(self.edition)

    @cached_property
    def identical(self) -> pd.DataFrame:
        """Rows that repeat another row in each field that is read."""
        return quality.identical_rows(self.edition)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the check found in the file, warnings first."""
        return check(self.edition, data=self._data)

    @property
    def n_warnings(self) -> int:
        """Findings that ask for a decision."""
        return sum(each.severity == "warning" for each in self.findings)

    @property
    def n_notes(self) -> int:
        """Findings to know, without a decision."""
        return sum(each.severity == "note" for each in self.findings)

    @cached_property
    def published(self) -> pd.DataFrame:
        """Figures that others published, each beside ours."""
        return reconciliation.published_figures(self.edition)

    @property
    def n_published(self) -> int:
        """Figures that others published and that can be compared with ours."""
        return len(self.published)

    @property
    def n_agreeing(self) -> int:
        """Published figures that agree with ours."""
        return int((self.published.verdict == reconciliation.AGREES).sum())

    def statements(self, language: str) -> pd.DataFrame:
        """Return claims that others published about the edition, each beside what the rows give."""
        return reconciliation.published_claims(self.edition, language)


def trust(edition: Edition, data: str | Path = "") -> Trust:
    """Return the facts of the chapter for an edition."""
    return Trust(edition, data)
