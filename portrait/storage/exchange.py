"""Exchange two folders in one step, where the system can."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100
"""What Linux calls AT_FDCWD: paths are seen from the working folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


def exchange(first: Path, second: Path) -> bool:
    """Exchange the names of two folders of one disk: no reader ever finds either name absent.

    Returns
    -------
    bool
        Whether it was done; ``False`` where the system or the file system has no such step.
    """
    names = os.fsencode(first), os.fsencode(second)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(names[0], names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):  # an older C library, or none
        pass
    return False
