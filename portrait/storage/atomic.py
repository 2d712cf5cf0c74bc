"""Atomic file writes: to a new file, synced, then renamed; several files at once, all of them or none."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from portrait.errors import PortraitError

READ_ONLY = 0o444
"""Permissions that are left to a file that no one is to edit."""

_TEMPORARY = re.compile(r"\..+\.(?P<process>[0-9a-f]{8})[0-9a-f]{8}\.tmp")
"""Names that `temporary_path` gives: `.gitignore` has the same pattern."""
_TOGETHER = "together"
"""Name, in `temporary_path`, of a list of files to rename together."""


def temporary_path(path: Path) -> Path:
    """Return a new hidden name beside `path`, with the id of this process, for a file or a folder."""
    return path.with_name(f".{path.name}.{os.getpid():08x}{secrets.token_hex(4)}.tmp")


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file atomically: to a temporary file in the same folder, synced, then renamed.

    A replaced file keeps its permissions; a new file follows the umask.

    Parameters
    ----------
    content
        Bytes, or text that is encoded in UTF-8.
    """
    _prepare(path.parent)
    temporary = temporary_path(path)
    try:
        _lay(temporary, path, content)
        _replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_all_whole(contents: Mapping[Path, bytes | str | None], folder: Path) -> None:
    """Write several files together: every one is replaced, or none, whatever ends the process.

    They are laid out beside their places and listed in a file; then they are renamed.
    Until the list is on the disk nothing is changed; from then on `complete_writes` does what is left.

    Parameters
    ----------
    contents
        Content by file; ``None`` for a file to delete.
    folder
        Where the list is: a folder that `complete_writes` is called with before any of these files is read.

    Raises
    ------
    PortraitError
        All is on the disk, but a file could not be renamed.
    """
    for each in {folder, *(path.parent for path in contents)}:
        _prepare(each)
    temporaries = {path: temporary_path(path) for path in contents}
    listed = temporary_path(folder / _TOGETHER)
    try:
        for path, content in contents.items():
            _lay(temporaries[path], path, content or b"")
        names = [(os.path.relpath(path, folder), temporary.name) for path, temporary in temporaries.items()]
        _write_synced(listed, json.dumps(names).encode())
    except BaseException:
        for temporary in (listed, *temporaries.values()):  # the list first: what it names must be there
            temporary.unlink(missing_ok=True)
        raise
    try:
        _complete(listed)
    except OSError as error:
        raise PortraitError(
            f"{error.filename or folder}: {error.strerror or error}.",
            "The new files are on the disk: the next command puts them in place.",
        ) from error


def complete_writes(folder: Path) -> None:
    """Do what is left of files written together and listed in a folder, if their process ended before."""
    for listed in folder.glob(f".{_TOGETHER}.*.tmp"):
        _complete(listed)


def move_whole(arrived: Path, path: Path) -> None:
    """Move a file of the same disk to `path` atomically: synced, read-only, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with arrived.open("rb+") as stream:
        os.fsync(stream.fileno())
    arrived.chmod(arrived.stat().st_mode & READ_ONLY)
    _replace(arrived, path)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files and folders that processes that are gone left in a folder.

    Files written together are first put in place.
    """
    complete_writes(folder)
    for leftover in folder.glob(".*.tmp"):
        named = _TEMPORARY.fullmatch(leftover.name)
        if named and not _is_running(int(named["process"], 16)):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    import psutil  # rarely needed: only where there is a leftover

    return bool(psutil.pid_exists(process))


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder)


def _lay(temporary: Path, path: Path, content: bytes | str) -> None:
    """Write the content of a file beside its place, with the permissions of the file that it replaces."""
    _write_synced(temporary, content.encode() if isinstance(content, str) else content)
    if path.exists():
        temporary.chmod(path.stat().st_mode)


def _complete(listed: Path) -> None:
    """Rename what is left of a list, then delete the list; a list that was cut short has nothing renamed."""
    try:
        names = [(str(name), str(temporary)) for name, temporary in json.loads(listed.read_bytes())]
    except (FileNotFoundError, ValueError, TypeError, RecursionError):
        return
    for name, temporary in names:
        path = listed.parent / name
        # A list that we did not write replaces nothing but what has our temporary file beside it.
        if _TEMPORARY.fullmatch(temporary) and temporary.startswith(f".{path.name}."):
            _put(path.with_name(temporary), path)
    listed.unlink(missing_ok=True)


def _put(temporary: Path, path: Path) -> None:
    """Replace a file by its temporary file, unless that was done; an empty one deletes it."""
    with suppress(FileNotFoundError):
        if temporary.stat().st_size:
            _replace(temporary, path)
        else:
            path.unlink(missing_ok=True)
            temporary.unlink()


def _write_synced(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:  # noqa: PTH123
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(temporary: Path, path: Path) -> None:
    if os.name == "nt" and path.exists():  # Windows does not replace a read-only file
        path.chmod(0o644)
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, on systems and disks that can sync a folder."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks cannot
            os.fsync(opened)
    finally:
        os.close(opened)
