"""Chapters of a report, found by what people call them."""

from __future__ import annotations

import pytest

from portrait.run.chapters import find_chapter
from tests.small import PROJECT


@pytest.mark.parametrize("asked", ["2", "02", "change", "Change", "02-change", "02-change.ipynb"])
def test_a_chapter_is_found_by_number_name_or_file(asked: str) -> None:
    assert find_chapter(PROJECT, "annual", asked) == "annual/02-change.ipynb"
