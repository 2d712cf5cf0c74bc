"""Draw the parts of a whole as one bar in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portrait.style.drawing import WHOLE_HEIGHT, percent


def whole(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return one bar as wide as its room, of the parts of a whole, that words beside or below it describe.

    Parameters
    ----------
    parts
        Each with its ``role``, and where it starts and ends, from 0 to 1.
    """
    drawn = "".join(
        f'<rect class="bar m-{each["role"]}" x="{percent(each["start"])}" y="1" '
        f'width="{percent(each["end"] - each["start"])}" height="{WHOLE_HEIGHT - 2}"/>'
        for each in parts
    )
    return (
        '<div class="marks" aria-hidden="true"><div class="row">'
        f'<svg width="100%" height="{WHOLE_HEIGHT}">{drawn}</svg></div></div>'
    )
