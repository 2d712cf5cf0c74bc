"""What tests share: the pool in which documents are made, as one build has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.build.pool import LocalPool, local_pool

# A process that documents are forked from imports nothing of the folder it starts in: not our tests either.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
)


@pytest.fixture(scope="session")
def pool() -> Iterator[LocalPool]:
    """Documents made two at once, each in a process of its own."""
    with local_pool(2) as pool:
        yield pool
