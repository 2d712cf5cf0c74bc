"""Find the header record of a table, and the column of each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portrait.errors import DOWNLOAD_AGAIN, RIGHT_YEAR, Place, RefusedInput, Sentence
from portrait.language.periods import EditionId
from portrait.language.text import normalise_header, tidy
from portrait.registers.columns import is_marked, place_of
from portrait.registers.source import YEAR

Columns = Mapping[str, Sequence[str]]
"""For each of our fields, its possible headers, the likeliest first."""
_MOST_QUOTED = 80  # characters quoted of a header, as some are whole questions


@dataclass(frozen=True)
class Table:
    """A possible table: a sheet, or the text split by one delimiter; its name and its first records."""

    name: str
    start: list[list[str]]


@dataclass(frozen=True)
class Header:
    """The header found: its table, its row (from 1), its cells, and the column index of each field."""

    table: int
    row: int
    record: list[str]
    positions: Mapping[str, int]


def find_header(
    tables: Sequence[Table],
    columns: Columns,
    path: Path,
    other_years: Mapping[EditionId, Columns],
    header_row: int | None = None,
) -> Header:
    """Return the only header that fits.

    Parameters
    ----------
    header_row
        Its row, where columns are given by position, as in ``[3]``: 0 if there is none, and columns then have
        their position for a header.

    Raises
    ------
    RefusedInput
        None or several fit, or a header of our fields is repeated.
    """
    candidates = [
        (table, row, record)
        for table, each in enumerate(tables)
        for row, record in (_without_header(each) if header_row == 0 else enumerate(each.start, start=1))
        if header_row in (None, row)
    ]
    found = [
        Header(table, row, record, positions)
        for table, row, record in candidates
        if (positions := _positions(record, columns)) is not None
    ]
    if not found:
        raise _no_header(candidates, columns, path, other_years)
    if path.suffix.lower() == ".csv" and all(len(each.record) == 1 for each in found):
        # A text of one column has no delimiter: take one that cuts none of its first records.
        uncut = min(found, key=lambda each: max(map(len, tables[each.table].start))).table
        found = [each for each in found if each.table == uncut]
    header = found[0]
    _refuse_repeated_column(header, columns, path)
    for other in found[1:]:
        if other.table != header.table:
            raise _ambiguous_table(tables[header.table], tables[other.table], other.row, path)
        raise second_header(other.row, path)
    return header


def _without_header(table: Table) -> list[tuple[int, list[str]]]:
    """Return a header in row 0 for a table without one: a blank cell for each column."""
    width = max(map(len, table.start), default=0)
    return [(0, [""] * width)] if width else []


def _positions(record: Sequence[str], columns: Columns) -> dict[str, int] | None:
    """Return the column index of each field, or ``None`` if a field other than the year is missing."""
    keys = [normalise_header(cell) for cell in record]
    positions = {}
    for field_name, spellings in columns.items():
        position = _position(keys, spellings)
        if position is not None:
            positions[field_name] = position
        elif field_name != YEAR:
            return None
    return positions


def _position(keys: Sequence[str], spellings: Sequence[str]) -> int | None:
    """Return the column index of the likeliest spelling that a header has, or of the position given."""
    place = place_of(spellings[0])
    if place is not None:
        return place if place < len(keys) else None
    matching = next((key for key in map(normalise_header, spellings) if key in keys), None)
    return None if matching is None else keys.index(matching)


def _refuse_repeated_column(header: Header, columns: Columns, path: Path) -> None:
    keys = [normalise_header(cell) for cell in header.record]
    for field_name, position in header.positions.items():
        if keys.count(keys[position]) > 1 and place_of(columns[field_name][0]) is None:
            raise RefusedInput(
                Place(path.name, row=header.row, column=tidy(header.record[position])),
                Sentence("cet en-tête est répété.", "this header is repeated."),
                Sentence("Gardez une seule de ces colonnes.", "Keep only one of these columns."),
            )


def _ambiguous_table(one: Table, other: Table, row: int, path: Path) -> RefusedInput:
    french, english = (
        (f"les feuilles « {one.name} » et « {other.name} »", f"the sheets “{one.name}” and “{other.name}”")
        if path.suffix.lower() in (".xlsx", ".ods")
        else (f"les listes « {one.name} » et « {other.name} »", f"the lists “{one.name}” and “{other.name}”")
        if path.suffix.lower() == ".json"
        else ("deux délimiteurs", "two delimiters")
    )
    return RefusedInput(
        Place(path.name, row=row),
        Sentence(f"{french} conviennent à l’en-tête.", f"{english} fit the header."),
        Sentence("Enregistrez le fichier avec un seul tableau.", "Save the file with a single table."),
    )


def second_header(row: int, path: Path) -> RefusedInput:
    """Return the error for a file with a second header row."""
    return RefusedInput(
        Place(path.name, row=row),
        Sentence("cette ligne est un second en-tête.", "this row is a second header."),
        Sentence("Gardez un seul en-tête.", "Keep a single header."),
    )


def _matches(record: Sequence[str], columns: Columns) -> int:
    keys = [normalise_header(cell) for cell in record]
    return sum(_position(keys, spellings) is not None for spellings in columns.values())


def _no_header(
    candidates: list[tuple[int, int, list[str]]],
    columns: Columns,
    path: Path,
    other_years: Mapping[EditionId, Columns],
) -> RefusedInput:
    """Return the error for the likeliest header: its missing columns, and the headers seen."""
    filled = [each for each in candidates if each[1] == 0 or any(map(normalise_header, each[2]))]
    if not filled:
        return RefusedInput(
            Place(path.name), Sentence("le fichier est vide.", "the file is empty."), DOWNLOAD_AGAIN
        )
    _, row, record = max(filled, key=lambda each: (_matches(each[2], columns), len(each[2]), -each[1]))
    for year, theirs in other_years.items():
        if _positions(record, theirs) is not None:
            return RefusedInput(
                Place(path.name, row=row),
                Sentence(f"ces en-têtes sont ceux de l’année {year}.", f"these are the headers of {year}."),
                RIGHT_YEAR,
            )
    missing = {
        name: spellings[0]
        for name, spellings in columns.items()
        if name != YEAR and not _matches(record, {name: spellings})
    }
    seen = " | ".join(tidy(cell)[:_MOST_QUOTED] for cell in record if cell.strip())
    mend = (
        Sentence(
            "Dans columns.csv, retirez la marque qui précède l’en-tête s’il est le bon, ou corrigez-le.",
            "In columns.csv, remove the mark before the header if it is right, or correct it.",
        )
        if any(map(is_marked, missing.values()))
        else Sentence(
            "Ajoutez l’en-tête à columns.csv, ou corrigez le fichier.",
            "Add the header to columns.csv, or fix the file.",
        )
    )
    return RefusedInput(
        Place(path.name, row=row, column=", ".join(missing.values())),
        Sentence(
            f"colonne introuvable ({', '.join(missing)}). En-têtes lus : {seen}.",
            f"column not found ({', '.join(missing)}). Headers seen: {seen}.",
        ),
        mend,
    )
