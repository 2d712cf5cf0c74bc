"""Facts of the annex "Revisions": published figures that changed since, and versions of files."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.indicators import revisions
from portrait.indicators.versions import file_versions
from portrait.language.periods import EditionId


class Revised(ChapterFacts):
    """Figures of earlier editions that changed since they were published, and versions of files."""

    @cached_property
    def changes(self) -> pd.DataFrame:
        """One row per published figure that changed."""
        return revisions.revisions(self.edition)

    @property
    def released(self) -> EditionId | None:
        """Year of the last edition recorded as published; ``None`` where there is none."""
        return revisions.last_release(self.edition)

    @cached_property
    def versions(self) -> pd.DataFrame:
        """One row per version of a file that has several."""
        table = file_versions(self.edition)
        return table[table.duplicated(["edition", "file"], keep=False)]

    @property
    def n_revised(self) -> int:
        """Figures revised, by another file or by a name that was recorded."""
        return int((self.changes["mark"] == revisions.REVISED).sum())

    @property
    def n_corrected(self) -> int:
        """Figures corrected, because they were wrong."""
        return int((self.changes["mark"] == revisions.CORRECTED).sum())


def revised(edition: Edition) -> Revised:
    """Return the facts of the annex "Revisions" for an edition."""
    return Revised(edition)
