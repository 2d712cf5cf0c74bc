"""Cells of a published file, and what to call its columns."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.ingest.published import PublishedTable
from portrait.language.text import tidy


@dataclass(frozen=True)
class Cell:
    """A cell that holds anything: its row, as a spreadsheet counts, its column, from 0, and its text."""

    row: int
    column: int
    text: str


def column_name(published: PublishedTable, column: int) -> str:
    """Return what to call a column: its header, or its place where it has none."""
    header = tidy(published.header[column]) if column < len(published.header) else ""
    return header or f"[{column + 1}]"
