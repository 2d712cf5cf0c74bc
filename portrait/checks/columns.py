"""Cells of a published file, and the names of its columns."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.ingest.published import PublishedTable
from portrait.language.text import tidy


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty: its row (as a spreadsheet counts), its column (from 0) and its text."""

    row: int
    column: int
    text: str


def column_name(published: PublishedTable, column: int) -> str:
    """Return the header of a column, or its position (from 1) in brackets where it has none."""
    header = tidy(published.header[column]) if column < len(published.header) else ""
    return header or f"[{column + 1}]"
