"""Whole reports executed for tests: every notebook of a report in one forked process, then assembled."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import nbformat

from portrait.build.processes import Processes
from portrait.document.assembly import assembled
from portrait.run.chapters import notebooks_of
from portrait.run.engine import execute_notebook, notebook_text
from portrait.storage.media_types import FIGURE, TABLE
from tests.small import PROJECT

REPORTS = ("annual", "portfolio", "quality")


def executed(report: str, **parameters: Any) -> Any:
    """Return a report of the project executed on an edition."""
    return executed_all([(report, parameters)])[0]


def executed_all(asked: Iterable[tuple[str, dict[str, Any]]]) -> list[Any]:
    """Return several reports executed, two at once."""
    processes = Processes()
    with ThreadPoolExecutor(2) as pool:
        texts = pool.map(lambda each: processes.call(_executed, *each), asked)
        return [nbformat.reads(text, as_version=4) for text in texts]


def shown(notebook: Any) -> dict[str, dict[str, Any]]:
    """Return what the figures and tables of an executed notebook show, by their anchor."""
    return {
        content["id"]: content
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for kind, content in output.get("data", {}).items()
        if kind in (FIGURE, TABLE)
    }


def prose_of(notebook: Any) -> str:
    """Return the prose of an executed notebook."""
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def prose_of_chapter(chapter: str, **parameters: Any) -> str:
    """Return the prose of a chapter of the annual report executed on an edition."""
    text = Processes().call(_executed_chapter, chapter, parameters)
    return prose_of(nbformat.reads(text, as_version=4))


def _executed_chapter(chapter: str, parameters: dict[str, Any]) -> str:
    path = PROJECT / "notebooks" / "annual" / f"{chapter}.ipynb"
    return notebook_text(execute_notebook(path, parameters, working_folder=PROJECT, in_this_process=True))


def _executed(report: str, parameters: dict[str, Any]) -> str:
    read = [
        execute_notebook(path, parameters, working_folder=PROJECT, in_this_process=True)
        for path in notebooks_of(PROJECT, report)
    ]
    return notebook_text(assembled(report, read) if len(read) > 1 else read[0])
