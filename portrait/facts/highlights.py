"""The eight claims by which an edition is remembered, each with its bounds, its caveat and its truth test.

A truth test counts the rows again, one by one, without the indicator that gave the value, and looks at
whether the edition allows the claim at all: no share of fewer than `SMALLEST_DENOMINATOR`, no growth
without an earlier year, no first among equals. A notebook says a claim only where it holds, as in the tag
``when:headline.growth.holds``, and its honest alternative, or nothing, elsewhere.
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
"""How many names a claim of the most declared gives, ties apart."""
_CLOSE = 1e-9
_NAMELESS = ("", UNKNOWN, UNCLASSIFIED)


@dataclass(frozen=True)
class Headline:
    """One claim of the highlights.

    Attributes
    ----------
    name
        Its name in the register of claims; `terms.claim_text` gives its formula and its caveat.
    value
        What it says, bare: a count, a share from 0 to 1, a growth, or pairs of a name and its count.
    lowest, highest
        Its bounds, equal to the value where it is exact; those of the first count where it is pairs.
    basis
        The counts it is computed from, where a sentence gives them too.
    is_true
        Whether a plain count of the rows gives the same value and bounds.
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
        """Whether the claim may be said: it is true, and the edition allows it."""
        return self.is_true and self.is_allowed


@dataclass(frozen=True)
class Headlines:
    """The eight claims of an edition, in the order of the highlights."""

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
        """Whether the second claim is of bodies; else of portfolios."""
        return self.n_declaring.name == "n_bodies"

    def __iter__(self) -> Iterator[Headline]:
        return (getattr(self, claim.name) for claim in fields(self))


def headlines(edition: Edition) -> Headlines:
    """Return the eight claims of an edition, their values from the indicators that the report shows."""
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
    """Return the eight claims that indicators make, tested against the rows of the edition.

    Parameters
    ----------
    volume, maturity, by_category, by_portfolio
        As `indicators.volume`, `maturity` (not grouped), `categories` and `portfolios` (folded) return
        them on all years at hand.
    parts
        As `indicators.growth` returns it on portfolios folded; none without an earlier year.
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
    """Return a column of counts by year, as plain whole numbers."""
    return {int(year): int(count) for year, count in zip(table["year"], table[name], strict=True)}


def _same(first: Any, second: Any) -> bool:
    """Tell whether two numbers are the same, or both missing."""
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
    """Claim how many bodies declare; how many portfolios, where bodies are known approximately."""
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
        # Each initiative that names none could be of one more.
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
    told = (0, 0, 0)
    if parts is not None:
        row = parts.iloc[0]
        told = (int(row["n_groups_in_both"]), int(row["n_previous_in_both"]), int(row["n_in_both"]))
    value = growth_between(told[1], told[2]) if told[1] else None
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
        is_true=told == (len(shared), n_before, n_now),
        is_allowed=n_before >= SMALLEST_DENOMINATOR,
        basis=dict(zip(("n_portfolios", "before", "now"), told, strict=True)),
    )


def _production_share(counts: pd.Series, rows: list[dict[str, Any]]) -> Headline:
    statuses = Counter(row["status"] for row in rows)
    production, development = statuses[PRODUCTION], statuses[DEVELOPMENT]
    silent = statuses[UNKNOWN] + statuses[UNCLASSIFIED]
    active = production + development + silent
    told = (counts["production_share"], counts["lowest_share"], counts["highest_share"])
    again = (
        production / (production + development) if production + development else None,
        production / active if active else None,
        (production + silent) / active if active else None,
    )
    value, lowest, highest = (None if pd.isna(share) else float(share) for share in told)
    return Headline(
        name="production_share",
        value=value,
        lowest=lowest,
        highest=highest,
        is_true=all(_same(*pair) for pair in zip(told, again, strict=True)),
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
    """Return the names with the `n` greatest counts and all that are tied with the last of them.

    >>> leaders({"Justice": 16, "Santé": 95, "Éducation": 16, "Travail": 1}, 2)
    [('Santé', 95), ('Justice', 16), ('Éducation', 16)]
    """
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return [pair for pair in ranked if pair[1] >= ranked[min(n, len(ranked)) - 1][1]]


def _top(
    edition: Edition, table: pd.DataFrame, group: str, column: str, rows: list[dict[str, Any]]
) -> Headline:
    """Claim which names are declared most; not allowed where all the leaders are equal."""
    of_year = table[(table["year"] == edition.year) & ~table[group].isin(_NAMELESS)]
    told = leaders(dict(zip(of_year[group], of_year["n_initiatives"].astype(int), strict=True)))
    again = Counter(row[column] for row in rows)
    nameless = sum(again.pop(name, 0) for name in _NAMELESS)
    first = told[0][1] if told else None
    return Headline(
        name=f"top_{'categories' if group == 'category' else 'portfolios'}",
        value=told,
        lowest=first,
        highest=None if first is None else first + nameless,
        is_true=_leads(told, again) and all(again[name] == count for name, count in told),
        is_allowed=bool(told) and (len(told) == 1 or told[0][1] > told[-1][1]),
    )


def _leads(told: list[tuple[str, int]], counts: Counter[str]) -> bool:
    """Tell whether no name left out has as many as the last one told, and enough are told."""
    names = {name for name, _ in told}
    left_out = [count for name, count in counts.items() if name not in names]
    enough = len(told) >= min(N_LEADERS, len(counts))
    return enough and all(count < told[-1][1] for count in left_out)
