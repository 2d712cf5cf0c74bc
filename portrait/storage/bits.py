"""Sets of whole numbers as text: number n is bit n modulo 8 of byte n // 8, in Base64."""

from __future__ import annotations

import base64
from collections.abc import Iterable


def bits_of(numbers: Iterable[int]) -> str:
    """Return a set of whole numbers as text.

    >>> bits_of([0, 2, 9])
    'BQI='
    """
    kept = set(numbers)
    content = bytearray(max(kept, default=-1) // 8 + 1)
    for number in kept:
        content[number // 8] |= 1 << number % 8
    return base64.b64encode(content).decode()


def numbers_of(bits: str) -> set[int]:
    """Return the numbers of a set.

    >>> sorted(numbers_of("BQI="))
    [0, 2, 9]
    """
    content = base64.b64decode(bits)
    return {8 * place + bit for place, byte in enumerate(content) for bit in range(8) if byte >> bit & 1}
