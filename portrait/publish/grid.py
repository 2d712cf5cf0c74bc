"""The grid of a printed page, and the papers that reports are printed on. Lengths are in points."""

from __future__ import annotations

TEXT_COLUMN, GAP, SIDE_COLUMN = 328.0, 24.0, 132.0
"""The grid of a page, in points: text, a gap, and a column of notes and sources."""
LINE_WIDTH = 316.0
"""Width of a text in its column, in points: lines of at most 75 letters."""
TEXT_WIDTH = TEXT_COLUMN + GAP + SIDE_COLUMN
"""Width of figures and wide tables, in points."""
BETWEEN_HALVES = 16.0
HALF_WIDTH = (TEXT_WIDTH - BETWEEN_HALVES) / 2
"""The blank between two columns of a list that takes the full width, and the width of each, in points."""
PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
"""Width and height of each paper in points."""
TOP_MARGIN, FOOT, _CLEARANCE = 78.0, 64.0, 20.0
"""Points: above and below the text of a page; the blank beside what floats."""


def bottom_of(paper: str) -> float:
    """Return the distance from the top of a page to where its text ends."""
    return PAPERS[paper][1] - FOOT


def grid_of(paper: str) -> dict[str, float]:
    """Return what the template of print asks of the grid."""
    page_width, page_height = PAPERS[paper]
    return {
        "page_width": page_width,
        "page_height": page_height,
        "text_column": TEXT_COLUMN,
        "line_width": LINE_WIDTH,
        "gap": GAP,
        "side_column": SIDE_COLUMN,
        "between_halves": BETWEEN_HALVES,
        "top_margin": TOP_MARGIN,
        "bottom": bottom_of(paper),
        "clearance": _CLEARANCE,
    }
