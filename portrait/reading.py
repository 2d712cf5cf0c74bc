"""Read a file as published into a table of text, with the row number of each row.

Nothing is repaired, guessed or dropped here: what the file holds is what comes out, and a file
whose encoding, delimiter or headers cannot be told for certain is refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence
from portrait.sources import clean, normalise_header

DELIMITERS = (",", ";", "\t")
HEADER_SEARCH_ROWS = 20
"""A header stands among the first rows of a file, below blank or title rows, or nowhere."""

Columns = Mapping[str, Sequence[str]]
"""For each of our fields, the headers it may bear, the most likely first."""


@dataclass(frozen=True)
class FileFacts:
    """What is recorded about an input, so that anyone can tell it is the same file."""

    name: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    header_row: int
    headers: tuple[str, ...]
    n_rows: int


@dataclass(frozen=True)
class PublishedTable:
    """A file as published.

    Attributes
    ----------
    rows
        One row per record of the file that holds anything: `row` (as a spreadsheet counts), the
        text of each field exactly as published, and `n_cells`, the cells that the record has.
    used_cells
        Cells that a record needs for all our fields to stand in it.
    facts
        What identifies the file.
    """

    rows: pd.DataFrame
    used_cells: int
    facts: FileFacts


@dataclass(frozen=True)
class _Header:
    table: int
    row: int
    delimiter: str
    headers: tuple[str, ...]
    positions: Mapping[str, int]


def read_published(
    path: Path, columns: Columns, *, other_years: Mapping[int, Columns] | None = None
) -> PublishedTable:
    """Read a CSV or XLSX file exactly as published.

    Parameters
    ----------
    path
        The file; its ending tells the format.
    columns
        Headers expected for each of our fields. All must be found.
    other_years
        The same for the source's other years: when the headers are theirs, the refusal says so.

    Raises
    ------
    RefusedInput
        The bytes are in no known encoding, a column is missing or stands twice, or two delimiters fit.
    """
    content = path.read_bytes()
    if path.suffix.lower() == ".xlsx":
        encoding, tables = "xlsx", [("", list(records)) for records in _sheets(content, path)]
    else:
        text, encoding = _decode(content, path)
        tables = [(delimiter, list(_records(text, delimiter))) for delimiter in DELIMITERS]
    header = _find_header(tables, columns, path, other_years or {})
    rows = _rows(tables[header.table][1], header)
    facts = FileFacts(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        encoding=encoding,
        delimiter=header.delimiter,
        header_row=header.row,
        headers=header.headers,
        n_rows=len(rows),
    )
    return PublishedTable(rows=rows, used_cells=max(header.positions.values()) + 1, facts=facts)


def _decode(content: bytes, path: Path) -> tuple[str, str]:
    """Try UTF-8, with or without its mark, then Windows-1252; never replace a byte."""
    try:
        return content.decode("utf-8-sig"), "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise RefusedInput(
            Place(path.name),
            Sentence(
                f"l’octet 0x{byte:02X}, à la position {error.start}, n’est ni de l’UTF-8 ni du Windows-1252.",
                f"byte 0x{byte:02X}, at offset {error.start}, is neither UTF-8 nor Windows-1252.",
            ),
            Sentence("Enregistrez le fichier en UTF-8.", "Save the file as UTF-8."),
        ) from error


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheets(content: bytes, path: Path) -> Iterator[list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [[_cell_text(cell) for cell in row] for row in rows]
    except CalamineError as error:
        raise RefusedInput(
            Place(path.name),
            Sentence(f"le classeur ne s’ouvre pas ({error}).", f"the workbook does not open ({error})."),
            Sentence("Téléchargez-le de nouveau.", "Download it again."),
        ) from error


def _cell_text(cell: object) -> str:
    # A whole number comes back as a float: 12.0 was typed as 12.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _find_header(
    tables: list[tuple[str, list[list[str]]]],
    columns: Columns,
    path: Path,
    other_years: Mapping[int, Columns],
) -> _Header:
    candidates = [
        (table, number, record)
        for table, (_, records) in enumerate(tables)
        for number, record in enumerate(records[:HEADER_SEARCH_ROWS], start=1)
    ]
    found = [
        _Header(table, number, tables[table][0], tuple(clean(cell) for cell in record), positions)
        for table, number, record in candidates
        if (positions := _positions(record, columns, path)) is not None
    ]
    if not found:
        raise _no_header(candidates, columns, path, other_years)
    if len({header.delimiter for header in found}) > 1:
        raise RefusedInput(
            Place(path.name, row=found[0].row),
            Sentence("deux délimiteurs conviennent à l’en-tête.", "two delimiters fit the header."),
            Sentence("Enregistrez le fichier avec un seul.", "Save the file with a single one."),
        )
    return found[0]


def _positions(record: Sequence[str], columns: Columns, path: Path) -> dict[str, int] | None:
    """Return where each field stands, or ``None`` when one is missing; a header that stands twice is refused."""
    keys = [normalise_header(cell) for cell in record]
    positions = {}
    for field_name, spellings in columns.items():
        matching = next((key for key in map(normalise_header, spellings) if key in keys), None)
        if matching is None:
            return None
        if keys.count(matching) > 1:
            raise RefusedInput(
                Place(path.name, column=clean(record[keys.index(matching)])),
                Sentence("cet en-tête est répété.", "this header stands more than once."),
                Sentence("Gardez une seule de ces colonnes.", "Keep only one of these columns."),
            )
        positions[field_name] = keys.index(matching)
    return positions


def _matches(record: Sequence[str], columns: Columns) -> int:
    keys = {normalise_header(cell) for cell in record}
    return sum(
        any(normalise_header(spelling) in keys for spelling in spellings) for spellings in columns.values()
    )


def _no_header(
    candidates: list[tuple[int, int, list[str]]],
    columns: Columns,
    path: Path,
    other_years: Mapping[int, Columns],
) -> RefusedInput:
    """Explain which column is missing from the likeliest header, and what headers were seen."""
    filled = [candidate for candidate in candidates if any(cell.strip() for cell in candidate[2])]
    if not filled:
        return RefusedInput(
            Place(path.name),
            Sentence("le fichier est vide.", "the file is empty."),
            Sentence("Téléchargez-le de nouveau.", "Download it again."),
        )
    _, number, record = max(filled, key=lambda each: (_matches(each[2], columns), len(each[2]), -each[1]))
    for year, theirs in other_years.items():
        if _matches(record, theirs) == len(theirs):
            return RefusedInput(
                Place(path.name, row=number),
                Sentence(f"ces en-têtes sont ceux de l’année {year}.", f"these are the headers of {year}."),
                Sentence("Placez ici le fichier de la bonne année.", "Put the file of the right year here."),
            )
    missing = [name for name in columns if not _matches(record, {name: columns[name]})]
    seen = " | ".join(clean(cell) for cell in record if cell.strip())
    expected = "; ".join(f"{name}: “{columns[name][0]}”" for name in missing)
    attendu = "; ".join(f"{name} : « {columns[name][0]} »" for name in missing)
    return RefusedInput(
        Place(path.name, row=number),
        Sentence(
            f"colonne introuvable ({attendu}). En-têtes lus : {seen}.",
            f"column not found ({expected}). Headers seen: {seen}.",
        ),
        Sentence(
            "Ajoutez l’en-tête à columns.csv, ou corrigez le fichier.",
            "Add the header to columns.csv, or mend the file.",
        ),
    )


def _rows(records: list[list[str]], header: _Header) -> pd.DataFrame:
    """Keep the records below the header that hold anything, with the row a spreadsheet would show."""
    kept = [
        (number, record)
        for number, record in enumerate(records, start=1)
        if number > header.row and any(cell.strip() for cell in record)
    ]
    columns: dict[str, list[object]] = {"row": [number for number, _ in kept]}
    for field_name, position in header.positions.items():
        columns[field_name] = [record[position] if position < len(record) else "" for _, record in kept]
    columns["n_cells"] = [len(record) for _, record in kept]
    return pd.DataFrame(columns)
