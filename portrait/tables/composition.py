"""Tables of initiatives by category and by portfolio."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators import unnamed_last
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.terms import field_label, heading
from portrait.language.text import normalise
from portrait.registers.source import UNCLASSIFIED, UNKNOWN
from portrait.tables.table import (
    DASH,
    Table,
    captioned,
    dash_note,
    joined,
    share_cell,
)


def categories(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each category, and those of the previous year if `table` has it.

    Otherwise each has its share of those with a category too, if some have none: texts compare those alone.

    Parameters
    ----------
    table
        As `indicators.change` returns it, or one year of `indicators.categories`.
    """
    return _counted(
        table,
        "category",
        "tab-categories",
        choose(language, "Initiatives déclarées par catégorie", "Initiatives reported by category"),
        edition,
        language,
    )


def portfolios(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each portfolio with its network, and the previous year if `table` has it.

    Parameters
    ----------
    table
        As `indicators.change` returns it on folded portfolios, or one year of `indicators.portfolios`.
    """
    return _counted(
        table,
        "portfolio",
        "tab-portfolios",
        choose(language, "Initiatives déclarées par portefeuille", "Initiatives reported by portfolio"),
        edition,
        language,
        note=notices.network_note(edition, language),
    )


def networks(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the portfolios that a year splits from their network, one row per published label.

    Parameters
    ----------
    table
        As `indicators.portfolios` returns it, not folded, for all available years.
    """
    rows_of = edition.all_initiatives[["portfolio", "portfolio_folded"]].drop_duplicates()
    parents = dict(zip(rows_of["portfolio"], rows_of["portfolio_folded"], strict=True))
    counts = table.pivot(index="portfolio", columns="year", values="n_initiatives")
    labels = sorted(
        (name for name in counts.index if parents[name] in edition.split_portfolios),
        key=lambda name: (normalise(parents[name]), normalise(name)),
    )
    years = list(edition.years)
    rows = [
        [
            edition.source.label("portfolio", name, language),
            *(
                DASH if pd.isna(counts.loc[name].get(year)) else number(counts.loc[name].get(year), language)
                for year in years
            ),
        ]
        for name in labels
    ]
    return captioned(
        "tab-networks",
        choose(
            language,
            "Portefeuilles dont le réseau est publié à part",
            "Portfolios whose network is published apart",
        ),
        [
            choose(language, "Libellé publié", "Label as published"),
            *(edition.brief(each, language) for each in years),
        ],
        rows,
        edition,
        language,
        note=choose(
            language,
            "{dash} : cette année-là ne porte pas ce libellé.",
            "{dash}: that year does not bear this label.",
            dash=DASH,
        ),
    )


def _both_names(group: str, value: str, edition: Edition, language: str) -> str:
    """Return a label, then the short one of texts and figures where it is not part of it."""
    label, short = (of(group, value, language) for of in (edition.source.label, edition.source.short_label))
    return label if short.removesuffix("…") in label else f"{label} ({short})"


def _counted(
    table: pd.DataFrame,
    group: str,
    identifier: str,
    caption: str,
    edition: Edition,
    language: str,
    note: str = "",
) -> Table:
    first = field_label(group, language)
    table = unnamed_last(table, group)
    share = heading("share_of_all", language)
    total = table["n_initiatives"].sum()
    names = [_both_names(group, name, edition, language) for name in table[group]]
    now = [[number(count, language), share_cell(count, total, language)] for count in table["n_initiatives"]]
    is_named = ~table[group].isin(["", UNKNOWN, UNCLASSIFIED])
    meaning = ""
    if "n_previous" not in table:
        columns = [first, edition.called(language), share]
        rows = [[name, *cells] for name, cells in zip(names, now, strict=True)]
        if group == "category" and not is_named.all():
            columns.append(choose(language, "Part des classées", "Share of classified"))
            classified = table.loc[is_named, "n_initiatives"].sum()
            meaning = choose(language, "sans catégorie.", "without a category.")
            for row, n, is_one in zip(rows, table["n_initiatives"], is_named, strict=True):
                row.append(share_cell(n, classified, language) if is_one else DASH)
    else:
        change = heading("change", language)
        both = [edition.brief(each, language) for each in edition.years[-2:]]
        columns = [
            first,
            *both,
            change,
            f"{share} {both[-1]}",
        ]
        rows = [
            [name, number(before, language), cells[0], signed(change_of_row, language), cells[1]]
            for name, before, change_of_row, cells in zip(
                names, table["n_previous"], table["change"], now, strict=True
            )
        ]
    return captioned(
        identifier,
        caption,
        columns,
        rows,
        edition,
        language,
        note=joined(note, dash_note(rows, language, meaning)),
        bars=tuple(map(int, table["n_initiatives"])),
        n_hollow=int((~is_named).sum()),
    )
