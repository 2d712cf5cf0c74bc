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


def test_a_wide_bar_has_its_label_and_a_narrow_one_only_on_a_wide_page() -> None:
    ends = [(0.0, 0.5), (0.5, 0.54), (0.54, 0.56)]
    bars = [{"shape": "bar", "role": "retired", "start": a, "end": b, "label": f"{a}"} for a, b in ends]
    marks = {"kind": "rows", "headings": ["n"], "is_high": True, "key": [], "rows": [{**ROW, "marks": bars}]}
    assert re.findall(r'<text class="(.*?)" x="(.*?)" .*?>(.*?)</text>', html_of(marks, "")) == [
        ("in in-retired", "25%", "0.0"),
        ("in in-retired narrow", "52%", "0.5"),
    ]


def drawn_beside(value: str, ends: tuple[float, ...]) -> list[tuple[str, str]]:
    """Return where the value of a row without headings is, and the value."""
    dots = [{"shape": "dot", "role": "ink", "start": end, "end": end} for end in ends]
    row = {**ROW, "values": [value], "marks": dots}
    drawn = html_of({"kind": "rows", "headings": [], "key": [], "rows": [row]}, "")
    return re.findall(r'<text x="(.*?)" .*?dx="\.65em">(.*?)</text>', drawn)


def test_a_block_of_few_dots_is_about_as_wide_as_high() -> None:
    blocks = [{"name": str(n), "value": "", "runs": [["ink", n]]} for n in (2, 4, 5, 40)]
    drawn = html_of({"kind": "dots", "down": 4, "pitch": 9.0, "key": [], "blocks": blocks}, "Points")
    assert re.findall(r'viewBox="0 0 (\d+ \d+)"', drawn) == ["1 2", "2 2", "2 3", "10 4"]


def test_without_headings_a_value_is_on_the_right_of_its_mark():
    assert drawn_beside("12", ends=(0.25,)) == [("25%", "12")]
    assert drawn_beside("12", ends=()) == [("0%", "12")]  # no mark


def test_a_value_is_beside_the_mark_that_is_furthest():
    assert drawn_beside("12", ends=(0.7, 0.41)) == [("70%", "12")]
