"""What the title of a profile says, and that of its dots: of an order of findings, the first that holds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from portrait import indicators
from portrait.facts.border import all_in_production
from portrait.facts.contributions import WORTH_TELLING, has_rate, percent
from portrait.facts.nothing import Facts, previous_of
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.text import normalise, tidy
from portrait.registers.codebook import GENERIC

if TYPE_CHECKING:
    from portrait.facts.profile import ProfileFacts

MOST_OF_THEM = Fraction(2, 3)
"""Part of the initiatives that a status must hold to be the title of a profile."""
HALF = Fraction(1, 2)
LEAST_MARKED, TIMES_THE_WHOLE = Fraction(1, 4), 3
"""Part that a category without a majority must hold to be the title, and how many times its part of all."""
LONGEST_NAME = 70
"""Letters of the longest name that a title gives."""
NAMES = ("name", "name_en")
"""Columns of the name of an initiative: as published, and in English, where the register has both."""
CATCH_ALL = "other"
"""Label in English, as `normalise` returns it, of a category that tells nothing."""


class Story(Facts):
    """The finding that a profile leads with: how far it is, what it is for, who reports it, how it moved.

    Parameters
    ----------
    own
        The facts of the profile.
    """

    def __init__(self, own: ProfileFacts) -> None:
        self._own, self._profile = own, own.profile

    @cached_property
    def finding(self) -> str:
        """What the title says, the first of these that holds; empty where it gives the number alone.

        Of official rows:

        1. ``named``: its only initiative, whose names are short, and its status;
        2. ``all production`` or ``all development``: the status of all, two or more;
        3. ``silent``: none has a status; ``retired``: most are, not all; ``none``: none is in production;
           ``unstated``: most have no status;
        4. ``unassessed``: ten or more of the first risk level in production, and none has an assessment;
        5. ``production`` or ``development``: the status of two thirds or more of ten or more;
        6. ``rate``: it fell, and all together rose;
        7. ``category``: one of ten or more holds most, or a quarter and three times its share of all;
        8. ``body``: one of several holds most.

        Of reconstructed rows: ``one body``, from which all come; ``elsewhere``: most of a rise is outside
        the ministry; ``rate``: it fell, and all together rose.

        Then, of both: ``mover``: it rose faster than all, or had fewer than ten, and makes a tenth of their
        rise or more; ``part``, ``developed`` or ``retired``: how many are in production, in development or
        retired, the largest of the three, not all; ``rate``: its change, beside that of all; ``compared``,
        ``level`` or ``new``: its number.
        """
        first = self._of_totals if self._profile.edition.reconstructed else self._of_rows
        return next(chain(first(), self._of_both()), "")

    def _of_rows(self) -> Iterator[str]:
        own, n = self._own, self._own.n.value
        held = {PRODUCTION: own.in_production.value, DEVELOPMENT: own.in_development.value}
        status, most = max(held.items(), key=lambda each: each[1])
        if self.named:
            yield "named"
        if own.has_statuses and most == n > 1:
            yield f"all {status}"
        if own.is_silent and self._profile.edition.gives("status"):
            yield "silent"
        if own.has_statuses and n > 2:
            if n > own.retired.value > n * HALF:
                yield RETIRED
            if not own.in_production.value and not own.silent.value:
                yield "none"
            if 2 * own.silent.value > n:
                yield "unstated"
            if self._is_unassessed:
                yield "unassessed"
            if self._profile.in_shares and most > n * MOST_OF_THEM:
                yield status
        if self._fell_alone:
            yield "rate"
        if self._marked_by_category:
            yield "category"
        if own.has_majority:
            yield "body"

    def _of_totals(self) -> Iterator[str]:
        if self._own.told.is_one_body:
            yield "one body"
        if self._own.told.rise_is_elsewhere:
            yield "elsewhere"
        if self._fell_alone:
            yield "rate"

    def _of_both(self) -> Iterator[str]:
        own, n = self._own, self._own.n.value
        previous = self._profile.edition.previous
        if previous and self._is_mover:
            yield "mover"
        if own.has_statuses:
            held = {
                "part": own.in_production.value,
                "developed": own.in_development.value,
                RETIRED: own.retired.value,
            }
            largest_first = sorted(held, key=held.__getitem__, reverse=True)
            yield from (finding for finding in largest_first if 0 < held[finding] < n)
        if previous and not own.was_declaring:
            yield "new"
        elif previous:
            yield "level" if own.is_level else "rate" if has_rate(own.growth) else "compared"

    @property
    def adds_moved_on(self) -> bool:
        """Whether a title that says how many are in production says too that ten or more came to it."""
        since = self._own.since
        is_many = since.tells_moved_on and since.moved_on.value >= SMALLEST_DENOMINATOR
        return self.finding in (PRODUCTION, "part") and is_many

    @property
    def large_status(self) -> str:
        """The status of which the title says the number, set large then; empty for any other title.

        Empty below ten initiatives, which have a number for each status, and where statuses are unknown.
        """
        status = {"part": PRODUCTION, "developed": DEVELOPMENT}.get(self.finding, self.finding)
        is_status = status in (PRODUCTION, DEVELOPMENT, RETIRED)
        # Unknown statuses come last: some editions cross none with portfolios.
        has_room = is_status and self._profile.in_shares and not self._own.silent.value
        return status if has_room else ""

    # Its only initiative

    @property
    def named(self) -> str:
        """The name of its only initiative, in production or in development; empty where it tells little."""
        return self._names[0]

    @property
    def named_en(self) -> str:
        """The same name in English, where the register has English titles."""
        return self._names[1]

    @property
    def purpose(self) -> str:
        """The opening of its description; empty where its list has it, or it has none."""
        return self._purpose("description")

    @property
    def purpose_en(self) -> str:
        """The same in English, where the register has English descriptions."""
        return self._purpose("description_en") or self.purpose

    def _purpose(self, column: str) -> str:
        rows = self._profile.edition.initiatives
        if not self.named or column not in rows or not tidy(rows["benefits"].iloc[0]):
            return ""
        return indicators.opening(tidy(rows[column].iloc[0]))

    @property
    def gives_number(self) -> bool:
        """Whether its number is set large: an only initiative is named, or its title says one."""
        is_alone = self._own.n.value == 1 and self._profile.edition.reconstructed
        return not self.named and not is_alone

    @cached_property
    def _names(self) -> tuple[str, str]:
        own, rows = self._own, self._profile.edition.initiatives
        is_one = not self._profile.edition.reconstructed and own.n.value == 1
        if not is_one or not own.in_production.value + own.in_development.value:
            return "", ""
        french, english = (str(rows[each].iloc[0]).strip() if each in rows else "" for each in NAMES)
        is_long = max(len(french), len(english)) > LONGEST_NAME
        if is_long or own.rows["title_tells"].iloc[0] == GENERIC:  # published rows have no name
            return "", ""
        return french, english or french

    # Its safeguards

    @property
    def _is_unassessed(self) -> bool:
        asked = self._own.safeguards
        if not asked.are_watched:
            return False
        return bool(asked.unassessed.value == asked.watched.value >= SMALLEST_DENOMINATOR)

    # Its category

    @property
    def _marked_by_category(self) -> bool:
        drawn, source = self._own.drawn, self._profile.edition.source
        if not (self._own.has_mix and drawn.tells_category):
            return False
        if normalise(source.label("category", drawn.category, "en")) == CATCH_ALL:
            return False
        share, of_all = drawn.category_share.value, drawn.category_of_all.value
        if drawn.category_share.numbers["part"] < SMALLEST_DENOMINATOR:
            return False
        is_marked = share >= LEAST_MARKED and share >= TIMES_THE_WHOLE * of_all
        return bool(share > of_all and (share > HALF or is_marked))

    # Its part of a rise, or its fall

    @property
    def _fell_alone(self) -> bool:
        own = self._own
        is_told = bool(self._profile.edition.previous) and own.fell and has_rate(own.growth)
        return is_told and percent(own.growth_of_all) > 0

    @property
    def _is_mover(self) -> bool:
        own = self._own
        if not own.rose or percent(own.growth_of_all) <= 0 or not own.part_of_change:
            return False
        is_faster = own.pace > 0 or self._profile.n_before < SMALLEST_DENOMINATOR
        return is_faster and bool(WORTH_TELLING <= own.part_of_change.value <= 1)

    # Its dots

    @property
    def dots_finding(self) -> str:
        """What the title of its dots says: ``watched``, ``share``, a status that the heading leaves, or both.

        ``watched``: the initiatives in production that the heading is about. ``share``: the share in
        production, where all statuses are known and no text compares it with that of others. Else the number
        of the status that the heading leaves, or ``statuses``: of both.
        """
        own = self._own
        if not (self._profile.in_shares and own.has_statuses):
            return ""
        if self.finding == "unassessed":
            return "watched"
        is_whole = own.has_production_share and not own.silent.value
        if self.finding in ("part", "developed") and is_whole and not own.near.side:
            return "share"
        left = {
            PRODUCTION: DEVELOPMENT,
            DEVELOPMENT: PRODUCTION,
            "part": DEVELOPMENT,
            "developed": PRODUCTION,
        }.get(self.finding)
        if self.finding == "none" and own.in_development.value > own.n.value * HALF:
            left = DEVELOPMENT
        if left:
            return left
        if is_whole and not (self.finding == RETIRED and own.near.side):
            return "" if self.finding.startswith("all") or self.finding == "none" else "share"
        return "statuses" if own.in_production.value and own.in_development.value else ""

    @property
    def turned(self) -> bool:
        """Whether most are in development, and enough earlier ones were all in production."""
        enough = self._own.was_declaring and self._profile.n_before >= SMALLEST_DENOMINATOR
        return (
            enough
            and self.finding in (DEVELOPMENT, f"all {DEVELOPMENT}")
            and all_in_production(previous_of(self._profile.whole), self._profile.portfolio)
        )
