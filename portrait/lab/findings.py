"""Say in JupyterLab what a build refuses in the cells on screen, as `portrait proofread` does."""

from __future__ import annotations

import json
from typing import Any

from IPython.display import JSON

from portrait.errors import Sentence
from portrait.language.locales import is_known, is_own
from portrait.proofread.notebook import Cell, Notebook
from portrait.proofread.problems import problems
from portrait.proofread.siblings import mark_of, siblings, to_review

_HERE = Sentence(", ou clic droit sur elle, « Relue »", ", or right-click it, “Reviewed”")


def findings(notebook: str, names: dict[str, Any]) -> JSON | None:
    """Return what must be fixed in each cell, and the marks of a review, by the identifier of the cell.

    Parameters
    ----------
    notebook
        Its `metadata` and its `cells` as JSON: of each its `id`, `type`, `source`, `tags` and `portrait`.
    names
        What the kernel holds.

    Returns
    -------
    IPython.display.JSON or None
        `said`: what to fix; what is found in the whole notebook is of its first cell. `marks`: what records
        the review of each cell to review. ``None`` where nothing says a language.
    """
    language = names.get("language")
    if not isinstance(language, str) or not is_known(language):
        return None
    asked = json.loads(notebook)
    cells = [
        Cell(each["id"], each["type"], each["source"], {"tags": each["tags"], "portrait": each["portrait"]})
        for each in asked["cells"]
    ]
    spoken = language if is_own(language) else "en"
    read = Notebook(tuple(cells), asked["metadata"])
    french = {other.name: (french, to_review(other)) for french, other in siblings(read)}
    told: dict[str, list[str]] = {}
    marks: dict[str, str] = {}
    for problem in problems(read):
        message = problem.message.said(spoken)
        if problem.cell in french and problem.message == french[problem.cell][1]:
            marks[problem.cell] = mark_of(french[problem.cell][0].source)
            message += _HERE.said(spoken)
        for name in problem.cell.split(" / "):  # what siblings have apart is said of both
            told.setdefault(name or cells[0].id, []).append(message)
    return JSON({"said": {name: "\n".join(each) for name, each in told.items()}, "marks": marks})
