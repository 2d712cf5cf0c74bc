"""Tables of the editions at hand: their dates and rows, and what they declare."""

from __future__ import annotations

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.language.dates import date
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import heading, headings
from portrait.language.typography import DASH
from portrait.registers.source import UNKNOWN
from portrait.tables.table import Table, captioned, dash_note, joined, share_cell


def scope(edition: Edition, language: str) -> Table:
    """Return the dates of each edition, and its numbers of rows read, initiatives and rows set aside.

    A date that no edition has is left out. Where all rows are reconstructed, none was read or set aside: they
    have one number.
    """
    editions = (*edition.earlier, edition)
    reconstructed = all(each.reconstructed for each in editions)
    rows_of = ("rows_reconstructed",) if reconstructed else ("rows_read", "initiatives", "rows_set_aside")
    words = headings(
        ("collection", "collection_clarified", "first_publication", "last_update", *rows_of), language
    )
    columns = []
    for each in editions:
        dates = each.source.dates(each.year)
        columns.append(
            (
                *(
                    date(moment, language) if moment else DASH
                    for moment in (dates.collected, dates.made_precise, dates.published, dates.modified)
                ),
                number(each.file.n_rows, language),
                number(len(each.initiatives), language),
                number(len(each.quarantine), language),
            )
        )
    rows = [[word, *(column[position] for column in columns)] for position, word in enumerate(words)]
    rows = [row for row in rows if set(row[1:]) != {DASH}]
    has_dash = any(DASH in row for row in rows)
    return captioned(
        "tab-scope",
        choose(language, "Dates et lignes de chaque édition", "Dates and rows of each edition"),
        [heading("item", language), *(edition.brief(each.year, language) for each in editions)],
        rows,
        edition,
        language,
        rows_are_named=False,
        note=choose(language, "{dash} : date non publiée.", "{dash}: date not published.", dash=DASH)
        if has_dash
        else "",
    )


def editions(edition: Edition, language: str) -> Table:
    """Return what each edition at hand declares: initiatives, portfolios and the share in production.

    Portfolios are counted where the file names any, with their networks; the share stands only in editions
    whose statuses compare with those of the last one, and is that of the initiatives in production or in
    development.
    """
    rows, comparable = [], edition.comparable_status_years
    for each in (*edition.earlier, edition):
        status = indicators.maturity(each.initiatives).iloc[0]
        compares = each.year in comparable and each.gives("status")
        known = status["n_production"] + status["n_development"] if compares else 0
        named = each.initiatives.loc[each.initiatives["portfolio_folded"] != UNKNOWN, "portfolio_folded"]
        rows.append(
            [
                edition.brief(each.year, language),
                number(len(each.initiatives), language),
                number(named.nunique(), language) if each.gives("portfolio") else DASH,
                share_cell(status["n_production"], known, language),
            ]
        )
    return captioned(
        "tab-editions",
        choose(language, "Ce que déclare chaque édition", "What each edition reports"),
        headings(("edition", "initiatives", "portfolios", "share_in_production"), language),
        rows,
        edition,
        language,
        note=joined(
            notices.border_note((*edition.earlier, edition), language),
            dash_note(
                rows,
                language,
                choose(
                    language,
                    "non publié, dit en d’autres mots, ou dénominateur trop petit",
                    "not published, said in other words, or denominator too small",
                ),
            ),
        ),
    )
