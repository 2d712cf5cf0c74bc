"""Import the program anew in the process that others are forked from, after a file of it changed.

The libraries stay as they are imported: that is nearly all of the time that a new process would take. What
`LASTING` names stays too, for it runs, it is what callers outside know, or it is slow to prepare; a change
of one of these files asks for a new process.
"""

from __future__ import annotations

import gc
import importlib
import sys
import traceback
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from portrait.build.forkserver import ForkServer
from portrait.errors import PortraitError

PACKAGE = Path(__file__).parents[1]

LASTING = (
    "portrait.run.environment",
    "portrait.errors",
    "portrait.build.forkserver",
    "portrait.publish.fonts",
    "portrait.preview.reload",
    "portrait.style.typefaces",
)

_version = 0
"""Which version of the program this process has imported: 0 is the one that it started with."""


def is_of_the_program(path: Path) -> bool:
    """Tell whether a file is one that the program is made of."""
    return PACKAGE in path.parents


def asks_for_a_new_process(paths: Iterable[Path]) -> bool:
    """Tell whether any of these files is of what importing anew leaves as it is."""
    lasting = {PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py") for name in LASTING}
    return not lasting.isdisjoint(paths)


def call_anew(
    server: ForkServer, function: str, *arguments: Any, version: int, edition: tuple[Any, ...]
) -> Any:
    """Call a function of the program as its files now stand, in a process forked for it.

    Parameters
    ----------
    function
        Where it stands: its module, a colon, its name. It must return plain values.
    version
        Another number for each change of the program.
    edition
        What opens the edition that stands open in the process: the arguments of `making.open_for_all`.

    Raises
    ------
    PortraitError
        The program cannot be imported as it stands, or the edition cannot be opened.
    """
    return server.call(_call, function, arguments, prepare=partial(_stand_ready, version, function, edition))


# In the server


def _stand_ready(version: int, function: str, edition: tuple[Any, ...]) -> None:
    """Have the version of the program imported, what is to be called included, and the edition open."""
    global _version
    if version != _version:
        _import_anew()
        # Only now: where this failed, the next call begins again.
        _version = version
    try:
        importlib.import_module(function.partition(":")[0])
    except Exception as error:
        raise _not_importable(error) from None
    importlib.import_module("portrait.build.job").open_for_all(*edition)


def _import_anew() -> None:
    # Bytecode is told from its source by a time in whole seconds: two changes in one would be one.
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    lasting = {name: sys.modules[name] for name in LASTING if name in sys.modules}
    for name in [name for name in sys.modules if name.partition(".")[0] == "portrait"]:
        del sys.modules[name]
    sys.modules.update(lasting)
    try:
        for name, module in lasting.items():
            parent, _, own_name = name.rpartition(".")
            setattr(importlib.import_module(parent), own_name, module)
        importlib.import_module("portrait.build.preload").import_everything()
    except Exception as error:
        raise _not_importable(error) from None
    gc.collect()


def _not_importable(error: Exception) -> PortraitError:
    return PortraitError(f"{_place(error)}: {type(error).__name__}: {error}.", "Mend it and save.")


def _place(error: Exception) -> str:
    """Return the file of the program and the line where an import failed."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_own_name(error.filename)}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if PACKAGE in Path(frame.filename).parents]
    return f"{_own_name(own[-1].filename)}, line {own[-1].lineno}"


def _own_name(file_name: str) -> str:
    path = Path(file_name)
    return path.relative_to(PACKAGE.parent).as_posix() if PACKAGE in path.parents else path.name


# In a forked process


def _call(function: str, arguments: tuple[Any, ...]) -> Any:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*arguments)
