"""Two folders exchange their names in one step, or nothing happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from portrait.storage.exchange import exchange


def folder(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "file").write_text(content, encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no exchange of names on this system")
def test_two_folders_exchange_their_names(tmp_path: Path) -> None:
    published, staged = folder(tmp_path / "2025 été", "old"), folder(tmp_path / ".staged", "new")
    assert exchange(published, staged)
    assert (published / "file").read_text(encoding="utf-8") == "new"
    assert (staged / "file").read_text(encoding="utf-8") == "old"


def test_nothing_is_exchanged_on_a_system_without_such_a_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published, staged = folder(tmp_path / "2025", "old"), folder(tmp_path / ".staged", "new")
    monkeypatch.setattr(sys, "platform", "sunos5")
    assert not exchange(published, staged)
    assert (published / "file").read_text(encoding="utf-8") == "old"


def test_nothing_is_exchanged_with_a_folder_that_is_absent(tmp_path: Path) -> None:
    staged = folder(tmp_path / ".staged", "new")
    assert not exchange(tmp_path / "2025", staged)
    assert (staged / "file").read_text(encoding="utf-8") == "new"
    assert not (tmp_path / "2025").exists()
