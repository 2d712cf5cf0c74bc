"""Note the messages that each process says: Python imports this first, where `tests.messages.untold` puts it.

A process appends to a file of its own, named by its number, the place in the code of each message once.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

_FOLDER = Path(os.environ["PORTRAIT_MESSAGES"])
_noted: set[tuple[int, str]] = set()


def _place(frame: FrameType) -> str:
    """Return file, line and column of the call that a frame is at."""
    line, _, column, _ = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    return f"{frame.f_code.co_filename}:{line}:{column}"


def _note(place: str) -> None:
    if (os.getpid(), place) not in _noted:
        _noted.add((os.getpid(), place))
        with (_FOLDER / str(os.getpid())).open("a", encoding="utf-8") as noted:
            noted.write(f"{place}\n")


def _listen(errors: ModuleType) -> None:
    """Have a sentence note where it was written as it is read, and an error where it was made."""
    sentence, error = errors.Sentence, errors.PortraitError
    write, read, make = sentence.__init__, object.__getattribute__, error.__init__

    def written(self: Any, fr: str, en: str) -> None:
        write(self, fr, en)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_name == "sentence":  # that fills in a finding
            frame = frame.f_back
        object.__setattr__(self, "place", _place(frame))

    def being_read(self: Any, name: str) -> Any:
        if name in ("fr", "en") and (place := read(self, "__dict__").get("place")):
            _note(place)
        return read(self, name)

    def made(self: Any, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_locals.get("self") is self:  # `__init__` of its kind
            frame = frame.f_back
        _note(_place(frame))

    sentence.__init__, sentence.__getattribute__, error.__init__ = written, being_read, made


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "portrait.errors":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec and spec.loader:
            load = spec.loader.exec_module
            spec.loader.exec_module = lambda module: (load(module), _listen(module))[-1]  # type: ignore
        return spec


sys.meta_path.insert(0, _Finder())
