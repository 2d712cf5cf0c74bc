"""What tests of builds share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.build.benches import trusted


@pytest.fixture(scope="module", autouse=True)
def benches_are_trusted() -> Iterator[None]:
    """Publish what a bench makes."""
    with trusted():
        yield
