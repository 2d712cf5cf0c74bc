"""Figures that are rows of marks: bars, dots and lines beside names, or one dot for each initiative.

Such a figure is a table of marks, made once. The page, the print and the notebook each draw it with their own
text: `portrait.style.drawing` for the page and the notebook, the Typst template for print.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any

from portrait.editions.edition import Edition
from portrait.figures.picture import Figure, Words, described
from portrait.language.numbers import number


@dataclass(frozen=True)
class Mark:
    """A mark: a shape and a role of `style.marks`; its ends are parts (0 to 1) of the width of its row.

    A bar has its label inside, where it is wide enough.
    """

    shape: str
    role: str
    start: float
    end: float
    label: str = ""


@dataclass(frozen=True)
class Row:
    """A name, its values, and its marks.

    Values beyond the number of headings come first, and are drawn beside the furthest mark.
    One apart is below a thin line: that of several names together, or the first below a total.
    """

    name: str
    values: tuple[str, ...]
    marks: tuple[Mark, ...]
    is_strong: bool = False
    is_apart: bool = False


@dataclass(frozen=True)
class Key:
    """What a mark stands for, in words."""

    shape: str
    role: str
    label: str


@dataclass(frozen=True)
class Rows:
    """A chart whose rows are names, each with its values and marks.

    Attributes
    ----------
    headings
        Of the values in columns, at the right.
    scale
        Round values of the axis and where each is, at its head and in a thin line through the rows; the lines
        of a start and of an end have none, and are darker.
    is_high
        Whether rows are high enough for the labels of bars.
    tells_last
        Whether the finding is about the last value, such as a change, which is in rust in a strong row;
        otherwise it is about the one before it, if there are several.
    """

    rows: tuple[Row, ...]
    headings: tuple[str, ...] = ()
    key: tuple[Key, ...] = ()
    is_high: bool = False
    scale: tuple[tuple[float, str], ...] = ()
    tells_last: bool = False

    def content(self) -> dict[str, Any]:
        """Return the chart as JSON values."""
        return {"kind": "rows", **asdict(self)}


@dataclass(frozen=True)
class Block:
    """A name, its number, and its runs of dots: a role and how many."""

    name: str
    value: str
    runs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Dots:
    """One dot for each initiative, in a block for each group.

    Attributes
    ----------
    down
        Dots in each column of a block.
    pitch
        Distance between two dots, in points.
    """

    blocks: tuple[Block, ...]
    down: int
    pitch: float
    key: tuple[Key, ...] = ()

    def content(self) -> dict[str, Any]:
        """Return the chart as JSON values."""
        return {"kind": "dots", **asdict(self)}


def dots(blocks: Sequence[Block], key: Sequence[Key]) -> Dots:
    """Return blocks of dots spaced so that a hundred and several thousand both fill a band of a page."""
    n = sum(each for block in blocks for _, each in block.runs)
    down = max(4, min(16, round(math.sqrt(n) / 3.2)))
    pitch = 4.3 if n > 1500 else 7.0 if n > 500 else 9.0 if n > 200 else 13.0
    return Dots(tuple(blocks), down, pitch, tuple(key))


STRIP_WIDTH, STRIP_HEIGHT = 484.0, 72.0
"""Size of a strip of dots, in points."""
LEAST_STRIP_PITCH, STRIP_PITCH = 8.0, 14.0
"""Least distance between two dots of a strip, unless more dots than it then holds are in it, and the most."""


def strip(runs: Sequence[tuple[str, int]], key: Sequence[Key], most: int) -> Dots:
    """Return dots in one block as wide as a page, as far from each other as those of any other strip.

    Parameters
    ----------
    most
        Dots of the largest of the strips that are read beside each other.

    >>> [(each.down, each.pitch) for each in (strip([("ink", n)], (), 425) for n in (8, 425, 900))]
    [(1, 8.96), (8, 8.96), (12, 6.0)]
    >>> [(each.down, each.pitch) for each in (strip([("ink", n)], (), 95) for n in (8, 95))]
    [(1, 14.0), (3, 14.0)]
    """
    n = sum(each for _, each in runs)
    pitch = min(max(LEAST_STRIP_PITCH, _strip_pitch(most)), _strip_pitch(n))
    down = math.ceil(n / math.floor(STRIP_WIDTH / pitch))
    return Dots((Block("", "", tuple(runs)),), down, pitch, tuple(key))


def _strip_pitch(n: int) -> float:
    """Return the largest distance between dots at which a strip holds so many."""
    rows = range(1, n + 1)
    largest = max(min(STRIP_PITCH, STRIP_HEIGHT / each, STRIP_WIDTH / math.ceil(n / each)) for each in rows)
    return math.floor(100 * largest) / 100


def part(value: float, furthest: float) -> float:
    """Return where a value stands on an axis from 0, as a part of its width.

    >>> part(50, 200), part(3, 0)
    (0.25, 0.0)
    """
    return round(float(value / furthest), 5) if furthest else 0.0


INSET = 0.02
"""Part of the width on either side of an axis of dots, so that a dot at its end is whole."""


def along(value: float, furthest: float) -> float:
    """Return where a mark stands on an axis, at a distance from its start; a whole dot has room at both ends.

    >>> along(0, 200), along(200, 200)
    (0.02, 0.98)
    """
    return round(INSET + (1 - 2 * INSET) * part(value, furthest), 5)


MOST_STEPS = 5
"""Steps of an axis between 0 and its last round value."""


def round_values(furthest: int) -> range:
    """Return the round values of an axis of dots: the last is at its furthest mark, or above it.

    >>> [[*round_values(n)] for n in (80, 81, 447)]
    [[0, 20, 40, 60, 80], [0, 20, 40, 60, 80, 100], [0, 100, 200, 300, 400, 500]]
    """
    sizes = (each * 10**power for power in count() for each in (1, 2, 5))
    step = next(size for size in sizes if furthest <= MOST_STEPS * size)
    return range(0, furthest + step, step)


def scale(values: range, furthest: int, language: str) -> tuple[tuple[float, str], ...]:
    """Return the round values of an axis that ends at its furthest mark, as words, and where each is.

    >>> scale(range(0, 6, 2), 3, "en")
    ((0.02, '0'), (0.66, '2'))
    """
    return tuple((along(n, furthest), number(n, language)) for n in values if n <= furthest)


def marked(words: Words, marks: Rows | Dots, *, edition: Edition, language: str) -> Figure:
    """Return a figure of marks; add its source and, for fictional rows, the specimen mark.

    Raises
    ------
    NotInEdition
        There is no row to draw.
    """
    if isinstance(marks, Rows):
        headings = (edition.source.in_its_nouns(each, language) for each in marks.headings)
        marks = replace(marks, headings=tuple(headings))
        if edition.is_specimen:
            marks = _in_greys(marks)
    return replace(described(words, edition, language), marks=marks.content())


_GREYS = {"production": "context", "development": "pale", "retired": "ink"}
"""The grey of each status in a specimen: its fictional rows have none of the colours of real ones."""


def _in_greys(marks: Rows) -> Rows:
    def grey(mark: Any) -> Any:
        return replace(mark, role=_GREYS.get(mark.role, mark.role))

    rows = [replace(row, marks=tuple(map(grey, row.marks))) for row in marks.rows]
    return replace(marks, rows=tuple(rows), key=tuple(map(grey, marks.key)))


def link(at: float) -> Mark:
    """Return a thin line up to the bar of the row above, which ends there."""
    return Mark("link", "context", at, at)


THINNEST = 0.004
"""Part of the width of a bar whose number is not 0, so that it is seen, and of the gap after a bar."""


def bar(role: str, start: float, end: float) -> Mark:
    """Return a bar wide enough to be seen."""
    start = min(start, 1 - THINNEST)
    return Mark("bar", role, start, max(end, start + THINNEST))


def stacked(parts: Sequence[tuple[str, int]]) -> tuple[Mark, ...]:
    """Return bars in a row that fills the width, as large as their numbers; a zero has none.

    >>> [(mark.start, mark.end) for mark in stacked([("production", 1), ("unknown", 0), ("development", 3)])]
    [(0.0, 0.246), (0.25, 1.0)]
    """
    total, at, bars = sum(n for _, n in parts), 0, []
    for role, n in parts:
        if n:
            gap = THINNEST if at + n < total else 0.0
            bars.append(bar(role, part(at, total), round(part(at + n, total) - gap, 5)))
            at += n
    return tuple(bars)


def in_proportion(bars: Sequence[Mark], part_of_longest: float) -> tuple[Mark, ...]:
    """Return the bars of a row as long as its part of the longest one."""
    return tuple(
        replace(each, start=round(each.start * part_of_longest, 5), end=round(each.end * part_of_longest, 5))
        for each in bars
    )
