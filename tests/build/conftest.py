"""What tests of builds share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portrait.build import publication


@pytest.fixture(scope="module", autouse=True)
def benches_are_trusted() -> Iterator[None]:
    """Publish what a bench makes: its documents hold their name, and no table that a sentence could miss."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication, "refuse_disagreement", lambda folder, out_of_date=(): None)
        yield
