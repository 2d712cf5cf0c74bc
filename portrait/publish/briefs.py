"""Fill the printed pages of a brief document: choose the rows of its list, and where its last page starts.

A list that the page has whole may be cut in print, where its note says where the others are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from portrait.publish.grid import PAPERS, bottom_of
from portrait.publish.listed import FEWEST_IN_BRIEF
from portrait.publish.placing import Place

MOST_PAGES = 2
"""Pages of a brief document, if its text does not need more."""
LEAST_FILLED = 440.0
"""Distance in points from the top of the last page of several that its content reaches at least."""
_FOOT = 54.0
"""Points below the text of a document of one page."""
_SHEETS = tuple(n / 12 for n in range(6, 12))
"""Heights of the shorter sheets of documents of one page, as parts of that of the paper."""
_MOST_ROWS = 90
"""Rows that are more than two pages hold."""
_FEWEST_CUT = 12
"""Rows of a list that may go on to the last page."""


Measure = Callable[[dict[str, Any]], Place]
"""Lays a document out; returns where it ends."""


def fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages, without what it spares if that saves a page."""
    chosen = _fitted(document, measure)
    if not any(block.get("print_spares") for block in document["blocks"]) or measure(chosen).page == 1:
        return chosen
    spared = _fitted({**document, "blocks": [_spared(block) for block in document["blocks"]]}, measure)
    return min(chosen, spared, key=lambda each: measure(each).page)


def _spared(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block, without its last column if it is a table that spares it."""
    if not block.get("print_spares"):
        return block
    lists = {part: block[part][:-1] for part in ("columns", "align")}
    verbatim = [place for place in block["verbatim"] if place < len(lists["columns"])]
    return {**block, **lists, "rows": [row[:-1] for row in block["rows"]], "verbatim": verbatim}


def _fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages.

    One that leaves a part of its only page blank is on a shorter sheet.

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
        return _on_its_sheet(chosen, end)
    if end.y >= LEAST_FILLED:
        return chosen
    if not document.get("is_close"):
        closer = _fitted({**document, "is_close": True}, measure)
        if "last_page" not in closer:
            return closer
    return _parted(chosen, measure)


def _on_its_sheet(document: dict[str, Any], end: Place) -> dict[str, Any]:
    """Return a document of one page, on the lowest sheet that holds it."""
    sheets = (math.floor(part * PAPERS[document["paper"]][1]) for part in _SHEETS)
    height = next((each for each in sheets if end.y + _FOOT <= each), None)
    return {**document, "sheet": height} if height else document


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
