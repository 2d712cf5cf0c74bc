"""Cells and rows that changed between the tables of two editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from portrait.revisions.published import PublishedEdition
from portrait.revisions.sentences import WORDS, SentenceChange

INITIATIVES = "initiatives"
_TOLD_BY_CELLS = (INITIATIVES, "recoded-cells")
"""Tables whose changes are told cell by cell."""
_DERIVED = (
    *("benefits_stated", "initiative", "name_key", "body_strict", "body_lenient"),
    *("status_as_before", "status_as_after", "title_tells", "portfolio_folded"),
)
"""Columns that follow from the others: their changes are told by those."""
_SAME = (("identifier",), ("row", "name", "body"), ("name", "body"), ("name", "portfolio"))
_LIKELY = (("row", "body"), ("row", "name"), ("body", "benefits"))


@dataclass(frozen=True)
class CellChange:
    """A cell of an initiative that changed.

    Attributes
    ----------
    edition, row, row_before
        The edition whose table it is, and the row in each of the two files.
    name
        Name of the initiative, as it is now.
    column, before, after
        What changed; a published value where it did, else ours.
    """

    edition: str
    row: str
    row_before: str
    name: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class InitiativeChanges:
    """What changed in the initiatives of one edition, or between those of two.

    Attributes
    ----------
    edition, previous
        What is compared; the same edition where it was published twice.
    cells
        Cells of the initiatives that are in both.
    added, gone
        Initiatives in one of them only: row and name.
    n_kept
        Number of initiatives in both.
    """

    edition: str
    previous: str
    cells: tuple[CellChange, ...]
    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    n_kept: int

    def __bool__(self) -> bool:
        return bool(self.cells or self.added or self.gone)


@dataclass(frozen=True)
class TableChange:
    """Rows of a table that are in one of two editions only, as lines of CSV without the line end."""

    table: str
    added: tuple[str, ...]
    gone: tuple[str, ...]


def changed_initiatives(before: PublishedEdition, after: PublishedEdition) -> list[InitiativeChanges]:
    """Return what changed in the initiatives of each edition that both tables hold.

    Where the two are different editions, their own initiatives are compared too, by the links that the
    later one publishes. Rows reconstructed from totals are no initiatives: they are not compared.
    """
    tables = [each.table(INITIATIVES) for each in (before, after)]
    old, new = (table[table["reconstructed"] != "yes"] for table in tables)
    common = [each for each in new["edition"].unique() if each in set(old["edition"])]
    found = [
        _compared(_Pair(old[old["edition"] == each], new[new["edition"] == each]), each, each)
        for each in common
    ]
    if before.id != after.id and len(old) and len(new):
        links = after.table("links")
        links = links[(links["edition_from"] == before.id) & (links["edition_to"] == after.id)]
        pair = _Pair(old[old["edition"] == before.id], new[new["edition"] == after.id], links)
        found.append(_compared(pair, after.id, before.id))
    return [each for each in found if each]


def changed_names(before: PublishedEdition, after: PublishedEdition) -> list[SentenceChange]:
    """Return once each name or label that is shown otherwise where the file gives the same one.

    The claim is the column of the table of initiatives, as in ``initiatives.csv: body``.
    """
    published = after.table(INITIATIVES).columns
    names = {
        (cell.column, cell.before, cell.after): SentenceChange(
            f"{INITIATIVES}.csv", "", cell.column, WORDS, cell.before, cell.after
        )
        for changes in changed_initiatives(before, after)
        if changes.edition == changes.previous
        for cell in changes.cells
        if f"{cell.column}_published" in published
    }
    return [names[each] for each in sorted(names)]


def made_official(before: PublishedEdition, after: PublishedEdition) -> list[str]:
    """Return the editions that were reconstructed in one and have official rows in the other."""
    tables = [each.table(INITIATIVES) for each in (before, after)]
    old, new = (dict(zip(table["edition"], table["reconstructed"], strict=True)) for table in tables)
    return [name for name, kind in new.items() if (old.get(name), kind) == ("yes", "no")]


class _Pair:
    """The initiatives of two tables, and which of them are the same.

    Parameters
    ----------
    old, new
        Rows of `initiatives.csv`.
    links
        Rows of `links.csv` that say which are the same; without them, a row is followed by its content,
        then by its identifier, its name and body, at last by its row with its body or name.
    """

    def __init__(self, old: pd.DataFrame, new: pd.DataFrame, links: pd.DataFrame | None = None) -> None:
        self.old, self.new = old.set_index("row", drop=False), new.set_index("row", drop=False)
        self._links = links

    @cached_property
    def rows(self) -> list[tuple[str, str]]:
        """The row in each table of an initiative that both hold."""
        if self._links is not None:
            return list(zip(self._links["row_from"], self._links["row_to"], strict=True))
        content = [each for each in self.columns if each != "row"]
        found = dict(self._alike(content, self.old, self.new, alone=False))
        for columns in (*_SAME, *_LIKELY):
            if set(columns) <= set(self.old) & set(self.new):
                left = self.old[~self.old.index.isin(list(found))]
                right = self.new[~self.new.index.isin(list(found.values()))]
                found |= dict(self._alike(columns, left, right, alone=True))
        return list(found.items())

    @cached_property
    def columns(self) -> list[str]:
        """Columns that both tables have, without those that follow from others."""
        return [str(each) for each in self.new if each in self.old and each not in ("edition", *_DERIVED)]

    @staticmethod
    def _alike(
        columns: Sequence[str], old: pd.DataFrame, new: pd.DataFrame, *, alone: bool
    ) -> Iterator[tuple[str, str]]:
        """Yield the rows that hold the same in some columns: where `alone`, only if no other row does."""
        places: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
        for side, table in enumerate((old, new)):
            for row, *key in table[["row", *columns]].itertuples(index=False, name=None):
                if all(key) or not alone:
                    places.setdefault(tuple(key), ([], []))[side].append(row)
        for left, right in places.values():
            if not alone or len(left) == len(right) == 1:
                yield from zip(left, right, strict=False)


def _compared(pair: _Pair, edition: str, previous: str) -> InitiativeChanges:
    rows = pair.rows
    kept_before, kept_after = {before for before, _ in rows}, {after for _, after in rows}
    return InitiativeChanges(
        edition,
        previous,
        tuple(_cells(pair, edition)),
        _others(pair.new, kept_after),
        _others(pair.old, kept_before),
        len(rows),
    )


def _others(table: pd.DataFrame, kept: set[str]) -> tuple[tuple[str, str], ...]:
    """Return row and name of the initiatives that are not among those kept."""
    names = zip(table["row"], table["name"], strict=True)
    return tuple((row, name) for row, name in names if row not in kept)


def _cells(pair: _Pair, edition: str) -> Iterator[CellChange]:
    """Yield the cells that changed; a harmonised one only where what was published is the same."""
    columns = [each for each in pair.columns if each != "row"]
    before = pair.old[columns].to_dict("index")
    after = pair.new[columns].to_dict("index")
    for old, new in pair.rows:
        was, now = before[old], after[new]
        differing = {each for each in columns if was[each] != now[each]}
        for column in sorted(differing, key=columns.index):
            if f"{column}_published" not in differing:
                yield CellChange(edition, new, old, now["name"], column, was[column], now[column])


def changed_tables(before: PublishedEdition, after: PublishedEdition) -> list[TableChange]:
    """Return the rows that one of two editions lacks, in each table whose cells are not compared."""
    found = []
    for name in sorted({*before.tables, *after.tables} - set(_TOLD_BY_CELLS)):
        old, new = (_lines(each, name) for each in (before, after))
        added, gone = tuple((new - old).elements()), tuple((old - new).elements())
        if added or gone:
            found.append(TableChange(name, added, gone))
    return found


def _lines(edition: PublishedEdition, name: str) -> Counter[str]:
    """Return the lines of a table, each with its number; nothing where the edition lacks the table."""
    if name not in edition.tables:
        return Counter()
    text = edition.table(name).to_csv(index=False, header=False, lineterminator="\r")
    return Counter(text.split("\r")[:-1])
