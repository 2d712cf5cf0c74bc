"""Publish an edition whole or not at all: laid out beside its place, then exchanged with it in one step.

Where the system cannot exchange two folders, two renames do it; a build that is killed between them is undone
by the next command. Whoever calls these functions holds the lock of the edition.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from portrait.storage.exchange import exchange

_STAGED = "staged-"
_REPLACED = "replaced"


class Laid(Mapping[str, bytes]):
    """Files that lie in a folder, read from there when asked for: a batch is more than memory should hold.

    Parameters
    ----------
    folder
        Where they lie.
    names
        Their names inside it.
    """

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._folder, self._names = folder, dict.fromkeys(names)

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return (self._folder / name).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a folder beside the edition's, removed afterwards."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-{_STAGED}", dir=folder.parent))
    staged.chmod(0o777 & ~_umask())
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def lay(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their name inside a folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def keep(names: Iterable[str], *, of: Path, into: Path) -> None:
    """Take files of a folder over into another as they are, without a copy where the disk allows."""
    for name in names:
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(of / name, place, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(of / name, place, follow_symlinks=False)


def files_below(folder: Path) -> list[str]:
    """Return the files below a folder, links included, by their name inside it."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not path.is_dir()
    ]


def publish(staged: Path, folder: Path, *, ours: Collection[str]) -> None:
    """Put a finished edition in its place, in one step where the system can.

    Parameters
    ----------
    ours
        Files that the edition in place had from us. Any other file that is missing in the new one was put
        there meanwhile, and is moved over.
    """
    replaced = folder.with_name(f".{folder.name}-{_REPLACED}")
    if not folder.exists():
        staged.rename(folder)
        return
    if exchange(staged, folder):
        replaced = staged
    else:
        folder.rename(replaced)
        try:
            staged.rename(folder)
        except OSError:
            replaced.rename(folder)
            raise
    keep(set(files_below(replaced)) - set(ours) - set(files_below(folder)), of=replaced, into=folder)
    shutil.rmtree(replaced, ignore_errors=True)


def recover(folder: Path) -> None:
    """Undo what a killed build left: an edition between two renames, and folders laid out beside it."""
    replaced = folder.with_name(f".{folder.name}-{_REPLACED}")
    if replaced.exists() and not folder.exists():
        replaced.rename(folder)
    for leftover in [replaced, *folder.parent.glob(f".{folder.name}-{_STAGED}*")]:
        shutil.rmtree(leftover, ignore_errors=True)
