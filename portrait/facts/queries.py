"""Queries: rows of a published table that meet conditions, as JSON that a stranger can ask again.

A condition is ``[field, operator]`` or ``[field, operator, value]``. Its value comes from the reference files
or from a parameter, never from a list that our code computed: that would prove nothing.

>>> query = Query("initiatives")(equals("edition", "2025"), equals("status", "production"))
>>> query.json()
{'table': 'initiatives', 'where': [['edition', '=', '2025'], ['status', '=', 'production']]}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from portrait.errors import refuse_unknown
from portrait.facts.totals import PublishedTotals
from portrait.linkage.tiers import TIERS

Condition = tuple[Any, ...]
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Query:
    """Rows of one table that meet every condition."""

    table: str
    where: tuple[Condition, ...] = ()

    def __call__(self, *more: Condition) -> Query:
        """Return the query with more conditions."""
        return Query(self.table, self.where + more)

    def json(self) -> dict[str, Any]:
        """Return the query as plain values."""
        return {"table": self.table, "where": [list(condition) for condition in self.where]}


def equals(field: str, value: str) -> Condition:
    """Ask that a field equal a value."""
    return (field, "=", value)


def differs(field: str, value: str) -> Condition:
    """Ask that a field differ from a value."""
    return (field, "!=", value)


def one_of(field: str, values: Sequence[str]) -> Condition:
    """Ask that a field be one of some values."""
    return (field, "in", tuple(sorted(values)))


def filled(field: str) -> Condition:
    """Ask that a field not be empty."""
    return (field, "filled")


def empty(field: str) -> Condition:
    """Ask that a field be empty."""
    return (field, "empty")


def same(field: str, other: str) -> Condition:
    """Ask that two fields be equal."""
    return (field, "same as", other)


def unlike(field: str, other: str) -> Condition:
    """Ask that two fields differ."""
    return (field, "differs from", other)


def present(field: str, edition: str) -> Condition:
    """Ask that the value of a field stand in it in another edition."""
    return (field, "present in", edition)


def absent(field: str, edition: str) -> Condition:
    """Ask that the value of a field not stand in it in another edition."""
    return (field, "absent in", edition)


def published(field: str) -> Condition:
    """Ask that others published how many rows of the edition have the value of a field."""
    return (field, "published")


def unpublished(field: str) -> Condition:
    """Ask that nobody published it."""
    return (field, "unpublished")


def linked(edition: str, tier: str) -> Condition:
    """Ask that the row be linked to one of another edition, at a tier or a surer one."""
    return ("row", "linked to", edition, tier)


def unlinked(edition: str, tier: str) -> Condition:
    """Ask that the row be linked to none of another edition, at a tier or a surer one."""
    return ("row", "not linked to", edition, tier)


def listed(table: str) -> Condition:
    """Ask that the row of an initiative stand in another table too."""
    return ("row", "listed in", table)


def unlisted(table: str) -> Condition:
    """Ask that the row of an initiative not stand in another table."""
    return ("row", "not listed in", table)


class Answers:
    """Answers queries from the published tables.

    Parameters
    ----------
    tables
        As `published.published_tables` returns them.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables
        self._asked: dict[Query, pd.DataFrame] = {}
        self._found: dict[tuple[Any, ...], Any] = {}

    @cached_property
    def totals(self) -> PublishedTotals:
        """The totals that others published."""
        columns = ["edition", "portfolio", "portfolio_folded"]
        portfolios = self.tables["initiatives"][columns].drop_duplicates()
        tables = (self.tables["published"], self.tables["labels"], portfolios)
        return PublishedTotals(*(table.to_dict("records") for table in tables))

    @cached_property
    def reconstructed(self) -> frozenset[str]:
        """The editions whose rows were reconstructed."""
        editions = self.tables["editions"]
        return frozenset(editions.loc[editions["reconstructed"] == "yes", "edition"])

    def once(self, question: tuple[Any, ...], compute: Callable[[], _Found]) -> _Found:
        """Return what is computed for a question the first time: chapters and languages ask the same ones."""
        if question not in self._found:
            self._found[question] = compute()
        found: _Found = self._found[question]
        return found

    def rows(self, query: Query) -> pd.DataFrame:
        """Return the rows that meet every condition of a query."""
        if query not in self._asked:
            refuse_unknown("table", query.table, self.tables)
            table = self.tables[query.table]
            if query.where:
                table = self.rows(Query(query.table, query.where[:-1]))
                table = table.loc[self._meets(table, query.where[-1])]
            self._asked[query] = table
        return self._asked[query]

    def _meets(self, table: pd.DataFrame, condition: Condition) -> pd.Series:
        field, operator, *values = condition
        refuse_unknown("column", field, [*table.columns])
        if operator.endswith(("linked to", "listed in")):
            found = (self._linked if operator.endswith("linked to") else self._listed)(*values)
            wanted = not operator.startswith("not")
            return pd.Series(
                [(place in found) == wanted for place in places_of(table)], index=table.index, dtype=bool
            )
        if operator in ("present in", "absent in"):
            initiatives = self.tables["initiatives"]
            there = set(initiatives.loc[initiatives["edition"] == values[0], field])
            wanted = operator == "present in"
            known = [(value in there) == wanted for value in table[field]]
            return pd.Series(known, index=table.index, dtype=bool)
        if operator in ("published", "unpublished"):
            totals = self.tables["published"]
            totals = totals[totals["measure"] == field]
            told = set(zip(totals["edition"], totals["value_of"], strict=True))
            wanted = operator == "published"
            known = [(pair in told) == wanted for pair in zip(table["edition"], table[field], strict=True)]
            return pd.Series(known, index=table.index, dtype=bool)
        refuse_unknown("condition", operator, _TESTS)
        return _TESTS[operator](table, field, *values)

    def _listed(self, table: str) -> set[tuple[str, str]]:
        return {*places_of(self.tables[table])}

    def _linked(self, edition: str, tier: str) -> set[tuple[str, str]]:
        """Return the rows linked to one of an edition, whichever is the later."""
        links = self.tables["links"]
        links = links[links["tier"].isin(TIERS[: [*TIERS].index(tier) + 1])]  # type: ignore[arg-type]
        found: set[tuple[str, str]] = set()
        for here, there in (("to", "from"), ("from", "to")):
            own = links[links[f"edition_{there}"] == edition]
            found |= {*places_of(own, f"_{here}")}
        return found


def places_of(table: pd.DataFrame, end: str = "") -> Iterator[tuple[str, str]]:
    """Yield the edition and the row that each line of a table is of, or leads from or to.

    As lists: pandas takes four times as long to give values one by one.
    """
    return zip(table[f"edition{end}"].tolist(), table[f"row{end}"].tolist(), strict=True)


_TESTS: Mapping[str, Callable[..., pd.Series]] = {
    "=": lambda table, field, value: table[field] == value,
    "!=": lambda table, field, value: table[field] != value,
    "in": lambda table, field, values: table[field].isin(values),
    "filled": lambda table, field: table[field] != "",
    "empty": lambda table, field: table[field] == "",
    "same as": lambda table, field, other: table[field] == table[other],
    "differs from": lambda table, field, other: table[field] != table[other],
}
