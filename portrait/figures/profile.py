"""Figures of one portfolio: its rank among all, and its categories compared with those of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import (
    count_axis,
    label_rows,
    rows_height,
    spoken,
    write_beside,
)
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.locales import choose
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.registers.source import UNCLASSIFIED, UNKNOWN
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas


MOST_NEIGHBOURS = 7
"""Number of portfolios that a profile draws, including its own; they take a quarter of a page."""
MOST_CATEGORIES = 5
"""Most categories that a profile draws."""


def profile_place(counts: dict[str, int], portfolio: str, edition: Edition, language: str) -> Figure:
    """Draw a portfolio among the nearest ones by number of initiatives, with its own dot in rust.

    Parameters
    ----------
    counts
        Initiatives by portfolio, most first, as `indicators.named_counts` returns them.
    """
    ranked = list(counts)
    first = min(max(0, ranked.index(portfolio) - MOST_NEIGHBOURS // 2), max(0, len(ranked) - MOST_NEIGHBOURS))
    shown = ranked[first : first + MOST_NEIGHBOURS]
    names = [edition.source.short_label("portfolio", name, language) for name in shown]
    values = [counts[name] for name in shown]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = range(len(shown))
        shades = [colours.ACCENT if name == portfolio else colours.INK for name in shown]
        axes.hlines(rows, 0, values, color=colours.RULE, linewidth=1)
        axes.scatter(values, rows, color=shades, s=34, zorder=3)
        for row, value in enumerate(values):
            write_beside(axes, number(value, language), value, row)
        label_rows(axes, names)
        axes.get_yticklabels()[shown.index(portfolio)].set(color=colours.ACCENT, fontweight="bold")
        count_axis(axes, language, right=max(values) * 1.08)
        axes.set_xlabel(heading("number_of_initiatives_declared", language))

    texts = [f"{name}{colon(language)}{number(n, language)}" for name, n in zip(names, values, strict=True)]
    own = texts.pop(shown.index(portfolio))
    note = choose(
        language, "En rouille et en gras, ce portefeuille.", "In rust and in bold type, this portfolio."
    )
    if n_left_out := len(ranked) - len(shown):
        left_out = number(n_left_out, language)
        note += choose(
            language,
            f" Portefeuilles non dessinés, plus éloignés par ce nombre : {left_out}.",
            f" Portfolios not drawn, further from it by this number: {left_out}.",
        )
    return drawn(
        Words(
            "fig-place",
            choose(
                language,
                f"Initiatives déclarées par ce portefeuille et par les autres, {edition.year}",
                f"Initiatives reported by this portfolio and by the others, {edition.year}",
            ),
            spoken([own, *texts], language),
            [heading("portfolio", language), str(edition.year)],
            [[name, number(n, language)] for name, n in zip(names, values, strict=True)],
            note,
        ),
        draw,
        height=0.75 + rows_height(names),
        edition=edition,
        language=language,
    )


def profile_categories(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share of each category in a portfolio, with a hollow dot for its share in the whole.

    Each row is labelled with the count and share of the portfolio. The `MOST_CATEGORIES` that the portfolio
    declares most are drawn, and initiatives without a category; the other categories are counted in the note.

    Parameters
    ----------
    table
        As `indicators.against_whole` returns it, for a portfolio large enough for shares.
    """
    note = choose(
        language,
        "Nombres et parts écrits : ceux de ce portefeuille.",
        "Numbers and shares as written: those of this portfolio.",
    )
    is_named = ~table["category"].isin(["", UNKNOWN, UNCLASSIFIED])
    is_declared = table["n_initiatives"] > 0
    largest = table[is_declared & is_named].head(MOST_CATEGORIES)
    if n_left_out := int(is_named.sum()) - len(largest):
        left_out = number(n_left_out, language)
        note += choose(
            language,
            f" Autres catégories de la liste, non montrées : {left_out}.",
            f" Other categories of the list, not shown: {left_out}.",
        )
    table = pd.concat([largest, table[is_declared & ~is_named]])
    names = [edition.source.short_label("category", name, language) for name in table["category"]]
    ours = heading("this_portfolio", language)
    everyone = choose(language, "Toutes les initiatives", "All initiatives")

    def draw(canvas: Canvas) -> None:
        from matplotlib.ticker import FuncFormatter

        axes = canvas.subplots()
        rows = range(len(table))
        furthest = table[["share", "share_whole"]].max(axis="columns")
        axes.hlines(
            rows,
            table[["share", "share_whole"]].min(axis="columns"),
            furthest,
            color=colours.RULE,
            linewidth=1,
        )
        axes.scatter(
            table["share_whole"],
            rows,
            facecolors=colours.PAPER,
            edgecolors=colours.INK,
            s=26,
            zorder=2,
            label=everyone,
        )
        axes.scatter(table["share"], rows, color=colours.ACCENT, s=34, zorder=3, label=ours)
        for row, (n, share, x) in enumerate(
            zip(table["n_initiatives"], table["share"], furthest, strict=True)
        ):
            write_beside(axes, f"{number(n, language)} ({percent(share, language)})", x, row)
        label_rows(axes, names)
        axes.set_xlim(-furthest.max() * 0.02, furthest.max() * 1.22)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))
        axes.set_xlabel(choose(language, "Part des initiatives déclarées", "Share of initiatives reported"))
        # Above the axes: next to only two rows, the legend would cover a number on either side.
        canvas.legend(loc="outside upper left", ncols=2, frameon=False)

    cells = [
        [number(row.n_initiatives, language)]
        + [percent(share, language, decimals=1) for share in (row.share, row.share_whole)]
        for row in table.itertuples()
    ]
    against = choose(
        language, "{} : {}, soit {}, contre {} de l’ensemble", "{}: {}, or {}, against {} of the whole"
    )
    texts = [against.format(name, *row) for name, row in zip(names, cells, strict=True)]
    return drawn(
        Words(
            "fig-profile-categories",
            choose(
                language,
                f"Part de chaque catégorie dans ce portefeuille et dans l’ensemble, {edition.year}",
                f"Share of each category in this portfolio and in the whole, {edition.year}",
            ),
            spoken(texts, language),
            [heading("category", language), "Initiatives", ours, everyone],
            [[name, *row] for name, row in zip(names, cells, strict=True)],
            note,
        ),
        draw,
        height=0.9 + 0.85 * rows_height(names),
        edition=edition,
        language=language,
    )
