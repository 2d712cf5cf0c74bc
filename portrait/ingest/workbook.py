"""Read the sheets of an XLSX workbook as records of text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.encoding import DOWNLOAD_AGAIN

_MOST_CELLS = 10**7  # of a sheet, blank ones included: the reader allocates them all at once
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"
)
_PIECE = 2**20  # bytes
_LONGEST_CELL_TAG = 400


def sheets_of(content: bytes, path: Path) -> dict[str, list[list[str]]]:
    """Return the records of each sheet of a workbook, by sheet name."""
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_far_cells(content, path)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: [
                [_cell_text(cell) for cell in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in workbook.sheet_names
        }
    except CalamineError as error:
        raise RefusedInput(
            Place(path.name),
            Sentence(f"le classeur ne s’ouvre pas ({error}).", f"the workbook does not open ({error})."),
            DOWNLOAD_AGAIN,
        ) from error


def _refuse_far_cells(content: bytes, path: Path) -> None:
    """Refuse a workbook with a cell so far away that the blank cells before it would exhaust memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                if member.startswith("xl/worksheets/"):
                    with archive.open(member) as stream:
                        width, height = _extent(stream)
                    if width * height > _MOST_CELLS:
                        raise _far_cell(width, height, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return  # the workbook reader reports the error better


def _far_cell(width: int, height: int, path: Path) -> RefusedInput:
    return RefusedInput(
        Place(path.name, row=height),
        Sentence(
            f"une feuille s’étend jusqu’à cette ligne, sur {width} colonnes : bien plus qu’il n’en faut.",
            f"a sheet extends to this row, over {width} columns: far more than such a table needs.",
        ),
        Sentence(
            "Effacez les cellules loin du tableau, ou enregistrez-le en CSV (UTF-8).",
            "Delete the cells far from the table, or save it as CSV (UTF-8).",
        ),
    )


def _extent(sheet: IO[bytes]) -> tuple[int, int]:
    """Return the last column and last row with a filled cell, from 1; 0 where the sheet is empty."""
    width = height = 0
    before = b""
    while piece := sheet.read(_PIECE):
        text = before + piece
        for letters, digits in _FILLED_CELL.findall(text):
            height = max(height, int(digits))
            width = max(width, _column_number(letters))
        before = text[-_LONGEST_CELL_TAG:]
    return width, height


def _column_number(letters: bytes) -> int:
    """Return the number of a spreadsheet column, from 1: ``A`` to ``Z``, then ``AA``."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _cell_text(cell: object) -> str:
    # The reader returns 12, as typed, as 12.0.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
