"""The scale benchmark: its input file, and a run."""

import pytest

from portrait.ingest.harmonisation import harmonise
from portrait.ingest.published import read_published
from portrait.registers.schema import load_source
from tests.benchmarks import scale

N_ROWS = 3000


@pytest.fixture(scope="module")
def repeated(tmp_path_factory):
    """Write the rows of the embedded sample of Québec, repeated up to 3000."""
    path = tmp_path_factory.mktemp("scale") / "2025.csv"
    source = load_source("quebec", scale.PROJECT)
    original = scale.PROJECT / "data" / "sample" / "quebec" / "2025.csv"
    scale.write_repeated(original, path, source, N_ROWS, reworded=0.5)
    return source, original, path


def test_the_file_has_the_requested_number_of_rows_all_initiatives_or_quarantined(repeated):
    source, _, path = repeated
    published = read_published(path, source.columns[2025])
    harmonised = harmonise(published, source, 2025)
    assert published.facts.n_rows == N_ROWS
    assert len(harmonised.initiatives) + len(harmonised.quarantine) == N_ROWS
    assert set(harmonised.quarantine["reason"]) == {"cut"}


def test_repeated_rows_have_different_titles_and_some_different_texts(repeated):
    source, original, path = repeated
    before, rows = (read_published(each, source.columns[2025]).rows for each in (original, path))
    assert rows["name"].nunique() > len(before)
    assert rows["benefits"].nunique() > before["benefits"].nunique()


def test_the_file_is_deterministic(repeated, tmp_path):
    source, original, path = repeated
    scale.write_repeated(original, tmp_path / "again.csv", source, N_ROWS, reworded=0.5)
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_the_benchmark_measures_every_step(capsys, monkeypatch):
    monkeypatch.delenv("PORTRAIT_REAL_DATA", raising=False)
    assert scale.main(["--rows", str(N_ROWS), "--runs", "1"]) in (0, 1)
    printed = capsys.readouterr().out
    for step in (scale.BASELINE, *scale.STEPS, scale.ALL_STEPS):
        assert step in printed
