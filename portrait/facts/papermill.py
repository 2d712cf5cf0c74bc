"""Refuse a notebook that papermill runs without the engine ``portrait``.

Its prose would have no values, its conditions would not be read, and a misspelt parameter would leave the
default: papermill only warns.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from portrait.errors import WrongCall

ENGINE = "PORTRAIT_ENGINE"
"""Environment variable of the processes in which our engine runs notebooks."""


def refuse_papermill_without_engine() -> None:
    """Refuse to go on in a kernel that papermill started without the engine.

    Raises
    ------
    WrongCall
        It is such a kernel.
    """
    if "ipykernel" not in sys.modules or ENGINE in os.environ:
        return
    import psutil

    try:
        parent = psutil.Process(os.getppid()).cmdline()
    except psutil.Error:  # who started this kernel may not be known
        return
    if is_papermill(parent):
        raise WrongCall(
            "papermill runs this notebook without its engine: prose has no values, conditions are not read.",
            "Add --engine portrait to the command.",
        )


def is_papermill(words: Sequence[str]) -> bool:
    """Tell whether the words of a command line call papermill.

    >>> is_papermill(["python", "/usr/bin/papermill", "a.ipynb", "b.ipynb"])
    True
    >>> is_papermill(["python", "-m", "papermill"]), is_papermill(["jupyter-lab", "papermill.ipynb"])
    (True, False)
    """
    return any(Path(word).name.removesuffix(".exe") == "papermill" for word in words[:3])
