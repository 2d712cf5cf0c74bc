"""Propose the column of each field, for a file whose headers are not recorded yet.

A header that was recorded in any year is certain. Any other is proposed with a mark before it, which
matches no header of a file: builds fail until a person confirms it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import mode

import pandas as pd
from rapidfuzz import fuzz

from portrait.ingest.header import Columns
from portrait.ingest.lookup import known_share
from portrait.ingest.published import FileFacts, read_first_records, read_published
from portrait.language.text import normalise, normalise_header, tidy
from portrait.registers.columns import NOT_FOUND, is_marked, unmarked
from portrait.registers.edition_files import Reading
from portrait.registers.source import CLOSED, FIELDS, SAFEGUARDS, YEAR, Source

_LEAST_KNOWN = {**dict.fromkeys((*FIELDS, *SAFEGUARDS), 0.25), **dict.fromkeys(CLOSED, 0.5)}
"""Smallest share of known values for a column to be proposed; names change more than terms."""
_LEAST_LIKE = dict.fromkeys(_LEAST_KNOWN, 60.0)
"""Smallest similarity of a header to a recorded one, 100 being equal."""


@dataclass(frozen=True, eq=False)
class WholeTable:
    """All columns of a file.

    Attributes
    ----------
    columns
        For each header that is not repeated, the cells below it, as published.
    facts
        The identification of the file.
    """

    columns: Mapping[str, pd.Series]
    facts: FileFacts

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Headers by look-up key."""
        return {normalise_header(header): header for header in self.columns}

    def values(self, header: str) -> list[str]:
        """Return the distinct cells below a header, as published; empty where the file lacks it."""
        known = self.by_key.get(normalise_header(header))
        return [] if known is None else [str(value) for value in self.columns[known].unique()]


def read_whole(
    path: Path, known_headers: Mapping[str, Sequence[str]], reading: Reading | None = None
) -> WholeTable:
    """Read all columns of a file, below its likeliest header given the recorded headers of each field.

    `reading` is what `source.yml` says of how it is read.

    Raises
    ------
    RefusedInput
        The file cannot be read as a table.
    """
    header = _header(read_first_records(path, reading), known_headers)
    keys = Counter(normalise_header(each) for each in header)
    # Repeated headers are ambiguous.
    single = [tidy(each) for each in header if normalise_header(each) and keys[normalise_header(each)] == 1]
    columns: Columns = {f"column {place}": (each,) for place, each in enumerate(single)}
    sought = columns or {name: tuple(each) for name, each in known_headers.items()}
    table = read_published(path, sought, reading=reading)
    return WholeTable({each: table.rows[f"column {place}"] for place, each in enumerate(single)}, table.facts)


def spellings(source: Source) -> dict[str, list[str]]:
    """Return all recorded headers of each field, latest years first."""
    found: dict[str, list[str]] = {}
    for year in sorted(source.columns, reverse=True):
        for field_name, headers in source.columns[year].items():
            known = found.setdefault(field_name, [])
            known += [each for each in headers if each not in known and not is_marked(each)]
    return found


def readable(cells: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the headers of each field that has any, confirmed or not."""
    return {
        name: tuple(unmarked(each.strip()) for each in cell.split(" | "))
        for name, cell in cells.items()
        if cell and cell != NOT_FOUND
    }


def find_headers(
    table: WholeTable,
    fields: Sequence[str],
    known_headers: Mapping[str, Sequence[str]],
    known_values: Callable[[str], set[str]],
) -> dict[str, str]:
    """Return, for each field, its cell of `columns.csv`.

    Parameters
    ----------
    table
        The file.
    fields
        Fields to find. Only the year may be absent.
    known_headers, known_values
        The recorded headers of a field, likeliest first, and the keys of its recorded values.

    Returns
    -------
    dict
        The header as published where exactly one recorded header fits; else a marked proposal, by
        recorded header, by values or by likeness; else `NOT_FOUND`, or empty for the year.
    """
    cells = {name: _by_header(table, known_headers[name]) for name in fields}
    known = {name: known_values(name) for name in fields if not cells[name] and name != YEAR}

    def share(name: str, header: str) -> float:
        return known_share(table.columns[header], known[name])

    def likeness(name: str, header: str) -> float:
        return max(fuzz.token_sort_ratio(normalise(header), normalise(each)) for each in known_headers[name])

    for way, score, least in (("content", share, _LEAST_KNOWN), ("likeness", likeness, _LEAST_LIKE)):
        missing = [name for name in fields if not cells[name] and name != YEAR]
        taken = {unmarked(cell) for cell in cells.values()}
        free = [header for header in table.columns if header not in taken and _may_hold_field(table, header)]
        scores = {(name, header): score(name, header) for name in missing for header in free}
        enough = {pair: each for pair, each in scores.items() if each >= least[pair[0]]}
        cells |= {name: f"proposed by {way}: {header}" for name, header in _best_pairs(enough).items()}
    return {name: cell or ("" if name == YEAR else NOT_FOUND) for name, cell in cells.items()}


def _may_hold_field(table: WholeTable, header: str) -> bool:
    """Return whether a column may hold one of our fields: a column of numbers may not."""
    filled = [text for value in table.values(header) if (text := tidy(value))]
    return not filled or not all(re.fullmatch(r"[\d.,]+", text) for text in filled)


def _header(tables: Sequence[Sequence[list[str]]], known_headers: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the record with most recorded headers, if it has two or more.

    Otherwise return the first record of the most common width, in the table where that width is greatest.
    """
    known = {normalise_header(each) for headers in known_headers.values() for each in headers}
    records = [record for table in tables for record in table]
    n_known = [len({normalise_header(each) for each in record} & known) for record in records]
    if max(n_known, default=0) > 1:
        return records[n_known.index(max(n_known))]
    widths = [[sum(bool(each.strip()) for each in record) for record in table] for table in tables]
    widest = max(range(len(tables)), key=lambda place: mode(widths[place]) if widths[place] else 0)
    if not widths[widest]:
        return []
    return list(tables[widest][widths[widest].index(mode(widths[widest]))])


def _by_header(table: WholeTable, headers: Sequence[str]) -> str:
    """Return the recorded header; marked where the file has more than one."""
    keys = dict.fromkeys(map(normalise_header, headers))
    found = [table.by_key[key] for key in keys if key in table.by_key]
    return "" if not found else found[0] if len(found) == 1 else f"proposed by header: {found[0]}"


def _best_pairs(scores: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """Pair each name with at most one header and each header with at most one name, best scores first."""
    pairs: dict[str, str] = {}
    for name, header in sorted(scores, key=lambda pair: -scores[pair]):
        if name not in pairs and header not in pairs.values():
            pairs[name] = header
    return pairs
