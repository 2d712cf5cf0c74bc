"""Plain values that were read from a file are believed only where they have the shape that we wrote."""

from __future__ import annotations

import pytest

from portrait.storage.shapes import Each, has_shape, is_name

SHAPE = {"year": int, "title": {"fr": str}, "rows": [(int, None)], "files": Each(str, is_name)}
RIGHT = {"year": 2025, "title": {"fr": "a"}, "rows": [1, None], "files": {"data/a.csv": "1"}, "more": 3}


def test_a_value_with_what_its_shape_names_and_more_has_that_shape():
    assert has_shape(RIGHT, SHAPE)


@pytest.mark.parametrize(
    "changed",
    [
        {"year": True},
        {"year": "2025"},
        {"title": {}},
        {"title": None},
        {"rows": ["1"]},
        {"rows": {"0": 1}},
        {"files": {"data/a.csv": 1}},
        {"files": {"../a.csv": "1"}},
        {"files": []},
    ],
)
def test_a_value_that_differs_in_one_part_does_not(changed):
    assert not has_shape({**RIGHT, **changed}, SHAPE)
    assert not has_shape({key: value for key, value in RIGHT.items() if key not in changed}, SHAPE)


@pytest.mark.parametrize("name", ["a.html", "portfolios/santé et services.fr.html", "..a", "a..b/c"])
def test_a_name_of_a_file_inside_a_folder(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "a/../b",
        "./a",
        "a\\b",
        "a\x00",
        "a\nb",
        "\u202ea",
        "x" * 256,
        "é" * 128,
        None,
        3,
    ],
)
def test_a_name_that_leaves_its_folder_or_no_one_can_read_is_none(name):
    assert not is_name(name)
