"""Load a source from its folder of reference files; all faults of all files are refused at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from portrait.errors import Place, Sentence, did_you_mean, refuse_unknown
from portrait.language.locales import LANGUAGES, known_languages
from portrait.language.periods import edition_period
from portrait.registers.codebook import codebook_of
from portrait.registers.columns import read_columns
from portrait.registers.consistency import check_files, check_published, check_source
from portrait.registers.declared import FILES
from portrait.registers.languages import know_languages
from portrait.registers.parsing import Contents, Faults, contents_of, shown_path
from portrait.registers.project import REFERENCE, source_names
from portrait.registers.source import (
    CLOSED,
    NOT_TOLD,
    Correction,
    Overlap,
    RecordedName,
    Source,
    Term,
)
from portrait.registers.validation import read_mapping, read_release, read_rows
from portrait.storage.atomic import complete_writes

RELEASES = "releases"
"""Folder of the manifests of published editions, which `portrait release` keeps."""
_LOADED = (
    *("source.yml", "columns.csv", "labels.csv", "bodies.csv", "corrections.yml"),
    *("overlaps.csv", "obliged.csv", "benefits.csv"),
)
"""Files that `load_source` reads itself; it only validates the others, which are read where they are used."""


def load_source(name: str, project: Path) -> Source:
    """Read a source's folder, and validate every reference file in it.

    Raises
    ------
    WrongCall
        There is no such source; the message names the closest one and all others.
    RefusedInput
        Reference files are invalid: all their faults.
    """
    refuse_unknown("source", name, source_names(project))
    folder = project / REFERENCE / name
    complete_writes(folder)
    know_languages(project)
    files = contents_of([*(folder / file for file in FILES), *_releases(folder)])
    return _loaded(folder, files, known_languages())


def _releases(folder: Path) -> list[Path]:
    return sorted((folder / RELEASES).glob("*.json"))


@lru_cache(16)  # an edition is compared with every register, and a build asks for its own six times
def _loaded(folder: Path, contents: Contents, languages: tuple[str, ...]) -> Source:
    """Return the source of a folder whose files hold these contents, in these languages."""
    faults = Faults()
    facts = read_mapping(folder / "source.yml", faults)
    check_source(facts, folder, faults)
    vocabulary = {
        field_name: tuple(_term(entry) for entry in entries if entry.get("name"))
        for field_name, entries in facts.get("vocabulary", {}).items()
    }
    columns, file_columns = read_columns(folder / "columns.csv", faults)
    source = Source(
        id=folder.name,
        folder=folder,
        facts=facts,
        columns=columns,
        mappings=(
            *_read_names(folder / "labels.csv", None, vocabulary, faults),
            *_read_names(folder / "bodies.csv", "body", vocabulary, faults),
        ),
        corrections=_read_corrections(folder / "corrections.yml", faults),
        vocabulary=vocabulary,
        overlaps=_read_overlaps(folder / "overlaps.csv", faults),
        obliged=tuple(
            _recorded(row, "body", row["body"], row["body"])
            for _, row in read_rows(folder / "obliged.csv", faults)
            if row["body"]
        ),
        file_columns=file_columns,
    )
    if not faults.found:
        check_files(source, faults)
    codebook_of(folder, faults)
    for file in FILES:
        path = folder / file
        if file in _LOADED or not path.exists():
            continue
        if path.suffix == ".csv":
            read_rows(path, faults)
        elif file == "published.yml":
            check_published(read_mapping(path, faults), path, faults)
        else:
            read_mapping(path, faults)
    for path in _releases(folder):
        read_release(path, faults)
    faults.refuse()
    return source


def read_published_figures(folder: Path) -> dict[str, Any]:
    """Return the content of a source's `published.yml`; empty where there is no file.

    Raises
    ------
    RefusedInput
        The file is invalid.
    """
    path = folder / "published.yml"
    return _published(contents_of([path])) if path.exists() else {}


@lru_cache(16)
def _published(contents: Contents) -> dict[str, Any]:
    faults = Faults()
    published = read_mapping(contents[0][0], faults)
    faults.refuse()
    return published


def _read_corrections(path: Path, faults: Faults) -> tuple[Correction, ...]:
    if not path.exists():
        return ()
    keys = ("year", "row", "field", "expected", "value", "reason", "author")
    return tuple(
        Correction(**{key: entry[key] for key in keys}, file=entry.get("file", ""))
        for entry in read_mapping(path, faults).get("corrections", ())
        if all(entry.get(key) is not None for key in keys)
    )


def _read_overlaps(path: Path, faults: Faults) -> tuple[Overlap, ...]:
    return tuple(
        Overlap(
            edition_period(row["year_from"]),
            row["label_from"],
            edition_period(row["year_to"]),
            row["label_to"],
            _by_language(row, "reason_"),
        )
        for _, row in read_rows(path, faults)
        if row["year_from"] and row["year_to"]
    )


def _recorded(row: Mapping[str, str], field_name: str, published: str, ours: str) -> RecordedName:
    return RecordedName(
        field=field_name,
        published=published,
        ours=ours,
        since=edition_period(row["since"]) if row["since"] else None,
        until=edition_period(row["until"]) if row["until"] else None,
        evidence=row["evidence"],
        may_be=row.get("may_be", ""),
        reason={**dict.fromkeys(LANGUAGES, ""), **_by_language(row, "reason_")},
        recorded_by=row["recorded_by"],
    )


def _term(entry: Mapping[str, Any]) -> Term:
    name = entry["name"]
    return Term(
        name=name,
        labels={**dict.fromkeys(LANGUAGES, name), **_by_language(entry)},
        definitions=_by_language(entry, "definition_"),
        years=tuple(entry.get("years") or ()),
        short=_by_language(entry, "short_"),
    )


def _by_language(entry: Mapping[str, Any], start: str = "") -> dict[str, str]:
    """Return the texts of an entry whose keys begin so and end with a language, by language."""
    return {each: text for each in known_languages() if (text := entry.get(f"{start}{each}"))}


def _read_names(
    path: Path, field_name: str | None, vocabulary: Mapping[str, tuple[Term, ...]], faults: Faults
) -> list[RecordedName]:
    """Read recorded equivalences of one field, or (``None``) of the field that each row names."""
    ours = "ours" if field_name is None else field_name
    recorded: list[RecordedName] = []
    by_key: dict[tuple[str, str], list[RecordedName]] = {}
    for number, row in read_rows(path, faults):
        if not (row["published"] and row[ours]):
            continue  # the column is missing
        name = _recorded(row, field_name or row["field"], row["published"], row[ours])
        file = shown_path(path)
        _check_listed(name, vocabulary, Place(file, number, ours, name.ours), faults)
        same = by_key.setdefault((name.field, name.key), [])
        _check_years(name, same, Place(file, number, "published", name.published), faults)
        _check_border(name, recorded, Place(file, number, "may_be", name.may_be), faults)
        same.append(name)
        recorded.append(name)
    return recorded


def _check_listed(
    name: RecordedName, vocabulary: Mapping[str, tuple[Term, ...]], place: Place, faults: Faults
) -> None:
    if name.field not in CLOSED or name.ours in NOT_TOLD:
        return
    known = [term.name for term in vocabulary.get(name.field, ())]
    if name.ours not in known:
        faults.add(
            place,
            Sentence(
                f"cette valeur n’est pas dans le vocabulaire « {name.field} » de source.yml.",
                f"this value is not in the vocabulary “{name.field}” of source.yml.",
            ),
            Sentence(
                "Écrivez un terme de ce vocabulaire.",
                f"{did_you_mean(name.ours, known)}Write a term of that vocabulary.",
            ),
        )


def _check_border(name: RecordedName, others: list[RecordedName], place: Place, faults: Faults) -> None:
    """Add a fault for a label on the border that is not read as production, has no reason, or is a second."""
    if not name.may_be:
        return
    is_second = any(other.may_be and other.overlaps(name) for other in others)
    if is_second or (name.field, name.ours) != ("status", "production") or not all(name.reason.values()):
        faults.add(
            place,
            Sentence(
                "seul un statut lu comme « production », un par an, peut être à la frontière, avec raison.",
                "only a status read as “production”, one a year, may be on the border, with its reason.",
            ),
            Sentence(
                "Videz cette cellule, ou remplissez « reason_fr » et « reason_en ».",
                "Clear this cell, or fill “reason_fr” and “reason_en”.",
            ),
        )


def _check_years(name: RecordedName, others: list[RecordedName], place: Place, faults: Faults) -> None:
    """Add a fault for a name with two values in one year (the last would silently win), or in no year."""
    if name.since is not None and name.until is not None and name.since > name.until:
        faults.add(
            place,
            Sentence("la dernière année est avant la première.", "the last year is before the first."),
            Sentence("Corrigez « since » ou « until ».", "Fix “since” or “until”."),
        )
    for other in others:
        if other.ours != name.ours and other.overlaps(name):
            faults.add(
                place,
                Sentence(
                    f"ce nom mène déjà à « {other.ours} » dans une même année.",
                    f"this name already leads to “{other.ours}” in the same year.",
                ),
                Sentence(
                    "Gardez une ligne, ou donnez-leur d’autres années.", "Keep one row, or give other years."
                ),
            )
            return
