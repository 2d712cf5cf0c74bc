r"""Write texts into CSV cells so that no spreadsheet runs one and each can be read back.

Two rules, which the README of the published data gives to its readers:

1. A text with an invisible character has it written as an escape (``\u202e``), and its backslashes doubled.
   So are those of a text that looks like one with escapes.
2. A text that begins with ``=``, ``+``, ``-``, ``@`` (or their full-width forms), a tab or a line end, after
   any number of apostrophes, takes one more apostrophe (OWASP, *CSV Injection*).
"""

from __future__ import annotations

import re

import pandas as pd

from portrait.language.text import revealed

_LOOKS_ESCAPED = re.compile(r"\\(?:\\|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
_NEEDS_QUOTES = re.compile(r'[,"\r\n]')
_RUN = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")


def cell_of(text: str) -> str:
    r"""Return the cell that holds a text.

    >>> [cell_of(text) for text in ("Tri", "=1+1", "'=1", r"C:\data", r"\u0041")]
    ['Tri', "'=1+1", "''=1", 'C:\\data', '\\\\u0041']
    """
    shown = revealed(text)
    if shown != text or _LOOKS_ESCAPED.search(text):
        shown = revealed(text.replace("\\", "\\\\"))
    return f"'{shown}" if _RUN.match(shown) else shown


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table of texts as CSV: UTF-8, lines that end with LF, quotes as RFC 4180 has them."""
    safe: dict[str, str] = {}
    for column in table:
        for text in table[column].unique().tolist():
            if text not in safe:
                safe[text] = _quoted(cell_of(text))
    columns = [[safe[text] for text in table[column].tolist()] for column in table]
    lines = [",".join(table.columns), *map(",".join, zip(*columns, strict=True))]
    return "".join(f"{line}\n" for line in lines).encode()


def _quoted(cell: str) -> str:
    if not _NEEDS_QUOTES.search(cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'
