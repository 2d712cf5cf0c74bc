"""Find which column of a file publishes which field, where the headers of its year are not recorded yet.

A header that was recorded in any year is certain. The rest is likely at most: such a header is
given with a mark before it, which no file bears, so that no build reads it before a person confirms.
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
from portrait.registers.source import YEAR, Source

_LEAST_KNOWN = {"status": 0.5, "category": 0.5}
_LEAST_KNOWN_NAMES = 0.25
"""Shares of a column's values that must be known for it to be proposed; fewer names last than terms."""
_LEAST_LIKE = 60  # how much a header must resemble a recorded one, 100 being the same


@dataclass(frozen=True, eq=False)
class WholeTable:
    """Every column of a file, whatever it publishes.

    Attributes
    ----------
    columns
        For each header that stands once, the cells below it, as published.
    facts
        What identifies the file.
    """

    columns: Mapping[str, pd.Series]
    facts: FileFacts

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Each header by the key under which headers are compared."""
        return {normalise_header(header): header for header in self.columns}

    def values(self, header: str) -> list[str]:
        """Return the distinct cells below a header, as published; none where the file lacks it."""
        known = self.by_key.get(normalise_header(header))
        return [] if known is None else [str(value) for value in self.columns[known].unique()]


def read_whole(path: Path, source: Source) -> WholeTable:
    """Read every column of a file, below the header that the source's years make likeliest.

    Raises
    ------
    RefusedInput
        The file cannot be read as a table.
    """
    header = _header(read_first_records(path), spellings(source))
    keys = Counter(normalise_header(each) for each in header)
    # A header that stands twice names no column.
    single = [tidy(each) for each in header if normalise_header(each) and keys[normalise_header(each)] == 1]
    asked: Columns = {f"column {place}": (each,) for place, each in enumerate(single)}
    table = read_published(path, asked or source.columns[max(source.columns)])
    return WholeTable({each: table.rows[f"column {place}"] for place, each in enumerate(single)}, table.facts)


def spellings(source: Source) -> dict[str, list[str]]:
    """Return all recorded headers of each field, those of the latest years first."""
    found: dict[str, list[str]] = {}
    for year in sorted(source.columns, reverse=True):
        for field_name, headers in source.columns[year].items():
            known = found.setdefault(field_name, [])
            known += [each for each in headers if each not in known and not is_marked(each)]
    return found


def readable(cells: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the headers of each field that has one, confirmed or not."""
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
    """Return the cell of `columns.csv` of each field.

    Parameters
    ----------
    table
        The file.
    fields
        Fields that are looked for. Only the year may be missing without a word.
    known_headers, known_values
        What was recorded of a field: its headers, the likeliest first, and the keys of its values.

    Returns
    -------
    dict
        The header as published where it was recorded in any year, and no other fits; else what its
        values or its likeness propose, with a mark; else `NOT_FOUND`.
    """
    cells = {name: _by_header(table, known_headers[name]) for name in fields}
    for propose in (_by_content, _by_likeness):
        missing = [name for name in fields if not cells[name] and name != YEAR]
        taken = {unmarked(cell) for cell in cells.values()}
        free = [header for header in table.columns if header not in taken and _holds_words(table, header)]
        cells |= propose(table, missing, free, known_headers, known_values)
    return {name: cell or ("" if name == YEAR else NOT_FOUND) for name, cell in cells.items()}


def _holds_words(table: WholeTable, header: str) -> bool:
    """Tell whether a column may publish a field of ours: a number or a rank is none."""
    filled = [text for value in table.values(header) if (text := tidy(value))]
    return not filled or not all(re.fullmatch(r"[\d.,]+", text) for text in filled)


def _header(tables: Sequence[Sequence[list[str]]], known_headers: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the record that names the columns: the one of most recorded headers, else the likeliest.

    Where none is known it is the first record as wide as most, in the table of most columns.
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
    """Return the header that was recorded; with a mark where the file has two of them."""
    keys = dict.fromkeys(map(normalise_header, headers))
    found = [table.by_key[key] for key in keys if key in table.by_key]
    return "" if not found else found[0] if len(found) == 1 else f"proposed by header: {found[0]}"


def _by_content(
    table: WholeTable,
    missing: Sequence[str],
    free: Sequence[str],
    known_headers: Mapping[str, Sequence[str]],
    known_values: Callable[[str], set[str]],
) -> dict[str, str]:
    """Propose the columns whose values are known of a field."""
    shares = {
        (name, header): known_share(table.columns[header], known)
        for name in missing
        for known in [known_values(name)]
        for header in free
    }
    enough = {
        pair: share
        for pair, share in shares.items()
        if share >= _LEAST_KNOWN.get(pair[0], _LEAST_KNOWN_NAMES)
    }
    return {name: f"proposed by content: {header}" for name, header in _best_pairs(enough).items()}


def _by_likeness(
    table: WholeTable,
    missing: Sequence[str],
    free: Sequence[str],
    known_headers: Mapping[str, Sequence[str]],
    known_values: Callable[[str], set[str]],
) -> dict[str, str]:
    """Propose the headers that resemble a recorded one."""
    scores = {
        (name, header): max(
            fuzz.token_sort_ratio(normalise(header), normalise(each)) for each in known_headers[name]
        )
        for name in missing
        for header in free
    }
    near = {pair: score for pair, score in scores.items() if score >= _LEAST_LIKE}
    return {name: f"proposed by likeness: {header}" for name, header in _best_pairs(near).items()}


def _best_pairs(scores: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """Pair each name with one header at most, and each header with one name, the best scores first."""
    pairs: dict[str, str] = {}
    for name, header in sorted(scores, key=lambda pair: -scores[pair]):
        if name not in pairs and header not in pairs.values():
            pairs[name] = header
    return pairs
