"""Locks between processes, which the system releases when their process ends, however it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def locked(path: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold a lock file while the block runs; wait for the process that holds it.

    Folders made for the lock are removed before it is released, unless something else is in them.

    Parameters
    ----------
    waiting
        What to call before waiting.
    """
    new_folders = [parent for parent in path.parents if not parent.exists()]
    lock = _acquired(path, waiting)
    try:
        yield
    finally:
        _remove_unused(new_folders, path)
        lock.release()


def _acquired(path: Path, waiting: Callable[[], object]) -> FileLock:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        with suppress(FileNotFoundError):  # its holder removed the folder
            try:
                lock.acquire(blocking=False)
            except Timeout:
                waiting()
                lock.acquire()
            return lock


def _remove_unused(folders: Iterable[Path], path: Path) -> None:
    with suppress(OSError):  # another process puts a file there, or the system keeps open files
        for folder in folders:
            if list(folder.iterdir()) == [path]:
                path.unlink()
            folder.rmdir()
