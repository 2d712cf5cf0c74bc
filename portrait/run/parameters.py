"""Check the parameters of a notebook against the cell that declares them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portrait.editions.names import edition_called
from portrait.errors import NotebookFailed, Sentence, WrongCall, did_you_mean
from portrait.language.locales import is_known, known_languages
from portrait.language.periods import is_edition_id, plain

if TYPE_CHECKING:  # a build proofreads notebooks without this library
    from nbformat import NotebookNode

KINDS = {bool: "True or False", int: "a whole number", float: "a number", str: "text"}


# Parameters


def declared_parameters(notebook: Any, name: str) -> dict[str, Any]:
    """Return the parameters of a notebook and their defaults, from its cell tagged `parameters`.

    Raises
    ------
    NotebookFailed
        If that cell has anything but assignments of plain values.
    WrongCall
        If there is no such cell.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            return _assigned_values(cell, name)
    raise WrongCall(
        f"{name} has no cell tagged “parameters”.",
        "Assign its parameters in the first code cell, and tag that cell “parameters”.",
    )


def _assigned_values(cell: Any, name: str) -> dict[str, Any]:
    line = None
    try:
        declared = {}
        for statement in ast.parse(cell.source).body:
            line = statement.lineno
            target, value = _assignment(statement)
            declared[target] = ast.literal_eval(value)
    except (SyntaxError, ValueError) as error:
        reason = Sentence(
            "un paramètre est un nom et une valeur simple, comme year = 2025",
            "a parameter must be a name and a plain value, such as year = 2025",
        )
        raise NotebookFailed(name, cell.id, line, reason) from error
    return declared


def _assignment(statement: ast.stmt) -> tuple[str, ast.expr]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=target)], value=value):
            return target, value
        case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
            return target, value
    raise ValueError("not an assignment")


def with_edition_as_year(notebook: Any, name: str, passed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters passed, with what names the edition in the notebook's own parameter `year`.

    `edition` is ``2025`` or a text such as ``"2026-08"``; `year` is its short form, where it is a year.

    Raises
    ------
    WrongCall
        Both are passed, or what is passed names no edition.
    """
    if "edition" not in passed or "edition" in declared_parameters(notebook, name):
        return dict(passed)
    if "year" in passed:
        raise WrongCall(f"{name} is given both “edition” and “year”.", "Give “edition” alone.")
    named = plain(edition_called(passed["edition"]))
    return {("year" if each == "edition" else each): passed[each] for each in passed} | {"year": named}


def checked_parameters(notebook: NotebookNode, name: str, passed: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters, with the values passed in place of their defaults.

    Raises
    ------
    WrongCall
        If a name is unknown, a value has another type than the default, or the language is unknown.
        papermill would only warn, and a misspelled name would publish the default year.
    """
    declared = declared_parameters(notebook, name)
    for parameter, value in passed.items():
        if parameter not in declared:
            hint = did_you_mean(parameter, declared)
            known = f"Its parameters are {', '.join(declared)}."
            raise WrongCall(f"{name} has no parameter “{parameter}”.", hint + known)
        _check_kind(name, parameter, declared[parameter], value)
    values = {**declared, **passed}
    _check_language(name, values)
    return values


def _check_kind(name: str, parameter: str, default: Any, value: Any) -> None:
    wanted = type(default)
    if parameter == "year" and type(value) is str and "-" in value and is_edition_id(value):
        return  # a part of a year
    is_whole_for_a_number = wanted is float and type(value) is int
    if wanted not in KINDS or type(value) is wanted or is_whole_for_a_number:
        return
    fix = ""
    if wanted is str:
        fix = f"On papermill’s command line, use -r {parameter} {value} to pass text."
    elif type(value) is str:
        fix = f"On papermill’s command line, use -p {parameter}, not -r, to pass {KINDS[wanted]}."
    raise WrongCall(f"The parameter “{parameter}” of {name} must be {KINDS[wanted]}, not {value!r}.", fix)


def _check_language(name: str, values: Mapping[str, Any]) -> None:
    known = ", ".join(known_languages())
    if "language" not in values:
        raise WrongCall(
            f"{name} has no parameter “language”.",
            f"Declare it in the cell tagged “parameters”, with one of: {known}.",
        )
    if not is_known(values["language"]):
        raise WrongCall(f"{name} has no language “{values['language']}”.", f"Known languages: {known}.")
