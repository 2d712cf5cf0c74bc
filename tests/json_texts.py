"""The texts inside what JSON holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def texts_of(content: Any) -> Iterator[str]:
    """Yield each text of a value, at any depth."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            yield from texts_of(each)
