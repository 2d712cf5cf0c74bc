"""Start JupyterLab on the notebooks of a project, and have Git merge them cell by cell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from portrait.errors import WrongCall
from portrait.lab import merging, server_config


def command(project: Path, options: Sequence[str] = ()) -> list[str]:
    """Return the command that starts JupyterLab on a project, at the first page of its handbook.

    Its whole folder can be opened: the handbook links to guides and reference files. A project without a
    handbook opens at its notebooks.

    Parameters
    ----------
    options
        Those of JupyterLab.

    Raises
    ------
    WrongCall
        JupyterLab is not installed.
    """
    words = [str(_jupyter(project)), f"--config={Path(server_config.__file__).resolve()}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")  # else JupyterLab ends at once
    first = min((project / "notebooks" / "handbook").glob("*.ipynb"), default=project / "notebooks")
    words.append(f"--LabApp.default_url=/lab/tree/{first.relative_to(project).as_posix()}")
    return [*words, *options, str(project)]


def _jupyter(project: Path) -> Path:
    """Return the program of JupyterLab: of the project's `.venv-lab`, of this environment, of the system."""
    scripts = "Scripts" if os.name == "nt" else "bin"
    folders = (project / ".venv-lab" / scripts, Path(sys.executable).parent)
    for folder in map(str, folders):
        if found := shutil.which("jupyter-lab", path=folder):
            return Path(found)
    if found := shutil.which("jupyter-lab"):
        return Path(found)
    raise WrongCall(
        "JupyterLab is not installed.",
        "In a clone, run make lab, or pip install -r requirements-lab.lock; elsewhere, beside the program: "
        'pip install "portrait[lab]".',
    )


def merge_by_cells(project: Path) -> None:
    """Have Git merge the notebooks of a project with our driver; nothing where Git holds no such project."""
    driver = " ".join(shlex.quote(str(each)) for each in (sys.executable, merging.__file__))
    for name, value in (
        ("merge.portrait.name", "notebooks, cell by cell"),
        ("merge.portrait.driver", f"{driver} %O %A %B"),
    ):
        words = ["git", "-C", str(project), "config", name, value]
        with suppress(OSError):  # no Git
            subprocess.run(words, capture_output=True, check=False)  # noqa: S603 -- no shell
