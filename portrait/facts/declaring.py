"""Facts of the chapter "Who declares": portfolios, those that came and left, and bodies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.change import Change
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import (
    NAMED_BODY,
    NAMED_PORTFOLIO,
    WITHOUT_BODY,
    WITHOUT_PORTFOLIO,
    alone_first,
    body_names_hold,
    renamed,
)
from portrait.facts.fact import Fact
from portrait.facts.nothing import RENAMED
from portrait.facts.queries import Query, absent, equals, published, unpublished

MOST_NAMED = 3
"""Most names of a list of portfolios or bodies in a sentence, ties apart."""


@dataclass(frozen=True)
class Group:
    """Some portfolios.

    Attributes
    ----------
    portfolios
        How many they are.
    initiatives
        How many initiatives they declare.
    names
        Those that declare most; the first alone, with those tied with it, where they are too many to name.
    """

    portfolios: Fact
    initiatives: Fact
    names: Fact

    @property
    def is_named(self) -> bool:
        """Whether all of them are named."""
        return bool(self.portfolios) and 0 < self.portfolios.value <= MOST_NAMED

    @property
    def is_long(self) -> bool:
        """Whether they are more than are named."""
        return bool(self.portfolios) and self.portfolios.value > MOST_NAMED


class Declaring(ChapterFacts):
    """Who declares the initiatives of an edition."""

    @cached_property
    def initiatives(self) -> Fact:
        """Initiatives of this edition."""
        return self.ask.fact("count", of=self.ask.now)

    @cached_property
    def bodies(self) -> Fact:
        """Bodies that declare any."""
        return self.ask.fact("distinct", of=self.ask.now(NAMED_BODY), by="body")

    @property
    def reporters(self) -> str:
        """What those that report are: ``body``, ``portfolio`` where bodies are not told apart, or nothing."""
        if self.grouping == "body" and not self.bodies_are_portfolios:
            return "body" if self.bodies.value else ""
        return "portfolio" if self.edition.gives("portfolio") else ""

    @cached_property
    def bodies_before(self) -> Fact:
        """Those of the previous edition."""
        return self.ask.fact("distinct", of=self.ask.before(NAMED_BODY), by="body")

    @cached_property
    def with_body(self) -> Fact:
        """Initiatives that name their body."""
        return self.ask.fact("count", of=self.ask.now(NAMED_BODY))

    @cached_property
    def without_body(self) -> Fact:
        """Initiatives that name none."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_BODY))

    @property
    def compares_bodies(self) -> bool:
        """Whether the numbers of bodies of the two editions compare: names hold from one to the other."""
        edition = self.edition
        return edition.previous is not None and edition.gives_in_both("body") and body_names_hold(edition)

    @cached_property
    def in_portfolios(self) -> Fact:
        """Portfolios that declare any, each counted with its network."""
        return self.ask.fact("distinct", of=self.ask.now(NAMED_PORTFOLIO), by="portfolio_folded")

    # Portfolios

    @cached_property
    def change(self) -> Change:
        """What changed since the previous edition."""
        return Change(self.edition)

    @cached_property
    def main_portfolios(self) -> Fact:
        """The portfolios of `main_share` if several, else those with most and those tied with the last."""
        n = self._n_apart if self._n_apart > 1 else indicators.LARGEST_GROUPS[0]
        return self.ask.fact("top", of=self.ask.now(NAMED_PORTFOLIO), by="portfolio_folded", n=n)

    @property
    def titled_portfolios(self) -> Fact:
        """The portfolios of `main_share`."""
        return self.largest_portfolio if self._n_apart == 1 else self.main_portfolios

    @cached_property
    def largest_portfolio(self) -> Fact:
        """The portfolio with most initiatives, and those tied with it."""
        return self.ask.fact("top", of=self.ask.now(NAMED_PORTFOLIO), by="portfolio_folded", n=1)

    @property
    def first_portfolio(self) -> str:
        """That portfolio, where there are others and none is tied with it; else empty."""
        return alone_first(self.largest_portfolio) if len(self.portfolio_counts) > 1 else ""

    @cached_property
    def largest_share(self) -> Fact:
        """Share of all initiatives that this portfolio declares."""
        part = self.ask.now(equals("portfolio_folded", self.first_portfolio))
        return self.ask.fact("share", part=part, whole=self.ask.now)

    @cached_property
    def main_share(self) -> Fact:
        """Share of the four largest portfolios, or of as many as part no tie."""
        rows, n = self.ask.now(NAMED_PORTFOLIO), self._n_apart
        return self.ask.fact("top_share", of=rows, by="portfolio_folded", n=n)

    @property
    def is_concentrated(self) -> bool:
        """Whether the share of the largest portfolios is a finding: there are others, and enough to share."""
        return bool(self.main_share) and self._n_apart > 0

    @property
    def _n_apart(self) -> int:
        return indicators.to_gap(self.portfolio_counts.values(), indicators.LARGEST_GROUPS[0])

    @property
    def titled(self) -> list[str]:
        """The portfolios in the heading of the chapter and in the title of their figure."""
        tells_all = self.is_concentrated and not self.without_portfolio.value
        return [*self.portfolio_counts][: self._n_apart] if tells_all else []

    @property
    def draws_portfolios(self) -> bool:
        """Whether the chapter draws these: where it draws the largest bodies, the cover alone does."""
        return bool(self.titled) and not (self.some_are_told and self.first_is_told)

    @cached_property
    def single_portfolios(self) -> Fact:
        """Portfolios that declare one initiative."""
        return self.ask.fact("groups", of=self.ask.now(NAMED_PORTFOLIO), by="portfolio_folded", size=1)

    @property
    def titles_single_portfolios(self) -> bool:
        """Whether the title of their figure says how many these are, and not what the largest report."""
        return len(self.portfolio_counts) > 1 and self.single_portfolios.value > 1 and not self.titled

    @property
    def tells_single_portfolios(self) -> bool:
        """Whether a sentence says it instead."""
        return self.single_portfolios.value > 0 and not self.titles_single_portfolios

    @cached_property
    def without_portfolio(self) -> Fact:
        """Initiatives that name no portfolio."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_PORTFOLIO))

    @cached_property
    def left(self) -> Group:
        """Portfolios of the previous edition that this one does not name."""
        return self._group(self.ask.before(NAMED_PORTFOLIO, absent("portfolio_folded", self.ask.edition)))

    @property
    def change_tells_left(self) -> bool:
        """Whether the chapter on changes tells of the only one of them."""
        return self.left.portfolios.value == 1 and self.change.tells_gone

    @cached_property
    def entered(self) -> Group:
        """Portfolios of this edition that the previous one does not name."""
        return self._group(self.ask.now(NAMED_PORTFOLIO, absent("portfolio_folded", self.ask.previous)))

    def _group(self, rows: Query) -> Group:
        by, why = "portfolio_folded", RENAMED if self._renames else ""
        portfolios = self.ask.fact("distinct", why=why, of=rows, by=by)
        n = 1 if portfolios and portfolios.value > MOST_NAMED else MOST_NAMED
        most = self.ask.fact("top", why=why, of=rows, by=by, n=n)
        return Group(portfolios, self.ask.fact("count", why=why, of=rows), most)

    @property
    def _renames(self) -> bool:
        return bool(renamed(self.edition, "portfolio_folded"))

    # Bodies whose number of initiatives others published

    @property
    def _told(self) -> tuple[Query, Query]:
        """Return the initiatives of the bodies whose number is published, and of the others."""
        rows = self.ask.now(NAMED_BODY)
        return rows(published("body")), rows(unpublished("body"))

    @property
    def some_are_told(self) -> bool:
        """Whether rows are reconstructed, and the number of some of their bodies is published."""
        return bool(self.detail.is_specimen and self.told_share and self.told.value and self.others.value > 1)

    @cached_property
    def told(self) -> Fact:
        """Bodies whose number of initiatives is published."""
        return self.ask.fact("distinct", of=self._told[0], by="body")

    @cached_property
    def told_share(self) -> Fact:
        """Share of the initiatives that are theirs."""
        return self.ask.fact("share", part=self._told[0], whole=self.ask.now)

    @cached_property
    def others(self) -> Fact:
        """Bodies whose number is not published."""
        return self.ask.fact("difference", of=self.ask.now(NAMED_BODY), less=self._told[0], by="body")

    @cached_property
    def left_to_others(self) -> Fact:
        """Initiatives of these other bodies."""
        return self.ask.fact("difference", of=self.ask.now(NAMED_BODY), less=self._told[0])

    @cached_property
    def most_told(self) -> Fact:
        """The bodies with the largest published numbers."""
        return self.ask.fact("top", of=self._told[0], by="body", n=5)

    @cached_property
    def largest_told(self) -> Fact:
        """The body with the largest published number."""
        return self.ask.fact("top", of=self._told[0], by="body", n=1)

    @cached_property
    def ten_told(self) -> Fact:
        """Share of the largest bodies that are drawn, between the bounds that unpublished numbers leave."""
        told, untold = self._told
        n = indicators.n_drawn(self.ask.rows(told)["body"].value_counts(), indicators.LARGEST_GROUPS[1])
        return self.ask.fact("top_share", of=told, by="body", n=n, unknown=untold)

    @property
    def first_is_told(self) -> bool:
        """Whether no unpublished number can reach the largest published one."""
        first, most = self.largest_told.numbers, self.ten_told.numbers.get("most")
        return most is not None and first["value"] > most and not first["tied"] and self.told.value > 1

    @cached_property
    def single_told(self) -> Fact:
        """Bodies that declare one initiative, between the bounds that unpublished numbers leave."""
        told, untold = self._told
        return self.ask.fact("groups", of=told, by="body", size=1, unknown=untold)

    @property
    def heads_told(self) -> bool:
        """Whether the heading is about these largest bodies: bodies are more than ten."""
        return self.some_are_told and bool(self.ten_told) and self.bodies.value > indicators.LARGEST_GROUPS[1]

    @property
    def single_is_told(self) -> bool:
        """Whether bodies declare one initiative, and unpublished numbers leave how many between bounds."""
        ends = self.single_told.numbers
        return bool(ends) and 0 < ends["lowest"] < ends["highest"]

    # Bodies that must declare

    @cached_property
    def obliged(self) -> Fact:
        """Bodies that must declare, by a list that the source has."""
        of = Query("obliged")(equals("edition", self.ask.edition))
        return self.ask.fact("distinct", "obliged", of=of, by="body")

    @cached_property
    def missing(self) -> Fact:
        """Those that the edition does not name."""
        of = Query("obliged")(equals("edition", self.ask.edition), equals("presence", "absent"))
        return self.ask.fact("distinct", "obliged", of=of, by="body")

    @cached_property
    def missing_names(self) -> Fact:
        """Their names, where they are few."""
        return self.ask.fact("top", "obliged", of=self.missing.asks["of"], by="body", n=MOST_NAMED)

    @property
    def tells_missing(self) -> bool:
        """Whether some of the bodies that must declare are not named by official rows."""
        return not self.detail.is_specimen and bool(self.missing) and self.missing.value > 0

    @property
    def missing_are_named(self) -> bool:
        """Whether they are few enough to be named."""
        return self.tells_missing and self.missing.value <= MOST_NAMED

    # Bodies of official rows

    @property
    def tells_bodies(self) -> bool:
        """Whether bodies of official rows may carry a finding, and are not the portfolios again."""
        return self.reporters == "body" and self.bodies_differ and not self.detail.is_specimen

    @cached_property
    def ten_bodies(self) -> Fact:
        """Share of the ten largest bodies, or of as many as part no tie."""
        n = indicators.to_gap(self._body_counts.values(), indicators.LARGEST_GROUPS[1])
        return self.ask.fact("top_share", of=self.ask.now(NAMED_BODY), by="body", n=n)

    @property
    def ten_is_a_part(self) -> bool:
        """Whether the ten largest bodies are a part of all, and each initiative names its body."""
        is_part = bool(self.ten_bodies) and self.ten_bodies.numbers["n"] > 0
        return is_part and self.ten_bodies.numbers["whole"] == self.initiatives.value

    @property
    def bodies_stand_alone(self) -> bool:
        """Whether bodies have the place of portfolios, which the file does not give."""
        return self.tells_bodies and not self.edition.gives("portfolio")

    @property
    def most_have_one(self) -> bool:
        """Whether, of bodies in the place of portfolios, most declare one initiative, as the heading says."""
        return self.bodies_stand_alone and 2 * self.single.value > self.bodies.value

    @property
    def leads_by_ten(self) -> bool:
        """Whether the share of the ten largest is that heading."""
        return self.bodies_stand_alone and self.ten_is_a_part and not self.most_have_one

    @property
    def heads_ten(self) -> bool:
        """Whether it is the heading of the section on bodies instead."""
        return self.tells_bodies and self.ten_is_a_part and not self.leads_by_ten

    @cached_property
    def main_bodies(self) -> Fact:
        """The bodies with most initiatives: one name fewer where a tie would make the list longer."""
        of = self.ask.now(NAMED_BODY)
        most, fewer = (self.ask.fact("top", of=of, by="body", n=n) for n in (MOST_NAMED, MOST_NAMED - 1))
        return fewer if most.numbers.get("tied") and not fewer.numbers["tied"] else most

    @cached_property
    def single(self) -> Fact:
        """Bodies that declare one initiative."""
        return self.ask.fact("groups", of=self.ask.now(NAMED_BODY), by="body", size=1)

    @cached_property
    def detail(self) -> Edition:
        """The edition whose bodies can be counted, or a specimen."""
        return self.edition.detail("body")

    @cached_property
    def per_body(self) -> pd.DataFrame:
        """Initiatives of each body."""
        return indicators.initiatives_per_body(self.detail.initiatives)

    @property
    def bodies_differ(self) -> bool:
        """Whether at least three bodies of real rows declare different numbers of initiatives."""
        counts = self._body_counts
        return not self.detail.is_specimen and len(counts) >= 3 and len(set(counts.values())) > 1

    @property
    def _body_counts(self) -> dict[str, int]:
        return indicators.named_counts(self.per_body, "body", self.edition.year)

    @cached_property
    def portfolios(self) -> pd.DataFrame:
        """Initiatives by portfolio, with the change since the previous edition where names compare."""
        if not self.edition.gives_in_both("portfolio") or self._renames:
            return self.by_portfolio[self.by_portfolio.year == self.edition.year]
        return indicators.change(self.by_portfolio, "portfolio", self.edition.year, self.before.year)

    @cached_property
    def networks(self) -> pd.DataFrame:
        """Initiatives by portfolio as published, networks apart."""
        return indicators.portfolios(self.edition.all_initiatives)


def declaring(edition: Edition) -> Declaring:
    """Return the facts of the chapter "Who declares" for an edition."""
    return Declaring(edition)
