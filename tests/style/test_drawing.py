"""A table of marks drawn as HTML shows what its JSON says."""

from __future__ import annotations

import re

from portrait.style.drawing import html_of

ROW = {"name": "A & B", "values": ["12"], "is_strong": False, "marks": []}


def test_a_bar_starts_and_ends_where_its_row_says_and_names_are_escaped() -> None:
    bar = {"shape": "bar", "role": "accent", "start": 0.25, "end": 0.75}
    marks = {"kind": "rows", "headings": [], "key": [], "rows": [{**ROW, "marks": [bar]}]}
    drawn = html_of(marks, "Un <graphique>")
    assert re.findall(r'<rect class="(.*?)" x="(.*?)%".* width="(.*?)%"', drawn) == [
        ("bar m-accent", "25", "50")
    ]
    assert "<span>A &amp; B</span>" in drawn
    assert 'aria-label="Un &lt;graphique&gt;"' in drawn
