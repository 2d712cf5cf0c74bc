"""Facts of what makes a change: the portfolios and categories that rose or fell, and the largest of them."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Any

import pandas as pd

from portrait.facts.border import all_in_production
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import (
    CATEGORISED,
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    NAMED_BODY,
    NAMED_PORTFOLIO,
    renamed,
)
from portrait.facts.fact import Fact
from portrait.facts.nothing import RENAMED, previous_of
from portrait.facts.queries import Condition, Query, absent, differs, equals, present, published
from portrait.language.numbers import SMALLEST_DENOMINATOR, rounded

MOST_NAMED = 5
"""Most portfolios that a sentence names as the cause of a change."""
SOME_NAMED = 3
"""Portfolios that it names where no few of them make most of the change, and of those that go against it."""
EVERY = 1000
"""More portfolios, and more bodies that rise, than any register has."""
MOST_OF_THE_CHANGE = Fraction(2, 3)
"""Part of the net change that a few portfolios must make to be called its cause."""
WORTH_TELLING = Fraction(1, 10)
"""Part of the net change from which one portfolio, or what goes against the change, is told."""

CAUSE = Fraction(1, 4)
"""Part of the net change from which a heading gives one portfolio as its cause."""


class Contributions(ChapterFacts):
    """Contributions to the change since the previous edition.

    A *rise* is a portfolio (or a category) whose number of initiatives is larger than in the previous
    edition, absent ones counted as zero. Rises less falls, and initiatives without a name, add up to the net
    change. Shares are of the net change.
    """

    @cached_property
    def net(self) -> int:
        """Initiatives of this edition less those of the previous one; 0 where there is none."""
        previous = self.edition.previous
        return len(self.edition.initiatives) - len(previous.initiatives) if previous else 0

    @property
    def is_rise(self) -> bool:
        """Whether this edition has more initiatives than the previous one."""
        return self.net > 0

    @property
    def is_fall(self) -> bool:
        """Whether it has fewer."""
        return self.net < 0

    # Portfolios

    @cached_property
    def largest_rises(self) -> Fact:
        """Portfolios that rose, the largest first: as many as make most of a net rise."""
        return self._portfolios("up")

    @cached_property
    def largest_falls(self) -> Fact:
        """Portfolios that fell, the largest first: as many as make most of a net fall."""
        return self._portfolios("down")

    @cached_property
    def level(self) -> Fact:
        """Portfolios of both editions with as many initiatives in each."""
        return self._portfolios("level")

    def _portfolios(self, side: str, n: int = 0) -> Fact:
        n = n or (self._n_leading if side == self._main else 0) or SOME_NAMED
        by = "portfolio_folded"
        after, before = self.ask.now(NAMED_PORTFOLIO), self.ask.before(NAMED_PORTFOLIO)
        why = RENAMED if renamed(self.edition, by) else ""
        return self.ask.fact("movers", why=why, after=after, before=before, by=by, side=side, n=n)

    @property
    def _main(self) -> str:
        return "up" if self.net > 0 else "down"

    @cached_property
    def _changes(self) -> list[tuple[str, int]]:
        """Portfolios that changed in the direction of the net change and by how many, the largest first."""
        found: Any = self._portfolios(self._main, EVERY).numbers if self.net else {}
        return [(found[f"name{n}"], found[f"count{n}"]) for n in range(found.get("listed", 0))]

    @cached_property
    def _n_leading(self) -> int:
        """Fewest portfolios that make most of the net change; 0 where `MOST_NAMED` do not.

        If as few make most of all changes in its direction, and together no more than the net change, it is
        their number.
        """
        sums = [*accumulate(n for _, n in self._changes)]
        least = [MOST_OF_THE_CHANGE * whole for whole in (sum(n for _, n in self._changes), abs(self.net))]
        few = sums[:MOST_NAMED] if abs(self.net) >= SMALLEST_DENOMINATOR else []
        of_all, of_net = (next((n for n, part in enumerate(few, 1) if part >= each), 0) for each in least)
        return of_all if of_all and sums[of_all - 1] <= abs(self.net) else of_net

    @property
    def few_make_it(self) -> bool:
        """Whether `MOST_NAMED` portfolios or fewer make most of the net change, and no more than all."""
        main = self.largest_rises if self.is_rise else self.largest_falls
        named, part = (main.numbers[name] for name in ("listed", "part")) if self._n_leading else (0, 0)
        return 0 < named <= MOST_NAMED and part <= abs(self.net)

    @property
    def titled(self) -> list[str]:
        """The portfolios that the heading of the chapter is about, and the title of the figure."""
        n = self._n_leading if self.few_make_it else self.leader_is_the_cause
        tells_fall = self.is_rise and self.few_make_it and self.goes_both_ways and self.one_makes_falls
        rises = [name for name, change in self._changes if n and change >= self._changes[n - 1][1]]
        return rises + [self.first_fall.top_name] * tells_fall

    @property
    def goes_both_ways(self) -> bool:
        """Whether portfolios that went against the net change make a tenth of it or more."""
        other = self.largest_falls if self.is_rise else self.largest_rises
        return bool(other) and bool(self.net) and other.numbers["total"] >= WORTH_TELLING * abs(self.net)

    # The largest of them

    @cached_property
    def first_move(self) -> Fact:
        """The portfolio that makes most of the net change, and those tied with it."""
        return self._portfolios(self._main, 1)

    @property
    def leader(self) -> str:
        """The portfolio that makes most of the net change; empty where there is none, or a tie."""
        found: Any = self.first_move.numbers if self.net else {}
        return str(found["name0"]) if found.get("listed") == 1 else ""

    @property
    def _of_leader(self) -> Condition:
        return equals("portfolio_folded", self.leader)

    @cached_property
    def leader_part(self) -> Fact:
        """Its part of the net change."""
        return self._part_of(self._of_leader)

    def _part_of(self, it: Condition, why: str = "") -> Fact:
        now, before = self.ask.now, self.ask.before
        asks: dict[str, Any] = {"part_after": now(it), "part_before": before(it)}
        return self.ask.fact("contribution", **asks, whole_after=now, whole_before=before, why=why)

    @property
    def has_leader(self) -> bool:
        """Whether one portfolio makes a tenth of the net change or more, and no more than all of it.

        One that the previous file does not hold is told among those that entered: it did not rise from 0.
        """
        is_one = bool(self.leader and self.leader_part) and WORTH_TELLING <= self.leader_part.value <= 1
        return is_one and self.leader_before.value > 0

    @cached_property
    def leader_now(self) -> Fact:
        """Its initiatives."""
        return self.ask.fact("count", of=self.ask.now(self._of_leader))

    @cached_property
    def leader_before(self) -> Fact:
        """Its initiatives in the previous edition."""
        return self.ask.fact("count", of=self.ask.before(self._of_leader))

    @cached_property
    def leader_in_development(self) -> Fact:
        """Initiatives of the leader in development."""
        return self.ask.fact("count", of=self.ask.now(self._of_leader, IN_DEVELOPMENT))

    @cached_property
    def leader_in_production_before(self) -> Fact:
        """Initiatives of the leader in production in the previous edition."""
        return self.ask.fact("count", of=self.ask.before(self._of_leader, IN_PRODUCTION))

    @property
    def leader_was_in_production(self) -> bool:
        """Whether it turned to development, and all its earlier initiatives were in production."""
        return self.leader_turned and all_in_production(previous_of(self.edition), self.leader)

    @property
    def leader_turned(self) -> bool:
        """Whether most of its initiatives are in development, and most were in production."""
        told = self.growth_differs_without_leader and not self.edition.reconstructed
        return (
            told
            and 2 * self.leader_in_development.value > self.leader_now.value
            and 2 * self.leader_in_production_before.value > self.leader_before.value
        )

    @cached_property
    def growth_without_leader(self) -> Fact:
        """Growth of all the others together."""
        return self.ask.growth(differs("portfolio_folded", self.leader))

    @property
    def growth_differs_without_leader(self) -> bool:
        """Whether the growth without it is a percentage that differs from the whole growth, once rounded."""
        return (
            self.has_leader
            and has_rate(self.growth_without_leader)
            and (percent(self.growth_without_leader) != percent(self.growth))
        )

    @property
    def leader_is_the_cause(self) -> bool:
        """Whether that one portfolio makes a quarter of a net rise or more, while others fall."""
        is_large = self.growth_differs_without_leader and self.leader_part.value >= CAUSE
        return self.is_rise and self.goes_both_ways and is_large

    @property
    def leader_outweighs_falls(self) -> bool:
        """Whether that portfolio added more initiatives than all falls together took away."""
        falls = self.largest_falls.numbers
        return self.leader_is_the_cause and self.first_move.numbers["count0"] > falls["total"]

    @cached_property
    def growth(self) -> Fact:
        """Growth of the number of initiatives."""
        return self.ask.growth()

    # What fell

    @cached_property
    def first_fall(self) -> Fact:
        """The portfolio that fell most, and those tied with it."""
        return self._portfolios("down", 1)

    @cached_property
    def gone_before(self) -> Fact:
        """Initiatives that it had in the previous edition, if this one does not name it."""
        is_it = equals("portfolio_folded", self.first_fall.top_name)
        gone = self.ask.before(is_it, absent("portfolio_folded", self.ask.edition))
        return self.ask.fact("count", of=gone, why=self.first_fall.why_unnamed)

    @property
    def tells_gone(self) -> bool:
        """Whether one portfolio fell most, this edition does not name it, and no net fall is told by it."""
        is_told = self.is_fall and self.growth_differs_without_leader
        found: Any = self.first_fall.numbers if self.first_fall and not is_told else {}
        return bool(found.get("listed") == 1 and found["after0"] == 0)

    @property
    def one_makes_falls(self) -> bool:
        """Whether one portfolio makes more than half of all falls, of several."""
        falls, first = self.largest_falls.numbers, self.first_fall.numbers
        return bool(falls) and falls["value"] > 1 and 2 * first["count0"] > falls["total"]

    @property
    def gone_makes_falls(self) -> bool:
        """Whether the portfolio that is gone makes more than half of all falls."""
        return self.tells_gone and 2 * self.gone_before.value > self.largest_falls.numbers["total"]

    # Categories

    @cached_property
    def category_rises(self) -> Fact:
        """Categories that rose, the largest first, where both editions share one list."""
        return self._categories(SOME_NAMED)

    def _categories(self, n: int) -> Fact:
        after, before = self.ask.now(*CATEGORISED), self.ask.before(*CATEGORISED)
        why = "" if self.edition.compares_categories else "two vocabularies"
        asks: dict[str, Any] = {"after": after, "before": before, "by": "category", "side": "up", "n": n}
        return self.ask.fact("movers", why=why, **asks)

    @cached_property
    def first_category_rise(self) -> Fact:
        """The category that rose most, and those tied with it."""
        return self._categories(1)

    @property
    def a_category_rises_most(self) -> bool:
        """Whether one category rose more than any other."""
        return bool(self.first_category_rise) and self.first_category_rise.numbers["listed"] == 1

    @cached_property
    def first_category_part(self) -> Fact:
        """The part of the net change that this category makes."""
        rise = self.first_category_rise
        return self._part_of(equals("category", rise.top_name), rise.why_unnamed)

    @property
    def tells_category_part(self) -> bool:
        """Whether one category makes a tenth or more, and no more than all, of a rise of ten or more."""
        is_told = self.a_category_rises_most and self.is_rise and bool(self.first_category_part)
        return is_told and bool(WORTH_TELLING <= self.first_category_part.value <= 1)

    @property
    def categories_rise(self) -> bool:
        """Whether any category rose, and is named."""
        return bool(self.category_rises and self.category_rises.value)

    # Bodies

    @cached_property
    def told_body(self) -> Fact:
        """The body that rose most, and those tied with it, of those whose number both totals published."""
        after, before = self._told_twice
        return self.ask.fact("movers", after=after, before=before, by="body", side="up", n=1)

    @property
    def _told_twice(self) -> tuple[Query, Query]:
        """Initiatives, now and before, of the bodies whose number both totals published."""
        ask, known = self.ask, (NAMED_BODY, published("body"))
        return (
            ask.now(*known, present("body", ask.previous)),
            ask.before(*known, present("body", ask.edition)),
        )

    @cached_property
    def bodies_told_twice(self) -> Fact:
        """Those bodies."""
        return self.ask.fact("distinct", of=self._told_twice[0], by="body")

    @property
    def tells_body(self) -> bool:
        """Whether rows are reconstructed, and one body of those rose most."""
        return self.edition.reconstructed and bool(self.told_body) and self.told_body.numbers["listed"] == 1

    @property
    def home_of_body(self) -> set[str]:
        """The portfolio of that body; several, where rows of this edition give it several."""
        rows = self.ask.rows(self.ask.now)
        return set(rows.loc[rows["body"] == self.told_body.top_name, "portfolio_folded"])

    @property
    def body_makes_portfolio(self) -> bool:
        """Whether the change of that body is the whole change of its portfolio."""
        body, home = self.told_body.top_name, self.home_of_body
        rows = [self.ask.rows(each) for each in (self.ask.now, self.ask.before)]
        of_body, of_home = (
            [int(each[field].isin(values).sum()) for each in rows]
            for field, values in (("body", {body}), ("portfolio_folded", home))
        )
        return len(home) == 1 and of_body[0] - of_body[1] == of_home[0] - of_home[1]

    @cached_property
    def body_rises(self) -> Fact:
        """Bodies that rose, the largest first."""
        return self._bodies("up")

    @cached_property
    def body_falls(self) -> Fact:
        """Bodies that fell, the largest first."""
        return self._bodies("down")

    def _bodies(self, side: str, n: int = SOME_NAMED) -> Fact:
        after, before = self.ask.now(NAMED_BODY), self.ask.before(NAMED_BODY)
        return self.ask.fact("movers", after=after, before=before, by="body", side=side, n=n)

    # For the figure

    @cached_property
    def steps(self) -> pd.DataFrame:
        """What leads from one total to the other: all named portfolios, then what the others make together.

        Returns
        -------
        pandas.DataFrame
            One row a step, in order: `portfolio` (empty for those that are counted together), `n_portfolios`
            (0 for initiatives without a portfolio), `change` (initiatives, signed).
        """
        rows, together = [], []
        for fact, sign in ((self.largest_rises, 1), (self.largest_falls, -1)):
            fact.refuse_absent()
            found = fact.numbers
            rows += [(found[f"name{n}"], 1, sign * found[f"count{n}"]) for n in range(found["listed"])]
            together += [("", found["others"], sign * found["rest"])] if found["others"] else []
        rows += together
        unnamed = self.net - sum(row[2] for row in rows)
        rows += [("", 0, unnamed)] if unnamed else []
        return pd.DataFrame(rows, columns=["portfolio", "n_portfolios", "change"])


def has_rate(change: Fact) -> bool:
    """Return whether the previous edition has enough initiatives for a rate of growth."""
    return bool(change and change.numbers["before"] >= SMALLEST_DENOMINATOR)


def percent(change: Fact) -> Any:
    """Return a change as the whole percentage that is displayed."""
    return rounded(float(change.value) * 100)
