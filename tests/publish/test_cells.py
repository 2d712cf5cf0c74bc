"""Columns of prose have widths in the page by the length of their texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.publish.cells import css_text, labels_of_cards, widths_of_columns
from portrait.publish.html import render_html
from tests.document.notebooks import notebook, shown, table

DEFINITION = "Ministère ou établissement qui déclare une initiative au registre. "
TERMS = {
    "id": "tab-glossary",
    "columns": ["Français", "Anglais", "Définition"],
    "align": ["l", "l", "l"],
    "rows": [
        ["Aide à la décision, planification", "Decision support, planning", DEFINITION * n] for n in (1, 3)
    ],
}


def test_a_column_of_short_terms_is_narrower_than_that_of_their_definitions() -> None:
    first, second, third = map(int, re.findall(r"width:(\d+)%", widths_of_columns([TERMS])))
    assert third > 2 * max(first, second)
    assert first + second + third in (99, 100, 101)
    assert widths_of_columns([]) == labels_of_cards([], ": ") == ""


def test_a_text_in_a_style_sheet_ends_no_element() -> None:
    assert css_text("</style>") == '"\\3c /style>"'


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 768])
def test_in_a_wide_window_a_glossary_is_not_in_equal_thirds(browser: Any, tmp_path: Path, width: int) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(shown(table("tab-glossary", **TERMS))))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    widths = [each.bounding_box()["width"] for each in page.locator("thead th").all()]
    assert widths[2] > 2 * max(widths[:2])
    page.close()
