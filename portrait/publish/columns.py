"""Compute column widths of a printed table so that no cell overflows, and which rows are kept together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, permutations

import numpy as np
import numpy.typing as npt

from portrait.style.glyphs import symbols, width

Numbers = npt.NDArray[np.float64]
WIDEST_COLUMN = 250.0
"""Greatest width of a column of a table in points: about 75 letters."""
_HIGH_ENOUGH = 84.0
"""Least height in points, as estimated, of rows alone on a page: five rows of one line, or one of seven."""
_LONGEST_WORD_SHARE = 0.3
"""Largest share of the page that one word may take; a wider word is cut at the end of the line."""
_LIST_OF_NUMBERS = re.compile(r"\d+(?:, \d+)+(?:, …)?")
_AFTER_A_SLASH = re.compile(r"(?<=/)(?=[^\W\d_]{2})")
_LONGEST_WORD, _PIECE = 24.0, 8.0
"""Widths in ems above which a word may be cut at the end of a line, and of the pieces of such a word."""
MAY_CUT = "\u200b"
_LETTERS = re.compile(r"[^ ]+")
_WITHIN_AN_ADDRESS = re.compile(r"(?<=[^/]/)(?=[^/])|(?<=\w[-.])(?=\w)")
_NUMBERS_PER_LINE = 3
"""Numbers of a list kept on one line: a column with one number per line is tall and hard to read."""
_MARGIN = 1.02
"""Safety factor for a sum of glyph widths, which ignores bold digits and rounding."""
_WASTE = 1.2
"""Width in ems that a line of text leaves blank at its end, on average."""
_PART_OF_A_LINE = 0.001
"""What a short cell that turns over counts beside a line of a row: of tables of one height, fewest do."""
_SHORT = 84.0
"""Greatest width in points of a short cell, such as a status."""
_STEPS = (32.0, 16.0, 8.0, 4.0)
"""Points that are moved from one column to another, in turn, while that makes the table shorter."""
_FAIRNESS = (0.0, 0.5, 1.0)
"""Exponents of the missing width by which free width is shared: equal shares, square root, proportional."""


def column_widths(
    cells: Sequence[Sequence[str]],
    sides: Sequence[str],
    *,
    available: float,
    most: float,
    em: float,
    inset: float,
) -> list[float]:
    """Return the width of each column in points, including insets.

    If the cells do not all fit on one line, the widths are those that give the shortest table.

    Parameters
    ----------
    cells
        The rows as text, headings first.
    sides
        Alignment of each column. A right-aligned column has numbers; its cells are broken into lines only
        if words would otherwise be cut.
    available, most
        Width of the page, and greatest width of a column, in points.
    em, inset
        Font size and space on each side of a cell, in points.
    """
    columns = list(zip(*cells, strict=True))
    is_number = [side == "r" for side in sides]
    most_of_a_word = available * _LONGEST_WORD_SHARE

    def least_of(column: Sequence[str], *, is_kept_whole: bool) -> float:
        pieces = {piece for cell in column for piece in _pieces(cell)}
        unbroken = pieces | set(column[1:]) if is_kept_whole else pieces
        return min(max(map(width, unbroken)) * em * _MARGIN, most_of_a_word) + 2 * inset

    wished = [max(map(width, column)) * em * _MARGIN + 2 * inset for column in columns]
    natural = [min(width, most) for width in wished]
    if sum(natural) <= available:
        return natural
    least = [least_of(column, is_kept_whole=whole) for column, whole in zip(columns, is_number, strict=True)]
    if sum(least) >= available:
        least = [least_of(column, is_kept_whole=False) for column in columns]
    if sum(least) >= available:
        return [width * available / sum(least) for width in least]
    shared = [
        _distributed(natural, start, is_number, available, _shares(wished, start, fairness))
        for start in _starts(least, natural, is_number, available)
        for fairness in _FAIRNESS
    ]
    filled = np.array([[width(cell) for cell in column] for column in columns]) * em
    is_short = filled <= _SHORT

    def height(widths: Sequence[float]) -> float:
        n_lines = _n_lines(filled, np.array(widths)[:, None] - 2 * inset, em)
        return float(n_lines.max(axis=0).sum() + _PART_OF_A_LINE * (n_lines[is_short] > 1).sum())

    best = min(shared, key=height)
    pairs = [(i, j) for i, j in permutations(range(len(columns)), 2) if is_number[i] or not is_number[j]]
    return _shortest(best, least, pairs, height, most=most)


def _shortest(
    start: Sequence[float],
    least: Sequence[float],
    pairs: Sequence[tuple[int, int]],
    height: Callable[[Sequence[float]], float],
    *,
    most: float,
) -> list[float]:
    """Return widths from which no step from the first to the second column of a pair shortens the table."""
    widths, lowest = list(start), height(start)
    for step in _STEPS:
        is_shorter = True
        while is_shorter:
            is_shorter = False
            for giver, taker in pairs:
                if widths[giver] - step < least[giver] or widths[taker] + step > most:
                    continue
                moved = list(widths)
                moved[giver] -= step
                moved[taker] += step
                if (found := height(moved)) < lowest:
                    widths, lowest, is_shorter = moved, found, True
    return widths


def _starts(
    least: list[float], natural: list[float], is_number: list[bool], available: float
) -> Iterator[list[float]]:
    """Yield the least widths, then the same with one column of text at its natural width.

    A column of short labels (a status) that is slightly too narrow costs a line in each row, and sharing the
    free width may never give it exactly what is missing.
    """
    yield least
    for kept, column_is_number in enumerate(is_number):
        start = [*least[:kept], natural[kept], *least[kept + 1 :]]
        if not column_is_number and natural[kept] > least[kept] and sum(start) < available:
            yield start


def _pieces(cell: str) -> list[str]:
    """Return the parts of a cell that should not be broken: words, or a few numbers of a list."""
    words = [part for word in cell.split(" ") for part in between_slashes(word)]
    if not _LIST_OF_NUMBERS.fullmatch(cell):
        return words
    starts = range(0, len(words), _NUMBERS_PER_LINE)
    return [" ".join(words[first : first + _NUMBERS_PER_LINE]) for first in starts]


def between_slashes(text: str) -> list[str]:
    """Return the parts of a text between which a line may end after a slash.

    >>> between_slashes("la conception/la fabrication 24/7")
    ['la conception/', 'la fabrication 24/7']
    """
    return _AFTER_A_SLASH.split(text)


def _shares(wished: list[float], least: list[float], fairness: float) -> list[float]:
    return [(wish - low) ** fairness for wish, low in zip(wished, least, strict=True)]


def _distributed(
    natural: list[float], least: list[float], is_number: list[bool], available: float, shares: list[float]
) -> list[float]:
    """Return the least widths plus the share of each column of the free width, up to its natural width.

    Columns of text are widened first: a heading of numbers on two lines costs less than names on three.
    """
    widths = list(least)
    for numbers in (False, True):
        growing = {i for i, column_is_number in enumerate(is_number) if column_is_number == numbers}
        while growing := {i for i in growing if natural[i] - widths[i] > 0.01}:
            left = available - sum(widths)
            if left <= 0.01:
                break
            total = sum(shares[i] for i in growing)
            for i in growing:
                widths[i] += min(natural[i] - widths[i], left * shares[i] / total)
    return widths


def row_lines(row: Sequence[str], widths: Sequence[float], *, em: float, inset: float) -> int:
    """Estimate the number of lines of a row; lines that end early waste some width."""
    filled = np.array([width(cell) for cell in row]) * em
    return int(_n_lines(filled, np.array(widths) - 2 * inset, em).max())


def _n_lines(filled: Numbers, room: Numbers, em: float) -> Numbers:
    """Estimate the number of lines of cells, of which each would fill so many points on one line."""
    return np.where(filled <= np.maximum(room, em), 1, np.ceil(filled / np.maximum(room - _WASTE * em, em)))


def n_kept(heights: Sequence[float]) -> int:
    """Return how many rows are kept together at the end of a table that starts with these heights.

    >>> n_kept([20.0, 20.0, 20.0, 20.0, 20.0]), n_kept([31.0, 54.0, 20.0])
    (5, 2)
    """
    totals = accumulate(heights)
    return next((n for n, total in enumerate(totals, start=1) if total >= _HIGH_ENOUGH), len(heights))


def cuttable(text: str, *, longest: float = _LONGEST_WORD, pieces: float = _PIECE) -> str:
    """Return a text in which words wider than `longest` ems may be cut: after slashes, hyphens and stops.

    A part of one that is as wide may be cut every `pieces` ems.

    The mark is a zero-width space (U+200B). The template replaces it with an empty box, which none copies.
    """
    return _LETTERS.sub(lambda word: _cut(word[0], longest, pieces), text)


def _cut(word: str, longest: float, pieces: float) -> str:
    if width(word) <= longest:
        return word
    if len(parts := _WITHIN_AN_ADDRESS.split(word)) > 1:
        return MAY_CUT.join(_cut(part, longest, pieces) for part in parts)
    cut, taken = [], 0.0
    for letter in symbols(word):
        if taken + width(letter) > pieces:
            cut.append(MAY_CUT)
            taken = 0.0
        cut.append(letter)
        taken += width(letter)
    return "".join(cut)
