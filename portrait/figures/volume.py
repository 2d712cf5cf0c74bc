"""Figures of counts: headline cards, initiatives and bodies by year, bodies by size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.facts.conditions import body_names_hold
from portrait.figures.forms import wrapped
from portrait.figures.picture import Figure, Words, drawn
from portrait.indicators import charted
from portrait.language.agreement import enumeration
from portrait.language.locales import choose
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

LARGEST_SIZE = 10
"""Bodies with this many initiatives or more are drawn as one bar."""


def headlines(volume: pd.DataFrame, maturity: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the headline figures as cards, with one dot per year.

    No line joins the dots: two years are not a trend. The share in production is left out where the
    years publish statuses in different vocabularies, bodies where their names do not hold.

    Parameters
    ----------
    volume, maturity
        As `indicators.volume` and `indicators.maturity` (not grouped) return them, for the same years.
    """
    years = [str(year) for year in volume["year"]]
    comparable = edition.previous is None or edition.compares_statuses
    has_bodies = body_names_hold(edition)
    shown = volume if has_bodies else volume.drop(columns=["n_bodies", "initiatives_per_body"])
    cards = _cards(shown, maturity if comparable else maturity.iloc[:0], language)

    def draw(canvas: Canvas) -> None:
        every = canvas.subplots(1, len(cards), squeeze=False)[0]
        for axes, (title, values, labels) in zip(every, cards, strict=True):
            _draw_card(axes, years, values, labels)
            axes.set_title(wrapped(title, 14), loc="left")

    in_words = [
        f"{title}{colon(language)}"
        + enumeration([f"{label} ({year})" for label, year in zip(labels, years, strict=True)], language)
        for title, _, labels in cards
    ]
    return drawn(
        Words(
            id="fig-headlines",
            caption=choose(language, "Les chiffres clés, par année", "Headline figures, by year"),
            alt=f"{'. '.join(in_words)}.",
            columns=[heading("indicator", language), *years],
            rows=[[title, *labels] for title, _, labels in cards],
            note=notices.bodies_note(edition, language) if has_bodies else "",
        ),
        draw,
        height=1.9,
        edition=edition,
        language=language,
    )


def _cards(
    volume: pd.DataFrame, maturity: pd.DataFrame, language: str
) -> list[tuple[str, list[float], list[str]]]:
    """Return the title, values and labels of each card; a share of too few initiatives has no card."""
    columns = [
        ("n_initiatives", heading("initiatives", language), 0),
        ("n_bodies", heading("bodies", language), 0),
        ("initiatives_per_body", choose(language, "Initiatives par organisme", "Initiatives per body"), 1),
    ]
    cards = [
        (title, list(volume[column]), [number(n, language, decimals=decimals) for n in volume[column]])
        for column, title, decimals in columns
        if column in volume and volume[column].notna().all()
    ]
    if len(maturity) and len(charted(maturity)) == len(maturity):
        shares = list(maturity["production_share"])
        title = heading("share_in_production", language)
        cards.append((title, shares, [percent(share, language) for share in shares]))
    return cards


def _draw_card(axes: Axes, years: Sequence[str], values: Sequence[float], labels: Sequence[str]) -> None:
    shades = [colours.MUTED] * (len(years) - 1) + [colours.ACCENT]
    axes.scatter(range(len(years)), values, c=shades, s=42, zorder=3)
    for position, (value, label) in enumerate(zip(values, labels, strict=True)):
        axes.annotate(
            label,
            (position, value),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontweight="bold",
        )
    axes.set_xticks(range(len(years)), years)
    axes.set_xlim(-0.6, len(years) - 0.4)
    axes.set_ylim(0, max(values) * 1.3 or 1)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)


def initiatives_per_body(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the number of bodies that declared one initiative, two, three and so on.

    Parameters
    ----------
    table
        One year of `indicators.initiatives_per_body`.
    """
    sizes = table["n_initiatives"].clip(upper=LARGEST_SIZE).value_counts()
    sizes = sizes.reindex(range(1, LARGEST_SIZE + 1), fill_value=0)
    or_more = choose(language, f"{LARGEST_SIZE} et plus", f"{LARGEST_SIZE} or more")
    labels = [*map(str, range(1, LARGEST_SIZE)), or_more]

    def draw(canvas: Canvas) -> None:
        from matplotlib.ticker import MaxNLocator

        axes = canvas.subplots()
        axes.bar(range(len(labels)), sizes, color=colours.INK, width=0.75)
        axes.set_xticks(range(len(labels)), labels)
        axes.set_xlim(-0.5, len(labels) - 0.5)
        for position, value in enumerate(sizes):
            axes.annotate(
                number(value, language),
                (position, value),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
            )
        axes.set_xlabel(
            choose(language, "Initiatives déclarées par un organisme", "Initiatives reported by a body")
        )
        axes.set_ylabel(choose(language, "Nombre d’organismes", "Number of bodies"))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylim(0, sizes.max() * 1.15)
        axes.grid(visible=False, axis="x")

    return drawn(
        Words(
            id="fig-per-body",
            caption=choose(
                language,
                f"Organismes selon le nombre d’initiatives déclarées, {edition.year}",
                f"Bodies by number of initiatives reported, {edition.year}",
            ),
            alt=_sizes_in_words(len(table), int(sizes[1]), int(sizes[LARGEST_SIZE]), language),
            columns=[
                heading("initiatives", language),
                heading("bodies", language),
            ],
            rows=[[label, number(size, language)] for label, size in zip(labels, sizes, strict=True)],
        ),
        draw,
        height=2.6,
        edition=edition,
        language=language,
    )


def _sizes_in_words(n_bodies: int, n_single: int, n_large: int, language: str) -> str:
    bodies, single, large = (number(n, language) for n in (n_bodies, n_single, n_large))
    return choose(
        language,
        f"Nombre total d’organismes : {bodies}; ayant déclaré une seule initiative : {single}; "
        f"en ayant déclaré {LARGEST_SIZE} ou plus : {large}.",
        f"Bodies in all: {bodies}; with a single initiative: {single}; with {LARGEST_SIZE} or more: {large}.",
    )
