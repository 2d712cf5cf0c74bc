"""Assemble the executed chapters of a report into one notebook, and split it back into chapters.

The assembled notebook is the published record of the run: chapters that are up to date are read from it
instead of being run again.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

CHAPTER = "chapter"
"""Key of a cell's metadata, below ``portrait``: the chapter that a cell of an assembled report comes from."""


def register_name(stem: str, language: str) -> str:
    """Return the name of a register of claims; that of the annual report has no prefix, for citations."""
    prefix = "" if stem == "annual" else f"{stem}."
    return f"{prefix}claims.{language}.json"


def assembled(report: str, chapters: Sequence[NotebookNode]) -> NotebookNode:
    """Return the executed chapters of a report as one executed notebook, in the given order.

    Its outputs are those of the chapters, not copies. If an earlier chapter has a cell with the same
    identifier (``parameters``, ``open``), the identifier is prefixed with the name of its chapter.

    Parameters
    ----------
    report
        Name of the report and of the notebook.
    """
    taken: set[str] = set()
    cells = []
    for chapter in chapters:
        name = chapter.metadata["portrait"]["notebook"]
        for original in chapter.cells:
            cell = type(original)({**original, "metadata": copy.deepcopy(original.metadata)})
            cell.metadata["portrait"] = {**cell.metadata.get("portrait", {}), CHAPTER: name}
            if cell.id in taken:
                cell.metadata["portrait"]["id"] = cell.id
                cell["id"] = f"{_stem(name)}-{cell.id}"
            taken.add(cell.id)
            cells.append(cell)
    first = chapters[0]
    whole = type(first)({**first, "metadata": copy.deepcopy(first.metadata), "cells": cells})
    whole.metadata["portrait"]["notebook"] = report
    whole.metadata["papermill"]["input_path"] = report
    return whole


def chapters_of(notebook: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return name -> chapter of an assembled notebook, each identical to the chapter before assembly.

    The notebook is the JSON of its file, which is read faster than with nbformat, and so are the chapters.
    """
    chapters: dict[str, dict[str, Any]] = {}
    others = {key: value for key, value in notebook.items() if key != "cells"}
    for assembled_cell in notebook["cells"]:
        cell = copy.deepcopy(assembled_cell)
        about = cell["metadata"]["portrait"]
        name = about.pop(CHAPTER)
        cell["id"] = about.pop("id", cell["id"])
        if not about:
            del cell["metadata"]["portrait"]
        if name not in chapters:
            chapters[name] = {**copy.deepcopy(others), "cells": []}
            chapters[name]["metadata"]["portrait"]["notebook"] = name
            chapters[name]["metadata"]["papermill"]["input_path"] = name
        chapters[name]["cells"].append(cell)
    return chapters


def _stem(name: str) -> str:
    """Return the file name of a chapter without its extension, such as ``02-change``."""
    return name.rpartition("/")[2].removesuffix(".ipynb")
