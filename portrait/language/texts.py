"""The program's own texts in both languages, read from its source, and those that a language lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portrait.language.locales import LANGUAGES, Language, translation_in
from portrait.language.proof import proof_words, words_of_definitions
from portrait.language.terms import terms

_PACKAGE = Path(__file__).parents[1]
_CHOOSING = ("choose", "_choose", "Wording", "Noun")
"""Names of what takes a text in French, then in English."""
_PASSING = ("language/locales.py", "language/phrases/numbers.py", "registers/source.py")
"""Modules in which `choose` is given the texts of a call elsewhere."""
_OF_MESSAGES = {"build", "checks", "cli", "curation", "fetch", "handbook", "lab", "preview", "proofread"}
_OF_MESSAGES |= {"revisions"}
"""Rooms whose texts stand in no report: they are French and English only."""


@dataclass(frozen=True, order=True)
class Text:
    """One text of the program.

    Attributes
    ----------
    english, french
        As they stand in the source, with their places: ``{n} rows``.
    place
        Module and line, as in ``tables/scope.py:48``, or file of words and section.
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


# What a language needs


@cache
def texts_of_reports() -> tuple[Text, ...]:
    """Return the texts that a report may have: those of the program, and those of its files of words."""
    of_program = [each for each in texts() if each.place.split("/")[0] not in _OF_MESSAGES]
    words = {name: each for name, each in terms().items() if name != "revisions" and name not in LANGUAGES}
    majority = proof_words()["majority"].values()
    of_files = [
        *_of_pair(terms()["fr"], terms()["en"], "terms.json, fr, en"),
        *(text for name, each in words.items() for text in _of_words(each, f"terms.json, {name}")),
        *_of_words(words_of_definitions(), "proof.json, define"),
        *(Text(each["en"][0], each["fr"][0], "proof.json, majority") for each in majority),
    ]
    return tuple(sorted([*of_program, *of_files]))


def missing_in(language: Language) -> list[Text]:
    """Return the texts of reports that a language has no translation of, each once."""
    lacking = {
        (each.english, each.french): each
        for each in texts_of_reports()
        if each.english and translation_in(language.words, each.french, each.english) is None
    }
    return [*lacking.values()]


def _of_words(content: Any, place: str) -> Iterator[Text]:
    """Yield the texts of what holds French and English ones, at any depth."""
    if isinstance(content, Mapping) and set(LANGUAGES) <= {*content}:
        yield from _of_pair(content["fr"], content["en"], place)
        content = {key: each for key, each in content.items() if key not in LANGUAGES}
    if isinstance(content, Mapping):
        content = [*content.values()]
    if isinstance(content, Sequence) and not isinstance(content, str):
        for each in content:
            yield from _of_words(each, place)


def _of_pair(french: Any, english: Any, place: str) -> Iterator[Text]:
    """Yield the texts of the same thing in French and in English."""
    if isinstance(english, str):
        yield Text(english, french, place)
    elif isinstance(english, Mapping):
        for key, each in english.items():
            yield from _of_pair(french[key], each, place)
