"""Part a report into chapters and annexes; mark what opens them, slight chapters, and cards of examples."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise, takewhile

from portrait.document.markdown import Node, plain
from portrait.document.numbering import stretches
from portrait.language.typography import NO_BREAK_SPACE
from portrait.publish.shares import with_shares

_SPREAD_OF_ROWS, _SPREAD_OF_FEW, _FEW_ROWS = 4.0, 60.0, 4
"""Points that each row of a figure takes of a blank; most that one of a few bars with labels takes."""
_SPREAD_OF_CLOSE_ROWS = 4.6
"""Most points that each row of a figure set closer takes of a blank: rows are then as far apart as others."""
_PART_OF_BLANK = 0.9
"""Part of the blank that the rows of a figure may take."""
_MOST_OF_CARDS, _MOST_OF_HIGHLIGHTS, _LARGE_BLANK = 50.0, 22.0, 158.0
"""Most points of a page that each row of cards takes, and each highlight; those of a large blank."""
_OF = re.compile(r"(?:^|\W)(?:of(?: the)?|des|sur(?: les)?)\s$", re.IGNORECASE)
"""Words before the number of a whole."""
_BETWEEN_ENDS = re.compile(r"\s(et|à|and|to)\s")
"""Words between the ends of a range."""
_NUMBER = re.compile(r"-?[\d.]+")
"""Value of a number."""
_YEAR = re.compile(r"\"?(?:19|20)\d\d(?:-[\w-]+)?\"?")
"""Value of a year, or what names an edition of a part of one."""


def is_chapter(block: Node) -> bool:
    """Return whether a block is the heading of a chapter or of an annex."""
    return bool(block["type"] == "heading" and block["level"] == 1)


def is_annex(block: Node) -> bool:
    """Return whether a block is the heading of an annex, whose number is a letter."""
    return is_chapter(block) and not (block["number"] or "0")[0].isdigit()


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
        for node in _inlines(content):
            if node["type"] == "claim" and node["entry"] and re.fullmatch(r"-?[\d.]+", node["value"]):
                yield node


def _inlines(content: Iterable[Node]) -> Iterator[Node]:
    for node in content:
        yield node
        yield from _inlines(node.get("content", ()))


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
    """Return the blocks of a chapter, of which a table takes a blank at the end of a page.

    That is its last table of bars, or the only table there. Its rows are then further apart as those of a
    figure are, if all have room.

    Parameters
    ----------
    here
        Names of the blocks that are whole on this page.
    """
    tables = [block for block in blocks if block["type"] == "table" and block.get("id") in here]
    drawn = [t for t in tables if (t.get("bars") or len(tables) == 1) and not t.get("is_in_annex")]
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


def with_opening(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a page, whose first chapter opens with its lead and its tiles.

    Highlights come next, then where to go, the figure of dots, caveats, whose publication it is, and the
    rest. A chapter that opens with one large number keeps its order.
    """
    starts = [place for place, block in enumerate(blocks) if is_chapter(block)]
    if not starts:
        return [*blocks]
    start, end = starts[0] + 1, [*starts, len(blocks)][1]
    chapter = blocks[start:end]
    tiles = [block for block in chapter if "tiles" in block][:1]
    if not tiles or tiles[0]["is_large"]:
        return [*blocks]
    highlights = [block for block in chapter if block["type"] == "list" and block["ordered"]][:1]
    dots = [block for block in chapter if "marks" in block and block["marks"].get("kind") == "dots"][:1]
    shown = min((chapter.index(block) for block in (*highlights, *dots)), default=len(chapter))
    lead = [block for block in chapter[:shown] if block["type"] == "paragraph" and not is_caveat(block)]
    told = [*tiles[0]["items"], *(each["items"][0] for each in highlights)]
    most = (sum(n for _, n in each["runs"]) for figure in dots for each in figure["marks"]["blocks"][:1])
    drawn = [{"content": [{"type": "claim", "value": str(n)}, *dots[0].get("title", ())]} for n in most]
    known = [blocks[starts[0]], *chain.from_iterable(told), *drawn]
    caveats = [block for block in chapter if is_caveat(block)]
    after = [*caveats, {"type": "independence"}]
    first = [{"type": "hint"}, *highlights, {"type": "doors"}]
    opening = {"type": "opening", "first": first, "beside": dots, "after": after}
    taken = [*lead, *tiles, *highlights, *dots, *caveats]
    rest = (block for block in chapter if not any(block is each for each in taken))
    told_first = (_told_once(block, known) for block in lead)
    return [*blocks[:start], *told_first, with_shares(tiles[0]), opening, *rest, *blocks[end:]]


def with_notices(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a profile, whose tiles are its front.

    A hint and whose publication it is come below its text, so that its first figure is in the first screen.
    """
    end = next((place for place, block in enumerate(blocks) if place and "tiles" not in block), len(blocks))
    is_prose = [block["type"] == "paragraph" and not is_caveat(block) for block in blocks]
    start = is_prose.index(True, end) if True in is_prose[end:] else end
    told = start + sum(1 for _ in takewhile(is_text, blocks[start:]))
    front = [{"type": "front", "blocks": blocks[1:end]}] if end > 1 else []
    notices = [{"type": "hint"}, {"type": "independence"}]
    return [*blocks[:1], *front, *blocks[end:told], *notices, *blocks[told:]]


def _told_once(lead: Node, known: Sequence[Node]) -> Node:
    """Return the lead of a page, with each sentence marked that gives no number of its own.

    The heading, tiles, first highlight, title or largest of the dots give the others. One without a number
    but that of a year is about the sentence before it, and goes with it. What is marked is on paper, and
    where its address is asked; so is the lead, if all of it is.
    """
    said = {node["value"] for block in known for node in _claims(block.get("content", ()))}
    content: list[Node] = []
    for is_join, nodes in groupby(lead["content"], _joins):
        sentence = list(nodes)
        told = [node["value"] for node in _claims(sentence) if not _YEAR.fullmatch(node["value"])]
        is_own = any(map(_NUMBER.fullmatch, told))
        goes_on = not is_own and [node["type"] for node in content[-2:-1]] == ["repeat"]
        if not is_join and said.issuperset(told) and (is_own or goes_on):
            sentence = [{"type": "repeat", "content": [*content[-1:], *sentence]}]
            content = content[:-1]
        content += sentence
    is_repeat = all(node["type"] == "repeat" for node in content)
    return {**lead, "is_repeat": True} if is_repeat else {**lead, "content": content}


def _joins(node: Node) -> bool:
    """Return whether a node is the blank between two sentences, each of a cell of its own."""
    return bool(node["type"] == "text" and node.get("text") == " ")


def _claims(content: Iterable[Node]) -> Iterator[Node]:
    return (node for node in _inlines(content) if node["type"] == "claim")


def after_calls(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a page, each figure and table after the first text of its section that calls it.

    So it does in print, where it floats: below those that the same text calls first. The caveats right after
    it go with it; annexes keep their order.
    """
    end = next((place for place, block in enumerate(blocks) if is_annex(block)), len(blocks))
    groups: list[list[Node]] = []
    for block in blocks[:end]:
        if groups and is_caveat(block) and _is_display(groups[-1][0]):
            groups[-1].append(block)
        else:
            groups.append([block])
    ready: list[list[Node]] = []
    for group in groups:
        place = len(ready)
        if _is_display(group[0]):
            section = list(takewhile(lambda each: _is_display(each[0]) or is_text(each[0]), reversed(ready)))
            called = f"#{group[0]['id']}"
            texts = (n for n in range(place - len(section), place) if is_text(ready[n][0]))
            place = next((n + 1 for n in texts if called in _targets(ready[n])), place)
            place += sum(1 for _ in takewhile(lambda each: _is_display(each[0]), ready[place:]))
        ready.insert(place, group)
    return [*(block for group in ready for block in group), *blocks[end:]]


def _is_display(block: Node) -> bool:
    return block["type"] in ("figure", "table") and "id" in block


def _targets(blocks: Iterable[Node]) -> set[str]:
    """Return the addresses that the links of blocks lead to."""
    return {
        node["url"] for content in stretches(blocks) for node in _inlines(content) if node["type"] == "link"
    }


def with_numbers_beside(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a page, with each chapter that opens with one tile and a deck as an opener.

    They are read in the order of the notebook, the tile first; the style sheet shows the deck first. Text is
    what goes on up to a figure, a table or a heading.
    """
    ready: list[Node] = []
    rest = [*blocks]
    while rest:
        block = rest.pop(0)
        ready.append(block)
        if not is_chapter(block) or len(rest) < 2 or not _opens(*rest[:2]):
            continue
        number, deck, rest = rest[0], rest[1], rest[2:]
        text = list(takewhile(is_text, rest))
        rest = rest[len(text) :]
        ready.append({"type": "opener", "deck": deck, "number": number, "text": text})
    return ready


def _opens(number: Node, deck: Node) -> bool:
    is_one = "tiles" in number and not number["is_large"] and len(number["items"]) == 1
    return is_one and deck["type"] == "paragraph" and not is_caveat(deck)


def is_text(block: Node) -> bool:
    """Return whether a block is a paragraph or a list, but tiles and examples."""
    return block["type"] == "paragraph" or (block["type"] == "list" and not {"tiles", "lead"} & set(block))


def annexes(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks, with those below the heading of each annex as one block that can be folded.

    The annex that lists initiatives stays as it is: readers go there from the first screen.
    """
    starts = [place for place, block in enumerate(blocks) if is_chapter(block)]
    ready = [*blocks[: starts[0]]] if starts else [*blocks]
    for start, end in pairwise([*starts, len(blocks)]):
        heading, *rest = blocks[start:end]
        folds = rest and is_annex(heading) and not any(block.get("file_rows") for block in rest)
        ready.append(heading)
        ready.extend([{"type": "annex", "number": heading["number"], "blocks": rest}] if folds else rest)
    return ready


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
