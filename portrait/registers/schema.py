"""Load a source from its folder of reference files, and validate them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portrait.errors import Place, WrongCall, did_you_mean
from portrait.registers.columns import read_columns
from portrait.registers.parsing import check_field, read_rows, read_yaml, refused, require
from portrait.registers.project import REFERENCE, source_names
from portrait.registers.source import CLOSED, FIELDS, UNKNOWN, Correction, RecordedName, Source, Term


def load_source(name: str, project: Path) -> Source:
    """Read a source's folder.

    Raises
    ------
    WrongCall
        There is no such source; the message names the closest one and all others.
    RefusedInput
        A reference file is invalid.
    """
    names = source_names(project)
    if name not in names:
        raise WrongCall(
            f"There is no source “{name}”.", f"{did_you_mean(name, names)}Known sources: {', '.join(names)}."
        )
    folder = project / REFERENCE / name
    facts = read_yaml(folder / "source.yml")
    require(facts, ("producer", "title", "licence", "editions", "vocabulary"), folder / "source.yml")
    vocabulary = {
        field_name: tuple(_term(entry, folder / "source.yml") for entry in entries)
        for field_name, entries in facts["vocabulary"].items()
    }
    return Source(
        id=name,
        folder=folder,
        facts=facts,
        columns=read_columns(folder / "columns.csv"),
        mappings=(
            *_read_names(folder / "labels.csv", None, vocabulary),
            *_read_names(folder / "bodies.csv", "body", vocabulary),
        ),
        corrections=_read_corrections(folder / "corrections.yml"),
        vocabulary=vocabulary,
    )


_REPORT_KEYS = (
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
    """Check before any notebook runs that a source has the facts that a report needs.

    Raises
    ------
    RefusedInput
        A key of `source.yml` is missing, or is not in both languages.
    """
    path = source.folder / "source.yml"
    require(source.facts, _REPORT_KEYS, path)
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
        require(source.facts[key], ("fr", "en"), path)
    require(source.facts["catalogue"], ("url", "consulted"), path)
    if isinstance(source.facts["citation"], Mapping):
        require(source.facts["citation"], ("fr", "en"), path)
    else:
        require(source.facts, ("citation_language",), path)


def _read_corrections(path: Path) -> tuple[Correction, ...]:
    if not path.exists():
        return ()
    entries = read_yaml(path).get("corrections") or ()
    for entry in entries:
        require(entry, ("year", "row", "field", "expected", "value", "reason", "author"), path)
        if entry["field"] not in FIELDS:
            raise refused(
                Place(path.as_posix(), column="field"),
                f"« {entry['field']} » n’est pas un de nos champs.",
                f"“{entry['field']}” is not one of our fields.",
            )
    return tuple(
        Correction(
            int(entry["year"]),
            int(entry["row"]),
            *(str(entry[key]) for key in ("field", "expected", "value", "reason", "author")),
        )
        for entry in entries
    )


def _term(entry: Mapping[str, Any], path: Path) -> Term:
    require(entry, ("name",), path)
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


def _read_names(
    path: Path, field_name: str | None, vocabulary: Mapping[str, tuple[Term, ...]]
) -> list[RecordedName]:
    """Read recorded equivalences of one field, or (``None``) of the field that each row names."""
    ours = "ours" if field_name is None else field_name
    named = () if field_name else ("field",)
    rows = read_rows(path, (*named, "published", ours, "since", "until", "evidence", "recorded_by"))
    recorded: list[RecordedName] = []
    for number, row in rows:
        if field_name is None:
            check_field(row["field"], ("portfolio", "portfolio_folded", *CLOSED), path, number)
        name = RecordedName(
            field=field_name or row["field"],
            published=row["published"],
            ours=row[ours],
            since=_year(row, "since", path, number),
            until=_year(row, "until", path, number),
            evidence=row["evidence"],
        )
        _check_listed(name, vocabulary, Place(path.as_posix(), number, ours, name.ours))
        _check_conflict(name, recorded, Place(path.as_posix(), number, "published", name.published))
        recorded.append(name)
    return recorded


def _check_listed(name: RecordedName, vocabulary: Mapping[str, tuple[Term, ...]], place: Place) -> None:
    if name.field not in CLOSED or name.ours == UNKNOWN:
        return
    if name.ours not in {term.name for term in vocabulary.get(name.field, ())}:
        raise refused(
            place,
            f"cette valeur n’est pas dans le vocabulaire « {name.field} » de source.yml.",
            f"this value is not in the vocabulary “{name.field}” of source.yml.",
        )


def _check_conflict(name: RecordedName, recorded: list[RecordedName], place: Place) -> None:
    """Refuse a name with two values in one year: the last would silently win."""
    for other in recorded:
        same = other.field == name.field and other.key == name.key
        if same and other.ours != name.ours and other.overlaps(name):
            raise refused(
                place,
                f"ce nom mène déjà à « {other.ours} » dans une même année.",
                f"this name already leads to “{other.ours}” in the same year.",
            )


def _year(row: Mapping[str, str], column: str, path: Path, number: int) -> int | None:
    text = row[column].strip()
    if text and not text.isdecimal():
        raise refused(
            Place(path.as_posix(), number, column, text), "ce n’est pas une année.", "this is not a year."
        )
    return int(text) if text else None
