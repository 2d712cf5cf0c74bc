"""How the files of an edition are named and read, as `editions` of `source.yml` says.

An edition is one file, `<source>/<edition>.<format>`, or a folder of files, `<source>/<edition>/`, each
named by its own entry of `files`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from portrait.errors import Place, RefusedInput, Sentence
from portrait.language.periods import EditionId
from portrait.registers.parsing import shown_path
from portrait.registers.source import Source
from portrait.storage.checksums import checksum, file_checksum


@dataclass(frozen=True)
class Reading:
    """How a file is read, where it does not say so itself.

    Attributes
    ----------
    encoding
        Its encoding, where bytes alone cannot tell; empty where they are to be asked.
    header_row
        Row of the header, where columns are given by position: 0 if there is none; ``None`` if it is found by
        its texts.
    records
        Path to the records of a JSON file.
    constant
        Value of each field that is the same in every row, and in no column.
    """

    encoding: str = ""
    header_row: int | None = None
    records: str = ""
    constant: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EditionFile:
    """An entry of `files`: the name of a file, or a pattern of names, and how these files are read."""

    name: str
    reading: Reading

    def names(self, path: Path) -> bool:
        """Return whether the entry names a file."""
        return fnmatchcase(path.name, self.name)


def reading_of(source: Source, year: EditionId) -> Reading:
    """Return how the file of an edition is read."""
    return _reading(source.facts["editions"].get(year) or {}, source.records)


def _reading(entry: Mapping[str, Any], records: str) -> Reading:
    return Reading(
        encoding=entry.get("encoding", ""),
        header_row=entry.get("header_row"),
        records=entry.get("records", records),
        constant=entry.get("constant", {}),
    )


def files_of(source: Source, year: EditionId) -> tuple[EditionFile, ...]:
    """Return the entries of the files of an edition; none if it is a single file."""
    edition = source.facts["editions"].get(year) or {}
    whole = {key: edition[key] for key in ("encoding", "header_row") if key in edition}

    def constant(entry: Mapping[str, Any]) -> dict[str, str]:
        return {**edition.get("constant", {}), **entry.get("constant", {})}

    return tuple(
        EditionFile(entry["file"], _reading({**whole, **entry, "constant": constant(entry)}, source.records))
        for entry in edition.get("files", ())
        if entry.get("file")
    )


def columns_of(source: Source, year: EditionId, entry: EditionFile) -> Mapping[str, tuple[str, ...]] | None:
    """Return the headers of a file: its own column of `columns.csv`, else that of its edition, if any."""
    own = source.file_columns.get(year, {}).get(entry.name)
    return own if own is not None else source.columns.get(year)


def data_files(path: Path) -> list[Path]:
    """Return the file of an edition, or the files of its folder in order of name, hidden ones left out."""
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith((".", "~$")))


def checksum_of_input(path: Path) -> str:
    """Return the SHA-256 of the file of an edition, or of the names and contents of those of its folder."""
    if not path.is_dir():
        return file_checksum(path)
    lines = [f"{each.name} {file_checksum(each)}" for each in data_files(path)]
    return checksum("\n".join(lines).encode())


def named_files(source: Source, year: EditionId, folder: Path) -> Iterator[tuple[Path, EditionFile]]:
    """Yield each file of an edition's folder with the entry that names it: entries in order, then names.

    Raises
    ------
    RefusedInput
        A file has no entry or two, or an entry names no file.
    """
    entries, paths = files_of(source, year), data_files(folder)
    named = {path: [each for each in entries if each.names(path)] for path in paths}
    where, key = f"{folder.parent.name}/{folder.name}", f"editions.{year}.files"
    for path, found in named.items():
        if not found:
            raise RefusedInput(
                Place(f"{where}/{path.name}"),
                Sentence(
                    "aucune entrée de source.yml ne nomme ce fichier.",
                    "no entry of source.yml names this file.",
                ),
                Sentence(
                    f"Ajoutez-le à « {key} », ou retirez-le du dossier.",
                    f"Add it to “{key}”, or remove it from the folder.",
                ),
            )
        if len(found) > 1:
            names = " | ".join(each.name for each in found)
            raise RefusedInput(
                Place(f"{where}/{path.name}"),
                Sentence(
                    f"plusieurs entrées de source.yml nomment ce fichier : {names}.",
                    f"several entries of source.yml name this file: {names}.",
                ),
                Sentence(
                    f"Gardez-en une, ou précisez les motifs de « {key} ».",
                    f"Keep one of them, or narrow the patterns of “{key}”.",
                ),
            )
    for number, entry in enumerate(entries, start=1):
        matching = [path for path in paths if entry.names(path)]
        if not matching:
            listed = " | ".join(path.name for path in paths) or "-"
            raise RefusedInput(
                Place(shown_path(source.folder / "source.yml"), key=f"{key}[{number}]", value=entry.name),
                Sentence(
                    f"aucun fichier de {where} n’a ce nom; fichiers : {listed}.",
                    f"no file of {where} has this name; files: {listed}.",
                ),
                Sentence(
                    "Apportez le fichier, ou corrigez cette entrée.", "Bring the file, or fix this entry."
                ),
            )
        yield from ((path, entry) for path in matching)
