"""Figure of growth: the change between two years, by portfolio."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.marks import Row, Rows, along, bar, marked, rule
from portrait.figures.picture import Figure, Words
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.periods import filled


def growth(steps: pd.DataFrame, edition: Edition, language: str, *, told: Collection[str] = ()) -> Figure:
    """Draw what leads from the previous total to this one as a waterfall, with the names of portfolios.

    Both totals are rules, and only the changes are drawn between them: each bar begins where the one above it
    ends. The totals would otherwise take most of the width.

    Parameters
    ----------
    steps
        As `facts.contributions.Contributions.steps` returns them.
    told
        The portfolios that the heading is about, which alone are in rust; without any, all increases are.
        Other increases are pale, and other decreases dashed outlines.
    """
    before, now = edition.years[-2:]
    totals = len(edition.previous.initiatives) if edition.previous else 0, len(edition.initiatives)
    heights = [totals[0], *map(int, steps["change"]), totals[1]]
    names = [
        filled(choose(language, "Total de {before}", "Total of {before}"), language, before=before),
        *(_name(step, edition, language) for step in steps.to_dict("records")),
        filled(choose(language, "Total de {now}", "Total of {now}"), language, now=now),
    ]
    is_told = steps["portfolio"].isin(told) if told else steps["change"] > 0
    others = steps["change"].map(lambda step: "pale" if step > 0 else "fall")
    roles = ["ink", *others.mask(is_told, "accent"), "ink"]
    cells = _signed(heights, language)
    alt = "; ".join(f"{name}, {cell}" for name, cell in zip(names, cells, strict=True))
    return marked(
        Words(
            "fig-growth",
            filled(
                choose(
                    language,
                    "Écart du nombre d’initiatives déclarées par portefeuille, de {before} à {now}",
                    "Change in the number of initiatives reported by portfolio, {before} to {now}",
                ),
                language,
                before=before,
                now=now,
            ),
            f"{alt}.",
            [
                choose(language, "Portefeuille", "Portfolio"),
                choose(language, "Initiatives", "Initiatives"),
            ],
            [[name, cell] for name, cell in zip(names, cells, strict=True)],
            choose(
                language,
                "Les traits verticaux sont les deux totaux : l’axe ne commence pas à zéro. Chaque barre "
                "commence où finit celle du dessus : + est une hausse, − une baisse, en pointillé.",
                "The vertical lines are the two totals: the axis does not start at zero. Each bar begins "
                "where the one above it ends: + is an increase, − a decrease, dashed.",
            ),
        ),
        Rows(tuple(_rows(names, heights, cells, roles, is_told=bool(told)))),
        edition=edition,
        language=language,
    )


def _name(step: Mapping[Any, Any], edition: Edition, language: str) -> str:
    """Return the name of a portfolio, or how many are counted together."""
    if step["portfolio"]:
        return edition.source.short_label("portfolio_folded", step["portfolio"], language)
    n = step["n_portfolios"]
    if not n:
        return edition.source.choose(language, "Sans portefeuille", "No portfolio")
    shown = number(n, language)
    if step["change"] > 0:
        return choose(language, "Autres hausses ({shown})", "Other increases ({shown})", shown=shown)
    return choose(language, "Autres baisses ({shown})", "Other decreases ({shown})", shown=shown)


def _signed(heights: Sequence[int], language: str) -> list[str]:
    """Format the two totals and, between them, the steps with their sign."""
    first, *steps, last = heights
    return [
        number(first, language),
        *(signed(step, language) for step in steps),
        number(last, language),
    ]


def _rows(
    names: Sequence[str], heights: Sequence[int], cells: Sequence[str], roles: Sequence[str], *, is_told: bool
) -> Iterator[Row]:
    """Yield the rows of the waterfall, from the rule of the one total to that of the other."""
    first, *steps, last = heights
    levels = [*accumulate([first, *steps]), last]
    lowest, highest = min(levels), max(levels)

    def at(level: int) -> float:
        return along(level - lowest, highest - lowest)

    for place, (name, height, cell, role) in enumerate(zip(names, heights, cells, roles, strict=True)):
        if place in (0, len(heights) - 1):
            yield Row(name, (cell,), (rule(role, at(height)),))
            continue
        low, high = sorted((levels[place - 1], levels[place]))
        # The rule goes on through the rows whose value is on its right.
        through = (rule("context", at(first)),) if high > first else ()
        yield Row(
            name, (cell,), (*through, bar(role, at(low), at(high))), is_strong=role == "accent" and is_told
        )
