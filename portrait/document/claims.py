"""The register of claims: every value in the prose of an executed notebook, and its place.

An annex of the report shows it as a table. The register is known only once the notebook has run, so a cell
of the annex outputs a table without rows (`REGISTER`), which the publication fills with `rows`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from portrait.document.assembly import CHAPTER
from portrait.document.numbering import short_name
from portrait.language import expressions
from portrait.language.locales import known_languages
from portrait.language.periods import is_edition_id
from portrait.language.typography import printable

VALUE = 2
"""Column of the values, in the rows of the table."""
LONGEST_VALUE = 80
"""Most characters of a value in the table; the JSON register has the full value."""

_CHAPTER = re.compile(r"^ {0,3}#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_QUOTING = re.compile(r"p\.(?:quotes?|examples)\(")
"""Phrases that print words of the file in quotation marks."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def claims_of(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the register of claims of an executed notebook, in reading order.

    Returns
    -------
    list of dict
        One per value in the prose: `id` (the name of the phrase, or the cell without its language and a
        number; the same claim has the same `id` in both languages, whatever its order there),
        `expression`, `value` (unformatted), `text` (as printed), `notebook`, `cell`, `chapter` (the last
        heading of level 1, in the language of the report; it applies to the whole cell that has it),
        `language`. Words that only agree with a number, and cells tagged ``internal``, have no claim.
        A claim that says a fact also has its `query`, its printed `parts` and the wordings that its cell adds
        (`says`), which `facts/claims.schema.json` describes, and what its page shows of its rows (`counted`).
    """
    about, chapter = notebook["metadata"].get("portrait", {}), ""
    register: list[dict[str, Any]] = []
    taken: dict[str, int] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "markdown" or "internal" in cell["metadata"].get("tags", []):
            continue
        chapter = _chapter(cell["source"]) or chapter
        kept_by_cell = [
            (kept, expressions.said(kept["result"])) for kept in cell["metadata"].get("user_expressions", [])
        ]
        claims = [(kept, said) for kept, said in kept_by_cell if said.is_claim]
        places = _places([kept["expression"] for kept, _ in claims])
        for place, (kept, said) in zip(places, claims, strict=True):
            claim_id = said.name or f"{_without_language(cell)}-{place}"
            taken[claim_id] = taken.get(claim_id, 0) + 1
            register.append(
                {
                    "id": claim_id if taken[claim_id] == 1 else f"{claim_id}-{taken[claim_id]}",
                    "expression": kept["expression"],
                    "value": said.value,
                    "text": said.text,
                    "notebook": chapter_of(cell, notebook),
                    "cell": cell["id"],
                    "chapter": chapter,
                    "language": about.get("language", ""),
                    **_asked(said),
                }
            )
    return register


def _asked(said: expressions.Said) -> dict[str, Any]:
    """Return what a claim keeps of the fact that it says; nothing where it says a bare value."""
    if said.fact is None:
        return {}
    asked = {"query": said.fact, "parts": list(said.parts), "says": list(said.says)}
    return {**asked, "counted": list(said.counted)}


def nodes_of(text: str, claim: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Return what an expression says as inline nodes of the document, its numbers marked with their claim.

    Parameters
    ----------
    claim
        Its claim in the register; ``None`` where it makes none.
    """
    if claim is None:
        return [_words(text)] if text else []
    if "query" not in claim:
        return [_number(claim, text, claim["value"], 0)]
    nodes, position = [], 0
    for place, part in enumerate(claim["parts"]):
        end = part["start"] + len(part["printed"])
        between = text[position : part["start"]]
        nodes += [_words(between)] if between else []
        nodes.append(_number(claim, text[part["start"] : end], part["value"], place))
        position = end
    return [*nodes, _words(text[position:])] if text[position:] else nodes


def _words(text: str) -> dict[str, Any]:
    kept = printable(f"|{text}|")[1:-1]  # with the spaces at its ends
    return {"type": "text", "text": kept, "set": True}


def _number(claim: Mapping[str, Any], text: str, value: Any, place: int) -> dict[str, Any]:
    return {
        "type": "claim",
        "text": printable(text),
        "quotes": _QUOTING.match(claim["expression"]) is not None,
        "claim": claim["id"],
        "part": place,
        "value": json.dumps(value, ensure_ascii=False),
        "entry": claim.get("entry", ""),
        "is_date": isinstance(value, str) and is_edition_id(value),
    }


def chapter_of(cell: Mapping[str, Any], notebook: Mapping[str, Any]) -> str:
    """Return the name of the notebook that a cell comes from: a chapter of an assembled one, or the whole."""
    whole = notebook["metadata"].get("portrait", {}).get("notebook", "notebook")
    return str(cell["metadata"].get("portrait", {}).get(CHAPTER, whole))


def _places(sources: Sequence[str]) -> list[int]:
    """Return the number of each expression of a cell, whatever the order of its sentences.

    >>> _places(["p.year(year)", 'p.count(n, "organisme")']), _places(["p.number(n)", "p.year(year)"])
    ([2, 1], [1, 2])
    """
    claimed = [expressions.claim_of(source) for source in sources]
    order = sorted(range(len(claimed)), key=lambda position: (claimed[position], position))
    return [order.index(position) + 1 for position in range(len(claimed))]


def _chapter(markdown: str) -> str:
    """Return the name in the last heading of level 1 of a cell, or an empty text."""
    headings = _CHAPTER.findall(expressions.without_code(markdown))
    return short_name(_ESCAPE.sub(r"\1", headings[-1])) if headings else ""


def _without_language(cell: Mapping[str, Any]) -> str:
    """Return the identifier that a cell shares with its counterpart in the other language."""
    endings = [
        f"-{language}" for language in known_languages() if language in cell["metadata"].get("tags", [])
    ]
    return next((str(cell["id"]).removesuffix(ending) for ending in endings), str(cell["id"]))


def rows(register: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return the register as rows of a table: chapter, text, value, identifier, in reading order."""
    return [[claim["chapter"], claim["text"], _shown(_in_order(claim)), claim["id"]] for claim in register]


def are_numbers(register: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Return whether the value that each row shows is one number: digits in a text may be a name."""
    values = [_in_order(claim) for claim in register]
    return [
        isinstance(value, int | float) and _NUMBER.fullmatch(_shown(value)) is not None for value in values
    ]


def _in_order(claim: Mapping[str, Any]) -> Any:
    """Return the value of a claim, or its values in the order of its text, each name with its number."""
    parts = claim.get("parts", ())
    if len(parts) < 2:
        return claim["value"]
    values: list[Any] = []
    for before, part in zip([{"field": ""}, *parts], parts, strict=False):
        if re.fullmatch(r"name\d+", before["field"]) and part["field"] == f"count{before['field'][4:]}":
            values[-1] = (values[-1], part["value"])
        else:
            values.append(part["value"])
    return values


def _shown(value: Any) -> str:
    """Return a value as unformatted text, truncated to `LONGEST_VALUE` characters.

    >>> _shown(0.5387596899224806), _shown([("Justice", 16), ("Travail", 3)]), _shown("Justice")
    ('0.53876', 'Justice (16), Travail (3)', 'Justice')
    """
    text = _plain(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1].rstrip(' ,')}…"


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.5g}" if abs(value) < 1e5 else f"{value:.0f}"
    if isinstance(value, Mapping):
        return ", ".join(map(_plain, value.values()))
    if isinstance(value, Sequence):
        return ", ".join(
            f"{_plain(each[0])} ({_plain(each[1])})" if _is_pair(each) else _plain(each) for each in value
        )
    return json.dumps(value)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2
