"""Schema of the tidy table: one row per initiative declared in one year."""

from __future__ import annotations

import pandas as pd

from portrait.language.periods import EditionId
from portrait.language.text import revealed
from portrait.registers.source import (
    CLOSED,
    RECOGNISED_BY,
    SAFEGUARDS,
    TRANSLATED,
    UNCLASSIFIED,
    UNKNOWN,
)

PRODUCTION, DEVELOPMENT, RETIRED = "production", "development", "retired"
STATUSES = (PRODUCTION, DEVELOPMENT, RETIRED, UNKNOWN, UNCLASSIFIED)
"""All statuses, in the order of tables and figures."""

HARMONISED = ("body", "portfolio", *CLOSED)
"""Fields whose published values are looked up in the reference files."""

COLUMNS = (
    "year",
    "row",
    "name",
    "body",
    "portfolio",
    "category",
    "status",
    "benefits",
    *SAFEGUARDS,
    *(f"{field}_published" for field in HARMONISED),
    "portfolio_folded",
    "reconstructed",
)
"""Columns of the tidy table, in the order in which it is published.

`row` is counted as in a spreadsheet, where the header is row 1 if nothing precedes it; of several files, as
`PublishedTable` numbers them. Text is never missing: an empty string means that the cell is blank or, in a
closed list, that the file gives no such field: it has no such column, or a blank one. `portfolio` keeps a
portfolio's network separate, as in "Santé et Services sociaux (Réseau)"; `portfolio_folded` merges it with
its parent.
"""

OPTIONAL = (*TRANSLATED, *RECOGNISED_BY)
"""Columns added at the end where the source publishes them."""

ORIGIN = ("file", "file_row")
"""Columns added at the end where an edition has several files: the file of a row, and its row there."""

NAME_PUBLISHED = "name_published"
"""Column added at the end where a rule of the source removes marks from names: the name with its marks."""


def validated(table: pd.DataFrame) -> pd.DataFrame:
    """Return a tidy table, which every build validates.

    Raises
    ------
    ValueError
        A column holds what it may not, or two rows have the same year and number: a fault of the program.
    """
    unsound = [name for name in COLUMNS if not _is_sound(name, table[name])]
    if unsound or table.duplicated(["year", "row"]).any():
        raise ValueError(f"The table of initiatives is not tidy: {', '.join(unsound) or 'rows twice'}.")
    return table


def _is_sound(name: str, cells: pd.Series) -> bool:
    if name == "year":
        return all(isinstance(each, EditionId) for each in cells.unique().tolist())
    if name == "row":
        return cells.dtype == int and bool((cells >= 1).all())
    if name == "reconstructed":
        return cells.dtype == bool
    is_text = cells.dtype == "str" and bool(cells.notna().all())
    return is_text and (name != "status" or set(cells) <= {"", *STATUSES})


def english_names(initiatives: pd.DataFrame) -> pd.Series:
    """Return the name of each initiative in English, or as published where the register gives none."""
    if "name_en" not in initiatives:
        return initiatives["name"]
    return initiatives["name_en"].where(initiatives["name_en"] != "", initiatives["name"])


def formula_safe(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with an apostrophe before each cell that a spreadsheet would take for a formula.

    Such a cell begins with ``=``, ``+``, ``-``, ``@`` (or their full-width forms), a tab or a line
    end (OWASP, *CSV Injection*). Invisible characters are written as escapes (`revealed`).
    """
    guarded = table.copy()
    for column in guarded.columns:
        if pd.api.types.is_numeric_dtype(guarded[column]) or pd.api.types.is_bool_dtype(guarded[column]):
            continue
        cells = guarded[column].astype(str).map(revealed)
        guarded[column] = cells.where(~cells.str.match(r"[=+\-@＝＋－＠\t\r\n]"), "'" + cells)
    return guarded
