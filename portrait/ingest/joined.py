"""Read the file of an edition, or its files into one table, each row with its file and its row there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.header import Columns
from portrait.ingest.initiatives import ORIGIN
from portrait.ingest.published import ROWS_OF_A_FILE, FileFacts, PublishedTable, read_published
from portrait.ingest.workbook import Merged
from portrait.language.periods import EditionId
from portrait.language.text import normalise_header, tidy
from portrait.registers.edition_files import (
    EditionFile,
    Reading,
    checksum_of_input,
    columns_of,
    named_files,
    reading_of,
)
from portrait.registers.source import Source

BETWEEN_FILES = " | "


def read_edition_file(source: Source, year: EditionId, path: Path) -> PublishedTable:
    """Read the file of an edition, or the files of its folder, as the reference files say.

    Raises
    ------
    RefusedInput
        A file is invalid, has no column in `columns.csv`, or is not named in `source.yml`.
    """
    if path.is_dir():
        named = [
            (each, _headers(source, year, entry), entry.reading)
            for each, entry in named_files(source, year, path)
        ]
        return read_files(path, named, checksum_of_input(path))
    reading = reading_of(source, year)
    headers = _headers(source, year, EditionFile("", reading))
    others = {each: columns for each, columns in source.columns.items() if each != year}
    return read_published(path, headers, other_years=others, reading=reading)


def _headers(source: Source, year: EditionId, entry: EditionFile) -> Columns:
    headers = columns_of(source, year, entry)
    if headers is not None:
        return headers
    what = f" ({year}/{entry.name})" if entry.name else ""
    raise RefusedInput(
        Place((source.folder / "columns.csv").as_posix()),
        Sentence(
            f"aucune colonne pour l’édition {year}{what}.",
            f"there is no column for the edition {year}{what}.",
        ),
        Sentence(
            f"Ajoutez-la aux fichiers de référence de {source.id}.",
            f"Add it to the reference files of {source.id}.",
        ),
    )


def read_files(folder: Path, files: Iterable[tuple[Path, Columns, Reading]], sha256: str) -> PublishedTable:
    """Read the files of an edition, one after the other, each by its own headers.

    Parameters
    ----------
    folder
        Their folder.
    files
        The path of each, the possible headers of each field in it, and how it is read.
    sha256
        Checksum of their names and contents.

    Raises
    ------
    RefusedInput
        One is refused, has more rows than are told apart, or is the same as another.
    """
    parts: list[PublishedTable] = []
    for number, (path, columns, reading) in enumerate(files, start=1):
        part = read_published(path, columns, reading=reading)
        if int(part.rows["row"].iloc[-1]) >= ROWS_OF_A_FILE:
            raise RefusedInput(
                Place(path.name, row=ROWS_OF_A_FILE),
                Sentence("c’est trop de lignes pour un fichier.", "these are too many rows for a file."),
                Sentence("Partagez-le en deux.", "Split it in two."),
            )
        for other in parts:
            if other.facts.sha256 == part.facts.sha256:
                raise RefusedInput(
                    Place(path.name),
                    Sentence(
                        f"ce fichier est identique à {other.facts.name}.",
                        f"this file is identical to {other.facts.name}.",
                    ),
                    Sentence("Retirez l’un des deux du dossier.", "Remove one of the two from the folder."),
                )
        rows = part.rows.assign(
            row=part.rows["row"] + number * ROWS_OF_A_FILE,
            file=path.name,
            file_row=part.rows["row"].astype(str),
        )
        parts.append(replace(part, rows=rows))
    return _joined(folder, parts, sha256)


class _Joined(PublishedTable):
    """Several files, whose cells stand below the headers of all."""

    @cached_property
    def records(self) -> Mapping[int, Sequence[str]]:
        """All cells of each row, by row number of the edition."""
        found = {}
        for number, (part, columns) in enumerate(
            zip(self.parts, _places(self.parts)[1], strict=True), start=1
        ):
            for row, record in part.records.items():
                cells = [""] * len(self.header)
                for place, text in zip(columns, record, strict=False):
                    cells[place] = text
                # Cells after the last header, of a row that is set aside.
                found[row + number * ROWS_OF_A_FILE] = [*cells, *record[len(columns) :]]
        return found


def _places(parts: Sequence[PublishedTable]) -> tuple[list[str], list[list[int]]]:
    """Return the headers of all files, each once, and the place among them of each column of each file."""
    header: list[str] = []
    places: dict[tuple[str, int], int] = {}  # of the n-th column with a header
    columns: list[list[int]] = []
    for part in parts:
        seen: Counter[str] = Counter()
        columns.append([])
        for text in part.header:
            key = normalise_header(text)
            seen[key] += 1
            place = places.setdefault((key, seen[key]), len(header))
            header += [text] if place == len(header) else []
            columns[-1].append(place)
    return header, columns


def _joined(folder: Path, parts: Sequence[PublishedTable], sha256: str) -> PublishedTable:
    own = ("row", *ORIGIN, "n_cells", "last_filled")
    names = dict.fromkeys(str(name) for part in parts for name in part.rows if name not in own)
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    rows[[*names]] = rows[[*names]].fillna("").astype(str)
    found = {
        name: dict.fromkeys(part.headers[name] for part in parts if name in part.headers) for name in names
    }
    headers = {name: BETWEEN_FILES.join(filter(None, spellings)) for name, spellings in found.items()}
    header, _ = _places(parts)
    facts = FileFacts(
        name=f"{folder.name}/",
        sha256=sha256,
        size=sum(part.facts.size for part in parts),
        encoding=BETWEEN_FILES.join(dict.fromkeys(part.facts.encoding for part in parts)),
        delimiter="",
        header_row=parts[0].facts.header_row,
        headers=tuple(map(tidy, header)),
        n_rows=len(rows),
        fields=headers,
        parts=tuple(part.facts for part in parts),
    )
    return _Joined(
        rows=rows[["row", *names, *ORIGIN]],
        headers=headers,
        header=header,
        used_cells=max(part.used_cells for part in parts),
        facts=facts,
        read_again=lambda: iter(()),
        merged=tuple(_merged(parts)),
        parts=tuple(parts),
    )


def _merged(parts: Sequence[PublishedTable]) -> Iterator[Merged]:
    """Yield the merged cells below the headers, by row of the edition."""
    for number, part in enumerate(parts, start=1):
        first = number * ROWS_OF_A_FILE
        for each in part.merged:
            if each.last_row > part.facts.header_row:
                yield replace(each, first_row=each.first_row + first, last_row=each.last_row + first)
