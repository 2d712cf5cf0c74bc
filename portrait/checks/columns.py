"""Cells of a published file, and the names of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from portrait.ingest.published import PublishedTable
from portrait.language.text import tidy


class Cell(NamedTuple):
    """A cell that is not empty: its row (as a spreadsheet counts), its column (from 0) and its text."""

    row: int
    column: int
    text: str


class Cells:
    """The cells of a file that are not empty, row by row."""

    def __init__(self, records: Mapping[int, Sequence[str]]) -> None:
        self._cells = [
            Cell(row, column, text)
            for row, record in records.items()
            for column, text in enumerate(record)
            if text
        ]
        self._places: dict[str, list[int]] = {}  # among the cells, by text
        for place, cell in enumerate(self._cells):
            self._places.setdefault(cell.text, []).append(place)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._cells)

    def whose(self, holds: Callable[[str], object]) -> list[Cell]:
        """Return the cells whose text holds something; each distinct text is looked at once."""
        held = chain.from_iterable(places for text, places in self._places.items() if holds(text))
        return [self._cells[place] for place in sorted(held)]


def column_name(published: PublishedTable, column: int) -> str:
    """Return the header of a column, or its position (from 1) in brackets where it has none."""
    header = tidy(published.header[column]) if column < len(published.header) else ""
    return header or f"[{column + 1}]"
