"""Fixture of the figures: the canvases that a test draws."""

from __future__ import annotations

import pytest

from portrait.figures import picture


@pytest.fixture
def canvases(monkeypatch):
    """The matplotlib canvases drawn in a test, in order."""
    seen = []
    write = picture.svg_of

    def keep(canvas, fonttype):
        if canvas not in seen:
            seen.append(canvas)
        return write(canvas, fonttype)

    monkeypatch.setattr(picture, "svg_of", keep)
    return seen
