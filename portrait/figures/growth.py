"""Figures of growth: the change between two years, by portfolio or by body."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import numbers_by_name, those_that_gained_most
from portrait.figures.marks import THINNEST, Mark, Row, Rows, bar, link, marked, part
from portrait.figures.picture import Figure, Words
from portrait.indicators import n_drawn
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

    The axis is the change since the previous total: each bar begins where the one above it ends, and the
    steps take the whole width. The totals are lines through all rows, at 0 and at the net change, with their
    numbers: a bar of a total would be longer than all steps, and one from a cut axis would lie.

    Parameters
    ----------
    steps
        As `facts.contributions.Contributions.steps` returns them.
    told
        The portfolios that the heading is about, which alone are in rust; without any, all increases are.
        Other increases are grey, and other decreases have a colour of their own.
    """
    before, now = edition.years[-2:]
    first, last = len(edition.previous.initiatives) if edition.previous else 0, len(edition.initiatives)
    changes = [*map(int, steps["change"])]
    portfolios = [_name(step, edition, language) for step in steps.to_dict("records")]
    total = choose(language, "Total de {year}", "Total of {year}")
    names = [filled(total, language, year=before), *portfolios, filled(total, language, year=now)]
    signs = [signed(change, language) for change in changes]
    cells = [number(first, language), *signs, number(last, language)]
    is_told = steps["portfolio"].isin(told) if told else steps["change"] > 0
    others = steps["change"].map(lambda step: "context" if step > 0 else "fall")
    roles = others.mask(is_told, "accent")
    bars, ends = _bars(changes, last - first, [*roles])
    rows = [
        Row(name, (value,), marks, is_strong=bool(told) and role == "accent")
        for name, value, marks, role in zip(names, cells, bars, ("ink", *roles, "ink"), strict=True)
    ]
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
            filled(
                choose(
                    language,
                    "Du trait du total de {before} à celui de {now}, chaque barre commence où finit celle du "
                    "dessus : une hausse (+) va vers la droite, une baisse (−) vers la gauche.",
                    "From the line of the total of {before} to that of {now}, each bar begins where the one "
                    "above it ends: an increase (+) goes to the right, a decrease (−) to the left.",
                ),
                language,
                before=before,
                now=now,
            ),
        ),
        Rows(tuple(rows), scale=tuple((end, "") for end in ends)),
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


def _bars(
    changes: Sequence[int], net: int, roles: Sequence[str]
) -> tuple[list[tuple[Mark, ...]], tuple[float, float]]:
    """Return the marks of each row, a line at 0, bars of changes, a line at the net; where both lines are."""
    levels = [0, *accumulate(changes)]
    least, most = min(*levels, net), max(*levels, net)

    def at(level: int) -> float:
        return part(level - least, most - least)

    rows: list[tuple[Mark, ...]] = [(_line(at(0)),)]
    for (before, after), role in zip(pairwise(levels), roles, strict=True):
        low, high = sorted((before, after))
        rows.append((link(at(before)), bar(role, at(low), at(high))))
    return [*rows, (link(at(levels[-1])), _line(at(net)))], (at(0), at(net))


def _line(at: float) -> Mark:
    """Return the vertical line of a total: the thinnest bar, around a place."""
    return bar("ink", max(0.0, round(at - THINNEST / 2, 5)), 0.0)
