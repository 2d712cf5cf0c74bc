"""A small project for builds: the project's reference files, and notebooks of a few cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from portrait.build.edition import build
from portrait.build.plan import Plan, plan_build
from portrait.build.publication import Built
from portrait.language.locales import LANGUAGES
from portrait.proofread.siblings import mark_of
from tests import small
from tests.build.benches import Bench

BEFORE = [small.row("Ancien", portfolio="Justice"), small.row("Avant", portfolio="Travail")]
ROWS = [
    small.row("Tri du courrier", portfolio="Justice"),
    small.row("Lecture de plans", portfolio="Travail"),
    small.row("Aide à la rédaction", portfolio="Travail", category=small.DECISION),
]
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
NOTEBOOKS = ("annual/01-first", "annual/02-second", "quality", "portfolio")
ANNUAL, QUALITY = {"annual.fr", "annual.en"}, {"quality.fr", "quality.en"}
JUSTICE, WORK = ({f"portfolios/{name}.{each}" for each in ("fr", "en")} for name in ("justice", "travail"))
ALL = ANNUAL | QUALITY | JUSTICE | WORK


@dataclass(frozen=True)
class Place:
    """A folder with a project, its data and its reports, which a test may change."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def reference(self) -> Path:
        return self.project / "data" / "reference"

    @property
    def edition(self) -> Path:
        return self.folder / "reports" / "quebec" / "2025"

    def write(self, rows: Sequence[small.Row] = ROWS, before: Sequence[small.Row] = BEFORE) -> None:
        """Write the files of 2024 and 2025."""
        small.write_year(self.folder / "data", 2024, before)
        small.write_year(self.folder / "data", 2025, rows)

    def change_notebook(self, name: str, language: str | None = None) -> None:
        """Change the cell of a notebook that is in one language, or the one that is in both."""
        path = self.project / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        tags = [language] if language else []
        # A space at its end is a change that asks for no review of the English.
        next(cell for cell in notebook.cells if cell.metadata.get("tags", []) == tags).source += " "
        nbformat.write(notebook, path)

    def plan(self, *, data: str = "data", **asked: Any) -> Plan:
        """Plan a build of everything as pages, except what the call says."""
        return plan_build(
            **{"report": "all", "formats": ["html"], **asked},
            data=self.folder / data,
            output=self.folder / "reports",
            project=self.project,
        )

    def build(self, bench: Bench | None = None, *, force: bool = False, **asked: Any) -> Built:
        """Build what `plan` plans, on a bench."""
        return build(self.plan(**asked), bench or Bench(), force=force)

    def files(self) -> dict[str, bytes]:
        """Return what each file of the edition holds, by its name."""
        paths = [path for path in self.edition.rglob("*") if path.is_file()]
        return {path.relative_to(self.edition).as_posix(): path.read_bytes() for path in paths}


def write_project(folder: Path) -> Place:
    """Write the project and the data of two years, of the portfolios Justice and Travail."""
    place = Place(folder)
    small.copy_references(place.project)
    for name in NOTEBOOKS:
        path = place.project / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        french, english = (
            nbformat.v4.new_markdown_cell(each, id=each, metadata={"tags": [each]}) for each in LANGUAGES
        )
        english.metadata["portrait"] = {"french": mark_of(french.source)}
        parameters = {"tags": ["parameters"]}
        cells = [
            nbformat.v4.new_code_cell('language = "fr"', id="parameters", metadata=parameters),
            nbformat.v4.new_code_cell("language", id="both"),
            french,
            english,
        ]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    place.write()
    return place


PARAMETERS = 'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""'
OPENING = """\
from portrait.facts import front_matter
from portrait.editions.opening import open_edition
from portrait.language.phrases import Phrases
edition = open_edition(source, year, data=data)
"""


def write_notebook(path: Path, prose: str, *code: str) -> None:
    """Write a French notebook that opens the edition, runs cells of code and says a sentence.

    It is the profile of a portfolio if its name says so.
    """
    parameters, cover = PARAMETERS, "front_matter.cover(edition, language)"
    if path.stem == "portfolio":
        parameters += '\nportfolio = ""'
        cover = 'front_matter.cover(edition, language, "portfolio", portfolio=portfolio)'
    cells = [
        nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(OPENING + cover, id="open"),
        *(nbformat.v4.new_code_cell(each, id=f"code-{n}") for n, each in enumerate(code)),
        nbformat.v4.new_markdown_cell(prose, id=f"prose-{path.stem}"),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
