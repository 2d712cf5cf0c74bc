"""The libraries that the process of previews imports before any version of the package."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

PROJECT = Path(__file__).parents[2]


def report(*, is_installed: bool) -> None:
    """Import the module in this process, and print what came of it: called in a new one."""
    asked, import_module = [], importlib.import_module

    def ask(name: str, package: str | None = None) -> ModuleType:
        if sys._getframe(1).f_globals["__name__"] == "portrait.build.libraries":
            asked.append(name)
            if not is_installed:
                raise ModuleNotFoundError(name)
        return import_module(name, package)

    importlib.import_module = ask
    from portrait.build import libraries  # noqa: F401

    found = {
        "asked": asked,
        "missing": [name for name in asked if name not in sys.modules],
        "own": [name for name in sys.modules if name.startswith("portrait.")],
        "n_threads": threading.active_count(),
        "backend": os.environ["MPLBACKEND"],
    }
    print(json.dumps(found))


def loaded(*, is_installed: bool) -> dict[str, Any]:
    code = f"from tests.build.test_libraries import report; report(is_installed={is_installed})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=120, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_library_is_imported_and_nothing_of_the_package():
    found = loaded(is_installed=True)
    assert found["missing"] == []
    assert "pandas" in found["asked"]
    assert found["own"] == ["portrait.build", "portrait.build.libraries"]
    assert found["n_threads"] == 1
    assert found["backend"] == "module://matplotlib_inline.backend_inline"


def test_a_library_that_is_not_installed_is_left_to_the_page_that_needs_it():
    assert "pandas" in loaded(is_installed=False)["missing"]
