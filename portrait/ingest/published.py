"""Read a published file into a table of text, with row numbers.

Nothing is repaired, guessed or dropped. A file whose format, encoding, delimiter or headers are
ambiguous is refused.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from portrait.errors import DOWNLOAD_AGAIN, Place, RefusedInput, Sentence
from portrait.ingest.delimited import DELIMITERS, HEADER_SEARCH_ROWS, all_records, first_records
from portrait.ingest.encoding import encoding_of, refuse_other_format
from portrait.ingest.header import Columns, Header, Table, find_header, second_header
from portrait.ingest.json_records import SUFFIXES as JSON_SUFFIXES
from portrait.ingest.json_records import json_tables
from portrait.ingest.workbook import SUFFIXES as WORKBOOKS
from portrait.ingest.workbook import Merged, sheets_of
from portrait.language.periods import EditionId
from portrait.language.text import tidy
from portrait.registers.columns import place_of
from portrait.registers.edition_files import Reading
from portrait.registers.source import YEAR
from portrait.storage.checksums import checksum

ROWS_OF_A_FILE = 10**6
"""What the row of an edition of several files counts for each file, so that rows keep their number."""
_MOST_SHARED = 2**16
"""Distinct texts looked up for sharing: with more, looking up takes more memory than sharing saves."""

_CELLS_AT_ONCE = 2**16
"""Cells of records that wait to be moved to their columns."""


@dataclass(frozen=True)
class FileFacts:
    """Identification of an input file, recorded so that anyone can check that a file is the same.

    `records` is the path to the records of a JSON file; `fields`, the header of each of our fields, empty
    for one that is the same in every row and in no column, whose value `constant` gives.
    `parts` are the files of an edition that has several: `sha256` is then that of their names and contents.
    """

    name: str
    sha256: str
    size: int
    encoding: str
    delimiter: str
    header_row: int
    headers: tuple[str, ...]
    n_rows: int
    records: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    constant: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[FileFacts, ...] = ()

    @property
    def files(self) -> tuple[FileFacts, ...]:
        """Each file."""
        return self.parts or (self,)

    def origin(self, row: int) -> tuple[str, int]:
        """Return the file of a row, and its row there."""
        if not self.parts:
            return self.name, row
        place, own = divmod(row, ROWS_OF_A_FILE)
        return self.parts[place - 1].name, own

    def row_of(self, row: int, name: str = "") -> int:
        """Return the row of the edition that is a row of one of its files; 0 if there is no such file."""
        names = [part.name for part in self.parts]
        if not name or [name] == [self.name]:
            return row
        return row + ROWS_OF_A_FILE * (names.index(name) + 1) if name in names else 0

    def shown_row(self, row: int) -> str:
        """Return a row as people find it: its number, after the name of its file where there are several."""
        name, own = self.origin(row)
        return f"{name} {own}" if self.parts else str(own)


@dataclass(frozen=True, eq=False)
class PublishedTable:
    """A published file, unchanged, or the files of an edition one after the other.

    Attributes
    ----------
    rows
        One row per non-blank record below the header: `row` (as a spreadsheet counts), the text of each
        field exactly as published, `n_cells`, the number of cells of the record, and `last_filled`, the
        position (from 1) of its last filled cell. Of several files, `file` and `file_row` too: `row` is
        then the row there, plus `ROWS_OF_A_FILE` for each file up to it.
    headers
        The header of each of our fields, as published; its position, as in ``[3]``, if it was given so.
    header
        All cells of the header, as published.
    used_cells
        Number of cells that a record needs to hold all our fields.
    facts
        Identification of the file.
    read_again
        Iterates over all records of the table again, from the bytes already read.
    merged
        Merged cells of the sheet: only the first of them holds a text.
    parts
        The files of an edition that has several; their rows have the numbers of the edition.
    """

    rows: pd.DataFrame
    headers: Mapping[str, str]
    header: Sequence[str]
    used_cells: int
    facts: FileFacts
    read_again: Callable[[], Iterator[list[str]]]
    merged: Sequence[Merged] = ()
    parts: Sequence[PublishedTable] = ()

    @property
    def files(self) -> Sequence[PublishedTable]:
        """Each file."""
        return self.parts or (self,)

    def place(self, row: int, field_name: str | None = None, value: str | None = None) -> Place:
        """Return the place of a row, or of its cell of a field, in the file it comes from."""
        name, own = self.facts.origin(row)
        fields = next(each.fields for each in self.facts.files if each.name == name)
        return Place(name, own, fields.get(field_name) if field_name else None, value)

    @cached_property
    def records(self) -> Mapping[int, Sequence[str]]:
        """All cells of each row of `rows`, as published, by row number.

        Read on first use: a report needs our fields only, and a file may have many other columns.
        """
        return {row: record for row, record, _ in _filled_records(self.read_again(), self.facts.header_row)}


def read_published(
    path: Path,
    columns: Columns,
    *,
    other_years: Mapping[EditionId, Columns] | None = None,
    reading: Reading | None = None,
) -> PublishedTable:
    """Read a CSV, XLSX, ODS, JSON or JSON Lines file exactly as published.

    Parameters
    ----------
    path
        The file; its suffix gives the format.
    columns
        Possible headers of each of our fields. All fields but the year must be found.
    other_years
        The same for the source's other years; the refusal of a file with their headers names the year.
    reading
        What `source.yml` says of how it is read; by default the file is asked.

    Raises
    ------
    RefusedInput
        The file has another format, its encoding is unknown, a column is missing or repeated, two
        delimiters or two sheets fit, a quote is not closed, or no row follows the header.
    """
    content, suffix, reading = path.read_bytes(), path.suffix.lower(), reading or Reading()
    columns = {name: spellings for name, spellings in columns.items() if name not in reading.constant}
    possible = _possible_tables(content, path, reading)
    header = find_header(possible, columns, path, other_years or {}, reading.header_row)
    found = possible[header.table]
    rows = _rows(found.records(), header, path).assign(**reading.constant)
    facts = FileFacts(
        name=path.name,
        sha256=checksum(content),
        size=len(content),
        encoding=found.encoding,
        delimiter="" if suffix in (*WORKBOOKS, *JSON_SUFFIXES) else found.name,
        header_row=header.row,
        headers=tuple(tidy(cell) for cell in header.record),
        n_rows=len(rows),
        records=found.name if suffix in JSON_SUFFIXES else "",
        fields={
            name: columns[name][0]
            if place_of(columns[name][0]) is not None
            else tidy(header.record[position])
            for name, position in header.positions.items()
        }
        | dict.fromkeys(reading.constant, ""),
        constant=reading.constant,
    )
    return PublishedTable(
        rows=rows,
        headers=facts.fields,
        header=header.record,
        used_cells=1 + max(position for name, position in header.positions.items() if name != YEAR),
        facts=facts,
        read_again=found.records,
        merged=found.merged,
    )


def read_first_records(path: Path, reading: Reading | None = None) -> list[list[list[str]]]:
    """Return the first records of each possible table: one per sheet, list of JSON, or delimiter.

    For a file whose headers are not recorded yet; `read_published` reads one whose headers are known.

    Raises
    ------
    RefusedInput
        The file has another format, or its encoding is unknown.
    """
    return [each.start for each in _possible_tables(path.read_bytes(), path, reading or Reading())]


@dataclass(frozen=True)
class _PossibleTable(Table):
    """A possible table, with its encoding or format, all its records and its merged cells."""

    encoding: str
    records: Callable[[], Iterator[list[str]]]
    merged: Sequence[Merged] = ()


def _possible_tables(content: bytes, path: Path, reading: Reading) -> list[_PossibleTable]:
    refuse_other_format(content, path)
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return [
            _PossibleTable(
                name, [*islice(each.records(), HEADER_SEARCH_ROWS)], suffix[1:], each.records, each.merged
            )
            for name, each in sheets_of(content, path).items()
        ]
    if suffix in JSON_SUFFIXES:
        lists = json_tables(content, path, reading.records)
        return [_PossibleTable(each.name, [each.header], suffix[1:], each.records) for each in lists]
    encoding = encoding_of(content, path, reading.encoding)
    readers = {each: partial(all_records, content, encoding, each, path) for each in DELIMITERS}
    return [
        _PossibleTable(each, first_records(content, encoding, each), encoding, records)
        for each, records in readers.items()
    ]


# Rows


def _filled_records(records: Iterator[list[str]], header_row: int) -> Iterator[tuple[int, list[str], int]]:
    """Yield, for each non-blank record below the header, its row number, its cells and its last filled cell.

    Rows are counted as in a spreadsheet; the position of the last filled cell is counted from 1.
    """
    for row, record in enumerate(islice(records, header_row, None), start=header_row + 1):
        if position := _last_filled(record):
            yield row, record, position


def _rows(records: Iterator[list[str]], header: Header, path: Path) -> pd.DataFrame:
    width = 1 + max(header.positions.values())
    of_ours = itemgetter(0, *header.positions.values())  # with column 0: a single index would give no tuple
    shared: dict[str, str] = {}  # one string object per distinct text, to save memory
    cells: list[str] = []  # our fields of the last records, flattened
    parts: list[list[NDArray[np.object_]]] = [[] for _ in header.positions]  # of each column
    numbers, n_cells, last_filled = array("q"), array("i"), array("i")
    repeated_headers = []
    for row, record, position in _filled_records(records, header.row):
        if record == header.record:
            repeated_headers.append(row)
        numbers.append(row)
        n_cells.append(len(record))
        last_filled.append(position)
        whole = record if len(record) >= width else record + [""] * (width - len(record))
        ours = of_ours(whole)[1:]
        share = shared.setdefault if len(shared) < _MOST_SHARED else shared.get
        cells.extend(map(share, ours, ours))
        if len(cells) >= _CELLS_AT_ONCE:
            _move(cells, parts)
    if not numbers:
        raise RefusedInput(
            Place(path.name, row=header.row),
            Sentence("aucune ligne ne suit l’en-tête.", "no row follows the header."),
            DOWNLOAD_AGAIN,
        )
    if repeated_headers:
        raise second_header(repeated_headers[0], path)
    del shared
    _move(cells, parts)
    by_field = {name: _column(part) for name, part in zip(header.positions, parts, strict=True)}
    counts = {name: np.asarray(each) for name, each in [("n_cells", n_cells), ("last_filled", last_filled)]}
    return pd.DataFrame({"row": np.asarray(numbers), **by_field, **counts}, copy=False)


def _move(cells: list[str], parts: Sequence[list[NDArray[np.object_]]]) -> None:
    """Move flattened records to a part of each column."""
    for place, of_column in enumerate(parts):
        part = np.empty(len(cells) // len(parts), dtype=object)
        part[:] = cells[place :: len(parts)]
        of_column.append(part)
    cells.clear()


def _column(parts: list[NDArray[np.object_]]) -> pd.Series:
    """Join the parts of a column, and free them."""
    joined = np.concatenate(parts)
    parts.clear()
    return pd.Series(joined, dtype=str, copy=False)


def _last_filled(record: Sequence[str]) -> int:
    """Return the position, from 1, of the last filled cell; 0 where all are blank."""
    position = len(record)
    while position and not record[position - 1].strip():
        position -= 1
    return position
