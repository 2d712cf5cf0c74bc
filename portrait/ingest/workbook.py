"""Read the sheets of an XLSX or ODS workbook as records of text.

Its archive is checked, then a process of its own reads it, whose death is an error message, not ours.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import python_calamine

from portrait.errors import DOWNLOAD_AGAIN, Place, RefusedInput, Sentence
from portrait.ingest.archive import check_archive
from portrait.ingest.parts import SAVE_AGAIN, Contents, Fault
from portrait.ingest.sheets import REFUSED

SUFFIXES = (".xlsx", ".ods")
MOST_SECONDS = 300
"""To read a workbook: the largest that is not refused takes half a minute, more on a busy machine."""

READER = "import sys; sys.path[:0] = sys.argv[1:]; from portrait.ingest.sheets import main; sys.exit(main())"
_MEMORY_BESIDE, _TIMES_EXPANDED = 2**29, 5
"""A reader may take 512 MiB, and 5 bytes for each expanded byte: the smallest cells take 4."""


@dataclass(frozen=True)
class Merged:
    """Merged cells: their first and last rows and columns, from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """A sheet: its merged cells, and the lines of JSON that hold its records in the output of the reader.

    Lines take less memory than lists, and all sheets share the same bytes.
    """

    merged: tuple[Merged, ...]
    output: bytes
    start: int
    n_records: int

    def records(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        lines = io.BytesIO(self.output)
        lines.seek(self.start)
        return map(json.loads, islice(lines, self.n_records))


def sheets_of(content: bytes, path: Path) -> dict[str, Sheet]:
    """Return the sheets of a workbook by name.

    Raises
    ------
    RefusedInput
        The workbook is damaged, larger than a table of initiatives can be, or ends or outlasts its reader.
    """
    try:
        contents, expanded = check_archive(content, is_document=path.suffix.lower() == ".ods")
    except Fault as fault:
        raise _refused(path, fault.found, fault.mend, fault.row) from fault
    status, output, errors = _output_of_reader(_told(contents, expanded) + content, path)
    if status == REFUSED:
        refusal = json.loads(output[output.rfind(b"\n", 0, -1) + 1 :])
        raise _refused(path, *_refusal(**refusal))
    if status:
        raise _refused(path, _end_of_reader(errors), SAVE_AGAIN)
    return _sheets(output, contents)


def _told(contents: Contents, expanded: int) -> bytes:
    """Return what the reader needs to know before the workbook, as a line of JSON."""
    errors = {
        sheet: [[*cell, error] for cell, error in cells.items()] for sheet, cells in contents.errors.items()
    }
    most = _MEMORY_BESIDE + _TIMES_EXPANDED * expanded
    return json.dumps({"memory": most, "errors": errors}).encode() + b"\n"


def _output_of_reader(told: bytes, path: Path) -> tuple[int, bytes, bytes]:
    """Return the exit status, the output and the errors of a process that reads a workbook."""
    command = [sys.executable, "-I", "-S", "-c", READER, *_packages()]
    short = os.environ | {"RUST_BACKTRACE": "0"}  # a reader that dies says why in its last line
    try:
        with TemporaryFile() as output:  # a pipe would hold the output twice
            done = subprocess.run(  # noqa: S603 (the command is our own)
                command, input=told, stdout=output, stderr=subprocess.PIPE, timeout=MOST_SECONDS, env=short
            )
            output.seek(0)
            return done.returncode, output.read(), done.stderr
    except subprocess.TimeoutExpired as error:
        raise _refused(
            path,
            Sentence(
                f"sa lecture dépasse {MOST_SECONDS} secondes.",
                f"reading it takes over {MOST_SECONDS} seconds.",
            ),
            SAVE_AGAIN,
        ) from error


def _packages() -> list[str]:
    """Return the folders of this package and of the workbook reader; Python starts sooner without others."""
    return [str(Path(__file__).parents[2]), str(Path(python_calamine.__file__).parents[1])]


def _refusal(opens: bool, said: str) -> tuple[Sentence, Sentence]:
    if not opens:
        return (
            Sentence(f"le classeur ne s’ouvre pas ({said}).", f"the workbook does not open ({said})."),
            DOWNLOAD_AGAIN,
        )
    return (
        Sentence(
            f"le lecteur de classeurs n’en vient pas à bout ({said}).",
            f"the workbook reader cannot read it ({said}).",
        ),
        SAVE_AGAIN,
    )


def _refused(path: Path, found: Sentence, mend: Sentence, row: int | None = None) -> RefusedInput:
    return RefusedInput(Place(path.name, row=row), found, mend)


def _end_of_reader(errors: bytes) -> Sentence:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    said = lines[-1][:200] if lines else ""
    return Sentence(
        f"le lecteur de classeurs s’est arrêté en le lisant ({said or 'sans message'}).",
        f"the workbook reader stopped while reading it ({said or 'without a message'}).",
    )


def _sheets(output: bytes, contents: Contents) -> dict[str, Sheet]:
    """Find the lines that begin a sheet, the only objects."""
    sheets: dict[str, Sheet] = {}
    start = 0
    while start < len(output):
        end_of_line = output.index(b"\n", start)
        about: dict[str, Any] = json.loads(output[start:end_of_line])
        end = output.find(b"\n{", end_of_line) + 1 or len(output)
        sheets[about["sheet"]] = Sheet(
            merged=(
                *(Merged(*(number + 1 for number in each)) for each in about["merged"]),
                *(Merged(*each) for each in contents.merged.get(about["sheet"], ())),
            ),
            output=output,
            start=end_of_line + 1,
            n_records=output.count(b"\n", end_of_line + 1, end),
        )
        start = end
    return sheets
