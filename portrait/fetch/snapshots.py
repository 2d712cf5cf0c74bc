"""The record of every official file: what was taken, from where, when, and what waits for a person.

`data/reference/<source>/snapshots.yml` has an entry a file. An entry describes the file in use; under
`waiting`, one that bears the same name, holds other bytes and was not accepted yet; under `replaced`,
those it took the place of.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, Sentence
from portrait.fetch.catalogue import FORMATS
from portrait.registers.parsing import read_yaml
from portrait.registers.source import Source

RAW = Path("data", "raw")
SAMPLE = Path("data", "sample")
RECORD = "snapshots.yml"
BY_HAND = "brought by hand"
"""What stands for the address of a file that a person brought."""

_HEADER = (
    "# Written by `portrait fetch`: what each official file in data/raw/ is, so that anyone can tell it is\n"
    "# the same. `waiting` is a file that changed under an unchanged name, until a person accepts it;\n"
    "# `replaced` are those that were in use before. Commit it; the files themselves stay out of git.\n"
)
_SHORT = 8  # characters of a checksum that name a file among its few versions


@dataclass(frozen=True)
class Snapshot:
    """One version of a file.

    Attributes
    ----------
    name, url
        As the catalogue names it, and where it was taken (`BY_HAND` where a person brought it).
    fetched
        When, in UTC.
    size, sha256
        Bytes, and their checksum.
    rows
        Rows below the header that hold anything; ``None`` while the year's columns are not recorded.
    created, last_modified
        Dates that the catalogue gives of the resource, as it writes them; empty where it gives none.
    """

    name: str
    url: str
    fetched: str
    size: int
    sha256: str
    rows: int | None
    created: str = ""
    last_modified: str = ""

    @property
    def short(self) -> str:
        """The beginning of the checksum, which names the version."""
        return self.sha256[:_SHORT]


@dataclass(frozen=True)
class Entry:
    """What is recorded of one file: the version in use, the one that waits, the earlier ones."""

    current: Snapshot | None = None
    waiting: Snapshot | None = None
    replaced: tuple[Snapshot, ...] = ()


def raw_folder(source: Source, project: Path) -> Path:
    """Return the folder of a source's official files."""
    return project / RAW / source.id


def waiting_path(path: Path, snapshot: Snapshot) -> Path:
    """Return where a version waits beside the file that it would replace."""
    return path.with_name(f"{path.name}.new-{snapshot.short}")


def replaced_path(path: Path, sha256: str) -> Path:
    """Return where a version is kept once another took its place."""
    return path.with_name(f"{path.name}.old-{sha256[:_SHORT]}")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_record(source: Source) -> dict[str, Entry]:
    """Return the entry of each file, by its name as in ``2025.csv``.

    Raises
    ------
    RefusedInput
        The record is not what `portrait fetch` writes.
    """
    path = source.folder / RECORD
    if not path.exists():
        return {}
    try:
        return {str(name): _entry(entry) for name, entry in read_yaml(path).items()}
    except (TypeError, AttributeError) as error:
        raise RefusedInput(
            Place(path.as_posix()),
            Sentence(
                f"ce n’est pas ce que « portrait fetch » écrit ({error}).",
                f"this is not what “portrait fetch” writes ({error}).",
            ),
            Sentence("Reprenez la version que git connaît.", "Take back the version that git knows."),
        ) from error


def write_record(source: Source, record: Mapping[str, Entry]) -> None:
    """Write the entries of all files, in the order of their names."""
    content = {name: _plain(entry) for name, entry in sorted(record.items())}
    text = _HEADER + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    path = source.folder / RECORD
    with tempfile.TemporaryDirectory(prefix=".snapshots-", dir=source.folder) as folder:
        written = Path(folder, RECORD)
        written.write_text(text, "utf-8")
        written.chmod(0o644)
        written.replace(path)


def _entry(plain: Mapping[str, Any]) -> Entry:
    current = {key: value for key, value in plain.items() if key not in ("waiting", "replaced")}
    return Entry(
        current=Snapshot(**current) if current else None,
        waiting=Snapshot(**plain["waiting"]) if "waiting" in plain else None,
        replaced=tuple(Snapshot(**each) for each in plain.get("replaced", ())),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    plain = asdict(entry.current) if entry.current else {}
    if entry.waiting:
        plain["waiting"] = asdict(entry.waiting)
    if entry.replaced:
        plain["replaced"] = [asdict(each) for each in entry.replaced]
    return plain


# What a build asks


def refuse_unaccepted(source: Source, year: int, path: Path, project: Path) -> None:
    """Refuse to build a year on a file that nobody accepted, or that is not the recorded one.

    Files outside the project's own `data/` are whoever names them' matter, and are not looked at.

    Parameters
    ----------
    source, year
        What is built.
    path
        The file that would be read.
    project
        The project's folder.

    Raises
    ------
    RefusedInput
        A file of that year waits to be accepted, or the bytes of `path` are not those recorded.
    """
    folder = raw_folder(source, project).resolve()
    opened = path.resolve()
    if opened.parent not in (folder, (project / SAMPLE / source.id).resolve()):
        return
    record = read_record(source)
    for file_format in FORMATS:
        name = f"{year}.{file_format}"
        waiting = record.get(name, Entry()).waiting
        if waiting:
            raise _not_accepted(source, year, folder / name, waiting)
    recorded = record.get(opened.name, Entry()).current
    if opened.parent == folder and recorded and checksum(opened) != recorded.sha256:
        raise _not_the_recorded(source, year, opened, recorded)


def _not_accepted(source: Source, year: int, path: Path, waiting: Snapshot) -> RefusedInput:
    fetch = _fetch_again(source, year, waiting)
    accept = f"portrait fetch --source {source.id} --year {year} --accept"
    return RefusedInput(
        Place((RAW / source.id / path.name).as_posix()),
        Sentence(
            f"une version aux octets différents ({waiting.short}, obtenue le {waiting.fetched[:10]}) attend "
            "d’être acceptée.",
            f"a version whose bytes differ ({waiting.short}, fetched {waiting.fetched[:10]}) waits to be "
            "accepted.",
        ),
        Sentence(
            f"Lisez les différences que montre « {fetch.fr} », puis acceptez-les par « {accept} ».",
            f"Read the differences that “{fetch.en}” shows, then accept them with “{accept}”.",
        ),
    )


def _not_the_recorded(source: Source, year: int, path: Path, recorded: Snapshot) -> RefusedInput:
    fetch = _fetch_again(source, year, recorded)
    return RefusedInput(
        Place((RAW / source.id / path.name).as_posix()),
        Sentence(
            f"le fichier n’est pas celui que {RECORD} consigne (SHA-256 {recorded.short}…).",
            f"the file is not the one that {RECORD} records (SHA-256 {recorded.short}…).",
        ),
        Sentence(f"Reprenez-le avec « {fetch.fr} ».", f"Take it again with “{fetch.en}”."),
    )


def _fetch_again(source: Source, year: int, snapshot: Snapshot) -> Sentence:
    """Return the command that brought a version: what a person carried is on no network that we know."""
    command = f"portrait fetch --source {source.id} --year {year}"
    if snapshot.url == BY_HAND:
        return Sentence(f"{command} --from FICHIER", f"{command} --from FILE")
    return Sentence(command, command)


# Files that nobody changes by accident


def put(arrived: Path, path: Path) -> None:
    """Put a file in its place at once and whole, read-only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrived.chmod(0o444)
    if os.name == "nt" and path.exists():  # there, a read-only file is not replaced
        path.chmod(0o644)
    arrived.replace(path)
