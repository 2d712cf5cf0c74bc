"""Whatever a notebook, a record of ours or a reference file holds, it is used, or refused, in time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("resource", reason="each notebook runs in a process forked for it")

from tests.fuzz import notebook_mutations, record_mutations, reference_mutations
from tests.fuzz.outcomes import Outcome, is_right

FIRST = 3_000_000
"""First seed: those that are run by hand begin at 0."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("prepare", "run", "n_mutations"),
    [
        pytest.param(notebook_mutations.write_project, notebook_mutations.run, 15, id="notebooks"),
        pytest.param(record_mutations.write_published, record_mutations.run, 8, id="records"),
        pytest.param(reference_mutations.copy_project, reference_mutations.run, 50, id="reference files"),
    ],
)
def test_a_mutated_file_is_used_or_refused_and_nothing_else(
    tmp_path: Path,
    prepare: Callable[[Path], Any],
    run: Callable[[Any, int], tuple[str, Outcome]],
    n_mutations: int,
) -> None:
    project = prepare(tmp_path / "project")
    for seed in range(FIRST, FIRST + n_mutations):
        kind, found = run(project, seed)
        assert is_right(found), f"seed {seed}, {kind}, {found.seconds:.1f} s: {found.name}\n{found.report}"
