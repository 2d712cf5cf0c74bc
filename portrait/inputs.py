"""Which file is at hand for each year of a source: official ones before embedded ones."""

from __future__ import annotations

from pathlib import Path

from portrait.sources import Source

OWN_DATA = (Path("data", "raw"), Path("data", "sample"))
"""Where the project keeps its files, official ones first."""
SUFFIXES = (".csv", ".xlsx")


def input_files(source: Source, project: Path, data: str | Path = "") -> dict[int, Path]:
    """Return the file at hand for each year of a source: a CSV before an XLSX, official before embedded."""
    folders = [Path(data)] if data else [project / folder for folder in OWN_DATA]
    candidates = {
        year: [folder / source.id / f"{year}{suffix}" for folder in folders for suffix in SUFFIXES]
        for year in source.years
    }
    return {
        year: next(path for path in paths if path.is_file())
        for year, paths in candidates.items()
        if any(path.is_file() for path in paths)
    }
