"""The motif of the report: a halftone band in SVG."""

from __future__ import annotations

import math
from functools import cache

from portrait.style.colours import ACCENT, INK

_COLUMNS, _ROWS, _STEP = 60, 9, 8.0


@cache
def halftone(ink: str = INK, accent: str = ACCENT) -> str:
    """Return a decorative band of dots as SVG; their size follows the sum of two waves."""
    dots = []
    for column in range(_COLUMNS):
        for row in range(_ROWS):
            radius = _STEP / 2 * _tone(column / _COLUMNS, row / _ROWS)
            if radius > 0.35:
                colour = accent if _is_accented(column, row) else ink
                x, y = (column + 0.5) * _STEP, (row + 0.5) * _STEP
                dots.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:.2f}" fill="{colour}"/>')
    size = f'viewBox="0 0 {_COLUMNS * _STEP:g} {_ROWS * _STEP:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(dots)}</svg>'


def _tone(x: float, y: float) -> float:
    """Return the darkness (0 to 1): the sum of two waves, periodic in `x` so that both ends match."""
    turn = 2 * math.pi * x
    wave = 0.62 * math.sin(turn + 2.6 * y + 0.5) + 0.38 * math.sin(2 * turn - 3.1 * y + 1.1)
    return max(0.0, 0.45 + 0.45 * wave)


def _is_accented(column: int, row: int) -> bool:
    return abs(column - 41 - 0.8 * (row - 4)) < 1.3
