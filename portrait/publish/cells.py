"""Return the rules of the style sheet that are about the cells of one table of a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portrait.document.markdown import Node, plain
from portrait.publish.columns import column_widths

TABLE_EM = 15.7
"""Font size of a table, in pixels."""
_PAGE, _INSET, _WIDEST = 912.0, 8.8, 560.0
"""In a wide window, in pixels: width of the page, space on each side of a cell, and the greatest width of a
column, about 75 letters."""


def widths_of_columns(tables: Iterable[Mapping[str, Any]]) -> str:
    """Return the rules that make tables of prose as low as they can be where rows are not cards.

    A browser gives columns of prose equal widths, however long their texts are.
    """
    rules = [
        f"[id={css_text(table['id'])}] :is(th,td):nth-child({place})"
        f"{{width:{100 * share:.0f}%;min-width:0;max-width:none}}"
        for table in tables
        for place, share in enumerate(_shares(table), start=1)
    ]
    return f"\n@media screen and (min-width:40.01rem){{{''.join(rules)}}}" if rules else ""


def _shares(table: Mapping[str, Any]) -> list[float]:
    """Return the part of the width of its table that each column has, from 0 to 1."""
    lines = (table["columns"], *table["rows"])
    cells = [[*map(_text, line)] for line in lines]
    widths = column_widths(cells, table["align"], available=_PAGE, most=_WIDEST, em=TABLE_EM, inset=_INSET)
    return [width / sum(widths) for width in widths]


def labels_of_cards(tables: Iterable[Mapping[str, Any]], colon: str) -> str:
    """Return the rules that give each value of these tables its label, which a card shows before it.

    A rule for each column is shorter than a label in each cell.
    """
    return "".join(
        f"\n[id={css_text(table['id'])}] td:nth-child({place}){{--label:{css_text(_text(column) + colon)}}}"
        for table in tables
        for place, column in enumerate(table["columns"], start=1)
        if place > 1 or not table["row_header"]
    )


def _text(cell: str | Sequence[Node]) -> str:
    """Return the text of a cell, which may hold inlines."""
    return cell if isinstance(cell, str) else plain(cell)


def css_text(text: str) -> str:
    """Return a text between quotation marks, as a style sheet reads it."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
