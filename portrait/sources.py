"""Sources as reference data: one folder of `data/reference/` a source, read into one object.

Nothing here names a source: another government's register, or another year, is a matter of files.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, Sentence, WrongCall

REFERENCE = Path("data", "reference")
FIELDS = ("name", "body", "portfolio", "category", "status", "benefits")
"""Our fields, in the order of every table that lists them."""

UNKNOWN = "unknown"
UNCLASSIFIED = "unclassified"
OWN_LABELS = {
    UNKNOWN: {"fr": "Non renseigné", "en": "Not given"},
    UNCLASSIFIED: {"fr": "À classer", "en": "To classify"},
}
"""What readers see for the two values that no source publishes."""

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′`´"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
_LIGATURES = {ord("œ"): "oe", ord("æ"): "ae"}


def clean(text: str) -> str:
    """Return the text without outer, doubled or invisible space, on one line, in composed Unicode.

    Excel's ``_x000D_`` (a carriage return it could not write) is space too. Nothing else changes:
    this is what readers see, where :func:`normalise` gives what is compared.
    """
    text = unicodedata.normalize("NFC", text.replace("_x000D_", " ")).translate(_INVISIBLE)
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Return the key under which names are looked up: never shown, never published.

    Two names share a key when they differ only by case, accents, apostrophes, dashes and spaces.
    """
    text = clean(text).casefold().translate(_APOSTROPHES).translate(_DASHES).translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"\s*([-/'])\s*", r"\1", " ".join(bare.split()))


def normalise_header(text: str) -> str:
    """Return the key of a column header: letters and digits only, without case or accents."""
    return re.sub(r"[\W_]", "", normalise(text))


@dataclass(frozen=True)
class EditionDates:
    """When a year was collected and published, each ``YYYY-MM-DD`` or ``YYYY-MM`` where no day was published."""

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

    def holds_in(self, year: int) -> bool:
        """Tell whether the equivalence was recorded for this year."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)


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
    vocabulary
        For each closed field (and for names with a gloss), its terms in the order of the source.
    """

    id: str
    folder: Path
    facts: Mapping[str, Any]
    columns: Mapping[int, Mapping[str, tuple[str, ...]]]
    mappings: tuple[RecordedName, ...]
    vocabulary: Mapping[str, tuple[Term, ...]]

    @property
    def years(self) -> tuple[int, ...]:
        """Years that `source.yml` declares, ascending."""
        return tuple(sorted(self.facts["editions"]))

    def text(self, key: str, language: str) -> str:
        """Return a text of `source.yml` that stands in both languages, as in ``text("title", "fr")``."""
        return str(self.facts[key][language])

    def dates(self, year: int) -> EditionDates:
        """Return when the year was collected, made precise, published and modified (empty: not known)."""
        known = self.facts["editions"][year]
        return EditionDates(
            **{
                name: str(known.get(name, ""))
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

        Names that a source publishes in both languages at once ("English / Français") are split as
        `source.yml` says; a value without a label is its own label.
        """
        vocabulary = "portfolio" if field_name == "portfolio_folded" else field_name
        term = self._labels.get((vocabulary, value))
        if term is not None:
            return term.labels.get(language, value)
        if value in OWN_LABELS:
            return OWN_LABELS[value][language]
        both = self.facts.get("names_in_both_languages")
        if both and vocabulary in both["fields"] and value.count(both["separator"]) == 1:
            return value.split(both["separator"])[both["order"].index(language)].strip()
        return value

    def mapped(self, field_name: str, year: int) -> dict[str, str]:
        """Return the recorded equivalences of a field that hold in a year: key as published -> ours."""
        return {
            normalise(row.published): row.ours
            for row in self.mappings
            if row.field == field_name and row.holds_in(year)
        }


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` (default: the current one) upwards, that holds `data/reference/`.

    Raises
    ------
    WrongCall
        There is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / REFERENCE).is_dir():
            return folder
    raise WrongCall(
        f"No project here: neither {start} nor a folder above it holds {REFERENCE.as_posix()}.",
        "Run the command inside the project's folder, or name it with --project.",
    )


def source_names(project: Path) -> list[str]:
    """Return the names of the sources that the project knows, sorted."""
    return sorted(path.parent.name for path in (project / REFERENCE).glob("*/source.yml"))


def load_source(name: str, project: Path) -> Source:
    """Read a source's folder.

    Raises
    ------
    WrongCall
        No such source; names the nearest and all the others.
    RefusedInput
        A reference file is not what it must be.
    """
    names = source_names(project)
    if name not in names:
        near = get_close_matches(name, names, n=1)
        hint = f"Did you mean “{near[0]}”? " if near else ""
        raise WrongCall(f"There is no source “{name}”.", f"{hint}Known sources: {', '.join(names)}.")
    folder = project / REFERENCE / name
    facts = _read_yaml(folder / "source.yml")
    _require(facts, ("producer", "title", "licence", "editions", "vocabulary"), folder / "source.yml")
    return Source(
        id=name,
        folder=folder,
        facts=facts,
        columns=_read_columns(folder / "columns.csv"),
        mappings=_read_labels(folder / "labels.csv") + _read_bodies(folder / "bodies.csv"),
        vocabulary={
            field_name: tuple(_term(entry, folder / "source.yml") for entry in entries)
            for field_name, entries in facts["vocabulary"].items()
        },
    )


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise _refused(path, f"YAML illisible : {error}", f"unreadable YAML: {error}") from error
    if not isinstance(content, dict):
        raise _refused(path, "le fichier n’est pas une suite de clés.", "the file is not a mapping of keys.")
    return content


def _require(facts: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
    for key in keys:
        if key not in facts:
            raise _refused(path, f"la clé « {key} » manque.", f"the key “{key}” is missing.")


def _term(entry: Mapping[str, Any], path: Path) -> Term:
    _require(entry, ("name",), path)
    name = str(entry["name"])
    return Term(
        name=name,
        labels={language: str(entry.get(language, name)) for language in ("fr", "en")},
        definitions={
            language: str(entry[f"definition_{language}"])
            for language in ("fr", "en")
            if f"definition_{language}" in entry
        },
        years=tuple(entry.get("years", ())),
    )


def _read_rows(path: Path, required: tuple[str, ...]) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            raise _refused(
                path,
                f"il manque les colonnes {', '.join(missing)}.",
                f"the columns {', '.join(missing)} are missing.",
            )
        return list(reader)


def _read_columns(path: Path) -> dict[int, dict[str, tuple[str, ...]]]:
    rows = _read_rows(path, ("field",))
    years = [name for name in (rows[0] if rows else {}) if name and name.isdigit()]
    return {
        int(year): {
            row["field"]: tuple(header.strip() for header in row[year].split(" | "))
            for row in rows
            if row[year].strip()
        }
        for year in years
    }


def _read_labels(path: Path) -> tuple[RecordedName, ...]:
    rows = _read_rows(path, ("field", "published", "ours", "since", "until", "evidence", "recorded_by"))
    return tuple(
        RecordedName(
            row["field"],
            row["published"],
            row["ours"],
            _year(row["since"]),
            _year(row["until"]),
            row["evidence"],
        )
        for row in rows
    )


def _read_bodies(path: Path) -> tuple[RecordedName, ...]:
    rows = _read_rows(path, ("published", "body", "since", "until", "evidence", "recorded_by"))
    return tuple(
        RecordedName(
            "body", row["published"], row["body"], _year(row["since"]), _year(row["until"]), row["evidence"]
        )
        for row in rows
    )


def _year(text: str) -> int | None:
    return int(text) if text.strip() else None


def _refused(path: Path, french: str, english: str) -> RefusedInput:
    return RefusedInput(
        Place(path.as_posix()),
        Sentence(french, english),
        Sentence("Corrigez ce fichier de référence.", "Mend this reference file."),
    )
