"""Facts of the section "What they do": tasks that titles name, and initiatives that show them by name."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import WITHOUT_PORTFOLIO, alone_first
from portrait.facts.fact import Fact
from portrait.facts.published import coded, titles
from portrait.facts.queries import Query, equals
from portrait.ingest.initiatives import PRODUCTION
from portrait.language.locales import LANGUAGES
from portrait.language.text import tidy

MOST_LISTED = 6
"""Most tasks and most examples that the text lists."""
FEWEST_EXAMPLES = 4
SOME_TITLES = 3
"""Titles that are named alone, where no text says what they are for."""


class Tasks(ChapterFacts):
    """What the titles of an edition say that its initiatives do.

    Parameters
    ----------
    of
        The initiatives of the edition whose titles are read; by default all.
    """

    def __init__(self, edition: Edition, of: Query | None = None) -> None:
        super().__init__(edition)
        self._of = of or self.ask.now

    @cached_property
    def rows(self) -> Query:
        """A row for each task that one of these titles names."""
        return Query("tasks")(*self._of.where)

    @cached_property
    def naming(self) -> Fact:
        """Titles that name a task."""
        return self._telling("task")

    @cached_property
    def generic(self) -> Fact:
        """Generic titles, from which no task is read."""
        return self._telling("generic")

    @cached_property
    def unmatched(self) -> Fact:
        """Titles that name none of the tasks, and are not generic."""
        return self._telling("nothing")

    def _telling(self, told: str) -> Fact:
        why = "reconstructed rows" if self.edition.reconstructed else ""
        return self.ask.fact("count", "titles", of=self._of(equals("title_tells", told)), why=why)

    @cached_property
    def naming_share(self) -> Fact:
        """Share of the titles that name a task."""
        part = self._of(equals("title_tells", "task"))
        return self.ask.fact("share", "titles", part=part, whole=self._of)

    @property
    def are_told(self) -> bool:
        """Whether enough titles name a task for a section: as many as a share needs."""
        return bool(self.naming and self.naming.value >= indicators.SMALLEST_DENOMINATOR)

    @cached_property
    def main(self) -> Fact:
        """The tasks that most titles name."""
        return self.ask.fact("top", "titles", of=self.rows, by="task", n=MOST_LISTED)

    @property
    def listed(self) -> list[tuple[str, int]]:
        """These tasks, each with its number of titles, for a table; none where two or fewer are named."""
        numbers = self.main.numbers if self.are_told else {"listed": 0}
        n = int(numbers["listed"])
        return [(str(numbers[f"name{k}"]), int(numbers[f"count{k}"])) for k in range(n)] if n > 2 else []

    @cached_property
    def first(self) -> str:
        """Name of the task that most titles name; empty where several tie."""
        return alone_first(self.main)

    @cached_property
    def leading(self) -> Fact:
        """That task, with its titles."""
        return self.ask.fact("top", "titles", of=self.rows, by="task", n=1)

    @cached_property
    def portfolios_of_first(self) -> Fact:
        """Portfolios in which a title names the first task."""
        return self.ask.fact("distinct", of=self._of_first, by="portfolio_folded")

    @property
    def names_portfolios(self) -> bool:
        """Whether each initiative whose title names the first task has a portfolio."""
        if not (self.first and self.edition.gives("portfolio")):
            return False
        unnamed = self.ask.fact("count", "titles", of=self._of_first(WITHOUT_PORTFOLIO))
        return bool(unnamed) and not unnamed.value

    @property
    def _of_first(self) -> Query:
        return self.rows(equals("task", self.first))

    @cached_property
    def examples(self) -> list[Any]:
        """Initiatives that show the largest tasks by name, as `indicators.task_examples` chooses them.

        As many as `MOST_LISTED`, or else as `FEWEST_EXAMPLES`; none where there are fewer. Each has its
        `purpose`, in its own words.
        """
        if not self.are_told:
            return []
        found = [*_examples(self.edition).itertuples()]
        size = next((n for n in (MOST_LISTED, FEWEST_EXAMPLES) if len(found) >= n), 0)
        return found[:size]

    @property
    def shows_first(self) -> bool:
        """Whether the first example is of the task that most titles name."""
        return bool(self.first and self.examples and self.examples[0].task == self.first)

    @cached_property
    def titles_of_first(self) -> list[tuple[str, str]]:
        """Titles most like the others that name the first task, each of another body, with its name.

        None where they are fewer than `SOME_TITLES`, where examples have their purpose, or where the file
        names no bodies.
        """
        if self.examples or not (self.are_told and self.first and self.edition.gives("body")):
            return []
        named = indicators.by_task(titles(self.edition))
        rows = self.edition.initiatives
        group = rows[rows["row"].isin(named.loc[named["task"] == self.first, "row"])]
        chosen = indicators.most_typical(group, "body", SOME_TITLES)
        pairs = [*zip(chosen["name"], chosen["body"], strict=True)]
        return pairs if len(pairs) == SOME_TITLES else []


@once("examples of tasks")
def _examples(edition: Edition) -> pd.DataFrame:
    named = indicators.by_task(titles(edition))
    table = indicators.task_examples(named, _stating(edition) & _in_use(edition), MOST_LISTED)
    names = dict(zip(edition.initiatives["row"], edition.names_in("en"), strict=True))
    table["name_en"] = table["row"].map(names)
    for language, column in zip(LANGUAGES, ("purpose", "purpose_en"), strict=True):
        table[column] = table["row"].map(_purposes(edition, language)).map(indicators.opening)
    return table.rename(columns={"portfolio_folded": "portfolio"})


def _purposes(edition: Edition, language: str) -> pd.Series:
    """Return the description of each initiative by its row, or else its benefits."""
    rows = edition.initiatives.set_index("row")
    described, stated = (
        rows[f"{text}_en" if language == "en" and f"{text}_en" in rows else text]
        for text in ("description" if "description" in rows else "benefits", "benefits")
    )
    return described.where(described.map(tidy) != "", stated)


def _in_use(edition: Edition) -> set[int]:
    """Return the rows in production; all where the file gives no status."""
    rows = edition.initiatives
    return set(rows.loc[(rows["status"] == PRODUCTION) | (not edition.gives("status")), "row"])


def _stating(edition: Edition) -> set[int]:
    """Return the rows that state a benefit: the texts that are not blank, where none is coded."""
    if edition.codes_benefits:
        table = coded(edition)
        return set(table.loc[table["is_stated"], "row"])
    rows = edition.initiatives
    return set(rows.loc[rows["benefits"].map(tidy) != "", "row"])
