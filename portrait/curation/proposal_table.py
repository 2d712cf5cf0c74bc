"""Read and write tables that a person fills in, such as the table of proposals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Self

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.initiatives import formula_safe
from portrait.ingest.published import read_published
from portrait.language.text import normalise, tidy
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


@dataclass(frozen=True)
class WrittenRow:
    """One row of a table that a person filled in, with its place."""

    file: str
    row: int
    cells: Mapping[str, str]

    @classmethod
    def read(cls, path: Path, columns: Sequence[str]) -> list[Self]:
        """Return the rows of a table, in any format in which a spreadsheet may have saved it."""
        rows = read_published(path, {name: (name,) for name in columns}).rows
        return [
            cls(path.name, int(row["row"]), {name: _cell(row[name]) for name in columns})
            for _, row in rows.iterrows()
        ]

    def refuse(self, column: str, found: Sentence, mend: Sentence) -> NoReturn:
        """Raise `RefusedInput` for a column of this row."""
        raise RefusedInput(Place(self.file, self.row, column, self.cells[column] or None), found, mend)

    def refuse_unsigned(self) -> None:
        """Refuse a decision that no one signed."""
        if not self.cells["recorded_by"]:
            self.refuse(
                "recorded_by",
                Sentence("personne n’a signé cette décision.", "no one signed this decision."),
                Sentence("Écrivez qui l’a prise.", "Write who made it."),
            )


def _cell(text: str) -> str:
    """Return a cell without the apostrophe that marks it as text for a spreadsheet."""
    return tidy(re.sub(r"^'(?=[=+\-@＝＋－＠])", "", text))


def with_written(table: pd.DataFrame, path: Path, same: Sequence[str]) -> pd.DataFrame:
    """Return a table with the decisions already written in a file, where there is one.

    Rows are the same where the columns `same` hold the same texts once normalised.
    """
    table = table.copy()
    for row in WrittenRow.read(path, list(table.columns)) if path.exists() else ():
        is_same = pd.Series(True, index=table.index)
        for name in same:
            is_same &= table[name].map(normalise) == normalise(row.cells[name])
        table.loc[is_same, list(WRITTEN)] = [row.cells[name] for name in WRITTEN]
    return table


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
