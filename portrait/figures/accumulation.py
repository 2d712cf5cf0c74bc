"""Figure of the largest portfolios as bars from 0, with the share that they report together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.composition import split_note
from portrait.figures.forms import least_apart, other_portfolios, spoken
from portrait.figures.marks import Row, Rows, bar, marked, part
from portrait.figures.picture import Figure, Words
from portrait.indicators import n_drawn
from portrait.language.locales import Wording
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon

MOST_NAMED = 12
"""Portfolios with a row of their own, or the nearest number that parts no tie."""
LONGEST = 0.86
"""Length of the longest bar, as a part of the width: its number is right of it."""
_CAPTION = Wording(
    "Initiatives déclarées par portefeuille, et part cumulée, {when}",
    "Initiatives reported by portfolio, and cumulative share, {when}",
)
_NO_BAR = Wording(
    "{others} : sans barre, car leur total dépasse le plus grand nombre.",
    "{others}: no bar, as their total is above the largest number.",
)
_TOGETHER = Wording("Part cumulée", "Cumulative share")


def accumulated(table: pd.DataFrame, edition: Edition, language: str, *, told: Collection[str]) -> Figure:
    """Draw the number of each portfolio as a bar from 0, most first, with the share of all down to its row.

    Portfolios that are not among the largest, or are of too few for a bar that is seen, share the last row,
    which has no bar, as a note says, where they have more than any other. The data has each of them.

    Parameters
    ----------
    table
        One year of `indicators.portfolios`, or as `indicators.change` returns it: each initiative has one.
    told
        The largest portfolios, which the title is about: they alone are in rust.
    """
    ranked = table[table["n_initiatives"] > 0].sort_values("n_initiatives", ascending=False, kind="stable")
    sizes = [*map(int, ranked["n_initiatives"])]
    large = [n for n in sizes if n >= least_apart(sizes[0])]
    portfolios, n = [*ranked["portfolio"]], max(len(told), n_drawn(large, MOST_NAMED))
    names = [edition.source.short_label("portfolio", name, language) for name in portfolios]
    cells = _cells(names, sizes, language)
    if len(sizes) > n + 1:
        names = [*names[:n], other_portfolios(len(sizes) - n, edition, language)]
        sizes = [*sizes[:n], sum(sizes[n:])]
    is_together = len(names) < len(portfolios)
    rows = []
    for place, (_, *values) in enumerate(drawn := _cells(names, sizes, language)):
        is_last = is_together and place == n
        is_told = not is_last and portfolios[place] in told
        length = LONGEST * part(sizes[place], sizes[0])
        marks = (bar("accent" if is_told else "context", 0, length),) if length <= LONGEST else ()
        rows.append(
            Row(
                names[place],
                tuple(values),
                tuple(replace(mark, shape="thin") for mark in marks) if is_last else marks,
                is_strong=is_told,
                is_apart=is_last,
            )
        )
    together = _TOGETHER.said(language)
    notes = [split_note(portfolios[:n], edition, language)]
    if is_together and not rows[-1].marks:
        notes.append(_NO_BAR.said(language, others=names[-1]))
    return marked(
        Words(
            "fig-accumulated",
            _CAPTION.said(language, when=edition.called(language)),
            spoken([f"{name}{colon(language)}{', '.join(values)}" for name, *values in drawn], language),
            [heading("portfolio", language), heading("initiatives", language), together],
            cells,
            " ".join(filter(None, notes)),
        ),
        Rows(tuple(rows), (together,), tells_last=True),
        edition=edition,
        language=language,
    )


def _cells(names: Sequence[str], sizes: Sequence[int], language: str) -> list[list[str]]:
    """Return the name, the number and the cumulative share of each row."""
    return [
        [name, number(n, language), percent(end / sum(sizes), language)]
        for name, n, end in zip(names, sizes, accumulate(sizes), strict=True)
    ]
