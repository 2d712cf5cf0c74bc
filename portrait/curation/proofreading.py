"""Check notebooks before they are committed, and record that an English cell was reviewed.

A person reviews an English cell against the current French text, and `record` stores the hash of that text.
If the French text changes later, `notebooks.problems` reports the cell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from portrait.curation.notebooks import Problem, is_reviewed, mark_of, problems, siblings
from portrait.errors import WrongCall, did_you_mean
from portrait.run.chapters import NOTEBOOKS
from portrait.storage.atomic import write_whole


def notebooks_of(project: Path, named: Sequence[Path]) -> list[Path]:
    """Return the given notebooks, or all notebooks of the project if none is given."""
    for path in named:
        if not path.is_file():
            raise WrongCall(f"There is no notebook {path.as_posix()}.", "Check its path.")
    return list(named) or sorted(
        path for path in (project / NOTEBOOKS).rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
    )


def proofread(path: Path) -> list[Problem]:
    """Return the problems of a notebook."""
    return problems(_read(path))


def record(paths: Sequence[Path], reviewed: Collection[str] | None) -> list[str]:
    """Record English cells as reviewed against their French siblings, and return their ids.

    Parameters
    ----------
    reviewed
        Ids of the cells, English or French; ``None`` for all English cells to review.

    Raises
    ------
    WrongCall
        No notebook has a cell with one of these ids; nothing was written.
    """
    notebooks = {path: _read(path) for path in paths}
    pairs = [pair for notebook in notebooks.values() for pair in siblings(notebook)]
    known = {cell.id for pair in pairs for cell in pair}
    for cell_id in reviewed or ():
        if cell_id not in known:
            raise WrongCall(
                f"No prose cell has the id “{cell_id}” and a version in the other language.",
                did_you_mean(cell_id, known),
            )
    recorded = []
    for path, notebook in notebooks.items():
        of_notebook = [
            english.id
            for french, english in siblings(notebook)
            if (reviewed is None or {french.id, english.id} & set(reviewed)) and _mark(french, english)
        ]
        if of_notebook:
            write_whole(path, nbformat.writes(notebook) + "\n")
        recorded += of_notebook
    return recorded


def _mark(french: NotebookNode, english: NotebookNode) -> bool:
    """Mark an English cell as reviewed; return whether the mark changed."""
    if is_reviewed(french, english):
        return False
    english.metadata["portrait"] = {
        **english.metadata.get("portrait", {}),
        "french": mark_of(french.source),
    }
    return True


def _read(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.reads(path.read_text("utf-8"), as_version=4)
    return notebook
