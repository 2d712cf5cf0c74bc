"""Fill the printed pages of a brief document: choose the rows of its list, and where its last page starts.

A list that the page has whole may be cut in print, where its note says where the others are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any

from portrait.language.agreement import enumeration
from portrait.language.locales import choose, language_of
from portrait.language.typography import quoted
from portrait.publish.grid import bottom_of
from portrait.publish.listed import FEWEST_IN_BRIEF
from portrait.publish.placing import Place

MOST_PAGES = 2
"""Pages of a brief document, if its text does not need more."""
LEAST_FILLED = 440.0
"""Distance in points from the top of the last page of several that its content reaches at least."""
_MOST_ROWS = 90
"""Rows that are more than two pages hold."""
_FEWEST_CUT = 12
"""Rows of a list that may go on to the last page."""
_FULL = 0.88
"""Part of its height that the text of a full page reaches down to, at least."""
_SHORT = 0.75
"""Part of its height that the text of a last page reaches down to, at most, if fewer rows may spare it."""
_BELOW = 18.0
"""Points by which the foot of a brief document is lower than that of a report."""
_BETWEEN, _MOST_BETWEEN = 3.4, 10.0
"""Points between rows of a figure, beyond those of rows set tight; the most where its page has room."""
_MOST_IN_SHEET = 14.0
"""Most points added between rows of a sheet where its page has room."""
_FEWER_ROWS = (7, 5, 3)
"""Rows of a figure that has one row in rust, where fewer spare a page."""


Measure = Callable[[dict[str, Any]], Place]
"""Lays a document out; returns where it ends."""


def fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages; a figure with one row in rust is as high as fits.

    One page of text alone has larger letters.
    """
    measure = _once(measure)
    bare = {**document, "is_bare": not _has_displays(document)}
    if bare["is_bare"] and measure(bare).page == 1:
        return bare
    chosen = _laid_out(document, measure)
    end = measure(chosen)
    room = bottom_of(document["paper"]) - end.y
    if end.page > 1:
        room = end.height - _BELOW if end.last_page == 1 else 0.0
    between = 0.0 if chosen.get("is_close") else _BETWEEN

    def spread(block: dict[str, Any]) -> dict[str, Any]:
        if room > 0 and block.get("is_sheet"):
            return {**block, "spread": round(min(_MOST_IN_SHEET, room / len(block["rows"])), 1)}
        if room <= 0 or _own(block) is None:
            return block
        each = between + room / len(block["marks"]["rows"])
        return {**block, "is_tight": True, "spread": round(min(_MOST_BETWEEN, each), 1)}

    return {**chosen, "blocks": [*map(spread, chosen["blocks"])]}


def _has_displays(document: dict[str, Any]) -> bool:
    return any(block["type"] in ("figure", "table") for block in document["blocks"])


def _once(measure: Measure) -> Measure:
    """Return a measure that lays out each document once."""
    known: dict[int, tuple[dict[str, Any], Place]] = {}  # with the document, whose address no other then has

    def measured(document: dict[str, Any]) -> Place:
        if id(document) not in known:
            known[id(document)] = document, measure(document)
        return known[id(document)][1]

    return measured


def _own(block: dict[str, Any]) -> int | None:
    """Return the place of the row in rust of a figure that has one; nothing for any other block."""
    rows = (block.get("marks") or {}).get("rows", ())
    strong = [place for place, row in enumerate(rows) if row["is_strong"]]
    return strong[0] if len(strong) == 1 else None


def _laid_out(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages, without what it spares if that makes it one page.

    Its list is a sheet that has the texts of each row beside its name, or a table. It spares one of these
    texts, the last first, then all; its note says which the page has.
    Of two pages, the last has the last figure above its list where both are then full; else the text is set
    closer where both are full only so.
    """
    if n_texts := max((block.get("n_texts", 0) for block in document["blocks"]), default=0):
        sheets = [_on_a_sheet(each) for each in (document, *_with_one_text(document, n_texts))]
        tries = [*sheets, _without(document, [n_texts - 1]), _without(document, range(n_texts))]
        if found := _first_on_a_page(_closer_too(tries), measure):
            return found
    closer = {**document, "is_close": True}

    def filled(each: dict[str, Any]) -> float:
        return _least_filled(each, measure)

    parted = _with_figure_last(closer)
    is_long = parted and filled(_with_rows(parted, _FEWEST_CUT)) and measure(_with_rows(document, 0)).page > 1
    if parted and is_long:
        found = _fitted(parted, measure)
        if found["last_page"] == parted["last_page"] and filled(found) >= _FULL:
            return found
    chosen = _fitted(document, measure)
    end = measure(chosen)
    if end.page > 1 and end.y < _SHORT * bottom_of(document["paper"]):
        fewer = (_fitted(_with_nearest(document, n), measure) for n in _FEWER_ROWS)
        if found := _first_on_a_page(fewer, measure):
            return found
    if "last_page" in chosen or not filled(chosen) or filled(chosen) >= _FULL:
        return chosen
    found = _fitted(closer, measure)
    return found if filled(found) >= _FULL else chosen


def _least_filled(document: dict[str, Any], measure: Measure) -> float:
    """Return how far down, of 1, the least filled of two pages of a document is filled; else 0."""
    end, bottom = measure(document), bottom_of(document["paper"])
    return min(bottom - end.height, end.y) / bottom if end.page == MOST_PAGES else 0.0


def _with_figure_last(document: dict[str, Any]) -> dict[str, Any] | None:
    """Return a document whose last figure of several opens the last page, unless it has one row in rust."""
    figures = [block for block in document["blocks"] if block["type"] == "figure"]
    others = [block for block in document["blocks"] if block not in figures[-1:]]
    lists = [place for place, block in enumerate(others) if block["type"] == "heading"]
    if min(len(figures), len(lists)) < 2 or _own(figures[-1]) is not None:
        return None
    blocks = [*others[: lists[-1]], figures[-1], *others[lists[-1] :]]
    return {**document, "blocks": blocks, "last_page": figures[-1]["id"]}


def _with_nearest(document: dict[str, Any], n: int) -> dict[str, Any]:
    """Return a document whose figure with one row in rust has the `n` rows nearest to it, itself included.

    It has those above it where they, it and one below are no more than `n`, so that its rank is seen.
    """

    def cut(block: dict[str, Any]) -> dict[str, Any]:
        own = _own(block)
        if own is None or len(rows := block["marks"]["rows"]) <= n:
            return block
        first = 0 if own < n - 1 else min(own - n // 2, len(rows) - n)
        return {**block, "marks": {**block["marks"], "rows": rows[first : first + n]}}

    blocks = [cut(block) for block in document["blocks"]]
    return document if blocks == document["blocks"] else {**document, "blocks": blocks}


def _closer_too(tries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each document as it is, then set closer."""
    for each in tries:
        yield from ({**each, "is_close": close} for close in (False, True))


def _first_on_a_page(tries: Iterable[dict[str, Any]], measure: Measure) -> dict[str, Any] | None:
    return next((each for each in tries if measure(each).page == 1), None)


def _with_one_text(document: dict[str, Any], n_texts: int) -> Iterator[dict[str, Any]]:
    """Yield a document whose list has one of its texts, the first first; nothing where it has only one."""
    for kept in range(n_texts) if n_texts > 1 else ():
        yield _without(document, [place for place in range(n_texts) if place != kept])


def _without(document: dict[str, Any], texts: Collection[int]) -> dict[str, Any]:
    """Return a document whose list lacks some of the texts of its rows, as its note then says."""

    def spared(block: dict[str, Any]) -> dict[str, Any]:
        if not (n_texts := block.get("n_texts", 0)):
            return block
        first = len(block["columns"]) - n_texts
        gone = [first + text for text in texts]
        kept = [place for place in range(len(block["columns"])) if place not in gone]
        return {
            **block,
            **{part: [block[part][place] for place in kept] for part in ("columns", "align")},
            "rows": [[row[place] for place in kept] for row in block["rows"]],
            "verbatim": [new for new, place in enumerate(kept) if place in block["verbatim"]],
            "n_texts": n_texts - len(gone),
            "note": _and_left_out(block, gone, language_of(document["language"])),
        }

    return {**document, "blocks": [spared(block) for block in document["blocks"]]}


def _and_left_out(block: dict[str, Any], gone: Collection[int], language: str) -> str:
    """Return the note of a list, which then says which texts of its rows the page has too."""
    said = choose(
        language,
        "La page HTML de ce profil donne aussi\u00a0: {names}.",
        "The HTML page of this profile has {names} too.",
        names=enumeration([quoted(block["columns"][place], language) for place in gone], language),
    )
    return f"{block['note']} {said}".strip()


def _on_a_sheet(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose list has the texts of each row beside its name."""
    blocks = [{**block, "is_sheet": True} if block.get("n_texts") else block for block in document["blocks"]]
    return {**document, "blocks": blocks}


def _fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages.

    Its list is whole if it then fills one page, in two columns if need be, or two pages of which the last is
    not nearly empty. Else it has the most rows that fit on one page, or on two if the whole list needs more.
    Where the text leaves no such choice, it is set closer; if that leaves none either, a figure or the list
    starts the last page, whichever leaves the least blank.
    """

    @cache
    def cut(n: int) -> dict[str, Any]:
        return _with_rows(document, n)

    def end_with(n: int) -> Place:
        return measure(cut(n))

    listed = next((block for block in document["blocks"] if block.get("print_rest")), None)
    n = _n_printed(len(listed["rows"]), listed["print_rest"]["after"], end_with) if listed else 0
    chosen, end = cut(n), end_with(n)
    is_whole = not listed or n == len(listed["rows"])
    if not (is_whole and end.page == 1):
        tries = [document, *(_with_nearest(document, n) for n in _FEWER_ROWS)]
        if found := _first_on_a_page(filter(None, map(_in_two, _closer_too(tries))), measure):
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

    return max(choices, key=lambda each: _least_filled(each, measure), default={**document, "last_page": ""})


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
