"""Figure of growth: the change between two years, by portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import ROW, count_axis, label_rows, write_beside
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def growth(steps: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw what leads from the previous total to this one as a waterfall, with the names of portfolios.

    Each bar begins where the one above it ends.

    Parameters
    ----------
    steps
        As `facts.contributions.Contributions.steps` returns them.
    """
    before, now = (str(year) for year in edition.years[-2:])
    totals = len(edition.previous.initiatives) if edition.previous else 0, len(edition.initiatives)
    heights = [totals[0], *map(int, steps["change"]), totals[1]]
    names = [
        choose(language, f"Total de {before}", f"Total of {before}"),
        *(_name(step, edition, language) for step in steps.to_dict("records")),
        choose(language, f"Total de {now}", f"Total of {now}"),
    ]
    cells = _signed(heights, language)
    furthest = max(*accumulate(heights[:-1]), heights[-1])

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        _draw_waterfall(axes, heights, cells)
        count_axis(axes, language, right=furthest * 1.25)
        axes.set_xlabel(choose(language, "Initiatives déclarées", "Initiatives reported"))
        label_rows(axes, names)

    alt = "; ".join(f"{name}, {cell}" for name, cell in zip(names, cells, strict=True))
    return drawn(
        Words(
            "fig-growth",
            choose(
                language,
                f"Écart du nombre d’initiatives déclarées par portefeuille, de {before} à {now}",
                f"Change in the number of initiatives reported by portfolio, {before} to {now}",
            ),
            f"{alt}.",
            [
                choose(language, "Portefeuille", "Portfolio"),
                choose(language, "Initiatives", "Initiatives"),
            ],
            [[name, cell] for name, cell in zip(names, cells, strict=True)],
            choose(
                language,
                "En encre, les totaux; en rouille, les hausses; en gris, les baisses.",
                "In ink, totals; in rust, increases; in grey, decreases.",
            ),
        ),
        draw,
        height=0.75 + 1.1 * ROW * len(names),
        edition=edition,
        language=language,
    )


def _name(step: Mapping[Any, Any], edition: Edition, language: str) -> str:
    """Return the name of a portfolio, or how many are counted together."""
    if step["portfolio"]:
        return edition.source.short_label("portfolio_folded", step["portfolio"], language)
    n = step["n_portfolios"]
    if not n:
        return choose(language, "Sans portefeuille", "No portfolio")
    shown = number(n, language)
    if step["change"] > 0:
        return choose(language, f"Autres hausses ({shown})", f"Other increases ({shown})")
    return choose(language, f"Autres baisses ({shown})", f"Other decreases ({shown})")


def _signed(heights: Sequence[int], language: str) -> list[str]:
    """Format the two totals and, between them, the steps with their sign."""
    first, *steps, last = heights
    return [
        number(first, language),
        *(f"+{number(step, language)}" if step > 0 else number(step, language) for step in steps),
        number(last, language),
    ]


def _draw_waterfall(axes: Axes, heights: Sequence[int], labels: Sequence[str]) -> None:
    level, ends = 0, []
    for row, (height, label) in enumerate(zip(heights, labels, strict=True)):
        is_total = row in (0, len(heights) - 1)
        start = 0 if is_total else level
        level = start + height
        colour = colours.INK if is_total else colours.ACCENT if height > 0 else colours.MUTED
        axes.barh(row, height, left=start, color=colour, height=0.62)
        write_beside(axes, label, max(start, level), row)
        ends.append(level)
    for row, end in enumerate(ends[:-1]):
        axes.vlines(end, row, row + 1, color=colours.MUTED, linewidth=0.7, zorder=0)
