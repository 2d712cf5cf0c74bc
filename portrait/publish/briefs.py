"""Fill the printed pages of a brief document: choose the rows of its list, and where its last page starts.

A list that the page has whole may be cut in print, where its note says where the others are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from portrait.publish.grid import bottom_of
from portrait.publish.listed import FEWEST_IN_BRIEF
from portrait.publish.placing import Place

MOST_PAGES = 2
"""Pages of a brief document, if its text does not need more."""
LEAST_FILLED = 440.0
"""Distance in points from the top of the last page of several that its content reaches at least."""
FEWEST_NEIGHBOURS = 5
"""Rows of a figure that has one row in rust, this one included."""
_ROW, _BELOW = 13.0, 18.0
"""Points: height of a row of a figure; the foot of a brief document is lower than that of a report."""
_MOST_ROWS = 90
"""Rows that are more than two pages hold."""
_FEWEST_CUT = 12
"""Rows of a list that may go on to the last page."""


Measure = Callable[[dict[str, Any]], Place]
"""Lays a document out; returns where it ends."""


def fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages, without what it spares if that saves a page.

    A figure that has one row in rust draws the rows nearest to it, as many as the pages then hold.
    """
    among = next(filter(_has_neighbours, document["blocks"]), None)
    if not among:
        return _spared_or_whole(document, measure)
    may_be_cut = any(block.get("print_rest") for block in document["blocks"])
    if not may_be_cut and measure(document).page == 1:
        return document
    chosen = _spared_or_whole(_with_neighbours(document, among, FEWEST_NEIGHBOURS), measure)
    end = measure(chosen)
    room = int(max(end.height, bottom_of(document["paper"]) + _BELOW - end.y) / _ROW)
    most = min(FEWEST_NEIGHBOURS + max(0, room), len(among["marks"]["rows"]))
    tries = (_with_neighbours(chosen, among, n) for n in range(most, FEWEST_NEIGHBOURS, -1))
    return next((each for each in tries if measure(each).page == end.page), chosen)


def _has_neighbours(block: dict[str, Any]) -> bool:
    """Return whether a block is a figure of which one row is in rust."""
    rows = (block.get("marks") or {}).get("rows", ())
    return [row["is_strong"] for row in rows].count(True) == 1


def _with_neighbours(document: dict[str, Any], among: dict[str, Any], n: int) -> dict[str, Any]:
    """Return a document that draws of a figure the row in rust and those nearest to it, so many in all."""
    rows = among["marks"]["rows"]
    own = next(place for place, row in enumerate(rows) if row["is_strong"])
    first = min(max(0, own - n // 2), max(0, len(rows) - n))
    cut = {**among, "marks": _stretched({**among["marks"], "rows": rows[first : first + n]})}
    blocks = [cut if block.get("id") == among["id"] else block for block in document["blocks"]]
    return {**document, "blocks": blocks}


def _stretched(marks: dict[str, Any]) -> dict[str, Any]:
    """Return marks whose axis ends at the first of its values that none passes."""
    ends = [mark["end"] for row in marks["rows"] for mark in row["marks"]]
    start = min(mark["start"] for row in marks["rows"] for mark in row["marks"])
    start = min([start, *(at for at, _ in marks["scale"])])
    last = next((at for at, _ in marks["scale"] if at >= max(ends)), max(ends))

    def along(at: float) -> float:
        return float(round(start + (at - start) * (1 - 2 * start) / (last - start), 5))

    def moved(mark: dict[str, Any]) -> dict[str, Any]:
        return {**mark, "start": along(mark["start"]), "end": along(mark["end"])}

    rows = [{**row, "marks": [*map(moved, row["marks"])]} for row in marks["rows"]]
    return {**marks, "rows": rows, "scale": [[along(at), said] for at, said in marks["scale"] if at <= last]}


def _spared_or_whole(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a document that prints on full pages, without what it spares if that makes it one page."""
    if not any(block.get("print_spares") for block in document["blocks"]):
        return _fitted(document, measure)
    spared = {**document, "blocks": [_spared(block) for block in document["blocks"]]}
    tries = ({**each, "is_close": close} for each in (document, spared) for close in (False, True))
    return next((each for each in tries if measure(each).page == 1), None) or _fitted(document, measure)


def _spared(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block, without its last column if it is a table that spares it."""
    if not block.get("print_spares"):
        return block
    lists = {part: block[part][:-1] for part in ("columns", "align")}
    verbatim = [place for place in block["verbatim"] if place < len(lists["columns"])]
    return {**block, **lists, "rows": [row[:-1] for row in block["rows"]], "verbatim": verbatim}


def _fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages.

    Its list is whole if it then fills one page, in two columns if need be, or two pages of which the last is
    not nearly empty. Else it has the most rows that fit on one page, or on two if the whole list needs more.
    Where the text leaves no such choice, it is set closer; if that leaves none either, a figure or the list
    starts the last page, whichever leaves the least blank.
    """

    @cache
    def end_with(n: int) -> Place:
        return measure(_with_rows(document, n))

    listed = next((block for block in document["blocks"] if block.get("print_rest")), None)
    n = _n_printed(len(listed["rows"]), listed["print_rest"]["after"], end_with) if listed else 0
    chosen, end = _with_rows(document, n), end_with(n)
    is_whole = not listed or n == len(listed["rows"])
    if not (is_whole and end.page == 1):
        in_two = [_in_two(each) for each in (document, {**document, "is_close": True})]
        if found := next((each for each in in_two if each and measure(each).page == 1), None):
            return found
    if end.page == 1:
        return chosen
    if end.y >= LEAST_FILLED:
        return chosen
    if not document.get("is_close"):
        closer = _fitted({**document, "is_close": True}, measure)
        if "last_page" not in closer:
            return closer
    return _parted(chosen, measure)


def _in_two(document: dict[str, Any]) -> dict[str, Any] | None:
    """Return a document whose list is whole and in two columns, if it has one of names, with their group."""
    names = [block for block in document["blocks"] if block["type"] == "table" and len(block["columns"]) <= 2]
    if not any(FEWEST_IN_BRIEF <= len(table["rows"]) <= _MOST_ROWS for table in names):
        return None
    in_two = [
        {**block, "in_two": True, "print_rest": None} if block in names else block
        for block in document["blocks"]
    ]
    return {**document, "blocks": in_two}


def _parted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a document whose last page starts where the least filled of its pages is fullest.

    That is at a heading or figure, or in its list, of which some rows stay together.
    """
    parts = [block["id"] for block in document["blocks"] if block["type"] in ("heading", "figure")]
    choices = [{**document, "last_page": part} for part in parts[1:]]
    n_rows = max((len(block["rows"]) for block in document["blocks"] if block["type"] == "table"), default=0)
    if n_rows >= _FEWEST_CUT and not any(block.get("print_rest") for block in document["blocks"]):
        choices += [_with_together(document, n_rows * part // 4) for part in (2, 3)]

    def least_filled(choice: dict[str, Any]) -> float:
        end = measure(choice)
        return min(bottom_of(document["paper"]) - end.height, end.y) if end.page <= MOST_PAGES else 0.0

    return max(choices, key=least_filled, default={**document, "last_page": ""})


def _with_together(document: dict[str, Any], n: int) -> dict[str, Any]:
    """Return a document whose list has its last rows on one page."""
    blocks = [
        {**block, "n_together": n} if block["type"] == "table" else block for block in document["blocks"]
    ]
    return {**document, "blocks": blocks, "last_page": ""}


def _n_printed(n_rows: int, least: int, end_with: Callable[[int], Place]) -> int:
    """Return how many rows the list prints, from where the document ends with a number of them."""
    end = end_with(n_rows) if n_rows <= _MOST_ROWS else Place(MOST_PAGES + 1, 0.0, 0)
    if end.page == 1 or (end.page <= MOST_PAGES and end.y >= LEAST_FILLED):
        return n_rows
    room = 1 if end.page <= MOST_PAGES else MOST_PAGES
    most = _most(least, min(n_rows - 2, _MOST_ROWS), lambda n: end_with(n).page <= room)
    return n_rows if end.page <= MOST_PAGES and end_with(most).page > room else most


def _with_rows(document: dict[str, Any], n: int) -> dict[str, Any]:
    """Return a document whose list prints so many rows."""
    blocks = [
        {**block, "print_rest": {**block["print_rest"], "after": n} if n < len(block["rows"]) else None}
        if block.get("print_rest")
        else block
        for block in document["blocks"]
    ]
    return {**document, "blocks": blocks}


def _most(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """Return the greatest number from `low` to `high` that fits; `low` if none does."""
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
