"""Keep the notebooks that failed, as far as they ran, in a folder beside the edition: `<edition>.failed/`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from portrait.build.foreign import MOVE, refuse_taken
from portrait.build.job import Failed, Task
from portrait.errors import RefusedTarget, Sentence
from portrait.run.chapters import name_of
from portrait.storage.atomic import write_whole


def folder_of_failures(edition: Path) -> Path:
    """Return the folder of the notebooks of an edition that failed."""
    return edition.with_name(f"{edition.name}.failed")


def refuse_foreign_failures(edition: Path, tasks: Iterable[Task]) -> None:
    """Refuse to write notebooks through a link, or over what this program did not write.

    Parameters
    ----------
    tasks
        The documents asked for: those that fail leave notebooks.

    Raises
    ------
    RefusedTarget
        Naming what is in the way.
    """
    folder = folder_of_failures(edition)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise RefusedTarget(
            folder,
            Sentence(
                "ce n’est pas un dossier, et les carnets qui échouent y seraient écrits.",
                "this is not a folder, and notebooks that fail would be written there.",
            ),
            MOVE,
        )
    names = [_name(task, name_of(path)) for task in tasks for path in task.notebooks]
    refuse_taken(folder, names, ours=[name for name in names if _is_ours(folder / name)])


def replace_failures(edition: Path, tasks: Iterable[Task], outcomes: Mapping[Task, object]) -> None:
    """Write the notebooks that failed in place of those that the same documents left earlier.

    Notebooks of other documents, and files that this program did not write, stay.
    """
    folder = folder_of_failures(edition)
    for task in tasks:
        for place in (folder / f"{task.name}.ipynb", *(folder / task.name).glob("*.ipynb")):
            if _is_ours(place):
                place.unlink()
                _remove_empty(place.parent, folder)
    for task, outcome in outcomes.items():
        if isinstance(outcome, Failed):
            for name, notebook in outcome.notebooks.items():
                write_whole(folder / _name(task, name), notebook)


def _name(task: Task, notebook: str) -> str:
    """Return the name of a failed notebook in the folder."""
    is_chapter = len(task.notebooks) > 1
    return f"{task.name}/{notebook.rpartition('/')[2]}" if is_chapter else f"{task.name}.ipynb"


def _is_ours(place: Path) -> bool:
    """Tell whether a file is a notebook that this program ran: its metadata names the original."""
    try:
        return bool(json.loads(place.read_bytes())["metadata"]["portrait"]["notebook"])
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder, and those around it up to another, as long as they are empty."""
    with suppress(OSError):
        while folder != root.parent:
            folder.rmdir()
            folder = folder.parent
