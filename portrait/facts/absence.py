"""Fields that the file of an edition does not give, told from its published tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
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
_COUNT_GROUPS = ("distinct", "change", "difference", "mean", "share")
"""Formulas that only count the groups that they ask for."""
OF_CHANCE = ("initiatives", "links", "histories")
"""Tables of what chance has where rows are reconstructed."""
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


def is_of_chance(formula: str, asks: Mapping[str, Any]) -> bool:
    """Return whether a formula asks of reconstructed rows what no published total says.

    Rows were built from totals of portfolios, of categories, of statuses, of bodies, and of named bodies. Two
    of these crossed, the sizes and names of other bodies, any other field, and what links one edition to
    another are as chance had them.
    """
    by = {_OF_COLUMN.get(each, each) for name in ("by", "across") if (each := asks.get(name))}
    counts = formula in _COUNT_GROUPS
    return not all(
        query.table == "initiatives" and _is_of_totals(query, by, counts=counts, is_rest=name == "unknown")
        for name, query in asks.items()
        if isinstance(query, Query) and query.table in OF_CHANCE
    )


def _is_of_totals(query: Query, by: Set[str], *, counts: bool, is_rest: bool) -> bool:
    """Return whether published totals say what a query of initiatives, in groups, selects.

    `counts` is whether its groups are only counted; `is_rest`, whether it is what others leave unpublished.
    """
    where = [
        (column, operator)
        for column, operator, *value in query.where
        if column != "edition"
        and ((operator, *value) != ("!=", UNKNOWN) or _OF_COLUMN.get(column) not in ("body", "portfolio"))
    ]
    of_body = {operator for column, operator in where if column == "body"}
    of_body -= {"present in"} if "published" in of_body else set()  # a named body in both editions
    others = (by - {"body"}) | {_OF_COLUMN.get(column, column) for column, _ in where if column != "body"}
    if not of_body:
        return (not others and counts) if "body" in by else len(others) <= 1 and others <= _TOTALLED
    if "body" not in by:
        return others <= {"portfolio"} and of_body <= {"=", "!=", "published", "unpublished"}
    known = {"published", "unpublished"} if counts else {"unpublished"} if is_rest else {"published"}
    return others <= {"portfolio"} and of_body <= known


def asked_fields(asks: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the editions and the fields that a formula, given its arguments, asks for."""
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
