"""Facts: a formula on queries, with its numbers, or the reason why an edition does not have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.editions.once import once
from portrait.errors import Sentence, refuse_unknown
from portrait.facts.absence import Absent, absent_fields, asked_fields, is_of_chance
from portrait.facts.counted import counted
from portrait.facts.formulas import FORMULAS
from portrait.facts.nothing import NO_EARLIER, NO_FIELD, RENAMED
from portrait.facts.published import Tables, tables_of
from portrait.facts.queries import Answers, Condition, Query, equals, one_of
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.sayable import GROUPS, NOUNS, OF_GROUPS, Sayable
from portrait.language.proof import definition
from portrait.linkage.tiers import TIERS

REASONS: Mapping[str, Sentence] = {
    "no previous edition": NO_EARLIER,
    "field not published": NO_FIELD,
    "denominator too small": Sentence("Trop peu pour une part.", "Too few for a share."),
    "nothing to count": Sentence("Rien à compter.", "Nothing to count."),
    "two vocabularies": Sentence(
        "Les mots des deux éditions n’ont pas le même sens.",
        "The words of the two editions differ in meaning.",
    ),
    RENAMED: Sentence(
        "Un portefeuille a changé de nom d’une édition à l’autre.",
        "A portfolio has another name in the previous edition.",
    ),
    "reconstructed rows": Sentence(
        "Les lignes sont reconstituées à partir de totaux.", "The rows were reconstructed from totals."
    ),
}
"""Why a fact may not be said: the code that the register keeps, and what readers see."""


@dataclass(frozen=True, eq=False)
class Fact(Sayable):
    """A formula on queries, and its answer.

    Attributes
    ----------
    asks
        Arguments of the formula: queries, fields and parameters.
    why
        Code of the reason why it may not be said, one of `REASONS`; empty where it may.
    caveat
        What a reader should know beside its definition, by language.
    answers
        What answered its queries.
    """

    formula: str
    asks: Mapping[str, Any]
    unit: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    caveat: Sentence | None = None
    answers: Answers | None = None

    def __bool__(self) -> bool:
        """Whether it may be said."""
        return not self.why

    def __repr__(self) -> str:
        """Say in both languages what it counts, then its numbers or why it has none."""
        question = self.record()
        counts = [definition(question, language) for language in ("fr", "en")]
        reason = [self.reason.fr, self.reason.en] if self.reason else []
        return "\n".join([*counts, *reason, *(f"  {name}: {value}" for name, value in self.numbers.items())])

    @property
    def reason(self) -> Sentence | None:  # type: ignore[override]
        """Why it may not be said, for readers."""
        return REASONS[self.why] if self.why else None

    @property
    def value(self) -> Any:
        """Its main number; refused where it may not be said."""
        self.refuse_absent()
        return self.numbers["value"]

    @property
    def names(self) -> list[str]:
        """The names that it lists, in order."""
        return [str(name) for key, name in self.numbers.items() if re.fullmatch(r"name\d+", key)]

    @property
    def top_name(self) -> str:
        """The name that it lists first; empty where it lists none."""
        return next(iter(self.names), "")

    @property
    def why_unnamed(self) -> str:
        """Code of the reason why nothing may be said of that name: none is listed, or the fact is absent."""
        return self.why or ("" if self.top_name else "nothing to count")

    def record(self) -> dict[str, Any]:
        """Return its question as the register keeps it."""
        asks = {name: each.json() if isinstance(each, Query) else each for name, each in self.asks.items()}
        caveat = {"caveat": {"fr": self.caveat.fr, "en": self.caveat.en}} if self.caveat else {}
        return {"formula": self.formula, "unit": self.unit, "asks": asks, **caveat}

    def counted(self) -> list[dict[str, Any]]:
        """Return what its queries found (`counted.counted`)."""
        if not (answers := self.answers):
            return []
        question = "counted", self.formula, *self.asks.items()
        return answers.once(question, lambda: counted(answers, self.formula, self.asks, self.numbers))


class Questions:
    """Asks an edition for facts.

    Attributes
    ----------
    now, before
        Initiatives of the edition, and of the previous one.
    edition, previous
        Their identifiers; `previous` is empty where there is none.

    Parameters
    ----------
    tables
        Published tables by name that `tables_of` leaves empty.
    """

    def __init__(self, edition: Edition, tables: Tables | None = None) -> None:
        self.edition = edition_id(edition.year)
        self.previous = edition_id(edition.previous.year) if edition.previous else ""
        self.now = Query("initiatives")(equals("edition", self.edition))
        self.before = Query("initiatives")(equals("edition", self.previous))
        known = answers_of(edition)
        self._absent = absent_of_edition(edition)
        self._reconstructed = edition.reconstructed
        self._answers = Answers({**known.tables, **tables}) if tables else known

    def fact(
        self,
        formula: str,
        unit: str = "",
        *,
        why: str = "",
        caveat: Sentence | None = None,
        **asks: Any,
    ) -> Fact:
        """Return a fact; absent where it asks for a previous edition that does not exist, or `why` says so.

        It is absent too where a file does not give a field that it asks for, where it asks of reconstructed
        rows what no published total says, where there is nothing to count, and a share where its whole is too
        small. It counts initiatives, or the groups that it asks for, unless `unit` says what else.
        """
        grouped = "" if formula in OF_GROUPS else str(asks.get("by", "")).split("_")[0]
        unit = unit or GROUPS.get(grouped, "initiatives")
        refuse_unknown("formula", formula, FORMULAS)
        refuse_unknown("unit", unit, (*NOUNS, *_NOT_COUNTED))
        if not self.previous and any(each[1:] == ("=", "") for each in _conditions(asks)):
            why = "no previous edition"
        if not why and not self._absent.isdisjoint(asked_fields(asks)):
            why = "field not published"
        if not why and self._reconstructed and is_of_chance(formula, asks):
            why = "reconstructed rows"
        question = formula, *asks.items()
        of = self._answers
        if not why and any(each.table == "obliged" and of.tables["obliged"].empty for each in _queries(asks)):
            why = "nothing to count"  # no list says which bodies must declare: 0 of them is not known
        numbers = {} if why else of.once(question, lambda: FORMULAS[formula](of, **asks))
        if not why and numbers["value"] is None:
            why = "nothing to count"
        if not why and formula in _SHARES and abs(numbers["whole"]) < SMALLEST_DENOMINATOR:
            why = "denominator too small"
        return Fact(formula, asks, unit, {} if why else numbers, why, caveat, self._answers)

    def growth(self, *conditions: Condition, why: str = "") -> Fact:
        """Return the change, since the previous edition, of the number of initiatives of some conditions."""
        return self.fact("change", after=self.now(*conditions), before=self.before(*conditions), why=why)

    def rows(self, query: Query) -> pd.DataFrame:
        """Return the rows of a query."""
        return self._answers.rows(query)

    def dates(self, edition: str) -> Query:
        """Return the row of an edition among the editions, with its dates and thresholds."""
        return Query("editions")(equals("edition", edition))

    def links(self, tier: str) -> Query:
        """Return the links between both editions, at a tier or a surer one."""
        tiers = TIERS[: [*TIERS].index(tier) + 1]  # type: ignore[arg-type]
        ends = equals("edition_from", self.previous), equals("edition_to", self.edition)
        return Query("links")(*ends, one_of("tier", tiers))


_NOT_COUNTED = ("editions", "months")
"""Units of what counts nothing: a threshold or a measure of an edition, an interval."""
_SHARES = ("share_change", "contribution", "top_share")
"""Formulas that are absent below the smallest denominator; a share then gives its counts instead."""


def _queries(asks: Mapping[str, Any]) -> list[Query]:
    return [each for each in asks.values() if isinstance(each, Query)]


def _conditions(asks: Mapping[str, Any]) -> list[Any]:
    return [each for query in _queries(asks) for each in query.where]


@once("absent")
def absent_of_edition(edition: Edition) -> Absent:
    """Return the fields that the files of an edition and of the earlier ones do not give, told once."""
    return absent_fields(tables_of(edition)["initiatives"])


@once("answers")
def answers_of(edition: Edition) -> Answers:
    """Return what answers queries on the tables of an edition, made once."""
    return Answers(tables_of(edition))
