"""Figures of growth: the change between two years, by portfolio or by body."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import n_drawn, numbers_by_name, those_that_gained_most
from portrait.figures.marks import (
    Row,
    Rows,
    bar,
    link,
    marked,
    part,
)
from portrait.figures.picture import Figure, Words
from portrait.language.agreement import noun_after
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, signed
from portrait.language.periods import filled
from portrait.language.terms import field_label

_RISES = Wording(
    "Initiatives déclarées par organisme, de la plus forte hausse à la plus faible",
    "Initiatives reported by body, largest rise first",
)
_BODIES = (Wording("autre organisme", "other body"), Wording("autres organismes", "other bodies"))


def body_rises(
    changes: pd.DataFrame, edition: Edition, language: str, *, told: Collection[str] = ()
) -> Figure:
    """Draw the initiatives of each body that has more than in the previous edition, largest rise first.

    Both numbers and their change are in columns. The bodies that are not drawn share a row without marks; the
    data has each of them.

    Parameters
    ----------
    changes
        The bodies that rose, as `facts.change.Change.rises` returns them.
    told
        The bodies that the title is about, in rust.
    """

    def drawn(rows: pd.DataFrame, together: pd.DataFrame) -> Figure:
        names = [edition.source.label("body", body, language) for body in rows["body"]]
        before, now = (rows[column].to_list() for column in ("n_previous", "n_initiatives"))
        strong = [name for name, body in zip(names, rows["body"], strict=True) if body in told]
        if len(together):
            bodies = noun_after(len(together), language, *(each.said(language) for each in _BODIES))
            names.append(f"{number(len(together), language)} {bodies}")
            before.append(int(together["n_previous"].sum()))
            now.append(int(together["n_initiatives"].sum()))
        return numbers_by_name(
            "fig-rises",
            _RISES.said(language),
            field_label("body", language),
            names,
            now,
            before,
            edition,
            language,
            strong=strong,
            strong_label=those_that_gained_most(strong, edition, language) if strong else "",
            last_is_apart=len(together) > 0,
            tells_change=True,
        )

    n = n_drawn(changes["change"])
    return replace(drawn(changes.head(n), changes.iloc[n:]), rows=drawn(changes, changes.head(0)).rows)


def growth(steps: pd.DataFrame, edition: Edition, language: str, *, told: Collection[str] = ()) -> Figure:
    """Draw what leads from the previous total to this one as a waterfall, with the names of portfolios.

    Both totals are bars from 0. Between them, the bar of each change begins where the one above it ends.

    Parameters
    ----------
    steps
        As `facts.contributions.Contributions.steps` returns them.
    told
        The portfolios that the heading is about, which alone are in rust; without any, all increases are.
        Other increases are grey, and other decreases have a colour of their own.
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
    others = steps["change"].map(lambda step: "context" if step > 0 else "fall")
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
                "Entre les deux totaux, chaque barre commence où finit celle du dessus : + est une hausse, "
                "vers la droite, − une baisse, vers la gauche.",
                "Between the two totals, each bar begins where the one above it ends: + is an increase, to "
                "the right, − a decrease, to the left.",
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
    """Yield the rows of the waterfall, from the bar of the one total to that of the other."""
    first, *steps, last = heights
    levels = [*accumulate([first, *steps]), last]
    starts = [0, *levels[:-2], 0]
    for place, (name, cell, role) in enumerate(zip(names, cells, roles, strict=True)):
        low, high = sorted((starts[place], levels[place]))
        links = (link(part(levels[place - 1], max(levels))),) if place else ()
        drawn = bar(role, part(low, max(levels)), part(high, max(levels)))
        yield Row(name, (cell,), (*links, drawn), is_strong=role == "accent" and is_told)
