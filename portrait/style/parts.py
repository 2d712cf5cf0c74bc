"""Draw the parts of a whole as one bar in HTML, and the lines from its parts to labels below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portrait.style.drawing import WHOLE_HEIGHT, percent

_LEVEL = 5
"""Between two levels of leaders below the bar, in pixels."""


def whole(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return one bar as wide as its room, of the parts of a whole, that words beside or below it describe.

    Parameters
    ----------
    parts
        Each with its ``role``, and where it starts and ends, from 0 to 1; one whose label is below the bar,
        but not below the part, has its leader, as `publish.shares.labelled` gives it.
    """
    drawn = "".join(
        f'<rect class="bar m-{each["role"]}" x="{percent(each["start"])}" y="1" '
        f'width="{percent(each["end"] - each["start"])}" height="{WHOLE_HEIGHT - 2}"/>'
        for each in parts
    )
    moved = [each for each in parts if "level" in each]
    height = _LEVEL * (2 + max((each["level"] for each in moved), default=-2))
    leaders = "".join(_leader_below(each, height) for each in moved)
    below = f'<svg class="leaders" width="100%" height="{height}">{leaders}</svg>' if moved else ""
    return (
        '<div class="marks" aria-hidden="true"><div class="row">'
        f'<svg width="100%" height="{WHOLE_HEIGHT}">{drawn}</svg></div>{below}</div>'
    )


def _leader_below(part: Mapping[str, Any], height: int) -> str:
    """Return the line from a part of a bar down to its label, which starts further left or right."""
    over, at, turn = percent(part["over"]), percent(part["at"]), _LEVEL * (1 + part["level"])
    lines = ((over, 0, over, turn), (over, turn, at, turn), (at, turn, at, height))
    return "".join(f'<line x1="{x}" y1="{y}" x2="{to}" y2="{foot}"/>' for x, y, to, foot in lines)
