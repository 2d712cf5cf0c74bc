"""Small workbooks for tests, whose XML a test may alter as an attacker would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

OFFICE = "http://schemas.openxmlformats.org"
MAIN, RELATIONS = f"{OFFICE}/spreadsheetml/2006/main", f"{OFFICE}/officeDocument/2006/relationships"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

Cells = Mapping[str, str | float]
"""Values by reference, as in ``{"A2": "Nom"}``."""


def workbook(path: Path, **sheets: Cells) -> Path:
    """Write an XLSX file with these sheets, by name; return its path."""
    path.write_bytes(archive(parts(**sheets)))
    return path


def cells(*rows: Sequence[str | float], first_row: int = 1) -> Cells:
    """Return rows of values as cells by reference, from column A."""
    return {
        f"{'ABCDEFG'[column]}{number}": value
        for number, row in enumerate(rows, start=first_row)
        for column, value in enumerate(row)
    }


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a compressed archive, with right checksums whatever its members hold."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as out:
        for name, member in members.items():
            out.writestr(name, member)
    return content.getvalue()


def parts(**sheets: Cells) -> dict[str, str]:
    """Return the parts of a workbook, by name."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    package = f"{OFFICE}/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{targets}'
        "</Relationships>",
        **{
            f"xl/worksheets/sheet{number}.xml": _sheet(each)
            for number, each in zip(numbers, sheets.values(), strict=True)
        },
    }


def _sheet(cells: Cells) -> str:
    rows: dict[str, list[str]] = {}
    for reference, value in cells.items():
        number = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows.setdefault(number, []).append(_cell(reference, value))
    body = "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in rows.items())
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _cell(reference: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'
