"""Read and write the record of official files, `data/reference/<source>/snapshots.yml`.

It is the ledger of the versions of each file: the one in use; under `waiting`, one with other bytes that
no one has accepted yet; under `replaced`, those in use before; under `kept_out`, those that a person did not
accept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, Sentence
from portrait.fetch.catalogue import FORMATS
from portrait.language.periods import EditionId, edition_period
from portrait.registers.files import SAMPLE
from portrait.registers.parsing import Faults, shown_path
from portrait.registers.source import Source
from portrait.registers.validation import read_mapping
from portrait.storage.atomic import write_whole
from portrait.storage.checksums import file_checksum

RAW = Path("data", "raw")
RECORD = "snapshots.yml"
BY_HAND = "brought by hand"
"""Recorded in place of an address when a person gave the file."""

_HEADER = (
    "# Written by `portrait fetch`: checksum and origin of each official file in data/raw/. `waiting` is a\n"
    "# new version under the same name, until a person accepts it; `replaced` are the versions in use\n"
    "# before, `kept_out` those that a person did not accept.\n"
    "# Commit this record; the files themselves stay out of git.\n"
)
_OTHERS = ("waiting", "replaced", "kept_out")
_SHORT = 8  # characters of the checksum that name a version


@dataclass(frozen=True)
class Snapshot:
    """One version of a file.

    Attributes
    ----------
    name, url
        The catalogue's name for it, and its address (`BY_HAND` when a person gave the file).
    fetched
        Date and time of the fetch, ISO 8601, UTC.
    size, sha256
        Number of bytes, and their checksum.
    rows
        Number of non-empty rows below the header; ``None`` while the year's columns are not recorded.
    created, last_modified
        The catalogue's dates for the resource, as it writes them; empty when it gives none.
    etag, served_modified
        The headers ``ETag`` and ``Last-Modified`` of the download, sent at the next one, so that a server
        that still has this version need not send it again; empty when it gave none.
    dated, last_date
        The date that the file gives of itself, and the latest date in its cells; empty when it has none.
    accepted
        The day on which a person accepted it in place of another, ISO 8601; empty for a first version.
    differences
        Number of rows ``changed``, ``removed``, ``added`` and ``moved`` since the version that it replaced;
        empty where they were not compared.
    """

    name: str
    url: str
    fetched: str
    size: int
    sha256: str
    rows: int | None
    created: str = ""
    last_modified: str = ""
    etag: str = ""
    served_modified: str = ""
    dated: str = ""
    last_date: str = ""
    accepted: str = ""
    differences: Mapping[str, int] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The start of the checksum, which names the version."""
        return self.sha256[:_SHORT]


@dataclass(frozen=True)
class Entry:
    """The record of one file: the version in use, the waiting one, those in use before, those kept out."""

    current: Snapshot | None = None
    waiting: Snapshot | None = None
    replaced: tuple[Snapshot, ...] = ()
    kept_out: tuple[Snapshot, ...] = ()


def raw_folder(source: Source, project: Path) -> Path:
    """Return the folder of a source's official files."""
    return project / RAW / source.id


def path_in_use(source: str, name: str) -> Path:
    """Return the path of a file in use, relative to the project's folder."""
    return RAW / source / name


def waiting_path(path: Path, snapshot: Snapshot) -> Path:
    """Return the path of a waiting version, beside the file that it would replace."""
    return path.with_name(f"{path.name}.new-{snapshot.short}")


def replaced_path(path: Path, sha256: str) -> Path:
    """Return the path of a version that was replaced."""
    return path.with_name(f"{path.name}.old-{sha256[:_SHORT]}")


def year_of(name: str) -> EditionId:
    """Return the edition of a file by its name in `data/raw/<source>/`."""
    return edition_period(name.partition(".")[0])


def read_record(source: Source) -> dict[str, Entry]:
    """Return the entry of each file, keyed by file name, such as ``2025.csv``.

    Raises
    ------
    RefusedInput
        The record is not in the format that `portrait fetch` writes.
    """
    path = source.folder / RECORD
    if not path.exists():
        return {}
    faults = Faults()
    record = read_mapping(path, faults)
    faults.refuse()
    try:
        return {name: _entry(entry) for name, entry in record.items()}
    except TypeError as error:
        raise RefusedInput(
            Place(shown_path(path)),
            Sentence(
                f"ce n’est pas ce que « portrait fetch » écrit ({error}).",
                f"this is not what “portrait fetch” writes ({error}).",
            ),
            Sentence("Rétablissez la version suivie par git.", "Restore the version tracked by git."),
        ) from error


def write_record(source: Source, record: Mapping[str, Entry]) -> None:
    """Write the entries of all files atomically, sorted by name, unless the record has them already."""
    content = {name: _plain(entry) for name, entry in sorted(record.items())}
    text = _HEADER + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    path = source.folder / RECORD
    if not (path.exists() and path.read_bytes() == text.encode()):
        write_whole(path, text)


def _entry(plain: Mapping[str, Any]) -> Entry:
    current = {key: value for key, value in plain.items() if key not in _OTHERS}
    return Entry(
        current=Snapshot(**current) if current else None,
        waiting=Snapshot(**plain["waiting"]) if plain.get("waiting") else None,
        replaced=tuple(Snapshot(**each) for each in plain.get("replaced", ())),
        kept_out=tuple(Snapshot(**each) for each in plain.get("kept_out", ())),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    plain = _keys(entry.current) if entry.current else {}
    if entry.waiting:
        plain["waiting"] = _keys(entry.waiting)
    for name in ("replaced", "kept_out"):
        if versions := getattr(entry, name):
            plain[name] = [_keys(each) for each in versions]
    return plain


def _keys(snapshot: Snapshot) -> dict[str, Any]:
    return {key: value for key, value in asdict(snapshot).items() if value not in ("", {})}


def use_of_waiting(source: Source, year: EditionId) -> str:
    """Return how to use the version that waits for an edition without a file; empty if none waits."""
    record = read_record(source)
    if not any(record.get(f"{year}.{each}", Entry()).waiting for each in FORMATS):
        return ""
    return f"A version waits. To use it: portrait fetch --source {source.id} --edition {year} --accept."


# Check before a build


def refuse_unaccepted(source: Source, year: EditionId, path: Path, project: Path) -> None:
    """Refuse to build from a file that was not accepted or that differs from its record.

    Files outside the project's `data/` are not checked.

    Parameters
    ----------
    source, year
        The source and year to build.
    path
        The file to read.
    project
        The project's folder.

    Raises
    ------
    RefusedInput
        A version of that year's file is waiting to be accepted, or the bytes of `path` differ from the
        record.
    """
    folder = raw_folder(source, project).resolve()
    opened = path.resolve()
    if opened.parent not in (folder, (project / SAMPLE / source.id).resolve()):
        return
    record = read_record(source)
    for file_format in FORMATS:
        name = f"{year}.{file_format}"
        entry = record.get(name, Entry())
        if entry.waiting:
            raise _not_accepted(source, year, folder / name, entry.waiting)
        if entry.current and waiting_path(folder / name, entry.current).exists():
            raise _not_completed(source, name)
    recorded = record.get(opened.name, Entry()).current
    if opened.parent == folder and recorded and file_checksum(opened) != recorded.sha256:
        raise _not_the_recorded(source, year, opened, recorded)


def _not_accepted(source: Source, year: EditionId, path: Path, waiting: Snapshot) -> RefusedInput:
    fetch, check = (f"portrait {verb} --source {source.id} --edition {year}" for verb in ("fetch", "check"))
    return RefusedInput(
        Place(path_in_use(source.id, path.name).as_posix()),
        Sentence(
            f"une autre version ({waiting.short}, obtenue le {waiting.fetched[:10]}) attend d’être acceptée.",
            f"another version ({waiting.short}, fetched {waiting.fetched[:10]}) is waiting to be accepted.",
        ),
        Sentence(
            f"Lisez les différences affichées par « {check} », puis acceptez-les avec « {fetch} --accept », "
            f"ou gardez le fichier en usage avec « {fetch} --keep ».",
            f"Read the differences shown by “{check}”, then accept them with “{fetch} --accept”, or keep "
            f"the file in use with “{fetch} --keep”.",
        ),
    )


def _not_completed(source: Source, name: str) -> RefusedInput:
    return RefusedInput(
        Place(path_in_use(source.id, name).as_posix()),
        Sentence(
            "une commande interrompue a consigné ce fichier sans le mettre en place.",
            "an interrupted command recorded this file and did not put it in place.",
        ),
        Sentence(
            f"Terminez-la avec « portrait fetch --source {source.id} --accept ».",
            f"Complete it with “portrait fetch --source {source.id} --accept”.",
        ),
    )


def _not_the_recorded(source: Source, year: EditionId, path: Path, recorded: Snapshot) -> RefusedInput:
    fetch = f"portrait fetch --source {source.id} --edition {year}"
    given = Sentence(" --from FICHIER", " --from FILE") if recorded.url == BY_HAND else Sentence("", "")
    return RefusedInput(
        Place(path_in_use(source.id, path.name).as_posix()),
        Sentence(
            f"le fichier n’est pas celui que {RECORD} consigne (SHA-256 {recorded.short}…).",
            f"the file is not the one that {RECORD} records (SHA-256 {recorded.short}…).",
        ),
        Sentence(
            f"Obtenez-le de nouveau avec « {fetch}{given.fr} ».", f"Fetch it again with “{fetch}{given.en}”."
        ),
    )
