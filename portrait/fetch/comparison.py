"""Compare two files that should hold the same rows: two formats, or two versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, eq=False)
class Difference:
    """The changes in a file's rows between two versions.

    Attributes
    ----------
    rows
        One row per row added or removed and per cell changed: `change` (``added``, ``removed``,
        ``changed``), `row_before` and `row_after` (spreadsheet row numbers; 0 when there is none),
        `field` (``name`` when the whole row was added or removed), `before`, `after` (as published).
    n_moved
        Identical rows whose row number changed.
    """

    rows: pd.DataFrame
    n_moved: int

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows added, removed, changed and moved."""
        rows = self.rows.drop_duplicates(["change", "row_before", "row_after"])["change"]
        return {kind: int((rows == kind).sum()) for kind in ("added", "removed", "changed")} | {
            "moved": self.n_moved
        }


def differences(before: PublishedTable, after: PublishedTable) -> Difference:
    """Pair the rows of two versions of a file, and return the differences.

    Rows are paired in steps, each in file order: all cells equal; all but one; name and body; name; all
    but the name. Rows left unpaired were added or removed.
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
