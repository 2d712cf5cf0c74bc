"""Records of a delimited text file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from portrait.errors import Place, RefusedInput, Sentence

DELIMITERS = (",", ";", "\t")
HEADER_SEARCH_ROWS = 20
"""Number of records searched for the header, which may follow blank or title rows."""

_LARGEST_CELL = 2**31 - 1  # largest C long on every platform


def _reader(content: bytes, encoding: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(_LARGEST_CELL)
    # Decode while reading: the text of a whole file takes up to four times its bytes.
    # No byte is replaced but where the encoding was stated: `encoding_of` refuses the others.
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def first_records(content: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    """Return the first records of a text, for the search of its header."""
    return list(islice(_reader(content, encoding, delimiter), HEADER_SEARCH_ROWS))


def all_records(content: bytes, encoding: str, delimiter: str, path: Path) -> Iterator[list[str]]:
    """Yield all records.

    Raises
    ------
    RefusedInput
        A quote is not closed: it would silently merge rows.
    """
    n_read = 0
    try:
        for record in _reader(content, encoding, delimiter, strict=True):
            n_read += 1
            yield record
    except csv.Error as error:
        raise RefusedInput(
            Place(path.name, row=n_read + 1),
            Sentence(
                "un guillemet y ouvre une cellule sans la fermer.",
                "a quote opens a cell there but does not close it.",
            ),
            Sentence(
                "Doublez les guillemets à l’intérieur d’une cellule.", "Double the quotes inside a cell."
            ),
        ) from error
