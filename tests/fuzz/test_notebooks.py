"""Whatever a notebook holds, its document is made, or it is refused with a message of ours, in time."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("resource", reason="each notebook runs in a process forked for it")

from tests.fuzz.notebook_mutations import run, write_project
from tests.fuzz.outcomes import is_right

SEEDS = range(3_000_000, 3_000_015)  # others than those that are run by hand


@pytest.mark.slow
def test_a_mutated_notebook_is_published_or_refused_and_nothing_else(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    for seed in SEEDS:
        kind, found = run(project, seed)
        assert is_right(found), f"seed {seed}, {kind}, {found.seconds:.1f} s: {found.name}\n{found.report}"
