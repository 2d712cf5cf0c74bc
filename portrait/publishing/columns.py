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
    return _shared_out(natural, least, [side == "r" for side in sides], available)


def _shared_out(
    natural: list[float], least: list[float], is_number: list[bool], available: float
) -> list[float]:
    """Give each column its natural width if all fit; else its least, and a fair part of what is left.

    Columns of text come first: a heading in two lines above numbers costs less than names in three.
    """
    if sum(natural) <= available:
        return natural
    if sum(least) >= available:
        return [width * available / sum(least) for width in least]
    widths = list(least)
    for numbers in (False, True):
        growing = [i for i, column_is_number in enumerate(is_number) if column_is_number == numbers]
        _fill(widths, natural, growing, available - sum(widths))
    return widths


def _fill(widths: list[float], natural: list[float], growing: list[int], left: float) -> None:
    """Widen some columns alike, each up to its natural width, until nothing is left."""
    for position, column in enumerate(sorted(growing, key=lambda column: natural[column] - widths[column])):
        more = min(natural[column] - widths[column], left / (len(growing) - position))
        widths[column] += more
        left -= more


def n_lines(text: str, column: float, *, em: float, inset: float) -> int:
    """Return about how many lines a cell takes; a line that ends early wastes some of its width."""
    filled = width(text) * em / max(column - 2 * inset, em)
    return 1 if filled <= 1 else math.ceil(filled * 1.08)
