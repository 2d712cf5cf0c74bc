"""Check the shape of plain values read from JSON that the program wrote, before anything believes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_NAME = re.compile(r"[^/\\]+(/[^/\\]+)*")
_MOST_BYTES = 200
"""Of the name of a file or folder, with what temporary names add: file systems take 255."""


@dataclass(frozen=True)
class Each:
    """A mapping whose keys are names of any number.

    Attributes
    ----------
    shape
        Shape of each value.
    key
        What each key must be; by default any text.
    """

    shape: Any
    key: Callable[[str], bool] = lambda _: True


def has_shape(value: Any, shape: Any) -> bool:
    """Return whether a value has a shape.

    Parameters
    ----------
    shape
        A type; ``None``; a tuple of shapes, one of which it has; a list of one shape, that of each item; a
        mapping of the keys that it must have to their shapes; `Each`; or a function that returns whether a
        value is right.
    """
    if isinstance(shape, type):
        return type(value) is shape
    if shape is None:
        return value is None
    if isinstance(shape, tuple):
        return any(has_shape(value, each) for each in shape)
    if isinstance(shape, list):
        return type(value) is list and all(has_shape(each, shape[0]) for each in value)
    if isinstance(shape, Each):
        return type(value) is dict and all(
            shape.key(key) and has_shape(each, shape.shape) for key, each in value.items()
        )
    if isinstance(shape, Mapping):
        return type(value) is dict and all(
            key in value and has_shape(value[key], each) for key, each in shape.items()
        )
    return bool(shape(value))


def is_name(value: Any) -> bool:
    """Return whether a value is the name of a file inside a folder, such as ``data/links.csv``."""
    return (
        type(value) is str
        and value.isprintable()
        and _NAME.fullmatch(value) is not None
        and all(each not in (".", "..") and len(each.encode()) <= _MOST_BYTES for each in value.split("/"))
    )
