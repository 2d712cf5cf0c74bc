"""Read and write the table of proposals as a file."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from portrait.errors import Sentence
from portrait.ingest.initiatives import formula_safe
from portrait.ingest.published import PublishedTable, read_published
from portrait.language.text import tidy
from portrait.registers.source import SAFEGUARDS
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
"""Columns of the table of proposals, one row per name. A person fills in the last three."""

WRITTEN = ("decision", "note", "recorded_by")
BETWEEN = " | "
"""Separator of the names in a list."""

FIELDS = ("status", "category", *SAFEGUARDS, "portfolio", "portfolio_folded", "body")
OTHER_SOURCE = (
    Sentence("cette ligne est d’une autre source.", "this row belongs to another source."),
    Sentence("Consignez une source à la fois.", "Record one source at a time."),
)
"""What a table is refused for whose rows are of two sources, and how to fix it."""


def read_table(path: Path) -> PublishedTable:
    """Read a table of proposals, in any format in which a spreadsheet may have saved it."""
    return read_published(path, {name: (name,) for name in COLUMNS})


def cell(text: str) -> str:
    """Return a cell without the apostrophe that marks it as text for a spreadsheet."""
    return tidy(re.sub(r"^'(?=[=+\-@＝＋－＠])", "", text))


def for_people(table: pd.DataFrame) -> bytes | None:
    """Return a table for a person to fill in with a spreadsheet; ``None`` if there are no rows."""
    if table.empty:
        return None
    # With a byte-order mark: Excel misreads accents without it.
    text: str = formula_safe(table).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def write_or_delete(content: bytes | None, path: Path) -> None:
    """Write what `for_people` returns; delete the file if there are no rows."""
    if content is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, content)
