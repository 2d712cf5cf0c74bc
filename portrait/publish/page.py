"""Put the blocks of a report in the order in which its page is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby, pairwise, takewhile

from portrait.document.markdown import Node
from portrait.document.numbering import stretches
from portrait.publish.openings import NUMBER, inlines, is_annex, is_caveat, is_chapter, is_text
from portrait.publish.shares import with_shares

_YEAR = re.compile(r"\"?(?:19|20)\d\d(?:-[\w-]+)?\"?")
"""Value of a year, or what names an edition of a part of one."""


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


def with_front(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a profile, whose tiles are its front.

    Its first figure is in the first screen, with those that no paragraph calls, above a hint and its text.
    Each other is below the first paragraph that calls it, or below the figure before it where that is later,
    so that numbers are in order. Whose publication it is comes last, in the colophon.
    """
    end = next((place for place, block in enumerate(blocks) if place and "tiles" not in block), len(blocks))
    is_prose = [block["type"] == "paragraph" and not is_caveat(block) for block in blocks]
    start = is_prose.index(True, end) if True in is_prose[end:] else end
    text = [*takewhile(is_text, blocks[start:])]
    front = [{"type": "front", "blocks": blocks[1:end]}] if end > 1 else []
    figures = blocks[end:start]
    calls = (_first_call(each, text) for each in figures[1:])
    places = [*accumulate(calls, max, initial=-1)][: len(figures)]
    first, *others = (
        [figure for figure, at in zip(figures, places, strict=True) if at == n] for n in range(-1, len(text))
    )
    told = chain.from_iterable((block, *each) for block, each in zip(text, others, strict=True))
    return [*blocks[:1], *front, *first, {"type": "hint"}, *told, *blocks[start + len(text) :]]


def _first_call(figure: Node, text: Sequence[Node]) -> int:
    """Return the place of the first paragraph that calls a figure; -1 where none but a caveat does."""
    called = f"#{figure.get('id')}"
    return next((n for n, each in enumerate(text) if not is_caveat(each) and called in _targets([each])), -1)


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
        is_own = any(map(NUMBER.fullmatch, told))
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
    return (node for node in inlines(content) if node["type"] == "claim")


def after_calls(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks of a page, each figure and table after the first text of its section that calls it.

    Several that one text calls keep their order, as in print. The caveats right after one go with it; annexes
    keep their order.
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
        node["url"] for content in stretches(blocks) for node in inlines(content) if node["type"] == "link"
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
