"""The typefaces of the page are cut down once, whatever is made at the same time, and kept as cut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portrait.publish import fonts


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Cut slowly and count it, with a cache of our own; forget what other tests had made."""
    cut: list[str] = []

    def cut_slowly(file_name: str) -> str:
        cut.append(file_name)
        time.sleep(0.01)
        return "AA=="

    monkeypatch.setattr(fonts, "_embedded", cut_slowly)
    monkeypatch.setattr(fonts, "user_cache_path", lambda name: tmp_path / name)
    fonts._font_faces.cache_clear()
    yield cut
    fonts._font_faces.cache_clear()


EACH_ONCE = sorted({file_name for *_, file_name in fonts._FACES})


def test_two_languages_made_at_once_cut_each_face_once(cut):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: fonts.font_faces(), range(2))
    assert first == second
    assert sorted(cut) == EACH_ONCE


def test_the_next_build_takes_the_faces_that_were_kept(cut):
    first = fonts.font_faces()
    fonts._font_faces.cache_clear()
    assert fonts.font_faces() == first
    assert sorted(cut) == EACH_ONCE


@pytest.mark.parametrize("spoiled", ["tampered", "", "0" * 64 + "\n@font-face{}"])
def test_faces_that_are_not_as_they_were_kept_are_cut_again(cut, tmp_path, spoiled):
    first = fonts.font_faces()
    [kept] = (tmp_path / "portrait").iterdir()
    kept.write_text(spoiled, "utf-8")
    fonts._font_faces.cache_clear()
    assert fonts.font_faces() == first
    assert len(cut) == 2 * len(EACH_ONCE)


def test_other_typefaces_are_not_taken_for_those_that_were_kept(cut, monkeypatch, tmp_path):
    fonts.font_faces()
    face = tmp_path / "SourceSansPro-Regular.ttf"
    face.write_bytes(b"another")
    monkeypatch.setattr(fonts, "font_files", lambda: [face])
    fonts._font_faces.cache_clear()
    fonts.font_faces()
    assert len(cut) == 2 * len(EACH_ONCE)


def test_a_machine_that_keeps_nothing_cuts_at_each_build(cut, monkeypatch, tmp_path):
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    monkeypatch.setattr(fonts, "user_cache_path", lambda name: nowhere / name)
    fonts.font_faces()
    assert sorted(cut) == EACH_ONCE
