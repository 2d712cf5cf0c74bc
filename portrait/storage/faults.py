"""Unexpected errors: as errors of ours, with a full report kept in a file."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from platformdirs import user_log_path

from portrait import __version__
from portrait.errors import PortraitError, ProcessFailed, ProgramFault
from portrait.storage.checksums import checksum, shown

MOST_REPORTS = 20
"""Reports that are kept; the oldest are deleted."""
SHORT_OF_MEMORY = "Build again, with a smaller --jobs."


def in_words(error: BaseException) -> PortraitError:
    """Return any error as one of ours: ours as it is, another with its type and place."""
    if isinstance(error, PortraitError):
        return error
    if isinstance(error, MemoryError):
        return ProcessFailed("too little memory (MemoryError)", SHORT_OF_MEMORY)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return ProgramFault(f"{type(error).__name__}: {error}{place}", "".join(traceback.format_exception(error)))


def keep_report(error: BaseException) -> None:
    """Write the report of a fault of the program to a file, and have the error name it.

    The folder is that of this user's logs, or else that of temporary files. Another error is left as it is.
    """
    if not isinstance(error, ProgramFault) or error.kept_at:
        return
    head = f"Portrait {__version__}, Python {sys.version}, {platform.platform()}\n{sys.argv}\n\n"
    content = (head + error.report).encode("utf-8", "backslashreplace")
    name = f"fault-{shown(checksum(content))}.txt"
    for folder in (user_log_path("portrait"), Path(tempfile.gettempdir(), "portrait-faults")):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
            _delete_oldest(folder)
        except OSError:
            continue
        error.kept_at = (folder / name).as_posix()
        return


def _delete_oldest(folder: Path) -> None:
    reports = sorted(folder.glob("fault-*.txt"), key=lambda path: path.stat().st_mtime)
    for path in reports[:-MOST_REPORTS]:
        path.unlink(missing_ok=True)
