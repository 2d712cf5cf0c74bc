"""Publish an edition whole or not at all: laid out beside its place, then moved there by renaming."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_STAGED = "staged-"
_LONGEST_BUILD = 86400
"""Seconds after which what is staged can only be what a killed build left."""


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
    """Give a folder beside the target, gone after whatever happens, like empty folders made for it."""
    new_folders = [parent for parent in folder.parents if not parent.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-{_STAGED}", dir=folder.parent))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        for parent in new_folders:
            if not any(parent.iterdir()):
                parent.rmdir()


def lay(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their name inside a folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove from a folder all files but those named."""
    wanted = {folder / name for name in names}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def keep(names: Iterable[str], *, of: Path, into: Path) -> None:
    """Take files of a published edition over into another as they are, without a copy where disks allow."""
    for name in names:
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.hardlink_to(of / name)
        except OSError:
            shutil.copy2(of / name, place)


def publish(staged: Path, folder: Path) -> None:
    """Put a finished edition in its place by renaming, the one it replaces aside until then."""
    staged.chmod(0o755)  # mkdtemp keeps it to its owner
    replaced = folder.with_name(f".{folder.name}-replaced-{os.getpid()}")
    if folder.exists():
        folder.rename(replaced)
    try:
        staged.rename(folder)
    except OSError:
        if replaced.exists():
            replaced.rename(folder)
        raise
    shutil.rmtree(replaced, ignore_errors=True)


def restore_stranded(folder: Path) -> None:
    """Put back an edition that a build killed between its two renamings left aside, and sweep what it staged.

    What is staged may be another build's that runs: it goes when no build takes so long.
    """
    for staged in folder.parent.glob(f".{folder.name}-{_STAGED}*"):
        if time.time() - staged.stat().st_mtime > _LONGEST_BUILD:
            shutil.rmtree(staged, ignore_errors=True)
    for stranded in sorted(folder.parent.glob(f".{folder.name}-replaced-*")):
        if folder.exists():
            shutil.rmtree(stranded, ignore_errors=True)
        else:
            stranded.rename(folder)
