"""The tidy table that everything is computed from: one row per initiative declared in one year."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from portrait.registers.source import RECOGNISED_BY, TRANSLATED, UNCLASSIFIED, UNKNOWN

if TYPE_CHECKING:
    import pandera.pandas as pandera

PRODUCTION, DEVELOPMENT, RETIRED = "production", "development", "retired"
STATUSES = (PRODUCTION, DEVELOPMENT, RETIRED, UNKNOWN, UNCLASSIFIED)
"""Every status an initiative can have, in the order of tables and figures."""

HARMONISED = ("body", "portfolio", "category", "status")
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
    *(f"{field}_published" for field in HARMONISED),
    "portfolio_folded",
    "reconstructed",
)
"""Columns of the tidy table, in the order in which it is published.

`row` counts as a spreadsheet does, the header being row 1. Text is never missing: the empty string
says that the file holds nothing there. `portfolio` keeps a portfolio's network apart, as in
"Santé et Services sociaux (Réseau)"; `portfolio_folded` counts it with its parent.
"""

OPTIONAL = (*TRANSLATED, *RECOGNISED_BY)
"""Columns that follow where the source publishes them."""


@cache
def schema() -> pandera.DataFrameSchema:
    """Return the schema of the tidy table, which every build checks.

    Built on first use: importing the checker costs more than reading a year.
    """
    import pandera.pandas as pandera

    text = {
        name: pandera.Column(str)
        for name in COLUMNS
        if name not in ("year", "row", "status", "reconstructed")
    }
    return pandera.DataFrameSchema(
        {
            **text,
            "year": pandera.Column(int),
            "row": pandera.Column(int, pandera.Check.ge(2)),
            "status": pandera.Column(str, pandera.Check.isin(STATUSES)),
            "reconstructed": pandera.Column(bool),
        },
        unique=["year", "row"],
    )


def formula_safe(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with cells that a spreadsheet would compute marked as text by an apostrophe.

    A cell that begins with ``=``, ``+``, ``-``, ``@`` (or their full-width forms), a tab or a line
    end is one (OWASP, *CSV Injection*).
    """
    guarded = table.copy()
    for column in guarded.columns:
        if pd.api.types.is_numeric_dtype(guarded[column]) or pd.api.types.is_bool_dtype(guarded[column]):
            continue
        cells = guarded[column].astype(str)
        guarded[column] = cells.where(~cells.str.match(r"[=+\-@＝＋－＠\t\r\n]"), "'" + cells)
    return guarded
