"""Draw the parts of a whole as one bar in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portrait.style.drawing import WHOLE_HEIGHT, percent

_BETWEEN_LEVELS = 9
"""Pixels from the bar to the first leader that turns, and from that to the next."""
_TO_SQUARES = 13
"""Pixels from the foot of leaders to the top of the squares of labels."""


def whole(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return one bar as wide as its room, of the parts of a whole, that words beside or below it describe.

    Parameters
    ----------
    parts
        Each with its ``role``, and where it starts and ends, from 0 to 1; with a ``leader`` to its label if
        that starts ``at`` another place.
    """
    drawn = "".join(
        f'<rect class="bar m-{each["role"]}" x="{percent(each["start"])}" y="1" '
        f'width="{percent(each["end"] - each["start"])}" height="{WHOLE_HEIGHT - 2}"/>'
        for each in parts
    )
    return (
        '<div class="marks" aria-hidden="true"><div class="row">'
        f'<svg width="100%" height="{WHOLE_HEIGHT}">{drawn}</svg></div>{_leaders(parts)}</div>'
    )


def _leaders(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return the lines from parts to the squares of the labels that are not below them."""
    led = [part for part in parts if "leader" in part]
    height = _BETWEEN_LEVELS * max((part["leader"]["level"] for part in led), default=0)
    lines = (
        f'<line x1="{start}" x2="{start}" y2="{turn}"/>'
        f'<line x1="{start}" x2="{end}" y1="{turn}" y2="{turn}"/>'
        f'<line x1="{end}" x2="{end}" y1="{turn}" y2="{height + _TO_SQUARES}"/>'
        for part in led
        for start, end in ((percent(part["leader"]["from"]), percent(part["at"])),)
        for turn in (_BETWEEN_LEVELS * part["leader"]["level"],)
    )
    return f'<svg class="leaders" width="100%" height="{height}">{"".join(lines)}</svg>' if led else ""
