"""Facts of the chapter "How far to trust it": scope, completeness, findings of the check, reconciliation."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from portrait.checks.check import check
from portrait.checks.findings import Finding
from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import NAMED_BODY, WITHOUT_BODY, WITHOUT_STATUS
from portrait.facts.fact import Fact, Questions
from portrait.facts.published import findings_table, tables_of
from portrait.facts.queries import Condition, Query, empty, equals, same, unlike
from portrait.indicators import comparisons, quality, reconciliation
from portrait.language.locales import choose


class Trust(ChapterFacts):
    """How far an edition can be trusted.

    Parameters
    ----------
    data
        The folder that the edition was opened from; by default the project's own.
    """

    def __init__(self, edition: Edition, data: str | Path = "") -> None:
        super().__init__(edition)
        self._data = data

    @property
    def reproduces_totals(self) -> bool:
        """Whether the rows reproduce every published total."""
        return reconciliation.reproduces_totals(self.edition)

    @property
    def ungiven(self) -> list[str]:
        """Which of the category, the status and the benefits the file does not give."""
        return [name for name in ("category", "status", "benefits") if not self.edition.gives(name)]

    def lacks_fields(self, language: str) -> str:
        """Return what a sentence on the file says of them."""
        names = {
            "category": choose(language, "la catégorie", "category"),
            "status": choose(language, "le statut", "status"),
            "benefits": choose(language, "les bénéfices", "benefits"),
        }
        *others, last = [names[field] for field in self.ungiven]
        if not others:
            return choose(language, "n’a pas de champ pour {last}", "has no field for {last}", last=last)
        first = choose(language, ", ni pour ", ", ").join(others)
        return choose(
            language,
            "n’a de champ ni pour {first} ni pour {last}",
            "has no field for {first} or {last}",
            first=first,
            last=last,
        )

    @cached_property
    def completeness(self) -> pd.DataFrame:
        """How complete each field is, by year."""
        return quality.completeness(self.edition)

    @cached_property
    def recodes(self) -> pd.DataFrame:
        """Published values that were recoded."""
        return quality.recodes(self.edition)

    @property
    def recodes_values(self) -> bool:
        """Whether any of them is a value, not a field left blank."""
        return bool(self.recodes["before"].str.strip().any())

    @cached_property
    def recorded(self) -> pd.DataFrame:
        """Names and labels recorded for the edition, by field, and what stands behind them."""
        return quality.recorded_names(self.edition)

    @cached_property
    def set_aside(self) -> pd.DataFrame:
        """Rows that are not initiatives, with the reason."""
        return quality.quarantined(self.edition)

    @cached_property
    def total(self) -> Fact:
        """Initiatives of the edition."""
        return self.ask.fact("count", of=self.ask.now)

    @cached_property
    def without_status(self) -> Fact:
        """Those whose status is not known."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_STATUS))

    @property
    def lacks_statuses(self) -> bool:
        """Whether some statuses are not known; never where the file has no field for them."""
        return bool(self.without_status) and self.without_status.value > 0

    @cached_property
    def without_body(self) -> Fact:
        """Those without a body."""
        return self.ask.fact("count", of=self.ask.now(WITHOUT_BODY))

    @cached_property
    def rows_aside(self) -> Fact:
        """Rows of its file that are not initiatives."""
        return self.ask.fact("count", "rows", of=Query("set-aside")(equals("edition", self.ask.edition)))

    @cached_property
    def repeats(self) -> Fact:
        """Rows that repeat another row in each field that is read."""
        ask = Questions(self.edition, {"initiatives": self._with_texts})
        return ask.fact("repeats", "rows", of=ask.now)

    @property
    def _with_texts(self) -> pd.DataFrame:
        """The published initiatives with the texts that `tables_of` leaves out."""
        rows = [each.initiatives[["name", "benefits"]] for each in (*self.edition.earlier, self.edition)]
        return tables_of(self.edition)["initiatives"].join(pd.concat(rows, ignore_index=True))

    @cached_property
    def findings(self) -> list[Finding]:
        """What the check found in the file, warnings first."""
        return findings_of_file(self.edition, self._data)

    @cached_property
    def warnings(self) -> Fact:
        """Findings that ask for a decision."""
        return self._findings("warning")

    @cached_property
    def notes(self) -> Fact:
        """Findings to know, without a decision."""
        return self._findings("note")

    def _findings(self, severity: str) -> Fact:
        ask = Questions(self.edition, {"findings": findings_table(self.findings)})
        of = Query("findings")(equals("edition", ask.edition), equals("severity", severity))
        return ask.fact("count", "findings", of=of)

    @cached_property
    def published(self) -> pd.DataFrame:
        """Figures that others published, each beside ours."""
        return reconciliation.published_figures(self.edition)

    @cached_property
    def built_from(self) -> Fact:
        """Published figures that rows were reconstructed from: that the rows give them proves nothing."""
        return self.ask.fact("count", "figures", of=Query("published")(equals("built_rows", "yes")))

    @cached_property
    def figures(self) -> Fact:
        """Figures that others published, that built no row, and that can be compared with ours."""
        return self._figures()

    @cached_property
    def agreeing(self) -> Fact:
        """Those of `figures` that agree with ours."""
        return self._figures(same("value", "ours"))

    @cached_property
    def differing(self) -> Fact:
        """Those of `figures` that differ from ours."""
        return self._figures(unlike("value", "ours"))

    def _figures(self, *conditions: Condition) -> Fact:
        independent = [equals("built_rows", "no")] if self.built_from.value else []
        return self.ask.fact("count", "figures", of=Query("published")(*independent, *conditions))

    @cached_property
    def of_the_whole(self) -> Fact:
        """Those of `agreeing` that are of a whole edition."""
        return self._figures(same("value", "ours"), empty("name"))

    @property
    def agrees_on_parts(self) -> bool:
        """Whether some of `agreeing` are of a whole edition, and the others of a part of it."""
        return bool(0 < self.of_the_whole.value < self.agreeing.value)

    @cached_property
    def bodies(self) -> Fact:
        """Bodies that declare any initiative."""
        return self.ask.fact("distinct", of=self.ask.now(NAMED_BODY), by="body")

    @cached_property
    def bodies_elsewhere(self) -> Fact:
        """How many bodies another source counts, if no other published figure differs from ours."""
        of = Query("published")(
            equals("edition", self.ask.edition),
            equals("measure", "bodies"),
            equals("origin", self._elsewhere),
        )
        return self.ask.fact("quotation", "bodies", of=of)

    @property
    def _elsewhere(self) -> str:
        """The origin of the one published figure that differs, if it is of the bodies of this edition."""
        apart = self.published[self.published["verdict"] == reconciliation.DIFFERS]
        is_it = (apart["subject"] == "bodies") & (apart["year"] == self.edition.year)
        return str(apart["origin"].iloc[0]) if len(apart) == 1 and is_it.all() else ""

    def origin_elsewhere(self, language: str) -> str:
        """Return the name of that source."""
        return reconciliation.origin_label(self.edition, self._elsewhere, language)

    @property
    def has_published(self) -> bool:
        """Whether others published any figure about the editions."""
        return not self.published.empty

    @property
    def all_agree(self) -> bool:
        """Whether others published figures that built no row, all of which agree with ours."""
        return bool(0 < self.figures.value == self.agreeing.value)

    @property
    def all_differ(self) -> bool:
        """Whether others published figures that built no row, all of which differ from ours."""
        return bool(0 < self.figures.value == self.differing.value)

    @property
    def compares_figures(self) -> bool:
        """Whether the heading of the chapter is on published figures: several, or one apart from another."""
        return bool(self.built_from.value or (self.agreeing.value and self.figures.value > 1))

    @cached_property
    def n_claims_differing(self) -> int:
        """How many claims of others about the edition differ from what the rows give."""
        return int((self.statements("fr")["verdict"] == reconciliation.DIFFERS).sum())

    @property
    def registers(self) -> bool:
        """Whether a table of the report says what this register counts, beside others."""
        return bool(comparisons.registers(self.edition))

    def statements(self, language: str) -> pd.DataFrame:
        """Return claims that others published about the edition, each beside what the rows give."""
        return reconciliation.published_claims(self.edition, language)


@once("findings")
def findings_of_file(edition: Edition, data: str | Path = "") -> list[Finding]:
    """Return what `checks.check` finds in the file of an edition, looked for once."""
    return check(edition, data=data)


def trust(edition: Edition, data: str | Path = "") -> Trust:
    """Return the facts of the chapter "How far to trust it" for an edition."""
    return Trust(edition, data)
