"""Check a file before anything is built from it: all that a person should know of it, and what mends it.

What cannot be trusted is refused when it is read (`RefusedInput`); what is found here lets a build go
on, and is said out loud. Nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portrait.checks.cells import check_cells
from portrait.checks.file import check_file
from portrait.checks.findings import DEFECTS, SEVERITIES, Finding, findings_table, in_order
from portrait.checks.identifiers import check_identifiers
from portrait.checks.totals import check_totals
from portrait.checks.values import check_values
from portrait.checks.years import check_years
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import WrongCall
from portrait.ingest.published import PublishedTable, read_published
from portrait.registers.files import SUFFIXES, input_files, input_folders
from portrait.registers.project import find_project
from portrait.registers.schema import load_source

__all__ = [
    "DEFECTS",
    "SEVERITIES",
    "Checked",
    "Finding",
    "check",
    "check_at_hand",
    "findings_of",
    "findings_table",
    "unopened_years",
]


@dataclass(frozen=True, eq=False)
class Checked:
    """An edition and what was found in its file, in order."""

    edition: Edition
    findings: tuple[Finding, ...]

    @property
    def has_warnings(self) -> bool:
        """Whether a person has something to decide."""
        return any(each.severity == "warning" for each in self.findings)


def findings_of(edition: Edition, published: PublishedTable) -> list[Finding]:
    """Return all that is found in an edition and in the file it was read from, in order; pure."""
    return in_order(
        [
            *check_file(edition, published),
            *check_cells(edition, published),
            *check_identifiers(edition, published),
            *check_values(edition, published),
            *check_years(edition, published),
            *check_totals(edition),
        ]
    )


def check(edition: Edition, *, data: str | Path = "") -> list[Finding]:
    """Read the file of an open edition once more and return all that is found in it, in order.

    Parameters
    ----------
    data
        The folder that the edition was opened from; by default the project's own.
    """
    project = edition.source.folder.parents[2]
    path = input_files(edition.source, project, data)[edition.year]
    return findings_of(edition, read_published(path, edition.source.columns[edition.year]))


def check_at_hand(
    source: str, year: int | None = None, *, data: str | Path = "", project: Path | None = None
) -> Iterator[Checked]:
    """Check the file of one year, or of every year at hand, each beside the year before it.

    Years come one by one, so that what was found before a file is refused is not lost.

    Raises
    ------
    WrongCall
        No such source or year, or no file.
    RefusedInput
        A file cannot be trusted.
    """
    project = project or find_project()
    at_hand = input_files(load_source(source, project), project, data)
    if not at_hand and year is None:
        raise WrongCall(
            f"There is no file of {source} under {(Path(data) if data else project / 'data').as_posix()}.",
            "Bring one, or name another --data.",
        )
    for each in sorted(at_hand) if year is None else [year]:
        edition = open_edition(source, each, data=data, project=project)
        yield Checked(edition, tuple(check(edition, data=data)))


def unopened_years(source: str, *, data: str | Path = "", project: Path | None = None) -> list[int]:
    """Return the years of which a file is at hand and that nobody opened, so that nothing reads it."""
    project = project or find_project()
    register = load_source(source, project)
    years = {
        int(path.stem)
        for folder in input_folders(source, project, data)
        for path in folder.glob("*.*")
        if path.suffix in SUFFIXES and re.fullmatch(r"\d{4}", path.stem)
    }
    return sorted(years - set(register.years))
