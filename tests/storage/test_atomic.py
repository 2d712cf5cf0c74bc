"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portrait.storage.atomic import write_whole


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
