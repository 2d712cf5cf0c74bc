"""Choose which figures and tables float, so that none leaves a hole at the foot of a page.

A figure or table that does not fit under the text before it moves to the next page, and leaves the rest of
its page blank. If it nearly fits, its rows are set tighter. If it floats, it goes to the top of a page and
the text around it fills the hole, but before the next heading, if that leaves no hole. One that fits stays in
the text. None is between rows of a table that goes on to another page.

A chapter or annex starts on a new page if the one before it leaves little room on its last page, or if it
would leave a hole where it follows. So it is laid out and measured without the rest of the report. One
that ends with a few lines on a page, or has a hole, is set closer if that spares it; if need be with the
chapter that it follows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from portrait.document.markdown import Node
from portrait.publish.openings import chapters_of, is_annex, is_caveat, is_chapter, spread
from portrait.publish.typst import BOTTOM, TOP_MARGIN

END = ""
"""Name of the place where the blocks end."""
_ALWAYS_SHARED, _LAST_SHARED, _LAST_SHARED_BY_ANNEX = 456.0, 526.0, 568.0
"""Distances from the top of a page, in points, to which a chapter that ends leaves room for the next one: for
any, for one that then leaves no hole, and for an annex that does, whose heading is small."""
_HALF = (TOP_MARGIN + BOTTOM) / 2
"""Distance from the top of a page to its middle."""
_LARGEST_BLANK = 158.0
"""Height in points of the blank at the foot of a page that is no hole: a fifth of the page."""
_FEW_LINES = TOP_MARGIN + 120.0
"""Distance from the top of a page to where a chapter ends that has only a few lines there."""
_LARGEST_HOLE = 200.0
"""Height in points of a table that breaks rather than leave a hole."""
_CAPTION = 60.0
"""Height in points of the caption of a table, with what is blank above it."""
_TIGHT_SHARE = 0.75
"""Least share of its height that a figure or table takes where its rows are set tighter."""
_MOST_FLOATING = 610.0
"""Height in points of all that floats on a page, of 650: Typst 0.15 loses a line of a paragraph that goes on
to a page with room for less than two lines."""
_IN_TEXT, _TIGHT, _AT_CALL, _AFTER_CALL, _IN_PLACE, _AT_FOOT, _BROKEN, _WHOLE = range(8)
"""Where a figure or table goes, tried in order: in the text; there with its rows set tighter; in the text
after the first paragraph that refers to it; floating to the top of a page from there; from its own place; to
the foot of a page; in the text, where a table may break. The last is of a paragraph: on one page."""


class Place(NamedTuple):
    """Where a block starts, the page on which the paragraph before it ends, and that on which a table ends.

    `y` is the distance from the top of the page in points. `last_page` is 0 for what is no table; `height`,
    in points, is 0 for what is neither figure nor table. Those of `END` are of the largest blank at the foot
    of a page before it.
    """

    page: int
    y: float
    page_before: int
    last_page: int = 0
    height: float = 0.0


_Model = Mapping[str, Any]
_Places = Mapping[str, Place]
Measure = Callable[[_Model], _Places]
"""Lays out the blocks of a print model; returns the places of headings, figures, tables and `END` by name."""


class _Settled(NamedTuple):
    """Where figures and tables go, where a part ends, if only floats are above, and if a list is cut."""

    choices: Mapping[str, int]
    end: Place = Place(0, 0.0, 0)
    is_below_floats: bool = False
    is_cut: bool = False


def filled(model: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return the print model, in which the blocks that would leave a hole float.

    Specimens do not: no text between them could fill a hole.
    """
    parts = chapters_of([{**block, "key": f"{block['type']} {n}"} for n, block in enumerate(model["blocks"])])
    chosen: list[_Part] = []
    for part in parts:
        before = chosen[-1].settled if chosen else _Settled({})
        may_float = any(map(_may_float, part))
        annex = any(map(is_annex, part[:1]))
        last_shared = _LAST_SHARED_BY_ANNEX if annex else _LAST_SHARED
        may_follow = 0 < before.end.y <= last_shared
        may_part = may_follow and before.end.y > _ALWAYS_SHARED
        ready = _Part(part, before if may_follow else None)
        # Nothing depends on where the last part ends.
        if may_float or may_part or part is not parts[-1]:
            ready = _spared(model, ready, measure)
        if may_follow and _has_few_lines(ready):
            chosen[-1], ready = _both_closer(model, chosen[-1], ready, measure)
        is_cut = may_follow and not annex and before.end.y > _HALF and ready.settled.end.page == 2
        has_hole = may_part and _has_hole(ready)
        if is_cut or has_hole:
            apart = _spared(model, _Part(part, None), measure)
            is_whole = is_cut and apart.settled.end.page == 1 and apart.settled.end.y > _ALWAYS_SHARED
            if is_whole or (has_hole and apart.settled.end.height < ready.settled.end.height):
                ready = apart
        chosen.append(ready)
    for n, (ready, following) in enumerate(pairwise(chosen)):
        if not following.above:
            chosen[n] = _opened(model, ready, measure)
    return {**model, "blocks": [block for part in chosen for block in part.laid]}


class _Part(NamedTuple):
    """A part, how the part that it follows on a page is settled (None if it starts a page), and how it is."""

    blocks: list[Node]
    above: _Settled | None
    settled: _Settled = _Settled({})

    @property
    def laid(self) -> list[Node]:
        """Its blocks, with each figure and table where it was chosen to go."""
        blocks = _laid(self.blocks, self.settled.choices)
        return [{**block, "starts_page": self.above is None} for block in blocks[:1]] + blocks[1:]

    @property
    def space(self) -> list[Node]:
        """What takes the room of the part that it follows."""
        if not self.above:
            return []
        height = self.above.end.y - TOP_MARGIN
        return [{"type": "space", "height": height, "is_floating": self.above.is_below_floats}]

    @property
    def closer(self) -> _Part:
        """The part, to be set closer."""
        return self._replace(blocks=[{**block, "is_close": True} for block in self.blocks])


def _may_float(block: Node) -> bool:
    return (
        block["type"] in ("figure", "table")
        and "id" in block
        and not block["is_long"]
        and not block["specimen"]
    )


def _may_break(block: Node) -> bool:
    return block["type"] == "table" and len(block["rows"]) >= sum(block["rows_kept"])


def _has_rows(block: Node) -> bool:
    return block["type"] == "table" or ("marks" in block and block["marks"]["kind"] == "rows")


def _spared(model: _Model, part: _Part, measure: Measure) -> _Part:
    """Settle a part, and set it closer if that spares a page with a few lines, a hole, or the cut of a list.

    What floats is before the next heading, if that leaves no hole either way.
    """
    loose = _filling(model, part, measure)
    if not _has_hole(loose) and not _has_few_lines(loose) and not loose.settled.is_cut:
        return loose
    closer = _filling(model, part.closer, measure)
    is_shorter = closer.settled.end.page < loose.settled.end.page
    is_mended = (_has_hole(loose) or loose.settled.is_cut) and not (
        _has_hole(closer) or closer.settled.is_cut
    )
    best = closer if is_shorter or is_mended else loose
    passing = _filling(model, part, measure, may_pass=True) if _has_hole(best) else best
    return min(best, passing, key=lambda each: each.settled.end.height)


def _filling(model: _Model, part: _Part, measure: Measure, *, may_pass: bool = False) -> _Part:
    """Settle a part, without tighter rows if they leave a larger hole than those that float."""
    tight = part._replace(settled=_settle(model, part, measure, may_pass=may_pass))
    if not _has_hole(tight) or _TIGHT not in tight.settled.choices.values():
        return tight
    settled = _settle(model, part, measure, may_pass=may_pass, may_tighten=False)
    return min(tight, part._replace(settled=settled), key=lambda each: each.settled.end.height)


def _both_closer(model: _Model, above: _Part, part: _Part, measure: Measure) -> tuple[_Part, _Part]:
    """Set two parts closer, of which the second ends with a few lines on a page, if that spares the page."""
    first = _filling(model, above.closer, measure)
    second = _spared(model, part._replace(above=first.settled), measure)
    is_spared = second.settled.end.page < part.settled.end.page
    return (first, second) if is_spared and first.settled.end < above.settled.end else (above, part)


def _opened(model: _Model, part: _Part, measure: Measure) -> _Part:
    """Spread over the last page of a part what may take its blank, if it is there and all stays there."""
    end = part.settled.end
    opened = part._replace(blocks=spread(part.blocks, BOTTOM - end.y, is_one_page=end.page == 1))
    looser = [block for block in opened.blocks if "spread" in block]
    if not looser:
        return part
    places = measure({**model, "blocks": [*part.space, *opened.laid]})
    pages = {places[END].page, *(places[block["id"]].page for block in looser if "id" in block)}
    return opened if pages == {end.page} else part


def _has_hole(part: _Part) -> bool:
    return part.settled.end.height > _LARGEST_BLANK


def _has_few_lines(part: _Part) -> bool:
    return part.settled.end.page > 1 and part.settled.end.y <= _FEW_LINES


def _settle(
    model: _Model, ready: _Part, measure: Measure, *, may_pass: bool, may_tighten: bool = True
) -> _Settled:
    """Choose where the figures and tables of a part go, which starts a page or follows another part.

    Each pass moves one of them on by one choice, until none is refused. Where a table breaks, those after it
    are tried in the text again.
    """
    part = ready.blocks
    choices = {block["id"]: _IN_TEXT for block in part if _may_float(block)}
    breakable = {block["id"] for block in part if block.get("id") in choices and _may_break(block)}
    with_rows = {block["id"] for block in part if may_tighten and _may_float(block) and _has_rows(block)}
    space = ready.space
    measured: list[Node] = []
    places: _Places = {}
    while True:
        laid = [*space, *_laid(part, choices)]
        if laid != measured:
            measured, places = laid, measure({**model, "blocks": laid})
        name = _refused(laid, places, choices, may_pass=may_pass)
        if not name:
            return _uncut(model, ready, space, _settled(laid, places, choices), places, measure)
        choices[name] += 1
        if choices[name] == _TIGHT and not (name in with_rows and _may_fit(places[name], places[END])):
            choices[name] = _AT_CALL
        if choices[name] == _AT_FOOT and name in breakable:
            choices[name] = _BROKEN
            later = [*choices][[*choices].index(name) + 1 :]
            choices |= {each: _IN_TEXT for each in later if choices[each] != _BROKEN}


def _uncut(
    model: _Model, ready: _Part, space: Sequence[Node], settled: _Settled, places: _Places, measure: Measure
) -> _Settled:
    """Keep on one page each paragraph that what floats would cut in two, if that leaves no hole."""
    laid = _laid(ready.blocks, settled.choices)
    floats = [(places[b["id"]].page, b["is_at_foot"]) for b in laid if "id" in b and b["is_floating"]]
    cut = [
        block["key"]
        for block in laid
        if (place := places.get(block.get("key", ""))) and place.page < place.last_page
        if (place.page, True) in floats or (place.last_page, False) in floats
    ]
    if not cut:
        return settled
    choices = {**settled.choices, **dict.fromkeys(cut, _WHOLE)}
    laid = [*space, *_laid(ready.blocks, choices)]
    places = measure({**model, "blocks": laid})
    whole = _settled(laid, places, choices)
    has_hole = whole.end.height > max(_LARGEST_BLANK, settled.end.height)
    is_longer = whole.end.page > settled.end.page
    return settled if has_hole or is_longer or _refused(laid, places, choices, may_pass=True) else whole


def _settled(blocks: Sequence[Node], places: _Places, choices: Mapping[str, int]) -> _Settled:
    """Return where a part ends; at the foot of its page if a figure or table floats there."""
    end = places[END]
    named = [block for block in blocks if "id" in block]
    floats = [block for block in named if block["is_floating"] and places[block["id"]].page == end.page]
    in_text = [places[block["id"]] for block in named if not block["is_floating"]]
    has_text = end.page == end.page_before or any(end.page in (each.page, each.last_page) for each in in_text)
    if any(block["is_at_foot"] for block in floats):
        end = end._replace(y=BOTTOM)
    lists = (places[block["id"]] for block in named if block.get("entries"))
    is_cut = any(0 < place.page < place.last_page for place in lists)
    return _Settled(choices, end, is_below_floats=bool(floats) and not has_text, is_cut=is_cut)


def _laid(part: Sequence[Node], choices: Mapping[str, int]) -> list[Node]:
    """Return the blocks with each figure and table where it was chosen to go."""
    blocks: list[Node] = []
    for block in part:
        choice = choices.get(block.get("id", ""), _IN_TEXT)
        is_floating = choice in (_AFTER_CALL, _IN_PLACE, _AT_FOOT)
        place = len(blocks)
        if choice in (_AT_CALL, _AFTER_CALL):
            place = _after_the_call(blocks, block, is_floating=is_floating)
        is_close = block.get("is_close", False) or block.get("is_long", False)
        ready = {
            **block,
            "is_whole": choices.get(block.get("key", "")) == _WHOLE,
            "is_floating": is_floating,
            "is_early": place < len(blocks),
            "is_at_foot": choice == _AT_FOOT,
            "is_tight": choice == _TIGHT or (choice != _BROKEN and is_close and _has_rows(block)),
        }
        if choice == _BROKEN and _may_break(block):
            ready |= {"is_long": True, "is_guarded": True, "fits_a_page": False}
        blocks.insert(place, ready)
    return blocks


def _after_the_call(blocks: Sequence[Node], moved: Node, *, is_floating: bool) -> int:
    """Return the place after the first paragraph of the last chapter that refers to a figure or table.

    It is after those that come or float early from before it, and in the text after any of its kind, so that
    they keep their order.
    """
    chapter = max((i for i, block in enumerate(blocks) if is_chapter(block)), default=0)
    later = [*enumerate(blocks)][chapter:]
    calls = (i for i, block in later if _refers(block.get("content", []), f"#{moved['id']}"))
    before = (
        i
        for i, block in later
        if block["is_floating"] or block["is_early"] or (not is_floating and block["type"] == moved["type"])
    )
    return max(next(calls, len(blocks) - 1), *before, chapter) + 1


def _refers(content: Sequence[Node], url: str) -> bool:
    return any(node.get("url") == url or _refers(node.get("content", []), url) for node in content)


def _refused(blocks: Sequence[Node], places: _Places, choices: Mapping[str, int], *, may_pass: bool) -> str:
    """Return the first block that would be better elsewhere; an empty string if none would.

    That is one in the text that is on the page after the text before it, unless it ends a chapter below what
    floats there, or that is above a figure or table with a smaller number; or one that floats above the
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
    for position, block in ((position, block) for position, block in enumerate(blocks) if "id" in block):
        name: str = block["id"]
        place = places[name]
        choice = choices.get(name, _BROKEN)
        floating[place.page] += math.ceil(place.height) * block["is_floating"]
        if block["type"] == "heading":
            heading = place
        is_last = all(map(is_caveat, blocks[position + 1 :]))
        if block["is_floating"] and name in choices:
            is_far = choice == _AFTER_CALL and place.page > place.page_before + 1
            is_after = latest.get("table", before).page < place.page
            leaves_hole = _is_high(block) and (
                is_last or (is_after and _would_fill(block, place, places[END]))
            )
            is_crowded = floating[place.page] > _MOST_FLOATING and place.page <= places[END].page_before
            later = (places[each["id"]] for each in blocks[position:] if each["type"] == "heading")
            passes = not may_pass and next(later, place) < place
            if place < heading or is_far or is_crowded or leaves_hole or passes:
                return name
            if any(_interrupts(table, place, is_at_foot=block["is_at_foot"]) for table in tables):
                between_rows = name
        elif choice <= _AT_CALL and (
            (
                place.page > max(before.page, before.last_page, place.page_before)
                and (place.page != latest.get(block["type"], before).page or not is_last)
            )
            or place < latest.get(block["type"], place)
        ):
            return name
        latest[block["type"]] = max(latest.get(block["type"], place), place)
        if not block["is_floating"]:
            before = place
    return between_rows


def _may_fit(place: Place, end: Place) -> bool:
    """Return whether a figure or table, set tighter, may fit in the blank before it."""
    return end.last_page == place.page - 1 and end.height > _TIGHT_SHARE * place.height


def _is_high(block: Node) -> bool:
    """Return whether a block is a table that may break, and too high for the hole that it may leave."""
    return _may_break(block) and bool(block["height"] > _LARGEST_HOLE)


def _would_fill(table: Node, place: Place, end: Place) -> bool:
    """Return whether the blank before a table that floats holds its first rows."""
    is_before = end.last_page == place.page - 1 and end.height > _LARGEST_BLANK
    return is_before and bool(table["least_height"] + _CAPTION < end.height)


def _interrupts(table: Place, place: Place, *, is_at_foot: bool) -> bool:
    """Return whether a block that floats at the top or the foot of a page is between rows of a table."""
    if is_at_foot:
        return table.page <= place.page < table.last_page
    return table.page < place.page <= table.last_page
