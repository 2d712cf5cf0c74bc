"""Read a published file into a table of text, with row numbers.

Nothing is repaired, guessed or dropped. A file whose format, encoding, delimiter or headers are
ambiguous is refused.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from portrait.ingest.workbook import Merged, Sheet, sheets_of
from portrait.language.text import tidy
from portrait.registers.source import YEAR

_MOST_SHARED = 2**16
"""Distinct texts looked up for sharing: with more, looking up takes more memory than sharing saves."""

_CELLS_AT_ONCE = 2**16
"""Cells of records that wait to be moved to their columns."""


@dataclass(frozen=True)
class FileFacts:
    """Identification of an input file, recorded so that anyone can check that a file is the same.

    `records` is the path to the records of a JSON file.
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


@dataclass(frozen=True, eq=False)
class PublishedTable:
    """A published file, unchanged.

    Attributes
    ----------
    rows
        One row per non-blank record below the header: `row` (as a spreadsheet counts), the text of each
        field exactly as published, `n_cells`, the number of cells of the record, and `last_filled`, the
        position (from 1) of its last filled cell.
    headers
        The header of each of our fields, as published.
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
    """

    rows: pd.DataFrame
    headers: Mapping[str, str]
    header: Sequence[str]
    used_cells: int
    facts: FileFacts
    read_again: Callable[[], Iterator[list[str]]]
    merged: Sequence[Merged] = ()

    @cached_property
    def records(self) -> Mapping[int, Sequence[str]]:
        """All cells of each row of `rows`, as published, by row number.

        Read on first use: a report needs our fields only, and a file may have many other columns.
        """
        return {row: record for row, record, _ in _filled_records(self.read_again(), self.facts.header_row)}


def read_published(
    path: Path, columns: Columns, *, other_years: Mapping[int, Columns] | None = None, records: str = ""
) -> PublishedTable:
    """Read a CSV, XLSX, JSON or JSON Lines file exactly as published.

    Parameters
    ----------
    path
        The file; its suffix gives the format.
    columns
        Possible headers of each of our fields. All fields but the year must be found.
    other_years
        The same for the source's other years; the refusal of a file with their headers names the year.
    records
        Path to the records of a JSON file; by default the only list whose keys fit.

    Raises
    ------
    RefusedInput
        The file has another format, its encoding is unknown, a column is missing or repeated, two
        delimiters or two sheets fit, a quote is not closed, or no row follows the header.
    """
    content = path.read_bytes()
    refuse_other_format(content, path)
    if path.suffix.lower() == ".xlsx":
        sheets, encoding, records = sheets_of(content, path), "xlsx", ""
        header = find_header(
            [Table(name, _first_records(sheet)) for name, sheet in sheets.items()],
            columns,
            path,
            other_years or {},
        )
        sheet = list(sheets.values())[header.table]
        delimiter, read_again, merged = "", sheet.records, sheet.merged
    elif path.suffix.lower() in JSON_SUFFIXES:
        lists, encoding = json_tables(content, path, records), path.suffix.lower()[1:]
        header = find_header(
            [Table(each.name, [each.header]) for each in lists], columns, path, other_years or {}
        )
        records, delimiter, read_again, merged = lists[header.table].name, "", lists[header.table].records, ()
    else:
        encoding, records = encoding_of(content, path), ""
        header = find_header(
            [Table(each, first_records(content, encoding, each)) for each in DELIMITERS],
            columns,
            path,
            other_years or {},
        )
        delimiter, merged = DELIMITERS[header.table], ()
        read_again = partial(all_records, content, encoding, delimiter, path)
    rows = _rows(read_again(), header, path)
    facts = FileFacts(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        encoding=encoding,
        delimiter=delimiter,
        header_row=header.row,
        headers=tuple(tidy(cell) for cell in header.record),
        n_rows=len(rows),
        records=records,
    )
    return PublishedTable(
        rows=rows,
        headers={name: facts.headers[position] for name, position in header.positions.items()},
        header=header.record,
        used_cells=1 + max(position for name, position in header.positions.items() if name != YEAR),
        facts=facts,
        read_again=read_again,
        merged=merged,
    )


def read_first_records(path: Path, records: str = "") -> list[list[list[str]]]:
    """Return the first records of each possible table: one per sheet, list of JSON, or delimiter.

    For a file whose headers are not recorded yet; `read_published` reads one whose headers are known.

    Raises
    ------
    RefusedInput
        The file has another format, or its encoding is unknown.
    """
    content = path.read_bytes()
    refuse_other_format(content, path)
    if path.suffix.lower() in JSON_SUFFIXES:
        return [[*islice(each.records(), HEADER_SEARCH_ROWS)] for each in json_tables(content, path, records)]
    if path.suffix.lower() == ".xlsx":
        return [_first_records(sheet) for sheet in sheets_of(content, path).values()]
    encoding = encoding_of(content, path)
    return [first_records(content, encoding, each) for each in DELIMITERS]


def _first_records(sheet: Sheet) -> list[list[str]]:
    return list(islice(sheet.records(), HEADER_SEARCH_ROWS))


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
