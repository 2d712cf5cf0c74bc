"""Facts of the chapter "Where the initiatives stand": statuses, and passages since the previous edition."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.errors import NotInEdition
from portrait.facts.border import Border, border_of
from portrait.facts.change import Change
from portrait.facts.chapter import ChapterFacts, row_before
from portrait.facts.conditions import (
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    KNOWN,
    OVERLAPPING,
    RETIRED_STATUS,
    WITH_STATUS,
    WITHOUT_STATUS,
    is_majority,
    production_share,
)
from portrait.facts.fact import Fact
from portrait.facts.majority import Support, joined_labels, label_share, support_of
from portrait.facts.nothing import NO_FIELD, previous_of
from portrait.facts.outcomes import Outcomes
from portrait.facts.queries import Condition, Query, linked
from portrait.facts.silence import Silence
from portrait.ingest.initiatives import PRODUCTION
from portrait.language.numbers import SMALLEST_DENOMINATOR, rounded
from portrait.language.phrases.phrase import as_decimal

MOST_IN_ONE_PASSAGE = 0.75
"""Share of all initiatives above which one passage between two statuses is the only one to be seen."""


class Stages(ChapterFacts):
    """Where the initiatives of an edition stand, and where they stood."""

    @cached_property
    def change(self) -> Change:
        """What changed since the previous edition."""
        return Change(self.edition)

    @cached_property
    def in_production(self) -> Fact:
        """Initiatives in production."""
        return self.ask.fact("count", of=self.ask.now(IN_PRODUCTION))

    @cached_property
    def in_production_before(self) -> Fact:
        """Initiatives in production in the previous edition."""
        return self.ask.fact("count", of=self.ask.before(IN_PRODUCTION))

    @cached_property
    def in_development(self) -> Fact:
        """Initiatives in development."""
        return self.ask.fact("count", of=self.ask.now(IN_DEVELOPMENT))

    @cached_property
    def production_or_development(self) -> Fact:
        """Initiatives in production or in development."""
        return self.ask.fact("count", of=self.ask.now(KNOWN))

    @cached_property
    def retired_now(self) -> Fact:
        """Initiatives retired."""
        return self.ask.fact("count", of=self.ask.now(RETIRED_STATUS))

    @cached_property
    def silent_now(self) -> Fact:
        """Initiatives whose status is not known."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_STATUS))

    @cached_property
    def silence(self) -> Silence:
        """Who declares them: portfolios, or bodies where none is given or a few bodies alone hold most."""
        by_portfolio, by_body = Silence(self.ask, "portfolio_folded"), Silence(self.ask, "body")
        if not self.edition.gives("portfolio"):
            return by_body
        is_by_body = not by_portfolio.is_named and self.grouping == "body" and by_body.is_named
        return by_body if is_by_body else by_portfolio

    @cached_property
    def production_of_all(self) -> Fact:
        """Bounds of the share in production of all initiatives; its value is of those of known status."""
        return self._of_all(self.ask.now)

    @cached_property
    def development_of_all(self) -> Fact:
        """Bounds of the share in development of all initiatives; its value is of those of known status."""
        return self._of_all(self.ask.now, IN_DEVELOPMENT)

    @cached_property
    def production_of_all_before(self) -> Fact:
        """Share in production of all those of the previous edition: its bounds."""
        return self._of_all(self.ask.before)

    def _of_all(self, rows: Query, status: Condition = IN_PRODUCTION) -> Fact:
        return self.ask.fact(
            "share", part=rows(status), whole=rows(WITH_STATUS), unknown=rows(WITHOUT_STATUS)
        )

    @cached_property
    def production_of_all_change(self) -> Fact:
        """Change of that share since the previous edition, in percentage points."""
        now, before = self.ask.now, self.ask.before
        return self.ask.fact(
            "share_change",
            part_after=now(IN_PRODUCTION),
            whole_after=now,
            part_before=before(IN_PRODUCTION),
            whole_before=before,
        )

    @cached_property
    def part_in_production(self) -> Fact:
        """Share in production of all initiatives."""
        return self.ask.fact("share", part=self.ask.now(IN_PRODUCTION), whole=self.ask.now)

    @cached_property
    def part_in_production_before(self) -> Fact:
        """The same for the previous edition."""
        return self.ask.fact("share", part=self.ask.before(IN_PRODUCTION), whole=self.ask.before)

    @cached_property
    def part_in_development(self) -> Fact:
        """Share in development of all initiatives."""
        return self.ask.fact("share", part=self.ask.now(IN_DEVELOPMENT), whole=self.ask.now)

    @cached_property
    def silent_part(self) -> Fact:
        """Share of all initiatives whose status is not known."""
        return self.ask.fact("share", part=self.ask.now(WITHOUT_STATUS), whole=self.ask.now)

    @property
    def majority(self) -> str:
        """The status of more than half of all initiatives: ``production``, ``development`` or neither, empty.

        A label on the border has two readings: then neither is said.
        """
        if self.border:
            return ""
        parts = {"production": self.part_in_production, "development": self.part_in_development}
        return next((status for status, part in parts.items() if is_majority(part)), "")

    @cached_property
    def support(self) -> Support | None:
        """The one portfolio without which that status would have no majority, if any."""
        return support_of(self.edition, self.ask, self.majority) if self.crosses_portfolios else None

    @cached_property
    def joined(self) -> Fact | None:
        """Initiatives of the labels that its status joins, if none of them makes a majority alone."""
        return joined_labels(self.edition, self.ask, self.majority) if self.majority else None

    @cached_property
    def first_joined_share(self) -> Fact:
        """Share of all initiatives that the largest of those labels has: half of them at most."""
        return label_share(self.ask, self.joined.top_name if self.joined else "")

    @property
    def finding(self) -> str:
        """What its heading says: where silence sits, a rise, a majority or a share; empty if none."""
        if self.known + self.silent < SMALLEST_DENOMINATOR:
            return ""
        if not self.detail.is_specimen and self.silence.is_whole:
            return "silence"
        if self.border:  # a share has two readings, and a heading holds under both or says nothing
            return ""
        if self.draws_statuses and self.change.tells_production:
            return "rise"
        return self.majority or ("share" if self.known >= SMALLEST_DENOMINATOR else "")

    @cached_property
    def production_share(self) -> Fact:
        """Share in production, with its bounds."""
        return production_share(self.ask, self.ask.now)

    @cached_property
    def production_share_before(self) -> Fact:
        """The same for the previous edition."""
        return production_share(self.ask, self.ask.before)

    @cached_property
    def border(self) -> Border | None:
        """The label on the border of production that initiatives bear, if any."""
        return border_of(self.edition, self.ask, self.ask.now)

    @cached_property
    def border_before(self) -> Border | None:
        """The same for the previous edition."""
        return border_of(previous_of(self.edition), self.ask, self.ask.before)

    @cached_property
    def status_before(self) -> Any:
        """The row of `maturity` for the previous edition."""
        if not previous_of(self.edition).gives("status"):
            raise NotInEdition(NO_FIELD)
        return row_before(self.maturity)

    @property
    def known_before(self) -> int:
        """Initiatives of the previous edition in production or in development."""
        return int(self.status_before.n_production + self.status_before.n_development)

    @property
    def known_both(self) -> int:
        """The smaller of both editions' counts of known statuses."""
        return min(self.known, self.known_before)

    @property
    def bounds_apart(self) -> bool:
        """Whether the bounds of both editions' shares in production, of all, do not overlap."""
        now, then = self.production_of_all.numbers, self.production_of_all_before.numbers
        return bool(now and then and (now["low"] > then["high"] or now["high"] < then["low"]))

    @property
    def share_moves(self) -> bool:
        """Whether they do not, and the share changed by a point or more, as it is written."""
        return self.bounds_apart and rounded(as_decimal(self.production_of_all_change.value)) != 0

    @property
    def shares_are_exact(self) -> bool:
        """Whether no status is unknown in either edition, so that each share has no bounds."""
        shares = (self.production_of_all.numbers, self.production_of_all_before.numbers)
        return all(share and share["low"] == share["high"] for share in shares)

    @property
    def statuses(self) -> pd.DataFrame:
        """Initiatives by status and year; a year whose file gives no status is left out."""
        rows = self.edition.all_initiatives
        return indicators.statuses(rows[rows["status"] != ""])

    @cached_property
    def detail(self) -> Edition:
        """The edition whose statuses can be crossed with portfolios, or a specimen."""
        return self.edition.detail("status", "portfolio")

    @cached_property
    def by_portfolio_maturity(self) -> pd.DataFrame:
        """Maturity by portfolio."""
        return indicators.maturity(self.detail.initiatives, "portfolio_folded")

    @property
    def crosses_portfolios(self) -> bool:
        """Whether real rows cross statuses with portfolios, so that dots are coloured by status."""
        return self.edition.gives("status") and not self.detail.is_specimen

    @property
    def draws_portfolios(self) -> bool:
        """Whether several portfolios of real rows have enough known statuses for a figure."""
        return not self.detail.is_specimen and len(self.charted_by_portfolio) > 1

    @property
    def lists_statuses(self) -> bool:
        """Whether a table has statuses: no figure has them, with a table of those of both editions."""
        is_told = self.draws_portfolios and self.follows_statuses and self.can_draw_passages
        return self.edition.gives("status") and not (self.draws_statuses or is_told)

    @property
    def draws_statuses(self) -> bool:
        """Whether both editions are drawn: they compare, rounded shares differ, and no portfolio is drawn."""
        compare = self.edition.compares_statuses and self.known_both >= SMALLEST_DENOMINATOR
        is_drawn = compare and not self.draws_portfolios
        if not is_drawn or min(self.in_production.value, self.in_production_before.value) == 0:
            return False
        shares = (self.part_in_production, self.part_in_production_before)
        now, before = (rounded(100 * as_decimal(each.value)) for each in shares)
        return now != before

    @property
    def charted_by_portfolio(self) -> pd.DataFrame:
        """Maturity of the portfolios that have enough known statuses for a figure."""
        return indicators.charted(self.by_portfolio_maturity)

    # What became of the initiatives of the previous edition

    @cached_property
    def followed(self) -> Edition:
        """The edition whose initiatives can be followed from one year to the next, or a specimen."""
        return self.edition.detail("name", "status")

    @property
    def follows_statuses(self) -> bool:
        """Whether initiatives of real rows can be followed, from a status to a status."""
        return not self.followed.is_specimen and self.edition.gives_in_both("status")

    @property
    def can_draw_passages(self) -> bool:
        """Whether a figure of passages shows more than a sentence: many initiatives, not nearly all alike."""
        if min(map(len, _both(self.followed))) < indicators.SMALLEST_GROUP:
            return False
        is_drawn = (self.passages["tier"] == "probable") & (
            self.passages["status_previous"] != indicators.NOT_BEFORE
        )
        counts = self.passages.loc[is_drawn, "n_initiatives"]
        return self.outcomes.are_told or bool(counts.max() <= MOST_IN_ONE_PASSAGE * counts.sum())

    @cached_property
    def outcomes(self) -> Outcomes:
        """What became of those in development, by probable links or surer."""
        return Outcomes(self.ask, self.followed, "probable")

    @cached_property
    def production_outcomes(self) -> Outcomes:
        """What became of those in production, by probable links or surer."""
        return Outcomes(self.ask, self.followed, "probable", IN_PRODUCTION)

    @property
    def both_are_lost(self) -> bool:
        """Whether the figure is about those not found, and has some that were in production too."""
        in_production = self.production_outcomes
        return self.outcomes.few_moved and in_production.are_followed and bool(in_production.lost_share.value)

    @property
    def told_passages(self) -> list[tuple[str, str]]:
        """Statuses before and after of those that the title of the figure counts."""
        return [(PRODUCTION, indicators.NOT_FOUND)] * self.both_are_lost + self.outcomes.told_passages

    @cached_property
    def strict_outcomes(self) -> Outcomes:
        """The same by strict links."""
        return Outcomes(self.ask, self.followed, "strict")

    @cached_property
    def possible_outcomes(self) -> Outcomes:
        """The same by possible links or surer."""
        return Outcomes(self.ask, self.followed, "possible")

    @property
    def links_give_ranges(self) -> bool:
        """Whether strict links and possible ones give two numbers of each outcome, none of them zero."""
        strict, possible = self.strict_outcomes, self.possible_outcomes
        found = [(links.retired.value, links.in_production.value) for links in (strict, possible)]
        pairs = ((possible.lost.value, strict.lost.value), *zip(*found, strict=True))
        return all(0 < fewest < most for fewest, most in pairs)

    @property
    def measure(self) -> Any:
        """How right probable links were found to be; ``None`` if nobody read pairs of these files."""
        measures = self.edition.links_measures
        return next(measures[measures["tier"] == "probable"].itertuples(), None)

    @cached_property
    def all_before(self) -> Fact:
        """Initiatives of the previous edition."""
        return self.ask.fact("count", of=self.ask.before)

    @cached_property
    def found_again(self) -> Fact:
        """Initiatives of the previous edition found again, at the probable tier."""
        return self.ask.fact("count", of=self.ask.before(linked(self.ask.edition, "probable")))

    @property
    def finds_all(self) -> bool:
        """Whether every initiative of the previous edition is found."""
        return bool(self.found_again.value == self.all_before.value)

    @cached_property
    def found_by_tier(self) -> pd.DataFrame:
        """Initiatives found again, by tier of link."""
        return indicators.persistence(*_both(self.followed), self.followed.links)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """Initiatives by status in the previous edition and in this one, by tier."""
        return _passages(self.followed)

    @cached_property
    def doubtful(self) -> Fact:
        """Initiatives that pass, by probable links, between two labels whose definitions overlap."""
        links = self.ask.links("probable")(OVERLAPPING)
        return self.ask.fact("transition", links=links, of_from=self.ask.before, of_to=self.ask.now)

    @property
    def overlaps(self) -> pd.DataFrame:
        """Initiatives that pass between each pair of labels whose definitions overlap, by tier."""
        return indicators.overlapping(*_both(self.followed), self.followed.links, self.followed.overlaps)


def _both(edition: Edition) -> tuple[pd.DataFrame, pd.DataFrame]:
    return previous_of(edition).initiatives, edition.initiatives


@once("passages")
def _passages(edition: Edition) -> pd.DataFrame:
    return indicators.transitions(*_both(edition), edition.links, edition.overlaps)


def stages(edition: Edition) -> Stages:
    """Return the facts of the chapter "Where the initiatives stand" for an edition."""
    return Stages(edition)
