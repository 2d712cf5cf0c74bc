"""Facts of the chapter "Highlights": which findings the first page tells."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Any

from portrait.editions.edition import Edition
from portrait.facts.change import Change
from portrait.facts.chapter import ChapterFacts
from portrait.facts.contributions import has_rate
from portrait.facts.declaring import Declaring
from portrait.facts.fact import Fact
from portrait.facts.majority import first_of_status
from portrait.facts.needs import Needs
from portrait.facts.nothing import is_so
from portrait.facts.safeguards import Safeguards
from portrait.facts.stages import Stages
from portrait.facts.tasks import Tasks
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION
from portrait.language.dates import date
from portrait.language.locales import LANGUAGES
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.periods import own_date

MOST_IN_A_HIGHLIGHT = 3
"""Most portfolios that a highlight names."""
MOST_HIGHLIGHTS = 6
LEAST_SEEN = Fraction(1, 20)
"""Least part of the dots of the cover whose want of a status is seen before anything else."""


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

    @cached_property
    def safeguards(self) -> Safeguards:
        """What the register asks about safeguards."""
        return Safeguards(self.edition)

    @cached_property
    def tasks(self) -> Tasks:
        """What titles say that initiatives do."""
        return Tasks(self.edition)

    @cached_property
    def needs(self) -> Needs:
        """What initiatives of several portfolios have in common."""
        return Needs(self.edition)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The findings of the page: the first `MOST_HIGHLIGHTS` that hold, in the order of what they add.

        What the heading and the tiles say (the total, its growth, the status of most) is not said again.
        """
        change, stages, declaring = self.change, self.stages, self.declaring
        one_way, personal = not change.goes_both_ways, self.safeguards.personal_information
        holds: dict[str, Callable[[], Any]] = {
            "cause": lambda: self.cause,
            "slower": lambda: one_way and change.leader_growth_is_told,
            "falls": lambda: change.is_rise and change.goes_both_ways,
            "body": lambda: change.tells_body and one_way and not self._cause_names_body,
            "category": lambda: change.a_category_rises_most and one_way,
            "bodies that rose": lambda: change.only_bodies_rise,
            "silence": lambda: not stages.detail.is_specimen and stages.silence.is_all_named,
            "became": lambda: stages.outcomes.are_told,
            "found": lambda: stages.follows_statuses and stages.finds_all,
            "first body": lambda: declaring.some_are_told and declaring.first_is_told,
            "unanswered": lambda: self._unanswered_is_told,
            "risk": lambda: self.safeguards.risk.first_is_told and not self._unanswered_is_told,
            "assessment": lambda: self.safeguards.main_is_told and self.safeguards.assessment.singled.value,
            "share": lambda: self.growth_is_told and not stages.majority and self._share_is_told,
            "ten": lambda: declaring.heads_told,
            "breadth": lambda: change.is_rise and one_way and change.largest_rises.value > 1,
            "shared silence": lambda: self._silence_is_shared,
            "concentrated": lambda: declaring.is_concentrated and not self.edition.previous,
            "bodies": lambda: self._bodies_are_told,
            "main bodies": lambda: declaring.bodies_stand_alone and self._main_bodies_are_few,
            "technique": lambda: self._technique_is_told,
            "task": lambda: self.tasks.are_told and self.tasks.first and not self._technique_is_told,
            "personal information": lambda: personal.are_told and personal.singled.value,
            "needs": lambda: not self.edition.previous and self.needs.has_groups,
            "without status": lambda: not (self.edition.reconstructed or self.edition.gives("status")),
        }
        return tuple(finding for finding, asked in holds.items() if is_so(asked))[:MOST_HIGHLIGHTS]

    @property
    def _bodies_are_told(self) -> bool:
        """Whether bodies have the place of portfolios, which the file does not give, and some lead."""
        return self.declaring.bodies_stand_alone and self.declaring.ten_is_a_part

    @property
    def _unanswered_is_told(self) -> bool:
        """Whether the assessment of the watched initiatives is mostly unanswered, mainly in one portfolio."""
        silence = self.safeguards.assessment.silence
        return self.safeguards.leaves_unanswered and silence.is_whole_of_each and silence.n_main == 1

    @property
    def _cause_names_body(self) -> bool:
        """Whether the few portfolios that make a rise, all named, have the body that alone makes one's."""
        if self.cause != "few" or not self.change.body_makes_portfolio:
            return False
        return self.change.home_of_body <= set(self.change.largest_rises.names)

    @property
    def _technique_is_told(self) -> bool:
        """Whether the first technique of the list is a highlight, in place of the task of most titles."""
        technique = self.safeguards.technique
        return technique.first_is_told and technique.names_few

    @property
    def keeps_production(self) -> bool:
        """Whether, of initiatives that were in production, all are found, still so or retired."""
        then = self.stages.production_outcomes
        others = then.silent.value or then.in_development.value
        return self.stages.finds_all and then.are_split and not others

    @property
    def _main_bodies_are_few(self) -> bool:
        found = self.declaring.main_bodies
        return bool(found) and found.numbers["listed"] <= MOST_IN_A_HIGHLIGHT

    @property
    def leader_is_told(self) -> bool:
        """Whether a highlight tells the part of one portfolio in a rise."""
        change = self.change
        is_alone = self.cause == "leader" and not change.few_make_it
        return change.is_rise and (change.leader_is_the_cause or is_alone)

    @property
    def total_tells_leader(self) -> bool:
        """Whether the tile of the total, right below the heading, gives the rise without that portfolio."""
        is_counted = self.counted_by == "portfolio" and not self.edition.reconstructed
        return is_counted and self.growth_is_told and self.leader_is_told

    @property
    def counted_by(self) -> str:
        """Who reports, if the tile of the total says how many they are: four statuses leave them no tile."""
        retired = self.stages.retired_now
        return self.declaring.reporters if retired and retired.value else ""

    @property
    def is_only_counted(self) -> bool:
        """Whether its heading has numbers of initiatives and bodies alone: no growth, no status to tell."""
        bodies = self.declaring.bodies_stand_alone
        return bodies and not self.growth_is_told and not self.edition.gives("status")

    @property
    def defines_initiatives(self) -> bool:
        """Whether the source calls its records otherwise: a use case, a tool, an algorithm."""
        return bool(self.edition.source.own_unit("fr"))

    @property
    def updated_apart(self) -> dict[str, str]:
        """When the data were last updated, by language, if not in the month or the day that names them."""
        updated, named = self.edition.source.dates(self.edition.year).modified, own_date(self.edition.year)
        if not named or not updated or updated.startswith(named):
            return {}
        return {language: date(updated, language) for language in LANGUAGES}

    @property
    def _silence_is_shared(self) -> bool:
        """Whether a few of those that give no status for some initiatives hold most of these, all named."""
        silence = self.stages.silence
        is_known = not self.stages.detail.is_specimen and not silence.is_named
        if not is_known or not silence.n_main:
            return False
        return bool(silence.main_share.numbers["whole"] == self.stages.silent_now.value)

    @property
    def _share_is_told(self) -> bool:
        return self.stages.known >= SMALLEST_DENOMINATOR and not self.stages.border

    @property
    def _most_common_status(self) -> str:
        """The more common of production and development, unless they have two readings."""
        production, development = self.stages.in_production.value, self.stages.in_development.value
        if self.stages.border or production == development:
            return ""
        return PRODUCTION if production > development else DEVELOPMENT

    @cached_property
    def first_by_status(self) -> Fact | None:
        """The portfolios with the most initiatives of that status."""
        status = self._most_common_status
        return first_of_status(self.edition, self.ask, status) if status else None

    @property
    def dots_finding(self) -> str:
        """What the title of the dots of the cover says of what they draw.

        Where the dots have the colours of statuses, that is which few portfolios have none, if these hold
        `LEAST_SEEN` of all: their hollow dots are what one sees. Else, which have the most of the most common
        status, which no heading says. Where none is apart, it is its majority; or statuses are counted,
        unless they have two readings.
        """
        is_concentrated, stages = self.declaring.is_concentrated, self.stages
        if not stages.crosses_portfolios:
            if self.declaring.most_have_one:
                return "single"
            return "concentrated" if is_concentrated and self.edition.previous else ""
        if stages.finding == "silence" and stages.silent_part.value >= LEAST_SEEN:
            return "silence"
        if self.first_by_status:
            return f"first in {self._most_common_status}"
        if stages.majority:
            return stages.majority
        are_counted = not stages.border and min(stages.in_production.value, stages.in_development.value) > 0
        return "statuses" if are_counted else "concentrated" if is_concentrated else ""

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
    """Return the facts of the chapter "Highlights" for an edition."""
    return Essentials(edition)
