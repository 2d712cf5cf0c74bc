"""The marks of a figure, their names and their values are the same on the page, in print, in the notebook."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.figures.marks import Block, Key, Mark, Row, Rows, bar, dots, link, stacked
from portrait.publish.html import render_html
from portrait.publish.pdf import render_pdf
from portrait.publish.typst import print_model
from portrait.style import colours
from portrait.style.drawing import html_of
from portrait.tables.table import Table
from tests.document.notebooks import figure, notebook, prose, shown, table
from tests.publish.layout import Layout, rgb

BARS = [("Santé", "30", 0.0, 0.6), ("Justice", "+15", 0.6, 0.9), ("Famille", "−5", 0.8, 0.9)]
BAR_HEIGHT = 11 * 0.72
"""In points, in print."""
FEW_HIGH = 13
"""Height of a bar with its label, where rows are few."""


def document(marks: Any) -> dict[str, Any]:
    return document_of(
        notebook(prose("# Volume\n\nVoir [](#fig-volume)."), shown(figure(marks=marks.content())))
    )


@pytest.fixture(scope="module")
def bars() -> dict[str, Any]:
    rows = tuple(Row(name, (value,), (bar("accent", *ends),)) for name, value, *ends in BARS)
    return document(Rows(rows, ("Nombre",), (Key("bar", "accent", "Édition de 2025"),)))


def test_each_bar_has_the_same_place_and_length_on_the_page_and_in_print(bars: dict[str, Any]) -> None:
    expected = [(start, round(end - start, 3)) for *_, start, end in BARS]
    drawn = re.findall(
        r'<rect class="bar m-accent" x="([\d.]+)%" y="1.5" width="([\d.]+)%"', render_html(bars)
    )
    assert [(float(start) / 100, float(width) / 100) for start, width in drawn[1:]] == expected
    marks = [mark for page in Layout(render_pdf(bars)).pages for mark in page if not mark.text]
    _key, *printed = (mark for mark in marks if abs(mark.bottom - mark.top - BAR_HEIGHT) < 0.1)
    left, right = min(mark.left for mark in printed), max(mark.right for mark in printed)
    width = (right - left) / 0.9  # the furthest bar ends at 0.9
    assert [
        (round((mark.left - left) / width, 2), round((mark.right - mark.left) / width, 2)) for mark in printed
    ] == [(start, round(length, 2)) for start, length in expected]


def test_names_values_headings_and_key_are_text_on_the_page_and_in_print(bars: dict[str, Any]) -> None:
    words = {text for name, value, *_ in BARS for text in (name, value)} | {"Nombre", "Édition de 2025"}
    page = re.search(r'<div class="marks".*?</div>\s*<div class="around">', render_html(bars), re.DOTALL)
    assert page is not None
    assert words <= set(re.findall(r">([^<>]+)<", page[0]))
    printed = " ".join(mark.text for page in Layout(render_pdf(bars)).pages for mark in page)
    assert all(word in printed for word in words)


@pytest.mark.parametrize(("tells_last", "rust"), [(False, "68"), (True, "+31")])
def test_in_print_the_value_of_the_finding_is_in_rust_in_the_row_that_is_told(
    tells_last: bool, rust: str
) -> None:
    row = Row("Assistant", ("37", "68", "+31"), (), is_strong=True)
    marks = document(Rows((row,), ("2024", "2025", "Écart"), tells_last=tells_last))
    texts = [mark for page in Layout(render_pdf(marks)).pages for mark in page if mark.text in row.values]
    assert [mark.text for mark in texts if mark.fill == rgb(colours.LIGHT["accent"])] == [rust]


def test_values_without_headings_are_printed_beside_their_marks() -> None:
    rows = [Row(name, (value,), (bar("accent", *ends),)) for name, value, *ends in BARS]
    marks = [m for page in Layout(render_pdf(document(Rows(tuple(rows))))).pages for m in page]
    ends = [m.right for m in marks if not m.text and abs(m.bottom - m.top - BAR_HEIGHT) < 0.1]
    values = [next(m.left for m in marks if m.text.replace("\xa0", "") == value) for _, value, *_ in BARS]
    assert [round(value - end) for value, end in zip(values, ends, strict=True)] == [4, 4, 4]


def test_in_print_the_value_of_a_row_without_a_mark_is_where_a_bar_would_begin() -> None:
    rows = (Row("Justice", ("7", "50 %"), (bar("ink", 0, 0.5),)), Row("Autres", ("8", "100 %"), ()))
    marks = [m for page in Layout(render_pdf(document(Rows(rows, ("Part",))))).pages for m in page]
    [start] = [m.left for m in marks if not m.text and abs(m.bottom - m.top - BAR_HEIGHT) < 0.1]
    [value] = [m.left for m in marks if m.text == "8"]
    assert value == pytest.approx(start, abs=1)


def test_a_value_more_than_there_are_headings_is_at_the_end_of_its_bar_and_the_others_in_columns() -> None:
    rows = tuple(Row(name, (value, "12 %"), (bar("ink", *ends),)) for name, value, *ends in BARS)
    both = document(Rows(rows, ("Part",)))
    page = render_html(both)
    assert re.findall(r'<text class="value" x="([^"]+)"', page) == ["60%", "90%", "90%"]
    assert page.count("<b>12\xa0%</b>") == len(BARS)
    marks = [m for page in Layout(render_pdf(both)).pages for m in page]
    ends = [m.right for m in marks if not m.text and abs(m.bottom - m.top - BAR_HEIGHT) < 0.1]
    values = [next(m.left for m in marks if m.text.replace("\xa0", "") == value) for _, value, *_ in BARS]
    assert [round(value - end) for value, end in zip(values, ends, strict=True)] == [4, 4, 4]
    assert len({round(m.right) for m in marks if m.text.endswith("%")}) == 1


def test_a_link_joins_the_middle_of_a_row_to_that_of_the_one_above_on_the_page_and_in_print() -> None:
    rows = [
        Row("Santé", ("+28",), (bar("accent", 0.0, 0.5),)),
        Row("Justice", ("+15",), (link(0.5), bar("accent", 0.5, 0.75))),
    ]
    both = document(Rows(tuple(rows)))
    assert '<line class="link m-context" x1="50%" x2="50%" y1="-15" y2="7"/>' in render_html(both)
    marks = [mark for page in Layout(render_pdf(both)).pages for mark in page if not mark.text]
    above, below = (mark for mark in marks if abs(mark.bottom - mark.top - BAR_HEIGHT) < 0.1)
    ends = [(each.top + each.bottom) / 2 for each in (above, below)]
    [drawn] = [m for m in marks if m.right - m.left < 1 and [m.top, m.bottom] == pytest.approx(ends, abs=0.5)]
    assert drawn.left + 0.3 == pytest.approx(above.right, abs=0.4) == pytest.approx(below.left, abs=0.4)


def test_a_thin_line_leads_from_a_name_to_a_bar_that_starts_where_the_one_above_ends() -> None:
    rows = [
        Row("Santé", ("+28",), (bar("accent", 0.0, 0.5),)),
        Row("Justice", ("−15",), (link(0.5), bar("context", 0.25, 0.5))),
    ]
    both = document(Rows(tuple(rows)))
    assert re.findall(r'<line class="leader"[^>]*>', render_html(both)) == [
        '<line class="leader" x2="25%" y1="7" y2="7"/>'
    ]
    marks = [mark for page in Layout(render_pdf(both)).pages for mark in page if not mark.text]
    above, below = (mark for mark in marks if abs(mark.bottom - mark.top - BAR_HEIGHT) < 0.1)
    led = [m for m in marks if m.bottom - m.top < 1 and below.top < m.top <= m.bottom < below.bottom]
    assert [(round(m.left), round(m.right)) for m in led] == [(round(above.left), round(below.left))]


def test_the_words_of_a_total_are_beside_its_line_inside_the_drawing_below_an_axis() -> None:
    rows = [
        Row("", ("Total de 2024 : 168",), (Mark("total", "ink", 0.0, 0.0),)),
        Row("Santé", ("+90",), (link(0.0), bar("accent", 0.0, 1.0))),
        Row("", ("Total de 2025 : 258",), (Mark("total", "ink", 1.0, 1.0),)),
    ]
    both = document(Rows(tuple(rows), scale=((0.0, "0"), (0.5, "+45"), (0.0, ""), (1.0, ""))))
    page = render_html(both)
    assert re.findall(r'<text class="value" x="(.*?)" y="11.5" (.*?)>', page) == [
        ("0%", 'dx=".65em"'),
        ("100%", 'dx=".65em"'),
        ("100%", 'dx="-.65em" text-anchor="end"'),
    ]
    assert re.findall(r'<line class="total m-ink" x1="(.*?)"', page) == ["0%", "100%"]
    assert re.findall(r'text-anchor="middle">(.*?)</text>', page) == ["0", "+45"]
    marks = [mark for page in Layout(render_pdf(both)).pages for mark in page]
    said = {mark.text.replace("\xa0", " "): mark for mark in marks if mark.text}
    [step] = (mark for mark in marks if not mark.text and abs(mark.bottom - mark.top - BAR_HEIGHT) < 0.1)
    start, end = said["Total de 2024 : 168"], said["Total de 2025 : 258"]
    assert 0 < start.left - step.left < 10 and 0 < step.right - end.right < 10
    assert said["0"].bottom <= start.top and start.bottom <= step.top + 2 <= step.bottom <= end.top + 2
    assert (said["+45"].left + said["+45"].right) / 2 == pytest.approx((step.left + step.right) / 2, abs=1)


@pytest.mark.parametrize(("label", "n_heads"), [("", 0), ("+45", 1)])
def test_only_an_axis_with_values_has_a_row_above_the_others(label: str, n_heads: int) -> None:
    rows = [Row(name, ("+9",), (bar("accent", 0.0, 1.0),)) for name in ("Santé", "Justice")]
    both = document(Rows(tuple(rows), scale=((0.5, label), (0.0, ""), (1.0, ""))))
    assert render_html(both).count('<div class="row head">') == n_heads
    marks = [mark for page in Layout(render_pdf(both)).pages for mark in page]
    measure = max(mark.bottom for mark in marks if mark.text.startswith("Initiatives"))
    first = min(mark.top for mark in marks if mark.text == "Santé")
    assert (first - measure > 18) is bool(n_heads)


@pytest.mark.parametrize(("shape", "height"), [("bar", "11"), ("thin", "5")])
def test_a_bar_of_several_names_together_is_thinner(shape: str, height: str) -> None:
    both = document(Rows((Row("Autres", ("9",), (Mark(shape, "pale", 0.0, 0.5),)),)))
    assert re.findall(r'<rect class="\w+ m-pale" .*?width="50%" height="(\d+)"', render_html(both)) == [
        height
    ]
    drawn = [mark for page in Layout(render_pdf(both)).pages for mark in page if not mark.text]
    assert any(abs(mark.bottom - mark.top - {"bar": BAR_HEIGHT, "thin": 4}[shape]) < 1 for mark in drawn)


def test_a_range_is_a_bracket_under_the_bars_of_its_row_on_the_page_and_in_print() -> None:
    marks = (bar("production", 0.0, 0.5), bar("development", 0.5, 1.0), Mark("range", "ink", 0.5, 0.75))
    both = document(Rows((Row("2025", ("20",), marks),), ("Total",), is_high=True))
    [bracket] = re.findall(r'<g class="range m-ink">.*?</g>', render_html(both))
    assert [*re.findall(r'x1="(\d+)%" x2="(\d+)%"', bracket)] == [("50", "50"), ("75", "75"), ("50", "75")]
    drawn = [mark for page in Layout(render_pdf(both)).pages for mark in page if not mark.text]
    half, _ = bars_of = [mark for mark in drawn if abs(mark.bottom - mark.top - FEW_HIGH) < 0.5]
    below = [mark for mark in drawn if 0 < mark.top - half.bottom < 6 and mark.right - mark.left > 5]
    middle = half.right + (bars_of[1].right - half.right) / 2
    assert below and all(abs(mark.left - half.right) < 2 and abs(mark.right - middle) < 2 for mark in below)


@pytest.mark.parametrize(("n_rows", "n_above"), [(2, 2), (5, 0)])
def test_the_number_of_a_bar_too_narrow_for_it_is_above_it_where_bars_are_few(
    n_rows: int, n_above: int
) -> None:
    parts = [
        replace(each, label=n)
        for each, n in zip(stacked([("ink", 612), ("pale", 2)]), ("612", "2"), strict=True)
    ]
    rows = [Row(f"Édition {n}", ("614",), tuple(parts)) for n in range(n_rows)]
    both = document(Rows(tuple(rows), ("Total",), is_high=True))
    marks = [mark for page in Layout(render_pdf(both)).pages for mark in page]
    inside = [mark for mark in marks if mark.text == "612"]
    above = [mark for mark in marks if mark.text == "2"]
    assert (len(inside), len(above)) == (n_rows, n_above)
    assert [round(one.top - other.top) for one, other in zip(inside, above, strict=False)] == [12] * n_above
    assert render_html(both).count('<text class="above"') == n_above


@pytest.mark.parametrize(("part", "size"), [(0.1, 8.5), (0.031, 7.5), (0.025, None)])
def test_in_print_a_narrow_bar_has_its_number_where_one_of_7_5_points_fits(
    part: float, size: float | None
) -> None:
    bars = (Mark("bar", "ink", 0.0, 0.5, "500"), Mark("bar", "retired", 0.9, 0.9 + part, "26"))
    both = document(Rows(tuple(Row(f"Édition {n}", ("526",), bars) for n in range(5)), ("n",), is_high=True))
    found = [mark for page in Layout(render_pdf(both)).pages for mark in page if mark.text == "26"]
    assert [round(mark.size, 1) for mark in found] == ([size] * 5 if size else [])


def test_in_print_numbers_above_two_narrow_neighbours_do_not_read_as_one() -> None:
    parts = zip(stacked([("ink", 950), ("retired", 26), ("pale", 24)]), ("950", "26", "24"), strict=True)
    row = Row("Total", ("1 000",), tuple(replace(each, label=n) for each, n in parts))
    marks = [
        m for page in Layout(render_pdf(document(Rows((row,), ("n",), is_high=True)))).pages for m in page
    ]
    left, right = (next(mark for mark in marks if mark.text == n) for n in ("26", "24"))
    assert round(left.top - right.top) == 0
    assert 6 <= right.left - left.right <= 9


def test_a_ringed_dot_is_in_the_middle_of_its_ring_with_paper_between_them() -> None:
    both = document(Rows((Row("Finances", ("8",), (Mark("ringed", "accent", 0.4, 0.4),)),), ("n",)))
    drawn = render_html(both)
    ring, dot = re.findall(r'<circle class="([^"]+)" cx="40%" cy="7" r="([\d.]+)"/>', drawn)
    assert (ring, dot) == (("ring m-context", "5.4"), ("dot m-accent", "2.6"))
    [*_, page] = Layout(render_pdf(both)).pages
    ring, dot = (
        mark for mark in page if not mark.text and mark.right - mark.left < 12 and mark.bottom - mark.top > 2
    )
    assert ring.left + ring.right == pytest.approx(dot.left + dot.right, abs=0.2)
    assert (dot.left - ring.left, dot.top - ring.top) == (
        pytest.approx(1.8, abs=0.6),
        pytest.approx(1.8, abs=0.6),
    )


def test_the_line_at_one_half_is_above_the_first_of_many_bars_and_below_the_last() -> None:
    bar = (Mark("bar", "development", 0.0, 1.0, "9"),)
    rows = tuple(
        Row(each, ("9",), bar) for each in ("Santé", "Travail", "Justice", "Famille", "Sports", "Mer")
    )
    [*_, page] = Layout(render_pdf(document(Rows(rows, ("n",), is_high=True, scale=((0.5, "50 %"),))))).pages
    drawn = [mark for mark in page if not mark.text]
    bars = sorted((each for each in drawn if each.right - each.left > 100), key=lambda each: each.top)[-6:]
    half = (bars[0].left + bars[0].right) / 2
    lines = [each for each in drawn if abs(each.left - half) < 1 and each.right - each.left < 1]
    above, below = sorted(lines, key=lambda each: each.top)
    assert above.bottom <= bars[0].top + 0.5 and below.top >= bars[-1].bottom - 0.5


def test_the_line_at_one_half_is_behind_the_bars_and_goes_on_between_them() -> None:
    rows = tuple(
        Row(each, ("9",), (Mark("bar", "development", 0.0, 1.0, "9"),)) for each in ("Santé", "Travail")
    )
    both = document(Rows(rows, ("n",), is_high=True, scale=((0.5, "50 %"),)))
    [*_, page] = Layout(render_pdf(both)).pages
    bars = [
        mark for mark in page if not mark.text and mark.right - mark.left > 100 and mark.bottom - mark.top > 9
    ]
    first, second = sorted(bars, key=lambda mark: mark.top)[-2:]
    half = (first.left + first.right) / 2
    lines = [mark for mark in page if not mark.text and abs(mark.left + mark.right - 2 * half) < 1]
    lines = [mark for mark in lines if mark.right - mark.left < 1]
    assert page.index(lines[0]) < page.index(first) and page.index(lines[1]) < page.index(second)
    assert lines[0].top < first.top and lines[0].bottom >= lines[1].top - 0.5
    drawn = render_html(both)
    assert drawn.count('<line class="half"') == 1  # darker than those of an axis: bars leave little of it
    assert drawn.index('<line class="half"') < drawn.index('<rect class="bar')


def test_a_thin_line_parts_several_names_together_from_those_of_one_on_the_page_and_in_print() -> None:
    marks = (bar("accent", 0.0, 0.5),)
    rows = (Row("Santé", ("9",), marks), Row("8 autres portefeuilles", ("7",), marks, is_apart=True))
    for headings in ((), ("Nombre",)):
        both = document(Rows(rows, headings))
        assert re.findall(r'<div class="(row\b[^"]*)"><span>([^<]+)', render_html(both)) == [
            ("row", "Santé"),
            ("row apart", "8 autres portefeuilles"),
        ]
        drawn = [mark for page in Layout(render_pdf(both)).pages for mark in page]
        first, other = (mark for mark in drawn if abs(mark.bottom - mark.top - BAR_HEIGHT) < 0.1)
        lines = [mark for mark in drawn if first.bottom < mark.top and mark.bottom < other.top]
        assert [mark.text for mark in lines] == [""]
        assert lines[0].left < first.left


def test_the_page_and_the_notebook_draw_alike(bars: dict[str, Any]) -> None:
    [block] = [block for block in bars["blocks"] if block["type"] == "figure"]
    assert html_of(block["marks"], block["alt"]) in render_html(bars)


def test_there_are_as_many_dots_as_initiatives_on_the_page_and_in_the_print_model() -> None:
    blocks = [
        Block("Justice", "7", (("production", 5), ("unknown", 2))),
        Block("Famille", "3", (("retired", 3),)),
    ]
    both = document(dots(blocks, []))
    paths = re.findall(r'<path class="m-(\w+)" d="([^"]+)"', render_html(both))
    assert [(role, path.count("h0")) for role, path in paths] == [
        ("production", 5),
        ("unknown", 2),
        ("retired", 3),
    ]
    drawn = print_model(both)["cover_figure"]["marks"]
    assert [run for block in drawn["blocks"] for run in block["runs"]] == [
        ["production", 5],
        ["unknown", 2],
        ["retired", 3],
    ]
    assert render_pdf(both)


def test_no_column_of_dots_has_a_few_alone_on_the_page_and_in_print() -> None:
    both = document(dots([Block("", "121", (("ink", 120), ("accent", 1)))], []))
    # On the page, 28 columns of 4 and 3 of 3; on the cover, 9 of 9 and 5 of 8.
    assert re.findall(r'<path class="m-accent" d="([^"]+)"', render_html(both)) == ["M30.5 2.5h0"]
    most, last = [mark for mark in Layout(render_pdf(both)).pages[0] if not mark.text][:2]
    eighth_row = most.bottom - (most.bottom - most.top) / 8
    assert (last.right, last.bottom) == pytest.approx((most.right, eighth_row), abs=0.1)


def test_a_table_has_a_bar_beside_the_name_of_each_row_on_the_page_in_print_and_in_the_notebook() -> None:
    rows = [("Santé", "90"), ("Justice", "45")]
    model = document_of(
        notebook(prose("# La Santé en tête\n\nVoir [](#tab-status)."), shown(table(rows=rows, bars=[90, 45])))
    )
    own = Table("t", "", "", "", ("Nom", "Nombre"), ("l", "r"), tuple(rows), False, bars=(90, 45))
    for page in (render_html(model), own._repr_mimebundle_()["text/html"]):
        assert re.findall(r'<rect width="([\d.]+)%" height="9"', page) == ["100.0", "50.0"]
    marks = [mark for page in Layout(render_pdf(model)).pages for mark in page]
    drawn = [mark for mark in marks if not mark.text and abs(mark.bottom - mark.top - 6) < 0.05]
    names = [mark for mark in marks if mark.text in ("Santé", "Justice")]
    assert re.findall(r'class="bar-of(| named)"', render_html(model)) == [" named", ""]
    assert [bar.fill for bar in drawn] == [rgb(colours.LIGHT[name]) for name in ("accent", "context")]
    longest, other = (bar.right - bar.left for bar in drawn)
    assert (longest, other) == pytest.approx((318, 159))  # what names and numbers leave of the page
    assert all(
        bar.left > name.right and bar.top < name.bottom for bar, name in zip(drawn, names, strict=True)
    )
