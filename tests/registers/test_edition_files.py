"""The files of an edition: each has one entry of source.yml, each entry a file, and columns.csv agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.errors import RefusedInput, RefusedReferences
from portrait.registers.edition_files import checksum_of_input, columns_of, files_of, named_files, reading_of
from portrait.registers.files import input_files
from portrait.registers.schema import load_source
from tests.agencies import FILES, write_agencies, write_project


def test_the_files_of_a_folder_come_in_the_order_of_their_entries(tmp_path: Path) -> None:
    source = load_source("agencies", write_agencies(tmp_path))
    (folder,) = input_files(source, tmp_path).values()
    found = list(named_files(source, 2023, folder))
    assert [path.name for path, _ in found] == ["labor.csv", "gsa_2023.csv", "education.csv"]
    assert found[1][1].reading.encoding == "cp1252"
    assert columns_of(source, 2023, found[1][1])["name"] == ("Use Case Name",)
    assert columns_of(source, 2023, found[0][1])["name"] == ("AI Use Case Name",)


def test_what_is_said_of_an_edition_is_said_of_each_of_its_files(tmp_path: Path) -> None:
    own = {"file": "labor.csv", "encoding": "utf-8", "constant": {"portfolio": "Labor"}}
    edition = {"encoding": "mac-roman", "constant": {"body": "All"}, "files": [own, {"file": "gsa.csv"}]}
    source = load_source("agencies", write_project(tmp_path, edition, "field,2023\nname,Use Case\n"))
    labor, gsa = (entry.reading for entry in files_of(source, 2023))
    assert (labor.encoding, labor.constant) == ("utf-8", {"body": "All", "portfolio": "Labor"})
    assert (gsa.encoding, gsa.constant) == ("mac-roman", {"body": "All"})
    assert reading_of(source, 2023).encoding == "mac-roman"
    assert source.publishes("portfolio", 2023)
    assert not source.publishes("status", 2023)


def test_an_entry_that_names_no_file_is_refused_with_the_files_there(tmp_path: Path) -> None:
    source = load_source("agencies", write_agencies(tmp_path))
    (folder,) = input_files(source, tmp_path).values()
    (folder / "gsa_2023.csv").unlink()
    with pytest.raises(RefusedInput, match=r"files\[2\].*“gsa\*.csv”.*education.csv \| labor.csv") as caught:
        list(named_files(source, 2023, folder))
    assert "Bring the file, or fix this entry" in str(caught.value)


def test_a_file_that_two_entries_name_is_refused(tmp_path: Path) -> None:
    write_agencies(tmp_path)
    edition = {"files": [*FILES, {"file": "l*.csv"}]}
    source = load_source("agencies", write_project(tmp_path, edition))
    (folder,) = input_files(source, tmp_path).values()
    with pytest.raises(RefusedInput, match=r"labor.csv: several entries .*: labor.csv \| l\*.csv"):
        list(named_files(source, 2023, folder))


def test_a_folder_without_entries_is_the_edition_and_its_files_are_refused(tmp_path: Path) -> None:
    write_agencies(tmp_path)
    source = load_source("agencies", write_project(tmp_path, {}, "field,2023\nname,Use Case\n"))
    (folder,) = input_files(source, tmp_path).values()
    with pytest.raises(RefusedInput, match=r"Add it to “editions\.2023\.files”"):
        list(named_files(source, 2023, folder))


def test_the_checksum_of_a_folder_changes_with_a_name_or_a_byte(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    first = checksum_of_input(tmp_path)
    (tmp_path / "a.csv").rename(tmp_path / "b.csv")
    second = checksum_of_input(tmp_path)
    (tmp_path / "b.csv").write_text("y")
    assert len({first, second, checksum_of_input(tmp_path)}) == 3


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("field,2023/nasa.csv\nname,Use Case\n", "“editions.2023.files” of source.yml has no such name"),
        ("field,2023/labor.csv\nname,[2]\n", "columns are given by position there: name"),
        ("field,2023\nname,[2]\n", "Give “header_row” too, under “editions.2023” of source.yml"),
    ],
)
def test_columns_that_do_not_agree_with_the_entries_are_refused(
    columns: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(RefusedReferences, match=said):
        load_source("agencies", write_project(tmp_path, {"files": FILES}, columns))
