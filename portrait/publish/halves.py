"""Set a small table of an annex, or of the chapter before the annexes, beside a text or another small table.

The text before the table, or else the one after it, is in the left half of the page, the table in the right
half. A text of a few lines is above its table. Of a longer one, those paragraphs are beside the table that
make it about as high; a few lines are not left alone above it, and what is left is on the page of its
heading. Two small tables in a row are beside each other. A figure whose narrow drawing fits half the page is
beside the text before it. A long text beside which nothing is takes both halves, each paragraph one of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile

from portrait.document.markdown import Node, plain
from portrait.publish.grid import HALF_WIDTH, TEXT_COLUMN
from portrait.publish.openings import is_annex, is_caveat, is_chapter
from portrait.style.glyphs import width

_TEXT, _NOTE, _TITLE = (10.7, 13.8), (8.2, 10.4), (10.8, 12.2)
"""Points: the size in which the sans serif is as wide as a text, and its line; so of a note and a title."""
_BETWEEN_PARAGRAPHS, _AROUND_ROWS, _WASTE = 12.0, 8.0, 14.0
"""Points: what is blank between paragraphs, around the rows of a table, and at the end of a line."""
_PART_OF_ROWS = 0.58
"""Part of the height of the rows of a table, as estimated, that they take in an annex."""
TALLEST_PICTURE = 230.0
"""Greatest height in points of a picture in half the width of a page."""
_MOST_BEYOND = 90.0
"""Most points by which a text is higher than its table, or one table than another."""
_FEW_LINES = 70.0
"""Most points by which a text is higher that is not divided."""
_SHORT_TEXT = 60.0
"""Height in points of a text between two tables that goes before both."""
_FEWEST_LINES = 4
"""Fewest lines in half a page of a text beside a table, and of one that it leaves above or below it."""
_FEWEST_LINES_OF_A_COLUMN, _HIGHEST_COLUMN = 10, 480.0
"""Fewest lines of each half of a text that takes both, and its greatest height in points."""
_MOST_KEPT = 170.0
"""Most points of a text left above a table that is on the page of its heading: what is longer may break."""


def with_halves(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks, with each small table of an annex or of the chapter before it beside what is near.

    A table stays in its section and among tables; it may pass a figure before it.
    """
    chapters = [n for n, block in enumerate(blocks) if is_chapter(block)]
    first = next((n for n in chapters if is_annex(blocks[n])), len(blocks))
    if first < len(blocks):
        first = max((n + 2 for n in chapters if n < first), default=first)  # after its heading and lead
    ends = [n for n in range(first, len(blocks)) if blocks[n]["type"] == "heading"]
    ready = [*blocks[:first]]
    for start, end in pairwise([first, *ends, len(blocks)]):
        ready += _in_both_halves(_halved(blocks[start:end]))
    return [*map(_without_half, ready)]


def _halved(section: Sequence[Node]) -> list[Node]:
    ready: list[Node] = []
    rest = [*section]
    while rest:
        block = rest.pop(0)
        if not _may_be_in_half(block, rest):
            ready.append(block)
            continue
        between = [*takewhile(_is_text, rest)]
        after = rest[len(between) :]
        is_after_figure = not between and any(each["type"] == "figure" for each in ready[-1:])
        above = len(ready) - is_after_figure
        before = [*takewhile(_is_text, reversed(ready[:above]))][::-1]
        is_told = block["type"] == "figure" and before
        if after and not is_told and _are_alike(block, after) and _height(between) <= _SHORT_TEXT:
            ready += [*between, _halves([block], after[:1])]
            rest = after[1:]
        elif beside := _nearest([before[n:] for n in range(len(before))], block):
            ready[above - len(beside) : above] = [_halves(beside, [block])]
            left = before[: len(before) - len(beside)]
            if left and above == len(before) + 1:
                ready[:1] = [_keeping(ready[0], left)]
        elif beside := _nearest([between[:n] for n in range(1, len(between) + 1)], block):
            ready.append(_halves(beside, [block]))
            rest = rest[len(beside) :]
        else:
            ready.append(block)
    return ready


def _may_be_in_half(block: Node, after: Sequence[Node]) -> bool:
    """Return whether a block is a figure or table that fits half the page, without a caveat of its own."""
    return bool(block.get("half")) and not any(map(is_caveat, after[:1]))


def _is_text(block: Node) -> bool:
    return block["type"] == "paragraph" and not is_caveat(block)


def _are_alike(block: Node, after: Sequence[Node]) -> bool:
    """Return whether a small figure or table comes next, about as high as another."""
    is_next = _may_be_in_half(after[0], after[1:])
    return is_next and abs(_height([block]) - _height(after[:1])) <= _MOST_BEYOND


def _nearest(texts: Sequence[list[Node]], table: Node) -> list[Node]:
    """Return the text nearest to a table in height: the longest if it is a few lines higher at most.

    None is if each is much higher, or has a few lines, or leaves out as few.
    """
    high = _height([table])
    longest = max(texts, key=len, default=[])
    left = (_n_lines(longest) - _n_lines(text) for text in texts)
    fit = [
        text
        for text, n_left in zip(texts, left, strict=True)
        if _n_lines(text) >= _FEWEST_LINES and (not n_left or n_left >= _FEWEST_LINES)
    ]
    if longest in fit and _height(longest) <= high + _FEW_LINES:
        return longest
    near = (text for text in fit if _height(text) <= high + _MOST_BEYOND)
    return min(near, key=lambda text: abs(_height(text) - high), default=[])


def _keeping(heading: Node, text: Sequence[Node]) -> Node:
    """Return a heading, with the height of the text above what is in halves, if its page is to hold that."""
    lines = [_lines(each["content"], _TEXT, TEXT_COLUMN) for each in text]
    kept = sum(lines) + _BETWEEN_PARAGRAPHS * len(lines)
    return {**heading, "keeps": kept} if kept <= _MOST_KEPT else heading


def _n_lines(text: Sequence[Node]) -> int:
    """Return how many lines a text has in half the width of a page, as estimated."""
    return sum(round(_lines(each["content"], _TEXT) / _TEXT[1]) for each in text)


def _height(blocks: Sequence[Node]) -> float:
    """Return the height in points, as estimated, that texts or tables take in half the width of a page."""
    heights = [
        _lines(each["content"], _TEXT) if _is_text(each) else _height_of_display(each) for each in blocks
    ]
    return sum(heights) + _BETWEEN_PARAGRAPHS * max(0, len(heights) - 1)


def _height_of_display(block: Node) -> float:
    title = _lines([{"type": "text", "text": "Tableau 10 : "}, *block["title"]], _TITLE)
    notes = [_lines(block[part], _NOTE) for part in ("note", "source")]
    rows: float = block["half"]["height"] * (_PART_OF_ROWS if block["type"] == "table" else 1)
    return title + rows + _AROUND_ROWS + sum(notes)


def _lines(content: Sequence[Node], look: tuple[float, float], measure: float = HALF_WIDTH) -> float:
    em, line = look
    return math.ceil(width(plain(content)) * em / (measure - _WASTE)) * line


def _without_half(block: Node) -> Node:
    return {name: each for name, each in block.items() if name != "half"}


def _in_half(block: Node) -> Node:
    look = {"half": None, "is_half": True, "is_tight": True, "is_floating": False}
    return {**block, **block["half"], **look} if block.get("half") else block


def _halves(left: Sequence[Node], right: Sequence[Node], name: str = "") -> Node:
    """Return blocks in two halves, with the same one below the other."""
    return {
        "type": "halves",
        "id": f"{name or right[0]['id']}-half",
        "is_long": False,
        "items": [[*map(_in_half, left)], [*map(_in_half, right)]],
        "whole": [*map(_without_half, (*left, *right))],
    }


def _in_both_halves(section: Sequence[Node]) -> list[Node]:
    """Return the blocks of a section, with each long text in two halves, but where a caveat is beside it."""
    groups = [(is_text, [*group]) for is_text, group in groupby(section, _is_text)]
    ready: list[Node] = []
    for place, ((is_text, text), (_, after)) in enumerate(pairwise([*groups, (False, [])])):
        n = _n_in_first_half(text) if is_text and not any(map(is_caveat, after[:1])) else 0
        ready += [_halves(text[:n], text[n:], f"{section[0]['id']}-{place}")] if n else text
    return ready


def _n_in_first_half(text: Sequence[Node]) -> int:
    """Return how many paragraphs make two halves about as high as each other; 0 if one is low or too high."""

    def higher(n: int) -> float:
        return max(_height(text[:n]), _height(text[n:]))

    n = min(range(1, len(text)), key=higher, default=0)
    fewest = min(_n_lines(text[:n]), _n_lines(text[n:]))
    return n if fewest >= _FEWEST_LINES_OF_A_COLUMN and higher(n) <= _HIGHEST_COLUMN else 0
