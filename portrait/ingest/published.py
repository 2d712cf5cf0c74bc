"""Read a file as published into a table of text, with the row number of each row.

Nothing is repaired, guessed or dropped here: what the file holds is what comes out, and a file
whose format, encoding, delimiter or headers cannot be told for certain is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from operator import itemgetter
from pathlib import Path

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.delimited import DELIMITERS, HEADER_SEARCH_ROWS, all_records, first_records
from portrait.ingest.encoding import DOWNLOAD_AGAIN, encoding_of, refuse_other_format
from portrait.ingest.header import Columns, Header, Table, find_header, second_header
from portrait.ingest.workbook import sheets_of
from portrait.language.text import tidy
from portrait.registers.source import YEAR


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
    refuse_other_format(content, path)
    if path.suffix.lower() == ".xlsx":
        sheets, encoding = sheets_of(content, path), "xlsx"
        header = find_header(
            [Table(name, records[:HEADER_SEARCH_ROWS]) for name, records in sheets.items()],
            columns,
            path,
            other_years or {},
        )
        delimiter, read_again = "", partial(iter, list(sheets.values())[header.table])
    else:
        encoding = encoding_of(content, path)
        header = find_header(
            [Table(each, first_records(content, encoding, each)) for each in DELIMITERS],
            columns,
            path,
            other_years or {},
        )
        delimiter = DELIMITERS[header.table]
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
    refuse_other_format(content, path)
    if path.suffix.lower() == ".xlsx":
        return [records[:HEADER_SEARCH_ROWS] for records in sheets_of(content, path).values()]
    encoding = encoding_of(content, path)
    return [first_records(content, encoding, each) for each in DELIMITERS]


# Rows


def _below(records: Iterator[list[str]], header_row: int) -> Iterator[tuple[int, list[str], int]]:
    """Yield the records below the header that hold anything.

    Each with the row that a spreadsheet would show before it, and after it the place of its last filled cell.
    """
    for row, record in enumerate(islice(records, header_row, None), start=header_row + 1):
        if place := _last_filled(record):
            yield row, record, place


def _rows(records: Iterator[list[str]], header: Header, path: Path) -> pd.DataFrame:
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
            DOWNLOAD_AGAIN,
        )
    if headers_again:
        raise second_header(headers_again[0], path)
    n_each = 1 + len(header.positions)
    by_field = {name: cells[place::n_each] for place, name in enumerate(header.positions, start=1)}
    return pd.DataFrame({"row": numbers, **by_field, "n_cells": n_cells, "last_filled": last_filled})


def _last_filled(record: Sequence[str]) -> int:
    """Return the place, from 1, of the last cell that holds anything; 0 where none does."""
    place = len(record)
    while place and not record[place - 1].strip():
        place -= 1
    return place
