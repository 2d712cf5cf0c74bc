"""Facts of one portfolio, category or body by its name, for a sentence of your own."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property

from portrait.editions.edition import Edition
from portrait.errors import WrongCall, did_you_mean, refuse_unknown
from portrait.facts import portfolio
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import CATEGORISED, NAMED_BODY, NAMED_PORTFOLIO, body_names_hold, renamed
from portrait.facts.fact import Fact
from portrait.facts.nothing import RENAMED
from portrait.facts.queries import Query, equals, published
from portrait.language.locales import LANGUAGES
from portrait.language.text import normalise

FIELDS = {"portfolio": "portfolio_folded", "category": "category", "body": "body"}
"""Columns of the published table by the field that a name is of."""


class NamedFacts(ChapterFacts):
    """What one portfolio, category or body declares; a portfolio is counted with its network.

    On reconstructed rows, a body has facts where its number was published.
    """

    def __init__(self, edition: Edition, field: str, name: str) -> None:
        super().__init__(edition)
        self.field, self.name = FIELDS[field], name
        self._is_of_totals = field == "body" and edition.reconstructed
        of_it = equals(self.field, name)
        self._now, self._before = self.ask.now(of_it), self.ask.before(of_it)

    @cached_property
    def n(self) -> Fact:
        """Its initiatives."""
        return self.ask.fact("count", why=self._untold(self._now), of=self._now)

    @cached_property
    def n_before(self) -> Fact:
        """Its initiatives in the previous edition."""
        return self.ask.fact("count", why=self._not_before, of=self._before)

    @cached_property
    def growth(self) -> Fact:
        """Change of their number since the previous edition."""
        why = self._untold(self._now) or self._not_before
        return self.ask.fact("change", why=why, after=self._now, before=self._before)

    @cached_property
    def share(self) -> Fact:
        """Its share of all initiatives."""
        return self.ask.fact("share", why=self._untold(self._now), part=self._now, whole=self.ask.now)

    @cached_property
    def share_before(self) -> Fact:
        """Its share of all initiatives of the previous edition."""
        return self.ask.fact("share", why=self._not_before, part=self._before, whole=self.ask.before)

    @cached_property
    def share_growth(self) -> Fact:
        """Change of its share since the previous edition, in points."""
        why = self._untold(self._now) or self._not_before
        return self.ask.fact(
            "share_change",
            why=why,
            part_after=self._now,
            whole_after=self.ask.now,
            part_before=self._before,
            whole_before=self.ask.before,
        )

    @cached_property
    def share_of_portfolio(self) -> Fact:
        """The share that a body has of the initiatives of its portfolio; absent of what has no portfolio."""
        rows = self.ask.rows(self._now)
        homes = sorted(set(rows["portfolio_folded"])) if self.field == "body" else []
        whole = self.ask.now(equals("portfolio_folded", homes[0] if homes else ""))
        why = self._untold(self._now) if len(homes) == 1 else "nothing to count"
        return self.ask.fact("share", why=why, part=whole(equals(self.field, self.name)), whole=whole)

    @cached_property
    def rank(self) -> Fact:
        """Its rank by number of initiatives; of a body of reconstructed rows, among published numbers."""
        ranked = {"portfolio_folded": (NAMED_PORTFOLIO,), "category": CATEGORISED, "body": (NAMED_BODY,)}
        among = (published("body"),) if self._is_of_totals else ranked[self.field]
        rows = self.ask.now(*among)
        return self.ask.fact("rank", why=self._untold(self._now), of=rows, by=self.field, item=self.name)

    def _untold(self, rows: Query) -> str:
        """Return why a body has no number: its rows are reconstructed, and nobody published it."""
        is_told = not self._is_of_totals or len(self.ask.rows(rows(published("body")))) > 0
        return "" if is_told else "reconstructed rows"

    @property
    def _not_before(self) -> str:
        """Why it has no number in the previous edition: that, or names there have another form."""
        if self.field == "category" or not self.edition.previous:
            return ""
        is_other = self.name in renamed(self.edition, self.field)
        holds = self.field != "body" or body_names_hold(self.edition)
        return self._untold(self._before) if holds and not is_other else RENAMED


def named(edition: Edition, field: str, name: str) -> NamedFacts:
    """Return the facts of a portfolio, a category or a body.

    Parameters
    ----------
    field
        ``portfolio``, ``category`` or ``body``.
    name
        As the file writes it, or its label in either language.

    Raises
    ------
    WrongCall
        The field is another, or no initiative of the edition or of the previous one has that name.
    """
    refuse_unknown("field", field, FIELDS)
    if field == "portfolio":
        return NamedFacts(edition, field, _portfolio(edition, name))
    years = [each for each in (edition, edition.previous) if each]
    known = dict.fromkeys(str(value) for each in years for value in each.initiatives[field].unique())
    called = {normalise(each): each for each in known}
    called |= {normalise(edition.source.label(field, each, to)): each for each in known for to in LANGUAGES}
    if normalise(name) not in called:
        where = f"{edition.source.id} {edition.year}"
        raise WrongCall(
            f"{where} has no {field} “{name}”.", did_you_mean(name, known).strip() or "See its file."
        )
    return NamedFacts(edition, field, called[normalise(name)])


def _portfolio(edition: Edition, name: str) -> str:
    """Return the portfolio of an edition with a name, or that of the previous edition."""
    try:
        return portfolio.find(edition, name)
    except WrongCall:
        if edition.previous:
            with suppress(WrongCall):
                return portfolio.find(edition.previous, name)
        raise
