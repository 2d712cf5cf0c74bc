"""The file of a year: official before embedded, CSV before XLSX; a changed file has another state."""

from __future__ import annotations

from pathlib import Path

from portrait.registers.files import input_files, states
from portrait.registers.schema import load_source
from tests.small import PROJECT


def put(project: Path, *names: str) -> None:
    for name in names:
        path = project / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Nom\n", encoding="utf-8")


def test_an_official_file_comes_before_an_embedded_one_and_csv_before_xlsx(tmp_path: Path) -> None:
    put(tmp_path, "sample/quebec/2024.csv", "sample/quebec/2025.csv", "raw/quebec/2025.xlsx")
    put(tmp_path, "sample/quebec/2023.csv", "raw/quebec/notes.csv")
    found = input_files(load_source("quebec", PROJECT), tmp_path)
    assert {year: path.relative_to(tmp_path).as_posix() for year, path in found.items()} == {
        2024: "data/sample/quebec/2024.csv",
        2025: "data/raw/quebec/2025.xlsx",
    }
    put(tmp_path, "raw/quebec/2025.csv")
    assert input_files(load_source("quebec", PROJECT), tmp_path)[2025].name == "2025.csv"


def test_a_folder_that_the_user_names_is_the_only_one_searched(tmp_path: Path) -> None:
    put(tmp_path, "sample/quebec/2024.csv", "elsewhere/quebec/2025.csv")
    found = input_files(load_source("quebec", PROJECT), tmp_path, tmp_path / "data" / "elsewhere")
    assert list(found) == [2025]


def test_a_file_written_again_with_the_same_text_has_another_state(tmp_path: Path) -> None:
    path = tmp_path / "2025.csv"
    path.write_text("Nom\n", encoding="utf-8")
    before = states([path])
    other = tmp_path / "other.csv"
    other.write_text("Nom\n", encoding="utf-8")
    other.replace(path)
    assert states([path]) != before


def test_a_file_that_is_gone_has_no_state(tmp_path: Path) -> None:
    assert states([tmp_path / "gone.csv"]) == {}
