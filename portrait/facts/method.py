"""Facts of the annex "Method and glossary": the thresholds of a report."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.fact import Fact


class Method(ChapterFacts):
    """How the report counts."""

    @cached_property
    def smallest_denominator(self) -> Fact:
        """The fewest initiatives of which a percentage is given."""
        own = self.ask.dates(self.ask.edition)
        return self.ask.fact("parameter", of=own, field="smallest_denominator")


def method(edition: Edition) -> Method:
    """Return the facts of the annex for an edition."""
    return Method(edition)
