"""Read a file as published into a table of text, with the row number of each row.

Nothing is repaired, guessed or dropped here: what the file holds is what comes out, and a file
whose format, encoding, delimiter or headers cannot be told for certain is refused.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO

import pandas as pd

from portrait.errors import RIGHT_YEAR, Place, RefusedInput, Sentence
from portrait.sources import YEAR, clean, is_marked, normalise_header

DELIMITERS = (",", ";", "\t")
HEADER_SEARCH_ROWS = 20
"""A header stands among the first rows of a file, below blank or title rows, or nowhere."""

Columns = Mapping[str, Sequence[str]]
"""For each of our fields, the headers it may bear, the most likely first."""

_LARGEST_CELL = 2**31 - 1  # the most that a C long holds on every system
_DOWNLOAD_AGAIN = Sentence("Téléchargez-le de nouveau.", "Download it again.")
_SAVE_AS_UTF8 = Sentence("Enregistrez le fichier en UTF-8.", "Save the file as UTF-8.")
_SHOWN = 80  # characters of a header that a refusal quotes: some are whole questions
_MOST_CELLS = 10**7  # of a sheet, blank ones too: its reader makes room for all of them at once
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"
)
_PIECE = 2**20  # bytes
_DECODED_AT_ONCE = 2**16  # bytes: a processor keeps as much at hand
_LONGEST_CELL_TAG = 400


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


@dataclass(frozen=True, eq=False)
class PublishedTable:
    """A file as published.

    Attributes
    ----------
    rows
        One row per record of the file that holds anything: `row` (as a spreadsheet counts), the
        text of each field exactly as published, `n_cells`, the cells that the record has, and
        `last_filled`, the place (from 1) of the last one that holds anything.
    headers
        For each of our fields, the header under which the file publishes it.
    header
        Every cell of the header, as published.
    used_cells
        Cells that a record needs for all our fields to stand in it.
    facts
        What identifies the file.
    read_again
        Reads every record of the table once more, from the bytes that were read.
    """

    rows: pd.DataFrame
    headers: Mapping[str, str]
    header: Sequence[str]
    used_cells: int
    facts: FileFacts
    read_again: Callable[[], Iterator[list[str]]]

    @cached_property
    def records(self) -> Mapping[int, Sequence[str]]:
        """Every cell of each of those rows, as published, by row number.

        Read when first asked for: a report needs our fields alone, and a file may have many others.
        """
        return {row: record for row, record, _ in _below(self.read_again(), self.facts.header_row)}


@dataclass(frozen=True)
class _Table:
    """A sheet, or a text split by one delimiter: its name and its first records."""

    name: str
    start: list[list[str]]


@dataclass(frozen=True)
class _Header:
    table: int
    row: int
    record: list[str]
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
        Headers expected for each of our fields. All must be found, but that of the year.
    other_years
        The same for the source's other years: when the headers are theirs, the refusal says so.

    Raises
    ------
    RefusedInput
        The file is of another format, its bytes are in no known encoding, a column is missing or
        stands twice, two delimiters or two sheets fit, a quote is not closed, or no row follows.
    """
    content = path.read_bytes()
    _refuse_other_format(content, path)
    if path.suffix.lower() == ".xlsx":
        sheets, encoding = _sheets(content, path), "xlsx"
        header = _find_header(
            [_Table(name, records[:HEADER_SEARCH_ROWS]) for name, records in sheets.items()],
            columns,
            path,
            other_years or {},
        )
        delimiter, read_again = "", partial(iter, list(sheets.values())[header.table])
    else:
        encoding = _encoding(content, path)
        header = _find_header(
            [_Table(each, _first_records(content, encoding, each)) for each in DELIMITERS],
            columns,
            path,
            other_years or {},
        )
        delimiter = DELIMITERS[header.table]
        read_again = partial(_all_records, content, encoding, delimiter, path)
    rows = _rows(read_again(), header, path)
    facts = FileFacts(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        encoding=encoding,
        delimiter=delimiter,
        header_row=header.row,
        headers=tuple(clean(cell) for cell in header.record),
        n_rows=len(rows),
    )
    return PublishedTable(
        rows=rows,
        headers={name: facts.headers[position] for name, position in header.positions.items()},
        header=header.record,
        used_cells=1 + max(position for name, position in header.positions.items() if name != YEAR),
        facts=facts,
        read_again=read_again,
    )


def read_first_records(path: Path) -> list[list[list[str]]]:
    """Return the first records of each table a file may hold: each sheet, or its text by each delimiter.

    For a file whose headers nobody recorded yet; `read_published` reads one whose headers are known.

    Raises
    ------
    RefusedInput
        The file is of another format, or its bytes are in no known encoding.
    """
    content = path.read_bytes()
    _refuse_other_format(content, path)
    if path.suffix.lower() == ".xlsx":
        return [records[:HEADER_SEARCH_ROWS] for records in _sheets(content, path).values()]
    encoding = _encoding(content, path)
    return [_first_records(content, encoding, each) for each in DELIMITERS]


# Formats and encodings


def _refuse_other_format(content: bytes, path: Path) -> None:
    """Refuse a web page, a workbook or a UTF-16 text that bears the ending of another format."""
    is_workbook = content.startswith(b"PK\x03\x04")
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<table")):
        raise RefusedInput(
            Place(path.name),
            Sentence("le fichier est une page web, pas un tableau.", "the file is a web page, not a table."),
            Sentence("Téléchargez la ressource elle-même.", "Download the resource itself."),
        )
    if is_workbook != (path.suffix.lower() == ".xlsx") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "le contenu n’est pas du format que le nom annonce.",
                "the content is not of the format that the name says.",
            ),
            Sentence("Enregistrez-le en CSV (UTF-8) ou en XLSX.", "Save it as CSV (UTF-8) or XLSX."),
        )
    if not is_workbook and _looks_like_utf16(content):
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "le fichier est en UTF-16 (« Texte Unicode » d’Excel).",
                "the file is UTF-16 (Excel’s “Unicode Text”).",
            ),
            _SAVE_AS_UTF8,
        )
    if not is_workbook and b"\0" in content:
        offset = content.index(b"\0")
        raise RefusedInput(
            Place(path.name, row=_row_at(content, offset)),
            Sentence(
                f"un octet nul s’y trouve, à la position {offset} : le fichier est endommagé.",
                f"a null byte stands there, at offset {offset}: the file is damaged.",
            ),
            _DOWNLOAD_AGAIN,
        )


def _looks_like_utf16(content: bytes) -> bool:
    start = content[:200]
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(0) > len(start) / 4


def _row_at(content: bytes, offset: int) -> int:
    """Return the row, as a spreadsheet counts, of a byte: line ends between quotes do not count."""
    outside = b"".join(content[:offset].split(b'"')[::2])
    return 1 + len(re.findall(rb"\r\n|\r|\n", outside))


def _encoding(content: bytes, path: Path) -> str:
    """Try UTF-8, with or without its mark, then Windows-1252; never replace a byte."""
    offset = _first_undecodable(content, "utf-8")
    if offset is None:
        return "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    # An accent in UTF-8 reads as “Ã©” in Windows-1252: no text means that.
    if re.search(rb"\xef\xbb\xbf|\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]", content):
        raise _undecodable(content, offset, path, "UTF-8")
    offset = _first_undecodable(content, "cp1252")
    if offset is not None:
        raise _undecodable(content, offset, path, "UTF-8", "Windows-1252")
    return "cp1252"


def _first_undecodable(content: bytes, encoding: str) -> int | None:
    """Return the offset of the first byte that is not valid; piece by piece, as no text is kept."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), _DECODED_AT_ONCE):
        end = start + _DECODED_AT_ONCE
        n_waiting = len(decoder.getstate()[0])  # bytes of a letter that the last piece cut
        try:
            decoder.decode(content[start:end], final=end >= len(content))
        except UnicodeDecodeError as error:
            return start - n_waiting + error.start
    return None


def _undecodable(content: bytes, offset: int, path: Path, *encodings: str) -> RefusedInput:
    byte = f"0x{content[offset]:02X}"
    return RefusedInput(
        Place(path.name, row=_row_at(content, offset)),
        Sentence(
            f"l’octet {byte}, à la position {offset}, n’est pas valide en {' ni en '.join(encodings)}.",
            f"byte {byte}, at offset {offset}, is not valid in {' or '.join(encodings)}.",
        ),
        _SAVE_AS_UTF8,
    )


# Records


def _reader(content: bytes, encoding: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(_LARGEST_CELL)
    # Decoded as it is read: the text of a whole file takes up to four times its bytes.
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _first_records(content: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    return list(islice(_reader(content, encoding, delimiter), HEADER_SEARCH_ROWS))


def _all_records(content: bytes, encoding: str, delimiter: str, path: Path) -> Iterator[list[str]]:
    """Read all records; a quote that is not closed would swallow rows without a word, and is refused."""
    n_read = 0
    try:
        for record in _reader(content, encoding, delimiter, strict=True):
            n_read += 1
            yield record
    except csv.Error as error:
        raise RefusedInput(
            Place(path.name, row=n_read + 1),
            Sentence(
                "un guillemet y ouvre une cellule et ne la ferme pas.",
                "a quote opens a cell there and does not close it.",
            ),
            Sentence(
                "Doublez les guillemets à l’intérieur d’une cellule.", "Double the quotes inside a cell."
            ),
        ) from error


def _sheets(content: bytes, path: Path) -> dict[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_far_cells(content, path)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: [
                [_cell_text(cell) for cell in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in workbook.sheet_names
        }
    except CalamineError as error:
        raise RefusedInput(
            Place(path.name),
            Sentence(f"le classeur ne s’ouvre pas ({error}).", f"the workbook does not open ({error})."),
            _DOWNLOAD_AGAIN,
        ) from error


def _refuse_far_cells(content: bytes, path: Path) -> None:
    """Refuse a workbook with a cell so far from the others that no memory holds what lies between."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                if member.startswith("xl/worksheets/"):
                    with archive.open(member) as stream:
                        width, height = _extent(stream)
                    if width * height > _MOST_CELLS:
                        raise _far_cell(width, height, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return  # the reader of workbooks says better what is wrong with it


def _far_cell(width: int, height: int, path: Path) -> RefusedInput:
    return RefusedInput(
        Place(path.name, row=height),
        Sentence(
            f"une feuille s’étend jusqu’à cette ligne, sur {width} colonnes : bien plus qu’un tel tableau.",
            f"a sheet goes on to this row, over {width} columns: far more than such a table.",
        ),
        Sentence(
            "Effacez ce qui s’y trouve loin du tableau, ou enregistrez-le en CSV (UTF-8).",
            "Delete what stands there far from the table, or save it as CSV (UTF-8).",
        ),
    )


def _extent(sheet: IO[bytes]) -> tuple[int, int]:
    """Return the last column and the last row of a sheet whose cell holds anything; 0 where none does."""
    width = height = 0
    before = b""
    while piece := sheet.read(_PIECE):
        text = before + piece
        for letters, digits in _FILLED_CELL.findall(text):
            height = max(height, int(digits))
            width = max(width, _column_number(letters))
        before = text[-_LONGEST_CELL_TAG:]
    return width, height


def _column_number(letters: bytes) -> int:
    """Return the place of a column, from 1, as a spreadsheet names it: ``A`` to ``Z``, then ``AA``."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - ord("A") + 1
    return place


def _cell_text(cell: object) -> str:
    # A whole number comes back as a float: 12.0 was typed as 12.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# Headers


def _find_header(
    tables: Sequence[_Table], columns: Columns, path: Path, other_years: Mapping[int, Columns]
) -> _Header:
    candidates = [
        (table, row, record)
        for table, each in enumerate(tables)
        for row, record in enumerate(each.start, start=1)
    ]
    found = [
        _Header(table, row, record, positions)
        for table, row, record in candidates
        if (positions := _positions(record, columns)) is not None
    ]
    if not found:
        raise _no_header(candidates, columns, path, other_years)
    header = found[0]
    _refuse_repeated_column(header, path)
    for other in found[1:]:
        if other.table != header.table:
            raise _two_fit(tables[header.table], tables[other.table], other.row, path)
        raise _second_header(other.row, path)
    return header


def _positions(record: Sequence[str], columns: Columns) -> dict[str, int] | None:
    """Return where each field stands, or ``None`` when one is missing; only the year may be."""
    keys = [normalise_header(cell) for cell in record]
    positions = {}
    for field_name, spellings in columns.items():
        matching = next((key for key in map(normalise_header, spellings) if key in keys), None)
        if matching is not None:
            positions[field_name] = keys.index(matching)
        elif field_name != YEAR:
            return None
    return positions


def _refuse_repeated_column(header: _Header, path: Path) -> None:
    keys = [normalise_header(cell) for cell in header.record]
    for position in header.positions.values():
        if keys.count(keys[position]) > 1:
            raise RefusedInput(
                Place(path.name, row=header.row, column=clean(header.record[position])),
                Sentence("cet en-tête est répété.", "this header stands more than once."),
                Sentence("Gardez une seule de ces colonnes.", "Keep only one of these columns."),
            )


def _two_fit(one: _Table, other: _Table, row: int, path: Path) -> RefusedInput:
    french, english = (
        (f"les feuilles « {one.name} » et « {other.name} »", f"the sheets “{one.name}” and “{other.name}”")
        if path.suffix.lower() == ".xlsx"
        else ("deux délimiteurs", "two delimiters")
    )
    return RefusedInput(
        Place(path.name, row=row),
        Sentence(f"{french} conviennent à l’en-tête.", f"{english} fit the header."),
        Sentence("Enregistrez le fichier avec un seul tableau.", "Save the file with a single table."),
    )


def _second_header(row: int, path: Path) -> RefusedInput:
    return RefusedInput(
        Place(path.name, row=row),
        Sentence("un second en-tête s’y trouve.", "a second header stands there."),
        Sentence("Gardez un seul en-tête.", "Keep a single header."),
    )


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
    filled = [candidate for candidate in candidates if any(map(normalise_header, candidate[2]))]
    if not filled:
        return RefusedInput(
            Place(path.name), Sentence("le fichier est vide.", "the file is empty."), _DOWNLOAD_AGAIN
        )
    _, row, record = max(filled, key=lambda each: (_matches(each[2], columns), len(each[2]), -each[1]))
    for year, theirs in other_years.items():
        if _positions(record, theirs) is not None:
            return RefusedInput(
                Place(path.name, row=row),
                Sentence(f"ces en-têtes sont ceux de l’année {year}.", f"these are the headers of {year}."),
                RIGHT_YEAR,
            )
    missing = {
        name: spellings[0]
        for name, spellings in columns.items()
        if name != YEAR and not _matches(record, {name: spellings})
    }
    seen = " | ".join(clean(cell)[:_SHOWN] for cell in record if cell.strip())
    mend = (
        Sentence(
            "Dans columns.csv, retirez la marque qui précède l’en-tête s’il est le bon, ou corrigez-le.",
            "In columns.csv, remove the mark before the header where it is right, or correct it.",
        )
        if any(map(is_marked, missing.values()))
        else Sentence(
            "Ajoutez l’en-tête à columns.csv, ou corrigez le fichier.",
            "Add the header to columns.csv, or mend the file.",
        )
    )
    return RefusedInput(
        Place(path.name, row=row, column=", ".join(missing.values())),
        Sentence(
            f"colonne introuvable ({', '.join(missing)}). En-têtes lus : {seen}.",
            f"column not found ({', '.join(missing)}). Headers seen: {seen}.",
        ),
        mend,
    )


# Rows


def _below(records: Iterator[list[str]], header_row: int) -> Iterator[tuple[int, list[str], int]]:
    """Yield the records below the header that hold anything.

    Each with the row that a spreadsheet would show before it, and after it the place of its last filled cell.
    """
    for row, record in enumerate(islice(records, header_row, None), start=header_row + 1):
        if place := _last_filled(record):
            yield row, record, place


def _rows(records: Iterator[list[str]], header: _Header, path: Path) -> pd.DataFrame:
    width = 1 + max(header.positions.values())
    of_ours = itemgetter(0, *header.positions.values())  # the first too, for one place alone gives no tuple
    shared: dict[str, str] = {}  # cells of the same text are kept once: a register repeats few many times
    cells: list[str] = []  # of the first column and our fields, record after record
    numbers, n_cells, last_filled, headers_again = [], [], [], []
    for row, record, place_of_last in _below(records, header.row):
        if record == header.record:
            headers_again.append(row)
        numbers.append(row)
        n_cells.append(len(record))
        last_filled.append(place_of_last)
        whole = record if len(record) >= width else record + [""] * (width - len(record))
        ours = of_ours(whole)
        cells.extend(map(shared.setdefault, ours, ours))
    if not numbers:
        raise RefusedInput(
            Place(path.name, row=header.row),
            Sentence("aucune ligne ne suit l’en-tête.", "no row follows the header."),
            _DOWNLOAD_AGAIN,
        )
    if headers_again:
        raise _second_header(headers_again[0], path)
    n_each = 1 + len(header.positions)
    by_field = {name: cells[place::n_each] for place, name in enumerate(header.positions, start=1)}
    return pd.DataFrame({"row": numbers, **by_field, "n_cells": n_cells, "last_filled": last_filled})


def _last_filled(record: Sequence[str]) -> int:
    """Return the place, from 1, of the last cell that holds anything; 0 where none does."""
    place = len(record)
    while place and not record[place - 1].strip():
        place -= 1
    return place
