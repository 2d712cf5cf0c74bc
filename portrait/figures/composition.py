"""Figure of initiatives by portfolio."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import MOST_ROWS, dots, left_to_the_table
from portrait.figures.picture import Figure
from portrait.indicators import unnamed_last
from portrait.language.agreement import enumeration
from portrait.language.locales import choose
from portrait.language.terms import heading


def portfolios(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the portfolios of a year as dots, most initiatives first, with the previous year if given.

    A portfolio whose network has a separate label in one of the years is counted with its network, and
    marked. Without the network, its number of initiatives would seem to drop.

    Parameters
    ----------
    table
        As `indicators.change` returns it on folded portfolios, or one year of `indicators.portfolios`.
    """
    shown = unnamed_last(table, "portfolio").head(MOST_ROWS)
    split = set(edition.split_portfolios)
    notes = []
    if split & set(shown["portfolio"]):
        notes.append(
            choose(
                language,
                "† Portefeuille que l’une des années sépare de son réseau; il est compté ici avec lui.",
                "† Portfolio that one of the years splits from its network; counted here with it.",
            )
        )
    if n_left_out := len(table) - len(shown):
        notes.append(left_to_the_table(n_left_out, language))
    years = enumeration([str(year) for year in edition.years[-2:]], language)
    when = years if "n_previous" in shown else str(edition.year)
    return dots(
        "fig-portfolios",
        choose(
            language,
            f"Initiatives déclarées par portefeuille, {when}",
            f"Initiatives reported by portfolio, {when}",
        ),
        heading("portfolio", language),
        [
            edition.source.short_label("portfolio", name, language) + (" †" if name in split else "")
            for name in shown["portfolio"]
        ],
        shown["n_initiatives"],
        shown.get("n_previous"),
        edition,
        language,
        note=" ".join(notes),
    )
