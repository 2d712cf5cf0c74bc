"""Which file is at hand for each year of a source: official ones before embedded ones."""

from __future__ import annotations

from pathlib import Path

from portrait.sources import Source

OWN_DATA = (Path("data", "raw"), Path("data", "sample"))
"""Where the project keeps its files, official ones first."""
SUFFIXES = (".csv", ".xlsx")

State = tuple[int, int, int, int]
"""Which file it is on its disk, its size, and its times of modification and of change."""


def state_of(path: Path) -> State:
    """Return what tells, without reading a file, whether it is another than it was.

    The system gives a file that is written or replaced another time of change, which no program can set.
    """
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def input_folders(source: str, project: Path, data: str | Path = "") -> list[Path]:
    """Return the folders that may hold the files of a source, official ones before embedded ones."""
    folders = [Path(data)] if data else [project / folder for folder in OWN_DATA]
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
