"""The command that starts JupyterLab, and what Git is told of notebooks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from portrait.errors import WrongCall
from portrait.lab.launching import command, merge_by_cells


def test_jupyterlab_of_the_project_is_started_on_its_notebooks_with_our_configuration(tmp_path: Path) -> None:
    scripts = tmp_path / ".venv-lab" / ("Scripts" if os.name == "nt" else "bin")
    scripts.mkdir(parents=True)
    program = scripts / ("jupyter-lab.exe" if os.name == "nt" else "jupyter-lab")
    program.touch(mode=0o755)
    words = command(tmp_path, ["--no-browser"])
    assert words[0] == str(program)
    assert words[1].startswith("--config=")
    assert Path(words[1].removeprefix("--config=")).name == "server_config.py"
    assert words[-3:] == ["--LabApp.default_url=/lab/tree/notebooks", "--no-browser", str(tmp_path)]


def test_jupyterlab_opens_at_the_first_page_of_the_handbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: "jupyter-lab")
    (tmp_path / "notebooks" / "handbook").mkdir(parents=True)
    for name in ("02-second", "01-first"):
        (tmp_path / "notebooks" / "handbook" / f"{name}.ipynb").touch()
    assert "--LabApp.default_url=/lab/tree/notebooks/handbook/01-first.ipynb" in command(tmp_path)


def test_without_jupyterlab_the_call_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)
    with pytest.raises(WrongCall, match=r"make lab, or pip install -r requirements-lab\.lock; elsewhere"):
        command(tmp_path)


def test_a_folder_that_is_no_repository_is_left_as_it_is(tmp_path: Path) -> None:
    merge_by_cells(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_git_is_told_once_how_notebooks_are_merged(tmp_path: Path) -> None:
    subprocess.run(["git", "init", str(tmp_path)], check=True, capture_output=True)
    for _ in range(2):
        merge_by_cells(tmp_path)
    asked = ["git", "-C", str(tmp_path), "config", "--get-all", "merge.portrait.driver"]
    [driver] = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    assert driver.endswith("merging.py %O %A %B")
