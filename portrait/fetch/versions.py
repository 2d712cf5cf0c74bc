"""Compare a version of a file with the one in use: their rows, and which of them is newer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from portrait.errors import RefusedInput
from portrait.fetch.arrivals import read_table
from portrait.fetch.comparison import Difference, differences
from portrait.fetch.dating import UNKNOWN, Order, date_of_file, last_date_in_rows, order_of
from portrait.fetch.snapshots import (
    BY_HAND,
    Entry,
    Snapshot,
    path_in_use,
    raw_folder,
    read_record,
    waiting_path,
    year_of,
)
from portrait.ingest.initiatives import formula_safe
from portrait.language.periods import EditionId
from portrait.registers.edition_files import checksum_of_input, data_files
from portrait.registers.files import input_files
from portrait.registers.project import REVIEW
from portrait.registers.source import Source
from portrait.storage.atomic import write_whole


@dataclass(frozen=True, eq=False)
class Version:
    """A version of a file that waits beside the one in use, or that a person gave.

    Attributes
    ----------
    source, year
        The file's source and edition.
    path, other_path
        The file in use and the other one, or the folders of their files; either may not be on this machine.
    before, after
        The records of the two; `before` is ``None`` for a file in use that was never recorded.
    difference
        What differs between their rows; ``None`` where one of them cannot be read on this machine.
    """

    source: str
    year: EditionId
    path: Path
    other_path: Path
    before: Snapshot | None
    after: Snapshot
    difference: Difference | None

    @property
    def shown(self) -> Path:
        """The path of the file, relative to the project's folder."""
        return path_in_use(self.source, self.path.name)

    @property
    def order(self) -> Order:
        """Which of them is newer."""
        return order_of(self.before, self.after) if self.before else Order(UNKNOWN)

    @property
    def waits(self) -> bool:
        """Whether a fetch put it beside the file in use."""
        return self.other_path.parent == self.path.parent


def given_versions(
    source: Source, project: Path, data: str | Path, year: EditionId | None = None
) -> list[Version]:
    """Return the files of another data folder that are versions of files in use, of one edition or all."""
    record, folder = read_record(source), raw_folder(source, project)
    return [
        _given(source, each, folder / path.name, path, record.get(path.name, Entry()).current)
        for each, path in input_files(source, project, data).items()
        if year in (None, each)
        and (folder / path.name).exists()
        and checksum_of_input(folder / path.name) != checksum_of_input(path)
    ]


def _given(source: Source, year: EditionId, path: Path, given: Path, current: Snapshot | None) -> Version:
    difference = _difference(source, year, path, given)
    is_read = difference is not None and given.is_file()
    after = Snapshot(
        name=given.name,
        url=BY_HAND,
        fetched="",
        size=sum(each.stat().st_size for each in data_files(given)),
        sha256=checksum_of_input(given),
        rows=None,
        dated=date_of_file(given) if is_read else "",
        last_date=last_date_in_rows(given, source, year) if is_read else "",
    )
    return Version(source.id, year, path, given, current, after, difference)


def waiting_versions(source: Source, project: Path, year: EditionId | None = None) -> list[Version]:
    """Return the versions that wait beside a file in use, of one edition or of all."""
    return [
        compared(source, project, name, entry)
        for name, entry in read_record(source).items()
        if entry.waiting
        and year in (None, year_of(name))
        and (entry.current or (raw_folder(source, project) / name).exists())
    ]


def compared(source: Source, project: Path, name: str, entry: Entry) -> Version:
    """Compare the waiting version of a file with the one in use."""
    assert entry.waiting
    path, year = raw_folder(source, project) / name, year_of(name)
    other = waiting_path(path, entry.waiting)
    difference = _difference(source, year, path, other)
    return Version(source.id, year, path, other, entry.current, entry.waiting, difference)


def _difference(source: Source, year: EditionId, path: Path, arrived: Path) -> Difference | None:
    if not (path.exists() and arrived.exists()):
        return None
    try:
        before = read_table(source, year, path)
        with nullcontext(arrived) if arrived.is_dir() else named(arrived, path.name) as copy:
            after = read_table(source, year, copy)
    except RefusedInput:
        return None
    return differences(before, after) if before and after else None


@contextmanager
def named(path: Path, name: str) -> Iterator[Path]:
    """Yield a copy of a file under another name: the name gives the format."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        shutil.copyfile(path, copy)
        yield copy


def differences_path(version: Version) -> Path:
    """Return the path of the table of all differences, relative to the project's folder."""
    return REVIEW / version.source / f"{version.year}-versions-{version.after.short}.csv"


def write_differences(version: Version, project: Path) -> None:
    """Write the table of all differences, in the order of `Difference.rows`, for a spreadsheet."""
    if version.difference is not None and len(version.difference.rows):
        text = formula_safe(version.difference.rows).to_csv(index=False, lineterminator="\n")
        write_whole(project / differences_path(version), text.encode("utf-8-sig"))
