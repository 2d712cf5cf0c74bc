"""Publish an edition whole or not at all: laid out beside its place, then moved there by renaming."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a folder beside the target, gone after whatever happens, like empty folders made for it."""
    new_folders = [parent for parent in folder.parents if not parent.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
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
    """Put back an edition that a build killed between its two renamings left aside."""
    for stranded in sorted(folder.parent.glob(f".{folder.name}-replaced-*")):
        if folder.exists():
            shutil.rmtree(stranded, ignore_errors=True)
        else:
            stranded.rename(folder)
