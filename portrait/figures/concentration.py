"""Lorenz curve of initiatives by portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import wrapped
from portrait.figures.picture import Figure, Words, drawn, is_narrow
from portrait.language.locales import choose
from portrait.language.numbers import number, percent
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BESIDE = 0.6
"""Share of initiatives from which the curve is steep: what is said of its upper part is left of it."""
_LOW = 0.15
"""Share of initiatives under which a point has no room for a name between it and the axis."""
_NARROW = 0.33
"""Distance of the point where the largest begin from the diagonal, under which no name stands between."""


def lorenz(table: pd.DataFrame, edition: Edition, language: str, *, n_largest: int = 0) -> Figure:
    """Draw the Lorenz curve of portfolios and the line of equality, with what they are.

    Parameters
    ----------
    table
        As `indicators.lorenz_curve` returns it on portfolios, for one year with enough initiatives for a
        share.
    n_largest
        Number of the largest portfolios that the title is about: the curve is in rust from where they
        begin.
    """

    def draw(axes: Axes) -> None:
        _draw_curve(axes, table, n_largest)
        if n_largest:
            _name_parts(axes, table, n_largest, language, is_narrow=is_narrow(axes))
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
                "Courbe de Lorenz des initiatives par portefeuille, {edition}",
                "Lorenz curve of initiatives, by portfolio, {edition}",
                edition=edition.called(language),
            ),
            alt=_summary(table, language),
            columns=[
                choose(language, "Portefeuilles, par nombre croissant", "Portfolios, smallest first"),
                choose(language, "Part des portefeuilles", "Share of portfolios"),
                choose(language, "Initiatives cumulées", "Cumulative initiatives"),
                heading("share_of_initiatives", language),
            ],
            rows=[
                [
                    number(point.n_groups, language),
                    percent(point.groups_share, language, decimals=1),
                    number(point.n_initiatives, language),
                    percent(point.initiatives_share, language, decimals=1),
                ]
                for point in table.itertuples()
            ],
            note=choose(
                language,
                "Chaque point ajoute un portefeuille, par nombre croissant d’initiatives.",
                "Each point adds a portfolio, from the one that reports fewest initiatives to the one that "
                "reports most.",
            ),
        ),
        draw,
        height=2.25,
        narrow_height=3.15,
        edition=edition,
        language=language,
    )


def _draw_curve(axes: Axes, curve: pd.DataFrame, n_largest: int) -> None:
    """Draw the points from the fewest to the most, the last `n_largest` in rust."""
    x, y = curve["groups_share"].to_numpy(), curve["initiatives_share"].to_numpy()
    # Twice this area is the Gini coefficient.
    axes.fill_between(x, y, x, color=colours.MUTED, alpha=0.15, linewidth=0)
    first = len(x) - 1 - n_largest
    for part, colour, width in (
        (slice(0, first + 1), colours.MUTED, 1.1),
        (slice(first, None), colours.ACCENT, 1.8),
    ):
        axes.plot(x[part], y[part], color=colour, linewidth=width, marker="o", markersize=3)


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


def _name_parts(axes: Axes, curve: pd.DataFrame, n_largest: int, language: str, *, is_narrow: bool) -> None:
    """Write the share of the largest portfolios where the curve is steep, and that of the others.

    Where the diagonal is near, the largest are named below the curve, and the others in the corner.
    """
    n_others = int(curve["n_groups"].max()) - n_largest
    point = curve[curve["n_groups"] == n_others].iloc[0]
    share = point["initiatives_share"]
    steep = curve[curve["initiatives_share"] >= max(_BESIDE, share)].iloc[0]
    largest = choose(language, "les {n} premiers", "the {n} largest", n=number(n_largest, language))
    others = choose(language, "les {n} autres", "the other {n}", n=number(n_others, language))
    if n_others == 1:
        others = choose(language, "l’autre", "the other one")
    largest, others = (
        f"{name}{colon(language)}{percent(part, language)}"
        for name, part in ((largest, 1 - share), (others, share))
    )
    style = {"color": colours.ACCENT, "fontweight": "bold"}
    if point["groups_share"] - share < _NARROW:
        _beside(axes, wrapped(largest, 14), (point["groups_share"], share), (7, -3), **style)
        _beside(axes, wrapped(others, 14) if is_narrow else others, (1, 0), (-1, 4))
        return
    at = steep["groups_share"], steep["initiatives_share"]
    _beside(axes, wrapped(largest, 11), at, (-14, -1), **style)
    at = point["groups_share"], share
    if share < _LOW:
        _beside(axes, others, at, (0, 12))
    else:
        _beside(axes, wrapped(others, 14) if is_narrow else others, at, (7, -3))


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


def _summary(curve: pd.DataFrame, language: str) -> str:
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
    return choose(
        language,
        "Sur {n} portefeuilles, {which} {share} des initiatives.",
        "Of {n} portfolios, {which} {share} of the initiatives.",
        n=number(n, language),
        which=which,
        share=share,
    )
