"""Chart forms shared by several figures: rows of names, dots, intervals, and their axes."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.locales import choose
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours
from portrait.style.glyphs import legible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

ROW = 0.23
"""Height of one row of a chart of names, in inches."""
CROWDED_ROW = 0.31
"""Height of one row, in inches, if two consecutive names take more than three lines together."""
MOST_ROWS = 20
"""Greatest number of names in a chart that fits a page; the table has the others."""
MOST_TOLD = 8
"""Greatest number of rows in an alternative text, which otherwise has only the first rows and the last."""


def wrapped(label: str, width: int = 48) -> str:
    """Return a label wrapped on at most three lines; a character that no font has is its code point."""
    start = legible(label[: 4 * width], set())
    return textwrap.fill(start, width, break_long_words=True, max_lines=3, placeholder="…")


def rows_height(names: Sequence[str]) -> float:
    """Return the height of the rows of a chart in inches, enough to keep labels from overlapping."""
    lines = [wrapped(name).count("\n") + 1 for name in names]
    is_crowded = any(one + other > 3 for one, other in itertools.pairwise(lines))
    return len(lines) * (CROWDED_ROW if is_crowded else ROW)


def label_rows(axes: Axes, names: Sequence[str]) -> None:
    """Label the rows of a chart from top to bottom."""
    axes.set_yticks(range(len(names)), [wrapped(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def count_axis(axes: Axes, language: str, *, right: float | None = None) -> None:
    """Format the horizontal axis as whole numbers from 0."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    axes.set_xlim(0, right)


def share_axis(axes: Axes, language: str) -> None:
    """Format the horizontal axis as percentages from 0 to 100."""
    from matplotlib.ticker import FuncFormatter

    axes.set_xlim(-0.02, 1.06)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))


def write_beside(axes: Axes, text: str, x: float, row: float) -> None:
    """Write a value to the right of its mark."""
    axes.annotate(text, (x, row), xytext=(7, 0), textcoords="offset points", va="center")


def spoken(rows: Sequence[str], language: str) -> str:
    """Return the rows of a chart as an alternative text of at most `MOST_TOLD` rows.

    >>> spoken(["A: 3", "B: 2", "C: 1"], "en")
    'A: 3; B: 2; C: 1.'
    """
    if len(rows) > MOST_TOLD:
        n, last = number(len(rows), language), rows[-1]
        ending = choose(language, f"dernière des {n} lignes, {last}", f"last of the {n} rows, {last}")
        rows = [*rows[: MOST_TOLD - 1], ending]
    return f"{'; '.join(rows)}."


def left_to_the_table(n_portfolios: int, language: str) -> str:
    """Return the note of a figure that does not draw all portfolios."""
    n = number(n_portfolios, language)
    return choose(
        language,
        f"Portefeuilles non dessinés, qui sont dans le tableau : {n}.",
        f"Portfolios not drawn, which are in the table: {n}.",
    )


def dots(
    identifier: str,
    caption: str,
    rows_heading: str,
    names: Sequence[str],
    counts: pd.Series,
    previous: pd.Series | None,
    edition: Edition,
    language: str,
    *,
    note: str = "",
) -> Figure:
    """Draw one count per name as a dot on an axis from 0, with hollow dots for the previous year if given."""
    years = [str(edition.year)] if previous is None else [str(edition.years[-2]), str(edition.year)]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = range(len(names))
        axes.hlines(rows, 0, counts, color=colours.RULE, linewidth=1)
        if previous is not None:
            axes.scatter(
                previous,
                rows,
                facecolors=colours.PAPER,
                edgecolors=colours.INK,
                s=26,
                zorder=2,
                label=years[0],
            )
        axes.scatter(counts, rows, color=colours.ACCENT, s=34, zorder=3, label=years[-1])
        furthest = counts if previous is None else pd.concat([counts, previous], axis="columns").max(axis=1)
        for row, (count, x) in enumerate(zip(counts, furthest, strict=True)):
            write_beside(axes, number(count, language), x, row)
        label_rows(axes, names)
        count_axis(axes, language, right=furthest.max() * 1.08)
        axes.set_xlabel(heading("number_of_initiatives_declared", language))
        if previous is not None:
            axes.legend(loc="lower right", frameon=False)

    columns = [counts] if previous is None else [previous, counts]
    cells = [[number(column.iloc[row], language) for column in columns] for row in range(len(names))]
    against = choose(language, "contre", "against")
    texts = [
        f"{name}{colon(language)}{values[-1]}"
        + (f", {against} {values[0]} ({years[0]})" if previous is not None else "")
        for name, values in zip(names, cells, strict=True)
    ]
    rows = [[name, *values] for name, values in zip(names, cells, strict=True)]
    return drawn(
        Words(identifier, caption, spoken(texts, language), [rows_heading, *years], rows, note),
        draw,
        height=0.75 + rows_height(names),
        edition=edition,
        language=language,
    )


def intervals(
    identifier: str,
    caption: str,
    rows_heading: str,
    names: Sequence[str],
    table: pd.DataFrame,
    edition: Edition,
    language: str,
    *,
    note: str = "",
) -> Figure:
    """Draw one share in production per name as a dot with its bounds.

    Parameters
    ----------
    table
        One row per name, in the order of `names`, with the shares of `indicators.maturity` (0 to 1).
    """
    shares = table[["production_share", "lowest_share", "highest_share"]]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = range(len(table))
        axes.hlines(rows, shares["lowest_share"], shares["highest_share"], color=colours.MUTED, linewidth=5)
        axes.scatter(shares["production_share"], rows, color=colours.ACCENT, s=40, zorder=3)
        for row, (share, _, high) in enumerate(shares.itertuples(index=False)):
            write_beside(axes, percent(share, language), max(share, high), row)
        label_rows(axes, names)
        share_axis(axes, language)
        axes.set_xlabel(
            choose(
                language,
                "Part en production, parmi les initiatives\nen production ou en développement",
                "Share in production, of initiatives\nin production or in development",
            )
        )

    cells = [
        [percent(value, language, decimals=1) for value in row] for row in shares.itertuples(index=False)
    ]
    between = choose(language, ", entre {} et {}", ", between {} and {}")
    texts = [
        f"{name}{colon(language)}{share}" + (between.format(low, high) if low != high else "")
        for name, (share, low, high) in zip(names, cells, strict=True)
    ]
    columns = [
        rows_heading,
        heading("share", language),
        heading("lower_bound", language),
        heading("upper_bound", language),
    ]
    rows = [[name, *values] for name, values in zip(names, cells, strict=True)]
    return drawn(
        Words(identifier, caption, spoken(texts, language), columns, rows, note),
        draw,
        height=0.9 + rows_height(names),
        edition=edition,
        language=language,
    )
