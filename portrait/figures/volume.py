"""Figures of bodies: the largest by name, and how many have each number of initiatives."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import not_shown, numbers_by_name, wrapped
from portrait.figures.picture import NARROW_SIZE, Figure, Words, drawn, is_narrow
from portrait.language.agreement import noun_after
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import field_label, heading
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LARGEST_SIZE = 10
"""Bodies with this many initiatives or more are drawn as one bar; no bar is above the most of any."""


def initiatives_per_body(
    table: pd.DataFrame, edition: Edition, language: str, *, told: Collection[int] = ()
) -> Figure:
    """Draw the number of bodies that declared one initiative, two, three and so on.

    Each bar has its number, so that no axis repeats it.

    Parameters
    ----------
    table
        One year of `indicators.initiatives_per_body`.
    told
        The numbers of initiatives that the title is about: their bars alone are in rust.
    """
    sizes = table["n_initiatives"].clip(upper=LARGEST_SIZE).value_counts()
    most = int(sizes.index.max())
    sizes = sizes.reindex(range(1, most + 1), fill_value=0)
    labels = [*map(str, sizes.index)]
    if most == LARGEST_SIZE:
        labels[-1] = choose(language, "{size} et plus", "{size} or more", size=LARGEST_SIZE)

    def draw(axes: Axes) -> None:
        others = colours.MUTED if told else colours.INK
        fills = [colours.ACCENT if size in told else others for size in sizes.index]
        axes.bar(range(len(labels)), sizes, color=fills, width=0.75)
        small: dict[str, Any] = {"fontsize": NARROW_SIZE} if is_narrow(axes) else {}
        axes.set_xticks(range(len(labels)), [wrapped(label, 5) for label in labels] if small else labels)
        axes.set_xlim(-0.5, len(labels) - 0.5)
        for position, value in enumerate(sizes):
            axes.annotate(
                number(value, language),
                (position, value),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                fontweight="bold" if sizes.index[position] in told else "normal",
                **small,
            )
        axes.set_xlabel(
            edition.source.choose(
                language, "Initiatives déclarées par un organisme", "Initiatives reported by a body"
            )
        )
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_ylim(0, sizes.max() * 1.15)

    return drawn(
        Words(
            id="fig-per-body",
            caption=choose(
                language,
                "Organismes selon le nombre d’initiatives déclarées, {edition}",
                "Bodies by number of initiatives reported, {edition}",
                edition=edition.called(language),
            ),
            alt=_sizes_in_words(len(table), int(sizes[1]), int(sizes.get(LARGEST_SIZE, 0)), language),
            columns=[
                heading("initiatives", language),
                heading("bodies", language),
            ],
            rows=[[label, number(size, language)] for label, size in zip(labels, sizes, strict=True)],
        ),
        draw,
        height=2.4,
        narrow_height=2.8,
        edition=edition,
        language=language,
    )


def largest_bodies(table: pd.DataFrame, edition: Edition, language: str, *, n: int) -> Figure:
    """Draw the number of each of the bodies that declared most, as a dot; a note counts the others.

    The title is about all that are drawn: none is in rust.

    Parameters
    ----------
    table
        One year of `indicators.initiatives_per_body`, most first.
    n
        Bodies drawn.
    """
    shown, n_others = table.head(n), len(table) - n
    names = [edition.source.label("body", name, language) for name in shown["body"]]
    other = (
        choose(language, "autre organisme", "other body"),
        choose(language, "autres organismes", "other bodies"),
    )
    return numbers_by_name(
        "fig-bodies",
        choose(
            language,
            "Initiatives déclarées par organisme, {edition}",
            "Initiatives reported by body, {edition}",
            edition=edition.called(language),
        ),
        field_label("body", language),
        names,
        list(shown["n_initiatives"]),
        None,
        edition,
        language,
        note=not_shown(f"{number(n_others, language)} {noun_after(n_others, language, *other)}", language),
    )


def _sizes_in_words(n_bodies: int, n_single: int, n_large: int, language: str) -> str:
    bodies, single, large = (number(n, language) for n in (n_bodies, n_single, n_large))
    return choose(
        language,
        "Nombre total d’organismes : {bodies}; ayant déclaré une seule initiative : {single}; "
        "en ayant déclaré {size} ou plus : {large}.",
        "Bodies in all: {bodies}; with a single initiative: {single}; with {size} or more: {large}.",
        bodies=bodies,
        single=single,
        size=LARGEST_SIZE,
        large=large,
    )
