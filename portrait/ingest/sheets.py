"""Read the sheets of a workbook in a process of its own, which may die: it is run by `workbook.py`.

Imports nothing of ours, so that it starts at once. Takes on its standard input a line of JSON, with the most
memory that it may take (bytes) and the texts of each sheet that the reader loses (row, column, text), then
the bytes of the workbook. Writes lines of JSON: for each sheet, its name and its merged cells (first row,
first column, last row, last column), then its records. If the exit status is `REFUSED`, a last line holds
what the reader said. Rows and columns are counted from 0.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

REFUSED = 3
"""Exit status of a workbook that the reader refuses, or cannot read."""

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def main() -> int:
    """Read the workbook of the standard input; return the exit status."""
    gc.disable()  # millions of cells, none in a cycle: looking for one takes a fifth of the time
    about = json.loads(sys.stdin.buffer.readline())
    content = io.BytesIO(sys.stdin.buffer.read())
    _limit_memory(about["memory"])
    try:
        workbook = CalamineWorkbook.from_filelike(content)
        for name in workbook.sheet_names:
            _write_sheet(name, workbook.get_sheet_by_name(name), about["errors"].get(name, []))
    except MemoryError:
        raise
    except BaseException as error:  # what a panic of the reader raises is not an Exception
        _write({"opens": not isinstance(error, CalamineError), "said": str(error)})
        return REFUSED
    return 0


def _limit_memory(most: int) -> None:
    """Limit the memory of this process, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _write_sheet(name: str, sheet: CalamineSheet, errors: list[tuple[int, int, str]]) -> None:
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    _write({"sheet": name, "merged": merged})
    shown: dict[int, dict[int, str]] = {}
    for row, column, error in errors:
        shown.setdefault(row, {})[column] = error
    n_read = 0
    for row, cells in enumerate(_rows(sheet)):
        n_read = row + 1
        cells = _with(cells, shown.get(row, {}))
        _write(cells if any(cells) else [])
    for row in range(n_read, max(shown, default=-1) + 1):
        _write(_with([], shown.get(row, {})))


def _with(cells: list[str], shown: dict[int, str]) -> list[str]:
    """Return the cells of a row with those that the reader leaves blank, as cells with an error."""
    if not shown:
        return cells
    width = max(len(cells), max(shown) + 1)
    return [shown.get(column, cells[column] if column < len(cells) else "") for column in range(width)]


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
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


def _write(line: object) -> None:
    sys.stdout.buffer.write(_write_json(line).encode("utf-8") + b"\n")
