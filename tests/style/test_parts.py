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
