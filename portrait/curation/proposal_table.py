"""The table of proposals as a file: its columns, and how it is read and written."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from portrait.ingest.initiatives import formula_safe
from portrait.ingest.published import PublishedTable, read_published
from portrait.language.text import tidy
from portrait.storage.atomic import write_whole

COLUMNS = (
    "source",
    "year",
    "field",
    "published",
    "portfolio",
    "rows",
    "proposed",
    "score",
    "others",
    "evidence",
    "decision",
    "note",
    "recorded_by",
)
"""Columns of the table of proposals, one row a name. A person writes in the last three."""

WRITTEN = ("decision", "note", "recorded_by")
BETWEEN = " | "
"""Stands between the other candidates of a name."""

FIELDS = ("status", "category", "portfolio", "portfolio_folded", "body")


def read_table(path: Path) -> PublishedTable:
    """Read a table of proposals as a spreadsheet may have saved it: any delimiter, CSV or XLSX."""
    return read_published(path, {name: (name,) for name in COLUMNS})


def cell(text: str) -> str:
    """Return a cell without the apostrophe that marked it as text for a spreadsheet."""
    return tidy(re.sub(r"^'(?=[=+\-@＝＋－＠])", "", text))


def write_for_people(table: pd.DataFrame, path: Path) -> None:
    """Write a table that a person fills in with a spreadsheet; where it has no row, leave none."""
    if table.empty:
        path.unlink(missing_ok=True)
        return
    # The mark of UTF-8, or Excel would misread accents.
    text = formula_safe(table).to_csv(index=False, lineterminator="\n")
    write_whole(path, text.encode("utf-8-sig"))
