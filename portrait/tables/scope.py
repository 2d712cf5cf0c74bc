"""Table of the dates and rows of each edition."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import heading, headings
from portrait.tables.table import DASH, Table, captioned


def scope(edition: Edition, language: str) -> Table:
    """Return the dates of each edition, and its numbers of rows read, initiatives and rows set aside."""
    words = headings(
        (
            "collection",
            "collection_clarified",
            "first_publication",
            "last_update",
            "rows_read",
            "initiatives",
            "rows_set_aside",
        ),
        language,
    )
    editions = (*edition.earlier, edition)
    columns = []
    for each in editions:
        dates = each.source.dates(each.year)
        columns.append(
            (
                dates.collected or DASH,
                dates.made_precise or DASH,
                dates.published or DASH,
                dates.modified or DASH,
                number(each.file.n_rows, language),
                number(len(each.initiatives), language),
                number(len(each.quarantine), language),
            )
        )
    rows = [[word, *(column[position] for column in columns)] for position, word in enumerate(words)]
    has_dash = any(DASH in row for row in rows)
    return captioned(
        "tab-scope",
        choose(language, "Dates et lignes de chaque édition", "Dates and rows of each edition"),
        [heading("item", language), *(each.called(language) for each in editions)],
        rows,
        edition,
        language,
        note=choose(language, f"{DASH} : date non publiée.", f"{DASH}: date not published.")
        if has_dash
        else "",
    )
