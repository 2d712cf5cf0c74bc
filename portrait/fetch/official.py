"""Bring official files into the project, checked and recorded.

A file in use is replaced only when a person accepts the new version. All files are downloaded and checked
before any is installed: a fetch installs everything that was asked for, or nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from portrait.errors import RIGHT_YEAR, Place, RefusedInput, Sentence, WrongCall
from portrait.fetch.arrivals import Arrival, check, read_table, refuse_unlike_formats
from portrait.fetch.catalogue import FORMATS, Resource, offered, years_in
from portrait.fetch.comparison import Difference, differences
from portrait.fetch.limits import Limits
from portrait.fetch.snapshots import (
    BY_HAND,
    RAW,
    Entry,
    Snapshot,
    checksum,
    put,
    raw_folder,
    read_record,
    refuse_unaccepted,
    replaced_path,
    waiting_path,
    write_record,
)
from portrait.registers.schema import load_source
from portrait.registers.source import Source

__all__ = ["Fetched", "Limits", "accept", "bring", "fetch", "refuse_unaccepted"]

NEW, AS_RECORDED, CHANGED, ACCEPTED = "new", "as recorded", "changed", "accepted"


@dataclass(frozen=True, eq=False)
class Fetched:
    """The result of fetching one file.

    Attributes
    ----------
    source, year
        The file's source and year.
    path
        The file's path, relative to the project's folder.
    state
        ``new``; ``as recorded``, byte for byte; ``changed``, waiting beside the file in use;
        ``accepted``, it replaced the file in use.
    snapshot
        The file's record.
    difference
        For a changed file, the differences between its rows; ``None`` when the earlier file is not on
        this machine or either file's rows cannot be read.
    """

    source: str
    year: int
    path: Path
    state: str
    snapshot: Snapshot
    difference: Difference | None = None


def fetch(
    source: str, *, project: Path, year: int | None = None, limits: Limits | None = None
) -> list[Fetched]:
    """Download the published files of a register, for one year or for all.

    Raises
    ------
    WrongCall
        There is no such source, or `source.yml` does not give its addresses.
    FetchFailed
        The network, a server or the catalogue failed; nothing was changed.
    RefusedInput
        A file failed a check; nothing was changed.
    """
    from portrait.fetch.download import Client  # slow to import, and not needed by a build

    register = load_source(source, project)
    limits = limits or Limits()
    with _staging(project) as staged, Client(limits) as client:
        resources = offered(register, client, year)
        for each in resources:
            client.download(each.url, staged / each.file)
        return _take(resources, staged, register, project, limits)


def bring(
    source: str,
    files: Sequence[Path],
    *,
    project: Path,
    year: int | None = None,
    limits: Limits | None = None,
) -> list[Fetched]:
    """Check and record files that a person downloaded, as `fetch` does.

    Parameters
    ----------
    files
        One file, or the CSV and the XLSX of one year.
    year
        Their year; by default the year in each file's name.

    Raises
    ------
    WrongCall
        There is no such source or file, or its format or year is unknown.
    RefusedInput
        A file failed a check; nothing was changed.
    """
    register = load_source(source, project)
    limits = limits or Limits()
    resources = [_brought(path, year) for path in files]
    _refuse_duplicates(resources)
    with _staging(project) as staged:
        for each, path in zip(resources, files, strict=True):
            shutil.copyfile(path, staged / each.file)
        return _take(resources, staged, register, project, limits)


def accept(source: str, *, project: Path, year: int | None = None) -> list[Fetched]:
    """Replace the files in use with the waiting versions; keep the earlier files beside them.

    Raises
    ------
    WrongCall
        No version is waiting, or a waiting version is not on this machine.
    """
    register = load_source(source, project)
    record = read_record(register)
    waiting = {
        name: entry.waiting
        for name, entry in record.items()
        if entry.waiting and year in (None, _year_of(name))
    }
    if not waiting:
        raise WrongCall(
            f"No file of {source}{f' {year}' if year else ''} is waiting to be accepted.",
            "Run portrait fetch without --accept to see whether a file changed.",
        )
    folder = raw_folder(register, project)
    for name, snapshot in waiting.items():
        path = waiting_path(folder / name, snapshot)
        if not path.exists() or checksum(path) != snapshot.sha256:
            raise WrongCall(
                f"The waiting version of {source}/{name} is not in data/raw/.",
                f"Run portrait fetch --source {source} --year {_year_of(name)} first.",
            )
    accepted = []
    for name, snapshot in waiting.items():
        _install(waiting_path(folder / name, snapshot), folder / name)
        record[name] = _succeeded(record[name], snapshot)
        accepted.append(Fetched(source, _year_of(name), _shown(register, name), ACCEPTED, snapshot))
    write_record(register, record)
    return accepted


# Checks and installation


def _brought(path: Path, year: int | None) -> Resource:
    """Return the resource of a file given by hand."""
    if not path.is_file():
        raise WrongCall(f"There is no file {path.as_posix()}.", "Give --from the downloaded file.")
    file_format = path.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise WrongCall(f"{path.name} is neither a .csv nor a .xlsx file.", "Give the file as published.")
    named = years_in(path.name)
    if year is not None and named and year not in named:
        raise RefusedInput(
            Place(path.name),
            Sentence(
                f"son nom contient {_listed(named)}, mais il est donné pour {year}.",
                f"its name contains {_listed(named)}, but it was given for {year}.",
            ),
            Sentence(
                "Donnez la bonne année avec --year, ou renommez le fichier si ce nombre n’est pas son année.",
                "Give the right year with --year, or rename the file if that number is not its year.",
            ),
        )
    years = {year} if year is not None else named
    if len(years) != 1:
        raise WrongCall(f"The name {path.name} does not give one year.", "Give the year with --year.")
    return Resource(years.pop(), file_format, BY_HAND, path.name)


def _listed(years: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(years)))


def _refuse_duplicates(resources: Sequence[Resource]) -> None:
    names = [each.file for each in resources]
    for name in names:
        if names.count(name) > 1:
            raise WrongCall(f"Two files were given for {name}.", "Give one file per year and format.")


def _take(
    resources: Iterable[Resource], staged: Path, source: Source, project: Path, limits: Limits
) -> list[Fetched]:
    """Check all the new files, then install and record each of them."""
    arrivals = [check(each, staged / each.file, source, limits) for each in resources]
    folder = raw_folder(source, project)
    record = read_record(source)
    _refuse_twins(arrivals, record)
    for year, group in groupby(arrivals, key=lambda each: each.resource.year):
        arrived = list(group)
        refuse_unlike_formats([*arrived, *_other_formats_at_hand(arrived, source, year, folder)])
    taken = [_store(each, source, folder, record) for each in arrivals]
    write_record(source, record)
    return taken


def _refuse_twins(arrivals: Sequence[Arrival], record: Mapping[str, Entry]) -> None:
    """Refuse the same bytes under two years: one of the files is wrong."""
    seen = {entry.current.sha256: _year_of(name) for name, entry in record.items() if entry.current}
    for arrival in arrivals:
        year, other = arrival.resource.year, seen.setdefault(checksum(arrival.path), arrival.resource.year)
        if other != year:
            raise RefusedInput(
                Place(arrival.resource.file),
                Sentence(
                    f"le fichier est identique à celui de {other}.",
                    f"the file is identical to that of {other}.",
                ),
                RIGHT_YEAR,
            )


def _other_formats_at_hand(
    arrived: Sequence[Arrival], source: Source, year: int, folder: Path
) -> list[Arrival]:
    """Return the file in use of each format that is not among the new files."""
    formats = {each.resource.format for each in arrived}
    others = [Resource(year, each, BY_HAND, f"{year}.{each}") for each in FORMATS if each not in formats]
    return [
        Arrival(each, folder / each.file, read_table(source, year, folder / each.file))
        for each in others
        if (folder / each.file).exists()
    ]


def _store(arrival: Arrival, source: Source, folder: Path, record: dict[str, Entry]) -> Fetched:
    """Install a file that is new or as recorded, else put it beside the one in use; update `record`."""
    name, snapshot = arrival.resource.file, arrival.snapshot()
    path = folder / name
    entry = record.get(name, Entry())
    year, shown = arrival.resource.year, _shown(source, name)
    in_use = checksum(path) if path.exists() else ""
    known = entry.current.sha256 if entry.current else in_use
    if known and snapshot.sha256 != known:
        difference = _difference(arrival, source, path) if in_use == known else None
        _delete_waiting(path, entry)
        put(arrival.path, waiting_path(path, snapshot))
        record[name] = replace(entry, waiting=snapshot)
        return Fetched(source.id, year, shown, CHANGED, snapshot, difference)
    _delete_waiting(path, entry)
    if in_use != snapshot.sha256:
        _install(arrival.path, path)
    else:
        path.chmod(0o444)
    # Keep the first record of the same bytes, except the row count, which may have been unknown then.
    current = replace(entry.current, rows=snapshot.rows) if entry.current else snapshot
    record[name] = replace(entry, current=current, waiting=None)
    state = AS_RECORDED if entry.current else NEW
    return Fetched(source.id, year, shown, state, current)


def _difference(arrival: Arrival, source: Source, path: Path) -> Difference | None:
    """Return the differences from the file in use, or ``None`` if either cannot be read."""
    try:
        before = read_table(source, arrival.resource.year, path)
    except RefusedInput:
        return None
    return differences(before, arrival.table) if before and arrival.table else None


def _delete_waiting(path: Path, entry: Entry) -> None:
    """Delete the waiting version: a newer one, or the one in use, has been published since."""
    if entry.waiting:
        waiting_path(path, entry.waiting).unlink(missing_ok=True)


def _install(arrived: Path, path: Path) -> None:
    """Install a file; keep the one it replaces beside it, under its checksum."""
    if path.exists():
        path.rename(replaced_path(path, checksum(path)))
    put(arrived, path)


def _succeeded(entry: Entry, snapshot: Snapshot) -> Entry:
    earlier = (entry.current,) if entry.current else ()
    return Entry(current=snapshot, replaced=(*entry.replaced, *earlier))


def _shown(source: Source, name: str) -> Path:
    return RAW / source.id / name


def _year_of(name: str) -> int:
    return int(name.partition(".")[0])


@contextmanager
def _staging(project: Path) -> Iterator[Path]:
    """Yield a temporary folder inside `data/raw/`, so that files move from it atomically."""
    (project / RAW).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=project / RAW) as staged:
        yield Path(staged)
