"""What the annual report says of an edition: its prose in one process, without a kernel.

Figures and tables are made only where they are asked for, since a sentence needs none of them.
"""

from __future__ import annotations

import ast
import contextlib
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any
from unittest import mock

import nbformat
import yaml
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode, from_dict

from portrait.document.claims import claims_of
from portrait.document.model import TITLE
from portrait.language import expressions
from portrait.language.typography import printable, typography
from portrait.run.cells import Runner
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
    names: dict[str, Any]
    cells: tuple[NotebookNode, ...]
    referred: frozenset[str]
    shown: frozenset[str]

    def text(self, *cells: str) -> str:
        """Return the paragraphs, or those of the cells that are named, one a line."""
        return "\n".join(p.text for p in self.paragraphs if not cells or p.cell in cells)


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
    given = {
        "source": source,
        "year": year,
        "language": language,
        "data": "" if data == Path() else str(data),
    }
    teller = _Teller(language, chapters, given, makes_pictures=pictures)
    with contextlib.chdir(project), mock.patch.object(yaml, "safe_load", _yaml), warnings.catch_warnings():
        warnings.simplefilter("error")  # a kernel would print it, and no report may hold what it prints
        teller.run_cells()
    prose = [cell for cell in teller.nb.cells if cell.cell_type == "markdown"]
    paragraphs = [each for cell in prose for each in _paragraphs(cell, language)]
    targets = (each.split(",") for cell in prose for each in _FIGURE_OR_TABLE.findall(cell.source))
    known = {*teller.shown, *(f"tab{each[3:]}" for each in teller.shown)}  # a figure stands for its table
    referred = {next(filter(known.__contains__, each), each[0]) for each in targets}
    for cell in prose:
        _without_figures(cell, language)
    return Told(
        language,
        tuple(paragraphs),
        tuple(claims_of(from_dict({"metadata": teller.nb.metadata, "cells": prose}))),
        teller.names,
        tuple(prose),
        frozenset(referred),
        frozenset(teller.shown),
    )


_UNHEARD = SimpleNamespace(
    **dict.fromkeys(("cell_start", "cell_exception", "cell_complete"), lambda *cell, **place: None)
)
"""Hears of each cell that a runner begins and ends, and keeps nothing."""


class _Teller(Runner):
    """Runs all cells of some notebooks in one namespace of this process."""

    def __init__(
        self, language: str, chapters: tuple[Path, ...], given: dict[str, Any], *, makes_pictures: bool
    ) -> None:
        about = {"notebook": "annual", "language": language}
        self.nb = from_dict({"metadata": {"portrait": about}, "cells": _cells(language, chapters)})
        self.nb_man = _UNHEARD
        self.names: dict[str, Any] = {}
        self.shown: set[str] = set()
        self._given, self._makes_pictures = given, makes_pictures

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> None:
        if "parameters" in cell.metadata.get("tags", []):
            self.names.update(self._given)
            return
        statements, shown, is_picture = _compiled(cell.source)
        if is_picture:
            self.shown.add(cell.id)
        try:
            exec(statements, self.names)
            if self._makes_pictures or not is_picture:
                eval(shown, self.names)
        except Exception as error:
            raise CellExecutionError("", type(error).__name__, str(error)) from error

    def answers(self, cell: NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
        return {name: self._answer(source) for name, source in asked.items()}

    def _answer(self, source: str) -> dict[str, Any]:
        try:
            value = eval(_evaluable(source), self.names)
        except Exception as error:
            return {"status": "error", "ename": type(error).__name__, "evalue": str(error)}
        plain = {"text/plain": repr(value)}
        bundle = value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else plain
        return {"status": "ok", "data": bundle, "metadata": {}}


@lru_cache(maxsize=32)
def _yaml(text: str) -> Any:
    """Read a reference file once for all editions, as `yaml.safe_load` does, and faster."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@lru_cache(maxsize=32)
def _cells(language: str, chapters: tuple[Path, ...]) -> list[NotebookNode]:
    other = {"fr": "en", "en": "fr"}[language]
    return [
        cell
        for path in chapters
        for cell in nbformat.read(path, as_version=4).cells
        if other not in cell.metadata.get("tags", [])
    ]


@lru_cache(maxsize=1024)
def _compiled(source: str) -> tuple[CodeType, CodeType, bool]:
    """Return the statements of a code cell, the expression that it shows, and whether that is a picture."""
    statements, shown = ast.parse(source), ast.Expression(ast.Constant(None))
    if isinstance(statements.body[-1], ast.Expr):
        shown = ast.Expression(statements.body.pop().value)  # type: ignore[attr-defined]
    is_picture = ast.unparse(shown).startswith(("figures.", "tables."))
    ast.fix_missing_locations(shown)
    return compile(statements, "<cell>", "exec"), compile(shown, "<cell>", "eval"), is_picture


@lru_cache(maxsize=4096)
def _evaluable(expression: str) -> CodeType:
    return compile(expression, "<expression>", "eval")


def _without_figures(cell: NotebookNode, language: str) -> None:
    """Take out of a cell what leads to the figures and tables, which are not made."""
    cell.metadata["tags"] = [tag for tag in cell.metadata.get("tags", []) if tag != TITLE]
    cell.source = _referring(cell.source, language)
    if "source" in cell.metadata.get("portrait", {}):
        cell.metadata.portrait.source = _referring(cell.metadata.portrait.source, language)


def _paragraphs(cell: NotebookNode, language: str) -> list[Paragraph]:
    source = cell.metadata.get("portrait", {}).get("source", cell.source)
    data = [each.result.data for each in cell.metadata.get("user_expressions", [])]
    saids = [expressions.said({"data": each}) for each in data]
    statements = tuple(
        typography(printable(said.text), language)
        for said, each in zip(saids, data, strict=True)
        if _is_quotation(said.text, each) or (not said.is_claim and len(said.text) > _LONGEST_AGREEMENT)
    )
    pieces, position = [], 0
    for expression, said in zip(expressions.find(source), saids, strict=True):
        # A mark of Markdown inside a name is a letter of it.
        pieces += [_unmarked(source[position : expression.start], language), printable(said.text)]
        position = expression.end
    whole = "".join([*pieces, _unmarked(source[position:], language)])
    return [
        Paragraph(
            cell.id,
            typography(_without_last_emphasis(block.lstrip("#").strip().removeprefix("- ")), language),
            block.startswith("#") or TITLE in cell.metadata.get("tags", []),
            statements,
        )
        for block in re.split(r"\n[ \t]*\n", whole)
        if block.strip()
    ]


def _without_last_emphasis(text: str) -> str:
    """Return a tile without the signs around its caveat, which may hold numbers."""
    return re.sub(r" \*([^*\n]+)\*$", r" \1", text)


def _is_quotation(text: str, data: dict[str, Any]) -> bool:
    """Whether it quotes words of others: not a list whose first name is between quotation marks."""
    formula = data.get(CLAIM, {}).get("fact", {}).get("formula", "")
    return text.startswith(_OPENING) and formula in ("", "quotation")


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
