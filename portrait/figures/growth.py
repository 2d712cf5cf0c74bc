"""Figures of growth: the change between two years by part, and its dependence on how names are matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import ROW, count_axis, label_rows, write_beside
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.agreement import noun_after
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


def growth_by_names(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the number of bodies found in both years, and the change in their initiatives, by matching.

    Parameters
    ----------
    table
        As `indicators.growth_by_names` returns it on bodies.
    """
    matchings = {
        "strict": choose(language, "Nom tel que publié", "Name as published"),
        "recorded": choose(language, "Nom harmonisé", "Harmonized name"),
        "lenient": choose(language, "Nom ressemblant", "Similar name"),
    }
    names = [matchings[each] for each in table["names"]]
    headings = [
        choose(language, "Organismes dans les deux fichiers", "Bodies in both files"),
        choose(language, "Écart de leurs initiatives", "Change in their initiatives"),
    ]
    bodies = [number(n, language) for n in table["n_groups_in_both"]]
    changes = [f"+{number(n, language)}" if n > 0 else number(n, language) for n in table["change_in_both"]]

    def draw(canvas: Canvas) -> None:
        left, right = canvas.subplots(1, 2, sharey=True)
        _draw_range(left, list(table["n_groups_in_both"]), bodies, language)
        _draw_range(right, list(table["change_in_both"]), changes, language)
        for axes, heading in zip((left, right), headings, strict=True):
            axes.set_title(heading, loc="left")
        label_rows(left, names)

    heading = choose(language, "Rapprochement", "Matching")
    body = choose(language, "organisme", "body")
    sentence = choose(
        language,
        "{} : {} {} dans les deux fichiers, écart de leurs initiatives {}",
        "{}: {} {} in both files, change in their initiatives {}",
    )
    nouns = [noun_after(n, language, body) for n in table["n_groups_in_both"]]
    cells = list(zip(names, bodies, nouns, changes, strict=True))
    return drawn(
        Words(
            "fig-growth-names",
            choose(
                language,
                "Organismes présents dans les deux fichiers et écart de leurs initiatives, selon la façon de "
                "rapprocher leurs noms",
                "Bodies found in both files and the change in their initiatives, by the way of matching "
                "their names",
            ),
            "; ".join(sentence.format(*each) for each in cells) + ".",
            [heading, *headings],
            list(zip(names, bodies, changes, strict=True)),
        ),
        draw,
        height=0.7 + 1.15 * ROW * len(names),
        edition=edition,
        language=language,
    )


def _draw_range(axes: Axes, values: Sequence[int], labels: Sequence[str], language: str) -> None:
    """Draw one dot per row, and a line to it from 0."""
    rows = range(len(values))
    axes.hlines(rows, 0, values, color=colours.RULE, linewidth=1)
    axes.scatter(values, rows, color=colours.ACCENT, s=40, zorder=3)
    for row, (value, label) in enumerate(zip(values, labels, strict=True)):
        write_beside(axes, label, value, row)
    count_axis(axes, language)
    lowest, highest = min(0, *values), max(0, *values)
    room = (highest - lowest or 1) * 0.25
    axes.set_xlim(lowest - room / 5, highest + room)
