"""Say in JupyterLab what a build refuses in the cells on screen, as `portrait proofread` does."""

from __future__ import annotations

import json
from typing import Any

from IPython.display import JSON

from portrait.language.locales import is_known, is_own
from portrait.proofread.notebook import Cell, Notebook
from portrait.proofread.problems import problems


def findings(notebook: str, names: dict[str, Any]) -> JSON | None:
    """Return what must be fixed in each cell, by the identifier of the cell.

    Parameters
    ----------
    notebook
        Its `metadata` and its `cells` as JSON: of each its `id`, `type`, `source`, `tags` and `portrait`.
    names
        What the kernel holds.

    Returns
    -------
    IPython.display.JSON or None
        What is found in the whole notebook is of its first cell. ``None`` where nothing says a language.
    """
    language = names.get("language")
    if not isinstance(language, str) or not is_known(language):
        return None
    asked = json.loads(notebook)
    cells = [
        Cell(each["id"], each["type"], each["source"], {"tags": each["tags"], "portrait": each["portrait"]})
        for each in asked["cells"]
    ]
    told: dict[str, list[str]] = {}
    for problem in problems(Notebook(tuple(cells), asked["metadata"])):
        message = problem.message.said(language if is_own(language) else "en")
        for name in problem.cell.split(" / "):  # what siblings have apart is said of both
            told.setdefault(name or cells[0].id, []).append(message)
    return JSON({name: "\n".join(messages) for name, messages in told.items()})
