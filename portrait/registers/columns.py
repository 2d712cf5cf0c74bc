"""`columns.csv`: the headers of each field in each year."""

from __future__ import annotations

import re
from pathlib import Path

from portrait.registers.parsing import check_field, read_rows
from portrait.registers.source import FIELDS, RECOGNISED_BY, TRANSLATED, YEAR

NOT_FOUND = "not found: give the header, or nothing where the file has no such column"
"""Cell of `columns.csv` for a field whose header was not found."""

_MARK = re.compile(r"proposed by (?:header|content|likeness): (.+)")


def is_marked(cell: str) -> bool:
    """Return whether a cell of `columns.csv` must be confirmed by a person."""
    return cell == NOT_FOUND or _MARK.fullmatch(cell) is not None


def unmarked(cell: str) -> str:
    """Return the header of a cell of `columns.csv`, confirmed or not."""
    match = _MARK.fullmatch(cell)
    return match[1] if match else cell


def read_columns(path: Path) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return the recorded headers of each field in each year."""
    numbered = read_rows(path, ("field",))
    for number, row in numbered:
        check_field(row["field"], (*FIELDS, YEAR, *TRANSLATED, *RECOGNISED_BY), path, number)
    rows = [row for _, row in numbered]
    years = [name for name in (rows[0] if rows else {}) if name.isdecimal()]
    return {
        int(year): {
            row["field"]: tuple(header.strip() for header in row[year].split(" | "))
            for row in rows
            if row[year].strip()
        }
        for year in years
    }
