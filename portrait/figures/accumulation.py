"""Figure of what the largest portfolios report together, as bars that each begin where the one above ends."""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate, pairwise

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.composition import split_note
from portrait.figures.forms import LEAST_APART, LEAST_PART_APART, other_portfolios, spoken
from portrait.figures.marks import Row, Rows, bar, link, marked, part
from portrait.figures.picture import Figure, Words
from portrait.indicators import n_drawn
from portrait.language.locales import Wording
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon

_CAPTION = Wording(
    "Part cumulée de toutes les initiatives, par portefeuille, {when}",
    "Cumulative share of all initiatives, by portfolio, {when}",
)
_TOGETHER = Wording("Part cumulée", "Cumulative share")
_QUARTERS = (0.25, 0.5, 0.75)


def accumulated(table: pd.DataFrame, edition: Edition, language: str, *, told: Collection[str]) -> Figure:
    """Draw the number of each portfolio, most first, as a bar that begins where the one above it ends.

    All bars together are all initiatives, so that the last bar of those told ends at their share. Portfolios
    of too few for a bar that is seen share the last one.

    Parameters
    ----------
    table
        One year of `indicators.portfolios`, or as `indicators.change` returns it: each initiative has one.
    told
        The largest portfolios, which the heading is about: they alone are in rust.
    """
    ranked = table[table["n_initiatives"] > 0].sort_values("n_initiatives", ascending=False, kind="stable")
    sizes = ranked["n_initiatives"]
    least = max(LEAST_APART, LEAST_PART_APART * sizes.max())
    n = min(max(len(told), int((sizes >= least).sum())), n_drawn(sizes))
    if len(sizes) <= n + 1:
        n = len(sizes)
    portfolios = [*ranked["portfolio"].head(n)]
    names = [edition.source.short_label("portfolio", name, language) for name in portfolios]
    counts = [*map(int, sizes.head(n))]
    if n < len(sizes):
        names.append(other_portfolios(len(sizes) - n, edition, language))
        counts.append(int(sizes.iloc[n:].sum()))
    whole, ends = sum(counts), [0, *accumulate(counts)]
    rows = []
    for place, (name, count, (start, end)) in enumerate(zip(names, counts, pairwise(ends), strict=True)):
        is_told = place < n and portfolios[place] in told
        step = bar("accent" if is_told else "context", part(start, whole), part(end, whole))
        marks = (link(part(start, whole)), step) if place else (step,)
        values = (number(count, language), percent(end / whole, language))
        rows.append(Row(name, values, marks, is_strong=is_told))
    columns = (edition.called(language), _TOGETHER.said(language))
    return marked(
        Words(
            "fig-accumulated",
            _CAPTION.said(language, when=columns[0]),
            spoken([f"{row.name}{colon(language)}{', '.join(row.values)}" for row in rows], language),
            [heading("portfolio", language), *columns],
            [[row.name, *row.values] for row in rows],
            split_note(portfolios, edition, language),
        ),
        Rows(
            tuple(rows),
            columns,
            scale=tuple((at, percent(at, language)) for at in _QUARTERS),
            tells_change=True,
        ),
        edition=edition,
        language=language,
    )
