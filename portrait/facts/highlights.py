"""Compute the eight headline claims of an edition, each with its bounds and a test that it is true.

The test recomputes a claim from the rows, without the indicator that gave its value, and checks that the
edition allows it: no share with a denominator below `SMALLEST_DENOMINATOR`, no growth without an earlier
year, no ranking of equal counts. A notebook makes a claim only if it holds, with a condition such as
``when: essentials.headline.growth.holds``; otherwise it has another sentence, or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.indicators.changes import growth_between
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

N_LEADERS = 3
"""Number of names in a ranking claim, without ties."""
_CLOSE = 1e-9
_NAMELESS = ("", UNKNOWN, UNCLASSIFIED)


@dataclass(frozen=True)
class Headline:
    """A headline claim.

    Attributes
    ----------
    name
        Name in the register of claims; `terms.claim_text` returns its formula and caveat.
    value
        Unformatted value: a count, a share from 0 to 1, a growth, or pairs of a name and its count.
    lowest, highest
        Bounds, equal to the value if it is exact; for pairs, the bounds of the first count.
    basis
        Counts from which the value is computed, if a sentence also gives them.
    is_true
        Whether the value and bounds recomputed from the rows are the same.
    is_allowed
        Whether the edition allows the claim to be made.
    """

    name: str
    value: Any
    lowest: Any
    highest: Any
    is_true: bool
    is_allowed: bool
    basis: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the claim can be published: it is true, and the edition allows it."""
        return self.is_true and self.is_allowed


@dataclass(frozen=True)
class Headlines:
    """The eight headline claims of an edition, in the order of the report."""

    n_initiatives: Headline
    n_declaring: Headline
    growth: Headline
    continuing_growth: Headline
    production_share: Headline
    n_silent: Headline
    top_categories: Headline
    top_portfolios: Headline

    @property
    def counts_bodies(self) -> bool:
        """Whether the second claim counts bodies; otherwise it counts portfolios."""
        return self.n_declaring.name == "n_bodies"

    def __iter__(self) -> Iterator[Headline]:
        return (getattr(self, claim.name) for claim in fields(self))


def headlines(edition: Edition) -> Headlines:
    """Return the eight headline claims, with values from the indicators that the report shows."""
    every, parts = edition.all_initiatives, None
    if edition.previous:
        years = (edition.year, edition.previous.year)
        parts = indicators.growth(indicators.decomposition(every, "portfolio_folded", *years))
    return headlines_from(
        edition,
        volume=indicators.volume(every),
        maturity=indicators.maturity(every),
        by_category=indicators.categories(every),
        by_portfolio=indicators.portfolios(every, folded=True),
        parts=parts,
    )


def headlines_from(
    edition: Edition,
    *,
    volume: pd.DataFrame,
    maturity: pd.DataFrame,
    by_category: pd.DataFrame,
    by_portfolio: pd.DataFrame,
    parts: pd.DataFrame | None,
) -> Headlines:
    """Return the eight headline claims from indicators, tested against the rows of the edition.

    Parameters
    ----------
    volume, maturity, by_category, by_portfolio
        As `indicators.volume`, `maturity` (not grouped), `categories` and `portfolios` (folded) return
        them on all available years.
    parts
        As `indicators.growth` returns it on folded portfolios; ``None`` without an earlier year.
    """
    rows = _rows(edition)
    rows_before = _rows(edition.previous) if edition.previous else []
    n_initiatives = _column(volume, "n_initiatives")
    counts = maturity[maturity["year"] == edition.year].iloc[0]
    return Headlines(
        n_initiatives=_n_initiatives(n_initiatives[edition.year], rows),
        n_declaring=_n_declaring(edition, volume, rows),
        growth=_growth(edition, n_initiatives, rows, rows_before),
        continuing_growth=_continuing_growth(parts, rows, rows_before),
        production_share=_production_share(counts, rows),
        n_silent=_n_silent(counts, rows),
        top_categories=_top(edition, by_category, "category", "category", rows),
        top_portfolios=_top(edition, by_portfolio, "portfolio", "portfolio_folded", rows),
    )


def _rows(edition: Edition) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()} for row in edition.initiatives.to_dict("records")
    ]


def _column(table: pd.DataFrame, name: str) -> dict[int, int]:
    """Return year -> count for a column of counts."""
    return {int(year): int(count) for year, count in zip(table["year"], table[name], strict=True)}


def _same(first: Any, second: Any) -> bool:
    """Return whether two numbers are equal, or both missing."""
    if first is None or second is None or pd.isna(first) or pd.isna(second):
        return (first is None or pd.isna(first)) and (second is None or pd.isna(second))
    return bool(abs(first - second) < _CLOSE)


def _n_initiatives(value: int, rows: list[dict[str, Any]]) -> Headline:
    return Headline(
        name="n_initiatives",
        value=value,
        lowest=value,
        highest=value,
        is_true=value == len({row["row"] for row in rows}),
        is_allowed=value > 0,
    )


def _n_declaring(edition: Edition, volume: pd.DataFrame, rows: list[dict[str, Any]]) -> Headline:
    """Return the number of bodies that declare; of portfolios, if bodies are known only approximately."""
    if edition.source.facts.get("bodies_note"):
        name, group, column = "n_portfolios", "portfolio_folded", "n_portfolios_folded"
    else:
        name, group, column = "n_bodies", "body", "n_bodies"
    value = _column(volume, column)[edition.year]
    named = Counter(row[group] for row in rows)
    nameless = named.pop(UNKNOWN, 0)
    return Headline(
        name=name,
        value=value,
        lowest=value,
        # Each initiative without a name could belong to another group.
        highest=value + nameless,
        is_true=value == len(named),
        is_allowed=value > 0,
    )


def _growth(
    edition: Edition,
    n_initiatives: Mapping[int, int],
    rows: list[dict[str, Any]],
    rows_before: list[dict[str, Any]],
) -> Headline:
    value = None
    if edition.previous:
        value = growth_between(n_initiatives[edition.previous.year], n_initiatives[edition.year])
    again = len(rows) / len(rows_before) - 1 if rows_before else None
    return Headline(
        name="growth",
        value=value,
        lowest=value,
        highest=value,
        is_true=_same(value, again),
        is_allowed=len(rows_before) >= SMALLEST_DENOMINATOR,
    )


def _continuing_growth(
    parts: pd.DataFrame | None, rows: list[dict[str, Any]], rows_before: list[dict[str, Any]]
) -> Headline:
    counts = (0, 0, 0)
    if parts is not None:
        row = parts.iloc[0]
        counts = (int(row["n_groups_in_both"]), int(row["n_previous_in_both"]), int(row["n_in_both"]))
    value = growth_between(counts[1], counts[2]) if counts[1] else None
    names = [{row["portfolio_folded"] for row in each} - set(_NAMELESS) for each in (rows, rows_before)]
    shared = names[0] & names[1]
    n_now, n_before = (
        sum(1 for row in each if row["portfolio_folded"] in shared) for each in (rows, rows_before)
    )
    return Headline(
        name="continuing_growth",
        value=value,
        lowest=value,
        highest=value,
        is_true=counts == (len(shared), n_before, n_now),
        is_allowed=n_before >= SMALLEST_DENOMINATOR,
        basis=dict(zip(("n_portfolios", "before", "now"), counts, strict=True)),
    )


def _production_share(counts: pd.Series, rows: list[dict[str, Any]]) -> Headline:
    statuses = Counter(row["status"] for row in rows)
    production, development = statuses[PRODUCTION], statuses[DEVELOPMENT]
    silent = statuses[UNKNOWN] + statuses[UNCLASSIFIED]
    active = production + development + silent
    shares = (counts["production_share"], counts["lowest_share"], counts["highest_share"])
    again = (
        production / (production + development) if production + development else None,
        production / active if active else None,
        (production + silent) / active if active else None,
    )
    value, lowest, highest = (None if pd.isna(share) else float(share) for share in shares)
    return Headline(
        name="production_share",
        value=value,
        lowest=lowest,
        highest=highest,
        is_true=all(_same(*pair) for pair in zip(shares, again, strict=True)),
        is_allowed=production + development >= SMALLEST_DENOMINATOR,
    )


def _n_silent(counts: pd.Series, rows: list[dict[str, Any]]) -> Headline:
    value = int(counts["n_unknown"] + counts["n_unclassified"])
    return Headline(
        name="n_silent",
        value=value,
        lowest=value,
        highest=value,
        is_true=value == sum(1 for row in rows if row["status"] in (UNKNOWN, UNCLASSIFIED)),
        is_allowed=value > 0,
    )


def leaders(counts: Mapping[str, int], n: int = N_LEADERS) -> list[tuple[str, int]]:
    """Return the names with the `n` greatest counts, and those tied with the last one.

    >>> leaders({"Justice": 16, "Santé": 95, "Éducation": 16, "Travail": 1}, 2)
    [('Santé', 95), ('Justice', 16), ('Éducation', 16)]
    """
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return [pair for pair in ranked if pair[1] >= ranked[min(n, len(ranked)) - 1][1]]


def _top(
    edition: Edition, table: pd.DataFrame, group: str, column: str, rows: list[dict[str, Any]]
) -> Headline:
    """Return the names with most initiatives; the claim is not allowed if all of them are tied."""
    of_year = table[(table["year"] == edition.year) & ~table[group].isin(_NAMELESS)]
    first = leaders(dict(zip(of_year[group], of_year["n_initiatives"].astype(int), strict=True)))
    again = Counter(row[column] for row in rows)
    nameless = sum(again.pop(name, 0) for name in _NAMELESS)
    most = first[0][1] if first else None
    return Headline(
        name=f"top_{'categories' if group == 'category' else 'portfolios'}",
        value=first,
        lowest=most,
        highest=None if most is None else most + nameless,
        is_true=_leads(first, again) and all(again[name] == count for name, count in first),
        is_allowed=bool(first) and (len(first) == 1 or first[0][1] > first[-1][1]),
    )


def _leads(first: list[tuple[str, int]], counts: Counter[str]) -> bool:
    """Return whether there are enough leaders, and every other name has fewer initiatives."""
    names = {name for name, _ in first}
    left_out = [count for name, count in counts.items() if name not in names]
    enough = len(first) >= min(N_LEADERS, len(counts))
    return enough and all(count < first[-1][1] for count in left_out)
