"""The parts of a whole are drawn as one bar."""

from __future__ import annotations

import re

from portrait.style.parts import whole


def test_a_bar_has_its_parts_each_from_where_it_starts_as_precisely_as_the_marks_of_a_figure() -> None:
    known = {"role": "production", "start": 0.0, "end": 0.987654, "at": 0.0}
    drawn = whole([known, {"role": "unknown", "start": 0.987654, "end": 1.0, "at": 0.8}])
    assert re.findall(r'"bar m-(.*?)" x="(.*?)%".*? width="(.*?)%"', drawn) == [
        ("production", "0", "98.77"),
        ("unknown", "98.77", "1.23"),
    ]


def test_two_lines_to_labels_are_far_enough_apart_to_be_followed() -> None:
    led = [
        {"role": role, "start": at, "end": at + 0.1, "at": at - 0.2, "leader": {"from": at, "level": level}}
        for role, at, level in (("retired", 0.8, 1), ("unknown", 0.9, 2))
    ]
    turns = [int(each) for each in re.findall(r' y1="(\d+)" y2="\1"', whole(led))]
    assert turns[1] - turns[0] >= 8 and turns[0] >= 8
