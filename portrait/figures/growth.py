"""Figure of growth: the change between two years by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import ROW, count_axis, label_rows, write_beside
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def growth(parts: Mapping[str, pd.DataFrame], edition: Edition, language: str) -> Figure:
    """Draw the change in the number of initiatives since the previous year as a waterfall.

    Each bar begins where the one above it ends. A bar for initiatives without a name is drawn only if
    there are any.

    Parameters
    ----------
    parts
        Group -> `indicators.growth` by that group: ``portfolio`` and, if known, ``body``. Each group has
        a panel.
    """
    before, now = (str(year) for year in edition.years[-2:])
    steps = [
        ("n_previous", choose(language, f"Total de {before}", f"Total of {before}")),
        ("change_in_both", choose(language, "Dans les deux fichiers", "In both files")),
        ("n_only_now", choose(language, f"Seulement en {now}", f"Only in {now}")),
        ("n_only_previous", choose(language, f"Seulement en {before}", f"Only in {before}")),
        ("change_unknown", choose(language, "Non nommé", "Not named")),
        ("n_initiatives", choose(language, f"Total de {now}", f"Total of {now}")),
    ]
    if not any(_unnamed(table.iloc[0]) for table in parts.values()):
        steps = [step for step in steps if step[0] != "change_unknown"]
    names = [name for _, name in steps]
    panels = {by: [_height(table.iloc[0], step) for step, _ in steps] for by, table in parts.items()}
    titles = {
        "portfolio": choose(language, "Par portefeuille", "By portfolio"),
        "body": choose(language, "Par organisme", "By body"),
    }
    cells = {by: _signed(heights, language) for by, heights in panels.items()}
    furthest = max(level for heights in panels.values() for level in (*accumulate(heights[:-1]), heights[-1]))

    def draw(canvas: Canvas) -> None:
        every = canvas.subplots(1, len(panels), sharex=True, sharey=True, squeeze=False)[0]
        for axes, (by, heights) in zip(every, panels.items(), strict=True):
            _draw_waterfall(axes, heights, cells[by])
            count_axis(axes, language, right=furthest * 1.25)
            axes.set_xlabel(choose(language, "Initiatives déclarées", "Initiatives declared"))
            if len(panels) > 1:
                axes.set_title(titles[by], loc="left")
        label_rows(every[0], names)

    alt = ". ".join(
        f"{titles[by]}{colon(language)}"
        + "; ".join(f"{name}, {cell}" for name, cell in zip(names, cells[by], strict=True))
        for by in panels
    )
    return drawn(
        Words(
            "fig-growth",
            choose(
                language,
                f"Écart du nombre d’initiatives déclarées entre {before} et {now}, selon que leur "
                f"portefeuille{' ou leur organisme' if 'body' in panels else ''} est dans les deux fichiers "
                "ou dans un seul",
                f"Change in the number of initiatives declared between {before} and {now}, by whether their "
                f"portfolio{' or body' if 'body' in panels else ''} is in both files or in one",
            ),
            f"{alt}.",
            [choose(language, "Part de l’écart", "Part of the change"), *(titles[by] for by in panels)],
            [[name, *(cells[by][row] for by in panels)] for row, name in enumerate(names)],
            choose(
                language,
                "En encre, les totaux; en rouille, ce qui s’ajoute; en gris, ce qui se retranche.",
                "In ink, totals; in rust, what adds; in grey, what takes away.",
            ),
        ),
        draw,
        height=(0.95 if len(panels) > 1 else 0.75) + 1.1 * ROW * len(names),
        edition=edition,
        language=language,
    )


def _unnamed(parts: pd.Series) -> bool:
    return bool(parts["n_unknown"] or parts["n_previous_unknown"])


def _height(parts: pd.Series, step: str) -> int:
    """Return the signed height of a step, negative for initiatives only in the previous year."""
    return int(-parts[step] if step == "n_only_previous" else parts[step])


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
