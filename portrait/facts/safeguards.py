"""Facts of what a register asks about safeguards and the technique, in the register's own answers."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.errors import NotInEdition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import (
    IN_PRODUCTION,
    NAMED_PORTFOLIO,
    RETIRED_STATUS,
    alone_first,
    have_many_retired,
)
from portrait.facts.fact import Fact, Questions
from portrait.facts.nothing import NO_ROWS
from portrait.facts.queries import Query, differs, equals, filled, one_of
from portrait.facts.silence import Silence
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import NOT_TOLD, SAFEGUARDS, UNCLASSIFIED, UNKNOWN

SOME_PORTFOLIOS = 2
"""Portfolios that a sentence names as those of most of the initiatives it singles out."""

N_STATUSES = 3
"""Statuses that a sentence gives: production, development, retired."""

MOST_DRAWN = 3
"""Most answers of a list that a figure draws: each has a colour of its own."""


class Asked:
    """The answers to one question of the register, and where it has none.

    Parameters
    ----------
    field
        One of `SAFEGUARDS`.
    among
        Initiatives that are looked at.
    """

    def __init__(self, edition: Edition, ask: Questions, field: str, among: Query) -> None:
        self._ask, self._field, self._among = ask, field, among
        self._without = one_of(field, NOT_TOLD)
        terms = edition.source.terms(field, edition.year)
        self.is_asked = edition.source.publishes(field, edition.year) and bool(terms)
        """Whether the register asks it."""
        self.first = terms[0].name if terms else ""
        """The first term of its list, which the text singles out."""

    @property
    def _given(self) -> Query:
        field = self._field
        return self._among(filled(field), differs(field, UNKNOWN), differs(field, UNCLASSIFIED))

    @property
    def are_told(self) -> bool:
        """Whether enough initiatives have an answer for the text to speak of them."""
        return self.is_asked and bool(self.given.value >= SMALLEST_DENOMINATOR)

    @cached_property
    def given(self) -> Fact:
        """Initiatives that have an answer of the list."""
        return self._ask.fact("count", of=self._given)

    @cached_property
    def singled(self) -> Fact:
        """Initiatives with the first answer of the list."""
        return self._ask.fact("count", of=self._among(equals(self._field, self.first)))

    @cached_property
    def singled_share(self) -> Fact:
        """Their share of the initiatives that have an answer."""
        part = self._given(equals(self._field, self.first))
        return self._ask.fact("share", part=part, whole=self._given)

    @cached_property
    def main(self) -> Fact:
        """The most frequent answer of the list."""
        return self._ask.fact("top", of=self._given, by=self._field, n=1)

    @property
    def another_leads(self) -> bool:
        """Whether that is another answer than the first of the list."""
        return alone_first(self.main) not in ("", self.first)

    @property
    def _singled_by_portfolio(self) -> Query:
        return self._among(equals(self._field, self.first), NAMED_PORTFOLIO)

    @cached_property
    def portfolios_of_singled(self) -> Fact:
        """The portfolios that declare most of them."""
        of, n = self._singled_by_portfolio, SOME_PORTFOLIOS
        return self._ask.fact("top", of=of, by="portfolio_folded", n=n)

    @cached_property
    def share_of_portfolios(self) -> Fact:
        """Share that these portfolios declare of those that name one."""
        of, n = self._singled_by_portfolio, SOME_PORTFOLIOS
        return self._ask.fact("top_share", of=of, by="portfolio_folded", n=n)

    @cached_property
    def by_portfolio(self) -> pd.DataFrame:
        """The initiatives that are looked at by portfolio and answer (`indicators.answers_by`)."""
        rows = self._ask.rows(self._among)
        return indicators.answers_by(rows, self._field, group="portfolio_folded")

    @property
    def tells_share(self) -> bool:
        """Whether that share can be said of all: each names its portfolio, and none is tied with these."""
        share = self.share_of_portfolios
        return self.names_few and bool(share and share.numbers["whole"] == self.singled.value)

    @property
    def names_few(self) -> bool:
        """Whether the portfolios that declare most of them are two, with no tie, and others have some."""
        found = self.portfolios_of_singled
        return bool(found) and found.numbers["listed"] == SOME_PORTFOLIOS < found.numbers["whole"]

    @property
    def first_is_told(self) -> bool:
        """Whether any have it, of enough answers, and portfolios declare them."""
        return self.are_told and bool(self.portfolios_of_singled)

    @cached_property
    def silent(self) -> Fact:
        """Initiatives without an answer of the list."""
        return self._ask.fact("count", of=self._among(self._without))

    @cached_property
    def retired_silent(self) -> Fact:
        """Share of the retired initiatives that have no answer of the list."""
        retired = self._among(RETIRED_STATUS)
        return self._ask.fact("share", part=retired(self._without), whole=retired)

    @property
    def retired_lack_it(self) -> bool:
        """Whether a quarter or more of those without an answer are retired, ten at least."""
        return have_many_retired(self.retired_silent, self.silent)

    @cached_property
    def silent_share(self) -> Fact:
        """Their share of the initiatives that are looked at."""
        return self._ask.fact("share", part=self._among(self._without), whole=self._among)

    @cached_property
    def silence(self) -> Silence:
        """Portfolios that declare them."""
        return Silence(self._ask, "portfolio_folded", self._without, self._among)


class Safeguards(ChapterFacts):
    """Answers of this edition, question by question; a question that the register does not ask has none.

    Parameters
    ----------
    among
        The initiatives that are looked at; by default, all of the edition.
    """

    def __init__(self, edition: Edition, among: Query | None = None) -> None:
        super().__init__(edition)
        self._among = among or self.ask.now

    @cached_property
    def risk(self) -> Asked:
        """Risk level."""
        return self._answers("risk")

    @cached_property
    def notice(self) -> Asked:
        """Notice given that AI is used."""
        return self._answers("notice")

    @cached_property
    def personal_information(self) -> Asked:
        """Whether there is personal information."""
        return self._answers("personal_information")

    @cached_property
    def technique(self) -> Asked:
        """Technique of AI."""
        return self._answers("technique")

    @cached_property
    def assessment(self) -> Asked:
        """Impact assessment: of the watched initiatives where the register tells the risk, else of all."""
        return self._answers("assessment", self._watched if self.risk.are_told else None)

    def _answers(self, field: str, among: Query | None = None) -> Asked:
        return Asked(self.edition, self.ask, field, among or self._among)

    @property
    def _watched(self) -> Query:
        return self._among(equals("risk", self.risk.first), IN_PRODUCTION)

    @cached_property
    def watched(self) -> Fact:
        """Initiatives in production of the first risk level of the list."""
        return self.ask.fact("count", of=self._watched)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Initiatives by answer and status (`indicators.answers`); the watched ones alone are assessed."""
        rows = self.edition.initiatives
        watched = rows[rows["risk"] == self.risk.first] if self.risk.are_told else rows
        of = {"assessment": watched}
        found = [indicators.answers(of.get(name, rows), [name]) for name in self._asked]
        return pd.concat(found or [indicators.answers(rows, [])], ignore_index=True)

    @property
    def _asked(self) -> list[str]:
        return [name for name in SAFEGUARDS if name != "technique" and self._answers(name).is_asked]

    @property
    def are_told(self) -> bool:
        """Whether the register tells of any safeguard."""
        return any(self._answers(name).are_told for name in self._asked)

    @cached_property
    def unassessed(self) -> Fact:
        """Those of them without an answer on the assessment, however few answer about the risk."""
        return self._answers("assessment", self._watched).silent

    @cached_property
    def marked_by_status(self) -> Fact:
        """Initiatives of that risk level by the status that they state, most first."""
        stated = differs("status", UNKNOWN), differs("status", UNCLASSIFIED)
        marked = self._among(equals("risk", self.risk.first), *stated)
        return self.ask.fact("top", of=marked, by="status", n=N_STATUSES)

    @cached_property
    def without_assessment(self) -> Fact:
        """All initiatives without an answer on the assessment, whatever their risk and status."""
        return self._answers("assessment", self._among).silent

    @property
    def are_watched(self) -> bool:
        """Whether the register asks about risk and assessment, and some initiatives are watched."""
        return self.risk.is_asked and self.assessment.is_asked and bool(self.watched.value)

    @property
    def leaves_unanswered(self) -> bool:
        """Whether more of the watched initiatives lack an answer on the assessment than have the first."""
        asked = self.assessment
        return self.risk.are_told and asked.are_told and asked.silent.value > asked.singled.value

    @property
    def _blank_portfolio(self) -> str:
        """The portfolio of most of the watched initiatives without an answer on the assessment."""
        return alone_first(self.assessment.silence.main)

    @property
    def _of_blank(self) -> Query:
        """Its initiatives of the first level of risk, whatever their status."""
        return self._among(equals("portfolio_folded", self._blank_portfolio), equals("risk", self.risk.first))

    @cached_property
    def blank(self) -> Fact:
        """Those of them without an answer on the assessment."""
        return self._answers("assessment", self._of_blank).silent

    @property
    def one_is_blank(self) -> bool:
        """Whether one portfolio has most of the watched without an answer, and no answer at other stages."""
        if not self.leaves_unanswered or self.assessment.silence.n_main != 1:
            return False
        every = self.ask.fact("count", of=self._of_blank).value
        return bool(self.assessment.silence.main_share.numbers["part"] < self.blank.value == every)

    @cached_property
    def silent_elsewhere(self) -> Fact:
        """Share without an answer on the assessment of the watched initiatives of all others."""
        others = self._watched(differs("portfolio_folded", self._blank_portfolio))
        return self._answers("assessment", others).silent_share

    @property
    def main_is_told(self) -> bool:
        """Whether all initiatives are asked about the assessment, and another answer than the first leads."""
        return not self.risk.are_told and self.assessment.are_told and self.assessment.another_leads

    @property
    def drawn(self) -> str:
        """The question whose answers are drawn by portfolio: that of the heading, where some have no answer.

        It is empty where none is: a reconstruction, a list of many answers, or no portfolio.
        """
        is_of_assessment = self.finding == "assessed"
        field = "assessment" if is_of_assessment else "personal_information" if self.finding else ""
        is_other = not is_of_assessment and (self.leaves_unanswered or self.main_is_told)
        if not field or is_other or self.edition.reconstructed or not self.edition.gives("portfolio"):
            return ""
        asked = self.assessment if is_of_assessment else self.personal_information
        n_answers = len(self.edition.source.terms(field, self.edition.year))
        return field if n_answers <= MOST_DRAWN and asked.silence.groups.value > 0 else ""

    @property
    def draws_answers(self) -> bool:
        """Whether the answers on the assessment, which alone is asked, are drawn as the parts of one bar."""
        n_answers = len(self.edition.source.terms("assessment", self.edition.year))
        is_alone = self._asked == ["assessment"] and n_answers <= MOST_DRAWN
        return is_alone and self.main_is_told and not self.drawn

    @cached_property
    def by_portfolio(self) -> pd.DataFrame:
        """Initiatives by portfolio and answer to the question that is drawn (`indicators.answers_by`)."""
        if not self.drawn:
            raise NotInEdition(NO_ROWS)
        asked = self.assessment if self.drawn == "assessment" else self.personal_information
        return asked.by_portfolio

    @property
    def finding(self) -> str:
        """What the heading says: how many are assessed or have personal information; empty if neither."""
        assessed = self.risk.are_told and self.assessment.are_told and self.assessment.singled.value
        if assessed and self.watched.value >= SMALLEST_DENOMINATOR:
            return "assessed"
        told = self.personal_information.are_told and self.personal_information.singled.value
        return "personal information" if told else ""


def safeguards(edition: Edition) -> Safeguards:
    """Return the facts of the chapter "Safeguards" for an edition."""
    return Safeguards(edition)
