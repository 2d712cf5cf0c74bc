"""The printed annual report is laid out as a print designer asks; a fault is named by page and words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portrait.build import edition, plan
from portrait.document.model import document_of
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose, shown, table
from tests.publish.layout import Layout

PROJECT = Path(__file__).parents[2]
REAL_DATA = os.environ.get("PORTRAIT_REAL_DATA")
needs_real_data = pytest.mark.skipif(not REAL_DATA, reason="PORTRAIT_REAL_DATA is not set")
MOST_BODY_PAGES = {"quebec": 15, "us-federal": 20}
EDITIONS = [
    pytest.param(("quebec", "fr"), id="quebec-fr"),
    pytest.param(("quebec", "en"), id="quebec-en", marks=pytest.mark.slow),
    pytest.param(("us-federal", "fr"), id="us-federal-fr", marks=[pytest.mark.slow, needs_real_data]),
    pytest.param(("us-federal", "en"), id="us-federal-en", marks=[pytest.mark.slow, needs_real_data]),
]


@pytest.fixture(scope="module", params=EDITIONS)
def annual(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pool
) -> tuple[str, Layout]:
    """The source of an annual report, and its layout."""
    source, language = request.param
    asked = plan.plan_build(
        source=source,
        year=2025,
        language=language,
        report="annual",
        data="" if source == "quebec" else str(REAL_DATA),
        output=tmp_path_factory.mktemp("layout"),
        project=PROJECT,
    )
    folder = edition.build(asked, pool).folder
    return source, Layout((folder / f"annual.{language}.pdf").read_bytes())


def test_no_text_is_too_small_to_read(annual):
    assert annual[1].small_texts() == []


def test_no_line_is_too_long_to_read(annual):
    assert annual[1].long_lines() == []


def test_no_heading_is_near_the_foot_of_a_page(annual):
    assert annual[1].headings_near_the_foot() == []


def test_no_blank_band_interrupts_a_chapter(annual):
    assert annual[1].blank_bands() == []


def test_pages_are_filled_and_the_last_one_too(annual):
    assert annual[1].thin_pages() == []


def test_a_table_that_goes_on_keeps_its_rows_together_and_is_named_again(annual):
    assert annual[1].ill_split_tables() == []


def test_the_body_is_as_short_as_was_promised(annual):
    source, layout = annual
    assert layout.body_pages() <= MOST_BODY_PAGES[source]


def long_table(n_lines: int) -> Layout:
    """Return a report in which a table of 60 rows starts under a number of lines."""
    rows = [(f"Bureau {i}", str(i)) for i in range(60)]
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    cells = (prose(f"# Volume\n\n{lines}"), shown(table("tab-long", rows=rows)))
    return Layout(render_pdf(document_of(notebook(*cells))))


@pytest.mark.parametrize("n_lines", range(20, 26))
def test_a_long_table_never_leaves_fewer_rows_than_are_kept_together(n_lines):
    assert long_table(n_lines).ill_split_tables() == []


def test_a_long_table_is_continued_by_its_name_and_closed_once():
    layout = long_table(4)
    continued = [
        line for n in range(3, len(layout.pages) + 1) for line in layout.lines(n) if "(suite)" in line
    ]
    assert continued == ["Tableau 1 (suite)"]
