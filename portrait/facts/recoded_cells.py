"""How the published tables show the cells of the files: the reading of each value, each cell shown otherwise.

Applied to the cells of the files, the list of cells gives `initiatives.csv`; undone, it gives the cells back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.ingest.initiatives import HARMONISED, NAME_PUBLISHED
from portrait.ingest.rules import without_marks
from portrait.language.periods import EditionId
from portrait.language.text import normalise, tidy
from portrait.registers.source import CLOSED, UNCLASSIFIED, RecordedName, Source

FOLDED = "portfolio_folded"
"""Column that is read from the same cell as `portfolio`."""
Reason = tuple[str, str, str]
"""The rule that changed a cell, its evidence, and the person who recorded it."""
_REASON = ["rule", "evidence", "person"]


def recoded_cells(editions: Iterable[Edition]) -> pd.DataFrame:
    """Return the changed cells of editions, one row a cell and column of `initiatives.csv`.

    Returns
    -------
    pandas.DataFrame
        `edition`, `row`, `field` (column of `initiatives.csv`), `file`, `file_row`, `column` (header in the
        file; empty where it has none), `before`, `after`, `rule`, `evidence`, `person`: see `tables.json`.
    """
    return pd.concat([_of(each) for each in editions], ignore_index=True)


def recodings(editions: Iterable[Edition]) -> pd.DataFrame:
    """Return how each published value of a harmonised field is read.

    A blank body has no row: it takes the name of its portfolio.
    """
    return pd.DataFrame([line for each in editions for line in _readings(each)])


def _readings(edition: Edition) -> Iterator[dict[str, Any]]:
    """Yield how an edition reads its values: fields in order, the values of each sorted."""
    table, source, year = edition.initiatives, edition.source, edition.year
    fixes = _fixes(edition)

    def line(field: str, published: str, value: str, row: int, n_rows: int) -> dict[str, Any]:
        reason = fixes.get((row, field)) or _reading(source, year, field, published, value)
        shown = {"published": published, "value": value, "row": row or "", "n_rows": n_rows}
        return {
            "edition": edition_id(year),
            "field": field,
            **shown,
            **dict(zip(_REASON, reason, strict=True)),
        }

    for field in (*HARMONISED, FOLDED):
        published = table["portfolio" if field == FOLDED else f"{field}_published"]
        counted = Counter(
            (before, after, row if (row, field) in fixes else 0)
            for before, after, row in _texts(published, table[field], table["row"])
            if field != "body" or normalise(before)
        )
        for (before, after, row), n_rows in sorted(counted.items()):  # readings of all rows have row 0
            yield line(field, before, after, row, n_rows)
    if NAME_PUBLISHED in table:
        for row, before, after in table[["row", NAME_PUBLISHED, "name"]].itertuples(index=False):
            if before != after:
                yield line("name", before, after, row, 1)
    for fix in source.corrections:
        if fix.year == year and fix.field not in HARMONISED:
            yield line(fix.field, fix.expected, fix.value, edition.file.row_of(fix.row, fix.file), 1)


def _fixes(edition: Edition) -> dict[tuple[int, str], Reason]:
    """Return the reason of each correction, by its row and field."""
    return {
        (edition.file.row_of(fix.row, fix.file), fix.field): ("corrections.yml", fix.reason, fix.author)
        for fix in edition.source.corrections
        if fix.year == edition.year
    }


def _of(edition: Edition) -> pd.DataFrame:
    table, found = edition.initiatives, []
    for field in (*HARMONISED, FOLDED):
        published = table[f"{_home(field)}_published"]
        cells = pd.DataFrame({"row": table["row"], "before": published, "after": table[field]})
        found.append(cells[published != table[field]].assign(field=field))
    retouched = edition.retouched
    for name in dict.fromkeys(retouched["field"].astype(str)) if len(retouched) else ():
        texts = retouched[retouched["field"] == name]
        cells = texts[["row", "field"]].assign(before=texts["published"])
        found.append(cells.merge(table[["row", name]].rename(columns={name: "after"}), on="row"))
    cells = pd.concat(found, ignore_index=True)
    return cells.join([_places(edition, cells), _reasons(edition, cells)]).assign(
        edition=edition_id(edition.year)
    )


def _texts(*columns: pd.Series) -> Iterator[tuple[Any, ...]]:
    """Yield the values of columns row by row: pandas takes four times as long to give them one by one."""
    return zip(*(column.tolist() for column in columns), strict=True)


def _home(field: str) -> str:
    """Return the field whose cell a column is read from."""
    return "portfolio" if field == FOLDED else field


def _places(edition: Edition, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the file, the row there and the header of each changed cell."""
    fields = {file.name: file.fields for file in edition.file.files}
    places = []
    for row, field in _texts(cells["row"], cells["field"]):
        file, own = edition.file.origin(row)
        places.append((file, own, fields[file].get(_home(field), "")))
    return pd.DataFrame(places, columns=["file", "file_row", "column"], index=cells.index)


def _reasons(edition: Edition, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the rule, the evidence and the person of each changed cell."""
    fixes = _fixes(edition)
    known: dict[tuple[str, str, str], Reason] = {}
    reasons = []
    for row, field, before, after in _texts(*(cells[each] for each in ("row", "field", "before", "after"))):
        change = field, before, after
        if change not in known:
            known[change] = _reason(edition.source, edition.year, *change)
        reasons.append(fixes.get((row, _home(field)), known[change]))
    return pd.DataFrame(reasons, columns=_REASON, index=cells.index)


def _reading(source: Source, year: EditionId, field: str, before: str, after: str) -> Reason:
    """Return the reason of a value that may be kept as it is: then only a recorded name is one."""
    if before != after or _named(source, year, (field,), before, after):
        return _reason(source, year, field, before, after)
    return "", "", ""


def _reason(source: Source, year: EditionId, field: str, before: str, after: str) -> Reason:
    read = without_marks(source, _home(field))(before)
    by_marks = read != before
    if field not in (*HARMONISED, FOLDED):
        return "source.yml" if by_marks else "text", "", ""
    if recorded := _recorded(source, year, field, read, after):
        return "bodies.csv" if field == "body" else "labels.csv", recorded.evidence, recorded.person
    if not tidy(before):
        return "portfolio" if field == "body" else "blank", "", ""
    if field in CLOSED:
        return "unlisted" if after == UNCLASSIFIED else "source.yml", "", ""
    return "source.yml" if by_marks else "spelling", "", ""


def _recorded(source: Source, year: EditionId, field: str, before: str, after: str) -> RecordedName | None:
    """Return the recorded name that gives a value; for a folded portfolio, that of either column."""
    if field != FOLDED:
        return _named(source, year, (field,), before, after)
    return _named(source, year, (FOLDED, "portfolio"), before, after) or _named(
        source, year, (FOLDED,), None, after
    )


def _named(
    source: Source, year: EditionId, fields: Collection[str], before: str | None, after: str
) -> RecordedName | None:
    """Return the first recorded name of these fields that gives a value, from `before` or from any."""
    found = (
        each
        for each in source.mappings
        if each.field in fields
        and each.holds_in(year)
        and normalise(each.ours) == normalise(after)
        and (before is None or each.key == normalise(before))
    )
    return next(found, None)
