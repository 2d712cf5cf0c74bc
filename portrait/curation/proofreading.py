"""Record that an English cell was reviewed.

A person reviews an English cell against the current French text, and `record` stores the hash of that text.
If the French text changes later, `proofread.siblings` reports the cell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode

from portrait.errors import WrongCall, did_you_mean
from portrait.proofread.cells import conflicts
from portrait.proofread.notebook import Cell, UnreadableNotebook, read
from portrait.proofread.siblings import is_reviewed, mark_of, siblings
from portrait.registers.languages import know_languages
from portrait.run.chapters import NOTEBOOKS, name_of
from portrait.run.content import REVIEW
from portrait.run.engine import notebook_text, read_notebook
from portrait.storage.atomic import write_whole

_NOT_OURS = {".ipynb_checkpoints", "explore"}
"""Folders of notebooks that no rule is for: copies of JupyterLab, and trials of one's own."""


def notebooks_of(project: Path, named: Sequence[Path]) -> list[Path]:
    """Return the given notebooks, or all notebooks of the project if none is given."""
    know_languages(project)
    for path in named:
        if not path.is_file():
            known = [each.as_posix() for each in _all_of(project)]
            raise WrongCall(
                f"There is no notebook {path.as_posix()}.",
                f"{did_you_mean(path.as_posix(), known)}Check its path.",
            )
    return list(named) or _all_of(project)


def _all_of(project: Path) -> list[Path]:
    return sorted(path for path in (project / NOTEBOOKS).rglob("*.ipynb") if not _NOT_OURS & {*path.parts})


def record(paths: Sequence[Path], reviewed: Collection[str] | None) -> list[str]:
    """Record English cells as reviewed against their French siblings, and return their ids.

    Parameters
    ----------
    reviewed
        Ids of the cells, English or French; ``None`` for all English cells to review.

    Raises
    ------
    WrongCall
        No notebook has a cell with one of these ids, or one of the cells to record holds a conflict that is
        not settled; nothing was written.
    """
    pairs = {path: _pairs(path) for path in paths}
    known = {cell.id for of_notebook in pairs.values() for pair in of_notebook for cell in pair}
    for cell_id in reviewed or ():
        if cell_id not in known:
            raise WrongCall(
                f"No prose cell has the id “{cell_id}” and a version in the other language.",
                did_you_mean(cell_id, known),
            )
    asked = {
        path: [pair for pair in of_notebook if reviewed is None or {cell.id for cell in pair} & set(reviewed)]
        for path, of_notebook in pairs.items()
    }
    for cell in (cell for of_notebook in asked.values() for pair in of_notebook for cell in pair):
        for conflict in conflicts(cell):
            raise WrongCall(f"{cell.id}: {conflict.said('en')}.", "Then record its review.")
    recorded: list[str] = []
    for path, of_notebook in asked.items():
        marks = {
            english.id: mark_of(french.source)
            for french, english in of_notebook
            if not is_reviewed(french, english)
        }
        if marks:
            notebook = read_notebook(path)
            for cell in notebook.cells:
                _mark(cell, marks)
            write_whole(path, notebook_text(notebook))
        recorded += marks
    return recorded


def _mark(cell: NotebookNode, marks: Mapping[str, str]) -> None:
    """Mark a cell as reviewed if it is one of those that were."""
    if cell.id in marks:
        cell.metadata["portrait"] = {**cell.metadata.get("portrait", {}), REVIEW: marks[cell.id]}


def _pairs(path: Path) -> list[tuple[Cell, Cell]]:
    try:
        return list(siblings(read(path.read_bytes())))
    except UnreadableNotebook as error:
        raise WrongCall(f"{name_of(path)}: {error}.") from error
