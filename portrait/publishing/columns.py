"""Widths of the columns of a printed table: no cell overflows, numbers stay on one line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from portrait.publishing.faces import width

_LONGEST_WORD_SHARE = 0.3
"""Share of the page that one word may claim; a longer one is cut where its line ends."""
_MARGIN = 1.02
"""Room for what a sum of widths does not know: bold digits, rounding."""


def column_widths(
    cells: Sequence[Sequence[str]], sides: Sequence[str], *, available: float, em: float, inset: float
) -> list[float]:
    """Return the width of each column in points, insets included.

    Parameters
    ----------
    cells
        The rows as text, headings first.
    sides
        Side of each column; a column set right holds numbers and is never cut in lines.
    available
        Width of the page in points.
    em, inset
        Size of the type and space on each side of a cell, in points.
    """
    natural, least = [], []
    for column, side in zip(zip(*cells, strict=True), sides, strict=True):
        body = column[1:]
        kept_whole = set(body) if side == "r" else set()
        unbroken = kept_whole | {word for cell in column for word in cell.split(" ")}
        longest = max(map(width, unbroken)) * em * _MARGIN
        natural.append(max(map(width, column)) * em * _MARGIN + 2 * inset)
        least.append(min(longest, available * _LONGEST_WORD_SHARE) + 2 * inset)
    return _shared_out(natural, least, available)


def _shared_out(natural: list[float], least: list[float], available: float) -> list[float]:
    """Give each column its natural width if all fit; else its least, and its part of what is left."""
    if sum(natural) <= available:
        return natural
    if sum(least) >= available:
        return [width * available / sum(least) for width in least]
    wish = [math.sqrt(max(n - m, 0.0)) for n, m in zip(natural, least, strict=True)]
    left, widths = available - sum(least), list(least)
    open_columns = {i for i, w in enumerate(wish) if w > 0}
    while open_columns and left > 0.01:
        total = sum(wish[i] for i in open_columns)
        part = {i: min(left * wish[i] / total, natural[i] - widths[i]) for i in open_columns}
        for i, more in part.items():
            widths[i] += more
        left -= sum(part.values())
        open_columns = {i for i in open_columns if natural[i] - widths[i] > 0.01}
    return widths


def n_lines(text: str, column: float, *, em: float, inset: float) -> int:
    """Return about how many lines a cell takes."""
    return max(1, math.ceil(width(text) * em * 1.08 / max(column - 2 * inset, em)))
