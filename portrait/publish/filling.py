"""Choose which figures and tables float, so that none leaves a hole at the foot of a page.

A figure or table that does not fit under the text before it moves to the next page, and leaves the rest of
its page blank. If it floats, it goes to the top of a page and the text around it fills the hole. One that
fits stays in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from portrait.document.markdown import Node

_MOST_PASSES = 10
"""Passes after which the layout is kept as it is."""
_NEAR = 4.0
"""Distance in points from the top of the text at which a block is the first of its page."""
_IN_TEXT, _AFTER_CALL, _IN_PLACE, _KEPT_IN_TEXT = range(4)
"""Where a figure or table goes, tried in order: in the text; floating from the first paragraph that refers to
it; floating from its own place; in the text again, because both would put it above the heading."""


class Place(NamedTuple):
    """Where a block starts: its page, and the distance from the top of that page in points."""

    page: int
    y: float


Measure = Callable[[Mapping[str, Any]], Mapping[str, Place]]
"""Lays a print model out; returns the place of each heading, figure and table by its identifier."""


def filled(model: dict[str, Any], measure: Measure, *, top: float) -> dict[str, Any]:
    """Return the print model, in which the blocks that would leave a hole float.

    Parameters
    ----------
    top
        Distance in points from the top of a page to its text.
    """
    floats = [block for block in model["blocks"] if block["type"] in ("figure", "table") and "id" in block]
    choices = {block["id"]: _IN_TEXT for block in floats if not block["is_long"]}
    for _ in range(_MOST_PASSES):
        laid = _laid(model, choices)
        places = measure(laid)
        refused = {
            name
            for name, choice in choices.items()
            if (choice == _IN_TEXT and abs(places[name].y - top) < _NEAR)
            or (choice in (_AFTER_CALL, _IN_PLACE) and name in _above_their_heading(laid["blocks"], places))
        }
        if not refused:
            break
        choices.update({name: choices[name] + 1 for name in refused})
    return laid


def _laid(model: dict[str, Any], choices: Mapping[str, int]) -> dict[str, Any]:
    """Return the model with each figure and table where it was chosen to go."""
    blocks: list[Node] = []
    for block in model["blocks"]:
        choice = choices.get(block.get("id", ""), _IN_TEXT)
        place = _after_the_call(blocks, block["id"]) if choice == _AFTER_CALL else len(blocks)
        blocks.insert(place, {**block, "is_floating": choice in (_AFTER_CALL, _IN_PLACE)})
    return {**model, "blocks": blocks}


def _after_the_call(blocks: Sequence[Node], name: str) -> int:
    """Return the place after the first paragraph of the last chapter that refers to a figure or table."""
    chapter = max((i for i, block in enumerate(blocks) if _is_chapter(block)), default=0)
    for place in range(chapter, len(blocks)):
        if _refers(blocks[place].get("content", []), f"#{name}"):
            following = range(place + 1, len(blocks))
            return next((i for i in following if not blocks[i]["is_floating"]), len(blocks))
    return len(blocks)


def _is_chapter(block: Node) -> bool:
    return bool(block["type"] == "heading" and block["level"] == 1)


def _refers(content: Sequence[Node], url: str) -> bool:
    return any(node.get("url") == url or _refers(node.get("content", []), url) for node in content)


def _above_their_heading(blocks: Sequence[Node], places: Mapping[str, Place]) -> set[str]:
    """Return the figures and tables that are above the heading of the section that calls them."""
    found, heading = set(), Place(0, 0.0)
    for block in blocks:
        if block["type"] == "heading":
            heading = places[block["id"]]
        elif "id" in block and places[block["id"]] < heading:
            found.add(block["id"])
    return found
