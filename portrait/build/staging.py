"""Publish an edition whole or not at all: laid out beside its place, then exchanged with it in one step.

Where the system cannot exchange two folders, two renames do it; a build that is killed between them is undone
by the next command. Whoever calls these functions holds the lock of the edition.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from portrait.errors import PortraitError
from portrait.storage.exchange import exchange

_STAGED = "staged-"
_REPLACED = "replaced"


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
    """Take files and empty folders over into another folder, without a copy where the disk allows."""
    for name in names:
        _take_over(of / name, into / name)


def _take_over(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if _is_folder(source):
        place.mkdir(exist_ok=True)
        return
    try:
        os.link(source, place, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, place, follow_symlinks=False)


def files_below(folder: Path) -> list[str]:
    """Return the files below a folder, links included, by their name inside it."""
    return [name for name in entries_below(folder) if not _is_folder(folder / name)]


def entries_below(folder: Path) -> list[str]:
    """Return the files below a folder, links included, and the folders that are empty, by their name."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if not _is_folder(path) or not any(path.iterdir())
    ]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def publish(staged: Path, folder: Path, *, ours: Collection[str]) -> None:
    """Put a finished edition in its place, in one step where the system can.

    Parameters
    ----------
    ours
        Files that the edition in place had from us. Any other that is missing in the new one was put there
        meanwhile, and is moved over.

    Raises
    ------
    PortraitError
        The edition is published, but such a file could not be moved over: the next build tries again.
    """
    replaced = folder.with_name(f".{folder.name}-{_REPLACED}")
    if not folder.exists():
        staged.rename(folder)
        return
    if exchange(staged, folder):
        # Under a name that `staging` does not remove and `recover` finds.
        replaced = staged
        with suppress(OSError):  # it is published all the same, and the old one is discarded from where it is
            replaced = staged.rename(staged.with_name(f"{staged.name}-{_REPLACED}"))
    else:
        folder.rename(replaced)
        try:
            staged.rename(folder)
        except OSError:
            replaced.rename(folder)
            raise
    try:
        _discard(replaced, folder, ours)
    except OSError as error:
        raise PortraitError(
            f"{error.filename or replaced}: {error.strerror or error}.",
            f"The edition is published; files that were put in {folder} meanwhile are in {replaced}, from "
            "where the next build moves them.",
        ) from error


def recover(folder: Path, ours: Callable[[Path], Collection[str]]) -> None:
    """Undo what a killed build left: an edition between two renames, and folders laid out beside it.

    Parameters
    ----------
    ours
        Returns the names of our files in such a folder, from its manifest. Files that others put in an
        edition which was replaced are moved to the one in its place; before its manifest is written, all
        that a folder holds is ours.
    """
    replaced = folder.with_name(f".{folder.name}-{_REPLACED}")
    if replaced.exists() and not folder.exists():
        replaced.rename(folder)
    for leftover in folder.parent.glob(f".{folder.name}-{_STAGED}*"):
        _discard(leftover, folder, ours(leftover) or entries_below(leftover))
    if replaced.exists():
        _discard(replaced, folder, ours(replaced))


def _discard(leftover: Path, folder: Path, ours: Collection[str]) -> None:
    """Remove a folder beside the edition, after moving to the edition what others put in it.

    A file whose name is taken there by another one gets a number after its name.
    """
    for name in sorted(set(entries_below(leftover)) - set(ours)):
        source, place = leftover / name, folder / name
        if not _is_same(source, place):
            _take_over(source, _free(place))
    shutil.rmtree(leftover, ignore_errors=True)


def _is_same(first: Path, second: Path) -> bool:
    """Tell whether two places hold the same file, the same link, or a folder each."""
    if first.is_symlink() or second.is_symlink():
        return first.is_symlink() and second.is_symlink() and first.readlink() == second.readlink()
    if first.is_dir() or not second.is_file():
        return first.is_dir() and second.is_dir()
    return first.samefile(second) or filecmp.cmp(first, second, shallow=False)


def _free(place: Path) -> Path:
    """Return a place that nothing has taken: this one, or the first of its name with a number."""
    numbered = (place.with_name(f"{place.stem}-{number}{place.suffix}") for number in count(2))
    return next(each for each in chain([place], numbered) if not os.path.lexists(each))
