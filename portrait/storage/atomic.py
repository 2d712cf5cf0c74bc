"""Atomic file writes."""

from __future__ import annotations

import os
import secrets
from glob import escape
from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file atomically: to a temporary file in the same folder, then renamed.

    A replaced file keeps its permissions; a new file follows the umask.

    Parameters
    ----------
    content
        Bytes, or text that is encoded in UTF-8.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:  # noqa: PTH123
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files of killed processes that were writing a file.

    Call it only where no other process can be writing this file.
    """
    for leftover in path.parent.glob(f".{escape(path.name)}.{'[0-9a-f]' * 8}.tmp"):
        leftover.unlink(missing_ok=True)
