"""Part a report into chapters and annexes; mark what opens them, slight chapters, and cards of examples."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from itertools import pairwise

from portrait.document.markdown import Node, plain
from portrait.document.numbering import stretches
from portrait.language.typography import NO_BREAK_SPACE

_SPREAD_OF_ROWS, _SPREAD_OF_FEW, _FEW_ROWS = 4.0, 24.0, 4
"""Points that each row of a figure takes of a blank; most that one of a few bars with labels takes."""
_SPREAD_OF_CLOSE_ROWS = 4.6
"""Most points that each row of a figure set closer takes of a blank: rows are then as far apart as others."""
_PART_OF_BLANK = 0.9
"""Part of the blank that the rows of a figure may take."""
_MOST_OF_CARDS, _MOST_OF_HIGHLIGHTS, _LARGE_BLANK = 50.0, 22.0, 158.0
"""Most points of a page that each row of cards takes, and each highlight; those of a large blank."""
_OF = re.compile(r"(?:^|\W)(?:of(?: the)?|des|sur(?: les)?)\s$", re.IGNORECASE)
"""Words before the number of a whole."""
NUMBER = re.compile(r"-?[\d.]+")
"""Value of a number."""
_BETWEEN_ENDS = re.compile(r"\s(et|à|and|to)\s")
"""Words between the ends of a range."""


def is_chapter(block: Node) -> bool:
    """Return whether a block is the heading of a chapter or of an annex."""
    return bool(block["type"] == "heading" and block["level"] == 1)


def is_annex(block: Node) -> bool:
    """Return whether a block is the heading of an annex, whose number is a letter."""
    return is_chapter(block) and not (block["number"] or "0")[0].isdigit()


def is_in_words(claim: Node) -> bool:
    """Return whether a claim is a number said in words; a name is none.

    >>> is_in_words({"value": "4", "text": "four"}), is_in_words({"value": "4", "text": "4"})
    (True, False)
    """
    return claim["value"][:1] not in '"[' and not any(map(str.isdigit, claim["text"]))


def is_caveat(block: Node) -> bool:
    """Return whether a block is a paragraph that opens with words in italics."""
    return block["type"] == "paragraph" and [each["type"] for each in block["content"][:1]] == ["emphasis"]


def chapters_of(blocks: Sequence[Node]) -> list[list[Node]]:
    """Return the blocks of each chapter.

    One of one paragraph, which says why it is empty, goes with the chapter before it.
    """
    chapters = [place for place, block in enumerate(blocks) if is_chapter(block)]
    starts = [0]
    for place, end in pairwise([*chapters, len(blocks)]):
        if place and [block["type"] for block in blocks[place + 1 : end]] != ["paragraph"]:
            starts.append(place)
    return [list(blocks[start:end]) for start, end in pairwise([*starts, len(blocks)])]


def mark_openings(blocks: Sequence[Node]) -> None:
    """Mark the numbered lists of the first chapter, and the headings of each slight chapter.

    A chapter is slight if it has no finding, and no more than a paragraph under each of its headings.
    """
    starts = [place for place, block in enumerate(blocks) if is_chapter(block)]
    for start, end in pairwise([*starts, len(blocks)]):
        chapter = blocks[start:end]
        for block in chapter if start == starts[0] else ():
            if block["type"] == "list" and block["ordered"]:
                block["highlights"] = True
        kinds = " ".join(block["type"] for block in chapter)
        if not blocks[start]["finding"] and re.fullmatch(
            r"heading( heading)?( paragraph heading)* paragraph", kinds
        ):
            for block in chapter:
                block["is_slight"] = block["type"] == "heading"


def with_leads(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks, of which each highlight has its first number in bold, and its section.

    That number is none that tiles tell. The section is, of the chapters after the first and their sections,
    the one that says most of its numbers: the first of them.
    """
    starts = [place for place, block in enumerate(blocks) if is_chapter(block)]
    first, second = [*starts, len(blocks), len(blocks)][:2]
    heads = [place for place in range(second, len(blocks)) if blocks[place]["type"] == "heading"]
    sections = {
        blocks[start]["id"]: {each["entry"] for each in _numbers(blocks[start:end])}
        for start, end in pairwise([*heads, len(blocks)])
    }
    tiles = [item for block in blocks[first:second] if "tiles" in block for item in block["items"]]
    shown = {each["entry"] for item in tiles for each in _numbers(item)}
    ready = [*blocks]
    for place in range(first, second):
        if blocks[place]["type"] != "list" or not blocks[place]["ordered"]:
            continue
        told = [{each["entry"] for each in _numbers(item)} for item in blocks[place]["items"]]
        homes = [max(sections, key=lambda name: len(own & sections[name]), default="") for own in told]
        ready[place] = {
            **blocks[place],
            "items": [_with_lead(item, shown) for item in blocks[place]["items"]],
            "homes": [
                home if home and own & sections[home] else "" for home, own in zip(homes, told, strict=True)
            ],
        }
    return ready


def _numbers(blocks: Iterable[Node]) -> Iterator[Node]:
    """Yield the claims of numbers of the blocks, but years, which no register lists."""
    for content in stretches(blocks):
        for node in inlines(content):
            if node["type"] == "claim" and node["entry"] and NUMBER.fullmatch(node["value"]):
                yield node


def inlines(content: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes of a text, each before those within it."""
    for node in content:
        yield node
        yield from inlines(node.get("content", ()))


def _with_lead(item: Sequence[Node], shown: Collection[str]) -> list[Node]:
    """Return a highlight with its first number in bold, but those shown above it.

    It is on one line: of a range, both ends are, with the word between them.
    """
    first = _lead(item, shown)
    return [
        {**block, "content": _in_bold(block["content"], first)} if "content" in block else block
        for block in item
    ]


def _in_bold(content: Sequence[Node], first: Node | None) -> list[Node]:
    start = next((place for place, node in enumerate(content) if node is first), None)
    if first is None or start is None:
        return [*content]
    number, *rest = content[start:]
    lead = [number]
    is_range = len(rest) > 1 and rest[1].get("entry") == first["entry"]
    if is_range and (between := _BETWEEN_ENDS.fullmatch(plain(rest[:1]))):
        word = {"type": "text", "text": f"{NO_BREAK_SPACE}{between[1]}{NO_BREAK_SPACE}"}
        lead, rest = [number, word, rest[1]], rest[2:]
    return [*content[:start], {"type": "strong", "content": lead}, *rest]


def _lead(item: Sequence[Node], shown: Collection[str]) -> Node | None:
    """Return the first number of a highlight: no whole of which it tells a part, and none in parentheses."""
    beside = [node for node, before in _with_words_before(item) if _OF.search(before) or before.endswith("(")]
    numbers = (each for each in _numbers(item) if not any(each is other for other in beside))
    return next((each for each in numbers if each["entry"] not in shown), None)


def _with_words_before(item: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    for block in item:
        for place, node in enumerate(block.get("content", ())):
            if node["type"] == "claim":
                yield node, plain(block["content"][:place])


def spread(
    blocks: Sequence[Node],
    blank: float,
    *,
    is_one_page: bool,
    before: Container[str] = (),
    tight: Container[str] = (),
) -> list[Node]:
    """Return the blocks of a chapter, of which one takes a blank at the end of its last page.

    That is the last figure of rows but a specimen, if it is on no page before and all have room; one set
    closer shares it with the others that are. Otherwise it is the cards of a chapter, if it has one page or
    would end with a large blank, or its highlights, if it has one page and would.
    """
    cards = [block for block in blocks if "lead" in block and (is_one_page or blank > _LARGE_BLANK)]
    listed = [block for block in blocks if "highlights" in block and is_one_page]
    listed = [block for block in listed if blank > _LARGE_BLANK or block.get("is_close")]
    drawn = [block for block in blocks if _has_rows_of_marks(block) and block.get("id") not in before]
    close = [block for block in drawn if block.get("is_close", False) or block.get("id") in tight]
    is_close = drawn[-1:] == close[-1:]
    opened = close if is_close else drawn[-1:]
    room = _room_of_a_row([block["marks"] for block in opened], blank, is_close=is_close) if opened else 0.0
    if not room and (cards or listed):
        opened, most = (cards[:1], _MOST_OF_CARDS) if cards else (listed[:1], _MOST_OF_HIGHLIGHTS)
        n_rows = math.ceil(len(opened[0]["items"]) / (2 if cards else 1))
        room = min(_PART_OF_BLANK * blank / n_rows, most)
    taken = opened if room else []
    looser = {"spread": math.floor(10 * room) / 10}
    return [{**block, **looser} if any(block is each for each in taken) else block for block in blocks]


def spread_tables(blocks: Sequence[Node], blank: float, here: Container[str]) -> list[Node]:
    """Return the blocks of a chapter, of which a table of bars takes a blank at the end of a page.

    That is the last one there. Its rows are then further apart as those of a figure are, if all have room;
    those of other tables have one height in a report.

    Parameters
    ----------
    here
        Names of the blocks that are whole on this page.
    """
    tables = [block for block in blocks if block["type"] == "table" and block.get("id") in here]
    drawn = [table for table in tables if table.get("bars") and not table.get("is_in_annex")]
    if not drawn or _PART_OF_BLANK * blank < _SPREAD_OF_ROWS * len(drawn[-1]["rows"]):
        return [*blocks]
    return [{**block, "spread": _SPREAD_OF_ROWS} if block is drawn[-1] else block for block in blocks]


def _has_rows_of_marks(block: Node) -> bool:
    return bool(block.get("marks", {}).get("kind") == "rows" and not block.get("specimen"))


def _room_of_a_row(drawn: Sequence[Node], blank: float, *, is_close: bool) -> float:
    """Return how much of a blank each row of figures takes, in points: rows have two pitches in a report."""
    n_rows = sum(len(marks["rows"]) for marks in drawn)
    room = _PART_OF_BLANK * blank / n_rows
    is_high = any(marks.get("is_high") for marks in drawn)
    if is_high and n_rows <= _FEW_ROWS:
        return min(room, _SPREAD_OF_FEW) if blank > _LARGE_BLANK else 0.0
    if is_close and not is_high:
        return min(room, _SPREAD_OF_CLOSE_ROWS)
    return _SPREAD_OF_ROWS if room >= _SPREAD_OF_ROWS else 0.0


def is_text(block: Node) -> bool:
    """Return whether a block is a paragraph or a list, but tiles and examples."""
    return block["type"] == "paragraph" or (block["type"] == "list" and not {"tiles", "lead"} & set(block))


def with_examples(blocks: Iterable[Node]) -> list[Node]:
    """Return the blocks, with each run of examples as one list, whose lead is the line above them.

    That is a line in italics alone; after it, each example is a paragraph that opens with a name in bold.
    """
    ready: list[Node] = []
    for block in blocks:
        first = block["content"][0]["type"] if block["type"] == "paragraph" and block["content"] else ""
        last = ready[-1] if ready else {}
        if first == "strong" and "lead" in last:
            last["items"].append([block])
        elif first == "strong" and last.get("type") == "paragraph" and _is_in_italics(last["content"]):
            ready[-1] = {"type": "list", "ordered": False, "lead": last["content"], "items": [[block]]}
        else:
            ready.append(block)
    return ready


def _is_in_italics(content: Sequence[Node]) -> bool:
    return [node["type"] for node in content] == ["emphasis"]
