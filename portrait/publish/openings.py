"""Mark, for print, the list that opens a report and the chapters that have little to say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from portrait.document.markdown import Node

_MOST_SPREAD = 120.0
"""Most points of a page that are shared among the items of the list that opens the first chapter."""


def mark_openings(blocks: Sequence[Node]) -> None:
    """Mark the numbered lists of the first chapter, and the headings of each slight chapter.

    A chapter is slight if it has no finding, and no more than a paragraph under each of its headings.
    """
    starts = [
        place for place, block in enumerate(blocks) if block["type"] == "heading" and block["level"] == 1
    ]
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


def spread(blocks: Iterable[Node], blank: float) -> Iterator[Node]:
    """Yield blocks, of which the list that opens the first chapter takes a blank at the end of its page."""
    for block in blocks:
        if "highlights" in block:
            gaps = len(block["items"]) + 1
            yield {**block, "spread": math.floor(min(blank, _MOST_SPREAD) / gaps)}
        else:
            yield block
