"""A source: one register and everything that people recorded about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from portrait.language.text import normalise

FIELDS = ("name", "body", "portfolio", "category", "status", "benefits")
"""Our fields, in the order of every table that lists them."""

CLOSED = ("category", "status")
"""Fields whose values come from a closed list."""
YEAR = "year"
"""A column that a file need not have: where it stands, it must not contradict the declared year."""

TRANSLATED = ("name_en", "benefits_en")
"""Fields of a source that publishes its rows in English beside French."""

RECOGNISED_BY = ("description", "outputs", "identifier")
"""Fields that a source may publish, by which an initiative is recognised from a year to the next.

`identifier` is the publisher's own; the others are texts.
"""

UNKNOWN = "unknown"
UNCLASSIFIED = "unclassified"

OWN_LABELS = {
    UNKNOWN: {"fr": "Non renseigné", "en": "Not given"},
    UNCLASSIFIED: {"fr": "À classer", "en": "To classify"},
}
"""What readers see for the two values that no source publishes."""


@dataclass(frozen=True)
class EditionDates:
    """When a year was collected and published: ``YYYY-MM-DD``, or ``YYYY-MM`` where no day was published."""

    collected: str
    made_precise: str
    published: str
    modified: str


@dataclass(frozen=True)
class Term:
    """One value of a closed list: its name in our tables, labels and definitions by language.

    `years` are the editions whose vocabulary holds it; empty means all of them.
    """

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class RecordedName:
    """One recorded equivalence: a value as published, ours, and the years for which it holds."""

    field: str
    published: str
    ours: str
    since: int | None
    until: int | None
    evidence: str

    @cached_property
    def key(self) -> str:
        """The key under which the published name is looked up."""
        return normalise(self.published)

    def holds_in(self, year: int) -> bool:
        """Tell whether the equivalence was recorded for this year."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)

    def overlaps(self, other: RecordedName) -> bool:
        """Tell whether some year is covered by both equivalences."""
        latest = max(self.since or 0, other.since or 0)
        return self.holds_in(latest) and other.holds_in(latest)


@dataclass(frozen=True)
class Correction:
    """One cell that a person corrected: what the file holds there, what it should, why, and who says so."""

    year: int
    row: int
    field: str
    expected: str
    value: str
    reason: str
    author: str


@dataclass(frozen=True)
class Source:
    """One register and all that people recorded about it.

    Attributes
    ----------
    id
        Name of its folder in `data/reference/`, as in ``quebec``.
    folder
        That folder.
    facts
        What `source.yml` holds, as read.
    columns
        For each year, for each of our fields, the headers it may bear; a field the source does not
        publish that year is absent.
    mappings
        Rows of `labels.csv` and `bodies.csv`, in that order.
    corrections
        Entries of `corrections.yml`; usually none.
    vocabulary
        For each closed field (and for names with a gloss), its terms in the order of the source.
    """

    id: str
    folder: Path
    facts: Mapping[str, Any]
    columns: Mapping[int, Mapping[str, tuple[str, ...]]]
    mappings: tuple[RecordedName, ...]
    vocabulary: Mapping[str, tuple[Term, ...]]
    corrections: tuple[Correction, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Years that `source.yml` declares, ascending."""
        return tuple(sorted(self.facts["editions"]))

    def text(self, key: str, language: str) -> str:
        """Return a text of `source.yml` that stands in both languages, as in ``text("title", "fr")``."""
        return str(self.facts[key][language])

    def dates(self, year: int) -> EditionDates:
        """Return when the year was collected, made precise, published and modified (empty: not known)."""
        known = self.facts["editions"][year] or {}
        return EditionDates(
            **{
                name: str(known.get(name) or "")
                for name in ("collected", "made_precise", "published", "modified")
            }
        )

    def publishes(self, field_name: str, year: int) -> bool:
        """Tell whether the source publishes this field in this year."""
        return field_name in self.columns.get(year, {})

    def terms(self, field_name: str, year: int) -> tuple[Term, ...]:
        """Return the closed list of a field in a year, in the order of the source."""
        return tuple(
            term for term in self.vocabulary.get(field_name, ()) if not term.years or year in term.years
        )

    def same_vocabulary(self, field_name: str, year: int, other: int) -> bool:
        """Tell whether a field has the same closed list in both years, so that they can be compared."""
        names = [{term.name for term in self.terms(field_name, each)} for each in (year, other)]
        return bool(names[0]) and names[0] == names[1]

    @cached_property
    def _labels(self) -> dict[tuple[str, str], Term]:
        return {(name, term.name): term for name, terms in self.vocabulary.items() for term in terms}

    def label(self, field_name: str, value: str, language: str) -> str:
        """Return what readers see for a value of our tables.

        A body that calls itself "unclassified" keeps its name: only closed fields have that value.
        Names that a source publishes in both languages at once ("English / Français") are split as
        `source.yml` says; a value without a label is its own label.
        """
        vocabulary = "portfolio" if field_name == "portfolio_folded" else field_name
        term = self._labels.get((vocabulary, value))
        if term is not None:
            return term.labels.get(language, value)
        if value == UNKNOWN or (value == UNCLASSIFIED and vocabulary in CLOSED):
            return OWN_LABELS[value][language]
        both = self.facts.get("names_in_both_languages")
        if both and vocabulary in both["fields"] and value.count(both["separator"]) == 1:
            return str(value.split(both["separator"])[both["order"].index(language)].strip())
        return value

    def definitions(self, field_name: str, year: int) -> dict[str, dict[str, str]]:
        """Return the definitions that the source gives of a closed field, by name and language."""
        return {
            term.name: dict(term.definitions) for term in self.terms(field_name, year) if term.definitions
        }

    def short_label(self, field_name: str, value: str, language: str) -> str:
        """Return the label without the gloss that follows an official name, as in ``Famille (Family)``.

        For figures and sentences; a table gives the gloss.
        """
        label = self.label(field_name, value, language)
        return value if label.startswith(f"{value} (") else label

    def mapped(self, field_name: str, year: int) -> dict[str, str]:
        """Return the recorded equivalences of a field that hold in a year: key as published -> ours."""
        return {row.key: row.ours for row in self.mappings if row.field == field_name and row.holds_in(year)}
