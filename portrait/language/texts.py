"""The program's own texts in both languages, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_CHOOSING = ("choose", "_choose", "Wording", "Noun")
"""Names of what takes a text in French, then in English."""
_PASSING = ("language/locales.py", "language/phrases/numbers.py", "registers/source.py")
"""Modules in which `choose` is given the texts of a call elsewhere."""


@dataclass(frozen=True, order=True)
class Text:
    """One text of the program.

    Attributes
    ----------
    english, french
        As they stand in the source, with their places: ``{n} rows``.
    place
        Module and line, as in ``tables/scope.py:48``.
    """

    english: str
    french: str
    place: str


@cache
def texts() -> tuple[Text, ...]:
    """Return the texts of the program, in the order of the English ones.

    Raises
    ------
    ValueError
        A call is given anything else than two texts written in full: its place is the message.
    """
    found = [each for path in sorted(_PACKAGE.rglob("*.py")) for each in _texts_of(path)]
    return tuple(sorted(found))


def _texts_of(path: Path) -> Iterator[Text]:
    module, source = path.relative_to(_PACKAGE).as_posix(), path.read_text("utf-8")
    if not any(f"{name}(" in source for name in _CHOOSING):
        return
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or (name := _name(call.func)) not in _CHOOSING:
            continue
        given = call.args[1:] if name == "choose" else call.args
        french, english = (list(_written(each)) for each in given) if len(given) == 2 else ([], [])
        place = f"{module}:{call.lineno}"
        if not french or len(french) != len(english):
            if module in _PASSING:
                continue
            raise ValueError(f"{place}: write both texts in full in this call, with places for values")
        yield from (Text(*each, place) for each in zip(english, french, strict=True))


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _written(given: ast.expr) -> Iterator[str]:
    """Yield the text, or the texts of a pair, that an argument is; nothing where it is computed."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.Tuple):
        for each in given.elts:
            yield from _written(each)
