"""`columns.csv`: the headers of each field in each year."""

from __future__ import annotations

import re
from pathlib import Path

from portrait.errors import Place, Sentence
from portrait.language.periods import EditionId, edition_period
from portrait.registers.declared import REQUIRED_FIELDS
from portrait.registers.parsing import Faults, shown_path
from portrait.registers.validation import read_rows

NOT_FOUND = "not found: give the header, or nothing where the file has no such column"
"""Cell of `columns.csv` for a field whose header was not found."""
BETWEEN_HEADERS = " | "
UNTOLD = {
    "body": Sentence("quels organismes déclarent", "which bodies report"),
    "portfolio": Sentence(
        "quels portefeuilles déclarent, et n’en fera pas le profil",
        "which portfolios report, nor give their profiles",
    ),
    "category": Sentence(
        "à quoi servent les initiatives, par catégorie", "what initiatives are for, by category"
    ),
    "status": Sentence(
        "où en sont les initiatives, ni ce qu’elles deviennent",
        "where initiatives stand, or what becomes of them",
    ),
    "benefits": Sentence("quels bénéfices sont annoncés", "which benefits are announced"),
}
"""Field that a file may lack -> what the report then leaves out."""

_PLACE = re.compile(r"\[([1-9][0-9]{0,3})\]")
_MARK = re.compile(r"proposed by (?:header|content|likeness): (.+)")


def is_marked(cell: str) -> bool:
    """Return whether a cell of `columns.csv` must be confirmed by a person."""
    return cell == NOT_FOUND or _MARK.fullmatch(cell) is not None


def place_of(cell: str) -> int | None:
    """Return the index (from 0) of a column given by its position, as in ``[3]``; else ``None``."""
    match = _PLACE.fullmatch(cell)
    return int(match[1]) - 1 if match else None


def unmarked(cell: str) -> str:
    """Return the header of a cell of `columns.csv`, confirmed or not."""
    match = _MARK.fullmatch(cell)
    return match[1] if match else cell


Headers = dict[str, tuple[str, ...]]
"""The possible headers of each field that a file has."""
BEFORE_FILE = "/"
"""What a column of one file has between year and name, as in ``2023/GSA_*.csv``."""


def read_columns(
    path: Path, faults: Faults
) -> tuple[dict[EditionId, Headers], dict[EditionId, dict[str, Headers]]]:
    """Return the recorded headers of each field, in each year and in each file that has its own column.

    A field has one row; the required ones have a header in every column.
    """
    n_before = len(faults.found)
    numbered = read_rows(path, faults)
    rows: dict[str, tuple[int, dict[str, str]]] = {}
    for number, row in numbered:
        other = rows.setdefault(row["field"], (number, row))[0] if "field" in row else number
        if other != number:
            faults.add(
                Place(shown_path(path), number, "field", row["field"]),
                Sentence(f"ce champ est déjà à la ligne {other}.", f"this field is already in row {other}."),
                Sentence("Réunissez ses en-têtes dans une ligne.", "Put its headers in one row."),
            )
    columns = {
        column: {
            name: tuple(header.strip() for header in row[column].split(BETWEEN_HEADERS))
            for name, (_, row) in rows.items()
            if row[column].strip()
        }
        for column in (numbered[0][1] if numbered else {})
        if column != "field"
    }
    if len(faults.found) == n_before:
        _check(columns, rows, path, faults)
        _refuse_only_proposals(columns, rows, path, faults)
    of_files: dict[EditionId, dict[str, Headers]] = {}
    for column, headers in columns.items():
        year, is_of_file, file = column.partition(BEFORE_FILE)
        if is_of_file:
            of_files.setdefault(edition_period(year), {})[file] = headers
    return {
        edition_period(each): headers for each, headers in columns.items() if BEFORE_FILE not in each
    }, of_files


def _refuse_only_proposals(
    columns: dict[str, Headers],
    rows: dict[str, tuple[int, dict[str, str]]],
    path: Path,
    faults: Faults,
) -> None:
    """Add each cell that waits for a person, where no edition can be read without one."""
    marked = {
        (number, column, row[column], name)
        for column in columns
        for name, (number, row) in rows.items()
        if is_marked(row[column])
    }
    if not {*columns} <= {column for _, column, _, _ in marked}:
        return
    for number, column, cell, name in sorted(marked):
        faults.add(
            Place(shown_path(path), number, column, cell),
            Sentence("cette cellule attend une personne.", "this cell waits for a person."),
            _RIGHT_OR_NOT if cell != NOT_FOUND else _absent(name),
        )


_RIGHT_OR_NOT = Sentence(
    "Si l’en-tête est le bon, retirez la marque qui le précède; sinon écrivez le bon, ou rien si le fichier "
    "n’a pas ce champ.",
    "If the header is right, remove the mark before it; else write the right one, or nothing where the file "
    "has no such field.",
)


def _absent(name: str) -> Sentence:
    """Return how to fill in the cell of a field that was not found, and what its absence does."""
    without = UNTOLD.get(name)
    return Sentence(
        "Écrivez l’en-tête, ou rien si le fichier n’a pas ce champ"
        + (f" : le rapport ne dira alors pas {without.fr}." if without else "."),
        "Write the header, or nothing where the file has no such field"
        + (f": the report will then not tell {without.en}." if without else "."),
    )


def _check(
    columns: dict[str, Headers],
    rows: dict[str, tuple[int, dict[str, str]]],
    path: Path,
    faults: Faults,
) -> None:
    missing = [name for name in REQUIRED_FIELDS if name not in rows]
    if missing:
        listed = ", ".join(missing)
        faults.add(
            Place(shown_path(path), column="field"),
            Sentence(f"il manque les lignes {listed}.", f"the rows {listed} are missing."),
            Sentence("Ajoutez-les, avec leurs en-têtes.", "Add them, with their headers."),
        )
    for column, headers in columns.items():
        for name, (number, row) in rows.items():
            is_missing = name in REQUIRED_FIELDS and name not in headers
            if is_missing or "" in headers.get(name, ()):
                faults.add(
                    Place(shown_path(path), number, column, row[column] or None),
                    Sentence(
                        f"un en-tête du champ « {name} » est vide.",
                        f"a header of the field “{name}” is empty.",
                    ),
                    Sentence(
                        "Écrivez l’en-tête publié; entre deux en-têtes, « | » une seule fois.",
                        "Write the published header; between two headers, “|” only once.",
                    ),
                )
