"""A source that is not known is laid out from one of its files, and waits for a person."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
import typer
import yaml

from portrait.cli.files import check
from portrait.curation.new_source import lay_out_source, write_source
from portrait.editions.opening import open_edition
from portrait.errors import RefusedReferences, WrongCall
from portrait.indicators import comparisons
from portrait.registers.columns import NOT_FOUND
from portrait.registers.declared import SCHEMA
from portrait.registers.schema import load_source
from tests import small

FILE = """Use Case Name,Agency,Stage of Development,Remark
Mail sorting,Treasury,Operation and Maintenance,a
Plan reading,Justice,On hold,b
Chatbot,Justice,On hold,c
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    small.copy_references(tmp_path, ["ca-federal", "us-federal"])
    (tmp_path / "list.csv").write_text(FILE, "utf-8")
    return tmp_path


def laid_out(project: Path) -> Path:
    layout = lay_out_source("us-state", [project / "list.csv"], 2026, project=project)
    write_source(layout)
    return layout.folder


def cells(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8").splitlines()))


def test_columns_that_other_sources_record_are_proposed_and_none_is_certain(project: Path) -> None:
    assert cells(laid_out(project) / "columns.csv") == [
        ["field", "2026"],
        ["name", "proposed by header: Use Case Name"],
        ["body", NOT_FOUND],
        ["portfolio", "proposed by header: Agency"],
        ["category", NOT_FOUND],
        ["status", "proposed by header: Stage of Development"],
        ["benefits", NOT_FOUND],
    ]


def test_each_status_of_the_file_is_listed_with_ours_where_another_source_records_it(project: Path) -> None:
    assert cells(laid_out(project) / "labels.csv") == [
        ["field", "published", "ours", "since", "until", "evidence", "recorded_by"],
        ["status", "On hold", "", "2026", "", "", ""],
        ["status", "Operation and Maintenance", "production", "2026", "", "", ""],
    ]


def test_what_a_person_must_write_is_refused_all_at_once(project: Path) -> None:
    laid_out(project)
    with pytest.raises(RefusedReferences) as refused:
        load_source("us-state", project)
    said = str(refused.value)
    for key in ("producer.fr", "title.en", "licence_url", "catalogue.consulted", "citation.en"):
        assert f"key “{key}”: this value is empty" in said
    assert "labels.csv, row 2, column “ours”: this cell is empty" in said
    assert "columns.csv, row 2, column “2026”, value “proposed by header: Use Case Name”" in said


def test_a_check_lists_all_that_is_missing_in_one_language_and_what_an_absence_does(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"Tool {n},Justice,Stage {n},\n" for n in range(12)]  # of which three cells each are blank
    (project / "list.csv").write_text(FILE.splitlines(keepends=True)[0] + "".join(rows), "utf-8")
    laid_out(project)
    with pytest.raises(typer.Exit) as stop:
        check("us-state", language="en", project=project)
    listed = capsys.readouterr().err.splitlines()
    assert stop.value.exit_code == 2
    assert sum("labels.csv" in line for line in listed) == 36
    assert not [line for line in listed if "ligne" in line or "Other faults" in line]
    [benefits] = [line for line in listed if "columns.csv, row 7," in line]
    assert benefits.endswith("the report will then not tell which benefits are announced.")


def test_the_layout_has_every_key_that_a_source_needs(project: Path) -> None:
    written = yaml.safe_load((laid_out(project) / "source.yml").read_text("utf-8"))
    needed = [each.key for each in SCHEMA if each.file == "source.yml" and each.needed == "yes"]
    assert [key for key in needed if "." not in key and "[" not in key and key not in written] == []


def test_a_source_that_waits_for_a_person_stops_no_other(project: Path) -> None:
    laid_out(project)
    data = small.write_year(project / "rows", 2025, [small.row()])
    edition = open_edition("quebec", 2025, data=data, project=project)
    assert [each.source.id for each in comparisons.registers(edition)] == [
        "quebec",
        "ca-federal",
        "us-federal",
    ]
    lay_out_source("another", [project / "list.csv"], 2026, project=project)


@pytest.mark.parametrize(
    ("identifier", "name", "said"),
    [
        ("US State", "list.csv", "cannot be the name"),
        ("quebec", "list.csv", "already"),
        ("us-state", "absent.csv", "no file"),
    ],
)
def test_a_wrong_name_a_known_one_or_a_missing_file_is_refused(
    project: Path, identifier: str, name: str, said: str
) -> None:
    with pytest.raises(WrongCall, match=said):
        lay_out_source(identifier, [project / name], 2026, project=project)


def test_several_files_of_an_edition_are_each_named_and_those_with_other_headers_have_their_columns(
    project: Path,
) -> None:
    (project / "more.csv").write_text(FILE.replace("Mail", "Post"), "utf-8")
    (project / "GSA.csv").write_text("Use Case Name,Agency,Development Stage\nTriage,GSA,Pilot\n", "utf-8")
    paths = [project / name for name in ("list.csv", "more.csv", "GSA.csv")]
    layout = lay_out_source("us-state", paths, 2026, project=project)
    header, *rows = csv.reader(layout.texts["columns.csv"].splitlines())
    assert header == ["field", "2026", "2026/GSA.csv"]
    assert rows[4][0] == "status"
    assert rows[4][1] != rows[4][2]
    edition = yaml.safe_load(layout.texts["source.yml"])["editions"][2026]
    assert edition["files"] == [{"file": "list.csv"}, {"file": "more.csv"}, {"file": "GSA.csv"}]
    labels = [row[1] for row in csv.reader(layout.texts["labels.csv"].splitlines())]
    assert labels == ["published", "On hold", "Operation and Maintenance", "Pilot"]
    assert [each.en.split(":")[0] for each in layout.account[:2]] == ["list.csv", "columns.csv"]


def test_two_files_of_one_name_are_refused(project: Path) -> None:
    (project / "other").mkdir()
    shutil.copy(project / "list.csv", project / "other")
    with pytest.raises(WrongCall, match=r"Two files are named list\.csv"):
        lay_out_source("x", [project / "list.csv", project / "other" / "list.csv"], 2026, project=project)
