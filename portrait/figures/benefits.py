"""Figures of announced benefits: the share of each theme, and combinations of themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.nothing import refuse_no_rows
from portrait.figures.forms import ROW, label_rows, rows_height, spoken, write_beside
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


def benefit_combinations(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the commonest combinations as an UpSet plot: a bar for each, and its themes below it.

    After Lex and others, "UpSet: Visualization of Intersecting Sets", *IEEE Transactions on
    Visualization and Computer Graphics* 20(12), 2014. An initiative is counted only in the bar of exactly
    its themes.

    Parameters
    ----------
    table
        One year of `indicators.benefit_combinations`, at most `indicators.MOST_COMBINATIONS` rows.
    """
    combinations = list(table["themes"])
    in_order = [each.name for each in edition.themes if any(each.name in found for found in combinations)]
    names = [edition.source.short_label("theme", name, language) for name in in_order]
    labels = [
        " + ".join(edition.source.short_label("theme", name, language) for name in found)
        for found in combinations
    ]
    counts = [number(count, language) for count in table["n_initiatives"]]

    def draw(canvas: Canvas) -> None:
        bars, matrix = canvas.subplots(
            2, 1, sharex=True, gridspec_kw={"height_ratios": [1.0, ROW * len(names)], "hspace": 0.02}
        )
        places = range(len(combinations))
        bars.bar(places, table["n_initiatives"], color=colours.ACCENT, width=0.5)
        for place, count in enumerate(counts):
            bars.annotate(
                count,
                (place, table["n_initiatives"].iloc[place]),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
            )
        bars.set_yticks([])
        bars.set_ylabel("Initiatives")
        bars.spines["left"].set_visible(False)
        bars.margins(y=0.15)
        _draw_matrix(matrix, [[in_order.index(name) for name in found] for found in combinations], len(names))
        label_rows(matrix, names)
        bars.tick_params(axis="x", bottom=False)

    return drawn(
        Words(
            "fig-benefit-combinations",
            choose(
                language,
                f"Combinaisons de thèmes les plus annoncées, {edition.year}",
                f"Combinations of themes announced most, {edition.year}",
            ),
            spoken(
                [f"{name}{colon(language)}{count}" for name, count in zip(labels, counts, strict=True)],
                language,
            ),
            [choose(language, "Thèmes", "Themes"), heading("initiatives", language)],
            [[name, count] for name, count in zip(labels, counts, strict=True)],
            choose(
                language,
                "Chaque barre compte les initiatives qui annoncent exactement les thèmes marqués sous elle.",
                "Each bar counts the initiatives that announce exactly the themes marked below it.",
            ),
        ),
        draw,
        height=1.35 + ROW * len(names),
        edition=edition,
        language=language,
    )


def _draw_matrix(axes: Axes, combinations: list[list[int]], n_rows: int) -> None:
    """Draw the themes of each combination as dots joined by a line, the other themes as pale dots."""
    for place, rows in enumerate(combinations):
        axes.scatter([place] * n_rows, range(n_rows), color=colours.RULE, s=18, zorder=1)
        axes.vlines(place, min(rows), max(rows), color=colours.INK, linewidth=1.6, zorder=2)
        axes.scatter([place] * len(rows), rows, color=colours.INK, s=34, zorder=3)
    axes.set_xticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
