"""Figure of categories: how many initiatives each has, in one edition or in two."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import numbers_by_name, spoken, those_that_gained_most
from portrait.figures.marks import Key, Row, Rows, bar, marked, part, round_values
from portrait.figures.picture import Figure, Words
from portrait.indicators import unnamed_last
from portrait.language.agreement import enumeration
from portrait.language.locales import Wording
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent
from portrait.language.periods import printed
from portrait.language.terms import field_label, heading
from portrait.language.typography import DASH, colon
from portrait.registers.source import NAMELESS, UNCLASSIFIED

_CAPTION = Wording("Initiatives déclarées par catégorie, {when}", "Initiatives reported by category, {when}")
_OTHERS = Wording("Les autres", "The others")
_CLASSIFIED = Wording("Part des classées", "Share of classified")
_WITHOUT = Wording(
    "Les parts sont celles des initiatives classées; les autres n’en ont pas.",
    "Shares are of the classified initiatives; the others have none.",
)


def categories(
    table: pd.DataFrame,
    edition: Edition,
    language: str,
    *,
    told: Collection[str] = (),
    tells_gains: bool = False,
    holder: str = "",
) -> Figure:
    """Draw the number of each category as a dot, most first, with a ring for the previous year if given.

    Otherwise each has its share beside its number: of those with a category, as texts give it. The data has
    it in both cases. The dot of those without a category is hollow.

    Parameters
    ----------
    table
        As `indicators.change` returns it, or one year of `indicators.categories`.
    told
        The categories that a title is about: their rows alone are in rust.
    tells_gains
        Whether it is about what they gained: the largest gain is then first.
    holder
        The portfolio whose part of the first category it is about, if any.
    """
    if holder:
        return _held(table, edition, language, holder=holder)
    if tells_gains:
        table = table.sort_values("change", ascending=False, kind="stable")
    ordered = unnamed_last(table, "category")
    counts = list(ordered["n_initiatives"])
    is_named = [name not in NAMELESS for name in ordered["category"]]
    names = [edition.source.label("category", name, language) for name in ordered["category"]]
    now, has_both = edition.called(language), "n_previous" in ordered
    years = enumeration([printed(year, language) for year in edition.years[-2:]], language)
    strong = [edition.source.label("category", name, language) for name in told]
    shares = _shares(counts, is_named, edition.brief(edition.year, language) if has_both else "", language)
    return numbers_by_name(
        "fig-categories",
        _CAPTION.said(language, when=years if has_both else now),
        field_label("category", language),
        names,
        counts,
        list(ordered["n_previous"]) if has_both else None,
        edition,
        language,
        note=_WITHOUT.said(language) if shares and not all(is_named) else "",
        strong=strong,
        strong_label=those_that_gained_most(strong, edition, language) if strong and has_both else "",
        shares=shares,
        n_hollow=is_named.count(False),
        tells_last=tells_gains,
    )


def _held(table: pd.DataFrame, edition: Edition, language: str, *, holder: str) -> Figure:
    """Draw each category as a bar, most first, and the part of a portfolio in the first in rust.

    The heading is about it. The numbers of the portfolio have a column, as its other parts may be slivers.
    """
    of_holder = edition.initiatives.loc[edition.initiatives["portfolio_folded"] == holder, "category"]
    ordered = unnamed_last(table, "category")
    categories, counts = list(ordered["category"]), [*map(int, ordered["n_initiatives"])]
    n_of_holder = [int((of_holder == name).sum()) for name in categories]
    is_named = [name not in NAMELESS for name in categories]
    axis = round_values(max(counts))
    shares = _shares(counts, is_named, "", language)
    name = edition.source.short_label("portfolio_folded", holder, language)
    rows = []
    for place, (category, n, n_held) in enumerate(zip(categories, counts, n_of_holder, strict=True)):
        n_told = n_held if place == 0 else 0
        told = bar("accent", 0, part(n_told, axis[-1]))
        others = "context" if is_named[place] else UNCLASSIFIED
        rest = bar(others, told.end if n_told else 0, part(n, axis[-1]))
        numbers = (number(n, language), number(n_held, language))
        values = (*numbers, *(column[place] for column in shares.values()))
        label = edition.source.label("category", category, language)
        rows.append(
            Row(label, values, (*[told] * (n_told > 0), *[rest] * (n > n_told)), is_strong=place == 0)
        )
    now = edition.called(language)
    return marked(
        Words(
            "fig-categories",
            _CAPTION.said(language, when=now),
            spoken([f"{row.name}{colon(language)}{row.values[0]}" for row in rows], language),
            [field_label("category", language), now, name, *shares],
            [[row.name, *row.values] for row in rows],
            _WITHOUT.said(language) if shares and not all(is_named) else "",
            form="bars",
        ),
        Rows(
            tuple(rows),
            (now, name, *shares),
            (Key("bar", "accent", f"{name}, {rows[0].name}"), Key("bar", "context", _OTHERS.said(language))),
            scale=tuple((part(n, axis[-1]), number(n, language)) for n in axis),
            tells_last=not shares,
        ),
        edition=edition,
        language=language,
    )


def _shares(counts: list[int], is_named: list[bool], when: str, language: str) -> dict[str, list[str]]:
    """Return the column of shares by its heading; none where they are of too few."""
    whole = sum(n for n, is_one in zip(counts, is_named, strict=True) if is_one)
    if whole < SMALLEST_DENOMINATOR:
        return {}
    name = heading("share_of_all", language) if all(is_named) else _CLASSIFIED.said(language)
    shares = (percent(n / whole, language, decimals=1) for n in counts)
    name = f"{name} {when}".rstrip()
    return {name: [each if is_one else DASH for each, is_one in zip(shares, is_named, strict=True)]}
