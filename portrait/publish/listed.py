"""Print as a list a table of prose whose columns would be too narrow to read: an entry for each column."""

from __future__ import annotations

from collections.abc import Sequence

from portrait.document.markdown import Node
from portrait.language.locales import choose
from portrait.language.numbers import number

_HIGHEST_ROW = 70.0
"""Height in points above which a row of prose has columns too narrow to read: more than five lines."""
UNSAID = "—"
FEWEST_COLUMNS = 4
"""Fewer are wide enough."""


def as_list(
    columns: Sequence[str], rows: Sequence[Sequence[str]], sides: Sequence[str], layout: Node
) -> Node:
    """Return what changes of a table that is printed as a list; nothing if it is not.

    The first cell of a row names what its other cells say of their columns; a dash says nothing.

    Parameters
    ----------
    sides
        Alignment of each column.
    layout
        The table as `typst` lays it out.
    """
    is_prose = set(sides) == {"l"} and layout["highest_row"] > _HIGHEST_ROW
    if not is_prose or len(columns) < max(FEWEST_COLUMNS, len(rows) // 2):
        return {"entries": []}
    entries = [
        {"name": name, "parts": [[row[0], row[place]] for row in rows if row[place] != UNSAID]}
        for place, name in enumerate(columns[1:], start=1)
    ]
    return {
        "entries": entries,
        "is_long": True,
        "is_narrow": False,
        "is_guarded": False,
        "fits_a_page": False,
    }


def printed_caption(block: Node, language: str) -> str:
    """Return the caption of a figure or table, with how many rows of all are printed if not all."""
    caption: str = block["caption"]
    if not (rest := block.get("print_rest")):
        return caption
    shown, rows = (number(n, language) for n in (rest["after"], len(block["rows"])))
    return choose(
        language,
        "{caption} ({shown} sur {rows})",
        "{caption} ({shown} of {rows})",
        caption=caption,
        shown=shown,
        rows=rows,
    )
