"""Figures of the share of initiatives in production."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import intervals
from portrait.figures.picture import Figure
from portrait.indicators import charted, unnamed_last
from portrait.language.agreement import enumeration, noun_after
from portrait.language.locales import choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number
from portrait.language.terms import heading


def maturity(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share in production of each year as a dot with its bounds.

    The dot leaves out initiatives of unknown status; the lower bound counts them all as not in
    production, the upper bound as in production. Not drawn: years with too few initiatives for a
    percentage, and earlier years whose statuses were published in another vocabulary.

    Parameters
    ----------
    table
        As `indicators.maturity` returns it, not grouped.
    """
    years = edition.comparable_status_years
    shown = charted(table[table["year"].isin(years)])
    return intervals(
        "fig-maturity",
        choose(
            language,
            "Part des initiatives déclarées en production, avec ses bornes",
            "Share of initiatives declared in production, with its bounds",
        ),
        heading("year", language),
        [str(year) for year in shown["year"]],
        shown,
        edition,
        language,
        note="" if years == edition.years else _words_changed(table, edition, language),
    )


def _words_changed(table: pd.DataFrame, edition: Edition, language: str) -> str:
    """Return the note on why earlier years are not drawn."""
    earlier = enumeration([str(year) for year in table["year"] if year != edition.year], language)
    return choose(
        language,
        f"La figure laisse de côté {earlier}, dont les statuts ont été publiés dans d’autres mots.",
        f"The figure leaves out {earlier}, whose statuses were published in other words.",
    )


def maturity_by(table: pd.DataFrame, group: str, edition: Edition, language: str) -> Figure:
    """Draw the share in production of each category or portfolio in one year, with its bounds.

    Groups with too few known statuses for a percentage are left out and counted in the note.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by `group`.
    group
        ``"category"`` or ``"portfolio_folded"``.
    """
    shown = unnamed_last(
        charted(table).sort_values(["production_share", group], ascending=[False, True]), group
    )
    french, english, name = {
        "category": ("catégorie", "category", "category"),
        "portfolio_folded": ("portefeuille", "portfolio", "portfolio"),
    }[group]
    n_left_out = len(table) - len(shown)
    note = (
        choose(
            language,
            f"La figure laisse de côté {number(n_left_out, language)} "
            f"{noun_after(n_left_out, language, french)}, de moins de {SMALLEST_DENOMINATOR} initiatives en "
            "production ou en développement.",
            f"The figure leaves out {number(n_left_out, language)} "
            f"{noun_after(n_left_out, language, english)}, with fewer than {SMALLEST_DENOMINATOR} "
            "initiatives in production or in development.",
        )
        if n_left_out
        else ""
    )
    return intervals(
        f"fig-maturity-{name}",
        choose(
            language,
            f"Part en production par {french}, avec ses bornes, {edition.year}",
            f"Share in production by {english}, with its bounds, {edition.year}",
        ),
        choose(language, french, english).capitalize(),
        [edition.source.short_label(group, value, language) for value in shown[group]],
        shown,
        edition,
        language,
        note=note,
    )
