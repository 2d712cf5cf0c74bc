"""Facts of the profile of a portfolio: its number, its statuses, its bodies and what it uses AI for."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import pandas as pd

from portrait.facts.border import Border, border_of
from portrait.facts.conditions import (
    CATEGORISED,
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    KNOWN,
    NAMED_BODY,
    RETIRED_STATUS,
    STATES_BENEFIT,
    WITHOUT_STATUS,
    alone_first,
    is_new_name,
    production_share,
)
from portrait.facts.contributions import has_rate, percent
from portrait.facts.drawn import TENTH_OF_A_POINT, Drawn
from portrait.facts.fact import Fact, Questions
from portrait.facts.followed import Followed
from portrait.facts.neighbours import Neighbours, has_enough
from portrait.facts.nothing import Facts
from portrait.facts.portfolio import Profile
from portrait.facts.queries import Condition, Query, differs, equals
from portrait.facts.safeguards import Safeguards
from portrait.facts.story import Story
from portrait.facts.told_bodies import ToldBodies
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

STATUSES = (PRODUCTION, DEVELOPMENT, RETIRED)
"""Statuses that a row may state."""
N_MAIN, MOST_BODIES, MOST_ON_HALF_A_PAGE = 3, 5, 2
"""Categories and themes, and bodies, that are named as the largest; initiatives whose list leaves room."""
MOST_SHARED = 6
"""Most groups of similar texts that a profile names."""


class ProfileFacts(Facts):
    """What one portfolio declares, each fact computed when a cell first asks for it.

    Parameters
    ----------
    profile
        The portfolio, as `portfolio.open_profile` returns it.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.ask = Questions(profile.whole)
        of_it = equals("portfolio_folded", profile.portfolio)
        self._now, self._before = self.ask.now(of_it), self.ask.before(of_it)

    def _count(self, *conditions: Condition) -> Fact:
        return self.ask.fact("count", of=self._now(*conditions))

    # What it shares

    @cached_property
    def alike(self) -> Fact:
        """Its initiatives whose text is like those of other portfolios."""
        needs = Query("needs")(equals("edition", self.ask.edition))
        return self.ask.fact("count", of=needs(equals("portfolio_folded", self.profile.portfolio)))

    @property
    def shared_words(self) -> list[str]:
        """The words of their titles, one text a group: first the groups of most portfolios."""
        return self._shared["words"].tolist()

    @property
    def shared_words_en(self) -> list[str]:
        """The same words in English, where the register has English titles."""
        return self._shared["words_en"].tolist()

    @property
    def _shared(self) -> pd.DataFrame:
        return self.profile.alike.sort_values("group").drop_duplicates("words").head(MOST_SHARED)

    @cached_property
    def safeguards(self) -> Safeguards:
        """What the register asks about safeguards, of its initiatives."""
        return Safeguards(self.profile.whole, self._now)

    # Its number

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Its rows of the published table of initiatives."""
        return self.ask.rows(self._now)

    @cached_property
    def n(self) -> Fact:
        """Initiatives of the portfolio."""
        return self._count()

    @cached_property
    def of_all(self) -> dict[str, Fact]:
        """Initiatives of all portfolios, and those of them in production, in development and retired."""
        held = {"in_production": IN_PRODUCTION, "in_development": IN_DEVELOPMENT, "retired": RETIRED_STATUS}
        rows = {"n": self.ask.now} | {name: self.ask.now(status) for name, status in held.items()}
        return {name: self.ask.fact("count", of=each) for name, each in rows.items()}

    @cached_property
    def n_before(self) -> Fact:
        """Initiatives of the portfolio in the previous edition."""
        return self.ask.fact("count", of=self._before)

    @property
    def was_declaring(self) -> bool:
        """Whether the previous edition has an initiative of the portfolio."""
        return bool(self.n_before and self.n_before.value)

    @cached_property
    def growth(self) -> Fact:
        """Change of its number since the previous edition."""
        return self.ask.fact("change", after=self._now, before=self._before)

    @cached_property
    def part_of_change(self) -> Fact:
        """Its part of the net change of all portfolios."""
        ask = self.ask
        return ask.fact(
            "contribution",
            part_after=self._now,
            part_before=self._before,
            whole_after=ask.now,
            whole_before=ask.before,
        )

    @property
    def rose(self) -> bool:
        """Whether it declared in the previous edition, and declares more now."""
        return self._difference > 0

    @property
    def fell(self) -> bool:
        """Whether it declared in the previous edition, and declares fewer now."""
        return self._difference < 0

    @property
    def is_level(self) -> bool:
        """Whether it declares as many as in the previous edition."""
        return self.was_declaring and not self._difference

    @property
    def _difference(self) -> int:
        return int(self.growth.numbers["difference"]) if self.was_declaring else 0

    @cached_property
    def drawn(self) -> Drawn:
        """What its figures find, of its rank and its categories."""
        category = alone_first(self.main_categories) if self.has_mix else ""
        return Drawn(self.profile, self.ask, self._now, category)

    @property
    def draws_place(self) -> bool:
        """Whether a figure sets it among others: the list of few official rows says more and fills a page."""
        is_told = self.profile.edition.reconstructed or self.profile.in_shares
        return is_told or self.profile.n_initiatives <= MOST_ON_HALF_A_PAGE

    @cached_property
    def share_of_all(self) -> Fact:
        """Its share of the initiatives of all portfolios."""
        return self.ask.fact("share", part=self._now, whole=self.ask.now)

    @cached_property
    def share_before(self) -> Fact:
        """Its share of those of the previous edition."""
        return self.ask.fact("share", part=self._before, whole=self.ask.before)

    @property
    def tells_share_before(self) -> bool:
        """Whether both editions have enough initiatives of it for its share, which differs once rounded."""
        enough = self.profile.in_shares and self.profile.n_before >= SMALLEST_DENOMINATOR
        return enough and bool(abs(self.share_of_all.value - self.share_before.value) >= TENTH_OF_A_POINT)

    @cached_property
    def growth_of_all(self) -> Fact:
        """Change of the number of all portfolios together."""
        return self.ask.growth()

    @property
    def pace(self) -> int:
        """1 if it rose more than all together, which rose too, -1 if less, in whole percentages; else 0."""
        own, of_all = percent(self.growth), percent(self.growth_of_all)
        return (own > of_all) - (own < of_all) if min(own, of_all) > 0 else 0

    @property
    def says_pace(self) -> bool:
        """Whether a tile sets its change beside that of all: the title does not."""
        return has_rate(self.growth) and self.finding != "rate"

    @cached_property
    def growth_of_others(self) -> Fact:
        """Change of the number of all other portfolios together."""
        return self.ask.growth(differs("portfolio_folded", self.profile.portfolio))

    @property
    def others_rose_faster(self) -> bool:
        """Whether it rose, and its share fell for all that."""
        told = self.rose and self.tells_share_before and has_rate(self.growth_of_others)
        return told and bool(self.share_of_all.value < self.share_before.value)

    # Statuses

    @cached_property
    def in_production(self) -> Fact:
        """Initiatives in production."""
        return self._count(IN_PRODUCTION)

    @cached_property
    def in_development(self) -> Fact:
        """Initiatives in development."""
        return self._count(IN_DEVELOPMENT)

    @cached_property
    def active(self) -> Fact:
        """Initiatives in production or in development."""
        return self._count(KNOWN)

    @cached_property
    def retired(self) -> Fact:
        """Initiatives retired."""
        return self._count(RETIRED_STATUS)

    @cached_property
    def silent(self) -> Fact:
        """Initiatives whose status is unknown or not yet classified."""
        return self._count(WITHOUT_STATUS)

    @cached_property
    def by_status(self) -> Fact:
        """Initiatives by the status that they state, most first."""
        stated = differs("status", UNKNOWN), differs("status", UNCLASSIFIED)
        return self.ask.fact("top", of=self._now(*stated), by="status", n=len(STATUSES))

    @property
    def has_statuses(self) -> bool:
        """Whether official rows state a status."""
        return not self.profile.edition.reconstructed and bool(self.by_status)

    @property
    def is_silent(self) -> bool:
        """Whether official rows state no status at all."""
        return not self.profile.edition.reconstructed and not self.by_status

    @property
    def has_production_share(self) -> bool:
        """Whether official rows give enough statuses for a share."""
        return not self.profile.edition.reconstructed and has_enough(self.production_share)

    @cached_property
    def story(self) -> Story:
        """What its title says, and that of its dots."""
        return Story(self)

    @property
    def finding(self) -> str:
        """What its title says."""
        return self.story.finding

    @cached_property
    def production_share(self) -> Fact:
        """Share in production, with its bounds."""
        return production_share(self.ask, self._now)

    @cached_property
    def border(self) -> Border | None:
        """The label on the border of production that its initiatives bear, if any."""
        return border_of(self.profile.edition, self.ask, self._now)

    @cached_property
    def near(self) -> Neighbours:
        """The portfolios whose mix of categories is nearest, and their shares in production."""
        return Neighbours(self.profile, self.ask, self.production_share)

    # Bodies

    @cached_property
    def bodies(self) -> Fact:
        """Bodies that declare any of them."""
        return self.ask.fact("distinct", of=self._now(NAMED_BODY), by="body")

    @cached_property
    def main_bodies(self) -> Fact:
        """The bodies that declare most of them, and those tied with the last."""
        return self.ask.fact("top", of=self._now(NAMED_BODY), by="body", n=MOST_BODIES)

    @property
    def has_bodies(self) -> bool:
        """Whether official rows name several bodies."""
        return not self.profile.edition.reconstructed and self.bodies.value > 1

    @property
    def names_all_bodies(self) -> bool:
        """Whether the list of main bodies has them all."""
        return self.has_bodies and self.main_bodies.numbers["listed"] == self.main_bodies.numbers["whole"]

    @cached_property
    def first_body(self) -> str:
        """The body that declares more than any other; empty where several tie."""
        return alone_first(self.main_bodies) if self.has_bodies else ""

    @cached_property
    def first_body_share(self) -> Fact:
        """Its share of the initiatives of the portfolio."""
        of_it = equals("body", self.first_body)
        return self.ask.fact("share", part=self._now(of_it), whole=self._now)

    @property
    def has_majority(self) -> bool:
        """Whether that body declares more than half of enough initiatives."""
        is_told = bool(self.first_body) and self.profile.in_shares
        return is_told and bool(self.first_body_share.value > Fraction(1, 2))

    @property
    def says_majority(self) -> bool:
        """Whether the text says so: the title does not."""
        return self.has_majority and self.finding != "body"

    @property
    def first_body_is_new(self) -> bool:
        """Whether that body has a name of which this portfolio had no form in the previous edition."""
        earlier = self.profile.edition.previous
        return earlier is not None and is_new_name(self.first_body, earlier, self.profile.portfolio)

    @cached_property
    def told(self) -> ToldBodies:
        """The bodies whose number others published, where rows are reconstructed."""
        return ToldBodies(self.profile, self.ask, self._now, self._before)

    # What they are for

    @cached_property
    def main_categories(self) -> Fact:
        """Its categories with most initiatives, and those tied with the last."""
        return self.ask.fact("top", of=self._now(*CATEGORISED), by="category", n=N_MAIN)

    @property
    def has_categories(self) -> bool:
        """Whether official rows have a category."""
        return not self.profile.edition.reconstructed and bool(self.main_categories)

    @property
    def names_categories(self) -> bool:
        """Whether they have several."""
        return self.has_categories and self.main_categories.numbers["whole"] > 1

    @property
    def has_no_category(self) -> bool:
        """Whether official rows have no category at all."""
        return not self.profile.edition.reconstructed and not self.main_categories

    @property
    def has_mix(self) -> bool:
        """Whether a figure sets its categories beside those of all: several, and enough for shares."""
        return self.names_categories and self.profile.in_shares

    @property
    def has_tasks(self) -> bool:
        """Whether a table counts the tasks of its titles: print cannot name all, and no category is given."""
        return self.profile.is_large and self.has_no_category and bool(self.drawn.tasks.listed)

    @cached_property
    def stating(self) -> Fact:
        """Initiatives that state a benefit."""
        return self._count(STATES_BENEFIT)

    @cached_property
    def main_themes(self) -> Fact:
        """The themes of benefit that most of them announce, and those tied with the last."""
        rows = Query("themes")(*self._now.where)
        return self.ask.fact("top", of=rows, by="theme", n=N_MAIN)

    @property
    def has_themes(self) -> bool:
        """Whether enough official rows state a benefit for its themes to be told."""
        is_told = not self.profile.edition.reconstructed and bool(self.main_themes)
        return is_told and self.stating.value >= SMALLEST_DENOMINATOR

    # From one edition to the next

    @cached_property
    def since(self) -> Followed:
        """What became of the initiatives of the previous edition, and which are new."""
        return Followed(self.profile, self.ask, self._now, self._before)


def profile(of: Profile) -> ProfileFacts:
    """Return the facts of the profile of a portfolio."""
    return ProfileFacts(of)
