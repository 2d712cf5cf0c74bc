"""Figures that changed since they were published, with their marks and reasons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput, WrongCall
from portrait.indicators import revisions
from portrait.registers.schema import load_source
from tests import small

FIRST_YEAR = [small.row(), small.row("Lecture de plans", status=small.DEVELOPMENT)]


@pytest.fixture
def project(tmp_path):
    """A project of two years, with two initiatives in the first and a copy of the reference files."""
    small.copy_references(tmp_path)
    small.write_year(tmp_path / "data" / "raw", 2024, FIRST_YEAR)
    small.write_year(tmp_path / "data" / "raw", 2025, [small.row("Tri des demandes")])
    return tmp_path


def opened(project: Path, year: int = 2025) -> Edition:
    return open_edition("quebec", year, project=project)


def publish(project: Path, year: int) -> None:
    """Release an edition: write its manifest as a build does, and keep it as `portrait release` does."""
    edition = opened(project, year)
    manifest = project / "manifest.json"
    records = [revisions.year_record(each) for each in (*edition.earlier, edition)]
    manifest.write_text(json.dumps({"year": year, "years": records}), "utf-8")
    revisions.keep_release(manifest, load_source("quebec", project))


def changes(project: Path) -> dict[tuple[str, str], tuple[int, int, str, str]]:
    return {
        (each.figure, each.name): (each.before, each.after, each.mark, each.reason)
        for each in revisions.revisions(opened(project)).itertuples()
    }


def test_an_edition_without_an_earlier_release_has_no_revision(project):
    assert revisions.last_release(opened(project)) is None
    assert changes(project) == {}


def test_unchanged_figures_are_not_revisions(project):
    publish(project, 2024)
    assert revisions.last_release(opened(project)) == 2024
    assert changes(project) == {}


def test_a_release_whose_rows_are_left_out_is_not_compared(project):
    reconstructed = [small.row("Initiative reconstituée 2024-001")]
    small.write_year(project / "data" / "raw", 2024, reconstructed)
    publish(project, 2024)
    assert opened(project).left_out == (2024,)
    assert revisions.last_release(opened(project)) is None


def test_a_reissued_file_with_a_new_row_revises_the_counts_of_that_row(project):
    publish(project, 2024)
    again = [*FIRST_YEAR, small.row("Aide à la rédaction", body="Régie des essais")]
    small.write_year(project / "data" / "raw", 2024, again)
    assert changes(project) == {
        ("n_initiatives", ""): (2, 3, "R", "reissued"),
        ("n_bodies", ""): (1, 2, "R", "reissued"),
        ("by_status", "production"): (1, 2, "R", "reissued"),
        ("by_category", small.ASSISTANT): (2, 3, "R", "reissued"),
        ("by_portfolio_folded", "Justice"): (2, 3, "R", "reissued"),
    }


def test_official_rows_in_place_of_reconstructed_ones_are_no_reissued_file(project):
    small.write_year(project / "data" / "raw", 2025, [small.row("Initiative reconstituée 2025-001")])
    publish(project, 2025)
    small.write_year(project / "data" / "raw", 2025, [small.row("Tri"), small.row("Lecture")])
    assert changes(project)["n_initiatives", ""] == (1, 2, "R", "official")


def test_a_newly_recorded_label_revises_the_groups_that_it_changes(project):
    bespoke = [small.row(), small.row("Lecture de plans", category="Dialogueur")]
    small.write_year(project / "data" / "raw", 2024, bespoke)
    publish(project, 2024)
    with (project / "data" / "reference" / "quebec" / "labels.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"category,Dialogueur,{small.ASSISTANT},2024,,a test,Portrait\n")
    assert changes(project) == {
        ("by_category", small.ASSISTANT): (1, 2, "R", "recoded"),
        ("by_category", "unclassified"): (1, 0, "R", "recoded"),
    }


def test_a_recorded_correction_of_a_cell_corrects_the_figures(project):
    publish(project, 2024)
    (project / "data" / "reference" / "quebec" / "corrections.yml").write_text(
        "corrections:\n"
        f"- {{year: 2024, row: 3, field: status, expected: {small.DEVELOPMENT}, "
        f"value: {small.PRODUCTION}, reason: a test, author: Portrait}}\n",
        "utf-8",
    )
    assert {key: value[:3] for key, value in changes(project).items()} == {
        ("by_status", "production"): (1, 2, "C"),
        ("by_status", "development"): (1, 0, "C"),
    }


def test_a_figure_changed_only_by_the_program_is_corrected(project):
    publish(project, 2024)
    release = project / "data" / "reference" / "quebec" / "releases" / "2024.json"
    manifest = json.loads(release.read_text("utf-8"))
    manifest["years"][0]["figures"]["n_bodies"] = 7
    release.write_text(json.dumps(manifest), "utf-8")
    assert changes(project) == {("n_bodies", ""): (7, 1, "C", "recomputed")}


def test_this_year_is_compared_with_its_own_release(project):
    publish(project, 2025)
    small.write_year(project / "data" / "raw", 2025, [small.row("Tri des demandes")] * 2)
    assert revisions.last_release(opened(project)) is None
    table = revisions.revisions(opened(project))
    totals = table[table["figure"] == "n_initiatives"]
    assert totals[["year", "released", "before", "after"]].values.tolist() == [[2025, 2025, 1, 2]]


def test_an_earlier_year_is_compared_with_the_previous_release_not_this_one(project):
    publish(project, 2024)
    small.write_year(project / "data" / "raw", 2024, [*FIRST_YEAR, small.row("Aide à la rédaction")])
    publish(project, 2025)
    table = revisions.revisions(opened(project))
    totals = table[table["figure"] == "n_initiatives"]
    assert totals[["year", "released", "before", "after"]].values.tolist() == [[2024, 2024, 2, 3]]


def test_the_record_of_a_year_ignores_names_and_corrections_of_other_years(project):
    def first_year() -> dict[str, object]:
        return revisions.year_record(opened(project, 2024))

    folder = project / "data" / "reference" / "quebec"
    small.write_year(project / "data" / "raw", 2024, [small.row(category="Dialogueur")])
    before = first_year()
    with (folder / "labels.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"category,Dialogueur,{small.ASSISTANT},2025,,a test,Portrait\n")
    (folder / "corrections.yml").write_text(
        f"corrections:\n- {{year: 2025, row: 2, field: status, expected: {small.PRODUCTION}, "
        f"value: {small.DEVELOPMENT}, reason: a test, author: Portrait}}\n",
        "utf-8",
    )
    assert first_year() == before


def test_the_error_for_a_damaged_release_names_the_file(project):
    publish(project, 2024)
    release = project / "data" / "reference" / "quebec" / "releases" / "2024.json"
    release.write_text("[]", "utf-8")
    with pytest.raises(RefusedInput, match=r"releases/2024\.json: this is not a JSON object\. Restore"):
        opened(project)


def test_the_error_for_a_release_not_named_by_a_year_names_the_file(project):
    publish(project, 2024)
    releases = project / "data" / "reference" / "quebec" / "releases"
    (releases / "2024.json").rename(releases / "last.json")
    with pytest.raises(RefusedInput, match=r"releases/last\.json.*2025\.json"):
        revisions.revisions(opened(project))


def test_a_release_is_a_copy_of_the_manifest_under_its_year(project):
    manifest = project / "manifest.json"
    manifest.write_text('{"year": 2025, "years": []}', "utf-8")
    kept = revisions.keep_release(manifest, load_source("quebec", project))
    assert kept == project / "data" / "reference" / "quebec" / "releases" / "2025.json"
    assert kept.read_text("utf-8") == '{"year": 2025, "years": []}'


def test_an_edition_must_be_built_before_it_is_released(project):
    with pytest.raises(WrongCall, match="portrait build"):
        revisions.keep_release(project / "nowhere" / "manifest.json", load_source("quebec", project))
