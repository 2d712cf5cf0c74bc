"""Facts of the annex of specimens: what the official rows will allow, on made-up rows."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.declaring import Declaring
from portrait.facts.listed import Listed
from portrait.facts.mix import Mix
from portrait.facts.spread import Spread
from portrait.facts.stages import Stages
from portrait.facts.uses import Uses


class Specimens(ChapterFacts):
    """The facts of other chapters whose figures and tables are specimens on reconstructed rows."""

    @cached_property
    def declaring(self) -> Declaring:
        """Who declares."""
        return Declaring(self.edition)

    @cached_property
    def uses(self) -> Uses:
        """What the initiatives are for."""
        return Uses(self.edition)

    @cached_property
    def stages(self) -> Stages:
        """Where they stand."""
        return Stages(self.edition)

    @cached_property
    def listed(self) -> Listed:
        """The initiatives one by one."""
        return Listed(self.edition)

    @cached_property
    def spread(self) -> Spread:
        """How they are spread."""
        return Spread(self.edition)

    @cached_property
    def mix(self) -> Mix:
        """Portfolios crossed with categories."""
        return Mix(self.edition)


def specimens(edition: Edition) -> Specimens:
    """Return the facts of the annex of specimens for an edition."""
    return Specimens(edition)
