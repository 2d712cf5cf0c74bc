"""Check the prose of a notebook: no number, share, rank or question typed by hand or asked twice.

A passage may have a typed digit or a claiming word, such as the number of a law, if the metadata of the
notebook list it verbatim in ``portrait.declared``:

    "metadata": {"portrait": {"declared": ["CC BY 4.0", "Loi 25"]}}
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from portrait.errors import Sentence
from portrait.language import expressions
from portrait.language.expressions import ROLE, UnreadableExpression, claim_of, parsed
from portrait.language.locales import is_own
from portrait.proofread import words
from portrait.proofread.notebook import Cell, Notebook
from portrait.proofread.sentences import Said, sentences, typed_text
from portrait.proofread.siblings import heading_levels
from portrait.proofread.words import is_typed

PROSE = "p"
"""Name of the phrase functions in notebooks; it does not depend on data."""
MAY_REPEAT = ("year", "interval", "label", "text", "quote", "names")
"""Helpers whose value a sentence may need twice: it names what its numbers are about."""

_BRACE = re.compile(r"\\\{\w*\}|\\.|(?P<stray>[{}]\s*\w*\s*[{}]?|`+)")
_DIRECTIVE = re.compile(r"^[ \t>]*:::", re.MULTILINE)
_FENCED_DIRECTIVE = re.compile(r"^[ \t>]*(?:```+|~~~+)\{", re.MULTILINE)


def of_prose(cell: Cell, notebook: Notebook) -> Iterator[Sentence]:
    """Yield what must be fixed in a prose cell."""
    try:
        found = expressions.find(cell.text)
        text = expressions.without_code(cell.text)
    except UnreadableExpression as error:
        line = error.line + bool(cell.condition)
        yield Sentence(f"ligne {line} : {error.reason.fr}", f"line {line}: {error.reason.en}")
        return
    is_title = heading_levels(cell) and cell in _first_prose(notebook)
    if cell.condition and is_title and not any(_is_plain_title(each, cell) for each in notebook.cells):
        yield _HEADING_WITH_CONDITION
    for each in found:
        if not {node.id for node in ast.walk(parsed(each.source)) if isinstance(node, ast.Name)} - {PROSE}:
            yield Sentence(
                f"{ROLE}`{each.source}` ne dépend d’aucune donnée : écrivez son texte, ou employez "
                "une variable",
                f"{ROLE}`{each.source}` does not depend on data: write its text, or use a variable",
            )
    if _DIRECTIVE.search(text) or _FENCED_DIRECTIVE.search(cell.text):
        yield _HAS_DIRECTIVE
    else:
        yield from _near_misses(cell)
    said = sentences(cell.text, notebook.declared)
    yield from dict.fromkeys(_typed(cell, said, notebook))  # two lists may hold one word
    for sentence in said:
        yield from _asked_twice(sentence)


_HEADING_WITH_CONDITION = Sentence(
    "sa condition porte sur le titre du chapitre : mettez après lui un titre sans condition",
    "its condition applies to the heading of the chapter: put an unconditional heading after it",
)
_HAS_DIRECTIVE = Sentence(
    "elle a une directive (::: ou ```{...}), que seul JupyterLab montre : écrivez-la comme du texte",
    "it has a directive (::: or ```{...}), which only JupyterLab displays: write it as text",
)


def _is_plain_title(cell: Cell, variant: Cell) -> bool:
    """Whether a cell is a heading of level 1 without a condition, in the language of another cell."""
    same_language = cell.is_prose and set(cell.languages) & set(variant.languages)
    return bool(same_language) and not cell.condition and "#" in heading_levels(cell)


def _first_prose(notebook: Notebook) -> list[Cell]:
    """Return the first prose cell in each language."""
    first: dict[str, Cell] = {}
    for cell in notebook.cells:
        for language in cell.languages if cell.cell_type == "markdown" else ():
            first.setdefault(language, cell)
    return [*first.values()]


# What looks like an expression and would be printed as code


def _near_misses(cell: Cell) -> Iterator[Sentence]:
    for span in expressions.code_spans(cell.text):
        word = re.sub(r"[^\w{}]", "", span.before)
        if _is_nearly_the_role(word) or _is_call_of_phrases(span.source):
            written = f"{word}`{span.source}`"
            line = span.line + bool(cell.condition)
            yield Sentence(
                f"ligne {line} : {written} serait imprimé comme du code : écrivez {ROLE}`{span.source}`",
                f"line {line}: {written} would be printed as code: write {ROLE}`{span.source}`",
            )
            return
    for text in expressions.paragraphs(cell.text):
        found = next((each for each in _BRACE.finditer(text) if each["stray"]), None)
        if found:
            shown = " ".join(text[max(0, found.start() - 10) : found.end() + 20].split())
            yield Sentence(
                f"« {shown} » serait imprimé tel quel : une expression s’écrit {ROLE}`p.…`, entre deux "
                "accents graves",
                f"“{shown}” would be printed as it is: an expression is written {ROLE}`p.…`, between two "
                "backticks",
            )
            return


def _is_nearly_the_role(word: str) -> bool:
    """Tell whether a word before a code span was meant to be the role: braces, or nearly its letters."""
    letters = word.strip("{}").lower()
    return bool(re.search(r"[{}]", word)) or SequenceMatcher(None, letters, "eval").ratio() > 0.7


def _is_call_of_phrases(source: str) -> bool:
    return re.match(rf"\s*{PROSE}\.\w+\(", source) is not None


# What was typed


def _typed(cell: Cell, said: list[Said], notebook: Notebook) -> Iterator[Sentence]:
    typed = typed_text(cell.text, notebook.declared)
    for digits in re.finditer(r"\S*\d\S*", typed):
        yield is_typed(digits[0].rstrip(".,;:!?"), "une expression", "an expression")
    text = words.plain(typed)
    for language in filter(is_own, cell.languages):
        asks_nothing = [one for one in said if not _asks(one)]
        without_fact = [words.plain(one.text) for one in asks_nothing if not one.text.rstrip().endswith("?")]
        for texts, found, with_what, what in (
            ([text], words.NUMBERS, "une expression", "an expression"),
            (without_fact, words.JUDGED, "une fonction de phrase", "a phrase function"),
            ([text], words.AMOUNTS, "une fonction de phrase", "a phrase function"),
            ([text], words.FIRSTS, "p.top ou p.rank", "p.top or p.rank"),
        ):
            for word in (word for each in texts for word in found[language].finditer(each)):
                yield is_typed(word[0], with_what, what)
        yield from _superlatives(said, language)


def _superlatives(said: list[Said], language: str) -> Iterator[Sentence]:
    """Yield the superlatives of sentences that neither rank anything nor refer to a figure or table."""
    cell_ranks = any(words.ranks(each.source) for one in said for each in one.expressions)
    for sentence in said:
        if sentence.refers or cell_ranks:
            continue
        text = words.plain(sentence.text)
        alone = () if _asks(sentence) else words.ONLY[language].finditer(text)
        for word in chain(words.SUPERLATIVES[language].finditer(text), alone):
            yield is_typed(word[0], "p.top ou p.rank", "p.top or p.rank")


def _asks(said: Said) -> bool:
    """Tell whether a sentence asks a question, which `verify.py` answers."""
    return any(_question(each.source) for each in said.expressions)


def _asked_twice(said: Said) -> Iterator[Sentence]:
    """Yield the questions that a sentence asks more than once: one of them was meant to be another."""
    asked: set[str] = set()
    for each in said.expressions:
        claim = _question(each.source)
        if claim in asked:
            yield Sentence(
                f"une phrase demande deux fois {ROLE}`{each.source}` : corrigez l’une des deux, ou "
                "enlevez-la",
                f"a sentence asks {ROLE}`{each.source}` twice: correct one of the two, or remove it",
            )
        if claim:
            asked.add(claim)


@lru_cache(maxsize=4096)
def _question(source: str) -> str:
    """Return what an expression asks, without its name; empty for what a sentence may repeat."""
    if any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == PROSE
        and node.attr in MAY_REPEAT
        for node in ast.walk(parsed(source))
    ):
        return ""
    claim = claim_of(source)
    is_rounded = re.match(r"p\.majority\(", source) is not None  # "more than half, that is 53%"
    return (claim.partition(" = ")[2] or claim) + " rounded" * is_rounded
