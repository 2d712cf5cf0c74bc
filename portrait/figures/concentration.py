"""Lorenz curve of initiatives by portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import wrapped
from portrait.figures.picture import Figure, Words, drawn, is_narrow
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, percent
from portrait.language.periods import EditionId, printed
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEEP = 0.6
"""Share of initiatives from which a curve has room under it for its name."""
_CLOSE = 0.03
"""Share of initiatives under which curves are nowhere much further apart than strokes."""
_NOT_DRAWN = Wording(
    "La courbe de {edition}, presque la même, n’est pas tracée.",
    "The curve of {edition}, nearly the same, is not drawn.",
)
_LOW = 0.15
"""Share of initiatives under which a point has no room for a name between it and the axis."""


def lorenz(table: pd.DataFrame, edition: Edition, language: str, *, n_largest: int = 0) -> Figure:
    """Draw the Lorenz curve of portfolios for the last two years and the line of equality, with their names.

    Parameters
    ----------
    table
        As `indicators.lorenz_curve` returns it on portfolios, for years with enough initiatives for a
        share.
    n_largest
        Number of the largest portfolios that the title is about: the curve is marked where they begin.
    """
    years = sorted(table["year"].unique())[-2:]
    curves = {year: table[table["year"] == year] for year in years}

    before = [year for year in years[:-1] if _is_hidden(curves[year], curves[years[-1]])]

    def draw(axes: Axes) -> None:
        for year, curve in curves.items():
            if year in before:
                continue
            _draw_curve(axes, curve, edition.brief(year, language), is_last=year == years[-1])
        _name_curves(axes)
        if n_largest:
            _mark_largest(axes, curves[years[-1]], n_largest, language)
        axes.plot([0, 1], [0, 1], color=colours.MUTED, linewidth=1, linestyle=(0, (4, 3)))
        equal = choose(language, "si les nombres étaient égaux", "if all reported the same number")
        equal = wrapped(equal, 16 if is_narrow(axes) else 48)
        _beside(axes, equal, (0.55, 0.55), (-6, 2))
        _share_axes(axes, edition, language, is_narrow=is_narrow(axes))

    return drawn(
        Words(
            id="fig-lorenz",
            caption=choose(
                language,
                "Courbe de Lorenz des initiatives déclarées par portefeuille",
                "Lorenz curve of initiatives reported, by portfolio",
            ),
            alt=" ".join(_summary(year, curve, language) for year, curve in curves.items()),
            columns=[
                choose(language, "Portefeuilles, par nombre croissant", "Portfolios, smallest first"),
                choose(language, "Part des portefeuilles", "Share of portfolios"),
                choose(language, "Initiatives cumulées", "Cumulative initiatives"),
                heading("share_of_initiatives", language),
            ],
            rows=[
                [
                    f"{edition.brief(year, language)}{colon(language)}{number(point.n_groups, language)}",
                    percent(point.groups_share, language, decimals=1),
                    number(point.n_initiatives, language),
                    percent(point.initiatives_share, language, decimals=1),
                ]
                for year, curve in curves.items()
                for point in curve.itertuples()
            ],
            note=" ".join(
                [
                    choose(
                        language,
                        "Chaque point ajoute un portefeuille, par nombre croissant d’initiatives.",
                        "Each point adds a portfolio, from the one that reports fewest initiatives to the "
                        "one that reports most.",
                    ),
                    *(_NOT_DRAWN.said(language, edition=edition.brief(year, language)) for year in before),
                ]
            ),
        ),
        draw,
        height=2.25,
        narrow_height=3.15,
        edition=edition,
        language=language,
    )


def _draw_curve(axes: Axes, curve: pd.DataFrame, label: str, *, is_last: bool) -> None:
    colour, filling = (colours.ACCENT, colours.ACCENT) if is_last else (colours.INK, colours.PAPER)
    if is_last:  # twice this area is the Gini coefficient
        axes.fill_between(
            curve["groups_share"],
            curve["initiatives_share"],
            curve["groups_share"],
            color=colour,
            alpha=0.1,
            linewidth=0,
        )
    axes.plot(
        curve["groups_share"],
        curve["initiatives_share"],
        color=colour,
        linewidth=1.8 if is_last else 1.1,
        marker="o",
        markersize=3,
        markerfacecolor=filling,
        label=label,
        zorder=3 if is_last else 2,
    )


def _beside(
    axes: Axes, text: str, point: tuple[float, float], offset: tuple[float, float], **style: Any
) -> None:
    """Write beside a point, on the side to which an offset in points goes."""
    x, y = offset
    sides: dict[str, Any] = {
        "ha": "left" if x > 0 else "right" if x < 0 else "center",
        "va": "bottom" if y > 0 else "top",
    }
    axes.annotate(text, point, xytext=offset, textcoords="offset points", **sides, **style)


def _is_hidden(curve: pd.DataFrame, last: pd.DataFrame) -> bool:
    """Return whether a curve would be under the last one, nowhere much further from it than a stroke."""
    beside = np.interp(curve["groups_share"], last["groups_share"], last["initiatives_share"])
    return bool(np.abs(curve["initiatives_share"] - beside).max() < _CLOSE)


def _name_curves(axes: Axes) -> None:
    """Name each curve in its own colour: the last where it is steep, the one before where it is furthest."""
    *before, last = axes.lines
    points = np.asarray(last.get_xydata())
    steep = next(point for point in points if point[1] >= _STEEP)
    for line in before:
        own = np.asarray(line.get_xydata())
        gaps = own[:, 1] - np.interp(own[:, 0], *points.T)
        place = int(np.argmax(np.abs(gaps)))
        _beside(axes, str(line.get_label()), own[place], (-5, 3) if gaps[place] >= 0 else (5, -3))
    _beside(axes, str(last.get_label()), steep, (6, -3), color=colours.ACCENT, fontweight="bold")


def _mark_largest(axes: Axes, curve: pd.DataFrame, n_largest: int, language: str) -> None:
    """Mark the point at which the largest portfolios begin, and write what share the others have."""
    n_others = int(curve["n_groups"].max()) - n_largest
    point = curve[curve["n_groups"] == n_others].iloc[0]
    share = percent(point["initiatives_share"], language)
    n = number(n_others, language)
    at = point["groups_share"], point["initiatives_share"]
    axes.plot(
        *at,
        marker="o",
        markersize=8,
        markerfacecolor="none",
        markeredgecolor=colours.ACCENT,
        linestyle="none",
        zorder=4,
    )
    others = choose(language, "les {n} autres", "the {n} others", n=n) + colon(language) + share
    if point["initiatives_share"] < _LOW:
        _beside(axes, others, at, (0, 12))
    else:
        _beside(axes, wrapped(others, 14) if is_narrow(axes) else others, at, (7, -3))


def _share_axes(axes: Axes, edition: Edition, language: str, *, is_narrow: bool) -> None:
    from matplotlib.ticker import FuncFormatter

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
        axis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))
    axes.set(xlim=(-0.01, 1.02), ylim=(-0.02, 1.02))
    if is_narrow:
        axes.set_box_aspect(1)
    order = choose(
        language,
        "par nombre croissant d’initiatives",
        "from the one that reports fewest to the one that reports most",
    )
    share = edition.source.choose(language, "Part des portefeuilles", "Share of portfolios")
    axes.set_xlabel(f"{share},\n{wrapped(order, 38)}" if is_narrow else f"{share}, {order}")
    # A title has its room above the axes; a label of the axis there would be cut.
    share = edition.source.in_its_nouns(heading("share_of_initiatives", language), language)
    axes.set_title(share, loc="left", fontsize=axes.xaxis.label.get_fontsize(), fontweight="normal")


def _summary(year: EditionId, curve: pd.DataFrame, language: str) -> str:
    """Return a sentence with the share of initiatives held by the lower half of the portfolios."""
    n = int(curve["n_groups"].max())
    low = curve[curve["n_groups"] == max(n // 2, 1)].iloc[0]
    few, share = int(low["n_groups"]), percent(low["initiatives_share"], language, decimals=1)
    which = (
        choose(
            language,
            "les {few} qui en déclarent le moins réunissent",
            "the {few} that report fewest have together",
            few=number(few, language),
        )
        if few > 1
        else choose(language, "le plus petit nombre fait", "the one that reports fewest has")
    )
    when = printed(year, language)
    return choose(
        language,
        "{when}{colon}sur {n} portefeuilles, {which} {share} des initiatives.",
        "{when}{colon}of {n} portfolios, {which} {share} of the initiatives.",
        when=when,
        colon=colon(language),
        n=number(n, language),
        which=which,
        share=share,
    )
