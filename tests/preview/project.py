"""A small project to preview: two chapters of a few cells, on an edition of a few rows."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests import small

PROJECT = Path(__file__).parents[2]
OPEN = """from portrait import facts, tables

edition = facts.open_edition(source, year, data=data)
p = facts.phrases(edition, language)
facts.cover(edition, language)"""


def write_project(folder: Path) -> Path:
    """Write a project whose notebooks, reference files and data a test may save; return its folder."""
    small.copy_references(folder)
    small.tiny_edition(folder / "rows")
    for name, title in (("01-first", "Premier"), ("02-second", "Second")):
        write_notebook(folder / "notebooks" / "annual" / f"{name}.ipynb", title)
    return folder


def write_notebook(path: Path, title: str) -> None:
    """Write a notebook: a title, a sentence with the number of rows, and a last sentence."""
    cells = [
        new_code_cell(
            'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""',
            id="parameters",
            metadata={"tags": ["parameters"]},
        ),
        new_code_cell(OPEN, id="open"),
        new_code_cell("n_rows = len(edition.initiatives)", id="count"),
        new_markdown_cell(f"# {title}", id="title"),
        new_markdown_cell("Lignes : {eval}`p.number(n_rows)`.", id="number"),
        new_markdown_cell("La fin.", id="end"),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), path)


def save(path: Path, cell_id: str, source: str) -> None:
    """Save a notebook with one cell replaced, in one step as JupyterLab does: no build reads half of it."""
    notebook = nbformat.read(path, 4)
    next(cell for cell in notebook.cells if cell.id == cell_id).source = source
    unfinished = path.with_name(f".{path.name}")
    nbformat.write(notebook, unfinished)
    unfinished.replace(path)


def words_of(page: bytes) -> str:
    """Return the text of a page, with plain spaces."""
    text = re.sub(r"<[^>]+>", "", page.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", text)
