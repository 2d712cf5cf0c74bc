"""Show what changed between two editions as one HTML page, with the figures side by side."""

from __future__ import annotations

import re

from markupsafe import Markup

from portrait.language.locales import tag_of
from portrait.publish.html import TEMPLATES, policy, style, template
from portrait.revisions.comparison import (
    Comparison,
    initiatives_heading,
    sentences_heading,
    table_heading,
    words_of,
)

_IDENTIFIER = re.compile(r' (?:id|href|data-claim|data-part)="[^"]*"')
"""Marks of a figure in its own page, which would name two places in this one."""
_SIDE_BY_SIDE = "@media(min-width:60rem){.pair{display:grid;grid-template-columns:1fr 1fr;gap:2rem}}"


def page_of(found: Comparison, language: str) -> str:
    """Return the page of what changed."""
    words = words_of(language)
    sheet = style("") + _SIDE_BY_SIDE
    return template(TEMPLATES / "revisions.html.j2").render(
        found=found,
        words=words,
        tag=tag_of(language),
        compared=words["compared"].format(before=found.before, after=found.after),
        official=[words["official"].format(edition=each) for each in found.official],
        sentences=sentences_heading(found.sentences, words),
        initiatives=[(initiatives_heading(each, words), each) for each in found.initiatives],
        tables=[(table_heading(each, words), each) for each in found.tables],
        figures=[
            (f"{each.document} – {each.figure}", _placed(each.before), _placed(each.after))
            for each in found.figures
        ],
        style=Markup(sheet),  # noqa: S704 -- our own files and colours
        policy=policy(sheet),
    )


def _placed(figure: str) -> Markup:
    """Return a figure of a published page, as it can stand in another one."""
    return Markup(_IDENTIFIER.sub("", figure))  # noqa: S704 -- a page that this program made
