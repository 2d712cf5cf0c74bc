"""The typefaces of the page are subsetted once, and cached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.publish import fonts


@pytest.fixture
def subsetted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Names of the faces subsetted in a test, with an empty cache."""
    subsetted: list[str] = []

    def subset(file_name: str) -> str:
        subsetted.append(file_name)
        return "AA=="

    monkeypatch.setattr(fonts, "embedded_face", subset)
    monkeypatch.setattr(fonts, "user_cache_path", lambda name: tmp_path / name)
    fonts.font_faces.cache_clear()
    yield subsetted
    fonts.font_faces.cache_clear()


EACH_ONCE = sorted({file_name for *_, file_name in fonts.FACES})


def test_the_next_build_uses_the_cached_faces(subsetted):
    first = fonts.font_faces()
    fonts.font_faces.cache_clear()
    assert fonts.font_faces() == first
    assert sorted(subsetted) == EACH_ONCE


@pytest.mark.parametrize("spoiled", ["tampered", "", "0" * 64 + "\n@font-face{}"])
def test_a_corrupted_cache_is_ignored(subsetted, tmp_path, spoiled):
    first = fonts.font_faces()
    [cached] = (tmp_path / "portrait").iterdir()
    cached.write_text(spoiled, "utf-8")
    fonts.font_faces.cache_clear()
    assert fonts.font_faces() == first
    assert len(subsetted) == 2 * len(EACH_ONCE)


def test_the_cache_is_not_used_for_other_font_files(subsetted, monkeypatch, tmp_path):
    fonts.font_faces()
    face = tmp_path / "SourceSansPro-Regular.ttf"
    face.write_bytes(b"another")
    monkeypatch.setattr(fonts, "font_files", lambda: [face])
    fonts.font_faces.cache_clear()
    fonts.font_faces()
    assert len(subsetted) == 2 * len(EACH_ONCE)


def test_faces_are_subsetted_without_a_writable_cache(subsetted, monkeypatch, tmp_path):
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("")
    monkeypatch.setattr(fonts, "user_cache_path", lambda name: not_a_folder / name)
    fonts.font_faces()
    assert sorted(subsetted) == EACH_ONCE
