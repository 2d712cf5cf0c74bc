"""Render the page of editions and documents, in both languages, as one HTML file complete without JavaScript.

It ends with the accessibility statement of the documents: what tests check in them, and what they cannot.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from portrait.language.locales import LANGUAGES, choose
from portrait.publish.html import TEMPLATES, policy, style, template, template_text
from portrait.publish.portfolios import bare_name


def render_index(editions: Sequence[Mapping[str, Any]]) -> str:
    """Return the page that lists the documents of editions.

    Parameters
    ----------
    editions
        As `build.index_page.editions_of` returns them.
    """
    sheet, script = style("") + template_text("index.css"), template_text("index.js")
    by_source: dict[str, list[Mapping[str, Any]]] = {}
    for edition in editions:
        by_source.setdefault(edition["source"], []).append(edition)
    return template(TEMPLATES / "index.html.j2").render(
        sources=list(by_source.values()),
        examples={language: _examples(by_source.values(), language) for language in LANGUAGES},
        style=Markup(sheet),  # noqa: S704 -- our own files and colours
        script=Markup(script),  # noqa: S704 -- our own file
        policy=policy(sheet, script),
        checks=accessibility_checks(),
        address=quote,
    )


def _examples(sources: Iterable[Sequence[Mapping[str, Any]]], language: str) -> str:
    """Return what one may look for: of each register, its profile whose name is shortest.

    It begins as an example does, so that nobody takes it for what was asked.
    """
    names = (
        [each["name"][language] for each in editions[0]["documents"] if each["is_profile"]]
        for editions in sources
    )
    examples = ", ".join(bare_name(min(each, key=len)) for each in names if each)
    return choose(language, "p.\u00a0ex. {examples}", "e.g. {examples}", examples=examples)


def accessibility_checks() -> list[dict[str, str]]:
    """Return what tests check of the accessibility of documents.

    Each has ``of`` (``page`` or ``pdf``), its words in ``french`` and ``english``, and the ``test``, from the
    folder of tests, that checks it.
    """
    with (Path(__file__).parent / "accessibility.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
