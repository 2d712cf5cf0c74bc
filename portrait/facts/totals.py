"""Find the published totals that stand for the rows of a query, where rows were reconstructed from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portrait.language.locales import LANGUAGES
from portrait.language.phrases.sayable import NOUNS
from portrait.registers.source import NOT_TOLD

Rows = Iterable[Mapping[Any, Any]]

_BY_VALUE = ("distinct", "change", "difference")
"""Formulas that count the different values of a field where they are given one."""
_COUNTED_BY = {"body": "bodies"}
"""Field whose different values others counted -> measure of `published.csv`."""


class PublishedTotals:
    """The totals that others published of the editions compared.

    Parameters
    ----------
    published, labels, initiatives
        Rows of the tables of these names; of the initiatives, each portfolio of an edition once will do.
    """

    def __init__(self, published: Rows, labels: Rows, initiatives: Rows) -> None:
        self._published = list(published)
        self._names = {
            (row["field"], row["value"]): {each: row[each] for each in LANGUAGES} for row in labels
        }
        self._folded = {(row["edition"], row["portfolio"], row["portfolio_folded"]) for row in initiatives}

    def of(self, query: Mapping[str, Any], formula: str, asks: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the published totals that say what a query of a fact counts; none where nobody published it.

        Parameters
        ----------
        query
            As the register keeps it: `table` and `where`.
        formula, asks
            Of its fact.

        Returns
        -------
        list of dict
            `edition`, `value`, `url` and `dated` as `published.csv` has them; `of` (what was counted) and
            `origin` (who did), by language.
        """
        by = asks.get("by", "") if formula in _BY_VALUE else ""
        return [self._shown(row) for row in _totals_of(query, by, self._published, self._folded)]

    def _shown(self, row: Mapping[str, str]) -> dict[str, Any]:
        if row["measure"] in NOUNS:
            of = {each: NOUNS[row["measure"]].said(each)[1] for each in LANGUAGES}
        else:
            named = dict.fromkeys(LANGUAGES, row["name"])
            of = self._names.get((row["measure"], row["value_of"]), named)
        origin = {each: row[f"label_{each}"] for each in LANGUAGES}
        return {**{key: row[key] for key in ("edition", "value", "url", "dated")}, "of": of, "origin": origin}


def _totals_of(
    query: Mapping[str, Any], by: str, published: Rows, folded: Iterable[tuple[str, str, str]]
) -> list[Mapping[str, str]]:
    """Return the rows that give the total of a query: a whole edition, or values of one field in it."""
    edition = edition_of(query)
    others = [condition for condition in query["where"] if condition[0] != "edition"]
    fields = {condition[0] for condition in others} | ({by} if by else set())
    values = [_values(condition) for condition in others if condition[1] in ("=", "in")]
    narrowed = any(not _keeps_known(condition) and condition[1] not in ("=", "in") for condition in others)
    if query["table"] != "initiatives" or narrowed or len(fields) > 1 or len(values) > 1:
        return []
    of_edition = [row for row in published if row["edition"] == edition]
    if not values:
        measure = "initiatives" if not fields else _COUNTED_BY.get(by)
        return [row for row in of_edition if row["measure"] == measure]
    (field,) = fields
    if by:
        return []
    if field != "portfolio_folded":
        return [row for row in of_edition if row["measure"] == field and row["value_of"] in values[0]]
    rows = {row["value_of"]: row for row in of_edition if row["measure"] == "portfolio"}
    own = {name: whole for each, name, whole in folded if each == edition and whole in values[0]}
    partial = {own[name] for name in own.keys() - rows.keys()}
    return [row for name, row in rows.items() if name in own and own[name] not in partial]


def edition_of(query: Mapping[str, Any]) -> str:
    """Return the edition that a query asks for, or an empty text."""
    return next((str(c[2]) for c in query["where"] if (*c[:2],) == ("edition", "=")), "")


def _values(condition: Any) -> set[str]:
    return {condition[2]} if condition[1] == "=" else set(condition[2])


def _keeps_known(condition: Any) -> bool:
    """Whether a condition leaves out only what has no value."""
    return condition[1] == "filled" or (condition[1] == "!=" and condition[2] in NOT_TOLD)
