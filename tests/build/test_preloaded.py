"""The module that prepares the process that others are forked from, as it is imported."""

from __future__ import annotations

import gc
import sys

import pytest

from portrait.build.processes import PRELOAD, Processes, is_safe


def state() -> tuple[bool, bool, int]:
    """Return whether the module and what it imports are there, and how many objects are never collected."""
    is_there = PRELOAD in sys.modules
    from portrait.build import preloaded

    return is_there, hasattr(preloaded, "import_everything") and "typst" in sys.modules, gc.get_freeze_count()


@pytest.mark.skipif(not is_safe(), reason="only Linux forks safely")
def test_a_forked_process_shares_what_was_imported_and_never_collects_it():
    is_there, is_prepared, n_frozen = Processes().call(state)
    assert is_there
    assert is_prepared
    assert n_frozen > 100_000
