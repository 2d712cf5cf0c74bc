"""An edition stands whole or not at all, whatever happens while it is laid out."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from portrait.build.staging import Laid, keep, lay, publish, restore_stranded, staging, sweep


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_what_was_staged_stands_in_the_place_of_what_was_there(tmp_path):
    folder = tmp_path / "out" / "2025"
    lay({"old.html": b"old"}, folder)
    with staging(folder) as staged:
        lay({"a/new.html": b"new"}, staged)
        assert files(folder) == {"old.html": b"old"}
        publish(staged, folder)
    assert files(folder) == {"a/new.html": b"new"}
    assert [path.name for path in folder.parent.iterdir()] == ["2025"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_failure_leaves_what_was_there_and_no_folder_more(tmp_path):
    folder = tmp_path / "out" / "quebec" / "2025"
    with pytest.raises(KeyboardInterrupt), staging(folder) as staged:
        lay({"new.html": b"new"}, staged)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_an_edition_that_cannot_be_moved_into_place_leaves_the_old_one_there(tmp_path, monkeypatch):
    folder = tmp_path / "2025"
    lay({"old.html": b"old"}, folder)
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if target == folder and "staged" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space"), staging(folder) as staged:
        publish(staged, folder)
    assert files(folder) == {"old.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["2025"]


def test_an_edition_that_a_killed_build_left_aside_is_put_back(tmp_path):
    folder = tmp_path / "2025"
    lay({"old.html": b"old"}, tmp_path / ".2025-replaced-7")
    restore_stranded(folder)
    assert files(tmp_path) == {"2025/old.html": b"old"}
    lay({"older.html": b"older"}, tmp_path / ".2025-replaced-8")
    restore_stranded(folder)
    assert files(tmp_path) == {"2025/old.html": b"old"}


def test_what_a_killed_build_staged_goes_when_no_build_can_still_lay_it_out(tmp_path):
    for name, age in (("killed", 90_000), ("running", 60)):
        staged = tmp_path / f".2025-staged-{name}"
        staged.mkdir()
        os.utime(staged, (time.time() - age,) * 2)
    restore_stranded(tmp_path / "2025")
    assert [path.name for path in tmp_path.iterdir()] == [".2025-staged-running"]


def test_a_file_that_is_kept_is_the_same_one_and_survives_the_edition_it_was_of(tmp_path):
    lay({"a/kept.pdf": b"kept"}, tmp_path / "old")
    keep(["a/kept.pdf"], of=tmp_path / "old", into=tmp_path / "new")
    assert (tmp_path / "new/a/kept.pdf").samefile(tmp_path / "old/a/kept.pdf")
    (tmp_path / "old/a/kept.pdf").unlink()
    assert files(tmp_path / "new") == {"a/kept.pdf": b"kept"}


def test_a_file_is_copied_where_a_disk_knows_no_second_name(tmp_path, monkeypatch):
    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    lay({"kept.pdf": b"kept"}, tmp_path / "old")
    keep(["kept.pdf"], of=tmp_path / "old", into=tmp_path / "new")
    assert files(tmp_path / "new") == {"kept.pdf": b"kept"}


def test_what_failed_after_it_was_laid_is_swept_out(tmp_path):
    lay({"good.html": b"1", "a/bad.html": b"2"}, tmp_path)
    sweep(tmp_path, ["good.html"])
    assert files(tmp_path) == {"good.html": b"1"}


def test_what_is_laid_is_read_from_where_it_lies(tmp_path):
    lay({"a.html": b"1", "b.html": b"2"}, tmp_path)
    laid = Laid(tmp_path, ["a.html"])
    assert dict(laid) == {"a.html": b"1"}
    with pytest.raises(KeyError):
        laid["b.html"]
