"""Install official files as their record says, so that no interruption leaves them in between.

The record is the commit point. New files are first put beside those in use, under their checksum; then the
record is written; then `settle` renames them. A process that ends before the record is written changed
nothing; what one that ends after it left to do is completed by the next fetch or `--accept`.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portrait.errors import Interrupted
from portrait.fetch.snapshots import (
    Snapshot,
    raw_folder,
    read_record,
    replaced_path,
    waiting_path,
)
from portrait.registers.source import Source
from portrait.storage.atomic import move_whole, remove_leftovers, temporary_path
from portrait.storage.checksums import file_checksum
from portrait.storage.locks import locked

_NEW_VERSION = re.compile(r".+\.new-[0-9a-f]{8}")


@dataclass(frozen=True)
class Work:
    """What a command that installs files works with.

    Attributes
    ----------
    staged
        A temporary folder on the disk of `data/raw/`.
    completed
        Names of the files that an interrupted command had recorded and not yet put in place.
    """

    staged: Path
    completed: tuple[str, ...]


@contextmanager
def installing(source: Source, project: Path) -> Iterator[Work]:
    """Hold the files of a source while the block runs, then leave them as the record says.

    Raises
    ------
    Interrupted
        Ctrl-C; the message says whether anything was changed.
    """
    folder = raw_folder(source, project)
    waiting = f"Waiting for another fetch of {source.id} to end."
    with locked(folder.with_name(f".{source.id}.lock"), lambda: print(waiting, file=sys.stderr)):
        for swept in (folder.parent, folder, source.folder):
            remove_leftovers(swept)
        completed = settle(source, folder)
        before = read_record(source)
        staged = temporary_path(folder)
        try:
            staged.mkdir()
            yield Work(staged, tuple(completed))
        except KeyboardInterrupt:
            raise Interrupted(
                "Nothing was changed."
                if read_record(source) == before
                else "The new files are recorded; those in data/raw/ are as the record says."
            ) from None
        finally:
            shutil.rmtree(staged, ignore_errors=True)
            settle(source, folder)


def settle(source: Source, folder: Path) -> list[str]:
    """Put files where the record has them, and delete versions that it does not have.

    Returns
    -------
    list of str
        Names of the files put in use.
    """
    record = read_record(source)
    completed = [
        name for name, entry in record.items() if entry.current and _complete(folder / name, entry.current)
    ]
    for name, entry in record.items():
        for each in entry.kept_out:
            arrived = waiting_path(folder / name, each)
            if arrived.exists() and not (entry.waiting and entry.waiting.sha256 == each.sha256):
                move_whole(arrived, replaced_path(folder / name, each.sha256))
    waiting = {waiting_path(folder / name, entry.waiting) for name, entry in record.items() if entry.waiting}
    for path in folder.glob("*.new-*"):
        if _NEW_VERSION.fullmatch(path.name) and path not in waiting:
            path.chmod(0o644)  # Windows does not delete a read-only file
            path.unlink()
    return completed


def _complete(path: Path, current: Snapshot) -> bool:
    """Put a recorded version in place, if it is there; keep the file it replaces, under its checksum."""
    arrived = waiting_path(path, current)
    in_use = file_checksum(path) if path.exists() else ""
    if in_use == current.sha256 or not arrived.exists() or file_checksum(arrived) != current.sha256:
        return False
    if in_use:
        earlier = replaced_path(path, in_use)
        copy = temporary_path(earlier)
        shutil.copyfile(path, copy)
        move_whole(copy, earlier)
    move_whole(arrived, path)
    return True
