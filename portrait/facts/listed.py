"""Facts of the annex "The initiatives reported"."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts


class Listed(ChapterFacts):
    """The initiatives of an edition, one by one."""

    @cached_property
    def detail(self) -> Edition:
        """The edition whose rows can be shown whole, or a specimen."""
        return self.edition.detail("name", "body", "category", "status")


def listed(edition: Edition) -> Listed:
    """Return the facts of the annex "The initiatives reported" for an edition."""
    return Listed(edition)
