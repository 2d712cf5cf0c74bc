"""Entries of a page that say how its numbers were counted: one a question, whatever the numbers that ask it.

A number of the prose is a link to its entry (`numbered`), which gives its definition, calculation and caveat,
and for each query its rows in the table of initiatives, or the published totals behind them (`entries`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from portrait.document.markdown import Node
from portrait.document.sums import written_out
from portrait.language.agreement import noun_after
from portrait.language.dates import date
from portrait.language.locales import as_recorded, language_of, said, said_or_english
from portrait.language.nouns import reworded
from portrait.language.numbers import number
from portrait.language.phrases.sayable import NOUNS
from portrait.language.proof import conditions, definition
from portrait.language.terms import calculation, terms_of
from portrait.language.typography import line, printable, typography
from portrait.storage.bits import bits_of, numbers_of

_BARE = "number-0"
"""Entry of the numbers that have no question."""


def numbered(register: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the claims of a document, each with the identifier of its `entry`.

    The number of an edition, such as a year, counts nothing: it has none.
    """
    places: dict[str, int] = {}
    return [{**claim, "entry": _entry_id(claim.get("query"), places)} for claim in register]


def _entry_id(query: Mapping[str, Any] | None, places: dict[str, int]) -> str:
    if query is None:
        return _BARE
    if query["formula"] == "edition":
        return ""
    return f"number-{places.setdefault(json.dumps(query, sort_keys=True), len(places) + 1)}"


def entries(
    register: Iterable[Mapping[str, Any]],
    blocks: Iterable[Node],
    language: str,
    nouns: Mapping[str, str] | None = None,
) -> list[Node]:
    """Return the entries of a document, in the order in which its numbers ask for them.

    Parameters
    ----------
    register
        Its claims, as `numbered` returns them.
    blocks
        Its blocks: the table of initiatives is the one that knows the `file_rows` of its rows.
    nouns
        Those of the register, said in place of ours (`language.nouns.reworded`).

    Returns
    -------
    list of Node
        `id`, `sums` (`sums.written_out`), `definition`, `calculation` and `caveat` (texts; empty for numbers
        without a question),
        `selections`, one a query, and, where rows were reconstructed (`is_reconstructed`), the published
        `totals` that say the same. A selection has its `words` where there are several, the `count` of its
        rows, and the `table` they stand in or the `rows` of the page that it shows, as bits, with the words
        `show`.
    """
    listed: list[int] = next((block["file_rows"] for block in blocks if block.get("file_rows")), [])
    places = {row: place for place, row in enumerate(listed)}
    asking: dict[str, list[Mapping[str, Any]]] = {}
    for claim in register:
        if claim["entry"]:
            asking.setdefault(claim["entry"], []).append(claim)
    own = partial(reworded, nouns=nouns or {}, language=language_of(language))
    return [_entry(claims, places, language_of(language), own) for claims in asking.values()]


def _entry(
    claims: Sequence[Mapping[str, Any]], places: Mapping[int, int], language: str, own: Callable[[str], str]
) -> Node:
    """Return the entry of claims that ask the same, each of which may print other values of the answer."""
    claim, query = claims[0], claims[0].get("query")
    if query is None:
        return {"id": claim["entry"], "definition": ""}
    counted, printed = claim["counted"], [part for each in claims for part in each["parts"]]
    selections = [
        _selection(found, words, places, language, own)
        for found in counted
        if "totals" not in found and (words := _words(found["of"], query, printed, language, own)) is not None
    ]
    totals = [total_node(total, language) for found in counted for total in found.get("totals", ())]
    texts = {
        "definition": definition(query, language),
        "calculation": calculation(query["formula"], language),
        "caveat": said(query["caveat"], language) if "caveat" in query else "",
    }
    return {
        "id": claim["entry"],
        "sums": _sums(query["formula"], counted, {part["field"] for part in printed}, language),
        **{name: line(own(text), language) for name, text in texts.items()},
        "selections": [{**selections[0], "words": ""}] if len(selections) == 1 else selections,
        "totals": [total for place, total in enumerate(totals) if total not in totals[:place]],
        "is_reconstructed": any("totals" in found for found in counted),
    }


def _sums(
    formula: str, counted: Sequence[Mapping[str, Any]], fields: Collection[str], language: str
) -> list[str]:
    sizes = {each["of"]: each.get("size", each["n"]) for each in counted}
    return written_out(formula, {**sizes, "rows": counted[0]["n"]} if counted else {}, fields, language)


def _selection(
    found: Mapping[str, Any],
    words: str,
    places: Mapping[int, int],
    language: str,
    own: Callable[[str], str],
) -> Node:
    said: Node = {"words": words, "count": "", "table": "", "rows": "", "show": ""}
    rows = numbers_of(found.get("rows", ""))
    if rows and rows <= places.keys():
        shown = bits_of(map(places.__getitem__, rows))
        count, show = map(own, _initiatives(len(rows), language))
        return {**said, "rows": shown, "count": count, "show": show}
    return {**said, "count": rows_counted(found["n"], language), "table": f"data/{found['table']}.csv"}


def _words(
    asked: str,
    query: Mapping[str, Any],
    parts: Iterable[Mapping[str, Any]],
    language: str,
    own: Callable[[str], str],
) -> str | None:
    """Return the conditions of a query, or the name that its value is printed as; ``None`` if it is not."""
    asks = query["asks"]
    if isinstance(asks.get(asked), Mapping):
        return line(own(conditions(asks[asked], language)), language)
    printed = (part["printed"] for part in parts if part["field"] == asked)
    return next(map(printable, printed), None)


def rows_counted(n: int, language: str) -> str:
    """Return a number of rows with its noun."""
    words = terms_of(language)
    return _agreed(n, words["row_singular"], words["row_plural"], language)


def _initiatives(n: int, language: str) -> tuple[str, str]:
    """Return a number of initiatives with its noun, and the words that show them.

    A row of the page is one initiative; rows of `themes` are not, several of which may be of the same one.
    """
    words = terms_of(language)
    singular, plural = NOUNS["initiatives"].said(language)
    count = _agreed(n, f"{{n}} {singular}", f"{{n}} {plural}", language)
    return count, _agreed(n, words["show_singular"], words["show_plural"], language)


def _agreed(n: int, singular: str, plural: str, language: str) -> str:
    pattern = noun_after(n, language, singular, plural)
    return typography(pattern.format(n=number(n, language)), language)


def total_node(total: Mapping[str, Any], language: str) -> Node:
    """Return a published total as readers see it: `of`, `value`, `origin` and `url`."""
    dated = date(total["dated"], language) if total["dated"] else ""
    return {
        "of": printable(f"{total['edition']}, {said_or_english(total['of'], language)}"),
        "value": number(int(total["value"]), language),
        "origin": line(", ".join(filter(None, (as_recorded(total["origin"], language), dated))), language),
        "url": total["url"],
    }
