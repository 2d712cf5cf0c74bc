"""Lay out a printed table: the widths of its columns, where its words may be cut, whether it may break."""

from __future__ import annotations

from portrait.document.markdown import Node
from portrait.publish.columns import (
    MAY_CUT,
    WIDEST_COLUMN,
    between_slashes,
    column_widths,
    cuttable,
    n_kept,
    row_lines,
)
from portrait.publish.grid import HALF_WIDTH, TEXT_COLUMN, TEXT_WIDTH

TABLE_EM, TABLE_INSET = 8.5, 6.0
"""Points: type and inset of a table."""
SMALL_EM, CLOSE_INSET = 8.0, 4.0
"""Points: the type of a table that compares prose, of which a row would have more than five lines; the inset
of that one, and of a table in half the width of a page."""
_TALLEST_HALF = 290.0
"""Greatest height in points, as estimated, of a table in half the width of a page."""
_MOST_LINES = {"l": 2}
"""Lines of a cell of such a table, by side: a number has one."""
_MOST_OF_NUMBERS = 5
"""Columns of a table of numbers that is as wide as the text above it where its headings may turn over."""
_ROW_HEIGHT, _LINE_HEIGHT = 8.5, 11.3
_TALLEST_WHOLE = 540.0
"""Height in points above which a table may break across pages."""
_TALLEST_WHOLE_IN_BRIEF = 180.0
"""The same in a brief document, in which moving a table to the next page leaves too much blank space."""
_LOWEST_BROKEN = 260.0
"""Height in points up to which a table is whole, even where breaking it would fill a page."""
_LONGEST_WHOLE_ROW = 480.0
"""Height in points above which a row may break across pages."""


def layout_of(
    cells: list[list[str]],
    sides: list[str],
    room: float,
    bars: float,
    *,
    is_brief: bool,
    fills: bool = False,
    em: float = TABLE_EM,
    inset: float = TABLE_INSET,
) -> Node:
    """Return the cells of a table, the widths of its columns, and whether it may break across pages.

    It takes the least of half the page, the text column and the page in which its cells fit; the page if it
    fills it. Its first column has room for bars. One in small type is whole if a page holds it.
    """
    widest = WIDEST_COLUMN * len(sides)
    available = min(room - bars, widest)
    widths = column_widths(cells, sides, available=available, most=WIDEST_COLUMN, em=em, inset=inset)
    is_narrow = not fills and sum(widths) <= TEXT_COLUMN - bars
    of_the_grid = (HALF_WIDTH, TEXT_COLUMN) if room > TEXT_COLUMN and not fills else ()
    least = next((each for each in of_the_grid if sum(widths) + bars <= each), room)
    widths = widened(widths, least - bars)
    heights = [_ROW_HEIGHT + _LINE_HEIGHT * row_lines(row, widths, em=em, inset=inset) for row in cells]
    most = [(width - 2 * inset) / em for width in widths]
    fitted = [[_fitted(*each) for each in zip(row, most, strict=True)] for row in cells]
    is_long = sum(heights) > (_TALLEST_WHOLE_IN_BRIEF if is_brief else _TALLEST_WHOLE)
    kept = [n_kept(heights[1:]), n_kept(heights[:0:-1])]
    if not is_long and (em < TABLE_EM or sum(heights) <= _LOWEST_BROKEN):
        kept = [len(heights), len(heights)]
    ends = (sum(heights[1 : kept[0] + 1]), sum(heights[-kept[1] :]))
    return {
        "columns": fitted[0],
        "rows": fitted[1:],
        "widths": [widths[0] + bars, *widths[1:]],
        "size": em,
        "inset": inset,
        "is_narrow": is_narrow,
        "height": sum(heights),
        "is_long": is_long,
        "is_guarded": is_long and len(cells) > sum(kept) + 1 and max(ends) < _LONGEST_WHOLE_ROW,
        "rows_kept": kept,
        "least_height": heights[0] + ends[0],
        "fits_a_page": sum(heights) <= _TALLEST_WHOLE,
        "highest_row": max(heights),
        "has_tall_row": max(heights) > _LONGEST_WHOLE_ROW,
    }


def of_numbers(
    layout: Node, cells: list[list[str]], sides: list[str], room: float, bars: float, *, is_brief: bool
) -> Node:
    """Return the layout of a table of numbers, or one set closer if that is lower.

    A few columns are in the text column where their headings alone turn over. They are then as wide as each
    other, so that no heading turns over beside one that does not.
    """
    close = layout_of(cells, sides, room, bars, is_brief=is_brief, inset=CLOSE_INSET)
    layout = min(layout, close, key=lambda each: float(each["height"]))
    if bars or is_brief or room < TEXT_WIDTH or layout["is_narrow"] or len(sides) > _MOST_OF_NUMBERS:
        return layout
    narrow = layout_of(cells, sides, TEXT_COLUMN, 0.0, is_brief=False, inset=CLOSE_INSET)
    first, *others = narrow["widths"]
    widths = [first, *[sum(others) / len(others)] * len(others)]
    n_lines = [row_lines(row, widths, em=TABLE_EM, inset=CLOSE_INSET) for row in cells]
    return {**narrow, "widths": widths} if n_lines[0] <= 2 and max(n_lines[1:], default=1) == 1 else layout


def widened(widths: list[float], whole: float) -> list[float]:
    """Return widths that share what they leave of a whole; none is above the greatest.

    >>> widened([240.0, 60.0, 60.0], 400.0)
    [250.0, 75.0, 75.0]
    """
    ready = [*widths]
    for n, place in enumerate(sorted(range(len(widths)), key=widths.__getitem__, reverse=True)):
        share = max(whole - sum(ready), 0.0) / (len(widths) - n)
        ready[place] += max(0.0, min(share, WIDEST_COLUMN - widths[place]))
    return ready


def half_of(cells: list[list[str]], sides: list[str]) -> Node | None:
    """Return the layout of a table in half the width of a page, if it is low enough and fits there.

    Labels have two lines at most, numbers one, and no word of a row is cut.
    """
    if len(cells) < 2 or len(cells) * (_ROW_HEIGHT + _LINE_HEIGHT) > _TALLEST_HALF:
        return None
    layout = layout_of(cells, sides, HALF_WIDTH, 0.0, is_brief=False, inset=CLOSE_INSET)
    widths = layout["widths"]
    is_fit = all(
        row_lines([cell], [width], em=TABLE_EM, inset=CLOSE_INSET) <= _MOST_LINES.get(side, 1)
        for row in cells[1:]
        for cell, width, side in zip(row, widths, sides, strict=True)
    )
    is_cut = any(MAY_CUT in cell for row in (layout["columns"], *layout["rows"]) for cell in row)
    return layout if is_fit and not is_cut and layout["height"] <= _TALLEST_HALF else None


def _fitted(cell: str, most: float) -> str:
    """Return a cell with marks where words wider than the column, in ems, may be cut."""
    return "".join(cuttable(part, longest=most, pieces=most) for part in between_slashes(cell))
