"""What differs between two files that should hold the same rows: two formats, or two versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.published import PublishedTable
from portrait.language.text import tidy

_SHOWN = 80  # characters of a cell that a refusal quotes
_SEND_WORD = Sentence(
    "Si l’un des deux est d’une version antérieure, donnez les deux de la même version avec --from; sinon, "
    "signalez-le au producteur, et pour avancer, donnez-en un avec --from, sans l’autre dans data/raw/.",
    "Where one is of an earlier release, give both of one release with --from; else tell the producer, "
    "and to go on, give one of them with --from, without the other in data/raw/.",
)


@dataclass(frozen=True, eq=False)
class Difference:
    """What became of the rows of a file between two versions.

    Attributes
    ----------
    rows
        One row per row added or removed and per cell changed: `change` (``added``, ``removed``,
        ``changed``), `row_before` and `row_after` (as a spreadsheet counts; 0 where there is none),
        `field` (``name`` where the whole row comes or goes), `before`, `after` (as published).
    n_moved
        Rows that are the same and stand at another row number.
    """

    rows: pd.DataFrame
    n_moved: int

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows added, removed, changed and moved; 0 where there is none."""
        rows = self.rows.drop_duplicates(["change", "row_before", "row_after"])["change"]
        return {kind: int((rows == kind).sum()) for kind in ("added", "removed", "changed")} | {
            "moved": self.n_moved
        }


def differences(before: PublishedTable, after: PublishedTable) -> Difference:
    """Pair the rows of two versions of a file, and return what differs.

    Rows are paired when all their cells are the same, then all but one, then the name and the body,
    then the name, then all but the name; within each step, in the order of the file. What is left was
    added or removed.
    """
    fields = [name for name in before.headers if name in after.headers]
    old, new = _records(before, fields), _records(after, fields)
    pairs: list[tuple[int, int]] = []
    for key in _keys(fields):
        _pair(old, new, key, pairs)
    changed = [
        ("changed", row_old, row_new, name, cell_old, cell_new)
        for row_old, row_new in sorted(pairs, key=lambda pair: pair[1])
        for name, cell_old, cell_new in zip(fields, old[row_old], new[row_new], strict=True)
        if cell_old != cell_new
    ]
    paired_old, paired_new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    named = fields.index("name")
    removed = [
        ("removed", row, 0, "name", cells[named], "") for row, cells in old.items() if row not in paired_old
    ]
    added = [
        ("added", 0, row, "name", "", cells[named]) for row, cells in new.items() if row not in paired_new
    ]
    return Difference(
        pd.DataFrame(
            [*added, *removed, *changed],
            columns=["change", "row_before", "row_after", "field", "before", "after"],
        ),
        n_moved=sum(old[one] == new[other] and one != other for one, other in pairs),
    )


_Cells = tuple[str, ...]
_Key = Callable[[_Cells], _Cells]


def _records(table: PublishedTable, fields: Sequence[str]) -> dict[int, _Cells]:
    """Return the cells of each row, by its number."""
    cells = zip(*(table.rows[name] for name in fields), strict=True)
    return dict(zip(map(int, table.rows["row"]), cells, strict=True))


def _keys(fields: Sequence[str]) -> list[_Key]:
    """Return what rows are paired by, the strictest first."""
    all_but_one = {name: [other for other in fields if other != name] for name in fields}
    all_but_name = all_but_one.pop("name")
    steps = [fields, *all_but_one.values(), ["name", "body"], ["name"], all_but_name]
    return [_key([fields.index(name) for name in step]) for step in steps if set(step) <= set(fields)]


def _key(places: Sequence[int]) -> _Key:
    return lambda cells: tuple(cells[place] for place in places)


def _pair(old: dict[int, _Cells], new: dict[int, _Cells], key: _Key, pairs: list[tuple[int, int]]) -> None:
    """Add the pairs of rows that share a key and have no pair yet, in the order of both files."""
    taken_old, taken_new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    free: dict[_Cells, list[int]] = {}
    for row, cells in reversed(new.items()):
        if row not in taken_new:
            free.setdefault(key(cells), []).append(row)
    for row, cells in old.items():
        if row not in taken_old and free.get(key(cells)):
            pairs.append((row, free[key(cells)].pop()))


def refuse_unlike(one: PublishedTable, other: PublishedTable) -> None:
    """Refuse two formats of one year that do not hold the same cells, once cleaned, in the same order.

    Raises
    ------
    RefusedInput
        Names the first row and column that differ.
    """
    names = (one.facts.name, other.facts.name)
    fields = [name for name in one.headers if name in other.headers]
    both = zip(_records(one, fields).items(), _records(other, fields).items(), strict=False)
    for (row, cells), (other_row, other_cells) in both:
        for field_name, cell, other_cell in zip(fields, cells, other_cells, strict=True):
            if tidy(cell) != tidy(other_cell):
                place = Place(names[0], row, one.headers[field_name], tidy(cell)[:_SHOWN])
                raise _unlike(place, names[1], other_row, tidy(other_cell)[:_SHOWN])
    if len(one.rows) != len(other.rows):
        raise RefusedInput(
            Place(names[0]),
            Sentence(
                f"il compte {len(one.rows)} lignes, et {names[1]} en compte {len(other.rows)}.",
                f"it has {len(one.rows)} rows, and {names[1]} has {len(other.rows)}.",
            ),
            _SEND_WORD,
        )


def _unlike(place: Place, other: str, row: int, value: str) -> RefusedInput:
    return RefusedInput(
        place,
        Sentence(
            f"la ligne {row} de {other} y contient « {value} ».",
            f"row {row} of {other} holds “{value}” there.",
        ),
        _SEND_WORD,
    )
