"""What the annual report says of an edition: its prose in one process, without a kernel.

Cells, tags and conditions are obeyed as `portrait.run.engine` obeys them; figures and tables are made only
where they are asked for, since a sentence needs none of them.
"""

from __future__ import annotations

import ast
import contextlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any
from unittest import mock

import nbformat
import yaml
from nbformat import NotebookNode, from_dict

from portrait.document.claims import claims_of
from portrait.document.model import TITLE
from portrait.errors import NotInEdition
from portrait.language import expressions
from portrait.language.conditions import split_condition
from portrait.language.typography import printable, typography
from portrait.run.chapters import notebooks_of
from portrait.storage.media_types import CLAIM

CHAPTERS = tuple(notebooks_of(Path(__file__).parents[2], "annual"))
_REFERENCE = re.compile(r"\[\]\(#(fig|tab|annex|[a-z]+)-[^)]*\)")
_FIGURE_OR_TABLE = re.compile(r"\[\]\(#((?:fig|tab)-[^)]*)\)")
_KINDS = {
    "fr": {"fig": "figure X", "tab": "tableau X"},
    "en": {"fig": "Figure X", "tab": "Table X"},
}


_OPENING = ("\u00ab", "\u201c")
"""What opens a quotation, whose words and digits are those of a title or label of the file."""
_LONGEST_AGREEMENT = 20
"""Letters of a phrase that only agrees with a number; a longer one that claims nothing is a statement."""


@dataclass(frozen=True)
class Paragraph:
    """One block of prose as a reader reads it, without marks.

    `statements` are the official sentences and citations in its cell, which claim nothing of the rows.
    """

    cell: str
    text: str
    is_heading: bool = False
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a report in one language says.

    `referred` are the figures and tables that its prose refers to, `shown` those that it shows.
    """

    language: str
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[dict[str, Any], ...]
    pictures: tuple[Any, ...] = ()
    names: dict[str, Any] = field(default_factory=dict)
    cells: tuple[NotebookNode, ...] = ()
    referred: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    def text(self, *cells: str) -> str:
        """Return the paragraphs, or those of the cells that are named, one a line."""
        return "\n".join(p.text for p in self.paragraphs if not cells or p.cell in cells)


@dataclass(frozen=True)
class _Cell:
    """A cell made ready to run many times."""

    id: str
    tags: tuple[str, ...]
    condition: CodeType | None
    source: str
    is_parameters: bool
    statements: CodeType | None = None
    shown: CodeType | None = None
    shows_picture: bool = False
    expressions: tuple[tuple[expressions.Expression, CodeType], ...] = ()


def tell(
    project: Path,
    data: Path,
    source: str,
    year: int,
    language: str,
    *,
    pictures: bool = False,
    chapters: tuple[Path, ...] = CHAPTERS,
) -> Told:
    """Run the prose of the annual report, or of some notebooks, on an edition.

    Parameters
    ----------
    project
        The folder that holds `data/reference`.
    data
        The folder that holds `<source>/<year>.csv`; `Path()` for the embedded rows.
    pictures
        Whether figures and tables are made too.
    """
    names: dict[str, Any] = {}
    given = {
        "source": source,
        "year": year,
        "language": language,
        "data": "" if data == Path() else str(data),
    }
    kept: list[NotebookNode] = []
    paragraphs: list[Paragraph] = []
    made: list[Any] = []
    referred: set[str] = set()
    shown: set[str] = set()
    with contextlib.chdir(project), mock.patch.object(yaml, "safe_load", _yaml), warnings.catch_warnings():
        warnings.simplefilter("error")  # a kernel would print it, and no report may hold what it prints
        for cell in _cells(language, chapters):
            if cell.is_parameters:
                names.update(given)
                continue
            with _placed(cell):
                if cell.condition is not None and not _holds(cell.condition, names):
                    continue
                referred.update(_FIGURE_OR_TABLE.findall(cell.source))
                if cell.shows_picture:
                    shown.add(_IDS.get(cell.id, cell.id))
                if cell.statements is None and cell.shown is None:
                    results = [_said(eval(code, names)) for _, code in cell.expressions]
                    kept.append(_as_executed(cell, results, language))
                    paragraphs += _paragraphs(cell, results, language)
                    continue
                if cell.statements is not None:
                    exec(cell.statements, names)
                if cell.shown is not None and (pictures or not cell.shows_picture):
                    made.append(eval(cell.shown, names))
    about = {"notebook": "annual", "language": language}
    executed = from_dict({"metadata": {"portrait": about}, "cells": kept})
    return Told(
        language,
        tuple(paragraphs),
        tuple(claims_of(executed)),
        tuple(made),
        names,
        tuple(kept),
        frozenset(referred),
        frozenset(shown),
    )


_IDS = {"tab-categories-change": "tab-categories"}
"""Cell -> figure or table that it shows, where their ids differ."""


def _holds(condition: CodeType, names: dict[str, Any]) -> bool:
    """Whether a condition holds; one about what the edition does not have does not."""
    try:
        return bool(eval(condition, names))
    except NotInEdition:
        return False


@lru_cache(maxsize=32)
def _yaml(text: str) -> Any:
    """Read a reference file once for all editions, as `yaml.safe_load` does, and faster."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@contextlib.contextmanager
def _placed(cell: _Cell) -> Iterator[None]:
    """Name the cell in whatever goes wrong in it."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the cell {cell.id}")
        raise


@lru_cache(maxsize=32)
def _cells(language: str, chapters: tuple[Path, ...]) -> tuple[_Cell, ...]:
    other = {"fr": "en", "en": "fr"}[language]
    return tuple(
        _ready(cell)
        for path in chapters
        for cell in nbformat.read(path, as_version=4).cells
        if other not in cell.metadata.get("tags", [])
    )


def _ready(cell: NotebookNode) -> _Cell:
    tags = tuple(cell.metadata.get("tags", []))
    condition, source = split_condition(cell.source, cell.cell_type)
    common = {
        "id": cell.id,
        "tags": tags,
        "condition": compile(condition, f"<{cell.id}>", "eval") if condition else None,
        "source": source,
        "is_parameters": "parameters" in tags,
    }
    if cell.cell_type == "markdown":
        found = expressions.find(source)
        return _Cell(
            **common, expressions=tuple((e, compile(e.source, f"<{cell.id}>", "eval")) for e in found)
        )
    statements, shown = ast.parse(source), None
    if isinstance(statements.body[-1], ast.Expr):
        shown = ast.Expression(statements.body.pop().value)  # type: ignore[attr-defined]
    is_picture = shown is not None and ast.unparse(shown).startswith(("figures.", "tables."))
    return _Cell(
        **common,
        statements=compile(statements, f"<{cell.id}>", "exec"),
        shown=None if shown is None else compile(shown, f"<{cell.id}>", "eval"),
        shows_picture=is_picture,
    )


def _said(value: Any) -> dict[str, Any]:
    """Return what Jupyter would keep of the value of an expression, and its text."""
    bundle = value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {"text/plain": repr(value)}
    result = {"status": "ok", "data": bundle, "metadata": {}}
    said = expressions.said(result)
    return {"result": result, "text": printable(said.text), "is_claim": said.is_claim}


def _as_executed(cell: _Cell, results: list[dict[str, Any]], language: str) -> NotebookNode:
    kept = [
        {"expression": expression.source, "result": said["result"]}
        for (expression, _), said in zip(cell.expressions, results, strict=True)
    ]
    node: NotebookNode = from_dict(
        {
            "cell_type": "markdown",
            "id": cell.id,
            "metadata": {
                "tags": [tag for tag in cell.tags if tag != TITLE],  # the figure that it names is not made
                "user_expressions": kept,
                "portrait": {"source": _referring(cell.source, language)},
            },
            "source": _referring(cell.source, language),
        }
    )
    return node


def _paragraphs(cell: _Cell, results: list[dict[str, Any]], language: str) -> list[Paragraph]:
    pieces, position = [], 0
    statements = tuple(
        typography(said["text"], language)
        for said in results
        if _is_quotation(said) or (not said["is_claim"] and len(said["text"]) > _LONGEST_AGREEMENT)
    )
    for (expression, _), said in zip(cell.expressions, results, strict=True):
        # A mark of Markdown inside a name is a letter of it.
        pieces += [_unmarked(cell.source[position : expression.start], language), said["text"]]
        position = expression.end
    whole = "".join([*pieces, _unmarked(cell.source[position:], language)])
    return [
        Paragraph(
            cell.id,
            typography(block.lstrip("#").strip().removeprefix("- "), language),
            block.startswith("#") or TITLE in cell.tags,
            statements,
        )
        for block in re.split(r"\n[ \t]*\n", whole)
        if block.strip()
    ]


def _is_quotation(said: dict[str, Any]) -> bool:
    """Whether it quotes words of others: not a list whose first name is between quotation marks."""
    formula = said["result"]["data"].get(CLAIM, {}).get("fact", {}).get("formula", "")
    return said["text"].startswith(_OPENING) and formula in ("", "quotation")


def _unmarked(markdown: str, language: str) -> str:
    """Return typed Markdown without its emphasis, and each cross reference as the words it becomes.

    A line all in emphasis is a small heading.
    """
    named = re.sub(r"(?m)^\*([^*\n]+)\*$", r"# \1", _referring(markdown, language))
    linked = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", named)
    plain = re.sub(r"(?<!\w)\*([^*\n]+)\*(?!\w)", r"\1", linked.replace("**", ""))
    return plain.replace("\n- ", "\n\n- ")


def _referring(markdown: str, language: str) -> str:
    """Return Markdown with each cross reference as the words it becomes."""
    return _REFERENCE.sub(lambda match: _KINDS[language].get(match[1], "annexe X"), markdown)
