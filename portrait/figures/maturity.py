"""Figures of the share of initiatives in production."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import intervals
from portrait.figures.picture import Figure
from portrait.indicators import charted, unnamed_last
from portrait.language.agreement import noun_after
from portrait.language.locales import choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number


def maturity_by_portfolio(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share in production of each portfolio in one year, with its bounds.

    Portfolios with too few known statuses for a percentage are left out and counted in the note.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by ``"portfolio_folded"``.
    """
    group = "portfolio_folded"
    shown = unnamed_last(
        charted(table).sort_values(["production_share", group], ascending=[False, True]), group
    )
    n_left_out = len(table) - len(shown)
    note = (
        choose(
            language,
            f"La figure laisse de côté {number(n_left_out, language)} "
            f"{noun_after(n_left_out, language, 'portefeuille')}, de moins de {SMALLEST_DENOMINATOR} "
            "initiatives en production ou en développement.",
            f"The figure leaves out {number(n_left_out, language)} "
            f"{noun_after(n_left_out, language, 'portfolio')}, with fewer than {SMALLEST_DENOMINATOR} "
            "initiatives in production or in development.",
        )
        if n_left_out
        else ""
    )
    return intervals(
        "fig-maturity-portfolio",
        choose(
            language,
            f"Part en production par portefeuille, avec ses bornes, {edition.year}",
            f"Share in production by portfolio, with its bounds, {edition.year}",
        ),
        choose(language, "Portefeuille", "Portfolio"),
        [edition.source.short_label(group, value, language) for value in shown[group]],
        shown,
        edition,
        language,
        note=" ".join(filter(None, (note, notices.border_note((edition,), language)))),
    )
