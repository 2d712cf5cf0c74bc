"""Chapters are assembled into one notebook, and come out of it as they went in."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.document.assembly import assembled, chapters_of


def chapter(name: str, *cells: NotebookNode) -> NotebookNode:
    made = new_notebook(cells=list(cells))
    made.metadata["portrait"] = {"notebook": name, "front": {"language": "fr-CA"}}
    made.metadata["papermill"] = {"input_path": name, "parameters": {"year": 2025}}
    return made


def code(identifier: str) -> NotebookNode:
    cell = new_code_cell("opened = open_chapter(year)")
    cell["id"] = identifier
    return cell


def prose(identifier: str) -> NotebookNode:
    cell = new_markdown_cell("Un texte.")
    cell["id"] = identifier
    return cell


FIRST = chapter("annual/01-essentials.ipynb", code("open"), prose("growth"))
SECOND = chapter("annual/02-change.ipynb", code("open"), prose("split"))


def test_a_report_is_called_by_its_name_and_holds_the_cells_in_the_order_of_its_chapters() -> None:
    report = assembled("annual", [FIRST, SECOND])
    assert [cell.id for cell in report.cells] == ["open", "growth", "02-change-open", "split"]
    assert report.metadata["portrait"]["notebook"] == "annual"
    assert report.metadata["papermill"]["input_path"] == "annual"


def test_the_chapters_of_an_assembled_report_are_what_was_assembled() -> None:
    assert chapters_of(assembled("annual", [FIRST, SECOND])) == {
        "annual/01-essentials.ipynb": FIRST,
        "annual/02-change.ipynb": SECOND,
    }


def test_assembling_leaves_the_chapters_as_they_were() -> None:
    before = [cell.id for cell in SECOND.cells], dict(SECOND.metadata["portrait"])
    assembled("annual", [FIRST, SECOND])
    assert ([cell.id for cell in SECOND.cells], dict(SECOND.metadata["portrait"])) == before
