"""A source: one register and its reference data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from portrait.errors import Place
from portrait.language.agreement import elided, with_article
from portrait.language.locales import LANGUAGES, as_recorded, choose, is_french
from portrait.language.nouns import reworded
from portrait.language.periods import EditionId, bounds, own_date
from portrait.language.terms import status_label
from portrait.language.text import normalise
from portrait.language.typography import curled
from portrait.registers.parsing import shown_path
from portrait.registers.patterns import Pattern
from portrait.registers.project import PROGRAM

FIELDS = ("name", "body", "portfolio", "category", "status", "benefits")
"""Our fields, in the order of every table that lists them."""

COMPARED = ("category", "status")
"""Fields of a closed list that every register may have, and that editions are compared by."""

SAFEGUARDS = ("risk", "assessment", "notice", "personal_information", "supplier", "technique")
"""Optional fields of a closed list: what a register asks about safeguards, and about the technique.

The first term of such a list is the one that the text singles out.
"""

CLOSED = (*COMPARED, *SAFEGUARDS)
"""Fields whose values come from a closed list."""
LONGEST_LIST = 60
"""Most values of a closed list: a column with more is free text."""
YEAR = "year"
"""An optional column of a file; it must not contradict the year of the edition."""

TRANSLATED = ("name_en", "benefits_en", "description_en")
"""Optional fields: the English texts of a source that publishes in both languages."""

RECOGNISED_BY = ("description", "outputs", "identifier")
"""Optional fields that help to recognise an initiative from one year to the next.

`identifier` is the publisher's own; the others are texts.
"""

UNKNOWN = "unknown"
UNCLASSIFIED = "unclassified"
NOT_TOLD = (UNKNOWN, UNCLASSIFIED)
"""Values that stand for an answer that was not given, or that is not in the list."""
NAMELESS = ("", *NOT_TOLD)
"""Values that name no group."""
RECORDED_STATUSES = ("production", "development", "retired", UNKNOWN)
"""Statuses of our tables that a vocabulary may have."""


@dataclass(frozen=True)
class EditionDates:
    """Dates of an edition: ``YYYY-MM-DD``, or ``YYYY-MM`` where the day was not published."""

    collected: str
    made_precise: str
    published: str
    modified: str


@dataclass(frozen=True)
class Term:
    """One value of a closed list: its name in our tables, labels and definitions by language.

    `years` are the editions whose vocabulary holds the term; empty means all. `short` is a label for
    sentences and figures, by language, where the whole name is too long to be read; it is unofficial.
    """

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    years: tuple[EditionId, ...] = ()
    short: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class RecordedName:
    """A recorded equivalence between a published value and ours, and the years in which it holds.

    A label *on the border* is read as `ours`, and may be read as `may_be`; `reason` says why, by language.
    """

    field: str
    published: str
    ours: str
    since: EditionId | None
    until: EditionId | None
    evidence: str
    may_be: str = ""
    reason: Mapping[str, str] = dataclasses.field(default_factory=dict)
    recorded_by: str = ""

    @property
    def person(self) -> str:
        """Who recorded it; empty where the program did, which is no person."""
        return "" if self.recorded_by == PROGRAM else self.recorded_by

    @cached_property
    def key(self) -> str:
        """Look-up key of the published name."""
        return normalise(self.published)

    def holds_in(self, year: EditionId) -> bool:
        """Return whether the equivalence holds in this year."""
        return (self.since is None or year >= self.since) and (
            self.until is None or bounds(year)[0] <= bounds(self.until)[1]
        )

    def overlaps(self, other: RecordedName) -> bool:
        """Return whether both equivalences hold in some year."""
        begun = [bounds(each.since)[0] for each in (self, other) if each.since is not None]
        ended = [bounds(each.until)[1] for each in (self, other) if each.until is not None]
        return not begun or not ended or max(begun) <= min(ended)


@dataclass(frozen=True)
class Correction:
    """A manual correction of one cell: the value expected in the file, the right value, reason and author.

    `file` is the name of its file, in an edition of several.
    """

    year: EditionId
    row: int
    field: str
    expected: str
    value: str
    reason: str
    author: str
    file: str = ""


@dataclass(frozen=True)
class Overlap:
    """A status label of a year and one of a later year whose definitions overlap, and the reason.

    A change from one to the other may be a change of words.
    """

    year_from: EditionId
    label_from: str
    year_to: EditionId
    label_to: str
    reason: Mapping[str, str]

    @cached_property
    def keys(self) -> tuple[str, str]:
        """Look-up keys of both labels."""
        return normalise(self.label_from), normalise(self.label_to)


@dataclass(frozen=True)
class Source:
    """One register and its reference data.

    Attributes
    ----------
    id
        Name of its folder in `data/reference/`, as in ``quebec``.
    folder
        That folder.
    facts
        Content of `source.yml`.
    columns
        For each year and each of our fields, the possible headers; a field that the source does not
        publish that year is absent.
    file_columns
        The same for files that have their own column: by year, then by name in `files` of `source.yml`.
    mappings
        Rows of `labels.csv` and `bodies.csv`, in that order.
    corrections
        Entries of `corrections.yml`; usually none.
    overlaps
        Rows of `overlaps.csv`; usually none.
    obliged
        Rows of `obliged.csv`: the bodies that must declare, and when; none where no list of them is known.
    vocabulary
        For each closed field (and each field of names with a gloss), its terms in the order of the source.
    """

    id: str
    folder: Path
    facts: Mapping[str, Any]
    columns: Mapping[EditionId, Mapping[str, tuple[str, ...]]]
    mappings: tuple[RecordedName, ...]
    vocabulary: Mapping[str, tuple[Term, ...]]
    corrections: tuple[Correction, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    obliged: tuple[RecordedName, ...] = ()
    file_columns: Mapping[EditionId, Mapping[str, Mapping[str, tuple[str, ...]]]] = dataclasses.field(
        default_factory=dict
    )

    @property
    def years(self) -> tuple[EditionId, ...]:
        """Years that `source.yml` declares, ascending."""
        return tuple(sorted(self.facts["editions"]))

    @property
    def records(self) -> str:
        """Path to the records of a JSON file; empty where its keys tell the list."""
        return str(self.facts.get("records", ""))

    def text(self, key: str, language: str) -> str:
        """Return a bilingual text of `source.yml` in one language, as in ``text("title", "fr")``."""
        return str(as_recorded(self.facts[key], language))

    def own_unit(self, language: str) -> str:
        """Return what the register calls a record; empty where it is an initiative, or is not recorded."""
        unit = self.facts.get("record_unit") or {"fr": "initiative"}
        return "" if "initiative" in unit["fr"] else str(as_recorded(unit, language))

    def nouns(self, language: str) -> dict[str, str]:
        """Return the register's nouns by ours, in one language, as `language.nouns.reworded` takes them."""
        recorded = self.facts.get("nouns") or {}
        return {ours: each[language] for ours, each in recorded.items() if language in each}

    def in_its_nouns(self, text: str, language: str) -> str:
        """Return a text that we wrote with the register's nouns in place of ours."""
        return reworded(text, self.nouns(language), language)

    def choose(self, language: str, french: str, english: str, **places: Any) -> str:
        """Return our words in one language, with the register's nouns."""
        return self.in_its_nouns(choose(language, french, english, **places), language)

    def in_a_sentence(self, name: str, language: str) -> str:
        """Return the short label of a portfolio with the words before it in a sentence: « la NASA ».

        The first pattern of `before_names` that the label fits gives them; a label that fits none is alone.
        Empty where the source records none in that language.
        """
        recorded = (self.facts.get("before_names") or {}).get(language, {})
        for words in recorded:
            pattern = self.pattern("before_names", language, words)
            if pattern and pattern.is_in(name):
                is_elided = is_french(language) and words.endswith(("le", "la"))
                return elided(words, name) if is_elided else f"{words} {name}"
        return with_article(name, language) if recorded else ""

    def pattern(self, *keys: str) -> Pattern | None:
        """Return the regular expression under these keys of `source.yml`, if any."""
        content: Any = self.facts
        for key in keys:
            content = (content or {}).get(key)
        if not content:
            return None
        return Pattern(
            content, Place(shown_path(self.folder / "source.yml"), key=".".join(keys), value=content)
        )

    def dates(self, year: EditionId) -> EditionDates:
        """Return the dates of an edition; an unknown date is empty.

        An edition that a day or a month names was collected then, unless another date is recorded.
        """
        recorded = self.facts["editions"][year] or {}
        collected, *others = (
            str(recorded.get(name) or "") for name in ("collected", "made_precise", "published", "modified")
        )
        return EditionDates(collected or own_date(year), *others)

    def before(self, year: EditionId) -> tuple[EditionId, ...]:
        """Return the declared editions that an edition is compared with, ascending.

        They are those before it by date, or up to the one that `source.yml` names as its previous one.
        """
        named = (self.facts["editions"].get(year) or {}).get("previous")
        return tuple(each for each in self.years if each < year and (named is None or each <= named))

    def publishes(self, field_name: str, year: EditionId) -> bool:
        """Return whether the source publishes this field in this year."""
        edition = self.facts["editions"].get(year) or {}
        given = (
            self.columns.get(year, {}),
            *self.file_columns.get(year, {}).values(),
            *(each.get("constant", {}) for each in (edition, *edition.get("files", ()))),
        )
        return any(field_name in each for each in given)

    def terms(self, field_name: str, year: EditionId) -> tuple[Term, ...]:
        """Return the closed list of a field in a year, in the order of the source."""
        return tuple(
            term for term in self.vocabulary.get(field_name, ()) if not term.years or year in term.years
        )

    def same_vocabulary(self, field_name: str, year: EditionId, other: EditionId) -> bool:
        """Return whether a field has the same closed list in both years, so that they can be compared."""
        names = [{term.name for term in self.terms(field_name, each)} for each in (year, other)]
        return bool(names[0]) and names[0] == names[1]

    @cached_property
    def _labels(self) -> dict[tuple[str, str], Term]:
        return {(name, term.name): term for name, terms in self.vocabulary.items() for term in terms}

    def label(self, field_name: str, value: str, language: str) -> str:
        """Return the displayed label of a value of our tables, with typographic apostrophes.

        A label as published (`status_published`, `category_published`) stays as it is. A value without a
        label is its own label. A body named "unclassified" keeps its name: only closed fields have that
        value. Bilingual names ("English / Français") are split as `source.yml` says.
        """
        label = self._label(field_name, value, language)
        return label if field_name.endswith("_published") else curled(label)

    def _label(self, field_name: str, value: str, language: str) -> str:
        vocabulary = "portfolio" if field_name == "portfolio_folded" else field_name
        term = self._labels.get((vocabulary, value))
        if term is not None:
            return str(as_recorded(term.labels, language, value))
        if value == UNKNOWN or (value == UNCLASSIFIED and vocabulary in CLOSED):
            return status_label("not_given" if value == UNKNOWN else value, language)
        both, read = self.facts.get("names_in_both_languages"), language if language in LANGUAGES else "en"
        if both and vocabulary in both["fields"] and value.count(both["separator"]) == 1:
            return str(value.split(both["separator"])[both["order"].index(read)].strip())
        return value

    def definitions(self, field_name: str, year: EditionId) -> dict[str, dict[str, str]]:
        """Return the source's definitions of the terms of a closed field, by name and language."""
        return {
            term.name: dict(term.definitions) for term in self.terms(field_name, year) if term.definitions
        }

    def short_label(self, field_name: str, value: str, language: str) -> str:
        """Return the recorded short label, or the label without the gloss after an official name.

        Figures, sentences and the tables beside them use it; lists show ``Famille (Family)``.
        """
        term = self._labels.get(("portfolio" if field_name == "portfolio_folded" else field_name, value))
        if term is not None and (short := as_recorded(term.short, language)):
            return curled(short)
        has_gloss = self._label(field_name, value, language).startswith(f"{value} (")
        return curled(value) if has_gloss else self.label(field_name, value, language)

    def has_glosses(self, language: str) -> bool:
        """Return whether the name of any portfolio has a label in this language that is not the name."""
        names = [term.name for term in self.vocabulary.get("portfolio", ())]
        return any(self.short_label("portfolio", name, language) != curled(name) for name in names)

    def border_label(self, year: EditionId) -> RecordedName | None:
        """Return the status label of a year that is on the border of production, if any."""
        return next((row for row in self.mappings if row.may_be and row.holds_in(year)), None)

    def mapped(self, field_name: str, year: EditionId) -> dict[str, str]:
        """Return the equivalences of a field that hold in a year: key of the published value -> ours."""
        return {row.key: row.ours for row in self.mappings if row.field == field_name and row.holds_in(year)}
