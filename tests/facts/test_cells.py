"""Cells of CSV that no spreadsheet runs, read back as the same texts."""

from __future__ import annotations

import csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from portrait.facts.cells import cell_of, csv_bytes
from portrait.publish.verify import text_of


@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("'=+-@\\ux0123\t\r\n\u202e\u200b"), max_size=12)
)
def test_readers_read_a_text_back_from_its_cell(text: str) -> None:
    assert text_of(cell_of(text)) == text


@given(st.text(st.sampled_from("'=+-@＝\t\r\na"), max_size=6))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert cell_of(text)[:1] not in {*"=+-@＝＋－＠\t\r\n"}


def test_a_table_is_written_with_quotes_where_a_cell_needs_them() -> None:
    table = pd.DataFrame({"name": ["Tri, rapide", 'dit "oui"', "a\rb"], "edition": ["2025"] * 3})
    text = csv_bytes(table).decode()
    assert text == 'name,edition\n"Tri, rapide",2025\n"dit ""oui""",2025\n"a\rb",2025\n'
    assert [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))] == list(table["name"])
