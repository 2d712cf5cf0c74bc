"""Shared fixtures: the pool of processes that builds documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.build.pool import LocalPool, local_pool

# The process that forks documents does not import from its current folder: put the tests on the path.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
)


@pytest.fixture(scope="session")
def pool() -> Iterator[LocalPool]:
    """A pool that builds two documents at once, each in its own process."""
    with local_pool(2) as pool:
        yield pool
