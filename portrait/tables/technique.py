"""Table of the portfolios that use one technique most, among the initiatives whose technique is given."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.indicators import n_drawn
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.language.typography import quoted
from portrait.registers.source import NOT_TOLD
from portrait.tables.table import Table, captioned, dash_note, joined, share_cell

MOST_PORTFOLIOS = 8
"""Rows of the table, or the nearest number that parts no tie."""


def technique(table: pd.DataFrame, name: str, edition: Edition, language: str) -> Table:
    """Return the portfolios with the most initiatives of a technique, and its share of those that give one.

    Parameters
    ----------
    table
        As `indicators.answers_by` returns it, for ``technique``.
    name
        The technique, a term of the list of the source.
    """
    told = table[~table["answer"].isin(NOT_TOLD)]
    given = {str(group): int(n) for group, n in told.groupby("group")["n_initiatives"].sum().items()}
    using = table[table["answer"] == name].set_index("group")["n_initiatives"]
    ranked = using.sort_index().sort_values(ascending=False, kind="stable")
    shown = ranked.iloc[: n_drawn([*ranked], MOST_PORTFOLIOS)]
    label = edition.source.label("technique", name, language)
    rows = [
        [
            edition.source.short_label("portfolio", str(portfolio), language),
            number(n, language),
            number(given[str(portfolio)], language),
            share_cell(n, given[str(portfolio)], language),
        ]
        for portfolio, n in shown.items()
    ]
    others = choose(
        language,
        "Autres portefeuilles : {n}, avec {n_rows} de ces initiatives.",
        "Other portfolios: {n}, with {n_rows} of these initiatives.",
        n=number(len(ranked) - len(shown), language),
        n_rows=number(int(ranked.sum() - shown.sum()), language),
    )
    return captioned(
        "tab-technique",
        choose(
            language,
            "Initiatives portant la mention {label}, par portefeuille, {edition}",
            "Initiatives marked {label}, by portfolio, {edition}",
            label=quoted(label, language),
            edition=edition.called(language),
        ),
        [
            heading("portfolio", language),
            label,
            choose(language, "Technique donnée", "Technique given"),
            choose(language, "Part", "Share"),
        ],
        rows,
        edition,
        language,
        note=joined(others if len(ranked) > len(shown) else "", dash_note(rows, language)),
        bars=tuple(map(int, shown)),
    )
