"""What the versions of a file change, as the verbs print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.errors import WrongCall
from portrait.fetch import official
from portrait.revisions.versions import told_official, told_versions
from tests import small

ROWS = [small.row("Tri", benefits="2026-01-05"), small.row("Lecture")]


@pytest.fixture
def project(tmp_path):
    small.copy_references(tmp_path, [])
    return tmp_path


def bring(project: Path, rows: list) -> official.Fetched:
    """Bring the file of 2025 by hand, with these rows."""
    small.write_year(project / "brought", 2025, rows)
    (fetched,) = official.bring("quebec", [project / "brought" / "quebec" / "2025.csv"], project=project)
    return fetched


def test_a_waiting_version_is_told_in_both_languages_with_its_first_differences(project):
    bring(project, ROWS)
    waiting = bring(
        project, [small.row("Tri", benefits="2026-02-05"), small.row("Aide"), small.row("Lecture")]
    )
    place = f"data/review/quebec/2025-versions-{waiting.snapshot.short}.csv"
    lines = list(told_versions("quebec", 2025, project=project))
    assert lines[1].startswith(
        "Elle est plus récente (date la plus récente des lignes : 2026-01-05 → 2026-02"
    )
    assert "changed, in the columns that are used: 1; removed: 0; added: 1; in another order: 0." in lines[3]
    assert lines[6:] == ["  ~ 2 Tri | benefits: 2026-01-05 → 2026-02-05", "  + 3 Aide", f"  {place}"]
    assert (project / place).is_file()


def test_a_file_of_another_folder_is_compared_with_the_one_in_use_and_nothing_is_written(project):
    bring(project, ROWS)
    other = project / "other"
    small.write_year(other, 2025, [ROWS[1]])
    lines = list(told_versions("quebec", 2025, project=project, data=other, writes=False, languages=["en"]))
    assert "changed, in the columns that are used: 0; removed: 1; added: 0; in another order: 0." in lines[0]
    assert lines[2].endswith(f"--edition 2025 --from {(other / 'quebec' / '2025.csv').as_posix()}.")
    assert lines[3] == "  - 2 Tri"
    assert not (project / "data" / "review").exists()
    assert list(told_versions("quebec", 2025, project=project, data=project / "data" / "raw")) == []


def test_an_edition_without_a_waiting_version_is_told_nothing(project):
    bring(project, ROWS)
    assert list(told_versions("quebec", None, project=project)) == []


def test_the_first_official_file_replaces_the_reconstruction_and_is_no_new_version(project):
    small.write_year(project / "data" / "sample", 2025, [small.row("Initiative reconstituée 2025-001")])
    fetched = bring(project, ROWS)
    assert (fetched.state, fetched.is_first_official) == ("new", True)
    assert list(told_versions("quebec", 2025, project=project)) == []
    assert list(told_official("quebec", 2025, project=project)) == [
        "Les lignes officielles de 2025 prennent la place de la reconstitution.",
        "The official rows of 2025 take the place of the reconstruction.",
    ]


def test_a_version_of_one_of_several_files_is_compared_with_those_in_use(project):
    in_use, other = (project / "data" / each / "quebec" / "2025" for each in ("raw", "other"))
    source = project / "data" / "reference" / "quebec" / "source.yml"
    text = source.read_text("utf-8")
    source.write_text(
        text.replace("  2025:\n", "  2025:\n    files: [{file: a.csv}, {file: b.csv}]\n"), "utf-8"
    )
    for folder, second in ((in_use, ROWS[1:]), (other, [small.row("Lecture", benefits="Autre")])):
        folder.mkdir(parents=True)
        for name, rows in (("a.csv", ROWS[:1]), ("b.csv", second)):
            small.write_year(project / "brought", 2025, rows)
            (project / "brought" / "quebec" / "2025.csv").rename(folder / name)
    lines = list(
        told_versions(
            "quebec", 2025, project=project, data=project / "data" / "other", writes=False, languages=["en"]
        )
    )
    assert "changed, in the columns that are used: 1; removed: 0; added: 0; in another order: 0." in lines[0]
    assert lines[2] == "To use it, replace the files of data/raw/quebec/2025/ by its own."
    assert lines[3] == "  ~ b.csv 2 Lecture | benefits: Gain de temps → Autre"
    with pytest.raises(WrongCall, match=r"Put them in data/raw/quebec/2025/"):
        official.bring("quebec", [other / "b.csv"], project=project, year=2025)
