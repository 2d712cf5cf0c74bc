"""Check a published file: a list of findings, each with a fix.

A file that cannot be trusted is refused when it is read (`RefusedInput`). A finding does not stop a build,
and nothing in the file is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portrait.checks.cells import check_cells
from portrait.checks.file import check_file
from portrait.checks.findings import Finding, in_order
from portrait.checks.identifiers import check_identifiers
from portrait.checks.lookalikes import check_lookalikes
from portrait.checks.rules import check_rules
from portrait.checks.totals import check_totals
from portrait.checks.values import check_values
from portrait.checks.years import check_years
from portrait.editions.edition import Edition
from portrait.editions.opening import open_with_file
from portrait.errors import WrongCall
from portrait.ingest.joined import read_edition_file
from portrait.ingest.published import PublishedTable
from portrait.language.periods import EditionId, edition_period, is_edition_id
from portrait.registers.files import SUFFIXES, input_files, input_folders
from portrait.registers.schema import load_source


@dataclass(frozen=True, eq=False)
class Checked:
    """An edition and the findings about its file, in order."""

    edition: Edition
    findings: tuple[Finding, ...]

    @property
    def has_warnings(self) -> bool:
        """Whether a finding needs a person's decision."""
        return any(each.severity == "warning" for each in self.findings)


def findings_of(edition: Edition, published: PublishedTable) -> list[Finding]:
    """Return the findings about an edition and its published file, in order, without reading any file."""
    return in_order(
        [
            *check_file(edition, published),
            *check_rules(edition),
            *check_cells(edition, published),
            *check_identifiers(edition, published),
            *check_values(edition, published),
            *check_lookalikes(edition, published),
            *check_years(edition, published),
            *check_totals(edition),
        ]
    )


def check(edition: Edition, *, data: str | Path = "") -> list[Finding]:
    """Read the file of an open edition again and return the findings about it, in order.

    Parameters
    ----------
    data
        The folder that the edition was opened from; by default the project's own.
    """
    project = edition.source.folder.parents[2]
    path = input_files(edition.source, project, data)[edition.year]
    return findings_of(edition, read_edition_file(edition.source, edition.year, path))


def check_at_hand(
    source: str, year: EditionId | None = None, *, data: str | Path = "", project: Path
) -> Iterator[Checked]:
    """Check the file of one year, or of every available year, each against the previous year.

    Years are yielded one by one, so that findings are not lost when a later file is refused.

    Raises
    ------
    WrongCall
        No such source or year, or no file.
    RefusedInput
        A file cannot be trusted.
    """
    at_hand = input_files(load_source(source, project), project, data)
    if not at_hand and year is None:
        raise WrongCall(
            f"There is no file of {source} under {(Path(data) if data else project / 'data').as_posix()}.",
            "Add one, or name another folder with --data.",
        )
    for each in sorted(at_hand) if year is None else [year]:
        edition, published = open_with_file(source, each, data=data, project=project)
        yield Checked(edition, tuple(findings_of(edition, published)))


def unread_files(
    source: str, year: EditionId | None = None, *, data: str | Path = "", project: Path
) -> list[tuple[Path, Path]]:
    """Return each file that is read, with one of its edition beside it, in another format, that is not."""
    at_hand = input_files(load_source(source, project), project, data)
    return [
        (path, other)
        for each, path in sorted(at_hand.items())
        if year in (None, each) and path.is_file()
        for other in sorted(path.parent.glob(f"{path.stem}.*"))
        if other.suffix in SUFFIXES and other != path
    ]


def unopened_years(source: str, *, data: str | Path = "", project: Path) -> list[EditionId]:
    """Return the years that have a file but are not declared in the reference files, so are not read."""
    register = load_source(source, project)
    years = {
        edition_period(path.stem)
        for folder in input_folders(source, project, data)
        for path in folder.glob("*.*")
        if path.suffix in SUFFIXES and is_edition_id(path.stem)
    }
    return sorted(years - set(register.years))
