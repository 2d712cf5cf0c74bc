"""Ctrl-C and SIGTERM end a verb with one line that says what was kept."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from portrait.errors import Interrupted


@contextmanager
def interruptible(kept: str) -> Iterator[None]:
    """Raise `Interrupted` where the block is stopped by Ctrl-C or by SIGTERM, after its cleaning up.

    Parameters
    ----------
    kept
        What was kept or changed, in one sentence; used unless the block says so itself.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(kept) from None
    finally:
        signal.signal(signal.SIGTERM, before)
