"""Compare two files that should hold the same rows: two formats, or two versions."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.published import PublishedTable
from portrait.language.text import tidy

_SHOWN = 80  # characters of a cell quoted in an error
_FIX = Sentence(
    "Si l’un des deux est d’une version antérieure, donnez les deux de la même version avec --from; sinon, "
    "signalez l’écart au producteur; pour continuer, retirez l’un des deux de data/raw/ et donnez l’autre "
    "avec --from.",
    "If one is from an earlier release, give both from the same release with --from; otherwise, report the "
    "difference to the producer; to continue, remove one from data/raw/ and give the other with --from.",
)

_Cells = tuple[str, ...]
_Key = Callable[[_Cells], _Cells]

CHANGED, REMOVED, ADDED = "changed", "removed", "added"
KINDS = (CHANGED, REMOVED, ADDED)
"""Kinds of differences, in the order in which they are listed."""
_COLUMNS = ("change", "row_before", "row_after", "identifier", "name", "field", "before", "after")
_LEAST_SAME_NAMES = 0.5
"""Identifiers are used if at least this share of those in both versions keep the name of their row."""


@dataclass(frozen=True, eq=False)
class Difference:
    """The changes in a file's rows between two versions.

    Attributes
    ----------
    rows
        One row per cell changed, then per row removed, then per row added: `change` (``changed``,
        ``removed``, ``added``), `row_before` and `row_after` (spreadsheet row numbers, each after the name
        of its file where an edition has several; 0 when there is none), `identifier` (empty when the file
        has none) and `name` of the row as it is last published, `field` (``name`` when the whole row was
        removed or added), `before`, `after` (as published).
    n_moved
        Rows of both versions that are in another order: the fewest whose move gives the new one.
    by_identifier
        Whether rows were paired by their identifiers.
    """

    rows: pd.DataFrame
    n_moved: int
    by_identifier: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows changed, removed, added and moved."""
        rows = self.rows.drop_duplicates(["change", "row_before", "row_after"])["change"]
        return {kind: int((rows == kind).sum()) for kind in KINDS} | {"moved": self.n_moved}


def differences(before: PublishedTable, after: PublishedTable) -> Difference:
    """Pair the rows of two versions of a file, and return the differences.

    Where the file has identifiers, rows whose identifier is unique in each version are paired by it, and
    one whose identifier is in one version only was removed or added. The other rows are paired in steps,
    each in file order: all cells equal; all but one; name and body; name; all but the name. Rows left
    unpaired were removed or added. Identifiers that a new version gives to other rows, such as row
    numbers, are not used.
    """
    fields = [name for name in before.headers if name in after.headers]
    old, new = _records(before, fields), _records(after, fields)
    named, identified = fields.index("name"), _place(fields, "identifier")
    held = _identified(old, new, identified, named) if identified is not None else None
    pairs = list(held.pairs) if held else []
    apart = held.apart if held else (set[int](), set[int]())
    for key in _keys(fields):
        _pair(_without(old, apart[0]), _without(new, apart[1]), key, pairs)
    pairs.sort(key=lambda pair: pair[1])
    paired_old, paired_new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}

    def shown(cells: _Cells) -> tuple[str, str]:
        return ("" if identified is None else cells[identified]), cells[named]

    changed = [
        (CHANGED, row_old, row_new, *shown(new[row_new]), name, cell_old, cell_new)
        for row_old, row_new in pairs
        for name, cell_old, cell_new in zip(fields, old[row_old], new[row_new], strict=True)
        if cell_old != cell_new
    ]
    removed = [
        (REMOVED, row, 0, *shown(cells), "name", cells[named], "")
        for row, cells in old.items()
        if row not in paired_old
    ]
    added = [
        (ADDED, 0, row, *shown(cells), "name", "", cells[named])
        for row, cells in new.items()
        if row not in paired_new
    ]
    rows = pd.DataFrame([*changed, *removed, *added], columns=[*_COLUMNS])
    for name, table in (("row_before", before), ("row_after", after)):
        if table.parts:
            rows[name] = [table.facts.shown_row(row) if row else 0 for row in rows[name]]
    return Difference(
        rows,
        n_moved=_n_moved([one for one, _ in pairs]),
        by_identifier=held is not None,
    )


@dataclass(frozen=True)
class _Held:
    """Rows with a unique identifier: pairs of them, and those of each version that have no pair."""

    pairs: list[tuple[int, int]]
    apart: tuple[set[int], set[int]]


def _identified(
    old: Mapping[int, _Cells], new: Mapping[int, _Cells], identified: int, named: int
) -> _Held | None:
    """Pair rows by identifier; ``None`` if identifiers do not follow rows from one version to the other."""
    rows_old, rows_new = _unique(old, identified), _unique(new, identified)
    pairs = [(row, rows_new[key]) for key, row in rows_old.items() if key in rows_new]
    n_same = sum(tidy(old[one][named]) == tidy(new[other][named]) for one, other in pairs)
    if not pairs or n_same < _LEAST_SAME_NAMES * len(pairs):
        return None
    apart = (
        {row for key, row in rows_old.items() if key not in rows_new},
        {row for key, row in rows_new.items() if key not in rows_old},
    )
    return _Held(pairs, apart)


def _unique(records: Mapping[int, _Cells], place: int) -> dict[str, int]:
    """Return the row of each identifier that is not blank and stands on one row only."""
    counts = Counter(tidy(cells[place]) for cells in records.values())
    keys = {row: tidy(cells[place]) for row, cells in records.items()}
    return {key: row for row, key in keys.items() if key and counts[key] == 1}


def _n_moved(order: Sequence[int]) -> int:
    """Return how many numbers are outside the longest ascending sequence."""
    ends: list[int] = []
    for each in order:
        place = bisect_left(ends, each)
        ends[place : place + 1] = [each]
    return len(order) - len(ends)


def _place(fields: Sequence[str], name: str) -> int | None:
    return fields.index(name) if name in fields else None


def _without(records: Mapping[int, _Cells], rows: set[int]) -> dict[int, _Cells]:
    return {row: cells for row, cells in records.items() if row not in rows}


def _records(table: PublishedTable, fields: Sequence[str]) -> dict[int, _Cells]:
    """Return the cells of each row, keyed by row number."""
    cells = zip(*(table.rows[name] for name in fields), strict=True)
    return dict(zip(map(int, table.rows["row"]), cells, strict=True))


def _keys(fields: Sequence[str]) -> list[_Key]:
    """Return the functions that give a row's pairing key, strictest first."""
    all_but_one = {name: [other for other in fields if other != name] for name in fields}
    all_but_name = all_but_one.pop("name")
    steps = [fields, *all_but_one.values(), ["name", "body"], ["name"], all_but_name]
    return [_key([fields.index(name) for name in step]) for step in steps if set(step) <= set(fields)]


def _key(places: Sequence[int]) -> _Key:
    return lambda cells: tuple(cells[place] for place in places)


def _pair(old: dict[int, _Cells], new: dict[int, _Cells], key: _Key, pairs: list[tuple[int, int]]) -> None:
    """Pair the unpaired rows that share a key, in the order of both files; append to `pairs`."""
    taken_old, taken_new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    free: dict[_Cells, list[int]] = {}
    for row, cells in reversed(new.items()):
        if row not in taken_new:
            free.setdefault(key(cells), []).append(row)
    for row, cells in old.items():
        if row not in taken_old and free.get(key(cells)):
            pairs.append((row, free[key(cells)].pop()))


def refuse_unlike(one: PublishedTable, other: PublishedTable) -> None:
    """Refuse two formats of one year unless they hold the same cells, once cleaned, in the same order.

    Raises
    ------
    RefusedInput
        Names the first row and column that differ.
    """
    names = (one.facts.name, other.facts.name)
    fields = [name for name in one.headers if name in other.headers]
    records, others = _records(one, fields), _records(other, fields)
    both = zip(records.items(), others.items(), strict=False)
    for (row, cells), (other_row, other_cells) in both:
        for field_name, cell, other_cell in zip(fields, cells, other_cells, strict=True):
            if tidy(cell) != tidy(other_cell):
                place = Place(names[0], row, one.headers[field_name], tidy(cell)[:_SHOWN])
                raise _unlike(place, names[1], other_row, tidy(other_cell)[:_SHOWN])
    (fewer, short), (more, long) = sorted([(records, one), (others, other)], key=lambda each: len(each[0]))
    if len(fewer) < len(more):
        row, cells = list(more.items())[len(fewer)]
        name, n_fewer, n_more = short.facts.name, len(fewer), len(more)
        raise RefusedInput(
            Place(long.facts.name, row, long.headers["name"], tidy(cells[fields.index("name")])[:_SHOWN]),
            Sentence(
                f"{name} n’a ni cette ligne ni les suivantes : {n_fewer} lignes, et non {n_more}.",
                f"{name} lacks this row and those after it: {n_fewer} rows, not {n_more}.",
            ),
            _FIX,
        )


def _unlike(place: Place, other: str, row: int, value: str) -> RefusedInput:
    return RefusedInput(
        place,
        Sentence(
            f"la ligne {row} de {other} y contient « {value} ».",
            f"row {row} of {other} has “{value}” there.",
        ),
        _FIX,
    )
