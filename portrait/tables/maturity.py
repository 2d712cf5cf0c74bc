"""Tables of statuses."""

from __future__ import annotations

from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.tables.table import Table, captioned, dash_note, joined, share_cell


def statuses(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each status by year, with a separate row for unknown statuses.

    Years whose statuses were published in other words have counts and no share.

    Parameters
    ----------
    table
        As `indicators.statuses` returns it.
    """
    years = sorted(table["year"].unique())
    counts = table.pivot(index="status", columns="year", values="n_initiatives")
    totals = counts.sum()
    has_share = {year: year in edition.comparable_status_years for year in years}

    def row(name: str, counts: Any) -> list[str]:
        cells = [name]
        for year in years:
            cells.append(number(counts[year], language))
            if has_share[year]:
                cells.append(share_cell(counts[year], totals[year], language))
        return cells

    rows = [
        row(edition.source.label("status", status, language), counts.loc[status])
        for status in STATUSES
        if counts.loc[status].any()
    ]
    rows.append(row(choose(language, "Total", "Total"), totals))
    share = choose(language, "Part du total", "Share of all")
    return captioned(
        "tab-status",
        choose(language, "Initiatives déclarées selon le statut", "Initiatives reported, by status"),
        [
            choose(language, "Statut", "Status"),
            *(
                name
                for year in years
                for name in (
                    edition.brief(year, language),
                    *([f"{share}, {edition.brief(year, language)}"] if has_share[year] else []),
                )
            ),
        ],
        rows,
        edition,
        language,
        total_row=len(rows) - 1,
        note=joined(
            notices.own_words_note(edition, language),
            notices.vocabulary_note(edition, language),
            notices.border_note((*edition.earlier, edition), language),
            dash_note(rows, language),
        ),
    )
