"""Say which numbers and highlights of the first page another version of a file would change."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portrait.errors import PortraitError
from portrait.language.locales import is_french
from portrait.language.periods import EditionId, plain
from portrait.registers.files import input_files
from portrait.registers.source import Source
from portrait.revisions.comparison import words_of
from portrait.run.chapters import NOTEBOOKS
from portrait.run.engine import execute_notebook

_CHAPTER = "*-essentials.ipynb"
_CELLS = ("tile-", "highlight-")
_ITEM = re.compile(r"\A(?:\d{1,3}\.|-) ")
_EMPHASIS = re.compile(r"(?<!\\)\*+")
_ESCAPE = re.compile(r"\\([^\w\s])")
"""A character that Markdown would read, with the backslash before it."""


@dataclass(frozen=True)
class HighlightChanges:
    """The highlights that differ between two versions: before and after, empty where there is none.

    `failure` says why the report cannot be built on one of them, if it cannot.
    """

    changes: tuple[tuple[str, str], ...]
    n_same: int
    failure: PortraitError | None = None


def changed_highlights(
    source: Source, year: EditionId, before: Path, after: Path, *, project: Path, language: str
) -> HighlightChanges | None:
    """Run the chapter of the highlights on two versions of a file, and return those that differ.

    Parameters
    ----------
    before, after
        The two files. Earlier editions are those of the project.

    Returns
    -------
    HighlightChanges or None
        ``None`` where the project has no chapter of highlights.
    """
    chapter = next((project / NOTEBOOKS / "annual").glob(_CHAPTER), None)
    if chapter is None:
        return None
    told = []
    for path in (before, after):
        try:
            with _only(source, year, path, project) as data:
                told.append(_highlights(chapter, source, year, data, project, language))
        except PortraitError as error:
            return HighlightChanges((), 0, error)
    return _compared(*told)


@contextmanager
def _only(source: Source, year: EditionId, path: Path, project: Path) -> Iterator[Path]:
    """Yield a data folder with one file as that of an edition, and the files of the editions before it."""
    suffix = next((each for each in path.suffixes if not each.startswith((".new-", ".old-"))), "")
    with tempfile.TemporaryDirectory() as data:
        folder = Path(data) / source.id
        folder.mkdir()
        copies = {f"{year}{suffix}": path}
        copies |= {each.name: each for other, each in input_files(source, project).items() if other < year}
        for name, each in copies.items():
            (shutil.copytree if each.is_dir() else shutil.copyfile)(each, folder / name)
        yield Path(data)


def _highlights(
    chapter: Path, source: Source, year: EditionId, data: Path, project: Path, language: str
) -> dict[str, str]:
    """Return each number and highlight of the first page by the cell that it begins in.

    A cell that continues an item is joined to it.
    """
    parameters = {"source": source.id, "year": plain(year), "language": language, "data": str(data)}
    executed = execute_notebook(chapter, parameters, working_folder=project)
    items: dict[str, str] = {}
    for cell in executed.cells:
        if cell.cell_type == "markdown" and cell.id.startswith(_CELLS):
            if _ITEM.match(cell.source) or not items:
                items[cell.id] = _ITEM.sub("", cell.source, count=1)
            else:
                items[[*items][-1]] += f" {cell.source}"
    plain_items = {name: _EMPHASIS.sub("", " ".join(text.split())) for name, text in items.items()}
    return {name: _ESCAPE.sub(r"\1", text) for name, text in plain_items.items()}


def _compared(before: Mapping[str, str], after: Mapping[str, str]) -> HighlightChanges:
    cells = [*after, *(each for each in before if each not in after)]
    pairs = [(before.get(each, ""), after.get(each, "")) for each in cells]
    changes = tuple(pair for pair in pairs if pair[0] != pair[1])
    return HighlightChanges(changes, len(pairs) - len(changes))


def told(found: HighlightChanges, language: str) -> Iterator[str]:
    """Yield the lines that say which highlights change."""
    words = words_of(language)
    if found.failure:
        reason = getattr(found.failure, "french" if is_french(language) else "english", str(found.failure))
        yield words["highlights_failed"].format(reason=reason.splitlines()[0])
        return
    yield words["highlights"].format(changed=len(found.changes), same=found.n_same)
    for before, after in found.changes:
        yield from (f"  {sign} {text}" for sign, text in (("-", before), ("+", after)) if text)
