"""Take the tiles of a report, give the bar of their statuses and where the label of each part is below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from portrait.document.markdown import Node

_STATUS_OF_TILE = re.compile(r"tile-(production|development|retired|silent)\b")
"""Claim of a tile that counts the initiatives of a status, in the notebook of the first chapter."""
_FEWEST_PARTS = 2
"""Fewest statuses of a bar of them."""
LEAST_WIDTH = 0.2
"""Least width of a label, as a part of the bar; of many labels, all have the same."""
_BELOW = 0.01
"""Part of the bar by which a label that is below its part may start before it."""


def with_shares(tiles: Node) -> Node:
    """Return tiles with the parts of a bar of their statuses, if these add up to the first tile.

    The first ``n_apart`` tiles are no parts of it, and are above it; the others are the labels of its parts.
    """
    told = [_value(item) for item in tiles["items"]]
    found = [
        _STATUS_OF_TILE.match(each["claim"]) if each and each["value"].isdecimal() else None for each in told
    ]
    counted = [
        ("unknown" if status[1] == "silent" else status[1], int(value["value"]), item)
        for status, value, item in zip(found, told, tiles["items"], strict=True)
        if status and value
    ]
    total = sum(n for _, n, _ in counted)
    if len(counted) < _FEWEST_PARTS or not told[0] or str(total) != told[0]["value"]:
        return tiles
    ends = [each / total for each in accumulate((n for _, n, _ in counted), initial=0)]
    parts = [
        {"role": role, "start": start, "end": end}
        for (role, _, _), (start, end) in zip(counted, pairwise(ends), strict=True)
    ]
    apart = [item for status, item in zip(found, tiles["items"], strict=True) if not status]
    items = [*apart, *(item for _, _, item in counted)]
    return {**tiles, "items": items, "n_apart": len(apart), "parts": labelled(parts)}


def _value(item: Sequence[Node]) -> Node | None:
    """Return the claim in bold with which a tile begins."""
    bold = (node for block in item[:1] for node in block["content"][:1])
    return next((node for each in bold for node in each.get("content", ()) if node["type"] == "claim"), None)


def labelled(parts: Sequence[Mapping[str, Any]]) -> list[Node]:
    """Return the parts of a bar, each with ``at``, where its label starts; ``leader`` if not below it.

    A label starts where its part does if it has room. Else it is moved right, after the label before it, or
    left, where it ends at the end of the bar: no two overlap, and their order is that of the parts. A leader
    then goes from the middle of the part to its label, at a level of its own, of 1 and more below the bar:
    no two cross.

    Parameters
    ----------
    parts
        Each with where it starts and ends, from 0 to 1.
    """
    places = _places([part["start"] for part in parts])
    pairs = [*zip(parts, places, strict=True)]
    to_left = [place for place, (part, at) in enumerate(pairs) if at < part["start"] - _BELOW]
    to_right = [place for place, (part, at) in enumerate(pairs) if at >= part["end"]]
    levels = {place: n for way in (to_left, to_right[::-1]) for n, place in enumerate(way, start=1)}
    return [
        {**part, "at": at, **({"leader": _leader(part, levels[place])} if place in levels else {})}
        for place, (part, at) in enumerate(pairs)
    ]


def _leader(part: Mapping[str, Any], level: int) -> Node:
    """Return where the leader of a part starts, and how far below the bar it turns."""
    return {"from": (part["start"] + part["end"]) / 2, "level": level}


def _places(starts: Sequence[float]) -> list[float]:
    """Return where each label starts: not before its part if there is room, and each after the one before."""
    least = min(LEAST_WIDTH, 1 / len(starts))
    places: list[float] = []
    for start in starts:
        places.append(max(start, places[-1] + least) if places else start)
    return [min(at, 1 - (len(places) - n) * least) for n, at in enumerate(places)]


def columns_of(blocks: Iterable[Node]) -> str:
    """Return the rules that place the labels of a page: of one list of labels, where each column starts."""
    bars = [block["parts"] for block in blocks if "parts" in block]
    ends = [[*(part["at"] for part in parts), 1.0] for parts in bars]
    sizes = [" ".join(f"{100 * (b - a):.2f}%" for a, b in pairwise(each)) for each in ends]
    rules = (f".parts.parts{{grid-template-columns:{each}}}" for each in sizes)
    return "".join(f"@media print,(min-width:46rem){{{rule}}}" for rule in rules)
