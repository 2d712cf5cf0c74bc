"""Lay out a project folder from the installed program: notebooks, reference files, the sample of Québec."""

from __future__ import annotations

from pathlib import Path

import portrait
from portrait.errors import WrongCall
from portrait.storage.atomic import write_all_whole

CARRIED = Path(portrait.__file__).parent / "project"
"""The project folder that the wheel carries (`pyproject.toml`); a clone has none: it is one itself."""


def lay_out_project(folder: Path) -> int:
    """Write the files of a project in a new or an empty folder, all or none; return how many.

    Raises
    ------
    WrongCall
        The folder holds something, or the program is a clone.
    """
    if not CARRIED.is_dir():
        raise WrongCall(
            f"This program runs from a clone, which is a project folder: {CARRIED.parents[1]}.",
            "Work there; portrait init is for a program installed by pip.",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongCall(f"{folder} is not an empty folder.", "Name a new one, or an empty one.")
    files = [path for path in CARRIED.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    contents: dict[Path, bytes | str | None] = {
        folder / path.relative_to(CARRIED): path.read_bytes() for path in files
    }
    write_all_whole(contents, folder)
    return len(contents)
