"""Where silence sits: who declares the initiatives that lack a status, or another answer."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from portrait.facts.conditions import HALF, NAMED_BODY, NAMED_PORTFOLIO, WITHOUT_STATUS
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import Condition, Query
from portrait.language.numbers import SMALLEST_DENOMINATOR

MOST_NAMED = 3
"""Most groups that are named where silence sits in a few."""
MOST_LISTED = 5
"""Most groups that are listed where it sits in more."""
MOST = Fraction(2, 3)
"""Part of it that these must hold."""
LEAST_TOLD = Fraction(4, 5)
"""Share of the silence above which it sits in these few."""


class Silence:
    """Initiatives whose status is not known, or that lack another answer, by who declares them.

    Parameters
    ----------
    field
        ``"portfolio_folded"`` or ``"body"``.
    without
        What they lack.
    among
        Initiatives that are looked at; by default those of the edition.
    """

    def __init__(
        self, ask: Questions, field: str, without: Condition = WITHOUT_STATUS, among: Query | None = None
    ) -> None:
        self._ask, self._field, self._among = ask, field, among or ask.now
        self._without = without
        self._named = {"portfolio_folded": NAMED_PORTFOLIO, "body": NAMED_BODY}[field]
        self._silent = self._among(without)
        self._rows = self._silent(self._named)

    @property
    def is_of_bodies(self) -> bool:
        """Whether these are bodies, not portfolios."""
        return self._field == "body"

    @cached_property
    def groups(self) -> Fact:
        """Groups that have such an initiative."""
        return self._ask.fact("distinct", of=self._rows, by=self._field)

    @cached_property
    def others(self) -> Fact:
        """Groups that have none."""
        rows = self._among(self._named)
        return self._ask.fact("difference", of=rows, less=self._rows, by=self._field)

    @cached_property
    def names(self) -> Fact:
        """The groups that have most, and those tied with the last."""
        return self._ask.fact("top", of=self._rows, by=self._field, n=self._n_named)

    @cached_property
    def share(self) -> Fact:
        """Share of these groups."""
        return self._ask.fact("top_share", of=self._rows, by=self._field, n=self._n_named)

    @cached_property
    def wholly_silent(self) -> Fact:
        """Groups that tell the status of none of their initiatives."""
        among = self._among(self._named)
        return self._ask.fact("members", of=self._rows, among=among, by=self._field)

    @cached_property
    def _n_named(self) -> int:
        """The fewest groups that hold most of the silence; `MOST_NAMED` where that takes more."""
        shares = (
            (n, self._ask.fact("top_share", of=self._rows, by=self._field, n=n))
            for n in range(1, MOST_NAMED + 1)
        )
        most = (n for n, share in shares if share and share.value > LEAST_TOLD)
        return self.groups.value if self.groups.value <= MOST_NAMED else next(most, MOST_NAMED)

    @cached_property
    def n_main(self) -> int:
        """The fewest groups that hold two thirds of a silence that is in more; 0 where `MOST_LISTED` do not.

        None of those left out has as many as one of them. It is 0 too where too few are silent for a share.
        """
        if self._ask.fact("count", of=self._rows).value < SMALLEST_DENOMINATOR:
            return 0
        found = self._ask.fact("top", of=self._rows, by=self._field, n=MOST_LISTED + 1).numbers
        counts = [found[f"count{place}"] for place in range(found.get("listed", 0))]
        least = self._ask.fact("count", of=self._silent).value * MOST
        sums = enumerate(accumulate(counts[:MOST_LISTED]), start=1)
        enough = next((n for n, held in sums if held >= least), 0)
        return enough if 0 < enough < len(counts) and counts[enough - 1] > counts[enough] else 0

    @cached_property
    def main(self) -> Fact:
        """These groups."""
        return self._ask.fact("top", of=self._rows, by=self._field, n=self.n_main)

    @cached_property
    def main_share(self) -> Fact:
        """Their share."""
        return self._ask.fact("top_share", of=self._rows, by=self._field, n=self.n_main)

    @cached_property
    def first(self) -> Fact:
        """The group that holds most of it, and those tied with it."""
        return self._ask.fact("top", of=self._rows, by=self._field, n=1)

    @cached_property
    def first_share(self) -> Fact:
        """Its share."""
        return self._ask.fact("top_share", of=self._rows, by=self._field, n=1)

    @property
    def is_of_one(self) -> bool:
        """Whether one group alone holds more than half of it."""
        return bool(self.first_share) and self.first_share.value > HALF

    @cached_property
    def is_all_named(self) -> bool:
        """Whether a few groups hold all of it, two initiatives or more."""
        if not self.groups:
            return False
        every = self._ask.fact("count", of=self._silent).value
        named = self._ask.fact("count", of=self._rows).value
        return bool(every == named > 1 and self.groups.value <= MOST_NAMED)

    @cached_property
    def is_mostly_named(self) -> bool:
        """Whether a few groups, without a tie, hold most of it and not all."""
        every = self._ask.fact("count", of=self._silent).value
        is_most = bool(self.share) and self.share.value > LEAST_TOLD and not self.names.numbers["tied"]
        return is_most and not self.is_all_named and self.share.numbers["whole"] == every

    @property
    def is_named(self) -> bool:
        """Whether a few groups hold most of it, or all."""
        return bool(self.groups) and (self.is_all_named or self.is_mostly_named)

    @property
    def is_whole(self) -> bool:
        """Whether it is all that a few groups declare, enough to be a finding, and no other group has any."""
        if not self.is_all_named:
            return False
        n_silent, is_rest = self.share.numbers.get("whole", 0), self.others.value > 1
        every = self.wholly_silent.value == self.groups.value
        return bool(is_rest and n_silent >= SMALLEST_DENOMINATOR and every)

    @property
    def is_whole_of_each(self) -> bool:
        """Whether a few groups hold most of it, and each group that has any has nothing else."""
        return self.is_mostly_named and bool(self.wholly_silent.value == self.groups.value)

    @property
    def lists_all(self) -> bool:
        """Whether the groups that have any are few enough to be listed."""
        return bool(self.groups) and self.groups.value <= MOST_LISTED

    @cached_property
    def all_names(self) -> Fact:
        """These groups, where they are few enough to be listed."""
        return self._ask.fact("top", of=self._rows, by=self._field, n=MOST_LISTED)

    @property
    def is_new(self) -> bool:
        """Whether, of each of these groups, the previous edition lists initiatives that all have it."""
        before = self._ask.before(self._named)
        queries = self._rows, before, before(self._without)
        groups, listed, silent = ({*self._ask.rows(each)[self._field]} for each in queries)
        return bool(groups) and groups <= listed - silent
