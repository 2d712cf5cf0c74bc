"""Cells that the published tables show otherwise than the files: each listed, applied and undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.editions.opening import open_with_file
from portrait.facts.published import published_tables
from portrait.ingest.initiatives import OPTIONAL
from portrait.language.periods import edition_period
from portrait.registers.source import FIELDS, SAFEGUARDS
from tests import small
from tests.agencies import write_agencies
from tests.exhaustive import exhaustive
from tests.narrative import random_years
from tests.published import PROJECT
from tests.real_data import REAL_DATA, needs_real_data

_HELD = (*FIELDS, *SAFEGUARDS, *OPTIONAL)


def changes(tables) -> Iterator[tuple[str, str, str, str, str]]:
    cells = tables["recoded-cells"]
    columns = (cells[each] for each in ("row", "field", "before", "after", "rule"))
    return zip(*columns, strict=True)


def test_each_cell_shown_otherwise_is_listed_with_its_rule(tmp_path: Path) -> None:
    rows = [
        small.row("Tri\ndu courrier", body="", status="Étape inconnue"),
        small.row("Plan", category="", status="production"),
    ]
    data = small.write_year(tmp_path, 2025, rows)
    edition, _ = open_with_file("quebec", 2025, data=data, project=PROJECT)
    tables = published_tables(edition)
    assert sorted(changes(tables)) == [
        ("2", "body", "", "Justice", "portfolio"),
        ("2", "name", "Tri\ndu courrier", "Tri du courrier", "text"),
        ("2", "status", "Étape inconnue", "unclassified", "unlisted"),
        ("3", "category", "", "unknown", "blank"),
    ]
    cells = tables["recoded-cells"]
    assert set(cells["file"]) == {"2025.csv"}
    assert set(cells["column"]) == {"Organisme public", "Nom de l'initiative", "Statut", "Catégorie"}


def test_a_recorded_name_has_its_evidence_and_no_person_where_the_program_recorded_it(
    tmp_path: Path,
) -> None:
    data = small.write_year(tmp_path, 2025, [small.row(body="MAPAQ")])
    edition, _ = open_with_file("quebec", 2025, data=data, project=PROJECT)
    cells = published_tables(edition)["recoded-cells"].set_index("field")
    assert tuple(cells.loc["body", ["before", "rule", "evidence", "person"]]) == (
        "MAPAQ",
        "bodies.csv",
        "name in current use; body: Loi sur les ministères",
        "",
    )
    assert cells.loc["status", "rule"] == "labels.csv"


def test_each_reading_has_its_rule_and_who_recorded_it_even_where_the_value_is_kept(tmp_path: Path) -> None:
    """Both names of the body are recorded in bodies.csv; the portfolio is kept without a rule."""
    kept = "Ministère de l'Agriculture, des Pêcheries et de l'Alimentation"
    data = small.write_year(tmp_path, 2025, [small.row(body="MAPAQ"), small.row(body=kept, category="")])
    edition, _ = open_with_file("quebec", 2025, data=data, project=PROJECT)
    read = published_tables(edition)["recodings"].set_index(["field", "published"])
    assert tuple(read.loc[("body", "MAPAQ"), ["rule", "person"]]) == ("bodies.csv", "")
    assert tuple(read.loc[("body", kept), ["rule", "person"]]) == ("bodies.csv", "")
    assert tuple(read.loc[("category", ""), ["rule", "evidence", "person"]]) == ("blank", "", "")
    assert tuple(read.loc[("portfolio", "Justice"), ["rule", "evidence", "person"]]) == ("", "", "")


def test_a_portfolio_that_is_not_folded_is_kept_without_the_rule_that_folds_another(tmp_path: Path) -> None:
    data = small.write_year(tmp_path, 2025, [small.row(portfolio="Santé et Services sociaux")])
    edition, _ = open_with_file("quebec", 2025, data=data, project=PROJECT)
    read = published_tables(edition)["recodings"].set_index("field")
    assert tuple(read.loc["portfolio_folded", ["value", "rule"]]) == ("Santé et Services sociaux", "")


def test_a_correction_comes_with_its_reason_and_its_author(tmp_path: Path) -> None:
    project = random_years.make_project(tmp_path / "project")
    fix = {"year": 2025, "row": 2, "field": "name", "expected": "Trii", "value": "Tri"}
    fixes = {"corrections": [{**fix, "reason": "typing error", "author": "A. Roy"}]}
    (project / "data/reference/quebec/corrections.yml").write_text(json.dumps(fixes), "utf-8")
    data = small.write_year(tmp_path, 2025, [small.row("Trii")])
    edition, _ = open_with_file("quebec", 2025, data=data, project=project)
    cells = published_tables(edition)["recoded-cells"].set_index("field")
    assert list(cells.loc["name", ["before", "after", "rule", "evidence", "person"]]) == [
        "Trii",
        "Tri",
        "corrections.yml",
        "typing error",
        "A. Roy",
    ]


def test_a_cell_of_an_edition_of_several_files_is_found_in_its_own(tmp_path: Path) -> None:
    project = write_agencies(tmp_path)
    edition, _ = open_with_file("agencies", 2023, data="", project=project)
    cells = published_tables(edition)["recoded-cells"]
    status = cells[(cells["field"] == "status") & (cells["file"] == "gsa_2023.csv")]
    assert status[["row", "file_row", "column", "before", "after"]].to_numpy().tolist() == [
        ["2000004", "4", "Stage of Life Cycle", "Implementation", "production"]
    ]


@pytest.mark.slow
@needs_real_data
@pytest.mark.parametrize(
    ("source", "year"),
    [
        pytest.param("us-federal", 2024, marks=exhaustive),
        pytest.param("us-federal", 2025, marks=exhaustive),
        ("ca-federal", 2025),
        pytest.param("nl", "2026-06-15", marks=exhaustive),
        pytest.param("nl", "2026-07-15", marks=exhaustive),
        ("uk", "2026-08"),
    ],
)
def test_the_list_applied_to_an_official_file_gives_the_table_and_undone_the_file(source, year) -> None:
    edition, file = open_with_file(source, edition_period(str(year)), data=str(REAL_DATA), project=PROJECT)
    tables = published_tables(edition)
    own, listed = (
        tables[name][tables[name]["edition"] == str(year)] for name in ("initiatives", "recoded-cells")
    )
    own = own.set_index("row")
    cells = file.rows.assign(row=file.rows["row"].astype(str)).set_index("row").loc[own.index]
    fields = [each for each in _HELD if each in cells]
    applied, undone = cells[fields].copy(), own[fields].copy()
    for row, field, before, after in listed[["row", "field", "before", "after"]].itertuples(index=False):
        if field in fields:
            applied.loc[row, field], undone.loc[row, field] = after, before
    assert len(own) > 100
    assert applied.astype(str).equals(own[fields].astype(str))
    assert undone.astype(str).equals(cells[fields].astype(str))
