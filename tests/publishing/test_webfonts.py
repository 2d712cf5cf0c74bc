"""The typefaces of the page are cut down once a run, whatever is made at the same time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portrait.publishing import webfonts


@pytest.fixture
def nothing_kept():
    """Forget the faces that other tests had made, and those that this one makes."""
    webfonts._font_faces.cache_clear()
    yield
    webfonts._font_faces.cache_clear()


def test_two_languages_made_at_once_cut_each_face_once(monkeypatch, nothing_kept):
    cut = []

    def cut_slowly(file_name: str) -> str:
        cut.append(file_name)
        time.sleep(0.01)
        return "AA=="

    monkeypatch.setattr(webfonts, "_embedded", cut_slowly)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: webfonts.font_faces(), range(2))
    assert first == second
    assert sorted(cut) == sorted({file_name for *_, file_name in webfonts._FACES})
