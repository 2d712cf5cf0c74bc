"""A project folder laid out by the installed program: what it holds, what is refused, and a build in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from portrait.curation import new_project
from portrait.curation.new_project import lay_out_project
from portrait.errors import WrongCall
from tests.small import PROJECT


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the program carry a project folder of two files, and the bytecode that pip compiles."""
    folder = tmp_path / "installed" / "project"
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / "sample.pyc").write_bytes(b"")
    (folder / "README.md").write_text("A project.\n")
    (folder / "notebooks" / "quality.ipynb").write_bytes(b"{}\r\n")
    monkeypatch.setattr(new_project, "CARRIED", folder)
    return folder


def test_a_new_or_an_empty_folder_gets_the_files_as_they_are(carried: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "new" / "dépôt d’essai"):
        assert lay_out_project(folder) == 2
        assert (folder / "notebooks" / "quality.ipynb").read_bytes() == b"{}\r\n"
        assert sorted(path.name for path in folder.iterdir()) == ["README.md", "notebooks"]
        assert [path.name for path in (folder / "notebooks").iterdir()] == ["quality.ipynb"]


def test_a_folder_that_holds_anything_is_refused_and_left_alone(carried: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "thesis.txt").write_text("mine")
    for place in (tmp_path / "own", tmp_path / "own" / "thesis.txt"):
        with pytest.raises(WrongCall, match="is not an empty folder"):
            lay_out_project(place)
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["thesis.txt"]


def test_a_clone_says_that_it_is_a_project_folder(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="runs from a clone"):
        lay_out_project(tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this clone, and return the folder where it is unpacked, as pip unpacks it."""
    pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed")
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "site-packages")
    return built / "site-packages"


def run(installed: Path, *words: str, cwd: Path) -> str:
    program = "from portrait.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_carries_what_git_tracks_and_nothing_else(installed: Path) -> None:
    folders = ["notebooks", "data", "reports"]
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip("this folder is no clone of Git")
    carried = installed / "portrait" / "project"
    files = {path.relative_to(carried).as_posix() for path in carried.rglob("*") if path.is_file()}
    assert files == set(listed.stdout.strip("\0").split("\0"))


@pytest.mark.slow
def test_a_project_laid_out_by_the_installed_program_builds_quebec(installed: Path, tmp_path: Path) -> None:
    assert "portrait build" in run(installed, "init", "mon projet", cwd=tmp_path)
    run(installed, "build", "--language", "fr", "--format", "html", cwd=tmp_path / "mon projet")
    page = tmp_path / "mon projet" / "reports" / "quebec" / "2025" / "annual.fr.html"
    assert "<html" in page.read_text("utf-8")
