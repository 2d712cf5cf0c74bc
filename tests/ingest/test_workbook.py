"""A workbook is checked before it is parsed, and parsed where the death of the parser is an error message."""

import random
import zlib

import pytest

from portrait.errors import RefusedInput
from portrait.ingest import archive as archives
from portrait.ingest import workbook
from portrait.ingest.archive import check_archive
from portrait.ingest.parts import Fault
from portrait.ingest.published import read_published
from portrait.ingest.sheets import REFUSED
from portrait.ingest.workbook import Merged
from tests.workbooks import MAIN, SHEET, STRINGS, archive, cells, parts

COLUMNS = {"name": ("Titre",), "body": ("Organisme",), "status": ("Statut",)}
TABLE = cells(["Titre", "Organisme", "Statut"], ["Tri", "Régie", "Actif"])
RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.fixture
def read(tmp_path):
    """Read the bytes of a workbook as the file of 2025."""

    def read(content):
        path = tmp_path / "2025.xlsx"
        path.write_bytes(content)
        return read_published(path, COLUMNS)

    return read


@pytest.fixture
def refused(read):
    def refused(content):
        with pytest.raises(RefusedInput) as caught:
            read(content)
        return caught.value.english

    return refused


def altered(before, after, *, part=SHEET, **others):
    """Return the workbook of `TABLE` with a text replaced in a part."""
    members = parts(Données=TABLE)
    assert before in members[part]
    return archive(members | {part: members[part].replace(before, after, 1)} | others)


def with_rows(rows, **others):
    """Return the workbook of `TABLE` with XML after its rows."""
    return altered("</sheetData>", f"{rows}</sheetData>", **others)


def strings(text, claims=""):
    return {STRINGS: f'<sst xmlns="{MAIN}"{claims}><si><t>{text}</t></si></sst>'}


# Cells


@pytest.mark.parametrize(
    "reference", ["ZZZZZZ99999999999", "XFE1", "A1048577", "A0", "1A", "", "A99999999999999999999", "Â1"]
)
def test_a_cell_that_no_sheet_has_is_refused_with_its_reference(refused, reference):
    message = refused(with_rows(f'<row r="3"><c r="{reference}"><v>1</v></c></row>'))
    assert f"has a cell “{reference}”, which exists in no sheet" in message


def test_a_row_that_no_sheet_has_is_refused(refused):
    assert "“A99999999999”" in refused(with_rows('<row r="99999999999"><c><v>1</v></c></row>'))


def test_a_cell_after_the_last_column_is_refused_though_it_has_no_reference(refused):
    message = refused(with_rows('<row r="3"><c r="XFD3"/><c><v>1</v></c></row>'))
    assert "has a cell “3, 16385”, which exists in no sheet" in message


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c\n\tr = 'XFD1048576' ><v>1</v></c>",
        '<x:c r="&#88;FD1048576"><x:v>1</x:v></x:c>',
        f'<c s="{"1" * 500}" r="XFD1048576"><f>1</f></c>',
    ],
)
def test_a_far_cell_is_found_however_its_tag_is_written(refused, cell):
    message = refused(with_rows(f'<row r="1048576">{cell}</row>'))
    assert "row 1048576: a sheet extends to this row, over 16384 columns" in message


def test_a_far_cell_is_found_in_any_folder(refused):
    members = parts(Données=TABLE)
    sheet = members.pop(SHEET).replace(
        "</sheetData>", '<row><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    target = members[RELATIONS].replace("worksheets/sheet1.xml", "feuilles/un.xml")
    assert "over 16384 columns" in refused(
        archive(members | {"xl/feuilles/un.xml": sheet, RELATIONS: target})
    )


def test_a_far_cell_is_found_in_utf16(refused):
    members = parts(Données=TABLE)
    sheet = members[SHEET].replace("</sheetData>", '<row><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert "over 16384 columns" in refused(archive(members | {SHEET: sheet.encode("utf-16")}))


def test_a_sheet_under_another_suffix_is_refused_since_it_is_not_checked(refused):
    members = parts(Données=TABLE)
    members["xl/media/un.png"] = members.pop(SHEET)
    members[RELATIONS] = members[RELATIONS].replace("worksheets/sheet1.xml", "media/un.png")
    assert "the sheet “Données” is not XML: xl/media/un.png" in refused(archive(members))


def test_far_cells_that_are_formatted_but_blank_are_ignored(read):
    rows = read(with_rows('<row r="1048576"><c r="XFD1048576" s="1"/></row>')).rows
    assert rows["name"].tolist() == ["Tri"]


@pytest.mark.parametrize("cell", ["<c><v>1</v></c>", "<c/>", '<c r="A9"/>'])
def test_cells_are_counted_with_or_without_references_and_values(monkeypatch, cell):
    monkeypatch.setattr(archives, "MOST_CELLS", 100)
    check_archive(with_rows(f"<row>{cell * 94}</row>"))  # and the 6 of the table
    with pytest.raises(Fault, match="over 0 million cells"):
        check_archive(with_rows(f"<row>{cell * 95}</row>"))


def test_blank_cells_are_limited_by_the_filled_ones(monkeypatch):
    monkeypatch.setattr(archives, "FREE_CELLS", 100)
    check_archive(with_rows('<row r="116"><c r="A116"><v>1</v></c></row>'))  # 348 cells, of which 7 filled
    with pytest.raises(Fault, match="over 3 columns"):
        check_archive(with_rows('<row r="117"><c r="A117"><v>1</v></c></row>'))


def test_a_cell_with_an_error_is_read_as_it_is_shown(read):
    rows = (
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Lecture</t></is></c><c r="C3" t="e"><v>#REF!</v></c></row>'
    )
    assert read(with_rows(rows)).rows["status"].tolist() == ["Actif", "#REF!"]


def test_errors_in_more_cells_than_a_table_has_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_ERRORS", 1)
    error = '<row><c t="e"><v>#REF!</v></c></row>'
    check_archive(with_rows(error))
    with pytest.raises(Fault, match=r"thousand cells hold an error, as #REF!"):
        check_archive(with_rows(error * 2))


def test_merged_cells_are_given_with_their_rows_and_columns(read):
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>'
    assert read(altered("</sheetData>", merged)).merged == (Merged(2, 2, 4, 3),)


# Size


def test_a_member_that_expands_too_far_is_refused_with_its_name(refused):
    content = altered("</worksheet>", f"</worksheet>{' ' * 2**21}")
    assert "xl/worksheets/sheet1.xml expands to more than 100 times its size" in refused(content)


def test_the_size_that_a_header_claims_is_not_believed(refused):
    claimed = parts(Données=TABLE)[SHEET].encode()
    content = bytearray(altered("</worksheet>", f"</worksheet>{' ' * 2**21}"))
    entry = content.rindex(SHEET.encode()) - 46  # in the central directory
    content[entry + 16 : entry + 20] = zlib.crc32(claimed).to_bytes(4, "little")
    content[entry + 24 : entry + 28] = len(claimed).to_bytes(4, "little")
    assert "expands to more than 100 times its size" in refused(bytes(content))


def test_the_expanded_size_of_all_members_is_limited(monkeypatch):
    monkeypatch.setattr(archives, "MOST_EXPANDED", 2**20)
    noise = random.Random(0).randbytes(2**19)
    check_archive(altered("", "", **{"xl/media/1.png": noise}))
    with pytest.raises(Fault, match="the expanded workbook is over 1 MiB"):
        check_archive(altered("", "", **{"xl/media/1.png": noise, "xl/media/2.png": noise}))


def test_the_text_of_a_repeated_string_is_counted_each_time(monkeypatch):
    monkeypatch.setattr(archives, "FREE_CHARACTERS", 0)
    monkeypatch.setattr(archives, "MOST_TIMES_EXPANDED", 1)
    repeated = "".join(f'<row><c t="s"><v>{place}</v></c></row>' for place in [0] * 20)
    check_archive(with_rows(repeated, **strings("a" * 10)))
    with pytest.raises(Fault, match="repeat the same texts"):
        check_archive(with_rows(repeated, **strings("a" * 500)))


def test_a_number_of_strings_that_would_be_allocated_at_once_is_refused(refused):
    assert "claims 999999999999 strings" in refused(
        altered("", "", **strings("a", claims=' uniqueCount="999999999999"'))
    )


def test_an_endless_tag_is_refused():
    noise = random.Random(0).randbytes(2**22).hex()
    with pytest.raises(Fault, match=r"a tag of .* is over 4 MiB"):
        check_archive(altered("<sheetData>", f'<sheetData a="{noise}">'))


# What is wrong is named


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", RELATIONS])
def test_an_entity_declaration_is_named(refused, part):
    declared = '<!DOCTYPE x [<!ENTITY a "aaaa">]><'
    assert f"{part.lower()} contains a document type declaration" in refused(
        altered("<", declared, part=part)
    )


def test_damaged_xml_is_named_with_its_line(refused):
    message = refused(altered("</row>", "</raw>"))
    assert "the XML of xl/worksheets/sheet1.xml is damaged (mismatched tag: line 1, column" in message


def test_a_part_that_stands_twice_is_refused(refused):
    assert f"contains {SHEET} twice" in refused(
        altered("", "", **{"xl\\Worksheets\\sheet1.xml": "<worksheet/>"})
    )


def test_another_archive_is_not_called_a_damaged_workbook(refused):
    assert "the archive has no xl/workbook.xml" in refused(archive({"word/document.xml": "<document/>"}))


def test_too_many_members_are_refused(refused):
    assert "contains 1105 files" in refused(altered("", "", **{f"xl/{n}.xml": "<a/>" for n in range(1100)}))


def test_a_wrong_checksum_is_named(refused):
    content = bytearray(altered("", ""))
    content[content.rindex(SHEET.encode()) - 30] ^= 1
    assert "the archive is damaged (Bad CRC-32" in refused(bytes(content))


def test_an_encrypted_part_is_named(refused):
    content = bytearray(altered("", ""))
    content[content.rindex(SHEET.encode()) - 38] |= 1  # its flags, in the central directory
    assert f"{SHEET} is encrypted. Save the workbook without a password." in refused(bytes(content))


def test_a_cell_of_a_string_that_is_not_there_is_a_refusal_in_the_words_of_the_reader(refused):
    message = refused(with_rows('<row r="3"><c r="A3" t="s"><v>7</v></c></row>', **strings("a")))
    assert message == (
        "2025.xlsx: the workbook does not open (Cell string index not found in shared strings table). "
        "Download it again."
    )


# The reader dies


@pytest.fixture
def reader(monkeypatch, tmp_path):
    """Replace the program of the reader."""

    def reader(program):
        monkeypatch.setattr(workbook, "READER", program)

    return reader


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; os.abort()", "stopped while reading it (without a message)"),
        (
            "import sys; sys.exit('memory allocation of 9 bytes failed')",
            "(memory allocation of 9 bytes failed)",
        ),
        ("raise MemoryError", "(MemoryError)"),
    ],
)
def test_a_reader_that_dies_is_a_refusal(reader, refused, program, said):
    reader(program)
    assert said in refused(altered("", ""))


def test_a_reader_that_cannot_go_on_is_a_refusal_in_its_words(reader, refused):
    said = '{"opens": true, "said": "index out of bounds"}'
    reader(f"import sys; print({said!r}); sys.exit({REFUSED})")
    assert refused(altered("", "")).startswith(
        "2025.xlsx: the workbook reader cannot read it (index out of bounds). Open it in a spreadsheet"
    )


def test_a_reader_that_does_not_end_is_a_refusal(reader, refused, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_SECONDS", 1)
    reader("import time; time.sleep(60)")
    assert "reading it takes over 1 seconds" in refused(altered("", ""))
