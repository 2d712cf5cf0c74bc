"""Fields that the file of an edition does not give, told from its published tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from portrait.facts.queries import Query
from portrait.registers.source import UNKNOWN

GIVEN_IN: Mapping[str, tuple[str, str]] = {
    "body": ("body_published", ""),
    "portfolio": ("portfolio", UNKNOWN),
    "category": ("category", ""),
    "status": ("status", ""),
    "benefits": ("benefits_stated", ""),
    "title_tells": ("title_tells", ""),
}
"""Field -> the column of `initiatives.csv` that tells whether an edition gives it, and its empty value."""
_OF_COLUMN = {
    **{column: field for field in GIVEN_IN for column in (field, f"{field}_published")},
    **dict.fromkeys(("body_strict", "body_lenient"), "body"),
    **dict.fromkeys(("status_as_before", "status_as_after"), "status"),
    "portfolio_folded": "portfolio",
    "presence": "body",
    "benefits_stated": "benefits",
}
"""Column that a query or a formula asks for -> field."""
_TOTALLED = {"portfolio", "category", "status"}
"""Fields whose totals are published one by one."""
_BOTH = ("present in", "absent in")
"""Operators whose value is an edition that the field is looked for in."""

Absent = frozenset[tuple[str, str]]
"""Pairs of an edition and a field that its file does not give."""


def absent_fields(initiatives: pd.DataFrame) -> Absent:
    """Return the fields in which the file of an edition gives nothing: no column, or a blank one.

    Parameters
    ----------
    initiatives
        The published table of all initiatives.
    """
    return frozenset(
        (str(edition), field)
        for edition, rows in initiatives.groupby("edition")
        for field, (column, nothing) in GIVEN_IN.items()
        if (rows[column] == nothing).all()
    )


def asks_for_absent_field(asks: Mapping[str, Any], absent: Absent) -> bool:
    """Return whether a formula asks for a field that the file of an edition it counts in does not give.

    Parameters
    ----------
    asks
        Its arguments: queries, columns and parameters.
    """
    return not absent.isdisjoint(_asked(asks))


def crosses_fields(asks: Mapping[str, Any]) -> bool:
    """Return whether a formula counts by two of portfolio, category and status, in initiatives.

    Totals of one field are published; rows that were built from them cross two as chance had it.
    """
    grouped = [asks.get(name) for name in ("by", "across")]
    queries = [query for query in asks.values() if isinstance(query, Query) and query.table == "initiatives"]
    asked = ({_OF_COLUMN.get(each) for each in (*grouped, *(c[0] for c in query.where))} for query in queries)
    return any(len(fields & _TOTALLED) > 1 for fields in asked)


def _asked(asks: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the editions and the fields that a formula asks for."""
    grouped = {_OF_COLUMN[each] for name in ("by", "across") if (each := asks.get(name)) in _OF_COLUMN}
    for query in asks.values():
        if not isinstance(query, Query):
            continue
        editions = {each[2] for each in query.where if each[:2] == ("edition", "=")}
        for field in grouped:
            yield from ((edition, field) for edition in editions)
        for column, operator, *values in query.where:
            if column in _OF_COLUMN:
                others = {values[0]} if operator in _BOTH else set()
                yield from ((edition, _OF_COLUMN[column]) for edition in editions | others)
