"""Bring official files into the project, checked and recorded.

A file in use is replaced only when a person accepts the new version. All files are downloaded and checked
before any is installed: a fetch installs everything that was asked for, or nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from portrait.errors import RIGHT_YEAR, Place, RefusedInput, Sentence, WrongCall
from portrait.fetch.arrivals import Arrival, check, read_table, refuse_unlike_formats
from portrait.fetch.catalogue import FORMATS, Resource, offered, years_in
from portrait.fetch.doubts import doubt
from portrait.fetch.installation import installing
from portrait.fetch.limits import Limits
from portrait.fetch.snapshots import (
    BY_HAND,
    Entry,
    Snapshot,
    path_in_use,
    raw_folder,
    read_record,
    waiting_path,
    write_record,
    year_of,
)
from portrait.language.periods import EditionId, bounds
from portrait.registers.edition_files import files_of
from portrait.registers.files import embedded_file
from portrait.registers.schema import load_source
from portrait.registers.source import Source
from portrait.storage.atomic import READ_ONLY, move_whole
from portrait.storage.checksums import file_checksum

if TYPE_CHECKING:
    from portrait.fetch.download import Client

NEW, AS_RECORDED, CHANGED, ACCEPTED = "new", "as recorded", "changed", "accepted"
DOUBTFUL, COMPLETED, KEPT_OUT = "doubtful", "completed", "kept out"
_LIMITS = Limits()


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
        ``doubtful``, waiting because it may be cut short; ``accepted``, it replaced the file in use;
        ``completed``, an interrupted command had recorded it, and it is now in place; ``kept out``, a
        person did not accept it.
    snapshot
        The file's record.
    doubt
        For a file that waits, why it may be cut short, if it may.
    is_first_official
        Whether it takes the place of an embedded reconstruction.
    """

    source: str
    year: EditionId
    path: Path
    state: str
    snapshot: Snapshot
    doubt: Sentence | None = None
    is_first_official: bool = False


def fetch(
    source: str, *, project: Path, year: EditionId | None = None, limits: Limits = _LIMITS
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
    with installing(register, project) as work, Client(limits) as client:
        record, folder = read_record(register), raw_folder(register, project)
        resources = [
            _downloaded(each, client, work.staged, _at_hand(each, record, folder))
            for each in offered(register, client, year)
        ]
        return _take(resources, work.staged, register, project, limits)


def bring(
    source: str,
    files: Sequence[Path],
    *,
    project: Path,
    year: EditionId | None = None,
    limits: Limits = _LIMITS,
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
    resources = [_brought(path, year) for path in files]
    for each in resources:
        if files_of(register, each.year):
            raise WrongCall(
                f"The edition {each.year} of {source} is made of several files, which are not recorded.",
                f"Put them in {path_in_use(register.id, str(each.year)).as_posix()}/; to see first what they "
                f"change: portrait check --source {source} --edition {each.year} --data FOLDER.",
            )
    _refuse_duplicates(resources)
    with installing(register, project) as work:
        for each, path in zip(resources, files, strict=True):
            shutil.copyfile(path, work.staged / each.file)
        return _take(resources, work.staged, register, project, limits)


# Downloads


def _at_hand(resource: Resource, record: Mapping[str, Entry], folder: Path) -> tuple[Path, Snapshot] | None:
    """Return the newest recorded version, if it is on this machine and comes from this address.

    A version that the catalogue says was modified since is left out: it is downloaded again whatever the
    server says.
    """
    entry, path = record.get(resource.file, Entry()), folder / resource.file
    newest = entry.waiting or entry.current
    if newest is None or (newest.url, newest.last_modified) != (resource.url, resource.last_modified):
        return None
    place = waiting_path(path, newest) if entry.waiting else path
    return (place, newest) if place.exists() and file_checksum(place) == newest.sha256 else None


def _downloaded(
    resource: Resource, client: Client, staged: Path, at_hand: tuple[Path, Snapshot] | None
) -> Resource:
    """Download a file, or copy the version at hand where the server says that it did not change."""
    from portrait.fetch.download import Validators

    known = Validators(at_hand[1].etag, at_hand[1].served_modified) if at_hand else Validators()
    sent = client.download(resource.url, staged / resource.file, known)
    if sent is None and at_hand:
        shutil.copyfile(at_hand[0], staged / resource.file)
    kept = known if sent is None else sent
    return replace(resource, etag=kept.etag, served_modified=kept.last_modified)


# Checks and installation


def _brought(path: Path, year: EditionId | None) -> Resource:
    """Return the resource of a file given by hand."""
    if not path.is_file():
        raise WrongCall(f"There is no file {path.as_posix()}.", "Give --from the downloaded file.")
    file_format = path.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        known = ", ".join(f".{each}" for each in FORMATS)
        raise WrongCall(f"{path.name} has none of these formats: {known}.", "Give the file as published.")
    named = years_in(path.name)
    if year is not None and named and bounds(year)[0].year not in named:
        raise RefusedInput(
            Place(path.name),
            Sentence(
                f"son nom contient {_listed(named)}, mais il est donné pour {year}.",
                f"its name contains {_listed(named)}, but it was given for {year}.",
            ),
            Sentence(
                "Donnez la bonne édition avec --edition, ou renommez le fichier si ce n’est pas son année.",
                "Give the right edition with --edition, or rename the file if that number is not its year.",
            ),
        )
    years: set[EditionId] = {year} if year is not None else {*named}
    if len(years) != 1:
        raise WrongCall(f"The name {path.name} does not give one year.", "Give the edition with --edition.")
    return Resource(years.pop(), file_format, BY_HAND, path.name)


def _listed(years: Iterable[EditionId]) -> str:
    return ", ".join(map(str, sorted(years)))


def _refuse_duplicates(resources: Sequence[Resource]) -> None:
    names = [each.file for each in resources]
    for name in names:
        if names.count(name) > 1:
            raise WrongCall(f"Two files were given for {name}.", "Give one file per year and format.")


def _take(
    resources: Iterable[Resource], staged: Path, source: Source, project: Path, limits: Limits
) -> list[Fetched]:
    """Check all the new files, then record them; `installing` puts them in place."""
    arrivals = [check(each, staged / each.file, source, limits) for each in resources]
    folder = raw_folder(source, project)
    record = read_record(source)
    _refuse_twins(arrivals, record)
    for year, group in groupby(arrivals, key=lambda each: each.resource.year):
        arrived = list(group)
        refuse_unlike_formats([*arrived, *_other_formats_at_hand(arrived, source, year, folder)])
    taken = [_store(each, source, project, record) for each in arrivals]
    write_record(source, record)
    return taken


def _refuse_twins(arrivals: Sequence[Arrival], record: Mapping[str, Entry]) -> None:
    """Refuse the same bytes under two years: one of the files is wrong."""
    seen = {entry.current.sha256: year_of(name) for name, entry in record.items() if entry.current}
    for arrival in arrivals:
        year, other = (
            arrival.resource.year,
            seen.setdefault(file_checksum(arrival.path), arrival.resource.year),
        )
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
    arrived: Sequence[Arrival], source: Source, year: EditionId, folder: Path
) -> list[Arrival]:
    """Return the file in use of each format that is not among the new files."""
    formats = {each.resource.format for each in arrived}
    others = [Resource(year, each, BY_HAND, f"{year}.{each}") for each in FORMATS if each not in formats]
    return [
        Arrival(each, folder / each.file, read_table(source, year, folder / each.file), source)
        for each in others
        if (folder / each.file).exists()
    ]


def _store(arrival: Arrival, source: Source, project: Path, record: dict[str, Entry]) -> Fetched:
    """Put a new file beside the one in use, and update `record`: it says whether to install the file.

    A version that a person kept out waits again only if a person brings it.
    """
    name, snapshot = arrival.resource.file, arrival.snapshot()
    path = raw_folder(source, project) / name
    is_sent = snapshot.url != BY_HAND
    entry = record.get(name, Entry())
    year, path_shown = arrival.resource.year, path_in_use(source.id, name)
    in_use = file_checksum(path) if path.exists() else ""
    known = entry.current.sha256 if entry.current else in_use
    suspected = doubt(arrival, record) if snapshot.sha256 != known else None
    if is_sent and snapshot.sha256 in {each.sha256 for each in entry.kept_out}:
        return Fetched(source.id, year, path_shown, KEPT_OUT, snapshot)
    if (known and snapshot.sha256 != known) or suspected:
        move_whole(arrival.path, waiting_path(path, snapshot))
        record[name] = replace(entry, waiting=snapshot)
        return Fetched(source.id, year, path_shown, CHANGED if known else DOUBTFUL, snapshot, suspected)
    if in_use != snapshot.sha256:
        move_whole(arrival.path, waiting_path(path, snapshot))
    else:
        path.chmod(path.stat().st_mode & READ_ONLY)
    current = _recorded_again(entry.current, snapshot) if entry.current else snapshot
    record[name] = replace(entry, current=current, waiting=None)
    state = AS_RECORDED if entry.current else NEW
    is_first = state == NEW and embedded_file(source, project, year) is not None
    return Fetched(source.id, year, path_shown, state, current, is_first_official=is_first)


def _recorded_again(first: Snapshot, again: Snapshot) -> Snapshot:
    """Keep the first record of the same bytes, except what may have been unknown or different then."""
    return replace(
        first,
        rows=again.rows,
        etag=again.etag or first.etag,
        served_modified=again.served_modified or first.served_modified,
        dated=again.dated,
        last_date=again.last_date,
    )
