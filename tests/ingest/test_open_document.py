"""An OpenDocument spreadsheet is read as its XLSX would be, every text of it, or refused."""

from __future__ import annotations

import pytest

from portrait.errors import RefusedInput
from portrait.ingest import open_document
from portrait.ingest.published import read_published
from portrait.ingest.workbook import Merged
from tests.documents import cell, document, row, rows

COLUMNS = {"name": ("Nom",), "body": ("Organisme",)}
HEADER = row("Nom", "Organisme")
END = row(cell(repeated=16_384), repeated=1_048_570)
"""What LibreOffice writes below the last row."""


@pytest.fixture
def read(tmp_path):
    def read(*made: str, columns=COLUMNS, **others: str):
        path = tmp_path / "2025.ods"
        path.write_bytes(document(*made, **others))
        return read_published(path, columns)

    return read


@pytest.fixture
def refused(read):
    def refused(*made: str, **others: str) -> str:
        with pytest.raises(RefusedInput) as caught:
            read(*made, **others)
        return str(caught.value)

    return refused


def names(published) -> list[list]:
    return published.rows[["row", "name", "body"]].values.tolist()


def test_rows_keep_their_number_below_titles_and_repeated_blank_rows(read):
    made = [row("Inventaire"), row(cell(repeated=3), repeated=4), HEADER, *rows(("Tri", "Régie")), END]
    published = read(*made)
    assert names(published) == [[7, "Tri", "Régie"]]
    assert (published.facts.encoding, published.facts.header_row) == ("ods", 6)


def test_numbers_dates_and_truth_values_are_the_text_that_an_xlsx_gives(read):
    number = cell(attributes='office:value-type="float" office:value="12"', inner="<text:p>12,00</text:p>")
    day = cell(
        attributes='office:value-type="date" office:date-value="2025-03-01"', inner="<text:p>1/3</text:p>"
    )
    assert names(read(HEADER, row(number, day))) == [[2, "12", "2025-03-01"]]


def test_repeated_rows_and_cells_are_as_many_cells(read):
    made = [HEADER, row(cell("Tri", repeated=2), repeated=2)]
    assert names(read(*made)) == [[2, "Tri", "Tri"], [3, "Tri", "Tri"]]


def test_the_text_of_a_cell_has_its_paragraphs_spaces_and_breaks_and_no_comment(read):
    inner = (
        "<office:annotation><text:p>À revoir<text:line-break/></text:p></office:annotation>"
        "<text:p>Tri<text:line-break/>du <text:span>cour</text:span>rier"
        '<text:tab/>a<text:s text:c="2"/>b</text:p><text:p>Suite</text:p>'
    )
    assert names(read(HEADER, row(cell(inner=inner), "Régie"))) == [
        [2, "Tri\ndu courrier\ta  b\nSuite", "Régie"]
    ]
    plain = "<text:p>Tri <text:span>du</text:span></text:p><text:p>Suite</text:p>"
    assert names(read(HEADER, row(cell(inner=plain), "Régie"))) == [[2, "Tri du\nSuite", "Régie"]]


def test_an_error_is_shown_and_is_no_blank_even_at_the_end(read):
    error = cell(
        "#REF!", attributes='office:value-type="string" office:string-value="" calcext:value-type="error"'
    )
    assert names(read(HEADER, row("Tri", error), row(error))) == [[2, "Tri", "#REF!"], [3, "#REF!", ""]]


def test_a_text_without_a_type_is_read(read):
    untyped = "<table:table-cell><text:p>Tri</text:p></table:table-cell>"
    assert names(read(HEADER, row(untyped, "Régie"))) == [[2, "Tri", "Régie"]]


def test_merged_cells_are_known(read):
    spans = 'table:number-columns-spanned="1" table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    published = read(HEADER, row("Tri", cell("Régie", attributes=spans)), row("Veille", covered))
    assert published.merged == (Merged(2, 2, 3, 2),)
    assert names(published) == [[2, "Tri", "Régie"], [3, "Veille", ""]]


@pytest.mark.parametrize(
    "made",
    [
        row(cell("x", repeated=1000), repeated=1_000_000),
        row(cell("x", repeated=16_000), repeated=16_000),
        row("x", repeated=9_999_999),
        row("Tri", "Régie", repeated=6_000),
        row("x", repeated="99999999999999999999"),
        row(cell("x", repeated="-1")),
        row(cell("x", repeated="1_0")),
        row(cell("x" * 10_000, repeated=100), repeated=1000),
        row(cell(repeated=16_383), "x") + row(cell(repeated=1), repeated=1_000_000) + row("x"),
    ],
)
def test_a_cell_repeated_far_beyond_a_table_is_refused(refused, made):
    assert "2025.ods" in refused(HEADER, made)


def test_too_many_texts_that_the_reader_loses_are_refused(refused, monkeypatch):
    monkeypatch.setattr(open_document, "MOST_LOST", 3)
    lost = cell(inner="<text:p>a<text:tab/>b</text:p>", repeated=2)
    assert "hold an error or a line break" in refused(HEADER, row(lost, repeated=2))


def test_a_document_with_a_password_another_archive_and_damaged_xml_are_refused(refused, tmp_path):
    secret = {"META-INF/manifest": "<m:manifest xmlns:m='urn'><m:encryption-data/></m:manifest>"}
    assert "content.xml is encrypted" in refused(HEADER, **secret)
    assert "not an ODS workbook" in refused(HEADER, **{"xl/workbook": "<workbook/>"})
    assert "is damaged" in refused("<table:table-row>")
    assert "DOCTYPE" in refused(HEADER, content="<!DOCTYPE x><x/>")
    path = tmp_path / "2025.xlsx"
    path.write_bytes(document(HEADER))
    with pytest.raises(RefusedInput, match="not an XLSX workbook"):
        read_published(path, COLUMNS)
