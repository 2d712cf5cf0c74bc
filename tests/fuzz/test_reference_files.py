"""Whatever a reference file holds, it is accepted, or refused with a message of ours, in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.outcomes import is_right
from tests.fuzz.reference_mutations import copy_project, run

SEEDS = range(3_000_000, 3_000_050)  # others than those that are run by hand


@pytest.mark.slow
def test_a_mutated_reference_file_is_accepted_or_refused_and_nothing_else(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    for seed in SEEDS:
        file, found = run(project, seed)
        assert is_right(found), f"seed {seed}, {file}, {found.seconds:.1f} s: {found.report}"
