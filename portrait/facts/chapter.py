"""What the chapters of a report have in common: an edition, and its counts by year."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.errors import NotInEdition
from portrait.facts.conditions import body_names_hold
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import NO_EARLIER, NO_FIELD, Facts


def row_before(table: pd.DataFrame) -> Any:
    """Return the last row but one of a table by year: that of the previous edition.

    Raises
    ------
    NotInEdition
        There is no previous edition.
    """
    if len(table) < 2:
        raise NotInEdition(NO_EARLIER)
    return [*table.itertuples()][-2]


class ChapterFacts(Facts):
    """Facts of one chapter, each computed when a cell first asks for it.

    Parameters
    ----------
    edition
        The edition that the chapter is about. A fact about the previous edition is `Nothing` where there
        is none.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def ask(self) -> Questions:
        """Asks the edition for facts."""
        return Questions(self.edition)

    @cached_property
    def interval(self) -> Fact:
        """Months from the collection of the previous edition to this one."""
        now, before = self.ask.dates(self.ask.edition), self.ask.dates(self.ask.previous)
        return self.ask.fact("interval", "months", after=now, before=before)

    @cached_property
    def smallest_denominator(self) -> Fact:
        """The fewest initiatives of which a percentage is given."""
        return self._threshold("smallest_denominator", "initiatives")

    def _threshold(self, field: str, unit: str = "editions") -> Fact:
        """Return a field of the table of editions; its unit is "editions" where it counts nothing."""
        return self.ask.fact("parameter", unit, of=self.ask.dates(self.ask.edition), field=field)

    @cached_property
    def volume(self) -> pd.DataFrame:
        """Initiatives, bodies and portfolios by year, as `indicators.volume` returns them."""
        return _volume(self.edition)

    @cached_property
    def now(self) -> Any:
        """The row of `volume` for this edition."""
        return [*self.volume.itertuples()][-1]

    @cached_property
    def before(self) -> Any:
        """The row of `volume` for the previous edition."""
        return row_before(self.volume)

    @cached_property
    def maturity(self) -> pd.DataFrame:
        """Initiatives by status and year, as `indicators.maturity` returns them."""
        if not self.edition.gives("status"):
            raise NotInEdition(NO_FIELD)
        return indicators.maturity(self.edition.all_initiatives)

    @cached_property
    def status(self) -> Any:
        """The row of `maturity` for this edition."""
        return [*self.maturity.itertuples()][-1]

    @property
    def known(self) -> int:
        """Initiatives in production or in development."""
        return int(self.status.n_production + self.status.n_development)

    @property
    def silent(self) -> int:
        """Initiatives whose status is unknown or not yet classified."""
        return int(self.status.n_unknown + self.status.n_unclassified)

    @cached_property
    def by_category(self) -> pd.DataFrame:
        """Initiatives by category and year."""
        return indicators.categories(self.edition.all_initiatives)

    @cached_property
    def by_portfolio(self) -> pd.DataFrame:
        """Initiatives by portfolio and year, each portfolio counted with its network."""
        return indicators.portfolios(self.edition.all_initiatives, folded=True)

    @cached_property
    def portfolio_counts(self) -> dict[str, int]:
        """Initiatives of this edition by named portfolio."""
        return indicators.named_counts(self.by_portfolio, "portfolio", self.edition.year)

    @property
    def bodies_are_portfolios(self) -> bool:
        """Whether each body is a portfolio by itself."""
        return bool(self.edition.initiatives.body.equals(self.edition.initiatives.portfolio))

    @property
    def grouping(self) -> str:
        """The column that says who declares: bodies, or portfolios where bodies are known approximately.

        They are too where the names of the previous edition do not hold (`conditions.body_names_hold`), or
        where the file gives no body. Where it gives no portfolio, bodies declare, even if approximate.
        """
        edition = self.edition
        is_known = not edition.gives("portfolio") or not edition.source.facts.get("bodies_note")
        return (
            "body" if edition.gives("body") and is_known and body_names_hold(edition) else "portfolio_folded"
        )


@once("volume")
def _volume(edition: Edition) -> pd.DataFrame:
    return indicators.volume(edition.all_initiatives)
