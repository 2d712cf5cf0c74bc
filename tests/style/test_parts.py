"""The parts of a whole are drawn as one bar, with a line to each label that is not below its part."""

from __future__ import annotations

import re

from portrait.style.parts import whole


def test_a_bar_has_its_parts_and_a_line_down_from_a_part_then_to_its_label_then_down_to_it() -> None:
    known = {"role": "production", "start": 0.0, "end": 0.95, "at": 0.0}
    silent = {"role": "unknown", "start": 0.95, "end": 1.0, "at": 0.8, "over": 0.975, "level": 0}
    drawn = whole([known, silent])
    assert re.findall(r'"bar m-(.*?)" x="(.*?)%".*? width="(.*?)%"', drawn) == [
        ("production", "0", "95"),
        ("unknown", "95", "5"),
    ]
    assert re.findall(r'x1="(.*?)%" y1="(.*?)" x2="(.*?)%" y2="(.*?)"', drawn) == [
        ("97.5", "0", "97.5", "5"),
        ("97.5", "5", "80", "5"),
        ("80", "5", "80", "10"),
    ]
    assert "leaders" not in whole([known])


def test_a_part_of_a_bar_is_placed_as_precisely_as_the_marks_of_a_figure() -> None:
    drawn = whole([{"role": "production", "start": 0.012346, "end": 1.0, "at": 0.0}])
    assert 'x="1.23%"' in drawn
