"""Assemble the executed chapters of a report into one notebook, and take them out of it again.

The assembled notebook is the published record of the run: a chapter that is up to date is taken from it and
not run again.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from nbformat import NotebookNode

from portrait.facts.claims import CHAPTER


def assembled(report: str, chapters: Sequence[NotebookNode]) -> NotebookNode:
    """Return the executed chapters of a report as one executed notebook, in their order.

    A cell whose identifier an earlier chapter has (``parameters``, ``open``) gets the name of its chapter
    before it.

    Parameters
    ----------
    report
        Name of the report, which the notebook is called by.
    """
    whole = copy.deepcopy(chapters[0])
    whole.metadata["portrait"]["notebook"] = report
    whole.metadata["papermill"]["input_path"] = report
    taken: set[str] = set()
    cells = []
    for chapter in chapters:
        name = chapter.metadata["portrait"]["notebook"]
        for original in chapter.cells:
            cell = copy.deepcopy(original)
            about = cell.metadata.setdefault("portrait", NotebookNode())
            about[CHAPTER] = name
            if cell.id in taken:
                about["id"] = cell.id
                cell["id"] = f"{_stem(name)}-{cell.id}"
            taken.add(cell.id)
            cells.append(cell)
    whole.cells = cells
    return whole


def chapters_of(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the executed chapters of an assembled notebook by name, as they were before."""
    chapters: dict[str, NotebookNode] = {}
    for assembled_cell in notebook.cells:
        cell = copy.deepcopy(assembled_cell)
        name = cell.metadata["portrait"].pop(CHAPTER)
        cell["id"] = cell.metadata["portrait"].pop("id", cell.id)
        if not cell.metadata["portrait"]:
            del cell.metadata["portrait"]
        if name not in chapters:
            chapters[name] = copy.deepcopy(notebook)
            chapters[name].cells = []
            chapters[name].metadata["portrait"]["notebook"] = name
            chapters[name].metadata["papermill"]["input_path"] = name
        chapters[name].cells.append(cell)
    return chapters


def _stem(name: str) -> str:
    """Return the last part of a chapter's name, without its ending: ``02-change``."""
    return name.rpartition("/")[2].removesuffix(".ipynb")
