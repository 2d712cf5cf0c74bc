"""Sets of whole numbers as text: number n is bit n modulo 8 of byte n // 8, in Base64."""

from __future__ import annotations

import base64
from collections.abc import Iterable

import numpy as np


def bits_of(numbers: Iterable[int]) -> str:
    """Return a set of whole numbers as text.

    >>> bits_of([0, 2, 9])
    'BQI='
    """
    kept = list(numbers)
    flags = np.zeros(max(kept, default=-1) + 1, dtype=bool)
    flags[kept] = True
    return base64.b64encode(np.packbits(flags, bitorder="little").tobytes()).decode()


def numbers_of(bits: str) -> set[int]:
    """Return the numbers of a set.

    >>> sorted(numbers_of("BQI="))
    [0, 2, 9]
    """
    content = np.frombuffer(base64.b64decode(bits), dtype=np.uint8)
    return set(np.flatnonzero(np.unpackbits(content, bitorder="little")).tolist())
