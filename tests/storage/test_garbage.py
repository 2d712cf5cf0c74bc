"""Imports during which no garbage is collected."""

import gc

import pytest

from portrait.storage.garbage import BETWEEN_COLLECTIONS, uncollected


def test_nothing_is_collected_in_the_block_and_what_it_made_is_in_no_later_collection() -> None:
    before = gc.get_freeze_count()
    try:
        with uncollected():
            assert not gc.isenabled()
            kept = [[] for _ in range(100)]
        assert gc.isenabled()
        assert gc.get_threshold()[0] == BETWEEN_COLLECTIONS
        assert gc.get_freeze_count() >= before + len(kept)
    finally:
        gc.unfreeze()


def test_collections_go_on_after_a_block_that_fails() -> None:
    try:
        with pytest.raises(ValueError, match="x"), uncollected():
            raise ValueError("x")
        assert gc.isenabled()
    finally:
        gc.unfreeze()
