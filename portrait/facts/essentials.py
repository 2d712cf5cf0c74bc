"""Facts of the chapter "The essentials": the highlights."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.highlights import Headlines, headlines


class Essentials(ChapterFacts):
    """What should be remembered of an edition."""

    @cached_property
    def headline(self) -> Headlines:
        """The eight claims of the highlights."""
        return headlines(self.edition)


def essentials(edition: Edition) -> Essentials:
    """Return the facts of the chapter for an edition."""
    return Essentials(edition)
