"""Lay out a new part of the report: a chapter, or an indicator, a table or a figure that a chapter shows.

`parts/` holds what is laid out, a folder a kind: modules and tests, in the tree of the project, and cells.
They say what is true of any edition, so that they can be published as they are; an analyst rewrites them.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import nbformat

from portrait.errors import WrongCall, refuse_unknown
from portrait.proofread.notebook import read
from portrait.proofread.siblings import mark_of, siblings
from portrait.run.chapters import NOTEBOOKS, find_chapter, notebooks_of
from portrait.run.content import REVIEW
from portrait.run.engine import notebook_text, read_notebook
from portrait.storage.atomic import complete_writes, write_all_whole

PARTS = Path(__file__).with_name("parts")
"""What is laid out, by kind. `$name`, `$Name`, `$slug`: the name of a function, of a class, of an anchor."""
CHAPTER = "chapter"
KINDS = (CHAPTER, "figure", "indicator", "table")
REPORT = "annual"
_LAST_CHAPTER = 10
"""Last number of a chapter that is no annex."""
_LONGEST_NAME = 30
"""Most letters of a name: the lines laid out are as `ruff format` writes them, whatever the name."""
_NO_MODULE = {"aux", "con", "nul", "prn", "common", "helpers", "misc", "tools", "util", "utils"}
"""Names that Windows keeps for devices, and those that say nothing of what a module holds."""

_IMPORT = r"from portrait\.\S+ import (?:\([^)]*\)|[^\n(]*)\n"
_PUBLIC = r'    "[a-z_]+",\n'
_FORM = r'    "fig-[a-z-]+": Wording\(.*\),\n'
_LISTED = {
    "portrait/{room}/__init__.py": (
        (_IMPORT, "from portrait.{room}.$name import $name\n"),
        (_PUBLIC, '    "$name",\n'),
    ),
    "portrait/figures/picture.py": ((_FORM, '    "fig-$slug": Wording("Barres", "Bars"),\n'),),
}
"""Lines to add in the files that list the parts of a room: among which lines, in their order, and which."""


@dataclass(frozen=True)
class Part:
    """A part to lay out.

    Attributes
    ----------
    kind
        One of `KINDS`.
    name
        Name of its functions, in lower-case words joined by ``_``.
    project
        Folder of the project.
    """

    kind: str
    name: str
    project: Path

    @property
    def slug(self) -> str:
        """Its name in anchors, ids of cells and names of notebooks."""
        return self.name.replace("_", "-")

    @property
    def rows(self) -> str:
        """What a table or a figure shows: its own indicator where there is one, else all initiatives."""
        facts = self.project / "portrait" / "facts" / f"{self.name}.py"
        if facts.is_file() and "def by_year(" in facts.read_text("utf-8"):
            return f"facts.{self.name}(edition).by_year"
        return "facts.declaring(edition).volume"

    def filled(self, text: str) -> str:
        """Return a text that is laid out, with the names of this part."""
        name = self.name.title().replace("_", "")
        return Template(text).substitute(name=self.name, Name=name, slug=self.slug, rows=self.rows)

    @property
    def templates(self) -> dict[str, str]:
        """Text of each module and test to lay out, by its path in the project."""
        folder = PARTS / self.kind
        paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.py.txt"))}
        return {
            name.replace("name.py.txt", f"{self.name}.py"): path.read_text("utf-8")
            for name, path in paths.items()
        }

    @property
    def notebook(self) -> Any:
        """The notebook of its cells; the two languages of a text were reviewed together."""
        content = self.filled((PARTS / self.kind / "cells.json").read_text("utf-8"))
        notebook = nbformat.reads(content, as_version=4)
        marks = {english.id: mark_of(french.source) for french, english in siblings(read(content.encode()))}
        for cell in notebook.cells:
            if cell.id in marks:
                cell.metadata["portrait"] = {REVIEW: marks[cell.id]}
        return notebook


def lay_out_part(kind: str, name: str, *, chapter: str = "", project: Path) -> list[Path]:
    """Write the files of a new part, all or none; return them.

    Parameters
    ----------
    kind
        One of `KINDS`.
    name
        English noun, its words joined by ``_`` or ``-``.
    chapter
        Number, name or file of the chapter that shows it, unless it is a chapter.

    Raises
    ------
    WrongCall
        The name is none, means something else or exists, there is no such chapter, or the program is
        installed and the part needs a module of it. Nothing is written.
    """
    refuse_unknown("kind of part", kind, KINDS)
    if not re.fullmatch(r"[a-z]+(?:[-_][a-z]+)*", name) or len(name) > _LONGEST_NAME:
        raise WrongCall(
            f"“{name}” cannot be the name of a new {kind}.",
            f"Use lower-case words without accents or digits, joined by _ or -, as in bodies_per_task, of "
            f"{_LONGEST_NAME} letters at most in all.",
        )
    if bool(chapter) == (kind == CHAPTER):
        raise WrongCall(
            "--chapter names the chapter that shows an indicator, a table or a figure.",
            "Leave it out for a new chapter; else add it, as in --chapter stages.",
        )
    complete_writes(project)
    part = Part(kind, name.replace("-", "_"), project)
    contents = dict(_chapter(part) if kind == CHAPTER else _modules_and_cells(part, chapter))
    write_all_whole(contents, project)
    return [*contents]


def _chapter(part: Part) -> Iterator[tuple[Path, str]]:
    """Yield the notebook of a new chapter, after the others that are no annex."""
    stems = [path.stem.partition("-") for path in notebooks_of(part.project, REPORT)]
    if part.slug in (title for _, _, title in stems):
        raise WrongCall(f"There is a chapter “{part.slug}” already.", "Choose another name.")
    numbers = [int(number) for number, _, _ in stems if number.isdigit()]
    number = 1 + max((each for each in numbers if each <= _LAST_CHAPTER), default=0)
    if number > _LAST_CHAPTER:
        raise WrongCall(
            f"The chapters have all numbers up to {_LAST_CHAPTER}.",
            "Merge two of them, or make one an annex, numbered from 11 on.",
        )
    yield part.project / NOTEBOOKS / REPORT / f"{number:02}-{part.slug}.ipynb", notebook_text(part.notebook)


def _modules_and_cells(part: Part, chapter: str) -> Iterator[tuple[Path, str]]:
    """Yield the modules and tests of a part, the files that list it, and the chapter that shows it."""
    if not (part.project / "portrait").is_dir():
        raise WrongCall(
            f"This folder has no portrait/: its program is installed, and a new {part.kind} is a part of it.",
            "Lay it out in a clone of the program; here, portrait new chapter NAME works.",
        )
    templates = part.templates
    _refuse(part, templates)
    for name, template in templates.items():
        yield part.project / name, part.filled(template)
        if name.startswith("portrait/"):
            yield from _listings(part, name.split("/")[1])
    yield _shown(part, part.project / NOTEBOOKS / find_chapter(part.project, REPORT, chapter))


def _refuse(part: Part, templates: Mapping[str, str]) -> None:
    """Refuse a name that means something else, or a part that exists."""
    used = {*re.findall(r"\w+", " ".join(templates.values())), *keyword.kwlist, *dir(builtins), *_NO_MODULE}
    if used & {part.name, part.filled("$Name")}:
        raise WrongCall(
            f"“{part.name}” means something else in a module.",
            "Say more of what is counted, as in bodies_per_task.",
        )
    for name, template in templates.items():
        path = part.project / name
        if path.exists():
            raise WrongCall(f"There is a file {name} already.", "Choose another name.")
        listed = path.with_name("__init__.py")
        if listed.is_file() and f'"{part.name}",' in listed.read_text("utf-8"):
            raise WrongCall(f"{path.parent.name} has “{part.name}” already.", "Choose another name.")
        for anchor in re.findall(r'"(?:fig|tab)-[a-z-]+"', part.filled(template)):
            if any(anchor in each.read_text("utf-8") for each in path.parent.glob("*.py")):
                raise WrongCall(f"There is a {part.kind} {anchor} already.", "Choose another name.")


def _listings(part: Part, room: str) -> Iterator[tuple[Path, str]]:
    """Yield the files that list the parts of a room, with this one."""
    for name, lines in _LISTED.items():
        path = part.project / name.format(room=room)
        if path.parent.name == room:
            text = path.read_text("utf-8")
            for among, line in lines:
                text = with_line(text, part.filled(line.replace("{room}", room)), among)
            yield path, text


def with_line(text: str, line: str, among: str) -> str:
    r"""Return a text with one more line, in its place among those that match a pattern.

    >>> with_line("[\n  a,\n  c,\n]", "  b,\n", r"  \w,\n")
    '[\n  a,\n  b,\n  c,\n]'
    """
    found = [*re.finditer(among, text)]
    place = next((each.start() for each in found if each[0] > line), found[-1].end())
    return text[:place] + line + text[place:]


def _shown(part: Part, path: Path) -> tuple[Path, str]:
    """Return a chapter with the cells of a part at its end, and what they need in the cell that opens it."""
    notebook: Any = read_notebook(path)
    cells = part.notebook.cells
    text = "\n".join(cell.source for cell in cells)
    opening = next((cell for cell in notebook.cells if cell.source.startswith("from portrait import ")), None)
    if opening is None or (re.search(r"\bp\.", text) and "p = facts.phrases(" not in opening.source):
        raise WrongCall(
            f"{path.name} does not open the phrases p, with which a sentence says a number.",
            "Choose another chapter, or add p = facts.phrases(edition, language) to its second cell.",
        )
    taken = {cell.id for cell in notebook.cells} & {cell.id for cell in cells}
    if taken:
        raise WrongCall(f"{path.name} has a cell “{min(taken)}” already.", "Choose another name.")
    first, *others = opening.source.split("\n")
    rooms = {*first.removeprefix("from portrait import ").split(", ")}
    rooms |= {*re.findall(r"\b(facts|figures|tables)\.", text)}
    opening.source = "\n".join([f"from portrait import {', '.join(sorted(rooms))}", *others])
    notebook.cells += cells
    return path, notebook_text(notebook)
