"""Accept the versions that wait beside the files in use, or keep them out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from portrait.errors import WrongCall
from portrait.fetch.dating import NEWER, OLDER
from portrait.fetch.installation import installing
from portrait.fetch.official import ACCEPTED, COMPLETED, KEPT_OUT, Fetched
from portrait.fetch.snapshots import (
    Entry,
    Snapshot,
    path_in_use,
    raw_folder,
    read_record,
    waiting_path,
    write_record,
    year_of,
)
from portrait.fetch.versions import Version, compared
from portrait.language.periods import EditionId
from portrait.registers.schema import load_source
from portrait.registers.source import Source
from portrait.storage.checksums import file_checksum


def accept(
    source: str, *, project: Path, year: EditionId | None = None, is_newer: bool = False
) -> list[Fetched]:
    """Replace the files in use with the waiting versions; keep the earlier files beside them.

    What an interrupted command had recorded and not put in place is completed, too.

    Parameters
    ----------
    is_newer
        Whether a person says that the waiting versions are the newer ones, where dates do not.

    Raises
    ------
    WrongCall
        No version is waiting, a waiting version is not on this machine, or dates do not say that it is
        newer than the file in use and nobody did.
    """
    register = load_source(source, project)
    with installing(register, project) as work:
        record = read_record(register)
        completed = [
            Fetched(source, year_of(name), path_in_use(register.id, name), COMPLETED, entry.current)
            for name, entry in record.items()
            if entry.current and name in work.completed
        ]
        found = _waiting(register, project, year)
        if not found and not completed:
            raise _nothing_waits(source, year)
        versions = {name: compared(register, project, name, record[name]) for name in found}
        for version in () if is_newer else versions.values():
            _refuse_not_newer(version)
        accepted = []
        for name, version in versions.items():
            snapshot = _accepted(version)
            record[name] = _succeeded(record[name], snapshot)
            accepted.append(Fetched(source, version.year, version.shown, ACCEPTED, snapshot))
        write_record(register, record)
    return [*completed, *accepted]


def keep(source: str, *, project: Path, year: EditionId | None = None) -> list[Fetched]:
    """Keep the files in use, and record the waiting versions as kept out; their files stay beside.

    Raises
    ------
    WrongCall
        No version is waiting, or a waiting version is not on this machine.
    """
    register = load_source(source, project)
    with installing(register, project):
        record, kept = read_record(register), []
        for name, waiting in _waiting(register, project, year).items():
            others = (each for each in record[name].kept_out if each.sha256 != waiting.sha256)
            record[name] = replace(record[name], waiting=None, kept_out=(*others, waiting))
            kept.append(Fetched(source, year_of(name), path_in_use(register.id, name), KEPT_OUT, waiting))
        if not kept:
            raise _nothing_waits(source, year)
        write_record(register, record)
    return kept


def _waiting(source: Source, project: Path, year: EditionId | None) -> dict[str, Snapshot]:
    """Return the waiting version of each file, of one edition or of all.

    Raises
    ------
    WrongCall
        One is not on this machine.
    """
    found = {
        name: entry.waiting
        for name, entry in read_record(source).items()
        if entry.waiting and year in (None, year_of(name))
    }
    for name, waiting in found.items():
        path = waiting_path(raw_folder(source, project) / name, waiting)
        if not path.exists() or file_checksum(path) != waiting.sha256:
            raise WrongCall(
                f"The waiting version of {source.id}/{name} is not in data/raw/.",
                f"Run portrait fetch --source {source.id} --edition {year_of(name)} first.",
            )
    return found


def _nothing_waits(source: str, year: EditionId | None) -> WrongCall:
    return WrongCall(
        f"No file of {source}{f' {year}' if year else ''} is waiting to be accepted.",
        "Run portrait fetch without --accept to see whether a file changed.",
    )


def _refuse_not_newer(version: Version) -> None:
    order = version.order
    if order.state == NEWER or not version.path.exists():
        return
    name, command = version.shown.as_posix(), f"--source {version.source} --edition {version.year}"
    found = f"No date says whether the waiting version of {name} is newer than the file in use."
    if order.state == OLDER and order.origin:
        found = (
            f"The waiting version of {name} is older than the file in use: {order.origin.en}, "
            f"{order.after[:10]} against {order.before[:10]}."
        )
    raise WrongCall(
        found,
        f"Run portrait fetch {command} --accept --newer if it is to be used, or portrait fetch {command} "
        "--keep to keep the file in use.",
    )


def _accepted(version: Version) -> Snapshot:
    """Return the record of an accepted version, with what changed since the one that it replaces."""
    if version.before is None:
        return version.after
    counts = version.difference.counts if version.difference else {}
    return replace(version.after, accepted=datetime.now(UTC).date().isoformat(), differences=counts)


def _succeeded(entry: Entry, snapshot: Snapshot) -> Entry:
    earlier = (entry.current,) if entry.current else ()
    kept_out = tuple(each for each in entry.kept_out if each.sha256 != snapshot.sha256)
    return Entry(current=snapshot, replaced=(*entry.replaced, *earlier), kept_out=kept_out)
