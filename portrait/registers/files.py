"""Which file is at hand for each year of a source, official ones before embedded ones, and in which state."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from portrait.registers.source import Source

_OWN_DATA = (Path("data", "raw"), Path("data", "sample"))
"""Where the project keeps its files, official ones first."""
SUFFIXES = (".csv", ".xlsx")

State = tuple[int, int, int, int]
"""Which file it is on its disk, its size, and its times of modification and of change."""


def states(paths: Iterable[Path]) -> dict[Path, State]:
    """Return what tells of each file, without reading it, whether it is another than it was.

    The system gives a file that is written or replaced another time of change, which no program can set.
    One that goes meanwhile is left out: editors write some for a moment.
    """
    found = {}
    for path in paths:
        with suppress(FileNotFoundError):
            state = path.stat()
            found[path] = (state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return found


def input_folders(source: str, project: Path, data: str | Path = "") -> list[Path]:
    """Return the folders that may hold the files of a source, official ones before embedded ones."""
    folders = [Path(data)] if data else [project / folder for folder in _OWN_DATA]
    return [folder / source for folder in folders]


def input_files(source: Source, project: Path, data: str | Path = "") -> dict[int, Path]:
    """Return the file at hand for each year of a source: a CSV before an XLSX, official before embedded."""
    folders = input_folders(source.id, project, data)
    candidates = {
        year: [folder / f"{year}{suffix}" for folder in folders for suffix in SUFFIXES]
        for year in source.years
    }
    return {
        year: next(path for path in paths if path.is_file())
        for year, paths in candidates.items()
        if any(path.is_file() for path in paths)
    }
