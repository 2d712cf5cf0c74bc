"""Facts of the chapter "Common needs": similar texts across portfolios."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.fact import Fact
from portrait.facts.published import similar
from portrait.facts.queries import Query, equals

MOST_NAMED = 3
"""Most portfolios that the text names."""


class Needs(ChapterFacts):
    """What initiatives of several portfolios have in common."""

    @cached_property
    def similar(self) -> pd.DataFrame:
        """Initiatives by group of similar texts (`linkage.needs.similar_groups`)."""
        return similar(self.edition)

    @cached_property
    def groups(self) -> Fact:
        """Groups of similar texts of two portfolios or more."""
        return self._of_groups("distinct", by="group")

    @cached_property
    def alike(self) -> Fact:
        """Initiatives in these groups."""
        return self._of_groups("count")

    @cached_property
    def sharing(self) -> Fact:
        """Portfolios in these groups."""
        return self._of_groups("distinct", by="portfolio_folded")

    @cached_property
    def main(self) -> Fact:
        """The portfolios with the most initiatives in these groups."""
        return self._of_groups("top", by="portfolio_folded", n=MOST_NAMED)

    @property
    def a_few_lead(self) -> bool:
        """Whether no more portfolios than the text names have the most of these initiatives."""
        return bool(self.main and self.main.numbers["listed"] <= MOST_NAMED)

    def _of_groups(self, formula: str, **asks: Any) -> Fact:
        why = "" if self.edition.has_texts else "reconstructed rows"
        of = Query("needs")(equals("edition", self.ask.edition))
        return self.ask.fact(formula, of=of, why=why, **asks)

    @property
    def has_groups(self) -> bool:
        """Whether any text is like one of another portfolio."""
        return bool(self.groups and self.groups.value)


def needs(edition: Edition) -> Needs:
    """Return the facts of the chapter "Common needs" for an edition."""
    return Needs(edition)
