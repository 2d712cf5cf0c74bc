"""A file is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from portrait.errors import PortraitError
from portrait.storage.atomic import (
    complete_writes,
    move_whole,
    remove_leftovers,
    temporary_path,
    write_all_whole,
    write_whole,
)
from tests import faults


def test_a_text_is_written_in_utf_8_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "2025" / "note.txt"
    write_whole(path, "Québec")
    assert path.read_bytes() == b"Qu\xc3\xa9bec"


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "shared.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "indicators.json"
    path.write_text("old", encoding="utf-8")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def old_files(folder: Path) -> dict[Path, bytes]:
    contents = {folder / name: f"old {name}".encode() for name in ("source.yml", "columns.csv")}
    for path, content in contents.items():
        path.write_bytes(content)
    return contents


def test_several_files_are_all_as_before_where_the_disk_fills_up_at_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_files(tmp_path)
    synced: list[int] = []

    def full_disk(number: int) -> None:
        synced.append(number)
        if len(synced) == len(old):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_all_whole(dict.fromkeys(old, "new"), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old


@pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are made in forked processes")
@pytest.mark.parametrize("fault", ["kill", "disk error"])
def test_after_a_fault_at_any_write_all_files_are_new_or_none_is(tmp_path: Path, fault: str) -> None:
    seen = set()
    for step in count(1):
        old = old_files(tmp_path)
        new = {
            **dict.fromkeys(old, "new"),
            tmp_path / "review.csv": None,
            tmp_path / "2026" / "list.md": "new",
        }
        (tmp_path / "review.csv").write_bytes(b"old review")
        before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
        ended = faults.run(lambda new=new: write_all_whole(new, tmp_path), tmp_path, step, fault)
        if ended == faults.NOT_REACHED:
            break
        for folder in (tmp_path, tmp_path / "2026"):
            if folder.exists():
                remove_leftovers(folder)
        found = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
        after = dict.fromkeys(["source.yml", "columns.csv", "2026/list.md"], b"new")
        assert found in (before, after), step
        seen.add(found == after)
        shutil.rmtree(tmp_path / "2026", ignore_errors=True)
    assert step > 12
    assert seen == {True, False}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_error_after_the_list_is_written_says_that_the_next_command_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_files(tmp_path)

    def fail(path: Path, target: Path) -> None:
        raise OSError(5, "Input/output error", str(target))

    with (
        monkeypatch.context() as patched,
        pytest.raises(PortraitError, match="the next command puts them") as said,
    ):
        patched.setattr(Path, "replace", fail)
        write_all_whole(dict.fromkeys(old, "new"), tmp_path)
    assert "source.yml: Input/output error." in said.value.message
    complete_writes(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(old, b"new")


@pytest.mark.parametrize(
    "content",
    [
        '[["source.yml", ".source',
        "3",
        "[3]",
        '[["source.yml", "notes.txt"]]',
        '[["../notes.txt", "notes.txt"]]',
    ],
)
def test_a_list_that_is_cut_or_not_ours_changes_nothing(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "quebec"
    folder.mkdir()
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (folder / "notes.txt").write_text("mine", "utf-8")
    old = old_files(folder)
    temporary_path(folder / "together").write_text(content, "utf-8")
    complete_writes(folder)
    assert {path: path.read_bytes() for path in old} == old
    assert (tmp_path / "notes.txt").read_text("utf-8") == (folder / "notes.txt").read_text("utf-8") == "mine"


def test_only_temporary_files_of_processes_that_are_gone_are_swept(tmp_path: Path) -> None:
    ours = temporary_path(tmp_path / "2025.csv")
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    of_gone = ours.with_name(ours.name.replace(f"{os.getpid():08x}", f"{int(gone.stdout):08x}"))
    of_others = tmp_path / ".notes.tmp"
    for path in (ours, of_others, of_gone / "folder"):
        path.mkdir(parents=True)
    remove_leftovers(tmp_path)
    assert set(tmp_path.iterdir()) == {ours, of_others}


def test_a_moved_file_is_read_only_and_replaces_one_that_is(tmp_path: Path) -> None:
    for content in (b"old", b"new"):
        arrived = tmp_path / "arrived"
        arrived.write_bytes(content)
        move_whole(arrived, tmp_path / "raw" / "2025.csv")
    path = tmp_path / "raw" / "2025.csv"
    assert (path.read_bytes(), path.stat().st_mode & 0o222) == (b"new", 0)
    assert not arrived.exists()


def test_a_moved_file_can_be_read_by_those_who_could_read_it(tmp_path: Path) -> None:
    arrived = tmp_path / "arrived"
    arrived.write_bytes(b"new")
    arrived.chmod(0o640)
    move_whole(arrived, tmp_path / "2025.csv")
    assert (tmp_path / "2025.csv").stat().st_mode & 0o777 == 0o440


def test_git_ignores_temporary_files(tmp_path: Path) -> None:
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text("utf-8").splitlines()
    (pattern,) = [line for line in ignored if line.endswith(".tmp")]
    assert temporary_path(tmp_path / "labels.csv").match(pattern)
