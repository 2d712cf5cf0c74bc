"""Parts in their usual form are counted by patterns; any other form is noticed."""

import pytest

from portrait.ingest import archive as archives
from portrait.ingest.archive import check_archive
from portrait.ingest.parts import Contents, CountedPart, Fault
from portrait.ingest.plain_parts import PlainPart, Unusual
from tests.workbooks import MAIN, SHEET, STRINGS, archive, cells, parts

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROWS = (
    '<row r="2"><c r="B2" s="1" t="s"><v>1</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>'
    '<row r="3" spans="1:4"><c r="B3" s="4"/><c r="D3" t="inlineStr"><is><t>a: c</t></is></c></row>'
)


def fed(part, content, size=2**18):
    """Feed a part piece by piece."""
    for start in range(0, len(content), size):
        part.feed(content[start : start + size])
    part.feed(b"", last=True)
    return part


def sheet(rows=ROWS, after="", declaration=DECLARATION):
    return f'{declaration}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def strings(*texts, declaration=DECLARATION):
    listed = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{declaration}<sst xmlns="{MAIN}">{listed}</sst>'.encode()


@pytest.mark.parametrize("size", [2**18, 300, 7])
def test_cells_are_counted_whatever_the_size_of_the_pieces(size):
    contents = Contents()
    try:
        fed(PlainPart("s", contents), strings("Tri", "é" * 100), size)
        part = fed(PlainPart("x", contents), sheet(), size)
    except Unusual:
        assert size == 7  # the first element is not whole: the part is then followed
        return
    assert (contents.n_cells, contents.n_filled, contents.n_spanned) == (4, 3, 12)
    assert (part.last_row, part.last_column) == (3, 4)
    assert len(contents.strings) == 2
    assert 100 <= contents.n_characters == contents.strings[1] <= 200 + len("<si><t></t></si></sst>")


def test_merged_cells_are_counted_as_cells():
    contents = Contents()
    fed(PlainPart("s", contents), strings("Tri", "Lecture"))
    merged = '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="C3:C9"/></mergeCells>'
    fed(PlainPart("x", contents), sheet(after=merged))
    assert (contents.n_cells, contents.n_spanned) == (6, 12)


@pytest.mark.parametrize(
    "cell",
    [
        "<c><v>1</v></c>",
        "<c r='A4'><v>1</v></c>",
        '<c s="1" r="A4"><v>1</v></c>',
        '<c\nr="A4"><v>1</v></c>',
        '<c r="a4"><v>1</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c r="A1048577"><v>1</v></c>',
        '<c r="XFE1"><v>1</v></c>',
        '<c r="AAAA1"><v>1</v></c>',
        '<c r="&#65;1"><v>1</v></c>',
        '<c r="A4" t="s"><f>B2</f><v>0</v></c>',
        '<c r="A4" t="s"><v> 0</v></c>',
        '<c r="A4" t="s"><v>9</v></c>',
        '<c r="A4" t="e"><v>#REF!</v></c>',
        f'<x:c xmlns:x="{MAIN}" r="A4"/>',
        '<row r="1048577"/>',
        "<row/>",
        "<!-- a comment -->",
        "<?instruction?>",
        '<c r="A4" t="str"><v><![CDATA[<c r="A5"/>]]></v></c>',
        '<mergeCell ref="A1"/>',
        '<mergeCell ref="A1:XFE2"/>',
    ],
)
def test_another_form_of_a_cell_or_a_row_is_unusual(cell):
    contents = Contents()
    fed(PlainPart("s", contents), strings("Tri"))
    with pytest.raises(Unusual):
        fed(PlainPart("x", contents), sheet(cell))


@pytest.mark.parametrize(
    "content",
    [
        sheet(declaration='<?xml version="1.0" encoding="iso-8859-1"?>'),
        sheet(declaration=DECLARATION + "<!-- a comment -->"),
        sheet(declaration="").decode().encode("utf-16"),
        sheet().replace(b"<worksheet", b'<x:worksheet xmlns:x="a"').replace(b"</worksheet", b"</x:worksheet"),
        strings("Tri").replace(b"<si>", b"<si >"),
        strings("Tri").replace(b"<t>", b"<x:si xmlns:x='a'/><t>"),
        sheet(after=f"<f>{'a' * 2**20}</f>"),
    ],
)
def test_another_form_of_a_part_is_unusual(content):
    with pytest.raises(Unusual):
        fed(PlainPart("x", Contents()), content)


def test_another_part_is_only_well_formed():
    contents = Contents()
    fed(PlainPart("x", contents), b"<styleSheet><!-- a comment --><c r='A1'/></styleSheet>")
    assert contents == Contents()
    with pytest.raises(Fault, match="is damaged"):
        fed(PlainPart("x", contents), b"<styleSheet>")


def test_the_elements_of_a_usual_workbook_are_not_followed(monkeypatch):
    monkeypatch.delattr(CountedPart, "feed")
    check_archive(archive(parts(Données=cells(["Titre", 1], ["Tri", 2]))))


def test_a_refusal_is_decided_by_the_elements(monkeypatch):
    """Patterns count the tags of a string too: more than 70 characters for ten times the seven of Tramway."""
    monkeypatch.setattr(archives, "FREE_CHARACTERS", 70)
    monkeypatch.setattr(archives, "MOST_TIMES_EXPANDED", 0)
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 11))
    members = parts(Données={}) | {SHEET: sheet(rows), STRINGS: strings("Tramway")}
    check_archive(archive(members))
    with pytest.raises(Fault, match="repeat the same texts"):
        check_archive(archive(members | {STRINGS: strings("Tramways")}))
