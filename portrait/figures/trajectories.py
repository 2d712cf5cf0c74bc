"""Alluvial diagram of the status of initiatives in one year and in the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.alluvial import (
    HEIGHTS,
    Band,
    depth,
    ends_drawn,
    flows_of,
    labels_of,
    least_height,
    middles_of,
    moved_apart,
    name_within,
    nodes_of,
    numbers,
    placed_bands,
    room_of_numbers,
    tops_of,
)
from portrait.figures.forms import spoken
from portrait.figures.picture import NARROW_SIZE, Figure, Words, drawn, is_narrow
from portrait.indicators import NOT_BEFORE, NOT_FOUND
from portrait.ingest.initiatives import STATUSES
from portrait.language.agreement import noun_after
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.periods import EditionId, filled, printed
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours
from portrait.style.marks import HOLLOW

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NODE = 0.035
"""Width of a node; the distance between the two columns is 1."""
_LEAST_NODE = 0.015
"""Least height of a node, as a part of all initiatives drawn: an outline of a few is seen."""


_TOLD, _PASSING, _STAYING = 0.85, 0.45, 0.15
"""Opacity of the bands that the title is about, of those that pass to another status, of those that stay."""


def trajectories(
    passages: pd.DataFrame,
    tier: str,
    edition: Edition,
    language: str,
    *,
    told: Collection[tuple[str, str]] = (),
) -> Figure:
    """Draw the initiatives of the previous year on the left, and what became of them on the right, by status.

    The thickness of a band is its number of initiatives, which is written right of it where there is room. A
    very thin one is not drawn, unless the title is about it: the note counts these.
    The part of it between labels whose definitions overlap is hatched. The note counts those of this year
    alone.

    Parameters
    ----------
    passages
        As `indicators.transitions` returns it.
    tier
        Tier of the links to draw.
    told
        Statuses before and after of the bands that the title counts: these are in rust, with the name of what
        became of them where they are thick enough, and the others in grey, without hatches. Where none is
        told, a band has the colour of its status before. It is pale where its status stays the same.
    """
    then, now = edition.years[-2:]
    years = printed(then, language), printed(now, language)
    found = passages[(passages["tier"] == tier) & (passages["n_initiatives"] > 0)]
    is_new = found["status_previous"] == NOT_BEFORE
    shown = found[~is_new]
    names = notices.passage_names(edition, language)
    has_vocabulary = bool(shown["n_by_vocabulary"].any())
    bands = _bands(shown)
    drawn_ends = ends_drawn(bands, told)
    height = least_height(bands, drawn_ends, names, language)

    def draw(axes: Axes) -> None:
        is_phone = is_narrow(axes)
        lowered = 1.0 if is_phone else HEIGHTS[-1] / height
        _draw_alluvial(axes, bands, drawn_ends, names, years, language, lowered, told, is_narrow=is_phone)

    cells = [
        [
            choose(language, "{}, puis {}", "{}, then {}").format(names[before], names[after]),
            number(n, language),
            *([number(n_words, language)] if has_vocabulary else []),
        ]
        for before, after, n, n_words in shown.sort_values("n_initiatives", ascending=False, kind="stable")[
            ["status_previous", "status", "n_initiatives", "n_by_vocabulary"]
        ].itertuples(index=False)
    ]
    return drawn(
        Words(
            "fig-trajectories",
            filled(
                _measure(language, has_lost=NOT_FOUND in {*shown["status"]}), language, then=then, now=now
            ),
            spoken([f"{name}{colon(language)}{n}" for name, n, *_ in cells], language),
            [
                filled(
                    choose(language, "Statut en {then}, puis en {now}", "Status in {then}, then in {now}"),
                    language,
                    then=then,
                    now=now,
                ),
                heading("initiatives", language),
                *([heading("of_which_vocabulary", language)] if has_vocabulary else []),
            ],
            cells,
            " ".join(
                [
                    *_hatching(shown, drawn_ends, told, language),
                    *_thin(shown, drawn_ends, language),
                    *_left_out(int(found.loc[is_new, "n_initiatives"].sum()), then, now, language),
                    choose(
                        language,
                        "Palier des liens : {tier}.",
                        "Tier of links: {tier}.",
                        tier=notices.tier_word(tier, language),
                    ),
                ]
            ),
        ),
        draw,
        height=height,
        narrow_height=6.2,
        edition=edition,
        language=language,
    )


def _measure(language: str, *, has_lost: bool) -> str:
    """Return what the figure counts, and what "not found" does not mean, if it has any not found."""
    counted = choose(
        language,
        "Initiatives de {then}, selon leur statut en {then} et en {now}",
        "Initiatives of {then}, by their status in {then} and in {now}",
    )
    caution = choose(
        language,
        "; « non retrouvée » ne veut pas dire « arrêtée »",
        "; “not found” does not mean “stopped”",
    )
    return f"{counted}{caution}" if has_lost else counted


def _left_out(n: int, then: EditionId, now: EditionId, language: str) -> Iterator[str]:
    """Yield how many initiatives are of this year alone, if any."""
    if n:
        counted = f"{number(n, language)} {noun_after(n, language, 'initiative')}"
        sentence = choose(
            language,
            "Sans correspondance en {then} : {counted} de {now}.",
            "Without a match in {then}: {counted} of {now}.",
        )
        yield filled(sentence, language, then=then, now=now).replace("{counted}", counted)


def _hatching(
    shown: pd.DataFrame,
    drawn_ends: Collection[tuple[str, str]],
    told: Collection[tuple[str, str]],
    language: str,
) -> Iterator[str]:
    """Yield what hatching means, where a band is hatched."""
    hatched = shown[shown["n_by_vocabulary"] > 0]
    ends = {*zip(hatched["status_previous"], hatched["status"], strict=True)}
    if ends & {*(told or drawn_ends)}:
        yield choose(
            language,
            "Hachuré : les définitions des deux libellés se recoupent.",
            "Hatched: the definitions of the two labels overlap.",
        )


def _thin(shown: pd.DataFrame, drawn_ends: Collection[tuple[str, str]], language: str) -> Iterator[str]:
    """Yield how many bands are not drawn, the largest number of initiatives of one, and that of all."""
    sizes = shown.set_index(["status_previous", "status"])["n_initiatives"]
    thin = sizes[~sizes.index.isin(drawn_ends)]
    if len(thin) > 1:
        yield choose(
            language,
            "Non tracées : {k} bandes de {n} {noun} au plus ({all} en tout).",
            "Not drawn: {k} bands of at most {n} {noun} ({all} in all).",
            k=number(len(thin), language),
            n=number(thin.max(), language),
            noun=noun_after(thin.max(), language, "initiative"),
            all=number(thin.sum(), language),
        )
    elif len(thin):
        yield choose(
            language,
            "Non tracée : une bande de {n} {noun}.",
            "Not drawn: a band of {n} {noun}.",
            n=number(thin.max(), language),
            noun=noun_after(thin.max(), language, "initiative"),
        )


def _bands(shown: pd.DataFrame) -> list[Band]:
    """Return the bands from top to bottom, by status on the left, then on the right."""
    order = [*STATUSES, NOT_FOUND].index
    bands = []
    for each in shown.to_dict("records"):
        by_words = int(each["n_by_vocabulary"])
        for n, is_vocabulary in ((int(each["n_initiatives"]) - by_words, False), (by_words, True)):
            if n:
                bands.append(Band(each["status_previous"], each["status"], n, is_vocabulary))
    return sorted(bands, key=lambda band: (order(band.before), order(band.after)))


def _draw_alluvial(
    axes: Axes,
    bands: Sequence[Band],
    drawn_ends: Collection[tuple[str, str]],
    names: Mapping[str, str],
    years: tuple[str, str],
    language: str,
    lowered: float,
    told: Collection[tuple[str, str]],
    *,
    is_narrow: bool,
) -> None:
    """Draw the nodes of both years, the bands `drawn_ends` between them, and their names and numbers.

    `lowered` is as in `alluvial`. A band `told` is in rust.
    """
    whole, placed = sum(band.n for band in bands), placed_bands(bands, drawn_ends, lowered)
    flows, size = flows_of(placed), NARROW_SIZE if is_narrow else 8
    right = 1 + room_of_numbers(flows, language, is_narrow=is_narrow)
    for side, (year, x) in enumerate(zip(years, (0, right), strict=True)):
        nodes = nodes_of(bands, side)
        labels = labels_of(nodes, names, side, language, is_narrow=is_narrow)
        _draw_nodes(axes, side, x, nodes, whole, labels, lowered)
        alignment = "right" if side == 0 else "left"
        axes.text(x, 0.03 * lowered * whole, year, ha=alignment, va="bottom", fontweight="bold")
    for band, tops in placed:
        is_told = band.ends in told
        role = colours.ACCENT if is_told else colours.MUTED if told else _colour(band.before)
        opacity = _TOLD if is_told else _STAYING if band.before == band.after else _PASSING
        is_hatched = band.is_vocabulary and (is_told or not told)
        _draw_band(axes, tops, band, role, opacity, is_hatched=is_hatched)
    for flow in flows:
        name = names[flow.ends[1]]
        place = name_within(flow, name, whole, lowered, is_narrow=is_narrow) if flow.ends in told else None
        if place:
            axes.text(*place, name, va="center", fontsize=size, fontweight="bold", color=colours.PAPER)
    for y, flow in numbers(flows, whole, lowered, told, is_narrow=is_narrow):
        is_told = flow.ends in told
        axes.annotate(
            number(flow.n, language),
            (right, y),
            xytext=(-4, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=size,
            fontweight="bold" if is_told else "normal",
            color=colours.ACCENT if is_told else colours.LIGHT["muted"] if told else colours.INK,
        )
    before, after = (0.53, 0.62) if is_narrow else (0.42, 0.55)
    axes.set_xlim(-before, right + after)
    axes.set_ylim(-1.02 * depth(whole, lowered), 0.09 * lowered * whole)
    axes.set_axis_off()


def _draw_nodes(
    axes: Axes,
    side: int,
    x: float,
    sizes: Mapping[str, int],
    whole: int,
    labels: Sequence[str],
    lowered: float,
) -> None:
    """Draw a column of labelled nodes from top to bottom, from `x` away from the bands."""
    from matplotlib.patches import Rectangle

    x -= _NODE if side == 0 else 0
    for status, top in tops_of(sizes, whole, lowered).items():
        size = sizes[status]
        is_hollow = status in HOLLOW  # as on the page: an outline says what is not known
        drawn_size = max(size, _LEAST_NODE * whole)
        bottom = top - (size + drawn_size) / 2
        face = colours.PAPER if is_hollow else _colour(status)
        node = Rectangle((x, bottom), _NODE, drawn_size, facecolor=face)
        node.set(edgecolor=_colour(status) if is_hollow else colours.MUTED, linewidth=1 if is_hollow else 0.5)
        axes.add_patch(node)
    middles = middles_of(sizes, whole, lowered)
    for label, middle in zip(labels, moved_apart(middles, labels, whole, lowered), strict=True):
        axes.annotate(
            label,
            (x + (0 if side == 0 else _NODE), middle),
            xytext=(-5 if side == 0 else 5, 0),
            textcoords="offset points",
            ha="right" if side == 0 else "left",
            va="center",
            fontsize=8.5,
            linespacing=1.0,
        )


def _colour(status: str) -> Any:
    return colours.STATUS_COLOURS.get(status, colours.RULE)


def _draw_band(
    axes: Axes, tops: Sequence[float], band: Band, colour: str, opacity: float, *, is_hatched: bool
) -> None:
    """Draw a band whose two edges are cubic curves, horizontal at both ends, and seen where it is pale."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (one, other), n = tops, band.n
    points = [
        (0, one), (0.5, one), (0.5, other), (1, other),
        (1, other - n), (0.5, other - n), (0.5, one - n), (0, one - n), (0, one),
    ]  # fmt: skip
    curve, line = Path.CURVE4, Path.LINETO
    codes = [Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
    axes.add_patch(
        PathPatch(
            Path(points, codes),
            facecolor=(colour, opacity),
            edgecolor=colours.PAPER if is_hatched else colour,
            hatch="////" if is_hatched else None,
            linewidth=0.5,
            zorder=opacity - 1,
        )
    )
