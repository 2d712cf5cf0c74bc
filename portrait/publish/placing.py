"""Put each figure and table at the place chosen for it, and find one that would be better elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import Any, NamedTuple

from portrait.document.markdown import Node
from portrait.publish.grid import TOP_MARGIN
from portrait.publish.halves import on_two_pages
from portrait.publish.openings import inlines, is_caveat, is_chapter

END = ""
"""Name of the place where the blocks end."""
LARGEST_BLANK = 158.0
"""Height in points of the blank at the foot of a page that is no hole: a fifth of the page."""
_LARGEST_HOLE = 200.0
"""Height in points of a table that breaks rather than leave a hole."""
_CAPTION = 60.0
"""Height in points of the caption of a table, with what is blank above it."""
_TIGHT_SHARE = 0.75
"""Least share of its height that a figure or table takes where its rows are set tighter."""
_THREE_LINES = 48.0
"""Height in points of three lines of text."""
_FEW_LINES = 66.0
"""Height in points below that of four lines of text."""
_MOST_FLOATING = 610.0
"""Height in points of all that floats on a page, of 650: Typst 0.15 loses a line of a paragraph that goes on
to a page with room for less than two lines."""
IN_TEXT, TIGHT, AT_CALL, AFTER_CALL, IN_PLACE, AT_FOOT, BROKEN, AT_END = range(8)
"""Where a figure or table goes, tried in order: in the text; there with its rows set tighter; in the text
after the first paragraph that refers to it; floating to the top of a page from there; from its own place; to
the foot of a page; in the text, where a table may break. The last is not of that order: in the text, at
the end of the section that ends a part."""


class Place(NamedTuple):
    """Where a block starts, the page on which the paragraph before it ends, and that on which it ends.

    `y` is the distance from the top of the page in points, and `last_y` that of the end of a paragraph.
    `last_page` is 0 for what is neither a table nor a paragraph; `height`, in points, is 0 for what is
    neither figure nor table. Those of `END` are of the largest blank at the foot of a page before it.
    `n_last` is the number of rows of a table on its last page, of several.
    """

    page: int
    y: float
    page_before: int
    last_page: int = 0
    height: float = 0.0
    n_last: int = 0
    last_y: float = 0.0


Model = Mapping[str, Any]
Places = Mapping[str, Place]
Measure = Callable[[Model], Places]
"""Lays out the blocks of a print model; returns the places of headings, figures, tables and `END` by name."""


def may_float(block: Node) -> bool:
    """Return whether a block is a figure or table that may float: none longer than a page, no specimen."""
    return (
        block["type"] in ("figure", "table")
        and "id" in block
        and not block["is_long"]
        and not block["specimen"]
    )


def may_break(block: Node) -> bool:
    """Return whether a block is a table with enough rows to break across pages, and not in two columns."""
    is_in_one = block["type"] == "table" and "groups" not in block
    return is_in_one and len(block["rows"]) >= sum(block["rows_kept"])


def has_rows(block: Node) -> bool:
    """Return whether a block has rows that can be set tighter."""
    return block["type"] == "table" or ("marks" in block and block["marks"]["kind"] == "rows")


def laid_out(part: Sequence[Node], choices: Mapping[str, int]) -> list[Node]:
    """Return the blocks with each figure and table where it was chosen to go."""
    blocks: list[Node] = []
    ended: list[Node] = []
    for block in part:
        choice = choices.get(block.get("id", ""), IN_TEXT)
        is_floating = choice in (AFTER_CALL, IN_PLACE, AT_FOOT)
        place = len(blocks)
        if choice in (AT_CALL, AFTER_CALL):
            place = _after_the_call(blocks, block, is_floating=is_floating)
        is_close = choice != BROKEN and (block.get("is_close", False) or block.get("is_long", False))
        ready = {
            **block,
            "is_floating": is_floating,
            "is_early": place < len(blocks),
            "is_at_foot": choice == AT_FOOT,
            "is_tight": choice == TIGHT
            or (has_rows(block) and (is_close or block.get("is_in_annex", False))),
        }
        if choice == BROKEN and may_break(block):
            ready |= {"is_long": True, "is_guarded": True, "fits_a_page": False}
        (ended if choice == AT_END else blocks).insert(place, ready)
    return [*blocks, *ended]


def _after_the_call(blocks: Sequence[Node], moved: Node, *, is_floating: bool) -> int:
    """Return the place after the first paragraph of the last chapter that refers to a figure or table.

    It is after the caveats of that paragraph, and after those that come or float early from before it, and in
    the text after any of its kind, so that they keep their order.
    """
    chapter = max((i for i, block in enumerate(blocks) if is_chapter(block)), default=0)
    later = [*enumerate(blocks)][chapter:]
    calls = (i for i, block in later if _refers(block.get("content", []), f"#{moved['id']}"))
    before = (
        i
        for i, block in later
        if block["is_floating"] or block["is_early"] or (not is_floating and block["type"] == moved["type"])
    )
    place = max(next(calls, len(blocks) - 1), *before, chapter) + 1
    return place + sum(1 for _ in takewhile(is_caveat, blocks[place:]))


def _refers(content: Sequence[Node], url: str) -> bool:
    return any(node.get("url") == url or _refers(node.get("content", []), url) for node in content)


def refused(blocks: Sequence[Node], places: Places, choices: Mapping[str, int], *, may_pass: bool) -> str:
    """Return the first block that would be better elsewhere; an empty string if none would.

    That is one in the text that is on the page after the text before it, unless it ends a chapter below what
    floats there; one that is above another of its kind with a smaller number, or of either kind that the text
    refers to first; or one that floats above the
    heading of the section that calls it or, unless it may pass, below the next one, too far after its call,
    where others leave no room for it and two lines, or, if it may break, where no text after it fills the
    hole, or where one is left that holds its first rows. If there is none, it is the last that floats among
    the rows of a table.
    """
    tables = [places[block["id"]] for block in blocks if block.get("is_long") and not block["is_floating"]]
    heading, before = Place(0, 0.0, 0), Place(0, 0.0, 0)
    between_rows = ""
    floating: Counter[int] = Counter()  # height by page
    latest: dict[str, Place] = {}  # of figures and of tables
    calls = _calls(blocks)
    for position, block in ((position, block) for position, block in enumerate(blocks) if "id" in block):
        name: str = block["id"]
        place = places[name]
        choice = choices.get(name, BROKEN)
        floating[place.page] += math.ceil(place.height) * block["is_floating"]
        if block["type"] == "heading":
            heading = place
        is_last = all(map(is_caveat, blocks[position + 1 :]))
        if block["is_floating"] and name in choices:
            is_far = choice == AFTER_CALL and place.page > place.page_before + 1
            is_after = latest.get("table", before).page < place.page
            leaves_hole = _is_high(block) and (
                is_last or (is_after and _would_fill(block, place, places[END]))
            )
            is_crowded = floating[place.page] > _MOST_FLOATING and place.page <= places[END].page_before
            later = (places[each["id"]] for each in blocks[position:] if each["type"] == "heading")
            passes = not may_pass and next(later, place) < place
            overtakes = place < latest.get(block["type"], place) or _overtakes(block, blocks, places, choices)
            overtakes = overtakes or _is_above_a_call_before(name, calls, places)
            if place < heading or overtakes or is_far or is_crowded or leaves_hole or passes:
                return name
            if any(_interrupts(table, place, is_at_foot=block["is_at_foot"]) for table in tables):
                between_rows = name
        elif choice <= AT_CALL and (
            (
                place.page > max(before.page, before.last_page, place.page_before)
                and (place.page != latest.get(block["type"], before).page or not is_last)
            )
            or place < latest.get(block["type"], place)
            or _is_above_a_call_before(name, calls, places)
        ):
            return name
        latest[block["type"]] = max(latest.get(block["type"], place), place)
        if not block["is_floating"]:
            before = place
    return between_rows


def _overtakes(block: Node, blocks: Sequence[Node], places: Places, choices: Mapping[str, int]) -> bool:
    """Return whether a figure or table is above one of its kind that comes before it, chosen or long."""
    before = [*choices][: [*choices].index(block["id"])]
    kind = (each for each in blocks if each["type"] == block["type"] and not each.get("specimen"))
    ahead = (
        each["id"]
        for each in kind
        if each.get("id") in before or (each["is_long"] and each.get("number", 0) < block.get("number", 0))
    )
    return any(places[block["id"]] < places[name] for name in ahead)


def _calls(blocks: Sequence[Node]) -> list[str]:
    """Return the figures and tables that may float, in the order in which paragraphs first refer to them."""
    names = {f"#{block['id']}": str(block["id"]) for block in blocks if may_float(block)}
    texts = (block["content"] for block in blocks if block["type"] == "paragraph")
    links = (node.get("url", "") for content in texts for node in inlines(content))
    return [names[url] for url in dict.fromkeys(links) if url in names]


def _is_above_a_call_before(name: str, calls: Sequence[str], places: Places) -> bool:
    """Return whether a figure or table is above one of either kind that the text refers to before it."""
    before = calls[: calls.index(name)] if name in calls else []
    return any(places[name] < places[each] for each in before)


def may_fit(place: Place, end: Place) -> bool:
    """Return whether a figure or table, set tighter, may fit in the blank before it."""
    return end.last_page == place.page - 1 and end.height > _TIGHT_SHARE * place.height


def _is_high(block: Node) -> bool:
    """Return whether a block is a table that may break, and too high for the hole that it may leave."""
    return may_break(block) and bool(block["height"] > _LARGEST_HOLE)


def _would_fill(table: Node, place: Place, end: Place) -> bool:
    """Return whether the blank before a table that floats holds its first rows."""
    is_before = end.last_page == place.page - 1 and end.height > LARGEST_BLANK
    return is_before and bool(table["least_height"] + _CAPTION < end.height)


def _interrupts(table: Place, place: Place, *, is_at_foot: bool) -> bool:
    """Return whether a block that floats at the top or the foot of a page is between rows of a table."""
    if is_at_foot:
        return table.page <= place.page < table.last_page
    return table.page < place.page <= table.last_page


def is_bare(blocks: Sequence[Node], places: Places, bottom: float) -> bool:
    """Return whether the page on which a chapter opens has nothing of it but its heading, number and lead."""
    start = next((n for n, block in enumerate(blocks) if is_chapter(block)), len(blocks))
    rest = [block for block in blocks[start + 1 :] if "tiles" not in block]
    if rest[:1] and rest[0]["type"] == "paragraph":
        rest = rest[1:]
    found = [place for block in rest if (place := places.get(block.get("id") or block.get("key") or ""))]
    page = places[blocks[start]["id"]].page if found else 0
    return bool(found) and not any(
        place.page == page and (place.y < bottom - _THREE_LINES or place.page == place.last_page)
        for place in found
    )


def is_torn(blocks: Sequence[Node], places: Places) -> bool:
    """Return whether a chapter opens on a page before that of the first figure or table of its opening."""
    opened = [*dropwhile(lambda block: not is_chapter(block), blocks)]
    text = takewhile(lambda block: block["type"] != "heading", opened[1:])
    shown = [block["id"] for block in text if block["type"] in ("figure", "table") and "id" in block][:1]
    return any(places[name].page > places[opened[0]["id"]].page for name in shown)


def cut_by_floats(blocks: Sequence[Node], places: Places) -> set[str]:
    """Return the paragraphs of which a few lines are on another page, below what floats at its top."""
    tops: Counter[int] = Counter()
    for block in blocks:
        if block.get("is_floating") and not block["is_at_foot"]:
            tops[places[block["id"]].page] += math.ceil(places[block["id"]].height)
    ends = {block["key"]: places[block["key"]] for block in blocks if block.get("key") in places}
    return {
        key
        for key, place in ends.items()
        if place.page < place.last_page in tops
        and place.last_y - TOP_MARGIN - tops[place.last_page] < _FEW_LINES
    }


def whole_near_a_hole(blocks: Sequence[Node], places: Places) -> Iterator[list[Node]]:
    """Yield the blocks, of which one in two halves is not: the last before the largest blank, or the next.

    A text in columns is then on two pages.
    """
    page = places[END].last_page
    halves = [each for each in blocks if each["type"] == "halves"]
    after = [each for each in halves if places[each["id"]].page == page + 1][:1]
    before = [each for each in halves if places[each["id"]].page == page][-1:]
    for found in (*before, *after):
        is_text = len(found["items"]) == 1
        for whole in on_two_pages(found["whole"], found["id"]) if is_text else [found["whole"]]:
            parts = [{**each, "is_in_annex": found.get("is_in_annex", False)} for each in whole]
            parts[0] |= {"starts_page": found.get("starts_page", False)}
            yield [each for block in blocks for each in (parts if block is found else [block])]
