"""Sources as reference data: one folder of `data/reference/` a source, read into one object.

Nothing here names a source: another government's register, or another year, is a matter of files.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, Sentence, WrongCall, did_you_mean

REFERENCE = Path("data", "reference")
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
NOT_FOUND = "not found: give the header, or nothing where the file has no such column"
"""Stands in `columns.csv` where the header of a field could not be told."""

OWN_LABELS = {
    UNKNOWN: {"fr": "Non renseigné", "en": "Not given"},
    UNCLASSIFIED: {"fr": "À classer", "en": "To classify"},
}
"""What readers see for the two values that no source publishes."""

_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader of plain values; the one in C where this machine has it reads ten times as fast."""

_MARK = re.compile(r"proposed by (?:header|content|likeness): (.+)")
_PLAIN = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"œ": "oe", "æ": "ae"})
"""Letters and marks that are typed in several ways, each as its plainest way."""


def clean(text: str) -> str:
    """Return the text without outer, doubled or invisible characters, on one line, in composed Unicode.

    Excel's ``_x000D_`` (a carriage return it could not write) is space too. Nothing else changes:
    this is what readers see, where :func:`normalise` gives what is compared.
    """
    if text.isascii() and text.isprintable() and "  " not in text and "_x000D_" not in text:
        return text.strip()  # most cells: a million of them take a fifth of the time
    spaced = " ".join(text.replace("_x000D_", " ").split())
    if not spaced.isprintable():  # controls, marks of direction, spaces without width, soft hyphens
        spaced = " ".join("".join(filter(_is_visible, spaced)).split())
    return unicodedata.normalize("NFC", spaced)


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")


@lru_cache(maxsize=2**14)  # a register repeats few names many times
def normalise(text: str) -> str:
    """Return the key under which names are looked up: never shown, never published.

    Two names share a key when they differ only by case, accents, apostrophes, dashes and spaces, or
    by ``&`` in the place of ``et`` or ``and``.
    """
    joined = re.sub(r"\s*([-/'])\s*", r"\1", plain(text))
    return re.sub(r"(?<![^\W_])(?:et|and)(?![^\W_])", "&", joined)  # a header may join words by underscores


def plain(text: str) -> str:
    """Return the text without case or accents, with one kind of apostrophe, dash and space: never shown."""
    # An acute accent that stands alone is an apostrophe, and would be decomposed into a space.
    plainest = clean(text).translate(_PLAIN)
    if plainest.isascii():
        return plainest.lower()  # nothing to decompose
    decomposed = unicodedata.normalize("NFKD", plainest).casefold()
    bare = "".join(filter(_is_base, unicodedata.normalize("NFKD", decomposed))).translate(_PLAIN)
    return " ".join(bare.split())


def without_accents(text: str) -> str:
    """Return the text without accents, its case and its spaces kept."""
    return "".join(filter(_is_base, unicodedata.normalize("NFKD", text.translate(_PLAIN))))


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)


def normalise_header(text: str) -> str:
    """Return the key of a column header: letters and digits only, without case or accents."""
    return re.sub(r"[\W_]", "", normalise(text))


def is_marked(cell: str) -> bool:
    """Tell whether a cell of `columns.csv` awaits a person."""
    return cell == NOT_FOUND or _MARK.fullmatch(cell) is not None


def unmarked(cell: str) -> str:
    """Return the header of a cell of `columns.csv`, confirmed or not."""
    match = _MARK.fullmatch(cell)
    return match[1] if match else cell


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


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` (default: here) upwards, that holds `data/reference/`.

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
        raise WrongCall(
            f"There is no source “{name}”.", f"{did_you_mean(name, names)}Known sources: {', '.join(names)}."
        )
    folder = project / REFERENCE / name
    facts = read_yaml(folder / "source.yml")
    _require(facts, ("producer", "title", "licence", "editions", "vocabulary"), folder / "source.yml")
    vocabulary = {
        field_name: tuple(_term(entry, folder / "source.yml") for entry in entries)
        for field_name, entries in facts["vocabulary"].items()
    }
    return Source(
        id=name,
        folder=folder,
        facts=facts,
        columns=_read_columns(folder / "columns.csv"),
        mappings=(
            *_read_names(folder / "labels.csv", None, vocabulary),
            *_read_names(folder / "bodies.csv", "body", vocabulary),
        ),
        corrections=_read_corrections(folder / "corrections.yml"),
        vocabulary=vocabulary,
    )


_OF_A_REPORT = (
    "producer",
    "producer_in_a_sentence",
    "title",
    "scope_name",
    "licence",
    "licence_url",
    "catalogue",
    "citation",
    "legal_basis",
    "included",
    "excluded",
)


def require_report_facts(source: Source) -> None:
    """Refuse a source that lacks what a report says of it, before any notebook runs.

    Raises
    ------
    RefusedInput
        A key of `source.yml` is missing, or has not both languages.
    """
    path = source.folder / "source.yml"
    _require(source.facts, _OF_A_REPORT, path)
    both = (
        "producer",
        "producer_in_a_sentence",
        "title",
        "scope_name",
        "legal_basis",
        "included",
        "excluded",
    )
    for key in both:
        _require(source.facts[key], ("fr", "en"), path)
    _require(source.facts["catalogue"], ("url", "consulted"), path)
    if isinstance(source.facts["citation"], Mapping):
        _require(source.facts["citation"], ("fr", "en"), path)
    else:
        _require(source.facts, ("citation_language",), path)


def _read_corrections(path: Path) -> tuple[Correction, ...]:
    if not path.exists():
        return ()
    entries = read_yaml(path).get("corrections") or ()
    for entry in entries:
        _require(entry, ("year", "row", "field", "expected", "value", "reason", "author"), path)
        if entry["field"] not in FIELDS:
            raise _refused(
                Place(path.as_posix(), column="field"),
                f"« {entry['field']} » n’est pas un de nos champs.",
                f"“{entry['field']}” is no field of ours.",
            )
    return tuple(
        Correction(
            int(entry["year"]),
            int(entry["row"]),
            *(str(entry[key]) for key in ("field", "expected", "value", "reason", "author")),
        )
        for entry in entries
    )


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a reference file that is a mapping of keys.

    Raises
    ------
    RefusedInput
        It is not YAML, or not a mapping.
    """
    try:
        content = yaml.load(path.read_text("utf-8-sig"), _YAML)  # noqa: S506 -- a safe loader
    except yaml.YAMLError as error:
        raise _refused(
            Place(path.as_posix()), f"YAML illisible : {error}.", f"unreadable YAML: {error}."
        ) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    if not isinstance(content, dict):
        raise _refused(
            Place(path.as_posix()),
            "le fichier n’est pas une suite de clés.",
            "the file is not a mapping of keys.",
        )
    return content


def _require(facts: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
    for key in keys:
        if key not in facts:
            raise _refused(
                Place(path.as_posix()), f"la clé « {key} » manque.", f"the key “{key}” is missing."
            )


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


def read_rows(path: Path, required: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read a reference table, which may be absent: each row with its number, as a spreadsheet counts."""
    if not path.exists():
        return []
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    header, *records = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    missing = ", ".join(name for name in required if name not in header)
    if missing:
        raise _refused(
            Place(path.as_posix(), row=1),
            f"il manque les colonnes {missing}.",
            f"the columns {missing} are missing.",
        )
    rows = []
    for number, record in enumerate(records, start=2):
        if len(record) > len(header):
            raise _refused(
                Place(path.as_posix(), row=number),
                "la ligne a plus de cellules que l’en-tête : une virgule n’est pas entre guillemets.",
                "the row has more cells than the header: a comma does not stand between quotes.",
            )
        if any(record):
            rows.append((number, dict(zip_longest(header, record, fillvalue=""))))
    return rows


def _read_columns(path: Path) -> dict[int, dict[str, tuple[str, ...]]]:
    numbered = read_rows(path, ("field",))
    for number, row in numbered:
        _check_field(row["field"], (*FIELDS, YEAR, *TRANSLATED, *RECOGNISED_BY), path, number)
    rows = [row for _, row in numbered]
    years = [name for name in (rows[0] if rows else {}) if name.isdecimal()]
    return {
        int(year): {
            row["field"]: tuple(header.strip() for header in row[year].split(" | "))
            for row in rows
            if row[year].strip()
        }
        for year in years
    }


def _read_names(
    path: Path, field_name: str | None, vocabulary: Mapping[str, tuple[Term, ...]]
) -> list[RecordedName]:
    """Read recorded equivalences: of one field, each to a body, or (``None``) of the field each row names."""
    ours = "ours" if field_name is None else field_name
    named = () if field_name else ("field",)
    rows = read_rows(path, (*named, "published", ours, "since", "until", "evidence", "recorded_by"))
    recorded: list[RecordedName] = []
    for number, row in rows:
        if field_name is None:
            _check_field(row["field"], ("portfolio", "portfolio_folded", *CLOSED), path, number)
        name = RecordedName(
            field=field_name or row["field"],
            published=row["published"],
            ours=row[ours],
            since=_year(row, "since", path, number),
            until=_year(row, "until", path, number),
            evidence=row["evidence"],
        )
        _check_listed(name, vocabulary, Place(path.as_posix(), number, ours, name.ours))
        _check_alone(name, recorded, Place(path.as_posix(), number, "published", name.published))
        recorded.append(name)
    return recorded


def _check_field(field_name: str, known: Sequence[str], path: Path, row: int) -> None:
    """Refuse a field that is none of ours: its row would change nothing, and nobody would know."""
    if field_name not in known:
        raise _refused(
            Place(path.as_posix(), row, "field", field_name),
            f"ce champ n’existe pas; champs connus : {', '.join(known)}.",
            f"there is no such field; known fields: {', '.join(known)}.",
        )


def _check_listed(name: RecordedName, vocabulary: Mapping[str, tuple[Term, ...]], place: Place) -> None:
    if name.field not in CLOSED or name.ours == UNKNOWN:
        return
    if name.ours not in {term.name for term in vocabulary.get(name.field, ())}:
        raise _refused(
            place,
            f"cette valeur n’est pas dans le vocabulaire « {name.field} » de source.yml.",
            f"this value is not in the vocabulary “{name.field}” of source.yml.",
        )


def _check_alone(name: RecordedName, recorded: list[RecordedName], place: Place) -> None:
    """Refuse a name that leads to two values in one year: the last one would win without a word."""
    for other in recorded:
        same = other.field == name.field and other.key == name.key
        if same and other.ours != name.ours and other.overlaps(name):
            raise _refused(
                place,
                f"ce nom mène déjà à « {other.ours} » dans une même année.",
                f"this name leads to “{other.ours}” already in a same year.",
            )


def _year(row: Mapping[str, str], column: str, path: Path, number: int) -> int | None:
    text = row[column].strip()
    if text and not text.isdecimal():
        raise _refused(
            Place(path.as_posix(), number, column, text), "ce n’est pas une année.", "this is not a year."
        )
    return int(text) if text else None


def _not_utf8(path: Path, error: UnicodeDecodeError) -> RefusedInput:
    return _refused(
        Place(path.as_posix()),
        f"le fichier n’est pas en UTF-8 (octet à la position {error.start}).",
        f"the file is not UTF-8 (byte at offset {error.start}).",
    )


def _refused(place: Place, french: str, english: str) -> RefusedInput:
    return RefusedInput(
        place,
        Sentence(french, english),
        Sentence("Corrigez ce fichier de référence.", "Mend this reference file."),
    )
