"""Figures of announced benefits: the share of each theme, and combinations of themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.nothing import refuse_no_rows
from portrait.figures.forms import label_rows, rows_height, spoken, write_beside
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.locales import choose
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def benefit_themes(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share of initiatives that announce each theme as dots, the most announced first.

    The share is over the initiatives that state a benefit; one initiative may announce several themes.

    Parameters
    ----------
    table
        One year of `indicators.benefit_themes`, of enough initiatives for a percentage.
    """
    refuse_no_rows(table.dropna(subset="share"))
    names = [edition.source.short_label("theme", name, language) for name in table["theme"]]
    cells = [
        [number(count, language), percent(share, language, decimals=1)]
        for count, share in zip(table["n_initiatives"], table["share"], strict=True)
    ]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = range(len(names))
        axes.hlines(rows, 0, table["share"], color=colours.RULE, linewidth=1)
        axes.scatter(table["share"], rows, color=colours.ACCENT, s=34, zorder=3, clip_on=False)
        for row, share in enumerate(table["share"]):
            write_beside(axes, percent(share, language), share, row)
        label_rows(axes, names)
        _share_axis(axes, table["share"].max(), language)
        axes.set_xlabel(
            choose(
                language,
                "Part des initiatives qui énoncent un bénéfice",
                "Share of the initiatives that state a benefit",
            )
        )

    return drawn(
        Words(
            "fig-benefits",
            choose(
                language,
                f"Thèmes des bénéfices annoncés, {edition.year}",
                f"Themes of announced benefits, {edition.year}",
            ),
            spoken(
                [f"{name}{colon(language)}{share}" for name, (_, share) in zip(names, cells, strict=True)],
                language,
            ),
            [
                heading("theme", language),
                heading("initiatives", language),
                heading("share", language),
            ],
            [[name, *values] for name, values in zip(names, cells, strict=True)],
            choose(
                language,
                "Une initiative peut annoncer plusieurs thèmes : les parts ne s’additionnent pas.",
                "An initiative may announce several themes: the shares do not add up.",
            ),
        ),
        draw,
        height=0.75 + rows_height(names),
        edition=edition,
        language=language,
    )


def _share_axis(axes: Axes, largest: float, language: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_xlim(0, max(largest * 1.1, 0.05))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))
