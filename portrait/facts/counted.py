"""What the numbers of a fact were counted from, as its page shows it: rows, or published totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portrait.facts.queries import Answers, Query, equals
from portrait.facts.totals import edition_of
from portrait.storage.bits import bits_of

OF_INITIATIVES = ("initiatives", "themes", "tasks", "needs")
"""Tables whose rows are of initiatives."""
_LONGEST_LIST = 12
"""Most values of a list, such as the largest categories, whose rows are kept apart."""


def counted(
    answers: Answers, formula: str, asks: Mapping[str, Any], numbers: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return what each query of a fact found.

    Returns
    -------
    list of dict
        `of` (name of the argument, or of the number: ``name0``), `table`, `n` (rows found), `size` where the
        formula computes with another number (different values, or the rows of the largest), and either `rows`
        (those of the edition of the report, as bits) or, where rows were reconstructed, `totals`
        (`PublishedTotals.of`).
    """
    own = sizes(formula, asks, numbers, lambda query, by: int(answers.rows(query)[by].nunique()))
    return [
        {"of": name, **_found(answers, query, formula, asks), **({"size": own[name]} if name in own else {})}
        for name, query in _queries(formula, asks, numbers)
    ]


def sizes(
    formula: str,
    asks: Mapping[str, Any],
    numbers: Mapping[str, Any],
    distinct: Callable[[Any, str], int],
) -> dict[str, int]:
    """Return query -> the number with which a formula computes, where that is not the number of its rows.

    Parameters
    ----------
    distinct
        Number of different values of a field in the rows of a query.
    """
    if formula == "top_share":
        return {"of": numbers["part"]}
    if formula == "change" and asks.get("by"):
        return {side: distinct(asks[side], asks["by"]) for side in ("after", "before")}
    if formula == "difference" and asks.get("by"):
        return {side: distinct(asks[side], asks["by"]) for side in ("of", "less")}
    return {}


def _queries(
    formula: str, asks: Mapping[str, Any], numbers: Mapping[str, Any]
) -> Iterator[tuple[str, Query]]:
    """Yield the queries of a fact; for a list, also that of each value."""
    if formula == "top":
        for place in range(min(numbers["listed"], _LONGEST_LIST)):
            yield f"name{place}", asks["of"](equals(asks["by"], numbers[f"name{place}"]))
    yield from ((name, each) for name, each in asks.items() if isinstance(each, Query))


def _found(answers: Answers, query: Query, formula: str, asks: Mapping[str, Any]) -> dict[str, Any]:
    rows, edition = answers.rows(query), edition_of(query.json())
    found = {"table": query.table, "n": len(rows)}
    if query.table not in OF_INITIATIVES:
        return found
    if edition in answers.reconstructed:
        return {**found, "totals": answers.totals.of(query.json(), formula, asks)}
    if edition == answers.tables["editions"]["edition"].iloc[-1]:
        return {**found, "rows": bits_of(map(int, rows["row"].tolist()))}
    return found
