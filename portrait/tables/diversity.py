"""Tables of the diversity of categories, by year and by portfolio."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.nothing import refuse_no_rows
from portrait.indicators import SMALLEST_GROUP, with_diversity
from portrait.language.agreement import noun_after
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import field_label, heading
from portrait.language.typography import DASH
from portrait.tables.table import MOST_PRINTED, Table, captioned, dash_note, joined, on_page, range_cell


def diversity(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the measures of diversity of each year, one row per measure.

    Parameters
    ----------
    table
        As `indicators.diversity` returns it, not grouped, for years with the same list of categories.
    """
    columns = [_column(row, language) for row in table.to_dict("records")]
    common = table["rarefied_to"].max()
    names = [
        choose(language, "Initiatives ayant une catégorie", "Initiatives with a category"),
        choose(
            language, "Initiatives sans catégorie de la liste", "Initiatives without a category of the list"
        ),
        choose(language, "Catégories déclarées", "Categories reported"),
        choose(language, "Entropie de Shannon (nats)", "Shannon entropy (nats)"),
        heading("effective_number_of_categories", language),
        choose(language, "Bornes du nombre effectif", "Bounds of the effective number"),
    ]
    if len(table) > 1 and pd.notna(common):
        names.append(_expected(common, language))
    rows = [[name, *(column[index] for column in columns)] for index, name in enumerate(names)]
    if not table["n_uncategorised"].any():  # bounds are then the number itself
        del rows[_BOUNDS]
    return captioned(
        "tab-diversity",
        choose(language, "Diversité des catégories", "Diversity of categories"),
        [heading("indicator", language), *(edition.brief(each, language) for each in table["year"])],
        rows,
        edition,
        language,
        rows_are_named=False,
        print_limit=0,
        print_notice=on_page(
            "tab-diversity",
            choose(
                language,
                "Les mesures de diversité sont dans la",
                "The measures of diversity are in the",
            ),
            language,
        ),
        note=dash_note(rows, language, _undefined(language)),
    )


_BOUNDS = 5
"""Row of the bounds."""


def _column(row: Mapping[Hashable, Any], language: str) -> list[str]:
    def measure(name: str, decimals: int = 1) -> str:
        return number(row[name], language, decimals=decimals) if pd.notna(row[name]) else DASH

    return [
        number(row["n_categorised"], language),
        number(row["n_uncategorised"], language),
        number(row["n_categories"], language),
        measure("shannon", 2),
        measure("effective_number"),
        range_cell(measure("lowest_effective_number"), measure("highest_effective_number"), language),
        measure("rarefied_categories"),
    ]


def diversity_by(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the diversity of each portfolio with enough categorised initiatives, most initiatives first.

    Parameters
    ----------
    table
        One year of `indicators.diversity` by ``portfolio_folded``.
    """
    shown = with_diversity(table).sort_values(["n_categorised", "portfolio_folded"], ascending=[False, True])
    refuse_no_rows(shown)
    rows = [
        [
            edition.source.short_label("portfolio", row["portfolio_folded"], language),
            number(row["n_categorised"], language),
            number(row["n_uncategorised"], language),
            number(row["n_categories"], language),
            number(row["effective_number"], language, decimals=1),
            range_cell(
                number(row["lowest_effective_number"], language, decimals=1),
                number(row["highest_effective_number"], language, decimals=1),
                language,
            ),
            number(row["rarefied_categories"], language, decimals=1),
        ]
        for _, row in shown.iterrows()
    ]
    return captioned(
        "tab-diversity-portfolio",
        choose(
            language,
            "Diversité des catégories par portefeuille, {edition}",
            "Diversity of categories by portfolio, {edition}",
            edition=edition.called(language),
        ),
        [
            field_label("portfolio", language),
            choose(language, "Ayant une catégorie", "With a category"),
            choose(language, "Sans", "Without"),
            choose(language, "Catégories", "Categories"),
            choose(language, "Nombre effectif", "Effective number"),
            heading("bounds", language),
            _expected(shown["rarefied_to"].max(), language),
        ],
        rows,
        edition,
        language,
        print_limit=MOST_PRINTED,
        print_notice=on_page(
            "tab-diversity-portfolio",
            edition.source.choose(
                language,
                "La diversité par portefeuille est dans la",
                "Diversity by portfolio is in the",
            ),
            language,
        ),
        note=joined(
            choose(
                language,
                "Bornes : selon ce que serait la catégorie des initiatives sans catégorie.",
                "Bounds: by what the category of the initiatives without one might be.",
            ),
            _left_out_note(len(table) - len(shown), language),
        ),
    )


def _expected(n: float, language: str) -> str:
    among = number(n, language)
    return choose(
        language,
        "Catégories attendues parmi {among} initiatives",
        "Categories expected among {among} initiatives",
        among=among,
    )


def _left_out_note(n: int, language: str) -> str:
    if not n:
        return ""
    absent = f"{number(n, language)} {noun_after(n, language, choose(language, 'portefeuille', 'portfolio'))}"
    return choose(
        language,
        "Hors du tableau, avec moins de {least} initiatives ayant une catégorie : {absent}.",
        "Absent, with fewer than {least} initiatives that have a category: {absent}.",
        least=SMALLEST_GROUP,
        absent=absent,
    )


def _undefined(language: str) -> str:
    return choose(
        language,
        "moins de {least} initiatives ayant une catégorie.",
        "fewer than {least} initiatives with a category.",
        least=SMALLEST_GROUP,
    )
