"""Files of several agencies are one edition: each row keeps its file and its row there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portrait.checks.check import check_at_hand
from portrait.checks.messages import lines_of_files
from portrait.editions.opening import open_edition, open_with_file
from portrait.errors import RefusedInput, WrongCall
from portrait.facts.published import published_tables
from portrait.ingest import joined
from portrait.ingest.joined import BETWEEN_FILES
from tests.agencies import EDUCATION, GSA, LABOR, write_agencies


def opened(folder: Path, **changed: bytes):
    return open_edition("agencies", 2023, project=write_agencies(folder, **changed))


def refusal(folder: Path, **changed: bytes) -> str:
    with pytest.raises(RefusedInput) as caught:
        opened(folder, **changed)
    return str(caught.value)


def test_each_file_is_read_by_its_own_headers_encoding_and_constant_fields(tmp_path: Path) -> None:
    rows = opened(tmp_path).initiatives
    assert rows[["file", "file_row", "name", "portfolio", "status"]].values.tolist() == [
        ["labor.csv", "2", "Form Reader", "Department of Labor", "production"],
        ["labor.csv", "3", "Chat-bot", "Department of Labor", "development"],
        ["gsa_2023.csv", "4", "Aidan’s Search", "General Services Administration", "production"],
        ["education.csv", "2", "Aidan Chat-bot", "Department of Education", "unknown"],
    ]
    assert rows["row"].tolist() == [1_000_002, 1_000_003, 2_000_004, 3_000_002]
    assert BETWEEN_FILES.join(rows["file"].unique()) == "labor.csv | gsa_2023.csv | education.csv"
    assert rows["body"].tolist()[-1] == "Federal Student Aid"


def test_published_tables_say_the_file_of_each_row_and_how_to_read_it(tmp_path: Path) -> None:
    tables = published_tables(opened(tmp_path, labor=f"{LABOR},,\n3\n".encode()))
    assert tables["initiatives"]["file_row"].tolist() == ["2", "3", "4", "2"]
    assert tables["set-aside"][["file", "file_row", "reason"]].values.tolist() == [["labor.csv", "5", "cut"]]
    (files,) = tables["editions"]["files"]
    assert '"file": "gsa_2023.csv"' in files
    assert '"constant": {"portfolio": "Department of Labor"}' in files


def test_a_check_lists_the_files_and_findings_name_them(tmp_path: Path) -> None:
    (checked,) = check_at_hand("agencies", project=write_agencies(tmp_path))
    lines = lines_of_files(checked.edition, "en")
    assert "gsa_2023.csv, Windows-1252 “;”, 2 columns, header in row 3" in lines[1]
    assert "rows read: 1; portfolio = General Services Administration" in lines[1]
    found = {each.code: each for each in checked.findings}
    assert found["blank-status"].shown_rows == ("education.csv 2",)
    assert found["header-row"].shown_rows == ("gsa_2023.csv 3",)
    assert found["blank-cells"].shown_rows == ("labor.csv 2", "3", "gsa_2023.csv 4")


def test_cells_stand_below_the_headers_of_all_files(tmp_path: Path) -> None:
    _, published = open_with_file("agencies", 2023, project=write_agencies(tmp_path))
    assert published.header == [
        *("ID", "AI Use Case Name", "Stage of Development"),
        *("Use Case Name", "Stage of Life Cycle", "Office", "Use Case"),
    ]
    last = ["", "", "", "", "", "Federal Student Aid", "Aidan Chat-bot"]
    assert published.records[3_000_002] == last


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"labor": EDUCATION.encode()}, "labor.csv, row 1, column “AI Use Case Name, Stage of Development”"),
        ({"labor": f"{LABOR}\n,Total,\n".encode()}, "labor.csv, row 5"),
        ({"education": EDUCATION.encode() + b",Source: the department\n"}, "education.csv, row 3"),
        ({"gsa_2024": GSA.encode("cp1252")}, "gsa_2024.csv: this file is identical to gsa_2023.csv"),
        ({"nasa": b"Use Case\nRover\n"}, "agencies/2023/nasa.csv: no entry of source.yml names this file"),
    ],
)
def test_a_refusal_names_the_file_and_the_row_there(changed: dict, said: str, tmp_path: Path) -> None:
    assert said in refusal(tmp_path, **changed)


def test_files_that_are_not_there_are_named_as_source_yml_names_them(tmp_path: Path) -> None:
    project = write_agencies(tmp_path)
    shutil.rmtree(project / "data" / "raw" / "agencies" / "2023")
    with pytest.raises(
        WrongCall, match=r"Its files are expected in .*agencies/2023/: labor.csv, gsa\*.csv, edu"
    ):
        open_edition("agencies", 2023, project=project)


def test_a_file_of_more_rows_than_are_told_apart_is_refused_with_its_name(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(joined, "ROWS_OF_A_FILE", 3)
    said = "labor.csv, row 3: these are too many rows for a file. Split it in two."
    assert said in refusal(tmp_path)
