"""Say, where a notebook ran, which of its cells the report leaves out, and why.

JupyterLab asks its kernel after each run (`extension/`), and folds those cells to their reason; a preview
lists those that a condition leaves out.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from IPython.display import JSON

from portrait.document.numbering import short_name, with_one_title_each
from portrait.errors import NotInEdition
from portrait.language.conditions import split_condition
from portrait.language.locales import is_known, is_own, known_languages

_TITLE = re.compile(r"# (.+)")
_REST: Mapping[str, Any] = {"id": "", "type": "code", "source": ""}
"""What is still to be written: the title of a chapter just begun is shown."""
_REASONS = {
    "fr": {
        "language": "non publiée ici : autre langue ({0})",
        "internal": "jamais publiée : cellule interne",
        "false": "non publiée : {0} est {1}",
        "not_in_edition": "non publiée : {0} porte sur ce que l’édition n’a pas",
        "title": "non publiée : un autre titre vaut pour ce chapitre",
        "not_run": "le carnet n’a pas été exécuté à partir d’ici : {0}",
        "nor_run": "pas exécutée non plus",
        "raised": "condition illisible : {0} ({1})",
        "True": "vrai",
        "False": "faux",
        "None": "absent",
    },
    "en": {
        "language": "not published here: other language ({0})",
        "internal": "never published: internal cell",
        "false": "not published: {0} is {1}",
        "not_in_edition": "not published: {0} asks for what the edition does not have",
        "title": "not published: another title holds for this chapter",
        "not_run": "the notebook did not run from here on: {0}",
        "nor_run": "not run either",
        "raised": "condition cannot be read: {0} ({1})",
        "True": "true",
        "False": "false",
        "None": "absent",
    },
}


def verdicts(cells: str, names: dict[str, Any]) -> JSON | None:
    """Return why the report leaves out each cell that it leaves out, by the identifier of the cell.

    Parameters
    ----------
    cells
        The cells of the notebook as JSON: of each its `id`, `type`, `source` and `tags`.
    names
        What the kernel holds.

    Returns
    -------
    IPython.display.JSON or None
        ``None`` where the notebook is no chapter of a report, or did not run.
    """
    asked = json.loads(cells)
    language = names.get("language")
    if (
        not isinstance(language, str)
        or not is_known(language)
        or not any("parameters" in each["tags"] for each in asked)
    ):
        return None
    found = {each["id"]: reason for each in asked if (reason := _reason(each, language, names))}
    begins = _words(language)["not_run"].partition("{")[0]
    unread = [name for name, reason in found.items() if reason.startswith(begins)]
    found |= dict.fromkeys(unread[1:], _words(language)["nor_run"])  # an interrupted run is said once
    kept = [each for each in asked if each["id"] not in found]
    shown = {each["id"] for each in with_one_title_each([*kept, _REST], _chapter_named)}
    others = (each["id"] for each in kept if each["id"] not in shown)
    return JSON(found | dict.fromkeys(others, _words(language)["title"]))


def unmet_conditions(cells: Iterable[Mapping[str, Any]], names: dict[str, Any]) -> list[str]:
    """Return a line for each cell that a condition leaves out: its identifier, and the value that decides.

    Parameters
    ----------
    cells, names
        As for `verdicts`; cells of the other language are not told.
    """
    language = names["language"]
    others = {*known_languages()} - {language}
    told = [
        each
        for each in cells
        if split_condition(each["source"], each["type"])[0] and not others & {*each["tags"]}
    ]
    return [f"{each['id']} – {reason}" for each in told if (reason := _reason(each, language, names))]


def _words(language: str) -> Mapping[str, str]:
    """Return the words of the reasons: English in a language of the project."""
    return _REASONS[language if is_own(language) else "en"]


def _chapter_named(cell: Mapping[str, Any]) -> str | None:
    """Return the name of the chapter that a cell opens and holds nothing more of; ``None`` for any other."""
    _, text = split_condition(cell["source"], cell["type"])
    alone = _TITLE.fullmatch(text.strip()) if cell["type"] == "markdown" else None
    return short_name(alone[1]) if alone else None


def _reason(cell: Mapping[str, Any], language: str, names: dict[str, Any]) -> str:
    """Return why the report leaves a cell out, empty where it keeps it; as the build decides."""
    words = _words(language)
    if other := set(known_languages()) & set(cell["tags"]) - {language}:
        return words["language"].format(*other)
    if "internal" in cell["tags"] and cell["type"] == "markdown":
        return words["internal"]
    condition, _ = split_condition(cell["source"], cell["type"])
    if not condition:
        return ""
    try:
        return "" if _value(condition, names) else words["false"].format(*_decisive(condition, names, words))
    except NotInEdition:
        return words["not_in_edition"].format(condition)
    except NameError:
        return words["not_run"].format(condition)
    except Exception as error:  # whatever a condition raises, the researcher is told
        return words["raised"].format(condition, f"{type(error).__name__}: {error}")


def _value(expression: str, names: dict[str, Any]) -> Any:
    return eval(expression, names)  # noqa: S307 -- a condition of the notebook, in its own kernel


def _decisive(condition: str, names: dict[str, Any], words: Mapping[str, str]) -> tuple[str, str]:
    """Return the part that decides and its value: of ``a and b`` the first that is false."""
    node = ast.parse(condition, mode="eval").body
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        node = next(part for part in node.values if not _value(ast.unparse(part), names))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node = node.operand
    value = _value(ast.unparse(node), names)
    if isinstance(value, bool | None):
        return ast.unparse(node), words[str(value)]
    shown = repr(value) if isinstance(value, int | float | str) else words[str(bool(value))]
    return ast.unparse(node), shown
