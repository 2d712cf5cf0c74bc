"""Versions of the files of a report, from the record of fetches."""

from __future__ import annotations

from pathlib import Path

from portrait.editions.opening import open_edition
from portrait.facts.published import published_tables
from portrait.facts.revised import revised
from portrait.fetch import acceptance, official
from portrait.indicators.versions import file_versions
from tests import small

FIRST = [small.row("Tri"), small.row("Lecture", status=small.DEVELOPMENT)]
SECOND = [small.row("Tri"), small.row("Lecture"), small.row("Aide")]
THIRD = [small.row("Tri")]


def bring(project: Path, rows: list) -> None:
    small.write_year(project / "brought", 2025, rows)
    official.bring("quebec", [project / "brought" / "quebec" / "2025.csv"], project=project)


def test_each_version_has_its_state_and_what_it_changed(project):
    bring(project, FIRST)
    bring(project, SECOND)
    acceptance.accept("quebec", project=project, is_newer=True)
    bring(project, THIRD)
    acceptance.keep("quebec", project=project)
    edition = open_edition("quebec", 2025, project=project)
    found = file_versions(edition)
    columns = ["edition", "state", "rows", "rows_changed", "rows_removed", "rows_added"]
    # "Lecture" changes its status, and "Aide" is added.
    assert found[columns].astype(object).where(found[columns].notna(), None).values.tolist() == [
        ["2025", "replaced", 2, None, None, None],
        ["2025", "in use", 3, 1, 0, 1],
        ["2025", "kept out", 1, None, None, None],
    ]
    published = published_tables(edition)["versions"]
    assert published["rows_changed"].tolist() == ["", "1", ""]


def test_a_file_with_one_version_is_not_told_in_the_report(project):
    bring(project, FIRST)
    edition = open_edition("quebec", 2025, project=project)
    assert file_versions(edition)["state"].tolist() == ["in use"]
    assert revised(edition).versions.empty


def test_a_file_that_is_not_the_recorded_one_has_no_version(project):
    bring(project, FIRST)
    small.write_year(project / "elsewhere", 2025, SECOND)
    assert file_versions(open_edition("quebec", 2025, data=project / "elsewhere", project=project)).empty
