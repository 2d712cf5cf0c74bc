"""A file is written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from portrait.storage.atomic import (
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
        write_all_whole(dict.fromkeys(old, "new"))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old


@pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are made in forked processes")
@pytest.mark.parametrize("fault", ["kill", "full disk"])
def test_a_fault_at_any_write_leaves_each_file_whole_and_the_next_write_sweeps(
    tmp_path: Path, fault: str
) -> None:
    for step in count(1):
        old = old_files(tmp_path)
        ended = faults.run(lambda old=old: write_all_whole(dict.fromkeys(old, "new")), tmp_path, step, fault)
        if ended == faults.NOT_REACHED:
            break
        found = [path.read_bytes() for path in old]
        n_new = found.count(b"new")
        assert found == [b"new"] * n_new + list(old.values())[n_new:], "in order, each one whole"
        write_whole(tmp_path / "source.yml", "next")
        assert set(tmp_path.iterdir()) == set(old)
    assert step > 6


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


def test_git_ignores_temporary_files(tmp_path: Path) -> None:
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text("utf-8").splitlines()
    (pattern,) = [line for line in ignored if line.endswith(".tmp")]
    assert temporary_path(tmp_path / "labels.csv").match(pattern)
