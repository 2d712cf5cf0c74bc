"""Set what is read with the text of a page in the margin beside it: its caveats, and what its terms mean."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from portrait.document.markdown import Node, leaves, plain
from portrait.document.numbering import stretches
from portrait.publish.openings import is_annex, is_caveat, is_chapter, is_text

_GLOSSARY = "tab-glossary"
"""Table whose rows are a term, the same in the other language, and what it means."""
_MOST_TERMS = 3
"""Most terms beside a text: more are a glossary."""
_TEXT = (70, 29.0, 20.0)
"""Letters of a line of the text; its height, and that between two paragraphs, in pixels."""
_MARGIN = (36, 21.0, 18.0)
"""The same of a line of the margin."""
_NUMBERED = "\0"
"""What marks a number in the text of its sentence."""
_NUMBER = 60.0
"""Height of the number of a chapter without its words, in pixels."""
_BELOW = 38.0
"""Height that a text and its margin have below them before a figure, in pixels."""


def with_margins(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a page, with what is read with each text in the margin beside it.

    A text is paragraphs and lists in a row, with the deck of a chapter. Its caveats are read after it; those
    after a figure or table that no text follows are beside the text before it, in the same section. Where
    there is room left, the margin has what terms mean, each beside the first text with room for it that uses
    it in a sentence with a number, after the first chapter. Annexes keep their order.
    """
    end = next((place for place, block in enumerate(blocks) if is_annex(block)), len(blocks))
    parts = _with_caveats_beside(blocks[:end])
    terms = [
        (plain(row[0]) if isinstance(row[0], list) else row[0], _without_kind(row[2]))
        for block in blocks
        if block.get("id") == _GLOSSARY
        for row in block["rows"]
        if " " in row[2]
    ]
    n_chapters = 0
    ready: list[Node] = []
    for part in parts:
        n_chapters += is_chapter(part)
        if "notes" in part and n_chapters > 1:
            part["terms"] = _told_beside(part, terms)
            terms = [term for term in terms if term not in part["terms"]]
        is_bare = "notes" in part and not (part["notes"] or part["terms"] or part.get("number"))
        ready += [*([part["deck"]] if "deck" in part else []), *part["text"]] if is_bare else [part]
    return [*ready, *blocks[end:]]


def _with_caveats_beside(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks, each text as one with its caveats, those of a chapter with its deck."""
    ready: list[Node] = []
    section = n_chapters = 0
    for are_texts, group in groupby(blocks, is_text):
        if not are_texts:
            for block in group:
                opens = block["type"] == "opener"
                ready.append({**block, **_parted(block["text"])} if opens else block)
                section = len(ready) if block["type"] == "heading" else section
                n_chapters += is_chapter(block)
            continue
        found = _parted([*group])
        before = next((each for each in reversed(ready[section:]) if "notes" in each), None)
        if before and (not found["text"] or before is ready[-1]):
            before["text"] = [*before["text"], *found["text"]]
            before["notes"] = [*before["notes"], *found["notes"]]
        elif not found["text"]:
            ready += found["notes"]
        elif n_chapters > 1 and is_chapter(ready[-1]) and found["text"][0]["type"] == "paragraph":
            deck, *text = found["text"]
            ready.append({**found, "type": "opener", "deck": deck, "number": None, "text": text})
        else:
            ready.append({**found, "type": "beside"})
    return ready


def _parted(text: Sequence[Node]) -> Node:
    return {
        "text": [block for block in text if not is_caveat(block)],
        "notes": [block for block in text if is_caveat(block)],
        "terms": [],
    }


def _told_beside(part: Node, terms: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the terms that the numbers of a text use, in its order, as many as its margin has room for."""
    text = [*([part["deck"]] if "deck" in part else []), *part["text"]]
    said = _said(text)
    room = _BELOW + _height(said, _TEXT) - _height(_said(part["notes"]), _MARGIN)
    if part.get("number"):
        room -= _NUMBER + _height(_said([part["number"]]), _MARGIN)
    counted = _with_numbers(text)
    used = ((_pattern(term).search(counted), term, meaning) for term, meaning in terms)
    found = sorted((match.start(), term, meaning) for match, term, meaning in used if match)
    told: list[tuple[str, str]] = []
    for _, term, meaning in found:
        height = _height([f"{term} {meaning}"], _MARGIN)
        if height <= room and len(told) < _MOST_TERMS:
            told.append((term, meaning))
            room -= height
    return told


def _without_kind(meaning: str) -> str:
    """Return a meaning without the kind of the term that its table has before it, a word and a colon.

    >>> _without_kind("Status: Stage left blank.")
    'Stage left blank.'
    """
    return re.sub(r"^\w+\s?: (?=\S)", "", meaning)


def _with_numbers(blocks: Sequence[Node]) -> str:
    """Return the sentences of blocks that have a number."""
    said = (
        "".join(_NUMBERED * (node["type"] == "claim") + node.get("text", " ") for node in leaves(content))
        for content in stretches(blocks)
    )
    sentences = (each for text in said for each in re.split(r"(?<=[.!?])\s", text) if _NUMBERED in each)
    return " ".join(sentences).replace(_NUMBERED, "")


def _said(blocks: Sequence[Node]) -> list[str]:
    return [plain(content) for content in stretches(blocks)]


def _height(paragraphs: Iterable[str], look: tuple[int, float, float]) -> float:
    """Return the height of paragraphs, in pixels, in the text or in the margin."""
    letters, line, gap = look
    return sum(math.ceil(len(text) / letters) * line + gap for text in paragraphs)


def _pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term, each of whose words may be plural.

    >>> [bool(_pattern("Active body").search(said)) for said in ("Of active bodies", "An activebody")]
    [True, False]
    """
    words = (
        re.escape(word[:-1]) + "(?:y|ies)" if word.endswith("y") else re.escape(word) + "(?:s|x|es)?"
        for word in term.split()
    )
    return re.compile(r"\b" + r"\s+".join(words) + r"\b", re.IGNORECASE)
