"""Files changed at random are accepted or refused: nothing else happens."""

import pytest

pytest.importorskip("resource", reason="memory is measured by what only Unix has")

from tests.fuzz.fuzz import SEEDS, fuzz


@pytest.mark.slow
def test_files_changed_at_random_are_accepted_or_refused(tmp_path, capsys):
    outcomes = fuzz(seconds=10, seed=0, folder=tmp_path)
    with capsys.disabled():
        print(f"\n{outcomes}")
    assert outcomes.share(outcomes.reached_rows, ".xlsx") >= 0.5
    assert min(outcomes.accepted[".xlsx"], outcomes.accepted[".csv"]) > 0


def test_each_seed_has_an_allowed_outcome(tmp_path):
    outcomes = fuzz(seconds=0, seed=0, folder=tmp_path)
    assert (outcomes.accepted + outcomes.refused).total() == len(list(SEEDS.iterdir()))
