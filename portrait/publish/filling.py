"""Choose which figures and tables float, so that none leaves a hole at the foot of a page.

A figure or table that does not fit under the text before it moves to the next page, and leaves the rest of
its page blank. If it nearly fits, its rows are set tighter. If it floats, it goes to the top of a page and
the text around it fills the hole, but in a chapter before the next heading, if that leaves no hole. One
that fits stays in the text. None is between rows of a table that goes on to another page.

A chapter or annex starts on a new page if the one before it leaves little room on its last page, or if it
would leave a hole where it follows, or have there only its opening, or not its first figure; an annex not
its first table, or with a few lines on another page, where that leaves no hole before it. So it is laid out
and measured without the rest of the report. One that ends with a few lines on a page, or has a hole, is set
closer if that spares it. A paragraph has no few lines below what floats on another page. The last part
starts a page rather than end with a few lines on another. A last page that is nearly empty starts with the
end of the part before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from portrait.document.markdown import Node
from portrait.publish.grid import FOOT, TOP_MARGIN
from portrait.publish.openings import chapters_of, is_annex, spread, spread_tables
from portrait.publish.placing import (
    AFTER_CALL,
    AT_CALL,
    AT_END,
    AT_FOOT,
    BROKEN,
    END,
    IN_PLACE,
    IN_TEXT,
    LARGEST_BLANK,
    TIGHT,
    Measure,
    Model,
    Place,
    Places,
    cut_by_floats,
    has_rows,
    is_bare,
    is_torn,
    laid_out,
    may_break,
    may_fit,
    may_float,
    refused,
    whole_near_a_hole,
)

_ENOUGH, _ENOUGH_FOR_AN_ANNEX = 272.0, 110.0
"""Heights in points that a part leaves on its last page to the next one: four tenths of the page, or else a
chapter opens at the head of a page; what the heading of an annex and three lines take."""
_LEAST_OF_LAST = 0.35
"""Least part of its height that the last page holds, where the part before may leave it some."""
_MOST_BLANK_ABOVE = 0.2
"""Most of the height of its paper that a page may leave blank whose end starts the last page."""
_MOST_SPARED = 100.0
"""Most points that a part spares where it is set closer."""
_FEW_LINES, _FEW_WITH_A_CAVEAT = TOP_MARGIN + 120.0, TOP_MARGIN + 200.0
"""Distance from the top of a page to where a part ends that has only a few lines there; so with a caveat."""


class _Settled(NamedTuple):
    """Where figures and tables go and a part ends, if only floats are above, and faults of its first page.

    Those are that it has only the opening, or not the first figure.
    """

    choices: Mapping[str, int]
    end: Place = Place(0, 0.0, 0)
    is_below_floats: bool = False
    is_bare: bool = False
    is_torn: bool = False
    places: Places = MappingProxyType({})


def filled(model: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return the print model, in which the blocks that would leave a hole float.

    Specimens do not: no text between them could fill a hole.
    """
    parts = chapters_of([{**block, "key": f"{block['type']} {n}"} for n, block in enumerate(model["blocks"])])
    chosen: list[_Part] = []
    for part in parts:
        before = chosen[-1].settled if chosen else _Settled({})
        annex = any(map(is_annex, part[:1]))
        if annex:
            part = [{**block, "is_in_annex": True} for block in part]
        left = model["bottom"] - before.end.y
        is_after_first = any("highlights" in block for block in chosen[-1].blocks) if chosen else False
        enough = _ENOUGH_FOR_AN_ANNEX if annex else _ENOUGH
        may_follow = before.end.y > 0 and left >= enough and not is_after_first
        alone = _Part(part, None)
        ready = alone._replace(above=before if may_follow else None)
        if part[1:] or part is not parts[-1]:
            ready = _balanced(model, _spared(model, ready, measure), measure)
        if may_follow and left < _ENOUGH and _has_hole(ready):
            apart = _spared(model, alone, measure)
            if apart.settled.end.height < ready.settled.end.height:
                ready = apart
        is_cut = ready.settled.is_torn or _has_few_lines(ready)
        if may_follow and annex and left <= LARGEST_BLANK and is_cut:
            ready = _balanced(model, _spared(model, alone, measure), measure)
        if may_follow and not annex and ready.above and (ready.settled.is_bare or ready.settled.is_torn):
            together = _together(model, chosen[-1], ready, measure)
            chosen[-1], ready = together or (chosen[-1], _spared(model, alone, measure))
        chosen.append(ready)
    if chosen[-1].above and _has_few_lines(chosen[-1]):
        chosen[-1] = _spared(model, alone, measure)
    if len(chosen) > 1 and not chosen[-1].above:
        chosen[-2:] = _carried(model, chosen[-2], chosen[-1], measure)
    ends_with_annex = any(map(is_annex, parts[-1][:1]))
    end_pages = [*(not following.above for following in chosen[1:]), ends_with_annex]
    opened = [
        _opened(model, part, measure, ends_page=ends_page)
        for part, ends_page in zip(chosen, end_pages, strict=True)
    ]
    blocks = [block for part in opened for block in part.laid]
    return {**model, "blocks": blocks, "end": opened[-1].settled.end.y}


class _Part(NamedTuple):
    """A part, how the part that it follows on a page is settled (None if it starts a page), and how it is."""

    blocks: list[Node]
    above: _Settled | None
    settled: _Settled = _Settled({})

    @property
    def laid(self) -> list[Node]:
        """Its blocks, with each figure and table where it was chosen to go."""
        blocks = laid_out(self.blocks, self.settled.choices)
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


def _spared(model: Model, part: _Part, measure: Measure) -> _Part:
    """Settle a part; a table near a hole is below the text beside it where that leaves a smaller one."""
    best, blocks = _closed(model, part, measure), part.blocks
    while _has_hole(best):
        tried = (
            (_closed(model, part._replace(blocks=whole), measure), whole)
            for whole in whole_near_a_hole(blocks, best.settled.places)
        )
        found = min(tried, key=lambda each: each[0].settled.end.height, default=(best, blocks))
        if found[0].settled.end.height >= best.settled.end.height:
            break
        best, blocks = found
    return _uncut(model, best, measure)


def _uncut(model: Model, part: _Part, measure: Measure) -> _Part:
    """Keep whole the paragraphs of which a few lines are below what floats, if that spoils no page."""
    if not (cut := cut_by_floats(part.laid, part.settled.places)):
        return part
    blocks = [{**block, "is_whole": True} if block.get("key") in cut else block for block in part.blocks]
    whole = _filling(model, part._replace(blocks=blocks), measure)
    end, before = whole.settled.end, part.settled.end
    is_worse = end.height > max(LARGEST_BLANK, before.height) or end.page > before.page
    return part if is_worse else whole


def _closed(model: Model, part: _Part, measure: Measure) -> _Part:
    """Settle a part, and set it closer if that spares a page with a few lines, or a hole.

    What floats in a chapter is before the next heading, if that leaves no hole either way.
    """
    loose = _filling(model, part, measure, may_pass=any(map(is_annex, part.blocks[:1])))
    if not _has_hole(loose) and not _has_few_lines(loose, _FEW_WITH_A_CAVEAT):
        return loose
    closer = _filling(model, part.closer, measure)
    is_shorter = closer.settled.end.page < loose.settled.end.page
    is_mended = _has_hole(closer) < _has_hole(loose)
    best = closer if is_shorter or is_mended else loose
    passing = _filling(model, part, measure, may_pass=True) if _has_hole(best) else best
    return min(best, passing, key=lambda each: each.settled.end.height)


def _filling(model: Model, part: _Part, measure: Measure, *, may_pass: bool = False) -> _Part:
    """Settle a part, without tighter rows if they leave a larger hole than those that float."""
    tight = part._replace(settled=_settle(model, part, measure, may_pass=may_pass))
    if not _has_hole(tight) or TIGHT not in tight.settled.choices.values():
        return tight
    settled = _settle(model, part, measure, may_pass=may_pass, may_tighten=False)
    return min(tight, part._replace(settled=settled), key=lambda each: each.settled.end.height)


def _balanced(model: Model, part: _Part, measure: Measure) -> _Part:
    """Settle a part whose list in two columns has columns as high as each other on its last page.

    A list that a page holds goes on to another if it would leave a hole before it.
    """
    if _has_hole(part) and any(block.get("is_balanced", False) for block in part.blocks):
        blocks = [
            {**block, "is_balanced": False, "is_long": True, "fits_a_page": False}
            if block.get("is_balanced", False)
            else block
            for block in part.blocks
        ]
        cut = _balanced(model, _spared(model, part._replace(blocks=blocks), measure), measure)
        return min(part, cut, key=lambda each: each.settled.end.height)
    if all(block.get("is_balanced", True) for block in part.blocks):
        return part
    places = measure({**model, "blocks": [*part.space, *part.laid]})
    blocks = [
        block if block.get("is_balanced", True) else {**block, "n_balanced": places[block["id"]].n_last}
        for block in part.blocks
    ]
    return _spared(model, part._replace(blocks=blocks), measure)


def _together(model: Model, above: _Part, part: _Part, measure: Measure) -> tuple[_Part, _Part] | None:
    """Set closer a part that has only its opening where it follows, or not its first figure, if it then has.

    If need be, the part above is set closer too. If neither helps, return None: the part starts a page.
    """
    for first in (above, _filling(model, above.closer, measure)):
        closer = _filling(model, part.closer._replace(above=first.settled), measure)
        is_apart = closer.settled.is_bare or closer.settled.is_torn or _has_hole(closer)
        if not is_apart and first.settled.end <= above.settled.end:
            return first, closer
    return None


def _carried(model: Model, above: _Part, last: _Part, measure: Measure) -> tuple[_Part, _Part]:
    """Start the last page with the end of the part above, if it is nearly empty and that leaves little blank.

    An annex may follow the part above on its page, where that is set closer.
    """
    least = TOP_MARGIN + _LEAST_OF_LAST * (model["bottom"] - TOP_MARGIN)
    if last.settled.end.page > 1 or last.settled.end.y >= least:
        return above, last
    lacks = last.settled.end.y - TOP_MARGIN - (model["bottom"] - above.settled.end.y)
    if is_annex(last.blocks[0]) and lacks <= _MOST_SPARED:
        first = _filling(model, above.closer, measure)
        second = _spared(model, last._replace(above=first.settled), measure)
        n_pages = first.settled.end.page + second.settled.end.page
        if n_pages <= above.settled.end.page + 1 and not (_has_hole(first) or _has_hole(second)):
            return first, second
    best = above, last
    for place in range(len(above.blocks) - 1, 0, -1):
        if best[1].settled.end.y >= least:
            break
        if above.blocks[place - 1]["type"] == "heading":
            continue
        blocks = [{**block, "starts_page": n == place} for n, block in enumerate(above.blocks)]
        first = _filling(model, above._replace(blocks=blocks), measure)
        second = _spared(model, last._replace(above=first.settled), measure)
        is_longer = first.settled.end.page > above.settled.end.page + 1 or second.settled.end.page > 1
        blank = max(first.settled.end.height, second.settled.end.height)
        has_hole = blank > _MOST_BLANK_ABOVE * (model["bottom"] + FOOT)
        if is_longer or has_hole:
            break
        best = first, second
    return best


def _opened(model: Model, part: _Part, measure: Measure, *, ends_page: bool) -> _Part:
    """Spread over the last page of a part what may take its blank, if nothing follows it there.

    Then a table takes what is still left there, and one takes part of the largest blank of a page before. A
    chapter that ends the report takes the latter alone.
    """
    if ends_page:
        end = part.settled.end
        before = {name for name, place in part.settled.places.items() if place.page < end.page}
        tight = [name for name, choice in part.settled.choices.items() if choice == TIGHT]
        blank, is_one_page = model["bottom"] - end.y, end.page == 1
        loose = spread(part.blocks, blank, is_one_page=is_one_page, before=before, tight=tight)
        part = _if_no_worse(model, part, loose, end.page, measure)
        end = part.settled.end
        loose = spread_tables(part.blocks, model["bottom"] - end.y, _whole_on(part, end.page))
        part = _if_no_worse(model, part, loose, end.page, measure)
    end = part.settled.end
    loose = spread_tables(part.blocks, end.height, _whole_on(part, end.last_page))
    return _if_no_worse(model, part, loose, end.last_page, measure)


def _whole_on(part: _Part, page: int) -> list[str]:
    """Return the names of the blocks that start on a page and go on to no other."""
    return [name for name, each in part.settled.places.items() if each.page == page >= each.last_page]


def _if_no_worse(model: Model, part: _Part, loose: list[Node], page: int, measure: Measure) -> _Part:
    """Return a part with blocks set looser, if they stay on a page, it ends where it did and has no hole."""
    opened, end = part._replace(blocks=loose), part.settled.end
    looser = [new for new, old in zip(loose, part.blocks, strict=True) if new is not old]
    if not looser:
        return part
    laid = [*part.space, *opened.laid]
    places = measure({**model, "blocks": laid})
    has_hole = places[END].height > max(LARGEST_BLANK, end.height)
    is_worse = has_hole or refused(laid, places, part.settled.choices, may_pass=True)
    stays = all(places[block["id"]].page == page for block in looser if "id" in block)
    is_moved = end.page != page and places[END].y > part.settled.places[END].y
    if is_worse or is_moved or not stays or places[END].page != end.page:
        return part
    return opened._replace(settled=_settled(laid, places, part.settled.choices, model["bottom"]))


def _has_hole(part: _Part) -> bool:
    return part.settled.end.height > LARGEST_BLANK


def _has_few_lines(part: _Part, lowest: float = _FEW_LINES) -> bool:
    return part.settled.end.page > 1 and part.settled.end.y <= lowest


def _settle(
    model: Model, ready: _Part, measure: Measure, *, may_pass: bool, may_tighten: bool = True
) -> _Settled:
    """Choose where the figures and tables of a part go, which starts a page or follows another part.

    Each pass moves one of them on by one choice, until none is refused. Where a table breaks, those after it
    are tried in the text again.
    """
    part = ready.blocks
    choices = {block["id"]: IN_TEXT for block in part if may_float(block)}
    breakable = {block["id"] for block in part if block.get("id") in choices and may_break(block)}
    with_rows = {block["id"] for block in part if may_tighten and may_float(block) and has_rows(block)}
    space = ready.space
    measured: list[Node] = []
    places: Places = {}
    while True:
        laid = [*space, *laid_out(part, choices)]
        if laid != measured:
            measured, places = laid, measure({**model, "blocks": laid})
        name = refused(laid, places, choices, may_pass=may_pass)
        if not name:
            settled = _settled(laid, places, choices, model["bottom"])
            return _raised(model, ready, space, settled, measure)
        choices[name] += 1
        if choices[name] == TIGHT and not (name in with_rows and may_fit(places[name], places[END])):
            choices[name] = AT_CALL
        if choices[name] == AT_FOOT and name in breakable:
            choices[name] = BROKEN
            later = [*choices][[*choices].index(name) + 1 :]
            choices |= {each: IN_TEXT for each in later if choices[each] != BROKEN}


def _raised(
    model: Model, ready: _Part, space: Sequence[Node], settled: _Settled, measure: Measure
) -> _Settled:
    """Put back in the text what floats at the foot of a page, with a blank above it that no text will fill.

    That is where it fits once what follows it floats from its own place, or at the end of the part.
    """
    names = [*settled.choices]
    for name in [name for name in names if settled.choices[name] == AT_FOOT]:
        later = [each for each in names[names.index(name) :] if settled.choices[each] == AFTER_CALL]
        tries = [{name: IN_TEXT, **dict.fromkeys(later, IN_PLACE)}]
        ids = [block["id"] for block in ready.blocks if "id" in block]
        after = [block for block in ready.blocks if block.get("id") in ids[ids.index(name) :]]
        if all(block["type"] != "heading" for block in after):
            tries.append({name: AT_END})
        for moved in tries:
            choices = {**settled.choices, **moved}
            laid = [*space, *laid_out(ready.blocks, choices)]
            tried = measure({**model, "blocks": laid})
            raised = _settled(laid, tried, choices, model["bottom"])
            has_hole = raised.end.height > max(LARGEST_BLANK, settled.end.height)
            is_longer = raised.end.page > settled.end.page
            if not (has_hole or is_longer or refused(laid, tried, choices, may_pass=True)):
                settled = raised
                break
    return settled


def _settled(blocks: Sequence[Node], places: Places, choices: Mapping[str, int], bottom: float) -> _Settled:
    """Return where a part ends; at the foot of its page if a figure or table floats there."""
    end = places[END]
    named = [block for block in blocks if "id" in block]
    floats = [block for block in named if block["is_floating"] and places[block["id"]].page == end.page]
    in_text = [places[block["id"]] for block in named if not block["is_floating"]]
    has_text = end.page == end.page_before or any(end.page in (each.page, each.last_page) for each in in_text)
    if any(block["is_at_foot"] for block in floats):
        end = end._replace(y=bottom)
    return _Settled(
        choices,
        end,
        is_below_floats=bool(floats) and not has_text,
        is_bare=is_bare(blocks, places, bottom),
        is_torn=is_torn(blocks, places),
        places=places,
    )
