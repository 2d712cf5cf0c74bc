"""Set the annexes, and the chapter before them, on a grid of two halves of a page.

The text before a small table, or else the one after it, is in the left half, the table in the right half,
below the end of a text that is higher. A long text begins above both halves; a few lines are above a table,
and so is a text that a high one would leave a void below. Two small tables in a row are beside each other. A
figure whose narrow drawing fits half the page is beside the text before it. Any other text runs across the
text column, or is in two columns if it has several paragraphs, and many lines or an even end; a table that
fits no half takes both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile

from portrait.document.markdown import Node, plain
from portrait.publish.grid import HALF_WIDTH, LINE_WIDTH
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
_MOST_BEYOND = 125.0
"""Most points by which a table is higher than what is beside it, or a text than a table before it."""
_MOST_UNEVEN = 18.0
"""Most points by which one column of a few lines is higher than the other: a line and a part of a blank."""
_SHORT_TEXT = 60.0
"""Height in points of a text between two tables that goes before both."""
_FEWEST_LINES, _FEWEST_IN_COLUMNS = 4, 10
"""Fewest lines of a text beside a table, in a half; and across the text column, of one in two columns."""
_HIGHEST_HALF, _HIGHEST_COLUMN = 360.0, 480.0
"""Greatest height in points of a half that has a figure or table, and of a column of a text."""


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
        ready += _on_the_grid(_halved(blocks[start:end]))
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
        high = _height([block])
        is_told = block["type"] == "figure" and before
        if after and not is_told and _are_alike(block, after) and _height(between) <= _SHORT_TEXT:
            ready += [*between, _halves([block], after[:1])]
            rest = after[1:]
        elif text := _beside(before, block):
            first = _split(text, block)
            ready[above - len(text) : above] = [_halves(text[:first], [*text[first:], block])]
        elif not before and (n := _n_beside(between, high + _MOST_BEYOND)):
            ready.append(_halves(between[:n], [block]))
            rest = rest[n:]
        else:
            ready.append(block)
    return ready


def _n_beside(text: Sequence[Node], most: float) -> int:
    """Return how many paragraphs of a text are beside a table before them, so high at most."""
    return sum(_height(text[: n + 1]) <= most for n in range(len(text)))


def _may_be_in_half(block: Node, after: Sequence[Node]) -> bool:
    """Return whether a block is a figure or table that fits half the page, without a caveat of its own."""
    return bool(block.get("half")) and not any(map(is_caveat, after[:1]))


def _is_text(block: Node) -> bool:
    return block["type"] == "paragraph" and not is_caveat(block)


def _are_alike(block: Node, after: Sequence[Node]) -> bool:
    """Return whether a small figure or table comes next, about as high as another."""
    is_next = _may_be_in_half(after[0], after[1:])
    return is_next and abs(_height([block]) - _height(after[:1])) <= _MOST_BEYOND


def _beside(text: Sequence[Node], display: Node) -> Sequence[Node]:
    """Return the last paragraphs of a text, in halves with a display: the most that leave no few lines.

    Halves are on one page, as is the heading above them: high ones leave the page before blank.
    """
    ends = (text[n:] for n in range(len(text)) if n == 0 or _n_lines(text[:n]) >= _FEWEST_LINES)
    return next((end for end in ends if _split(end, display)), [])


def _split(text: Sequence[Node], display: Node) -> int:
    """Return how many paragraphs are in the left half, the others above a display in the right one.

    Both are then about as high as each other; none are if that is too high, or a few lines, or if a void is
    left below them.
    """
    if _n_lines(text) < _FEWEST_LINES or _height([display]) > _height(text) + _MOST_BEYOND:
        return 0

    def higher(n: int) -> float:
        return max(_height(text[:n]), _height([*text[n:], display]))

    n = min(range(len(text), 0, -1), key=higher)
    return n if higher(n) <= _HIGHEST_HALF else 0


def _n_lines(text: Sequence[Node], most: float = HALF_WIDTH) -> int:
    """Return how many lines of this width a text has, as estimated: half the width of a page by default."""
    return sum(round(_lines(each["content"], _TEXT, most) / _TEXT[1]) for each in text)


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


def _lines(content: Sequence[Node], look: tuple[float, float], most: float = HALF_WIDTH) -> float:
    em, line = look
    return math.ceil(width(plain(content)) * em / (most - _WASTE)) * line


def _without_half(block: Node) -> Node:
    return {name: each for name, each in block.items() if name != "half"}


def _in_half(block: Node) -> Node:
    look = {"half": None, "is_half": True, "is_tight": True, "is_floating": False}
    return {**block, **block["half"], **look} if block.get("half") else block


def _halves(left: Sequence[Node], right: Sequence[Node]) -> Node:
    """Return blocks in two halves, with the same one below the other."""
    text, name = [*left, *right[:-1]], f"{right[-1]['id']}-half"
    above = [*text] if "id" in left[0] else in_columns(text, name)
    return {
        "type": "halves",
        "id": name,
        "is_long": False,
        "items": [[*map(_in_half, left)], [*map(_in_half, right)]],
        "whole": [*map(_without_half, (*above, right[-1]))],
    }


def _on_the_grid(section: Sequence[Node]) -> list[Node]:
    """Return the blocks of a section: texts in columns, but where a caveat is beside them; tables wide."""
    groups = [(is_text, [*group]) for is_text, group in groupby(section, _is_text)]
    ready: list[Node] = []
    for place, ((is_text, text), (_, after)) in enumerate(pairwise([*groups, (False, [])])):
        if not is_text or any(map(is_caveat, after[:1])):
            ready += text
        else:
            ready += in_columns(text, f"{section[0].get('id', 'lead')}-{place}")
    return ready


def in_columns(text: Sequence[Node], name: str) -> list[Node]:
    """Return a text in two columns, or across the text column.

    The latter if it is one paragraph, would be too high in columns, or has a few lines that columns would
    cut within a paragraph or leave uneven.
    """
    is_long = len(text) > 1 and _n_lines(text, LINE_WIDTH) >= _FEWEST_IN_COLUMNS
    if not (is_long or _is_even(text)) or _height(text) > 2 * _HIGHEST_COLUMN:
        return [*text]
    return [{"type": "halves", "id": f"{name}-half", "is_long": False, "items": [[*text]], "whole": [*text]}]


def _is_even(text: Sequence[Node]) -> bool:
    """Return whether whole paragraphs of a text make two columns that end within a line of each other."""
    parts = ((text[:n], text[n:]) for n in range(1, len(text)))
    return any(
        _n_lines(left) >= _FEWEST_LINES and abs(_height(left) - _height(right)) <= _MOST_UNEVEN
        for left, right in parts
    )


def on_two_pages(text: Sequence[Node], name: str) -> Iterator[list[Node]]:
    """Yield a text of several paragraphs in columns on two pages, in each way to part it."""
    for n in range(1, len(text)):
        first, *rest = in_columns(text[n:], f"{name}-2")
        yield [*in_columns(text[:n], f"{name}-1"), {**first, "starts_page": True}, *rest]
