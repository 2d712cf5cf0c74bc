"""The highlights of the report that another version of a file would change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portrait.registers.schema import load_source
from portrait.revisions.highlights import changed_highlights, told
from tests import small

PROJECT = Path(__file__).parents[2]
ROWS = [small.row(f"Projet {number}", body=f"Bureau {number}") for number in range(12)]


@pytest.fixture
def project(tmp_path):
    """A project with the chapter of the highlights and a file of 2024."""
    small.copy_references(tmp_path)
    chapter = Path("notebooks", "annual", "01-essentials.ipynb")
    (tmp_path / chapter).parent.mkdir(parents=True)
    shutil.copyfile(PROJECT / chapter, tmp_path / chapter)
    small.write_year(tmp_path / "data" / "raw", 2024, ROWS)
    return tmp_path


def changes(project: Path, before: list, after: list, language: str = "en"):
    source = load_source("quebec", project)
    files = []
    for name, rows in (("before", before), ("after", after)):
        small.write_year(project / name, 2025, rows)
        files.append(project / name / "quebec" / "2025.csv")
    return changed_highlights(source, 2025, *files, project=project, language=language)


def test_a_project_without_the_chapter_tells_no_highlight(project):
    shutil.rmtree(project / "notebooks")
    assert changes(project, ROWS, ROWS[:11]) is None


@pytest.mark.slow
def test_a_row_more_changes_the_highlights_that_count_it_and_no_other(project):
    found = changes(project, [*ROWS, small.row("A")], [*ROWS, small.row("A"), small.row("B", body="Régie")])
    pairs = [pair for pair in found.changes if "13" in pair[0]]
    assert pairs
    assert "14" in pairs[0][1]
    assert changes(project, ROWS, list(reversed(ROWS))).changes == ()


@pytest.mark.slow
def test_a_version_that_cannot_be_read_is_told_with_the_reason(project):
    small.write_year(project / "other", 2025, ROWS)
    broken = project / "other" / "quebec" / "2025.csv"
    broken.write_bytes(b"Nom,Bureau\nTri,Justice\n")
    source = load_source("quebec", project)
    found = changed_highlights(source, 2025, broken, broken, project=project, language="fr")
    (line,) = told(found, "fr")
    assert line.startswith("L’effet sur les faits saillants ne peut pas être calculé : ")
    assert "2025.csv" in line
