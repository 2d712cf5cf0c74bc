"""Facts of the chapter "What AI is used for": categories, and the benefits that bodies announce."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.change import Change
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import (
    CATEGORISED,
    NAMED_PORTFOLIO,
    RETIRED_STATUS,
    STATES_BENEFIT,
    STATES_NONE,
    WITHOUT_CATEGORY,
    WITHOUT_STATUS,
    have_many_retired,
    is_majority,
)
from portrait.facts.fact import Fact
from portrait.facts.published import coded
from portrait.facts.queries import Query, absent, equals, present, unlisted
from portrait.facts.safeguards import Asked, Safeguards
from portrait.facts.silence import Silence
from portrait.facts.tasks import Tasks
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import NOT_TOLD

N_MAIN = 3
"""Categories that are named as the largest."""
SMALLEST_CHANGE = Fraction(1, 10)
"""Smallest change of a share that is told, in percentage points."""


class Uses(ChapterFacts):
    """What the initiatives of an edition are for."""

    @cached_property
    def main_categories(self) -> Fact:
        """The three categories with most initiatives, and those tied with the third."""
        return self.ask.fact("top", of=self.ask.now(*CATEGORISED), by="category", n=N_MAIN)

    @cached_property
    def first_category(self) -> Fact:
        """The category with most initiatives, and those tied with it."""
        return self.ask.fact("top", of=self.ask.now(*CATEGORISED), by="category", n=1)

    @property
    def a_category_leads(self) -> bool:
        """Whether one category has more initiatives than any other."""
        first = self.first_category
        return bool(first) and first.numbers["listed"] == 1 < first.numbers["whole"]

    @cached_property
    def change(self) -> Change:
        """What changed since the previous edition."""
        return Change(self.edition)

    @property
    def another_rising(self) -> str:
        """The category that alone gained most since the previous edition; empty if it is the first."""
        if not self.change.a_category_rises_most:
            return ""
        gains, leads = self.change.first_category_rise.numbers, self.first_category.numbers
        return str(gains["name0"]) if gains["name0"] != leads["name0"] else ""

    @property
    def leads_all(self) -> bool:
        """Whether that category leads whatever category the initiatives without one would have."""
        found = self.main_categories.numbers
        return bool(found) and found["count0"] - found.get("count1", 0) > self.without_category.value

    @cached_property
    def first_share(self) -> Fact:
        """Share of the initiatives with a category that the first category has."""
        classified = self.ask.now(*CATEGORISED) if self.without_category.value else self.ask.now
        return self.ask.fact("share", part=self._of_first, whole=classified)

    @cached_property
    def first_holder(self) -> Fact:
        """The portfolio with most initiatives of that category, and those tied with it."""
        return self.ask.fact("top", of=self._of_first(NAMED_PORTFOLIO), by="portfolio_folded", n=1)

    @cached_property
    def first_holder_share(self) -> Fact:
        """Its share of the initiatives of that category."""
        of_it = self._of_first(equals("portfolio_folded", self.holder))
        return self.ask.fact("share", part=of_it, whole=self._of_first, why=self.first_holder.why_unnamed)

    @property
    def holder(self) -> str:
        """The name of that portfolio."""
        return self.first_holder.top_name

    @property
    def _of_first(self) -> Query:
        return self.ask.now(equals("category", self.first))

    @property
    def one_portfolio_makes_it(self) -> bool:
        """Whether one category leads, and one portfolio among others has most of its initiatives."""
        crossed = not self.edition.detail("category", "portfolio").is_specimen
        if not (self.a_category_leads and crossed and self.first_holder):
            return False
        is_alone = {*self.edition.initiatives["portfolio_folded"]} == {self.holder}
        return not is_alone and is_majority(self.first_holder_share)

    @property
    def one_holder(self) -> str:
        """That portfolio, if its part is in the heading, and the figure of this edition alone."""
        is_told = self.one_portfolio_makes_it and not self.leads_all
        return self.holder * (is_told and not self.edition.compares_categories)

    @cached_property
    def second_change(self) -> Fact:
        """Change of the second category since the previous edition."""
        return self._change_of(self.second)

    def _change_of(self, category: str) -> Fact:
        of_it = equals("category", category)
        now, before = self.ask.now(of_it), self.ask.before(of_it)
        return self.ask.fact("change", after=now, before=before, why=self._why_apart)

    @property
    def first(self) -> str:
        """The name of the first category."""
        return self.main_categories.top_name

    @property
    def second(self) -> str:
        """The name of the second one; empty where there is none."""
        return str(self.main_categories.numbers.get("name1", ""))

    @property
    def second_draws_near(self) -> bool:
        """Whether the same category was first, alone, and the second has come closer to it.

        Asked only where every initiative of both editions has a category, and no third one has as many.
        """
        found, then = self.main_categories, self.ask.before(*CATEGORISED)
        before = self.ask.fact("top", of=then, by="category", n=1).numbers
        change = self._change_of(self.first)
        if not (found and before and change and self.second_change) or self.without_category.value:
            return False
        first, second, third = (found.numbers.get(f"count{place}", 0) for place in range(3))
        is_whole = not self.ask.fact("count", of=self.ask.before(WITHOUT_CATEGORY)).value
        is_first = before["listed"] == 1 and before["name0"] == self.first
        is_second = first > second > third and second >= SMALLEST_DENOMINATOR
        is_nearer = change.numbers["difference"] < self.second_change.numbers["difference"]
        return bool(is_whole and is_first and is_second and is_nearer)

    @cached_property
    def of_the_main_ones(self) -> Fact:
        """Share of the initiatives with a category that the largest categories hold."""
        return self.ask.fact("top_share", of=self.ask.now(*CATEGORISED), by="category", n=N_MAIN)

    @property
    def has_main_ones(self) -> bool:
        """Whether there are more categories than those, and no tie decides which they are."""
        main, share = self.main_categories, self.of_the_main_ones
        return bool(main and share and main.numbers["listed"] == N_MAIN < main.numbers["whole"])

    @cached_property
    def portfolios_without(self) -> Fact:
        """Portfolios with most initiatives without a category."""
        of = self.ask.now(WITHOUT_CATEGORY, NAMED_PORTFOLIO)
        return self.ask.fact("top", of=of, by="portfolio_folded", n=N_MAIN)

    @property
    def tells_portfolios_without(self) -> bool:
        """Whether those portfolios are told: no tie lengthens the list, and there are others."""
        found = self.portfolios_without
        return bool(found) and found.numbers["listed"] == N_MAIN and not self.edition.reconstructed

    @cached_property
    def without_category(self) -> Fact:
        """Initiatives without a category of the closed list."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_CATEGORY))

    @cached_property
    def retired_without_category(self) -> Fact:
        """Share of the retired initiatives that have no category."""
        retired = self.ask.now(RETIRED_STATUS)
        return self.ask.fact("share", part=retired(WITHOUT_CATEGORY), whole=retired)

    @property
    def retired_lack_it(self) -> bool:
        """Whether a quarter or more of the initiatives without a category are retired, ten at least."""
        return have_many_retired(self.retired_without_category, self.without_category)

    @cached_property
    def silence(self) -> Silence:
        """Portfolios that declare the initiatives with neither a category nor a known status."""
        return Silence(self.ask, "portfolio_folded", WITHOUT_CATEGORY, self.ask.now(WITHOUT_STATUS))

    @cached_property
    def categories(self) -> pd.DataFrame:
        """Initiatives by category, none included; their change, where the previous edition has the same."""
        if self.edition.compares_categories:
            return indicators.change(self.by_category, "category", self.edition.year, self.before.year)
        return self.by_category[self.by_category.year == self.edition.year]

    @property
    def titled(self) -> list[str]:
        """The categories that the title of their figure is about, or else that of the chapter."""
        if self.tells_gains:
            return [self.another_rising]
        if self.tells_main:
            return self.main_categories.names
        return [self.first] if self.a_category_leads else []

    @property
    def tells_main(self) -> bool:
        """Whether that title is about the largest categories: of those classified, in one edition."""
        is_alone = not (self.tells_gains or self.edition.compares_categories)
        return bool(is_alone and self.has_main_ones and self.without_category.value)

    @property
    def tells_gains(self) -> bool:
        """Whether that title is about what one gained, as that of the chapter, and not about the largest."""
        return bool(self.another_rising and self.leads_all)

    @property
    def _why_apart(self) -> str:
        """The reason why no category is compared with the previous edition; empty where some are."""
        return "" if self.edition.compares_categories else "two vocabularies"

    @cached_property
    def share_gained(self) -> Fact:
        """Change, in points, of the share of the category whose share rose most."""
        return self._share_change(self._by_share_change[-1][1] if self._by_share_change else "")

    @cached_property
    def share_lost(self) -> Fact:
        """Change of the share of the category whose share fell most."""
        return self._share_change(self._by_share_change[0][1] if self._by_share_change else "")

    @property
    def category_gaining(self) -> str:
        """The category whose share rose most; empty where none rose by a tenth of a point, or two as much."""
        return self._alone(self._by_share_change[::-1], 1)

    @property
    def category_losing(self) -> str:
        """The category whose share fell most; empty where none fell by a tenth of a point, or two as much."""
        return self._alone(self._by_share_change, -1)

    @staticmethod
    def _alone(ranked: list[tuple[Fraction, str]], sign: int) -> str:
        ranked = [pair for pair in ranked if pair[0] * sign >= SMALLEST_CHANGE]
        alone = len(ranked) == 1 or (ranked and ranked[0][0] != ranked[1][0])
        return ranked[0][1] if alone else ""

    @cached_property
    def _by_share_change(self) -> list[tuple[Fraction, str]]:
        """Change of the share of each category of both editions, in points, the largest fall first."""
        if self._why_apart:
            return []
        names = sorted(set(self.by_category["category"]).difference(NOT_TOLD))
        found = ((self._share_change(name), name) for name in names)
        return sorted((change.value, name) for change, name in found if change)

    def _share_change(self, category: str) -> Fact:
        after, before = self.ask.now(*CATEGORISED), self.ask.before(*CATEGORISED)
        of_it = equals("category", category)
        asks: dict[str, Any] = {"part_after": after(of_it), "part_before": before(of_it)}
        asks |= {"whole_after": after, "whole_before": before, "why": self._why_apart}
        return self.ask.fact("share_change", **asks)

    @cached_property
    def relabelled(self) -> Fact:
        """Categories of both editions that the previous one does not publish under the same label."""
        return self._relabelled(self.ask.now, self.ask.previous, "category")

    @cached_property
    def labels_before(self) -> Fact:
        """Labels of these categories in the previous edition."""
        return self._relabelled(self.ask.before, self.ask.edition, "category_published")

    def _relabelled(self, rows: Query, other: str, by: str) -> Fact:
        changed = absent("category_published", other), present("category", other)
        every = len(self.edition.source.terms("category", self.edition.year))
        return self.ask.fact("top", of=rows(*CATEGORISED, *changed), by=by, n=every, why=self._why_apart)

    @property
    def has_relabelled(self) -> bool:
        """Whether both editions publish a category under labels that the other does not."""
        return bool(self.relabelled and self.labels_before)

    @cached_property
    def tasks(self) -> Tasks:
        """What titles say that the initiatives do."""
        return Tasks(self.edition)

    @cached_property
    def technique(self) -> Asked:
        """What the register tells of the technique of AI."""
        return Safeguards(self.edition).technique

    @cached_property
    def announced(self) -> Edition:
        """The edition whose benefits can be crossed with categories, or a specimen."""
        return self.edition.detail("benefits", "category")

    @cached_property
    def coded(self) -> pd.DataFrame:
        """Announced benefits coded by the codebook."""
        return coded(self.announced)

    @property
    def has_benefits(self) -> bool:
        """Whether the benefits of real rows are coded."""
        return self.edition.codes_benefits and not self.announced.is_specimen

    @cached_property
    def stating(self) -> Fact:
        """Initiatives that state a benefit."""
        return self.ask.fact("count", of=self.ask.now(STATES_BENEFIT))

    @cached_property
    def stating_none(self) -> Fact:
        """Initiatives that state none."""
        return self.ask.fact("count", of=self.ask.now(STATES_NONE))

    @cached_property
    def gains(self) -> Any:
        """How many initiatives announce a benefit, none, or one that no theme finds, specimens included."""
        return [*indicators.benefits_stated(self.coded).itertuples()][-1]

    @property
    def tells_themes(self) -> bool:
        """Whether themes of real rows are told, in shares."""
        return bool(self.has_benefits and self.gains.n_stated >= SMALLEST_DENOMINATOR)

    @property
    def tells_few_benefits(self) -> bool:
        """Whether real rows state benefits, too few for shares."""
        return bool(self.has_benefits and self.gains.n_stated and not self.tells_themes)

    def _top_themes(self, n: int) -> Fact:
        return self.ask.fact("top", of=Query("themes")(equals("edition", self.ask.edition)), by="theme", n=n)

    @cached_property
    def main_themes(self) -> Fact:
        """The three themes that most initiatives announce, and those tied with the third."""
        return self._top_themes(3)

    @cached_property
    def first_theme(self) -> Fact:
        """The theme that most initiatives announce, and those tied with it."""
        return self._top_themes(1)

    @property
    def a_task_leads(self) -> bool:
        """Whether no category leads, and one task does among the titles of portfolios."""
        return self.tasks.are_told and self.tasks.names_portfolios and not self.a_category_leads

    @property
    def title_counts_task(self) -> bool:
        """Whether the title of the chapter says how many titles name the first task."""
        return self.a_task_leads and not self.edition.source.facts.get("subject")

    @property
    def heading_counts_task(self) -> bool:
        """Whether the heading of the section on tasks says it."""
        told = bool(self.main_categories) and self.tasks.are_told and bool(self.tasks.first)
        return told and not self.title_counts_task

    @property
    def a_theme_leads(self) -> bool:
        """Whether texts are enough for shares, and more initiatives announce one theme than any other."""
        return bool(self.tells_themes and self.first_theme and self.first_theme.numbers["listed"] == 1)

    @cached_property
    def uncoded(self) -> Fact:
        """Texts that state a benefit in which no theme was found."""
        return self.ask.fact("count", "texts", of=self.ask.now(STATES_BENEFIT, unlisted("themes")))

    @cached_property
    def uncoded_share(self) -> Fact:
        """Their share of the texts that state a benefit."""
        stating = self.ask.now(STATES_BENEFIT)
        return self.ask.fact("share", "texts", part=stating(unlisted("themes")), whole=stating)

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Initiatives by theme of announced benefit."""
        return indicators.benefit_themes(self.coded, self.announced.themes)


def uses(edition: Edition) -> Uses:
    """Return the facts of the chapter "What AI is used for" for an edition."""
    return Uses(edition)
