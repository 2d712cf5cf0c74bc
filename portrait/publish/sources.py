"""In print, name the source of figures and tables by an acronym, which the colophon spells out."""

from __future__ import annotations

from typing import Any

from portrait.document.markdown import Node
from portrait.document.numbering import cover_figure
from portrait.language.locales import language_of
from portrait.language.terms import terms_of
from portrait.language.typography import colon


def with_short_sources(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose figures and tables name its source by the acronym of the producer.

    The cover names it in full, and so does a brief document, or one whose producer has no acronym.
    """
    short, language = document["producer_short"], document["language"]
    label = terms_of(language)["source"]
    full = dict(document["cover"]).get(label, "")
    if document["brief"] or not (short and full):
        return {**document, "producer_short": ""}
    on_cover = cover_figure(document["blocks"])

    def shortened(block: Node) -> Node:
        source = block.get("source", "")
        if block is on_cover or not source.startswith(f"{full},"):
            return block
        return {**block, "source": short + source.removeprefix(full).removesuffix(".")}

    named = {label: f"{short}{colon(language_of(language))}{full}"}
    return {
        **document,
        "cover": [[name, named.get(name, value)] for name, value in document["cover"]],
        "blocks": [shortened(block) for block in document["blocks"]],
    }
