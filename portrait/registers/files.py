"""Data files of a source by year, official before embedded, and their state on disk."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from portrait.language.periods import EditionId
from portrait.registers.edition_files import data_files, files_of
from portrait.registers.source import Source

SAMPLE = Path("data", "sample")
"""Folder of the embedded files of a project."""
_OWN_DATA = (Path("data", "raw"), SAMPLE)
"""Data folders of the project, official first."""
SUFFIXES = (".csv", ".xlsx", ".ods", ".json", ".jsonl")

State = tuple[int, int, int, int]
"""Inode number, size, modification time (mtime) and change time (ctime) of a file."""


def states(paths: Iterable[Path]) -> dict[Path, State]:
    """Return the state of each file, which differs after any change, without reading the file.

    The ctime changes when a file is written or replaced, and programs cannot set it. A file that no longer
    exists is left out: editors create short-lived files.
    """
    found = {}
    for path in paths:
        with suppress(FileNotFoundError):
            state = path.stat()
            found[path] = (state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return found


def input_folders(source: str, project: Path, data: str | Path = "") -> list[Path]:
    """Return the folders that may hold the files of a source, official before embedded."""
    folders = [Path(data)] if data else [project / folder for folder in _OWN_DATA]
    return [folder / source for folder in folders]


def input_files(source: Source, project: Path, data: str | Path = "") -> dict[EditionId, Path]:
    """Return the file of each year that has one: official before embedded, then as `SUFFIXES` has them.

    That of an edition of several files is their folder; `source.yml` names them.
    """
    folders = input_folders(source.id, project, data)
    candidates = {
        year: [
            folder / f"{year}{suffix}"
            for folder in folders
            for suffix in (("",) if files_of(source, year) else (*SUFFIXES, ""))
        ]
        for year in source.years
    }
    return {
        year: next(path for path in paths if _is_input(path))
        for year, paths in candidates.items()
        if any(map(_is_input, paths))
    }


def embedded_file(source: Source, project: Path, year: EditionId) -> Path | None:
    """Return the embedded file of an edition, if it has one."""
    return input_files(source, project, project / SAMPLE).get(year)


def _is_input(path: Path) -> bool:
    return path.is_file() if path.suffix in SUFFIXES else path.is_dir() and bool(data_files(path))
