"""A table of marks drawn as HTML shows what its JSON says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from portrait.style.drawing import each_of, html_of

ROW = {"name": "A & B", "values": ["12"], "is_strong": False, "is_apart": False, "marks": []}


def test_a_bar_starts_and_ends_where_its_row_says_and_names_are_escaped() -> None:
    bar = {"shape": "bar", "role": "accent", "start": 0.25, "end": 0.75}
    marks = {"kind": "rows", "headings": [], "key": [], "rows": [{**ROW, "marks": [bar]}]}
    drawn = html_of(marks, "Un <graphique>")
    assert re.findall(r'<rect class="(.*?)" x="(.*?)%".* width="(.*?)%"', drawn) == [
        ("bar m-accent", "25", "50")
    ]
    assert "<span>A &amp; B</span>" in drawn
    assert 'aria-label="Un &lt;graphique&gt;"' in drawn


def labels(*parts: tuple[float, str]) -> list[tuple[str, ...]]:
    """Return the class, the place and the text of the labels of bars as wide as these parts, side by side.

    The place of one that is moved has by how many pixels.
    """
    bars, at = [], 0.0
    for part, label in parts:
        bars.append({"shape": "bar", "role": "retired", "start": at, "end": at + part, "label": label})
        at += part
    marks = {"kind": "rows", "headings": ["n"], "is_high": True, "key": [], "rows": [{**ROW, "marks": bars}]}
    return re.findall(
        r'<text class="(.*?)" x="(.*?)"(?: y="-3")?(?: text-anchor="(.*?)")?.*?>(.*?)</text>',
        re.sub(r'" y="-3" dx="(.*?)"', r' \1" y="-3"', html_of(marks, "")),
    )


def test_a_bar_has_its_label_inside_if_it_is_wide_enough_and_above_it_otherwise() -> None:
    # “87” takes 24 pixels: 5.3 % of a row of 460, and 9.6 % of one of 250, on a phone.
    assert labels((0.5, "87")) == [("in in-retired", "25%", "", "87")]
    assert labels((0.4, "87"), (0.06, "43")) == [
        ("in in-retired", "20%", "", "87"),
        ("in in-retired narrow", "43%", "", "43"),
        ("above phone", "43%", "middle", "43"),
    ]
    assert labels((0.02, "43"), (0.4, "87")) == [
        ("in in-retired", "22%", "", "87"),
        ("above", "1%", "middle", "43"),
    ]


def test_labels_above_two_narrow_neighbours_go_away_from_each_other() -> None:
    assert labels((0.1, "87"), (0.02, "43"), (0.02, "21"))[1:] == [
        ("above", "12% -4", "end", "43"),  # 8 pixels between them: 43 and 21, and not 4,321
        ("above", "12% 4", "start", "21"),
    ]


def drawn_beside(value: str, ends: tuple[float, ...]) -> list[tuple[str, str, str]]:
    """Return where the value of a row without headings is, how far right of it, and the value."""
    dots = [{"shape": "dot", "role": "ink", "start": end, "end": end} for end in ends]
    row = {**ROW, "values": [value], "marks": dots}
    drawn = html_of({"kind": "rows", "headings": [], "key": [], "rows": [row]}, "")
    return re.findall(r'<text class="value" x="(.*?)" .*?dx="(.*?)">(.*?)</text>', drawn)


def test_the_start_of_a_waterfall_is_a_line_behind_all_rows_darker_than_those_of_a_scale() -> None:
    marks = {"kind": "rows", "headings": [], "key": [], "rows": [ROW, ROW], "scale": [(0.25, "")]}
    line = '<svg class="through"><line class="half" x1="25%" x2="25%" y1="0" y2="100%"/></svg>'
    assert html_of(marks, "").count(line) == 1
    assert html_of({**marks, "scale": ()}, "").count("through") == 0


def test_a_line_at_one_half_is_seen_between_a_few_high_bars_and_at_the_ends_of_many() -> None:
    marks = {"kind": "rows", "headings": ["n"], "is_high": True, "key": [], "scale": [(0.5, "50%")]}
    few, many = (html_of({**marks, "rows": [ROW] * n}, "") for n in (2, 5))
    assert '<div class="rows spaced">' in few and '<div class="rows">' in many
    assert [drawn.count('<line class="half"') for drawn in (few, many)] == [1, 2]
    assert [drawn.count('y1="0" y2="100%"') for drawn in (few, many)] == [1, 0]  # many: above and below


def narrow(*labels: str) -> list[str]:
    """Return which of the values of an axis a phone does not show; they are at equal distances."""
    scale = [(place / (len(labels) - 1), label) for place, label in enumerate(labels)]
    marks = {"kind": "rows", "headings": ["n"], "key": [], "rows": [{**ROW}], "scale": scale}
    return re.findall(r'<text class="narrow"[^>]*>(.*?)<', html_of(marks, ""))


def test_values_of_an_axis_that_could_touch_on_a_phone_are_there_at_its_ends_alone() -> None:
    # Of 250 pixels there are 50 between two of six: 100,000 takes 56 of them, and 1,000 takes 40.
    assert narrow("0", "100,000", "200,000", "300,000", "400,000", "500,000")[1:-1] == ["200,000", "300,000"]
    assert narrow("0", "1,000", "2,000", "3,000", "4,000", "5,000") == []


def test_a_block_of_few_dots_is_about_as_wide_as_high() -> None:
    blocks = [{"name": str(n), "value": "", "runs": [["ink", n]]} for n in (11, 13, 40)]
    drawn = html_of({"kind": "dots", "down": 4, "pitch": 9.0, "key": [], "blocks": blocks}, "Points")
    assert re.findall(r'viewBox="0 0 (\d+ \d+)"', drawn) == ["3 4", "5 3", "10 4"]
    assert 'class="few"' not in drawn


@pytest.mark.parametrize("n", [13, 17, 21, 26, 31, 43])
def test_no_row_of_a_block_has_one_dot_alone(n: int) -> None:
    block = {"name": "Finances", "value": str(n), "runs": [["ink", n]]}
    drawn = html_of({"kind": "dots", "down": 6, "pitch": 9.0, "key": [], "blocks": [block]}, "Points")
    rows: list[int] = []
    for y, _below in re.findall(r"(?:M\d+\.5 (\d+)\.5|m0 (1))h0", drawn):
        rows.append(int(y) if y else rows[-1] + 1)
    assert len(rows) == n
    assert min(Counter(rows).values()) > 1


def test_blocks_of_ten_dots_or_fewer_have_one_row_or_two_beside_their_names() -> None:
    blocks = [{"name": str(n), "value": "", "runs": [["ink", n]]} for n in (8, 40, 10, 4, 3, 1)]
    drawn = html_of({"kind": "dots", "down": 5, "pitch": 9.0, "key": [], "blocks": blocks}, "Points")
    first, last = re.findall('<div class="few">(.*?</span>.*?)</div></div>', drawn)
    sizes = [re.findall(r'viewBox="0 0 (\d+ \d+)"', each) for each in (first, last, drawn)]
    assert sizes == [["4 2"], ["5 2", "2 2", "3 1", "1 1"], ["4 2", "8 5", "5 2", "2 2", "3 1", "1 1"]]


def test_blocks_of_fine_dots_fill_their_lines_and_none_is_wider_than_a_phone_or_a_column_of_it() -> None:
    def drawn(*sizes: int) -> list[str]:
        blocks = [{"name": "A", "value": str(n), "runs": [["ink", n]]} for n in sizes]
        marks = {"kind": "dots", "down": 16, "pitch": 4.3, "key": [], "blocks": blocks}
        return re.findall(r'viewBox="0 0 (\d+ \d+)"', html_of(marks, "Points"))

    assert drawn(350, 350) == ["32 11", "32 11"]  # of 72, with two between them; 33 are a column of a phone
    assert drawn(1200) == ["60 20"]  # the fewest rows of at most 62
    assert drawn(4, 400) == ["4 2", "31 13"]  # four dots in two columns, and a name as wide as four


def test_without_headings_a_value_is_on_the_right_of_its_mark():
    assert drawn_beside("12", ends=(0.25,)) == [("25%", ".65em", "12")]


def test_without_a_mark_a_value_is_where_a_bar_would_begin():
    assert drawn_beside("12", ends=()) == [("0%", "0", "12")]


def test_a_value_is_beside_the_mark_that_is_furthest():
    assert drawn_beside("12", ends=(0.7, 0.41)) == [("70%", ".65em", "12")]


def test_a_dot_for_each_of_a_whole_fills_its_room_in_one_shape_whatever_their_number() -> None:
    drawn = [each_of([{"role": "context", "count": n}]) for n in (3, 258, 3611)]
    sizes = [re.findall(r'<svg viewBox="0 0 (\d+) (\d+)">', each) for each in drawn]
    assert sizes == [[("28", "1")], [("29", "9")], [("110", "33")]]
    assert [each.count("h0") for each in drawn] == [3, 258, 3611]
