"""Checksums of everything a document depends on: it is rebuilt only when one of them changes.

Files are only read as bytes here, so that a build with nothing to do ends at once. What a profile holds of
the rows has to be computed: `survey` does it, and the manifest keeps it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import portrait
from portrait.build.job import Task
from portrait.build.reasons import NOT_BUILT, changed
from portrait.errors import WrongCall
from portrait.language.locales import known_languages
from portrait.language.periods import EditionId
from portrait.registers.edition_files import checksum_of_input
from portrait.registers.files import State, states
from portrait.registers.project import ONLY_FOR_RELEASES, REFERENCE
from portrait.registers.source import Source
from portrait.run.chapters import name_of
from portrait.run.content import notebook_json, without_review
from portrait.storage.checksums import checksum, file_checksum
from portrait.style.typefaces import read_font_files

LOCK = "requirements.lock"


def checksum_of(paths: Iterable[Path], root: Path) -> str:
    """Return one checksum of files, of their names as seen from a folder and of their contents.

    One that goes meanwhile is left out: editors write some for a moment.
    """
    lines = []
    for path in sorted(paths):
        with suppress(FileNotFoundError):
            lines.append(f"{path.relative_to(root).as_posix()} {file_checksum(path)}")
    return checksum("\n".join(lines).encode())


# What a process has loaded does not change under it: the checksums are those of the moment it first asked,
# before any document, so that what changes while it runs is told by the next one.


@cache
def checksum_of_program() -> str:
    """Return the checksum of the package: its code, its templates, its words."""
    return checksum_of(files_in(_program()), _program())


def _program() -> Path:
    """Return the folder of the package."""
    return Path(portrait.__file__).parent


@cache
def checksum_of_fonts() -> str:
    """Return the checksum of the typefaces."""
    return checksum("\n".join(file_checksum(path) for path in read_font_files()).encode())


def locked_names(project: Path) -> list[str]:
    """Return the libraries that the project locks; none where it has no lock."""
    lock = project / LOCK
    text = lock.read_text("utf-8") if lock.exists() else ""
    return [_key(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)]


def installed(project: Path | None) -> dict[str, str]:
    """Return the version of each installed library that a project locks; of all without project or lock.

    Libraries for tests or for JupyterLab, which no document depends on, are not in the lock.
    """
    folders = [Path(folder) for folder in dict.fromkeys(sys.path) if folder and Path(folder).is_dir()]
    # The first folder of the path is the one that Python imports from: it comes last and replaces the others.
    described = [path.stem.rpartition("-") for each in reversed(folders) for path in each.glob("*.dist-info")]
    versions = {_key(name): version for name, _, version in described}
    locked = locked_names(project) if project else []
    return {name: versions[name] for name in sorted(locked or versions) if name in versions}


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True)
class Fingerprints:
    """Checksums of what the documents of an edition depend on, except what a portfolio holds of the rows.

    Parameters
    ----------
    project, source
        Whose documents they are.
    inputs
        Files of the edition's year and of the earlier ones, by year.
    folders
        Where these files are looked for.
    """

    project: Path
    source: Source
    inputs: Mapping[EditionId, Path]
    folders: Sequence[Path] = ()
    _notebooks: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def files(self) -> str:
        """Checksum of the official or embedded files, their years and their names."""
        lines = (f"{year} {path.name} {checksum_of_input(path)}" for year, path in self.inputs.items())
        return checksum("\n".join(lines).encode())

    @cached_property
    def reference(self) -> str:
        """Checksum of the reference files of every source."""
        return checksum_of(files_in(self.project / REFERENCE), self.project)

    @property
    def of_any_page(self) -> dict[str, str]:
        """What any page depends on, whatever it tells."""
        return {
            "program": checksum_of_program(),
            "libraries": _of_libraries(self.project / LOCK),
            "python": python_version(),
            "fonts": checksum_of_fonts(),
        }

    @property
    def of_edition(self) -> dict[str, str]:
        """What the survey of the edition depends on."""
        return {
            "rows": self.files,
            "reference": self.reference,
            "program": checksum_of_program(),
            "libraries": _of_libraries(self.project / LOCK),
            "python": python_version(),
        }

    def of_notebooks(self, task: Task) -> dict[str, str]:
        """Return the checksum of each notebook of a document in its language, by name."""
        key = (task.report, task.language)
        if key not in self._notebooks:
            try:
                paths = task.notebooks
            except WrongCall:  # a published document whose notebook is gone
                paths = ()
            self._notebooks[key] = {name_of(path): _notebook(path, task.language) for path in paths}
        return self._notebooks[key]

    def of(self, task: Task, rows: Mapping[str, str]) -> dict[str, str]:
        """Return what a document depends on, each by its checksum.

        Parameters
        ----------
        rows
            Checksum of what the profile of each portfolio holds.
        """
        return {
            "notebook": checksum(json.dumps(self.of_notebooks(task)).encode()),
            "parameters": _parameters(task),
            "rows": rows[task.subject] if task.subject else self.files,
            "reference": self.reference,
            **self.of_any_page,
        }

    def states(self) -> dict[Path, State]:
        """Return the state of each file that may be read while documents are made."""
        places = (self.project / "notebooks", self.project / REFERENCE, *self.folders, _program())
        return states(path for place in places for path in files_in(place))

    def changed_since(self, before: Mapping[Path, State]) -> list[Path]:
        """Return the files that are not as `states` told them, those that came or went among them."""
        after = self.states()
        return [path for path in {*before, *after} if before.get(path) != after.get(path)]

    def known(
        self, made_from: Mapping[str, str], changed: Iterable[Path], task: Task | None = None
    ) -> dict[str, str]:
        """Return these checksums, blank for each part that changed during the build.

        Which state of it was read is not known: the next build rebuilds, even if the file is put back.

        Parameters
        ----------
        changed
            Files that changed since the checksums were taken.
        task
            The document that was built; none for the survey, which reads no notebook.
        """
        places = {
            "notebook": list(task.notebooks) if task else [],
            "rows": self.folders,
            "reference": [self.project / REFERENCE],
            "program": [_program()],
        }
        around = {each for path in changed for each in (path, *path.parents)}
        return {
            part: "" if around.intersection(places.get(part, ())) else checksum
            for part, checksum in made_from.items()
        }


@cache
def _of_libraries(lock: Path) -> str:
    """Return the checksum of what is installed beside the package, and of the lock that it should be."""
    locked = checksum(lock.read_bytes()) if lock.exists() else ""
    versions = [f"{name} {version}" for name, version in installed(lock.parent).items()]
    return checksum("\n".join([*versions, locked]).encode())


def python_version() -> str:
    """Return the version of the Python that runs this program."""
    return sys.version.split()[0]


def why(recorded: Mapping[str, str] | None, now: Mapping[str, str]) -> str:
    """Say in a few words why a document must be made again; nothing where it stands.

    Parameters
    ----------
    recorded
        What it was made from; none if it never was.
    now
        What it would be made from.
    """
    if recorded is None:
        return NOT_BUILT
    return changed(name for name in now if recorded.get(name) != now[name])


def files_in(folder: Path) -> list[Path]:
    """Return the files that a document may depend on: no explanation, nor what Python or an editor leaves."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.suffix != ".md"
        and not path.name.startswith((".", "~$"))
        and path.name not in ONLY_FOR_RELEASES
    ]


def _notebook(path: Path, language: str) -> str:
    """Return the checksum of a notebook in a language: its cells, except those of the other language.

    Neither outputs nor the mark of a review are part of it.
    """
    content = path.read_bytes()
    try:
        notebook = notebook_json(content)
        others = {each for each in known_languages() if each != language}
        cells = [
            {part: value for part, value in cell.items() if part not in ("outputs", "execution_count")}
            | {"metadata": without_review(cell["metadata"])}
            for cell in notebook["cells"]
            if language in (tags := cell["metadata"].get("tags", [])) or not others & set(tags)
        ]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # half saved, or no notebook: running it says so
        return checksum(content)
    return checksum(json.dumps({**notebook, "cells": cells}, sort_keys=True).encode())


def _parameters(task: Task) -> str:
    told = {name: value for name, value in task.parameters.items() if name != "data"}  # its files are checked
    told["language"] = task.language
    return checksum(json.dumps(told, sort_keys=True).encode())
