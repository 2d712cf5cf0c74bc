"""Choose which figures and tables float, so that none leaves a hole at the foot of a page.

A figure or table that does not fit under the text before it moves to the next page, and leaves the rest of
its page blank. If it floats, it goes to the top of a page and the text around it fills the hole. One that
fits stays in the text.

A chapter or annex starts on a new page if the one before it fills at least half of its last page. So it is
laid out and measured without the rest of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from portrait.document.markdown import Node
from portrait.publish.typst import ROWS_KEPT

END = ""
"""Name of the place where the blocks end."""
_HALF_PAGE = 400.0
"""Distance from the top of a page, in points, above which a chapter that ends leaves most of it blank."""
_MOST_PASSES = 3
"""Passes of measuring a part."""
_IN_TEXT, _AFTER_CALL, _IN_PLACE, _BROKEN = range(4)
"""Where a figure or table goes, tried in order: in the text; floating from the first paragraph that refers to
it; floating from its own place; in the text, where a table may break across pages."""


class Place(NamedTuple):
    """Where a block starts, and the page on which the paragraph before it ends.

    `y` is the distance from the top of the page in points.
    """

    page: int
    y: float
    page_before: int


Measure = Callable[[Mapping[str, Any]], Mapping[str, Place]]
"""Lays out the blocks of a print model; returns the places of headings, figures, tables and `END` by name."""


def filled(model: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return the print model, in which the blocks that would leave a hole float.

    Specimens do not: no text between them could fill a hole.
    """
    parts = _parts(model["blocks"])
    blocks: list[Node] = []
    n_settled = 0  # blocks on earlier pages
    for part in parts:
        choices = {block["id"]: _IN_TEXT for block in part if _may_float(block)}
        is_last = part is parts[-1]
        # What comes after the last of them moves none.
        n_measured = max((n for n, block in enumerate(part, 1) if block.get("id") in choices), default=0)
        measured = part[:n_measured] if is_last else part
        page = blocks[n_settled:]
        end = _settle(model, page, measured, choices, measure) if measured else Place(0, 0.0, 0)
        laid = _laid(part, choices)
        blocks += [{**block, "starts_page": not page} for block in laid[:1]] + laid[1:]
        if not is_last and end.y > _HALF_PAGE:
            n_settled = len(blocks)
    return {**model, "blocks": blocks}


def _parts(blocks: Sequence[Node]) -> list[list[Node]]:
    """Return the blocks of each chapter.

    One of one paragraph, which says why it is empty, goes with the chapter before it.
    """
    chapters = [place for place, block in enumerate(blocks) if _is_chapter(block)]
    starts = [0]
    for place, end in pairwise([*chapters, len(blocks)]):
        if place and [block["type"] for block in blocks[place + 1 : end]] != ["paragraph"]:
            starts.append(place)
    return [list(blocks[start:end]) for start, end in pairwise([*starts, len(blocks)])]


def _may_float(block: Node) -> bool:
    return (
        block["type"] in ("figure", "table")
        and "id" in block
        and not block["is_long"]
        and not block["specimen"]
    )


def _settle(
    model: Mapping[str, Any],
    page: Sequence[Node],
    part: Sequence[Node],
    choices: dict[str, int],
    measure: Measure,
) -> Place:
    """Choose where the figures and tables of a part go after the blocks of its page; return where it ends."""
    for _ in range(_MOST_PASSES):
        laid = [*page, *_laid(part, choices)]
        places = measure({**model, "blocks": laid})
        refused = choices.keys() & set(_refused(laid, places, choices))
        if not refused:
            break
        choices.update({name: choices[name] + 1 for name in refused})
    return places[END]


def _laid(part: Sequence[Node], choices: Mapping[str, int]) -> list[Node]:
    """Return the blocks with each figure and table where it was chosen to go."""
    blocks: list[Node] = []
    for block in part:
        choice = choices.get(block.get("id", ""), _IN_TEXT)
        place = _after_the_call(blocks, block["id"]) if choice == _AFTER_CALL else len(blocks)
        ready = {**block, "is_floating": choice in (_AFTER_CALL, _IN_PLACE)}
        if choice == _BROKEN and block["type"] == "table" and len(block["rows"]) >= 2 * ROWS_KEPT:
            ready |= {"is_long": True, "is_guarded": True}
        blocks.insert(place, ready)
    return blocks


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


def _refused(
    blocks: Sequence[Node], places: Mapping[str, Place], choices: Mapping[str, int]
) -> Iterator[str]:
    """Yield the blocks that would be better elsewhere.

    Those in the text that are on the page after the text before them, and those that float above the heading
    of the section that calls them, above the end of a table that goes on to their page, or too far after
    their call.
    """
    heading, before = Place(0, 0.0, 0), Place(0, 0.0, 0)
    follows_long_table = False
    for block in (block for block in blocks if "id" in block):
        place = places[block["id"]]
        choice = choices.get(block["id"], _BROKEN)
        if block["type"] == "heading":
            heading = place
        elif block["is_floating"]:
            is_on_page_of_call = place.page <= place.page_before
            if (
                place < heading
                or (is_on_page_of_call and follows_long_table and before.page < place.page)
                or (choice == _AFTER_CALL and place.page > place.page_before + 1)
            ):
                yield block["id"]
        elif choice == _IN_TEXT and place.page > max(before.page, place.page_before):
            yield block["id"]
        if not block["is_floating"]:
            before, follows_long_table = place, block.get("is_long", False)
