"""Shared fixtures: the pool of processes that builds documents, and the canvases that a test draws."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.build.pool import LocalPool, local_pool
from portrait.figures import svg

# The process that forks documents does not import from its current folder: put the tests on the path.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
)


@pytest.fixture(scope="session")
def pool() -> Iterator[LocalPool]:
    """A pool that builds two documents at once, each in its own process."""
    with local_pool(2) as pool:
        yield pool


@pytest.fixture
def canvases(monkeypatch):
    """The matplotlib canvases drawn in a test, in order."""
    seen = []
    write = svg.svg_of

    def keep(canvas):
        seen.append(canvas)
        return write(canvas)

    monkeypatch.setattr(svg, "svg_of", keep)
    return seen
