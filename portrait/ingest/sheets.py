"""Read the sheets of a workbook in a process of its own, which may die: it is run by `workbook.py`.

Takes the bytes of the workbook on its standard input. Writes lines of JSON: for each sheet, its name and its
merged cells (first row, first column, last row, last column, from 0), then its records. If the exit status
is `REFUSED`, a last line holds the fault.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from portrait.errors import DOWNLOAD_AGAIN, Sentence
from portrait.ingest.archive import check_archive
from portrait.ingest.parts import SAVE_AGAIN, Fault

REFUSED = 3
"""Exit status of a workbook with a fault."""

_MEMORY_BESIDE, _TIMES_EXPANDED = 2**29, 5
"""The reader may take 512 MiB, and 5 bytes for each expanded byte: the smallest cells take 4."""


def main() -> int:
    """Read the workbook of the standard input; return the exit status."""
    try:
        _write_sheets(sys.stdin.buffer.read(), sys.stdout.buffer)
    except Fault as fault:
        found, mend = vars(fault.found), vars(fault.mend)
        _write({"row": fault.row, "found": found, "mend": mend}, sys.stdout.buffer)
        return REFUSED
    return 0


def _write_sheets(content: bytes, output: BinaryIO) -> None:
    contents, expanded = check_archive(content)
    from python_calamine import CalamineError, CalamineWorkbook

    _limit_memory(_MEMORY_BESIDE + _TIMES_EXPANDED * expanded)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            _write_sheet(name, workbook.get_sheet_by_name(name), contents.errors.get(name, {}), output)
    except CalamineError as error:
        raise Fault(
            Sentence(f"le classeur ne s’ouvre pas ({error}).", f"the workbook does not open ({error})."),
            DOWNLOAD_AGAIN,
        ) from error
    except MemoryError:
        raise
    except BaseException as error:  # what a panic of the reader raises is not an Exception
        raise Fault(
            Sentence(
                f"le lecteur de classeurs n’en vient pas à bout ({error}).",
                f"the workbook reader cannot read it ({error}).",
            ),
            SAVE_AGAIN,
        ) from error


def _limit_memory(most: int) -> None:
    """Limit the memory of this process, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _write_sheet(name: str, sheet: Any, errors: Mapping[tuple[int, int], str], output: BinaryIO) -> None:
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    _write({"sheet": name, "merged": merged}, output)
    rows_with_errors = {row for row, _ in errors}
    for row, cells in enumerate(_rows(sheet)):
        if row in rows_with_errors:
            # The reader leaves cells with an error blank.
            cells = [errors.get((row, column), cell) for column, cell in enumerate(cells)]
        _write(cells if any(cells) else [], output)


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Yield the cells of each row from A1 on."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        yield before + [cell if type(cell) is str else _cell_text(cell) for cell in row]


def _cell_text(cell: object) -> str:
    # The reader returns 12, as typed, as 12.0.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _write(line: object, output: BinaryIO) -> None:
    output.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    output.write(b"\n")
