"""A long table of names sorted by a name they share is in two columns in print, under each of these names.

So is the list of a brief document that is then on one page, and a long list of names and their bodies.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest

from portrait.document.model import document_of
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose, shown, table
from tests.publish.extraction import Tagged, missing, structures, untagged, walk
from tests.publish.layout import Layout

BODY = "Agence de la consommation et du revenu du Canada"


def document(n_bodies: int, n_each: int) -> dict[str, Any]:
    """Return a document with a table of three columns, whose second is the same for so many rows."""
    rows = [
        (f"Initiative {body}-{n}", f"{BODY} {body:02}", "En développement")
        for body in range(n_bodies)
        for n in range(n_each)
    ]
    columns = {"columns": ["Initiative", "Organisme", "Statut"], "align": ["l"] * 3}
    listed = shown(table("tab-initiatives", rows=rows, **columns))
    return document_of(notebook(prose("# Volume"), prose("# Les initiatives", tags=("annex",)), listed))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = document(20, 11)
    pdf = render_pdf(made)
    assert missing(made, pdf) == untagged(made, pdf) == []
    return pdf


def test_a_long_list_names_each_body_once_with_its_count(pdf: bytes) -> None:
    said = [text for text in Tagged(pdf).roles("TH") if BODY in text]
    # The columns of the last page, which are even, are a table of their own: one body goes on there.
    assert [*dict.fromkeys(said)] == [f"{BODY} {body:02} (11)" for body in range(20)]
    assert len(said) == 21


def test_a_long_list_takes_two_columns_and_fewer_pages(pdf: bytes) -> None:
    layout = Layout(pdf)
    pages = [n for n, marks in enumerate(layout.pages) if any("Initiative 1" in mark.text for mark in marks)]
    assert len(pages) <= 3  # 220 rows of 11 pt, 20 names of 17, and 35 above each column, which has 650
    first = layout.pages[pages[0]]
    [left, right] = sorted({round(m.left) for m in first if re.match(r"Initiative \d+-\d+", m.text)})
    assert right - left == 250  # half of the page, and half of the blank between the columns
    assert layout.texts_over_texts() == []


def test_the_columns_of_the_last_page_of_a_long_list_are_about_as_high_as_each_other(pdf: bytes) -> None:
    layout = Layout(pdf)
    rows = [
        [m for m in marks if re.match(r"Initiative \d+-\d+", m.text)]
        for marks in layout.pages
        if any("Initiative 1" in mark.text for mark in marks)
    ]
    lows = [[max(m.bottom for m in page if round(m.left) == x) for x in (64, 314)] for page in rows]
    assert len(lows) == 3
    assert abs(lows[-1][0] - lows[-1][1]) < 30  # no more than a row and the name of a body
    assert min(lows[0]) > 690


def test_the_name_of_a_body_is_the_heading_of_a_row_that_spans_the_columns(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [each for each in walk(opened.Root.StructTreeRoot) if str(each.S) == "/Table"]
        rows = [structures(each) for table in found for each in walk(table) if str(each.S) == "/TR"]
    assert len(rows) == 2 + 21 + 220
    assert [len(row) for row in rows].count(1) == 21
    assert {str(row[0].S) for row in rows} == {"/TH"}


def test_a_long_list_in_two_columns_is_accessible(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf)
    assert list(pdfua.validate(str(tmp_path / "report.pdf")).findings) == []


@pytest.mark.parametrize(("n_bodies", "n_each"), [(3, 10), (100, 2)])
def test_a_short_list_or_one_of_few_rows_a_body_keeps_its_columns(n_bodies: int, n_each: int) -> None:
    said = [text for _, text in Tagged(render_pdf(document(n_bodies, n_each)))]
    assert said.count(f"{BODY} 00") == n_each


@pytest.mark.parametrize(("n_rows", "n_pages", "n_columns"), [(49, 1, 1), (60, 1, 2), (200, 2, 2)])
def test_a_long_list_of_names_with_two_numbers_is_in_two_columns(
    n_rows: int, n_pages: int, n_columns: int
) -> None:
    columns = {"columns": ["Organisme", "2024", "2025"], "align": ["l", "r", "r"]}
    rows = [(f"Cégep {n:03}", "—", str(n)) for n in range(n_rows)]
    made = document_of(
        notebook(prose("# Volume\n\nLigne."), shown(table("tab-bodies", rows=rows, **columns)))
    )
    pdf = render_pdf(made)
    assert missing(made, pdf) == untagged(made, pdf) == []
    layout = Layout(pdf)
    names = [[m for m in marks if re.fullmatch(r"Cégep \d+", m.text)] for marks in layout.pages]
    pages = [marks for marks in names if marks]
    assert [len({round(mark.left) for mark in marks}) for marks in pages] == [n_columns] * n_pages
    if n_pages == 1 and n_columns == 2:  # as high as each other
        left, right = (
            sum(round(m.left) == x for m in pages[0]) for x in sorted({round(m.left) for m in pages[0]})
        )
        assert 0 <= left - right <= 1
    assert layout.texts_over_texts() == []


@pytest.mark.parametrize("n_rows", [49, 60])
def test_the_first_row_is_clear_of_the_rule_of_its_headings_in_one_column_or_two(n_rows: int) -> None:
    columns = {"columns": ["Organisme", "2024", "2025"], "align": ["l", "r", "r"]}
    rows = [(f"Cégep {n:03}", "—", str(n)) for n in range(n_rows)]
    listed = shown(table("tab-bodies", rows=rows, **columns))
    layout = Layout(render_pdf(document_of(notebook(prose("# Volume\n\nLigne."), listed))))
    [tops] = [
        {m.text: m.top for m in marks} for marks in layout.pages if any(m.text == "Cégep 000" for m in marks)
    ]
    first, second = (tops[name] for name in ("Cégep 000", "Cégep 001"))
    assert first - tops["Organisme"] >= second - first + 1.5


@pytest.mark.parametrize(("n_bodies", "n_each", "n_columns"), [(36, 3, 1), (37, 3, 2), (110, 1, 2)])
def test_a_long_list_of_names_and_bodies_has_each_body_above_its_names_and_its_count_if_several(
    tmp_path: Path, n_bodies: int, n_each: int, n_columns: int
) -> None:
    columns = {"columns": ["Initiative", "Organisme"], "align": ["l", "l"]}
    rows = [(f"Outil {body}-{n}", f"Cégep {body:03}") for body in range(n_bodies) for n in range(n_each)]
    made = document_of(
        notebook(prose("# Volume\n\nLigne."), shown(table("tab-initiatives", rows=rows, **columns)))
    )
    pdf = render_pdf(made)
    assert missing(made, pdf) == untagged(made, pdf) == []
    layout = Layout(pdf)
    [names, *_] = [[m for m in marks if m.text.startswith("Outil")] for marks in layout.pages[2:]]
    assert len({round(mark.left) for mark in names}) == n_columns
    said = [text for text in Tagged(pdf).roles("TH") if text.startswith("Cégep 000")]
    assert said == ([] if n_columns == 1 else ["Cégep 000 (3)" if n_each > 1 else "Cégep 000"])
    assert layout.texts_over_texts() == []
    (tmp_path / "report.pdf").write_bytes(pdf)
    assert list(pdfua.validate(str(tmp_path / "report.pdf")).findings) == []


@pytest.mark.parametrize(("n_rows", "n_columns"), [(15, 1), (16, 2)])
def test_what_all_rows_have_in_common_is_said_once_where_they_are_then_in_two_columns(
    n_rows: int, n_columns: int
) -> None:
    columns = {"columns": ["Champ", "Édition", "Publiée", "Montrée", "Lignes"], "align": [*"llllr"]}
    rows = [("Organisme", "2025", f"ORG{n:02}", f"Organisme public {n}", "1") for n in range(n_rows)]
    made = document_of(
        notebook(prose("# Volume\n\nLigne."), shown(table("tab-values", rows=rows, **columns)))
    )
    pdf = render_pdf(made)
    assert missing(made, pdf) == untagged(made, pdf) == []
    layout = Layout(pdf)
    codes = [mark for mark in layout.pages[2] if re.fullmatch(r"ORG\d+", mark.text)]
    assert (len(codes), len({round(mark.left) for mark in codes})) == (n_rows, n_columns)
    assert sum(line == "Organisme, 2025 (16)" for line in layout.lines(3)) == (2 if n_columns == 2 else 0)
    assert layout.texts_over_texts() == []


@pytest.mark.parametrize(("n_lines", "page"), [(20, 2), (26, 3)])
def test_a_list_in_two_columns_of_several_pages_has_a_few_rows_on_its_first_one(n_lines: int, page: int):
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    rows = [(f"Outil {body}-{n}", f"{BODY} {body:02}", "Retiré") for body in range(20) for n in range(10)]
    columns = {"columns": ["Initiative", "Organisme", "Statut"], "align": ["l"] * 3}
    listed = shown(table("tab-initiatives", rows=rows, **columns))
    layout = Layout(render_pdf(document_of(notebook(prose(f"# Volume\n\n{lines}"), listed))))
    n_rows = [sum(mark.text.startswith("Outil") for mark in marks) for marks in layout.pages]
    first = next(n for n, n_each in enumerate(n_rows) if n_each)
    assert first == page and n_rows[first] >= 8


@pytest.mark.parametrize(("n_lines", "starts"), [(30, [3]), (22, [2, 3]), (8, [2])])
def test_a_table_in_two_even_columns_breaks_only_rather_than_leave_a_hole(
    n_lines: int, starts: list[int]
) -> None:
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    columns = {"columns": ["Organisme", "2025"], "align": ["l", "r"]}
    listed = shown(table("tab-bodies", rows=[(f"Cégep {n:03}", "1") for n in range(50)], **columns))
    made = document_of(notebook(prose(f"# Volume\n\n{lines}\n\n[](#tab-bodies)"), listed))
    pdf = render_pdf(made)
    assert missing(made, pdf) == untagged(made, pdf) == []
    layout = Layout(pdf)
    pages = [n for n, marks in enumerate(layout.pages) if any("Cégep" in mark.text for mark in marks)]
    assert pages == starts and layout.texts_over_texts() == []


STATUSES = ("En production", "En développement", "Mis hors service")


def profile(n_columns: int) -> dict[str, Any]:
    """Return a brief document with more initiatives than its page holds, by status or of one status."""
    counts = (2, 35, 3)
    rows = [
        (f"Initiative {place}-{n} d’une agence", status)[:n_columns]
        for place, (status, n_each) in enumerate(zip(STATUSES, counts, strict=True))
        for n in range(n_each)
    ]
    columns = {"columns": ["Initiative", "Statut"][:n_columns], "align": ["l"] * n_columns}
    listed = shown(table("tab-initiatives", rows=rows, **columns))
    opening = prose("# En bref : 40 initiatives\n\nElles sont nombreuses ([](#tab-initiatives)).")
    return document_of(notebook(opening, prose("# Les initiatives"), listed, brief=True))


@pytest.mark.parametrize("n_columns", [1, 2])
def test_the_list_of_a_profile_is_in_two_even_columns_where_that_makes_one_page(n_columns: int) -> None:
    made = profile(n_columns)
    pdf = render_pdf(made)
    assert missing(made, pdf) == untagged(made, pdf) == []
    layout = Layout(pdf)
    [page] = layout.pages
    rows = [mark for mark in page if re.match(r"Initiative \d+-\d+", mark.text)]
    [left, right] = sorted({round(mark.left) for mark in rows})
    assert right - left == 250
    foot_left, foot_right = (max(m.bottom for m in rows if round(m.left) == x) for x in (left, right))
    assert 0 <= foot_left - foot_right < 30  # no more than a row and the name of its status
    names = [text for text in Tagged(pdf).roles("TH") if text.endswith(")")]
    expected = ["En production (2)", "En développement (35)", "Mis hors service (3)"]
    assert names == (expected if n_columns == 2 else [])
    assert layout.texts_over_texts() == []


def test_the_list_of_a_profile_in_two_columns_is_accessible(tmp_path: Path) -> None:
    (tmp_path / "profile.pdf").write_bytes(render_pdf(profile(2)))
    assert list(pdfua.validate(str(tmp_path / "profile.pdf")).findings) == []
