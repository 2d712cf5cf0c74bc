"""Read reference files in YAML or CSV; errors name the file, row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, Sentence

_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Safe loader; the C version, where available, is ten times faster."""


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML reference file that holds a mapping.

    Raises
    ------
    RefusedInput
        The file is not valid YAML, not UTF-8, or not a mapping.
    """
    try:
        content = yaml.load(path.read_text("utf-8-sig"), _YAML)  # noqa: S506 -- safe loader
    except yaml.YAMLError as error:
        raise refused(
            Place(path.as_posix()), f"YAML illisible : {error}.", f"unreadable YAML: {error}."
        ) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    if not isinstance(content, dict):
        raise refused(
            Place(path.as_posix()),
            "le fichier n’est pas une suite de clés.",
            "the file is not a mapping of keys.",
        )
    return content


def require(facts: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
    """Raise `RefusedInput` if a mapping lacks one of the keys."""
    for key in keys:
        if key not in facts:
            raise refused(Place(path.as_posix()), f"la clé « {key} » manque.", f"the key “{key}” is missing.")


def read_rows(path: Path, required: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV reference table: each row with its number, as a spreadsheet counts; empty without a file.

    Raises
    ------
    RefusedInput
        The file is not UTF-8, a required column is missing, or a row has more cells than the header.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    header, *records = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    missing = ", ".join(name for name in required if name not in header)
    if missing:
        raise refused(
            Place(path.as_posix(), row=1),
            f"il manque les colonnes {missing}.",
            f"the columns {missing} are missing.",
        )
    rows = []
    for number, record in enumerate(records, start=2):
        if len(record) > len(header):
            raise refused(
                Place(path.as_posix(), row=number),
                "la ligne a plus de cellules que l’en-tête : une virgule n’est pas entre guillemets.",
                "the row has more cells than the header: a comma is not between quotes.",
            )
        if any(record):
            rows.append((number, dict(zip_longest(header, record, fillvalue=""))))
    return rows


def check_field(field_name: str, known: Sequence[str], path: Path, row: int) -> None:
    """Raise `RefusedInput` for an unknown field: its row would silently have no effect."""
    if field_name not in known:
        raise refused(
            Place(path.as_posix(), row, "field", field_name),
            f"ce champ n’existe pas; champs connus : {', '.join(known)}.",
            f"this field does not exist; known fields: {', '.join(known)}.",
        )


def _not_utf8(path: Path, error: UnicodeDecodeError) -> RefusedInput:
    return refused(
        Place(path.as_posix()),
        f"le fichier n’est pas en UTF-8 (octet à la position {error.start}).",
        f"the file is not UTF-8 (byte at offset {error.start}).",
    )


def refused(place: Place, french: str, english: str) -> RefusedInput:
    """Return the error for a place in a reference file."""
    return RefusedInput(
        place,
        Sentence(french, english),
        Sentence("Corrigez ce fichier de référence.", "Fix this reference file."),
    )
