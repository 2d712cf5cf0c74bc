"""The workbook of a document: every table and every figure's data, as the guidance on spreadsheets asks."""

from __future__ import annotations

import io
import os
import time
import zipfile
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from portrait.document.model import document_of
from portrait.publish.workbook import number_of, render_workbook
from portrait.storage.media_types import CLAIM, REGISTER
from portrait.storage.media_types import TABLE as TABLE_TYPE
from tests.document import notebooks

FR = (
    ("Santé", "1\u00a0234", "12,5\u00a0%", "+3"),
    ("Travail", "—", "plus de 99\u00a0%", "\u22122"),
    ("=1+1", "0", "", "3 (2; 4)"),
)
BRACKETS = tuple(f"Part (2), {each} valeur entre parenthèses" for each in ("première", "seconde"))
TABLE = notebooks.table(
    rows=FR,
    columns=["Portefeuille", "Nombre", "Part", "Part"],
    align=["l", "r", "r", "r"],
    note="— : dénominateur inférieur à 10.",
)


def document(**front):
    cells = (notebooks.shown(notebooks.figure(), cell="one"), notebooks.shown(TABLE, cell="two"))
    return document_of(notebooks.notebook(*cells, **front))


def rows_of(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_cover_contents_notes_then_a_sheet_a_figure_or_table() -> None:
    sheets = rows_of(render_workbook(document()))
    assert list(sheets) == ["Couverture", "Contenu", "Notes", "Figure 1", "Tableau 1"]
    assert sheets["Couverture"][0] == ["Portrait 2025. L’adoption de l’intelligence artificielle"]
    assert sheets["Contenu"][-3:] == [
        ["Notes", "Notes"],
        ["Figure 1", "Initiatives déclarées"],
        ["Tableau 1", "Initiatives par portefeuille"],
    ]
    assert sheets["Notes"][-1] == ["1", "[x]\u00a0: dénominateur inférieur à 10."]
    assert sheets["Tableau 1"][0][0] == "Tableau 1\u00a0: Initiatives par portefeuille [note 1]"


def test_numbers_are_numbers_and_no_cell_of_a_table_is_blank() -> None:
    assert rows_of(render_workbook(document()))["Tableau 1"][-4:] == [
        ["Portefeuille", "Nombre", "Part", "Part (2)", *BRACKETS],
        ["Santé", 1234, 0.125, 3, "[z]", "[z]"],
        ["Travail", "[x]", "plus de 99\u00a0%", -2, "[z]", "[z]"],
        ["=1+1", 0, "[z]", 3, 2, 4],
    ]


def test_a_range_has_a_cell_for_each_end_and_a_number_among_ranges_its_own() -> None:
    table = notebooks.table(
        rows=(
            ("Groupes", "5"),
            ("Nombre effectif", "1.5\u00a0to\u00a02.5"),
            ("Écart", "30\u00a0to"),
            ("B", "—"),
        ),
        columns=["Indicator", "2025"],
        align=["l", "r"],
    )
    found = document_of(notebooks.notebook(notebooks.shown(table, cell="one"), language="en-CA"))
    assert rows_of(render_workbook(found))["Table 1"][-5:] == [
        ["Indicator", "2025", "2025, from", "2025, to"],
        ["Groupes", 5, "[z]", "[z]"],
        ["Nombre effectif", "[z]", 1.5, 2.5],
        ["Écart", "30\u00a0to", "[z]", "[z]"],
        ["B", "[x]", "[z]", "[z]"],
    ]


def test_a_column_of_numbers_and_marks_has_numbers_however_the_report_aligns_it() -> None:
    table = notebooks.table(
        rows=(("1", "53,6\u00a0%", "2024", "11"), ("2", "—", "2025", "douze")),
        columns=["Rang", "Nos lignes", "Année", "Valeur"],
        align=["l", "l", "l", "l"],
    )
    found = document_of(notebooks.notebook(notebooks.shown(table, cell="one")))
    rows = rows_of(render_workbook(found))["Tableau 1"]
    assert rows[-2:] == [["1", 0.536, "2024", "11"], ["2", "[x]", "2025", "douze"]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_value_of_the_register_of_claims_is_a_number_where_it_is_one(language: str) -> None:
    values = [1508, 0.535714, -0.00002, "42", True, 10**90, [3, 4]]
    claims = [
        notebooks.prose("Soit {eval}`n`.", f"dit {place}", cell=f"c{place}") for place in range(len(values))
    ]
    for cell, value in zip(claims, values, strict=True):
        cell["metadata"]["user_expressions"][0]["result"]["data"][CLAIM]["value"] = value
    columns = ["Chapitre", "Texte", "Valeur", "Énoncé"]
    register = {REGISTER: notebooks.table("tab-claims", (), columns=columns, align=[*"llll"])[TABLE_TYPE]}
    found = document_of(notebooks.notebook(*claims, notebooks.shown(register), language=f"{language}-CA"))
    rows = list(rows_of(render_workbook(found)).values())[-1][-len(values) :]
    assert [row[1] for row in rows] == [f"dit {place}" for place in range(7)]
    assert [row[2] for row in rows] == [1508, 0.53571, -0.00002, "42", "true", f"1{'0' * 78}…", "3, 4"]


@pytest.mark.parametrize(
    ("cell", "language", "found"),
    [
        ("1,234", "en", (1234, "#,##0")),
        ("1,234", "fr", (1.234, "#,##0.000")),
        ("\u22128.2", "en", (-8.2, "+#,##0.0;\u2212#,##0.0;#,##0.0")),
        ("2025-06", "en", None),
        ("1.5 to 2.5", "en", None),
    ],
)
def test_a_cell_is_a_number_where_it_shows_one_number_in_its_language(cell, language, found) -> None:
    assert number_of(cell, language) == found


def test_a_text_that_begins_as_a_formula_stays_a_text_and_nothing_is_merged() -> None:
    for name, content in parts(render_workbook(document())).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in content
            assert b"mergeCell" not in content


def test_a_line_above_a_table_that_is_wider_is_printed_whole() -> None:
    caption = "x" * 60  # after “Tableau 1 : ”, in letters half as wide again: 108 characters
    table = notebooks.table(rows=(("a", "b"),), columns=["A", "B"], caption=caption)
    found = document_of(notebooks.notebook(notebooks.shown(table, cell="one")))
    book = parts(render_workbook(found))["xl/workbook.xml"].decode()
    # Two columns of 12 characters leave 84, which take 11 more columns of 8: up to M.
    assert "'Tableau 1'!$A$1:$M$" in book


def test_a_text_beside_a_column_of_numbers_is_set_apart() -> None:
    table = notebooks.table(rows=(("1", "mot"),), columns=["N", "Texte"], align=["r", "l"])
    found = document_of(notebooks.notebook(notebooks.shown(table, cell="one")))
    assert b'horizontal="left" vertical="top" indent="1"' in parts(render_workbook(found))["xl/styles.xml"]
    assert b"indent" not in parts(render_workbook(document()))["xl/styles.xml"]


def test_each_table_is_marked_with_a_name_of_its_own() -> None:
    found = parts(render_workbook(document()))
    tables = [ElementTree.fromstring(each) for name, each in found.items() if name.startswith("xl/tables/")]
    assert [each.get("name") for each in tables] == ["contents", "notes", "fig_volume", "tab_status"]
    assert all(each.get("headerRowCount") != "0" for each in tables)


def test_each_sheet_of_a_reconstructed_edition_says_so() -> None:
    sheets = rows_of(render_workbook(document(banner="Lignes reconstituées.")))
    assert all("Lignes reconstituées." in [row[0] for row in rows] for rows in sheets.values())


def test_the_same_document_gives_the_same_bytes_whatever_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_workbook(document())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    later = time.time() + 5e6
    monkeypatch.setattr(time, "time", lambda: later)
    try:
        assert render_workbook(document()) == first
    finally:
        monkeypatch.undo()
        time.tzset()
    assert os.environ.get("TZ") != "Asia/Tokyo"
