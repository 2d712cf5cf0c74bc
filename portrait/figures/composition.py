"""Figures of initiatives by category and by portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import MOST_ROWS, dots, left_to_the_table, spoken, wrapped
from portrait.figures.picture import Figure, Words, drawn
from portrait.indicators import unnamed_last
from portrait.language.agreement import enumeration, points
from portrait.language.locales import choose
from portrait.language.numbers import percent
from portrait.language.terms import heading
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def categories(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the categories of one year as dots, most initiatives first, initiatives without a category last.

    Parameters
    ----------
    table
        One year of `indicators.categories`.
    """
    shown = unnamed_last(table, "category")
    return dots(
        "fig-categories",
        choose(
            language,
            f"Initiatives déclarées par catégorie, {edition.year}",
            f"Initiatives declared by category, {edition.year}",
        ),
        heading("category", language),
        [edition.source.short_label("category", name, language) for name in shown["category"]],
        shown["n_initiatives"],
        None,
        edition,
        language,
    )


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
            f"Initiatives declared by portfolio, {when}",
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


def category_shares(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share of each category in two years as a slope.

    A slope shows how the *mix* changed: a share can fall while its category grows.

    Parameters
    ----------
    table
        As `indicators.change` returns it on categories of one vocabulary.
    """
    names = [edition.source.short_label("category", name, language) for name in table["category"]]
    years = [str(year) for year in edition.years[-2:]]
    cells = [
        [
            percent(before, language, decimals=1),
            percent(after, language, decimals=1),
            points(change, language, decimals=1),
        ]
        for before, after, change in zip(
            table["share_previous"], table["share"], table["change_points"], strict=True
        )
    ]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        labels = [
            f"{after}\u00a0 {wrapped(name, 60)}" for name, (_, after, _) in zip(names, cells, strict=True)
        ]
        _draw_slopes(axes, table, [before for before, _, _ in cells], labels)
        axes.set_xticks([0, 1], years)

    moved = choose(language, "{} : de {} à {}", "{}: from {} to {}")
    texts = [moved.format(name, before, after) for name, (before, after, _) in zip(names, cells, strict=True)]
    return drawn(
        Words(
            "fig-category-shares",
            choose(
                language,
                f"Part de chaque catégorie dans les initiatives déclarées, {years[0]} et {years[1]}",
                f"Share of each category in the initiatives declared, {years[0]} and {years[1]}",
            ),
            spoken(texts, language),
            [heading("category", language), *years, heading("change", language)],
            [[name, *values] for name, values in zip(names, cells, strict=True)],
            choose(
                language,
                "En rouille, les parts en hausse; en encre, les autres.",
                "In rust, the shares that rose; in ink, the others.",
            ),
        ),
        draw,
        height=1.1 + 0.33 * len(table),
        edition=edition,
        language=language,
    )


def _draw_slopes(axes: Axes, table: pd.DataFrame, left_labels: list[str], right_labels: list[str]) -> None:
    """Draw each slope, with a thin line to each label; labels are moved apart where they would overlap."""
    before, after = (list(table[column]) for column in ("share_previous", "share"))
    gap = max(before + after) / 0.95 / (2.4 * len(table))
    left, right = spread(before, gap), spread(after, gap)
    for row, (first, last) in enumerate(zip(before, after, strict=True)):
        colour = colours.ACCENT if last > first else colours.INK
        axes.plot([0, 1], [first, last], color=colour, marker="o", markersize=4, linewidth=1.4)
        axes.plot([-0.1, -0.02], [left[row], first], color=colours.RULE, linewidth=0.7)
        axes.plot([1.02, 1.1], [last, right[row]], color=colours.RULE, linewidth=0.7)
        axes.text(-0.12, left[row], left_labels[row], ha="right", va="center", color=colour)
        axes.text(1.12, right[row], right_labels[row], ha="left", va="center", color=colour)
    axes.set_xlim(-0.45, 3.6)
    axes.set_yticks([])
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def spread(values: list[float], gap: float) -> list[float]:
    """Return positions for labels, at least a gap apart and otherwise as near their values as possible.

    Labels that would overlap are spaced evenly around the mean of their values.
    """
    order = sorted(range(len(values)), key=lambda index: values[index])
    groups: list[list[int]] = []
    for index in order:
        groups.append([index])
        while len(groups) > 1 and _top(groups[-2], values, gap) + gap > _bottom(groups[-1], values, gap):
            groups[-2:] = [groups[-2] + groups[-1]]
    places = {
        index: _bottom(group, values, gap) + gap * rank
        for group in groups
        for rank, index in enumerate(group)
    }
    return [places[index] for index in range(len(values))]


def _bottom(group: list[int], values: list[float], gap: float) -> float:
    return sum(values[index] for index in group) / len(group) - gap * (len(group) - 1) / 2


def _top(group: list[int], values: list[float], gap: float) -> float:
    return _bottom(group, values, gap) + gap * (len(group) - 1)
