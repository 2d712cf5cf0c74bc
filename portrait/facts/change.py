"""Facts of the chapter "What changed": growth since the previous edition, and what makes it."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts.conditions import (
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    NAMED_BODY,
    NAMED_PORTFOLIO,
    RETIRED_STATUS,
    WITHOUT_PORTFOLIO,
    WITHOUT_STATUS,
    body_names_hold,
    is_new_name,
    renamed,
)
from portrait.facts.contributions import EVERY, Contributions, has_rate, percent
from portrait.facts.fact import Fact
from portrait.facts.nothing import previous_of
from portrait.facts.queries import Query, absent, differs, linked, present, published, unlinked
from portrait.facts.series import Series


class Change(Contributions):
    """What changed since the previous edition; `Nothing` where there is none."""

    # The whole, and the portfolios

    @cached_property
    def total_before(self) -> Fact:
        """Initiatives of the previous edition."""
        return self.ask.fact("count", of=self.ask.before)

    @cached_property
    def total(self) -> Fact:
        """Initiatives of this edition."""
        return self.ask.fact("count", of=self.ask.now)

    @cached_property
    def production_growth(self) -> Fact:
        """Growth of the number of initiatives in production."""
        return self.ask.growth(IN_PRODUCTION)

    @property
    def tells_production(self) -> bool:
        """Whether statuses compare, and a net rise comes with one of initiatives in production."""
        compared = self.edition.compares_statuses and self.is_rise and self.production_growth
        return bool(compared) and self.production_growth.numbers["difference"] > 0

    @cached_property
    def development_growth(self) -> Fact:
        """Growth of the number of initiatives in development."""
        return self.ask.growth(IN_DEVELOPMENT)

    @cached_property
    def silent_growth(self) -> Fact:
        """Growth of the number of initiatives of unknown status."""
        return self.ask.growth(WITHOUT_STATUS)

    @property
    def tells_other_statuses(self) -> bool:
        """Whether initiatives in development and of unknown status rose as well as those in production."""
        others = (self.development_growth, self.silent_growth)
        return self.tells_production and all(each and each.numbers["difference"] > 0 for each in others)

    @cached_property
    def growth_in_both(self) -> Fact:
        """Growth in the portfolios that both editions name."""
        now, before = self._in_both
        return self.ask.fact("change", after=now, before=before)

    @property
    def few_stand_out(self) -> bool:
        """Whether a few portfolios make most of a rise, and others rose too."""
        return self.is_rise and self.few_make_it and self.largest_rises.numbers["others"] > 0

    @property
    def names_differ(self) -> bool:
        """Whether portfolios are compared, one is in one edition alone, and those of both allow a rate."""
        if not self.edition.previous or self.portfolios_are_renamed:
            return False
        apart = self.portfolios_only_now.value or self.portfolios_only_before.value
        return bool(apart) and has_rate(self.growth_in_both)

    @property
    def _in_both(self) -> tuple[Query, Query]:
        """The initiatives, now and before, of the portfolios that both editions name."""
        ask, field = self.ask, "portfolio_folded"
        now, before = present(field, ask.previous), present(field, ask.edition)
        return ask.now(NAMED_PORTFOLIO, now), ask.before(NAMED_PORTFOLIO, before)

    @cached_property
    def portfolios_in_both(self) -> Fact:
        """Portfolios that both editions name."""
        return self._named(self._in_both[0])

    def _named(self, rows: Query) -> Fact:
        return self.ask.fact("distinct", of=rows, by="portfolio_folded")

    @property
    def _only_now(self) -> Query:
        return self.ask.now(NAMED_PORTFOLIO, absent("portfolio_folded", self.ask.previous))

    @property
    def _only_before(self) -> Query:
        return self.ask.before(NAMED_PORTFOLIO, absent("portfolio_folded", self.ask.edition))

    @cached_property
    def portfolios_only_now(self) -> Fact:
        """Portfolios absent from the previous edition."""
        return self._named(self._only_now)

    @cached_property
    def portfolios_only_before(self) -> Fact:
        """Portfolios of the previous edition that this one does not name."""
        return self._named(self._only_before)

    @cached_property
    def unnamed_before(self) -> Fact:
        """Initiatives of the previous edition that name no portfolio."""
        return self.ask.fact("count", of=self.ask.before(WITHOUT_PORTFOLIO))

    @cached_property
    def unnamed(self) -> Fact:
        """Initiatives of this edition that name no portfolio."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_PORTFOLIO))

    @property
    def some_are_unnamed(self) -> bool:
        """Whether both editions give portfolios, and initiatives of either name none."""
        given = self.edition.gives_in_both("portfolio")
        return given and bool(self.unnamed.value or self.unnamed_before.value)

    @property
    def portfolios_are_renamed(self) -> bool:
        """Whether links show a portfolio under a new name, so that none is compared."""
        return bool(renamed(self.edition, "portfolio_folded"))

    @cached_property
    def _by_portfolio(self) -> pd.DataFrame:
        parts = indicators.decomposition(
            self.edition.all_initiatives, "portfolio_folded", self.edition.year, self.before.year
        )
        return indicators.growth(parts)

    @property
    def only_fall_is_gone(self) -> bool:
        """Whether one portfolio alone fell, because this edition does not name it."""
        return self.tells_gone and self.largest_falls.value == self.portfolios_only_before.value == 1

    # The bodies

    @cached_property
    def new_body(self) -> Fact:
        """The body of the largest rise with most initiatives, of those that the previous edition lacks."""
        of = self.ask.now(self._of_leader, NAMED_BODY, absent("body", self.ask.previous))
        return self.ask.fact("top", of=of, by="body", n=1)

    @property
    def tells_new_body(self) -> bool:
        """Whether it makes half of that rise or more, and its name holds no earlier one, nor one holds it."""
        if not self.leader_turned or not self.new_body or self.new_body.numbers["listed"] > 1:
            return False
        name, n = (self.new_body.numbers[each] for each in ("name0", "count0"))
        is_most = 2 * n >= self.leader_now.value - self.leader_before.value
        return is_most and is_new_name(name, previous_of(self.edition), self.leader)

    @cached_property
    def growth_of_leader(self) -> Fact:
        """Growth of the number of initiatives of the largest rise."""
        return self.ask.growth(self._of_leader)

    @property
    def leader_holds_growth_back(self) -> bool:
        """Whether the total rose, and the others together by a larger percentage of what they had."""
        changes = (self.growth_without_leader, self.growth_of_leader)
        if not self.is_rise or not all(map(has_rate, changes)):
            return False
        others, own = map(percent, changes)
        return bool(others > own)

    @property
    def leader_growth_is_told(self) -> bool:
        """Whether that is told: every initiative names a portfolio, so that the others are all the others."""
        holds_back = self.growth_differs_without_leader and self.leader_holds_growth_back
        return holds_back and not self.some_are_unnamed

    @property
    def opens_without_leader(self) -> bool:
        """Whether the chapter opens with the growth of the others too, where few make the rise."""
        if not (self.leader_is_the_cause and self.few_make_it):
            return False
        if self.leader_holds_growth_back or self.some_are_unnamed:  # the others may be of the leader
            return False
        return bool(self.growth_without_leader.numbers["difference"] > 0)

    @cached_property
    def leader_body(self) -> Fact:
        """The body that rose most of those of the leader, as `told_body` is of all."""
        after, before = (rows(self._of_leader) for rows in self._told_twice)
        return self.ask.fact("movers", after=after, before=before, by="body", side="up", n=1)

    @property
    def tells_leader_body(self) -> bool:
        """Whether a rise of the leader is told that is not, for the most part, that of its one such body."""
        is_told = self.tells_body and self.is_rise and self.growth_differs_without_leader
        if not is_told or not self.leader_body or self.leader_body.numbers["listed"] != 1:
            return False
        return bool(2 * self.leader_body.numbers["count0"] < self.first_move.numbers["count0"])

    @cached_property
    def leader_elsewhere(self) -> Fact:
        """Change of the number of the other bodies of the leader."""
        elsewhere = differs("body", self.leader_body.top_name)
        return self.ask.growth(self._of_leader, elsewhere, why=self.leader_body.why_unnamed)

    @cached_property
    def detail(self) -> Edition:
        """The edition whose bodies can be compared, or a specimen."""
        return self.edition.detail("body")

    @cached_property
    def by_names(self) -> pd.DataFrame:
        """Growth by body under three ways of matching names: strict, recorded, lenient."""
        return indicators.growth_by_names(
            self.detail.all_initiatives, "body", self.edition.year, self.before.year
        )

    @property
    def bodies_are_compared(self) -> bool:
        """Whether both editions name bodies, rows tell which one declares, and the earlier names hold."""
        has_bodies = self.edition.gives_in_both("body") and not self.detail.is_specimen
        return has_bodies and body_names_hold(self.edition)

    @property
    def tells_body_rises(self) -> bool:
        """Whether bodies are compared, are not the portfolios again, and any rose, none by a new name."""
        rows = self.edition.initiatives
        compared = self.bodies_are_compared and not rows.body.equals(rows.portfolio)
        listed = {*self.body_rises.names}
        return compared and bool(self.body_rises.value) and not listed & renamed(self.edition, "body")

    @property
    def bodies_are_renamed(self) -> bool:
        """Whether too many names of bodies of the previous edition are gone to compare bodies."""
        return not body_names_hold(self.edition)

    @cached_property
    def bodies_before(self) -> Fact:
        """Bodies that the previous edition names, harmonized."""
        return self.ask.fact("distinct", of=self.ask.before(NAMED_BODY), by="body")

    @cached_property
    def bodies_growth(self) -> Fact:
        """Change of the number of bodies that editions name."""
        after, before = self.ask.now(NAMED_BODY), self.ask.before(NAMED_BODY)
        return self.ask.fact("change", after=after, before=before, by="body")

    @cached_property
    def bodies_told_before(self) -> Fact:
        """Bodies of the previous edition whose number of initiatives a total published."""
        return self.ask.fact("distinct", of=self.ask.before(NAMED_BODY, published("body")), by="body")

    @property
    def few_bodies_told_before(self) -> bool:
        """Whether that number is published for some of its bodies, and not for all."""
        told, everyone = self.bodies_told_before, self.bodies_before
        return bool(told and everyone) and 0 < told.value < everyone.value

    @cached_property
    def bodies_gone(self) -> Fact:
        """Those of them that this edition does not name."""
        gone = self.ask.before(NAMED_BODY, absent("body", self.ask.edition))
        return self.ask.fact("distinct", of=gone, by="body")

    @property
    def names_are_gone(self) -> bool:
        """Whether this edition lacks the name of a portfolio or of a body of the previous one."""
        return any(bool(gone) and gone.value > 0 for gone in (self.portfolios_only_before, self.bodies_gone))

    @property
    def only_bodies_rise(self) -> bool:
        """Whether bodies, in the place of portfolios, make the whole change, and none of them fell."""
        alone = not self.edition.gives("portfolio") and self.tells_body_rises
        whole = alone and self.body_rises.numbers["total"] == self.net
        return bool(whole) and not self.body_falls.value

    @cached_property
    def rises(self) -> pd.DataFrame:
        """The bodies that rose, the largest first: ``n_previous``, ``n_initiatives`` and their ``change``."""
        found = self._bodies("up", EVERY).numbers
        keys = {"body": "name", "n_previous": "before", "n_initiatives": "after", "change": "count"}
        listed = range(found.get("listed", 0))
        rows = [{name: found[f"{key}{n}"] for name, key in keys.items()} for n in listed]
        return pd.DataFrame(rows, columns=[*keys])

    @cached_property
    def parts(self) -> dict[str, pd.DataFrame]:
        """Growth by portfolio and by body, where they are compared, under every way of matching names."""
        previous_of(self.edition)
        portfolios = {"portfolio": self._by_portfolio} if self.edition.gives_in_both("portfolio") else {}
        bodies = {"body": self.by_names} if self.bodies_are_compared else {}
        return portfolios | bodies

    # The initiatives, by links

    @cached_property
    def series(self) -> Series:
        """What all editions at hand say together."""
        return Series(self.edition)

    @property
    def is_linked(self) -> bool:
        """Whether initiatives can be followed from the previous edition."""
        return bool(self.edition.previous) and not self.edition.reconstructed

    @cached_property
    def followed(self) -> Fact:
        """Initiatives of the previous edition found in this one, at the probable tier."""
        return self.ask.fact("count", of=self.ask.before(linked(self.ask.edition, "probable")))

    @cached_property
    def not_followed(self) -> Fact:
        """Those that are not."""
        return self.ask.fact("count", of=self.ask.before(unlinked(self.ask.edition, "probable")))

    @cached_property
    def retired_not_followed(self) -> Fact:
        """Those of them that the previous edition gave as retired."""
        lost = unlinked(self.ask.edition, "probable")
        return self.ask.fact("count", of=self.ask.before(RETIRED_STATUS, lost))

    @cached_property
    def not_found_before(self) -> Fact:
        """Initiatives of this edition not found in the previous one, at the probable tier."""
        return self.ask.fact("count", of=self.ask.now(unlinked(self.ask.previous, "probable")))

    @cached_property
    def developing_not_found(self) -> Fact:
        """Those of them that are in development, where the file gives a status."""
        found = self.ask.now(IN_DEVELOPMENT, unlinked(self.ask.previous, "probable"))
        return self.ask.fact("count", of=found)


def change(edition: Edition) -> Change:
    """Return the facts of the chapter "What changed" for an edition."""
    return Change(edition)
