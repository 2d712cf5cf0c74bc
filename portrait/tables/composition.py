"""Tables of initiatives by portfolio."""

from __future__ import annotations

from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators import unnamed_last
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.periods import told
from portrait.language.terms import field_label, heading
from portrait.language.text import normalise
from portrait.language.typography import DASH
from portrait.registers.source import NAMELESS
from portrait.tables.table import (
    MOST_WHOLE,
    Table,
    captioned,
    dash_note,
    joined,
    on_page,
    share_cell,
)


def portfolios(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each portfolio with its network, and the previous year if `table` has it.

    Where it is long, print names those that no longer declare any in the note, not as rows of zeros.

    Parameters
    ----------
    table
        As `indicators.change` returns it on folded portfolios, or one year of `indicators.portfolios`.
    """
    table = unnamed_last(table, "portfolio")
    share = heading("share_of_all", language)
    total = table["n_initiatives"].sum()
    names = [_both_names(name, edition, language) for name in table["portfolio"]]
    now = [[number(count, language), share_cell(count, total, language)] for count in table["n_initiatives"]]
    if "n_previous" not in table:
        columns, bars = [edition.called(language), share], ""
        rows = [[name, *cells] for name, cells in zip(names, now, strict=True)]
    else:
        both = [edition.brief(each, language) for each in edition.years[-2:]]
        columns = [*both, heading("change", language), f"{share} {both[-1]}"]
        bars = choose(language, "Barres\u00a0: {now}.", "Bars: {now}.", now=both[-1])
        rows = [
            [name, number(before, language), count, signed(change, language), part]
            for name, before, change, (count, part) in zip(
                names, table["n_previous"], table["change"], now, strict=True
            )
        ]
    note = joined(bars, notices.network_note(edition, language), dash_note(rows, language))
    return captioned(
        "tab-portfolios",
        choose(language, "Initiatives déclarées par portefeuille", "Initiatives reported by portfolio"),
        [field_label("portfolio", language), *columns],
        rows,
        edition,
        language,
        note=note,
        bars=tuple(map(int, table["n_initiatives"])),
        n_hollow=int(table["portfolio"].isin(NAMELESS).sum()),
        print_rest=_without_the_gone(table, note, edition, language),
    )


def _without_the_gone(
    table: pd.DataFrame, note: str, edition: Edition, language: str
) -> dict[str, Any] | None:
    """Return which rows print has, those with an initiative, and its note, which names the others."""
    declares = (table["n_initiatives"] > 0).tolist()
    if "n_previous" not in table or len(table) <= MOST_WHOLE or all(declares) or not any(declares):
        return None
    before, now = edition.years[-2:]
    gone = [
        f"{edition.source.short_label('portfolio', name, language)} ({number(n, language)})"
        for name, n, is_there in zip(table["portfolio"], table["n_previous"], declares, strict=True)
        if not is_there
    ]
    said = choose(
        language,
        "Lignes imprimées : celles d’au moins une initiative {in_now}; les {n} sont dans la",
        "Rows in print: those with an initiative {in_now}; all {n} are in the",
        in_now=told(choose(language, "en", "in"), now, language),
        n=number(len(table), language),
    )
    named = choose(
        language,
        "Aucune initiative {in_now} (entre parenthèses, leur nombre {in_before})\u00a0: {gone}.",
        "No initiative {in_now} (in parentheses, their number {in_before}): {gone}.",
        in_now=told(choose(language, "en", "in"), now, language),
        in_before=told(choose(language, "en", "in"), before, language),
        gone=", ".join(gone),
    )
    own = edition.source.in_its_nouns
    return {
        "after": sum(declares),
        "order": sorted(range(len(table)), key=lambda row: not declares[row]),
        "note": joined(own(note, language), own(named, language)),
        **on_page("tab-portfolios", own(said, language), language),
    }


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
            "{dash} : libellé absent de cette édition.",
            "{dash}: label absent from that edition.",
            dash=DASH,
        ),
    )


def _both_names(value: str, edition: Edition, language: str) -> str:
    """Return a label, then the short one of texts and figures where it is not part of it."""
    of = edition.source.label, edition.source.short_label
    label, short = (each("portfolio", value, language) for each in of)
    return label if short.removesuffix("…") in label else f"{label} ({short})"
