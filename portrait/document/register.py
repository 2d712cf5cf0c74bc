"""The register of a document: its claims with definition and sentence, its absent facts, official sentences.

`claims.schema.json` describes the file. A sentence is cut as `verify.py` cuts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portrait.document.claims import claims_of
from portrait.document.markdown import Node
from portrait.language import expressions
from portrait.language.proof import definition
from portrait.language.typography import printable

ABSENT = "absent"
"""Key of a cell's metadata, below ``portrait``: the facts that its notebook asked for and may not say."""

_END = re.compile(r"(?<=[.!?]|…(?!\s\())[»”)\]]*\s+(?=[«“(\[]?\s?[A-ZÀ-Þ0-9])")
_PROSE = ("paragraph", "heading")


def register_of(notebook: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the register of a document, as it is published.

    Parameters
    ----------
    document
        The document model of the notebook.
    """
    about = notebook["metadata"]["portrait"]
    sentences = dict(_sentences(document["blocks"]))
    claims = []
    for claim in claims_of(notebook):
        claim.pop("counted", None)  # of the page alone: the register keeps the question, not its rows
        asked = claim.get("query")
        defined = {"definition": definition(asked, about["language"])} if asked else {}
        claims.append({**claim, "sentence": sentences.get(claim["id"], ""), **defined})
    return {
        "notebook": about["notebook"],
        "language": about["language"],
        "claims": claims,
        "absent": [each for cell in notebook["cells"] for each in _absent(cell)],
        "statements": sorted({text for cell in notebook["cells"] for text in _statements(cell)}),
    }


def _absent(cell: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(cell["metadata"].get("portrait", {}).get(ABSENT, []))


def _statements(cell: Mapping[str, Any]) -> Iterator[str]:
    """Yield the official sentences of a cell that hold a digit."""
    for kept in cell["metadata"].get("user_expressions", []):
        said = expressions.said(kept["result"])
        if not said.is_claim and re.search(r"\d", said.text):
            yield printable(said.text)


def _sentences(blocks: list[Node]) -> Iterator[tuple[str, str]]:
    """Yield each claim with the sentence that holds its first number."""
    seen = set()
    for pieces in _prose(blocks):
        text = "".join(piece if isinstance(piece, str) else piece[1] for piece in pieces)
        ends = [0, *_ends(pieces, text), len(text)]
        position = 0
        for piece in pieces:
            if not isinstance(piece, str) and piece[0] not in seen:
                seen.add(piece[0])
                start = max(end for end in ends if end <= position)
                stop = min(end for end in ends if end > position)
                yield piece[0], " ".join(text[start:stop].split())
            position += len(piece if isinstance(piece, str) else piece[1])


def _ends(pieces: list[str | tuple[str, str]], text: str) -> list[int]:
    """Return where sentences end; a number that is a claim is never cut."""
    inside, position = [], 0
    for piece in pieces:
        length = len(piece if isinstance(piece, str) else piece[1])
        if not isinstance(piece, str):
            inside.append((position, position + length))
        position += length
    return [
        end.end()
        for end in _END.finditer(text)
        if not any(start < end.end() < stop or start <= end.start() < stop for start, stop in inside)
    ]


def _prose(blocks: list[Node]) -> Iterator[list[str | tuple[str, str]]]:
    """Yield the prose of a document block by block, as texts and numbers with their claim."""
    for block in blocks:
        if block["type"] in _PROSE:
            yield list(_pieces(block["content"]))
        if block.get("title"):
            yield list(_pieces(block["title"]))
        for item in block.get("items", ()):
            yield from _prose(item)
        yield from _prose(block.get("blocks", []))


def _pieces(content: list[Node]) -> Iterator[str | tuple[str, str]]:
    for node in content:
        if node["type"] == "claim":
            yield node["claim"], node["text"]
        elif node["type"] in ("text", "code"):
            yield node["text"]
        elif node["type"] == "break":
            yield " "
        elif node["type"] != "footnote":
            yield from _pieces(node.get("content", []))
