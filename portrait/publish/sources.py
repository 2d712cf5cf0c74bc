"""Name the source of figures and tables by an acronym, which the colophon spells out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from portrait.document.markdown import Node, plain
from portrait.document.numbering import cover_figure
from portrait.language.locales import language_of
from portrait.language.terms import terms_of
from portrait.language.typography import colon


def with_short_sources(document: Mapping[str, Any], *, is_page: bool = False) -> dict[str, Any]:
    """Return a document whose figures and tables name its source by the acronym of the producer.

    The cover of a report names it in full; the notice on data of a brief document does. On a page, which has
    no cover, the first figure or table does, after the acronym. One whose producer has no acronym is as it
    was.
    """
    short, language = document["producer_short"], document["language"]
    label = terms_of(language)["source"]
    told = _in_a_notice(document, short) if document["brief"] else None
    full, notices = told or (dict(document["cover"]).get(label, ""), document["notices"])
    if not (short and full):
        return {**document, "producer_short": ""}
    of_it = (block for block in document["blocks"] if block.get("source", "").startswith(f"{full},"))
    on_cover = None if document["brief"] else cover_figure(document["blocks"])
    in_full = next(of_it, None) if is_page else on_cover
    end = "." if is_page else ""

    def shortened(block: Node) -> Node:
        source = block.get("source", "").removesuffix(".")
        if not source.startswith(f"{full},"):
            return block
        if block is in_full:
            return {**block, "source": f"{short}, {source}."} if is_page else block
        return {**block, "source": short + source.removeprefix(full) + end}

    named = {label: f"{short}{colon(language_of(language))}{full}"}
    return {
        **document,
        "cover": [[name, named.get(name, value)] for name, value in document["cover"]],
        "notices": notices,
        "blocks": [shortened(block) for block in document["blocks"]],
    }


def _in_a_notice(document: Mapping[str, Any], short: str) -> tuple[str, list[list[Node]]] | None:
    """Return the source that a notice names, before and in its link, and the notices with its acronym."""
    notices: list[list[Node]] = document["notices"]
    for n, notice in enumerate(notices):
        for place, (before, link) in enumerate(pairwise(notice)):
            producer = re.search(r":\s(.+),\s$", before.get("text", ""))
            if producer and link["type"] == "link":
                text = before["text"].removesuffix(", ") + f" ({short}), "
                named = [*notice[:place], {**before, "text": text}, *notice[place + 1 :]]
                full = f"{producer[1]}, {plain(link['content'])}"
                return full, [*notices[:n], named, *notices[n + 1 :]]
    return None
