"""Find the notebooks of a report: one notebook, or a folder of chapters sorted by name."""

from __future__ import annotations

import os
from pathlib import Path

from portrait.errors import WrongCall, did_you_mean

NOTEBOOKS = Path("notebooks")
"""Folder of a project that holds its notebooks."""


def notebooks_of(project: Path, report: str) -> list[Path]:
    """Return the notebooks of a report, in the order of its chapters.

    Raises
    ------
    WrongCall
        The project has neither this notebook nor this folder of chapters.
    """
    folder = project / NOTEBOOKS / report
    chapters = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    alone = folder.with_suffix(".ipynb")
    if chapters:
        return chapters
    if alone.is_file():
        return [alone]
    raise WrongCall(
        f"There is no report “{report}”: neither {NOTEBOOKS / alone.name} nor a folder "
        f"{NOTEBOOKS / report}/ with chapters exists.",
        "Check the name of the report.",
    )


def find_chapter(project: Path, report: str, asked: str) -> str:
    """Return the name of a chapter from its number, its name or its file.

    Raises
    ------
    WrongCall
        There is no such chapter; the error suggests the closest.
    """
    names = {path.stem: name_of(path) for path in notebooks_of(project, report)}
    for stem, name in names.items():
        number, _, title = stem.partition("-")
        if asked.lower().removesuffix(".ipynb") in (stem, title, number, number.lstrip("0")):
            return name
    titles = [stem.partition("-")[2] or stem for stem in names]
    raise WrongCall(
        f"The report “{report}” has no chapter “{asked}”.",
        f"{did_you_mean(asked, titles)}Known: {', '.join(names)}.",
    )


def name_of(path: Path) -> str:
    """Return the name of a notebook: its path below `notebooks/`, such as ``annual/02-change.ipynb``.

    A relative path is completed first, because papermill may be called from any folder.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 -- `resolve` would follow a link to another folder
    folders = path.parts[:-1]
    start = max((i for i, part in enumerate(folders) if part == NOTEBOOKS.name), default=len(folders) - 1)
    return "/".join(path.parts[start + 1 :])
