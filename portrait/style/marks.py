"""Shapes and roles of marks, and the style sheet of their figures, which the page and the notebook share."""

from __future__ import annotations

from pathlib import Path

_ROLES = {
    "ink": "ink",
    "accent": "accent",
    "context": "context",
    "production": "status-production",
    "development": "status-development",
    "retired": "status-retired",
}
HOLLOW = {"unknown": "status-unknown", "unclassified": "status-unclassified"}
"""Marks of what is not known are outlines: they read in grey, and leave fills to what is known."""
_OUTLINED = {
    **{role: ("paper", name) for role, name in HOLLOW.items()},
    "pale": ("rule", "context"),
    "silent": ("paper", "accent"),
    "fall": ("paper", "context"),
    "told-fall": ("paper", "accent"),
}
"""Fill and outline of these, of bars that recede, of what has no answer where the finding counts it, and of
falls of a waterfall: their bars look like those of rises, and are hollow."""
SHAPES = ("bar", "thin", "total", "line", "dot", "ring", "ringed", "link", "range")
"""A thin bar is of several names together. A total is a line, with its words beside it. A ringed dot is
smaller than one alone, in a grey ring. A link goes up to the bar of the row above, from where it ends. A
range is a bracket under bars, between the bounds of a share."""
ROLES = (*_ROLES, *_OUTLINED)
"""What the colour of a mark means: its weight in the figure, or a status."""


def sheet() -> str:
    """Return the style sheet."""
    filled = "".join(f".m-{role}{{fill:var(--{name});stroke:var(--{name})}}" for role, name in _ROLES.items())
    outlined = "".join(
        f".m-{role}{{fill:var(--{fill});stroke:var(--{name});stroke-width:1.4}}"
        for role, (fill, name) in _OUTLINED.items()
    )
    return filled + outlined + (Path(__file__).with_suffix(".css")).read_text("utf-8")
