"""Whatever a manifest or another record of ours holds, it is believed, or not, or refused, in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.outcomes import is_right
from tests.fuzz.record_mutations import run, write_published

SEEDS = range(3_000_000, 3_000_008)  # others than those that are run by hand


@pytest.mark.slow
def test_a_mutated_record_is_used_or_refused_and_harms_no_other_file(tmp_path: Path) -> None:
    published = write_published(tmp_path / "published")
    for seed in SEEDS:
        kind, found = run(published, tmp_path, seed)
        assert is_right(found), f"seed {seed}, {kind}, {found.seconds:.1f} s: {found.name}\n{found.report}"
