"""Tables of portfolios and categories."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.language.agreement import enumeration
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.terms import field_label
from portrait.tables.table import MOST_PRINTED, MOST_WHOLE, Table, captioned, joined, on_page

MOST_CATEGORIES = 3
"""Greatest number of categories named in the row of a portfolio."""


def associations(pairs: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the pairs of a portfolio and a category reported more than expected, in the given order.

    Parameters
    ----------
    pairs
        Rows of `indicators.retained` whose residual is above 0.
    """
    rows = [
        [
            edition.source.short_label("portfolio", row["portfolio"], language),
            edition.source.label("category", row["category"], language),
            number(row["n_initiatives"], language),
            number(row["expected"], language, decimals=1),
            signed(row["residual"], language, decimals=1),
        ]
        for _, row in pairs.iterrows()
    ]
    return captioned(
        "tab-associations",
        choose(
            language,
            "Paires déclarées plus que l’effectif attendu, {edition}",
            "Pairs reported more than expected, {edition}",
            edition=edition.called(language),
        ),
        [
            field_label("portfolio", language),
            field_label("category", language),
            "Initiatives",
            choose(language, "Effectif attendu", "Expected count"),
            choose(language, "Résidu ajusté", "Adjusted residual"),
        ],
        rows,
        edition,
        language,
        text_columns=2,
        print_limit=MOST_PRINTED,
        print_notice=on_page(
            "tab-associations",
            choose(
                language,
                "Les {n} paires au-dessus de leur effectif attendu, avec leur résidu, sont dans la",
                "All {n} pairs above their expected count, with their residuals, are in the",
                n=number(len(rows), language),
            ),
            language,
        ),
    )


def profiles(counts: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the categories that each portfolio reports most, including small portfolios.

    Parameters
    ----------
    counts
        As `indicators.cross_table` returns it.
    """
    rows = [
        [
            edition.source.short_label("portfolio", str(portfolio), language),
            _most_declared(of_portfolio[of_portfolio > 0], edition, language),
            number(of_portfolio.sum(), language),
        ]
        for portfolio, of_portfolio in counts.iterrows()
    ]
    named = choose(
        language,
        "Ne sont comptées que les initiatives d’une catégorie de la liste.",
        "Only initiatives that have a category of the list are counted.",
    )
    return captioned(
        "tab-profiles",
        choose(
            language,
            "Catégories les plus déclarées par chaque portefeuille, {edition}",
            "Categories that each portfolio reports most, {edition}",
            edition=edition.called(language),
        ),
        [
            field_label("portfolio", language),
            choose(language, "Catégories les plus déclarées", "Categories reported most"),
            "Initiatives",
        ],
        rows,
        edition,
        language,
        note=joined(notices.network_note(edition, language), named),
        text_columns=2,
        print_limit=MOST_WHOLE,
        print_notice=on_page(
            "tab-profiles",
            edition.source.choose(
                language,
                "Les catégories des {n} portefeuilles sont dans la",
                "The categories of all {n} portfolios are in the",
                n=number(len(rows), language),
            ),
            language,
        ),
    )


def _most_declared(counts: pd.Series, edition: Edition, language: str) -> str:
    """Return the categories with most initiatives, and how many are tied if too many are."""
    ranked = counts.sort_values(ascending=False, kind="stable")
    last = ranked.iloc[min(MOST_CATEGORIES, len(ranked)) - 1]
    chosen = ranked[ranked >= last]
    is_long = len(chosen) > MOST_CATEGORIES
    named = [
        f"{edition.source.short_label('category', str(name), language)} ({number(count, language)})"
        for name, count in (chosen[chosen > last] if is_long else chosen).items()
    ]
    if is_long:
        n_tied, each = number((chosen == last).sum(), language), number(last, language)
        others = choose(language, "autres ", "others ") if named else ""
        tied = choose(language, "à égalité ({each} chacune)", "tied ({each} each)", each=each)
        named.append(f"{n_tied} {others}{tied}")
    return enumeration(named, language)
