"""Tables of statuses and of the share in production."""

from __future__ import annotations

from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators import unnamed_last
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import field_label, heading
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
    rows.append(row("Total", totals))
    share = heading("share", language)
    return captioned(
        "tab-status",
        choose(language, "Initiatives déclarées selon le statut", "Initiatives declared, by status"),
        [
            choose(language, "Statut", "Status"),
            *(
                name
                for year in years
                for name in (str(year), *([f"{share} {year}"] if has_share[year] else []))
            ),
        ],
        rows,
        edition,
        language,
        note=joined(
            notices.vocabulary_note(edition, language),
            notices.border_note((*edition.earlier, edition), language),
            dash_note(rows, language),
        ),
    )


def maturity_by(table: pd.DataFrame, group: str, edition: Edition, language: str) -> Table:
    """Return the initiatives of each category or portfolio by status, and the share in production.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by `group`.
    """
    source = edition.source
    shown = [status for status in STATUSES if table[f"n_{status}"].any()]
    ordered = unnamed_last(table.sort_values(["n_initiatives", group], ascending=[False, True]), group)
    rows = [
        [
            source.label(group, row[group], language),
            *(number(row[f"n_{status}"], language) for status in shown),
            share_cell(row["n_production"], row["n_production"] + row["n_development"], language),
        ]
        for _, row in ordered.iterrows()
    ]
    field = group.removesuffix("_folded")
    what = field_label(field, language)
    return captioned(
        f"tab-maturity-{field}",
        choose(
            language,
            f"Statut des initiatives par {what.lower()}, {edition.year}",
            f"Status of initiatives by {what.lower()}, {edition.year}",
        ),
        [
            what,
            *(source.label("status", status, language) for status in shown),
            heading("share_in_production", language),
        ],
        rows,
        edition,
        language,
        note=joined(notices.border_note([edition], language), dash_note(rows, language)),
    )
