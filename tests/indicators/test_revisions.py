"""Figures that changed since they were published: found, marked, and told apart by their reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from portrait import tables
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput, WrongCall
from portrait.indicators import revisions
from portrait.registers.schema import load_source
from tests import small

PROJECT = Path(__file__).parents[2]
FIRST_YEAR = [small.row(), small.row("Lecture de plans", status=small.DEVELOPMENT)]


@pytest.fixture
def project(tmp_path):
    """A project of two years, two initiatives in the first, whose reference files a test may change."""
    shutil.copytree(PROJECT / "data" / "reference", tmp_path / "data" / "reference")
    small.write_year(tmp_path / "data" / "raw", 2024, FIRST_YEAR)
    small.write_year(tmp_path / "data" / "raw", 2025, [small.row("Tri des demandes")])
    return tmp_path


def opened(project: Path, year: int = 2025) -> Edition:
    return open_edition("quebec", year, project=project)


def publish(project: Path, year: int) -> None:
    """Keep the figures of an edition as a build would leave them and `portrait release` keep them."""
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


def test_an_edition_that_follows_no_published_one_revises_nothing(project):
    assert revisions.last_release(opened(project)) is None
    assert changes(project) == {}


def test_figures_that_stay_as_published_are_not_revised(project):
    publish(project, 2024)
    assert revisions.last_release(opened(project)) == 2024
    assert changes(project) == {}


def test_an_edition_published_on_rows_that_are_not_used_here_is_not_said_to_be_unchanged(project):
    reconstructed = [small.row("Initiative reconstituée 2024-001")]
    small.write_year(project / "data" / "raw", 2024, reconstructed)
    publish(project, 2024)
    assert opened(project).left_out == (2024,)
    assert revisions.last_release(opened(project)) is None


def test_a_file_issued_again_with_a_row_more_revises_what_that_row_counts_in(project):
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


def test_a_label_recorded_since_revises_the_groups_it_moves(project):
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


def test_a_figure_that_only_the_program_counts_otherwise_is_corrected(project):
    publish(project, 2024)
    release = project / "data" / "reference" / "quebec" / "releases" / "2024.json"
    manifest = json.loads(release.read_text("utf-8"))
    manifest["years"][0]["figures"]["n_bodies"] = 7
    release.write_text(json.dumps(manifest), "utf-8")
    assert changes(project) == {("n_bodies", ""): (7, 1, "C", "recomputed")}


def test_this_year_is_compared_with_itself_where_it_was_published_already(project):
    publish(project, 2025)
    small.write_year(project / "data" / "raw", 2025, [small.row("Tri des demandes")] * 2)
    assert revisions.last_release(opened(project)) is None
    table = revisions.revisions(opened(project))
    totals = table[table["figure"] == "n_initiatives"]
    assert totals[["year", "released", "before", "after"]].values.tolist() == [[2025, 2025, 1, 2]]


def test_an_earlier_year_is_compared_with_the_edition_before_and_not_with_this_one(project):
    publish(project, 2024)
    small.write_year(project / "data" / "raw", 2024, [*FIRST_YEAR, small.row("Aide à la rédaction")])
    publish(project, 2025)
    table = revisions.revisions(opened(project))
    totals = table[table["figure"] == "n_initiatives"]
    assert totals[["year", "released", "before", "after"]].values.tolist() == [[2024, 2024, 2, 3]]


def test_what_is_recorded_for_another_year_is_no_reason_for_this_one(project):
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


def test_the_table_names_the_figure_the_mark_and_the_reason_in_words(project):
    publish(project, 2024)
    small.write_year(project / "data" / "raw", 2024, FIRST_YEAR[:1])
    edition = opened(project)
    made = tables.revisions(revisions.revisions(edition), edition, "fr")
    assert ("2024", "Initiatives", "2024", "R", "fichier republié", "2", "1", "-1") in [
        (*row[:7], row[7].replace("−", "-")) for row in made.rows
    ]


def test_a_release_that_is_no_manifest_is_refused_by_its_name(project):
    publish(project, 2024)
    release = project / "data" / "reference" / "quebec" / "releases" / "2024.json"
    release.write_text("[]", "utf-8")
    with pytest.raises(RefusedInput, match=r"releases/2024\.json") as refusal:
        revisions.revisions(opened(project))
    assert "portrait release" in str(refusal.value)


def test_a_release_that_no_year_names_is_refused_by_its_name(project):
    publish(project, 2024)
    releases = project / "data" / "reference" / "quebec" / "releases"
    (releases / "2024.json").rename(releases / "last.json")
    with pytest.raises(RefusedInput, match=r"releases/last\.json.*2025\.json"):
        revisions.revisions(opened(project))


def test_an_edition_that_was_not_built_cannot_be_recorded_as_published(project):
    with pytest.raises(WrongCall, match="portrait build"):
        revisions.keep_release(project / "nowhere" / "manifest.json", load_source("quebec", project))
