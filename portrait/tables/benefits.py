"""Tables of announced benefits."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.language.locales import as_recorded, choose
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.tables.table import Table, captioned, dash_note, joined, share_cell


def benefit_themes(table: pd.DataFrame, n_uncoded: int, edition: Edition, language: str) -> Table:
    """Return the themes with their definitions, most announced first, then the texts that match none.

    Parameters
    ----------
    table
        One year of `indicators.benefit_themes`.
    n_uncoded
        Number of initiatives that state a benefit but match no theme.
    """
    n_stated = int(table["n_stated"].iloc[0]) if len(table) else 0
    definitions = {each.name: as_recorded(each.definitions, language) for each in edition.themes}
    rows = [
        [
            edition.source.label("theme", name, language),
            number(count, language),
            share_cell(count, n_stated, language),
            definitions[name],
        ]
        for name, count in zip(table["theme"], table["n_initiatives"], strict=True)
    ]
    rows.append(
        [
            choose(language, "Aucun de ces thèmes", "None of these themes"),
            number(n_uncoded, language),
            share_cell(n_uncoded, n_stated, language),
            choose(
                language,
                "Aucun mot cherché ne se trouve dans le texte.",
                "No word looked for is found in the text.",
            ),
        ]
    )
    shown = captioned(
        "tab-benefits",
        choose(
            language,
            "Bénéfices annoncés, par thème, {edition}",
            "Stated benefits, by theme, {edition}",
            edition=edition.called(language),
        ),
        [
            heading("theme", language),
            heading("initiatives", language),
            heading("share", language),
            choose(language, "Ce qu’il réunit", "What it holds"),
        ],
        rows,
        edition,
        language,
        note=joined(
            choose(
                language,
                "Part des initiatives qui énoncent un bénéfice; une initiative peut avoir plusieurs thèmes.",
                "Share of the initiatives that state a benefit; an initiative may have several themes.",
            ),
            dash_note(rows, language),
        ),
        bars=(*map(int, table["n_initiatives"]), n_uncoded),
        n_hollow=1,
    )
    return replace(shown, align=("l", "r", "r", "l"))
