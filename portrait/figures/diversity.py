"""Figure of the diversity of categories by portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import MOST_ROWS, label_rows, left_to_the_table, rows_height, spoken, write_beside
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def diversity(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the effective number of categories of each portfolio, with its bounds, and the rarefied number.

    The bounds come from initiatives without a category; if there are none, only a dot is drawn. They are
    not confidence intervals, since a portfolio is not a sample.

    Parameters
    ----------
    table
        One year of `indicators.diversity` by ``portfolio_folded``, as `with_diversity` keeps it. The
        `MOST_ROWS` portfolios with most categorised initiatives are drawn.
    """
    shown = table.sort_values(["n_categorised", "portfolio_folded"], ascending=[False, True]).head(MOST_ROWS)
    shown = shown.sort_values(["effective_number", "portfolio_folded"], ascending=[False, True])
    names = [edition.source.short_label("portfolio", name, language) for name in shown["portfolio_folded"]]
    common = number(shown["rarefied_to"].iloc[0], language)
    titles = [
        heading("effective_number_of_categories", language),
        choose(language, f"Parmi {common} initiatives", f"Among {common} initiatives"),
    ]

    def draw(canvas: Canvas) -> None:
        left, right = canvas.subplots(1, 2, sharey=True, width_ratios=[3, 2])
        rows = range(len(shown))
        bounds = shown[["lowest_effective_number", "highest_effective_number"]]
        left.hlines(rows, *(bounds[column] for column in bounds), color=colours.MUTED, linewidth=5)
        _draw_dots(left, shown["effective_number"], bounds.max(axis="columns"), colours.ACCENT, language)
        _draw_dots(right, shown["rarefied_categories"], shown["rarefied_categories"], colours.INK, language)
        for axes, title in zip((left, right), titles, strict=True):
            axes.set_title(title, loc="left")
            label_rows(axes, names)
        right.tick_params(axis="y", labelleft=False)

    cells = [[_written(row[column], language) for column in _COLUMNS] for _, row in shown.iterrows()]
    between = choose(language, ", entre {} et {}", ", between {} and {}")
    texts = [
        f"{name}{colon(language)}{value}" + (between.format(low, high) if low != high else "")
        for name, (value, low, high, _) in zip(names, cells, strict=True)
    ]
    return drawn(
        Words(
            id="fig-diversity",
            caption=choose(
                language,
                f"Diversité des catégories par portefeuille, {edition.year}",
                f"Diversity of categories by portfolio, {edition.year}",
            ),
            alt=f"{titles[0]}. {spoken(texts, language)}",
            columns=[
                heading("portfolio", language),
                titles[0],
                heading("lower_bound", language),
                heading("upper_bound", language),
                titles[1],
            ],
            rows=[[name, *values] for name, values in zip(names, cells, strict=True)],
            note=_note(len(table) - len(shown), bool(shown["n_uncategorised"].any()), common, language),
        ),
        draw,
        height=0.75 + rows_height(names),
        edition=edition,
        language=language,
    )


_COLUMNS = ("effective_number", "lowest_effective_number", "highest_effective_number", "rarefied_categories")


def _written(value: float, language: str) -> str:
    return number(value, language, decimals=1)


def _draw_dots(axes: Axes, values: pd.Series, furthest: pd.Series, colour: str, language: str) -> None:
    """Draw one dot per row, with its value to the right of everything drawn in that row."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.scatter(values, range(len(values)), color=colour, s=36, zorder=3)
    for row, (value, end) in enumerate(zip(values, furthest, strict=True)):
        write_beside(axes, _written(value, language), max(value, end), row)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    axes.set_xlim(0, max(values.max(), furthest.max()) * 1.2)


def _note(n_left_out: int, has_bounds: bool, common: str, language: str) -> str:
    notes = [
        choose(
            language,
            f"À droite : nombre de catégories attendu parmi {common} initiatives de chaque portefeuille.",
            f"On the right: number of categories expected among {common} initiatives of each portfolio.",
        )
    ]
    if has_bounds:
        notes.insert(
            0,
            choose(
                language,
                "Barre : l’étendue possible, selon la catégorie des initiatives qui n’en ont pas.",
                "Bar: the possible range, depending on the category of initiatives that have none.",
            ),
        )
    if n_left_out:
        notes.append(left_to_the_table(n_left_out, language))
    return " ".join(notes)
