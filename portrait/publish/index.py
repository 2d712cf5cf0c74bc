"""Render the page that lists editions and documents, in both languages, as one HTML file without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from portrait.publish.html import TEMPLATES, policy, style, template


def render_index(editions: Sequence[Mapping[str, Any]]) -> str:
    """Return the page that lists the documents of editions.

    Parameters
    ----------
    editions
        As `build.index_page.editions_of` returns them.
    """
    sheet = style("")
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for edition in editions:
        by_source.setdefault(edition["source"], []).append(edition)
    return template(TEMPLATES / "index.html.j2").render(
        sources=list(by_source.values()),
        style=Markup(sheet),  # noqa: S704 -- our own files and colours
        policy=policy(sheet),
        address=quote,
    )
