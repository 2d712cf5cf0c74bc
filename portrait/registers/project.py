"""The project folder and its sources."""

from __future__ import annotations

from pathlib import Path

from portrait.errors import WrongCall

ACCEPTED_WARNINGS = "accepted-warnings.csv"
ACCEPTED_CHANGES = "accepted-changes.csv"
ONLY_FOR_RELEASES = (ACCEPTED_WARNINGS, ACCEPTED_CHANGES)
"""Reference files of a source that only a release reads; no document depends on them."""
PROGRAM = "Portrait"
"""Who recorded what no person did."""
STAND_INS = ("REASON", "WHO")
"""What stands for the reason and the person in a line that a refusal prints, until a person writes them."""
REFERENCE = Path("data", "reference")
REVIEW = Path("data", "review")
"""Folder of what waits for a person's decision, by source."""


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` (default: here) upwards, that holds `data/reference/`.

    Raises
    ------
    WrongCall
        There is no such folder.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / REFERENCE).is_dir():
            return folder
    raise WrongCall(
        f"No project here: neither {start} nor a folder above it holds {REFERENCE.as_posix()}.",
        "Run the command in a project folder, name one with --project, or lay one out: portrait init DIR.",
    )


def compared_names(project: Path) -> list[str]:
    """Return the names of the sources of which others published figures, sorted."""
    return sorted(path.parent.name for path in (project / REFERENCE).glob("*/published.yml"))


def source_names(project: Path) -> list[str]:
    """Return the names of the project's sources, sorted."""
    return sorted(path.parent.name for path in (project / REFERENCE).glob("*/source.yml"))
