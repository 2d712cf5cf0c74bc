"""Keep Python from collecting garbage while it makes what lasts: imported libraries, an open edition."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

BETWEEN_COLLECTIONS = 50_000
"""Objects made between two collections: notebooks make some 600 thousand, nearly all without cycles."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect nothing while the block runs, seldom after it, and leave what it made out of later collections.

    Going through what was imported, again and again, takes a tenth of the time of the imports. A process
    forked later shares these objects: a collection would copy their pages. Only for what is kept as long as
    the process: cycles among these objects are never freed.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(BETWEEN_COLLECTIONS)
        gc.enable()
