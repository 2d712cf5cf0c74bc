"""Figures of growth: the change between two years, by portfolio or by body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import numbers_by_name, those_that_gained_most
from portrait.figures.marks import Key, Mark, Row, Rows, link, marked, part
from portrait.figures.picture import Figure, Words
from portrait.indicators import n_drawn
from portrait.language.agreement import is_plural, noun_after
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, signed
from portrait.language.periods import filled
from portrait.language.terms import field_label
from portrait.language.typography import colon

_MEASURE = Wording(
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
            _MEASURE.said(language),
            field_label("body", language),
            names,
            now,
            before,
            edition,
            language,
            strong=strong,
            strong_label=those_that_gained_most(strong, edition, language) if strong else "",
            last_is_apart=len(together) > 0,
            tells_last=True,
        )

    n = n_drawn(changes["change"])
    return replace(drawn(changes.head(n), changes.iloc[n:]), rows=drawn(changes, changes.head(0)).rows)


def growth(steps: pd.DataFrame, edition: Edition, language: str, *, told: Collection[str] = ()) -> Figure:
    """Draw what leads from the previous total to this one as a waterfall, with the names of portfolios.

    Each bar begins where the one above it ends. The totals are words beside lines through all rows: a bar of
    a total would be longer than all steps, and one from a cut axis would lie. The axis has no values, because
    each bar has its own. The bar of a fall is hollow, so that it does not read as a rise; that of several
    portfolios that rose is pale: it may be the longest.

    Parameters
    ----------
    steps
        As `facts.contributions.Contributions.steps` returns them.
    told
        The portfolios that the heading is about, which alone are in rust; without any, all rises are.
    """
    before, now = edition.years[-2:]
    first, last = len(edition.previous.initiatives) if edition.previous else 0, len(edition.initiatives)
    changes = [*map(int, steps["change"])]
    portfolios = [_name(step, edition, language) for step in steps.to_dict("records")]
    total = choose(language, "Total de {year}", "Total of {year}")
    ends = [filled(total, language, year=year) for year in (before, now)]
    names = [ends[0], *portfolios, ends[1]]
    signs = [signed(change, language) for change in changes]
    cells = [number(first, language), *signs, number(last, language)]
    kinds = [_kind(step, told) for step in steps.to_dict("records")]
    start, *bars, end = _bars(changes, last - first, kinds)
    totals = [
        Row("", (f"{name}{colon(language)}{cell}",), marks)
        for name, cell, marks in zip(ends, (cells[0], cells[-1]), (start, end), strict=True)
    ]
    rows = [
        Row(name, (value,), marks, is_strong=bool(told) and kind in (TOLD, TOLD_FALL))
        for name, value, marks, kind in zip(portfolios, signs, bars, kinds, strict=True)
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
            choose(
                language,
                "Chaque barre commence où finit celle du dessus.",
                "Each bar begins where the one above it ends.",
            ),
        ),
        Rows(
            (totals[0], *rows, totals[1]),
            key=_key(kinds, steps, edition, are_told=bool(told), language=language),
            scale=((start[0].start, ""), (end[-1].start, "")),
        ),
        edition=edition,
        language=language,
    )


TOLD, TOLD_FALL = ("bar", "accent"), ("bar", "told-fall")
"""Shape and role of the bar of a rise and of a fall of the heading; without any, of each rise."""
OTHER, FALL, TOGETHER = ("bar", "context"), ("bar", "fall"), ("bar", "pale")
"""Those of the other rises, of the other falls, and of several portfolios that rose."""
_LARGEST_RISES = (
    Wording("Plus forte hausse", "Largest increase"),
    Wording("Plus fortes hausses", "Largest increases"),
)
_LARGEST_FALLS = (
    Wording("Plus forte baisse", "Largest decrease"),
    Wording("Plus fortes baisses", "Largest decreases"),
)


_OTHER_RISES = (Wording("Autre hausse", "Other increase"), Wording("Autres hausses", "Other increases"))
_OTHER_FALLS = (Wording("Autre baisse", "Other decrease"), Wording("Autres baisses", "Other decreases"))
_RISES = (Wording("Hausse", "Increase"), Wording("Hausses", "Increases"))
_FALLS = (Wording("Baisse", "Decrease"), Wording("Baisses", "Decreases"))
_SEVERAL = (Wording("Plusieurs portefeuilles ensemble", "Several portfolios together"),) * 2
_OTHERS_UP = (
    Wording("{n} autre portefeuille en hausse", "{n} other portfolio with an increase"),
    Wording("{n} autres portefeuilles en hausse", "{n} other portfolios with increases"),
)
_OTHERS_DOWN = (
    Wording("{n} autre portefeuille en baisse", "{n} other portfolio with a decrease"),
    Wording("{n} autres portefeuilles en baisse", "{n} other portfolios with decreases"),
)


def _kind(step: Mapping[Any, Any], told: Collection[str]) -> tuple[str, str]:
    """Return the shape and the role of the bar of a step."""
    if step["change"] < 0:
        return TOLD_FALL if step["portfolio"] in told else FALL
    if step["n_portfolios"] and not step["portfolio"]:
        return TOGETHER
    return OTHER if told and step["portfolio"] not in told else TOLD


def _key(
    kinds: Sequence[tuple[str, str]], steps: pd.DataFrame, edition: Edition, *, are_told: bool, language: str
) -> tuple[Key, ...]:
    """Return what the bars drawn are; nothing where all are of one kind."""
    labels = {
        TOLD: _LARGEST_RISES if are_told else _RISES,
        TOLD_FALL: _LARGEST_FALLS,
        OTHER: _OTHER_RISES if TOLD in kinds else _RISES,
        FALL: _OTHER_FALLS if TOLD_FALL in kinds else _FALLS,
        TOGETHER: _SEVERAL,
    }
    n_of = Counter[tuple[str, str]]()
    for kind, n in zip(kinds, steps["n_portfolios"], strict=True):
        n_of[kind] += max(1, int(n))
    said = {
        kind: edition.source.in_its_nouns(label[n_of[kind] > 1].said(language), language)
        for kind, label in labels.items()
        if kind in kinds
    }
    return tuple(Key(*kind, label) for kind, label in said.items()) if len(said) > 1 else ()


def _name(step: Mapping[Any, Any], edition: Edition, language: str) -> str:
    """Return the name of a portfolio, or how many are counted together."""
    if step["portfolio"]:
        return edition.source.short_label("portfolio_folded", step["portfolio"], language)
    n = step["n_portfolios"]
    if not n:
        return edition.source.choose(language, "Sans portefeuille", "No portfolio")
    words = (_OTHERS_UP if step["change"] > 0 else _OTHERS_DOWN)[is_plural(n, language)]
    return edition.source.in_its_nouns(words.said(language, n=number(n, language)), language)


def _extent(changes: Sequence[int], net: int) -> tuple[int, int]:
    """Return the least and the greatest change that the steps come to."""
    levels = [0, *accumulate(changes), net]
    return min(levels), max(levels)


def _bars(changes: Sequence[int], net: int, kinds: Sequence[tuple[str, str]]) -> list[tuple[Mark, ...]]:
    """Return the marks of each row: the earlier total at 0, bars of changes, the total at the net change."""
    levels = [0, *accumulate(changes)]
    least, most = _extent(changes, net)

    def at(level: int) -> float:
        return part(level - least, most - least)

    def total(level: int) -> Mark:
        return Mark("total", "ink", at(level), at(level))

    rows: list[tuple[Mark, ...]] = [(total(0),)]
    for (before, after), (shape, role) in zip(pairwise(levels), kinds, strict=True):
        low, high = sorted((before, after))
        rows.append((link(at(before)), Mark(shape, role, at(low), at(high))))
    return [*rows, (total(net),)]
