"""Read the sheets of an XLSX workbook as records of text.

A process of its own reads it: its death is an error message, not ours.
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

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.parts import SAVE_AGAIN
from portrait.ingest.sheets import REFUSED

MOST_SECONDS = 300
"""To read a workbook: the largest that is not refused takes half a minute, more on a busy machine."""

_PACKAGES = Path(__file__).parents[2]
READER = (
    "import sys; sys.path.insert(0, sys.argv[1]); from portrait.ingest.sheets import main; sys.exit(main())"
)


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
    status, output, errors = _output_of_reader(content, path)
    if status == REFUSED:
        fault = json.loads(output[output.rfind(b"\n", 0, -1) + 1 :])
        raise _refused(path, Sentence(**fault["found"]), Sentence(**fault["mend"]), fault["row"])
    if status:
        raise _refused(path, _end_of_reader(errors), SAVE_AGAIN)
    return _sheets(output)


def _output_of_reader(content: bytes, path: Path) -> tuple[int, bytes, bytes]:
    """Return the exit status, the output and the errors of a process that reads a workbook."""
    command = [sys.executable, "-I", "-c", READER, str(_PACKAGES)]
    short = os.environ | {"RUST_BACKTRACE": "0"}  # a reader that dies says why in its last line
    try:
        with TemporaryFile() as output:  # a pipe would hold the output twice
            done = subprocess.run(  # noqa: S603 (the command is our own)
                command, input=content, stdout=output, stderr=subprocess.PIPE, timeout=MOST_SECONDS, env=short
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


def _refused(path: Path, found: Sentence, mend: Sentence, row: int | None = None) -> RefusedInput:
    return RefusedInput(Place(path.name, row=row), found, mend)


def _end_of_reader(errors: bytes) -> Sentence:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    said = lines[-1][:200] if lines else ""
    return Sentence(
        f"le lecteur de classeurs s’est arrêté en le lisant ({said or 'sans message'}).",
        f"the workbook reader stopped while reading it ({said or 'without a message'}).",
    )


def _sheets(output: bytes) -> dict[str, Sheet]:
    """Find the lines that begin a sheet, the only objects."""
    sheets: dict[str, Sheet] = {}
    start = 0
    while start < len(output):
        end_of_line = output.index(b"\n", start)
        about: dict[str, Any] = json.loads(output[start:end_of_line])
        end = output.find(b"\n{", end_of_line) + 1 or len(output)
        sheets[about["sheet"]] = Sheet(
            merged=tuple(Merged(*(number + 1 for number in each)) for each in about["merged"]),
            output=output,
            start=end_of_line + 1,
            n_records=output.count(b"\n", end_of_line + 1, end),
        )
        start = end
    return sheets
