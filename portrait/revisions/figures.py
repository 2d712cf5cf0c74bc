"""Figures that changed between the pages of two editions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portrait.revisions.published import PublishedEdition

_FIGURE = re.compile(r'<figure class="[^"]*" id="(fig-[^"]+)">.*?</figure>', re.DOTALL)
_NUMBERING = re.compile(
    r'<a class="anchor".*?</a>|<span class="number">.*?</span>|<summary>.*?</summary>'
    r'| (?:href|aria-label|data-claim|data-part)="[^"]*"| id="claim-[^"]*"',
    re.DOTALL,
)
"""What depends on the place of a figure among the others, and not on what it shows."""


@dataclass(frozen=True)
class FigureChange:
    """A figure of a page that is not the same; each as HTML, empty where the page lacks it."""

    document: str
    figure: str
    before: str
    after: str


def changed_figures(before: PublishedEdition, after: PublishedEdition) -> list[FigureChange]:
    """Return the figures that changed, in the pages that both editions have."""
    found = []
    for name in after.documents:
        if name not in before.documents:
            continue
        pages = [each.page(name) for each in (before, after)]
        old, new = ({found[1]: found[0] for found in _FIGURE.finditer(page)} for page in pages)
        for figure in [*new, *(each for each in old if each not in new)]:
            if _drawn(old.get(figure, "")) != _drawn(new.get(figure, "")):
                found.append(FigureChange(name, figure, old.get(figure, ""), new.get(figure, "")))
    return found


def _drawn(figure: str) -> str:
    return _NUMBERING.sub("", figure)
