"""Atomic file writes: to a new file, synced, then renamed."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

READ_ONLY = 0o444
"""Permissions of a file that no one is to edit."""

_TEMPORARY = re.compile(r"\..+\.(?P<process>[0-9a-f]{8})[0-9a-f]{8}\.tmp")
"""Names that `temporary_path` gives: `.gitignore` has the same pattern."""


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
    write_all_whole({path: content})


def write_all_whole(contents: Mapping[Path, bytes | str]) -> None:
    """Write several files, each atomically, in order; none is replaced until all are on the disk.

    A disk that fills up leaves every file as it was. Only a process that is killed between two renames
    leaves some files new and the others as they were, each of them whole.
    """
    written: dict[Path, Path] = {}
    try:
        for folder in {path.parent for path in contents}:
            folder.mkdir(parents=True, exist_ok=True)
            remove_leftovers(folder)
        for path, content in contents.items():
            written[path] = temporary_path(path)
            _write_synced(written[path], content.encode() if isinstance(content, str) else content)
            if path.exists():
                written[path].chmod(path.stat().st_mode)
        for path, temporary in written.items():
            _replace(temporary, path)
    except BaseException:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
        raise


def move_whole(arrived: Path, path: Path) -> None:
    """Move a file of the same disk to `path` atomically: synced, read-only, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with arrived.open("rb+") as stream:
        os.fsync(stream.fileno())
    arrived.chmod(READ_ONLY)
    _replace(arrived, path)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files and folders that processes that are gone left in a folder."""
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
