"""Facts of the chapter "Common needs": registers side by side."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.indicators import comparisons
from portrait.indicators.comparisons import Register


class Needs(ChapterFacts):
    """What other registers count."""

    @cached_property
    def registers(self) -> tuple[Register, ...]:
        """Totals published about this register and others; empty where there is none to compare."""
        return comparisons.registers(self.edition)

    @cached_property
    def charted(self) -> tuple[Register, ...]:
        """Registers whose share in production can be drawn."""
        return comparisons.charted(self.registers)

    @property
    def has_shares(self) -> bool:
        """Whether enough registers publish their statuses for a figure."""
        return len(self.charted) >= comparisons.FEWEST


def needs(edition: Edition) -> Needs:
    """Return the facts of the chapter for an edition."""
    return Needs(edition)
