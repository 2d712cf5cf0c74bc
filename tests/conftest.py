"""What tests share: the pool in which documents are made, as one build has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portrait.batching import LocalPool, local_pool


@pytest.fixture(scope="session")
def pool() -> Iterator[LocalPool]:
    """Documents made two at once, each in a process of its own."""
    with local_pool(2) as pool:
        yield pool
