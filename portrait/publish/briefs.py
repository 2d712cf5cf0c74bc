"""Fill the printed pages of a brief document: choose the rows of its list, and where its last page starts.

In print a list is whole, has all rows of one rule, or is left to the page: its note says where the rest is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from portrait.facts.portfolio import LARGE
from portrait.language.agreement import enumeration
from portrait.language.locales import choose, language_of
from portrait.language.typography import quoted
from portrait.publish.grid import bottom_of
from portrait.publish.listed import FEWEST_EACH, FEWEST_IN_BRIEF
from portrait.publish.placing import Place

MOST_PAGES = 2
"""Pages of a brief document, if its text does not need more."""
_MOST_ROWS = LARGE
"""Rows of a list that may be whole."""
_TEXT = "text"
"""Name of the text of a brief document, which may start the last page."""
_FEWEST_CUT = 12
"""Rows of a list that may go on to the last page."""
_FULL = 0.88
"""Part of its height that the text of a full page reaches down to, at least."""
_BELOW = 18.0
"""Points by which the foot of a brief document is lower than that of a report."""
_BETWEEN, _MOST_BETWEEN = 3.4, 10.0
"""Points between rows of a figure, beyond those of rows set tight; the most where its page has room."""
_MOST_IN_SHEET = 14.0
"""Most points added between rows of a sheet where its page has room."""
_RANKS = "fig-place"
"""Name of the figure of a portfolio among others, of which print may have fewer rows, or further apart."""
_FEWER_ROWS = (7, 5, 3)
"""Rows of that figure, where fewer spare a page or leave room for the list."""

Measure = Callable[[dict[str, Any]], Place]
"""Lays a document out; returns where it ends."""


def fitted(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages; its figure of ranks is as high as fits.

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
    """Return the place of the row in rust of the figure of ranks; nothing for any other block."""
    rows = (block.get("marks") or {}).get("rows", ()) if block.get("id") == _RANKS else ()
    return next((place for place, row in enumerate(rows) if row["is_strong"]), None)


def _laid_out(document: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a brief document that prints on full pages, without what it spares if that makes it one page.

    Its list is a sheet that has the texts of each row beside its name, or a table. It spares one of these
    texts, the last first, then all; its note says which the page has. A longer list is whole, or has the
    rows of the first of its rules that fit, or is left to the page.
    """
    if n_texts := max((block.get("n_texts", 0) for block in document["blocks"]), default=0):
        sheets = [_on_a_sheet(each) for each in (document, *_with_one_text(document, n_texts))]
        tries = [*sheets, _without(document, [n_texts - 1]), _without(document, range(n_texts))]
        if found := _first_on_a_page(_closer_too(tries), measure):
            return found
    for same in _lists(document):
        n_columns = {len(_list_of(each)["columns"]) for each in same}
        ways = [*_closer_too(same)]
        if len(n_columns) == 1:  # two columns of names leave nothing out: they spare setting the text closer
            ways.sort(key=lambda each: each["is_close"])
        fewer = [[_with_nearest(each, n) for each in ways] for n in _FEWER_ROWS]
        least = fewer[-1][-1]
        pages = [measure(each).page for each in (least, _with_figure_last(least)) if each]
        if 1 in pages and (found := _first_on_a_page(chain(ways, *fewer), measure)):
            return found
        for each in (ways, *fewer) if min(pages) <= MOST_PAGES else ():
            if found := _on_two_pages(each, measure):
                return found
    return document


def _lists(document: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Yield documents that print the same rows, in one way or two: all, then those of a rule, then none."""
    listed = _list_of(document)
    rest = listed.get("print_rest") or {}
    if not rest or len(listed["rows"]) <= _MOST_ROWS:
        whole = {"print_rest": None}
        yield [_with_list(document, each) for each in (whole, *_names(document, {**rest, "after": 0}, whole))]
    for each in rest.get("lists", ()):
        ways = {"print_rest": each}, *_names(document, each, {"print_rest": {**each, "told": []}})
        yield [_with_list(document, changes) for changes in ways]
    if rest:
        said = rest["text"].format(number=listed["number"])
        yield [_with_list(document, {"print_notice": {"text": said, "url": rest["url"]}, "print_rest": None})]


def _list_of(document: dict[str, Any]) -> dict[str, Any]:
    """Return the last table of a document, or one without rows."""
    tables = [block for block in document["blocks"] if block["type"] == "table"]
    return tables[-1] if tables else {"columns": [], "rows": []}


def _with_list(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    listed = _list_of(document)
    blocks = [{**block, **changes} if block is listed else block for block in document["blocks"]]
    return {**document, "blocks": blocks}


def _names(
    document: dict[str, Any], rest: dict[str, Any], changes: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield what changes of a list of which print has the names, in two columns, below what they share.

    There is no such list of few, or of several columns where none is said to be a heading of the rows.
    """
    listed = _list_of(document)
    places = rest["order"] if rest["after"] else range(len(listed["rows"]))
    told = rest.get("told", ())
    columns = [place for place in range(len(listed["columns"])) if place not in told]
    if len(places) < FEWEST_IN_BRIEF or (len(columns) > 2 and "by" not in rest):
        return
    if len(columns) > 2:
        by = rest["by"]
        names = set() if by is None else {listed["rows"][row][by] for row in places}
        columns = [0, by] if 0 < FEWEST_EACH * len(names) <= len(places) else [0]
    gone = [place for place in range(len(listed["columns"])) if place not in (*columns, *told)]
    yield {**_with_columns(listed, columns, gone, document["language"]), **changes, "in_two": True}


def _with_columns(
    listed: dict[str, Any], kept: Sequence[int], gone: Sequence[int], language: str
) -> dict[str, Any]:
    """Return what changes of a list that has only some columns; its note says which the page has too."""
    return {
        **{part: [listed[part][place] for place in kept] for part in ("columns", "align") if part in listed},
        "rows": [[row[place] for place in kept] for row in listed["rows"]],
        "verbatim": [new for new, place in enumerate(kept) if place in listed.get("verbatim", ())],
        "note": _and_left_out(listed, gone, language_of(language)) if gone else listed["note"],
    }


def _on_two_pages(ways: Sequence[dict[str, Any]], measure: Measure) -> dict[str, Any] | None:
    """Return the first of several documents whose two pages are full, or that whose emptier page is fullest.

    The last page may start at a heading or figure, with the last figure, or in a list, of which some rows
    stay together.
    """
    on_two = [each for each in ways if measure(each).page == MOST_PAGES]
    tries = [*on_two, *filter(None, map(_with_figure_last, ways)), *chain(*map(_parted, on_two[:2]))]
    full = (each for each in tries if _least_filled(each, measure) >= _FULL)
    fit = [each for each in tries if measure(each).page <= MOST_PAGES]
    return next(full, None) or max(fit, key=lambda each: _least_filled(each, measure), default=None)


def _least_filled(document: dict[str, Any], measure: Measure) -> float:
    """Return how far down, of 1, the least filled of two pages of a document is filled; else 0."""
    end, bottom = measure(document), bottom_of(document["paper"])
    return min(bottom - end.height, end.y) / bottom if end.page == MOST_PAGES else 0.0


def _with_figure_last(document: dict[str, Any]) -> dict[str, Any] | None:
    """Return a document whose last figure of several opens the last page, unless it is of ranks."""
    figures = [block for block in document["blocks"] if block["type"] == "figure"]
    others = [block for block in document["blocks"] if block not in figures[-1:]]
    lists = [place for place, block in enumerate(others) if block["type"] == "heading"]
    if min(len(figures), len(lists)) < 2 or _own(figures[-1]) is not None:
        return None
    blocks = [*others[: lists[-1]], figures[-1], *others[lists[-1] :]]
    return {**document, "blocks": blocks, "last_page": figures[-1]["id"]}


def _with_nearest(document: dict[str, Any], n: int) -> dict[str, Any]:
    """Return a document whose figure of ranks has the `n` rows nearest to the one in rust, itself included.

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
    listed = _list_of(document)
    first = len(listed["columns"]) - listed["n_texts"]
    gone = [first + text for text in texts]
    kept = [place for place in range(len(listed["columns"])) if place not in gone]
    shown = _with_columns(listed, kept, gone, document["language"])
    return _with_list(document, {**shown, "n_texts": listed["n_texts"] - len(gone)})


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


def _parted(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a document whose last page starts at its text, a heading or figure, or has rows kept together."""
    parts = [block["id"] for block in document["blocks"] if block["type"] in ("heading", "figure")]
    has_text = any(block["type"] == "paragraph" for block in document["blocks"])
    yield from ({**document, "last_page": part} for part in [*[_TEXT] * has_text, *parts[1:]])
    listed = _list_of(document)
    n_rows = len(listed["rows"])
    if n_rows >= _FEWEST_CUT and not listed.get("print_rest"):
        together = (_with_list(document, {"n_together": n_rows * part // 4}) for part in (2, 3))
        yield from ({**each, "last_page": ""} for each in together)
