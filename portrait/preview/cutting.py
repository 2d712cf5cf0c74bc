"""Cut a notebook down to one chapter, and to the cells before it that give what the chapter uses.

What a cell uses and what it gives is read from its text, and nothing is run: names in code, in conditions
and in the expressions of the prose. Going up from the chapter, a cell is kept where it assigns, imports or
changes a name that is still wanted; it ceases to be wanted above a cell that is sure to assign it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from nbformat import NotebookNode, from_dict

from portrait.curation.notebooks import names_in
from portrait.document.model import LEFT_OUT
from portrait.document.numbering import ANNEX, UNNUMBERED, Around
from portrait.errors import WrongCall, did_you_mean
from portrait.language import expressions
from portrait.language.expressions import WHEN, UnreadableExpression
from portrait.language.locales import LANGUAGES
from portrait.language.text import normalise

_TITLE = re.compile(r"^ {0,3}#[ \t]+(?P<text>.*?)[ \t#]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\]\(#([^)\s]+)\)")


# Chapters


@dataclass
class Chapter:
    """One chapter of a notebook, in all its languages and in each of its alternatives.

    Attributes
    ----------
    number
        As it is printed where no chapter before it is missing: ``5``, of an annex ``B``; empty where it
        bears none.
    around
        The chapters and annexes before it.
    titles
        Its heading by language.
    start, end
        Positions of its first cell and of the first one after it.
    """

    number: str
    around: Around
    start: int
    end: int = 0
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What a person calls it: its number and its heading in each language."""
        return " ".join(filter(None, (self.number, " / ".join(dict.fromkeys(self.titles.values())))))

    def called_in(self, language: str) -> str:
        """Return its number and its heading in one language."""
        return f"{self.number} {self.titles.get(language, '')}".strip()


def chapters(notebook: NotebookNode) -> list[Chapter]:
    """Return the chapters of a notebook in their order.

    A chapter begins at its heading, and before it at the cells of code that show nothing: they prepare it.
    Headings that follow each other with the same words are alternatives of which a run keeps one.
    """
    found: list[Chapter] = []
    n_chapters = n_annexes = 0
    for position, cell in enumerate(notebook.cells):
        title = _title(cell)
        if title is None:
            continue
        spoken = _languages(cell)
        if found and all(found[-1].titles.get(language, title) == title for language in spoken):
            found[-1].titles |= dict.fromkeys(spoken, title)
            continue
        tags = _tags(cell)
        around, number = Around(n_chapters, n_annexes), ""
        if UNNUMBERED not in tags and ANNEX in tags:
            n_annexes += 1
            number = ascii_uppercase[n_annexes - 1]
        elif UNNUMBERED not in tags:
            n_chapters += 1
            number = str(n_chapters)
        start = _start(notebook.cells, position)
        found.append(Chapter(number, around, start, titles=dict.fromkeys(spoken, title)))
    for chapter, after in zip(found, [*found[1:], None], strict=True):
        chapter.end = after.start if after else len(notebook.cells)
    return found


def _title(cell: NotebookNode) -> str | None:
    """Return the heading of a chapter that a cell holds, without what is computed in it."""
    if cell.cell_type != "markdown":
        return None
    try:
        match = _TITLE.search(expressions.without_code(cell.source))
    except UnreadableExpression:
        match = _TITLE.search(cell.source)
    return match["text"].strip() if match else None


def _start(cells: Sequence[NotebookNode], heading: int) -> int:
    """Return the position of the first of the cells before a heading that prepare what follows it."""
    start = heading
    while start and cells[start - 1].cell_type == "code" and not _always(cells[start - 1]):
        if shows(cells[start - 1]):
            break
        start -= 1
    return start


def find_chapter(notebook: NotebookNode, name: str, asked: str) -> Chapter:
    """Return the chapter that a person calls by its number, its heading, or the id of one of its cells.

    Raises
    ------
    WrongCall
        There is none, with the chapters that there are.
    """
    known = chapters(notebook)
    wanted = normalise(re.sub(r"(?i)^(?:annexe|appendix)\s+(?=[a-z]$)", "", asked.strip()))
    for chapter in known:
        if wanted in map(normalise, filter(None, (chapter.number, *chapter.titles.values()))):
            return chapter
    for chapter in known:
        if any(cell.get("id") == asked for cell in notebook.cells[chapter.start : chapter.end]):
            return chapter
    near = did_you_mean(asked, [title for chapter in known for title in chapter.titles.values()])
    raise WrongCall(
        f"{name} has no chapter “{asked}”.",
        f"{near}Known: {'; '.join(chapter.called for chapter in known) or 'none'}.",
    )


# What cells use and give


@dataclass(frozen=True)
class _Step:
    """One statement, condition or expression: the names it uses, those it gives, and whether surely."""

    used: frozenset[str]
    given: frozenset[str] = frozenset()
    is_sure: bool = False


def shows(cell: NotebookNode) -> bool:
    """Tell whether a cell may show something: prose, or code that ends with an expression."""
    if cell.cell_type != "code":
        return True
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return True
    return bool(body) and isinstance(body[-1], ast.Expr)


def _steps(cell: NotebookNode) -> list[_Step] | None:
    """Return what a cell does to names, in its order; nothing where its text cannot be read."""
    conditions = [tag.removeprefix(WHEN).strip() for tag in _tags(cell) if tag.startswith(WHEN)]
    try:
        sources = list(conditions)
        if cell.cell_type == "markdown":
            sources += [each.source for each in expressions.find(cell.source)]
        steps = [_Step(frozenset(names_in(ast.parse(source, mode="eval")))) for source in sources]
        statements = ast.parse(cell.source).body if cell.cell_type == "code" else []
    except (SyntaxError, UnreadableExpression):
        return None
    return steps + [_step(statement, is_sure=not conditions) for statement in statements]


def _step(statement: ast.stmt, *, is_sure: bool) -> _Step:
    """Return what a statement does to names; only one that is sure to run, and whole, surely gives them."""
    given = names_in(statement, assigned=True) | set(_imported(statement)) | set(_defined(statement))
    is_plain = isinstance(
        statement, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    )
    changed = set(_changed(statement))
    used = names_in(statement)
    return _Step(frozenset(used), frozenset(given | changed), is_sure and is_plain and not changed)


def _imported(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)


def _defined(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def _changed(statement: ast.stmt) -> Iterator[str]:
    """Yield the names whose value a statement changes in place, as ``t["a"] = 1`` or ``del t.a`` do."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            root: ast.expr = node
            while isinstance(root, ast.Attribute | ast.Subscript):
                root = root.value
            if isinstance(root, ast.Name):
                yield root.id


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _languages(cell: NotebookNode) -> list[str]:
    return [tag for tag in _tags(cell) if tag in LANGUAGES] or list(LANGUAGES)


def _always(cell: NotebookNode) -> bool:
    return "parameters" in _tags(cell)


# The cut


def needed(notebook: NotebookNode, language: str, chapter: Chapter | None = None) -> list[NotebookNode]:
    """Return the cells to run for a chapter in one language, in their order.

    They are the cells of the chapter; the parameters; what a cell before the first chapter shows, which is
    the front matter; and each earlier cell that gives a name which any of these uses. A cell whose text
    cannot be read is kept, so that its failure is told at its place.

    Parameters
    ----------
    chapter
        One of `chapters`; by default the whole notebook.
    """
    first = min((each.start for each in chapters(notebook)), default=0)
    last = chapter.end if chapter else len(notebook.cells)
    kept: list[NotebookNode] = []
    wanted: set[str] = set()
    for position in reversed(range(last)):
        cell = notebook.cells[position]
        if language not in _languages(cell) or cell.cell_type not in ("code", "markdown"):
            continue
        steps = _steps(cell)
        is_shown = chapter is None or position >= chapter.start or (position < first and shows(cell))
        gives = steps is None or any(wanted & step.given for step in steps)
        if not (is_shown or _always(cell) or (gives and cell.cell_type == "code")):
            continue
        for step in reversed(steps or []):
            wanted -= step.given if step.is_sure else set()
            wanted |= step.used
        kept.append(cell if is_shown else _unseen(cell))
    return kept[::-1]


def _unseen(cell: NotebookNode) -> NotebookNode:
    """Return a cell that runs for the names it gives, whatever it would show."""
    copy: NotebookNode = from_dict(cell)
    copy.metadata["tags"] = [*_tags(cell), LEFT_OUT]
    return copy


def cut(notebook: NotebookNode, language: str, chapter: Chapter | None = None) -> NotebookNode:
    """Return a notebook that holds only the cells that `needed` tells of."""
    copy: NotebookNode = from_dict({**notebook, "cells": needed(notebook, language, chapter)})
    return copy


def around(notebook: NotebookNode, chapter: Chapter) -> Around:
    """Return what stands around a chapter: a figure or a table bears the id of the cell that shows it."""
    return Around(
        chapter.around.n_chapters,
        chapter.around.n_annexes,
        frozenset(str(cell.get("id", "")) for cell in notebook.cells),
    )


def mentioned(notebook: NotebookNode, language: str) -> set[str]:
    """Return the identifiers to which the prose of a whole notebook refers in one language."""
    return {
        target
        for cell in notebook.cells
        if cell.cell_type == "markdown" and language in _languages(cell)
        for target in _REFERENCE.findall(cell.source)
    }
