"""Facts of the chapter "Highlights": which findings the first page tells."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.change import Change
from portrait.facts.chapter import ChapterFacts
from portrait.facts.contributions import has_rate
from portrait.facts.declaring import Declaring
from portrait.facts.stages import Stages

MOST_IN_A_HIGHLIGHT = 3
"""Most portfolios that a highlight names."""


class Essentials(ChapterFacts):
    """What the first page tells, from the facts of the other chapters."""

    @cached_property
    def change(self) -> Change:
        """What changed since the previous edition."""
        return Change(self.edition)

    @cached_property
    def declaring(self) -> Declaring:
        """Who declares."""
        return Declaring(self.edition)

    @cached_property
    def stages(self) -> Stages:
        """Where initiatives stand."""
        return Stages(self.edition)

    @property
    def growth_is_told(self) -> bool:
        """Whether the previous edition has enough initiatives for a rate of growth."""
        return has_rate(self.change.growth)

    @property
    def cause(self) -> str:
        """What makes the change: a ``few`` portfolios, one ``leader``, or none that a highlight can tell."""
        change = self.change
        main = change.largest_rises if change.is_rise else change.largest_falls
        if change.few_make_it and main.numbers["listed"] <= MOST_IN_A_HIGHLIGHT:
            return "few"
        return "leader" if change.growth_differs_without_leader else ""


def essentials(edition: Edition) -> Essentials:
    """Return the facts of the chapter for an edition."""
    return Essentials(edition)
