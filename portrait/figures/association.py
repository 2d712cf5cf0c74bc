"""Circles for the initiatives of each portfolio and category, and those above their expected count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import ROW, wrapped
from portrait.figures.picture import NARROW_SIZE, NARROW_WIDTH, WIDTH, Figure, Words, drawn, is_narrow
from portrait.indicators import MOST_ROWS, retained
from portrait.language.agreement import enumeration, noun_after
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_COLUMNS = 15
"""Greatest number of columns: with more, the circles are too small."""
WIDE_COLUMNS, NARROW_COLUMNS = 5, 3
"""Greatest number of columns whose names fit horizontally, on paper and on a phone."""
SHORTEST_HEAD, LONGEST_HEAD = 16, 30
"""Least and greatest number of letters of a line of a name that is upright."""
_WIDEST, _WIDEST_NARROW, _LEAST = 15, 14, 1.4
"""Diameter of the largest circle, on paper and on a phone, and of the smallest one, in points."""
_LETTER = 0.52
"""Width of a letter or a digit, as a part of its height."""
_NARROW_ROW = 0.52
"""Height of a row on a phone, where a name is above its circles and numbers are below, in inches."""
MOST_NAMED = 6
"""Greatest number of omitted portfolios that a note names; if there are more, it gives their number."""
LEAST_DRAWN = 5
"""Fewest initiatives of a pair that has a circle, unless it is above its expected count."""
N_TOLD = 5
"""Number of pairs that the alternative text names."""
LEAST_RESIDUALS = 3
"""Fewest residuals of a row, unless a pair of it is retained above its expected count."""


class _Circle(NamedTuple):
    """Column and row of a pair, its initiatives, and whether it is retained above its expected count."""

    x: int
    y: int
    n: int
    is_above: bool


def profiles(pairs: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw a circle for each portfolio and category, whose area is its number of initiatives.

    The pairs retained above their expected count are in rust and have their number; the others are grey.
    Of the latter, those of fewer than `LEAST_DRAWN` are in the data alone, unless they are of a specimen.
    Portfolios with fewer than `LEAST_RESIDUALS` and none retained above its expected count, categories that
    have only pairs without a residual, and those for which there is no room, are omitted and named in the
    note; a specimen keeps the former. A large circle may be close to its expected count, and a small one far
    above it: the data have the residual of each pair.

    Parameters
    ----------
    pairs
        As `indicators.associations` returns it, with at least one residual.
    """
    kept = pairs if edition.is_specimen else pairs[pairs["residual"].notna() & ~_says_little(pairs)]
    rows = [name for name in pairs["portfolio"].unique() if name in set(kept["portfolio"])][:MOST_ROWS]
    columns = [name for name in pairs["category"].unique() if name in set(kept["category"])][:MOST_COLUMNS]
    shown = pairs[pairs["portfolio"].isin(rows) & pairs["category"].isin(columns)]
    sure = retained(pairs)
    above = set(sure.loc[sure["residual"] > 0, ["portfolio", "category"]].itertuples(index=False, name=None))
    row_labels = _labels("portfolio", rows, edition, language)
    column_labels = _labels("category", columns, edition, language)
    texts = shown.assign(text=[_counted(each, language) for each in shown.itertuples()]).pivot(
        index="portfolio", columns="category", values="text"
    )
    circles = [
        _Circle(columns.index(category), rows.index(portfolio), int(n), (portfolio, category) in above)
        for portfolio, category, n in shown[["portfolio", "category", "n_initiatives"]].values.tolist()
        if n
    ]
    if not edition.is_specimen:
        circles = [circle for circle in circles if circle.is_above or circle.n >= LEAST_DRAWN]

    is_upright = len(columns) > WIDE_COLUMNS
    heads = _in_two_lines(column_labels) if is_upright else [wrapped(name, 19) for name in column_labels]
    longest = max((len(line) for head in heads for line in head.split("\n")), default=0)
    row_names = [wrapped(name, 34) for name in row_labels]
    row_height = (1.12 if any("\n" in name for name in row_names) else 0.88) * ROW

    def draw(axes: Axes) -> None:
        narrow = is_narrow(axes)
        size = NARROW_SIZE if narrow else 8
        names = 0 if narrow else max(len(line) for name in row_names for line in name.split("\n"))
        room = ((NARROW_WIDTH if narrow else WIDTH) * 72 - names * size * _LETTER) / len(columns)
        _draw_circles(axes, circles, room, size, language, is_narrow=narrow)
        if narrow:
            for place, name in enumerate(row_labels):
                axes.annotate(
                    wrapped(name, 48, most_lines=1),
                    (-0.5, place - 0.5),
                    xytext=(0, -2),
                    textcoords="offset points",
                    va="top",
                    fontsize=size,
                )
        axes.set_yticks(range(len(rows)), [""] * len(rows) if narrow else row_names, fontsize=size)
        is_flat = len(columns) <= (NARROW_COLUMNS if narrow else WIDE_COLUMNS)
        axes.set_xticks(
            range(len(columns)),
            heads if is_flat or not narrow else [wrapped(name, LONGEST_HEAD) for name in column_labels],
            fontsize=size,
            rotation=0 if is_flat else 90,
            linespacing=1.0,
            multialignment="center" if is_flat else "left",
        )
        axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.grid(visible=True, axis="x" if narrow else "both")
        axes.spines[:].set_visible(False)

    return drawn(
        Words(
            "fig-profiles",
            choose(
                language,
                "Initiatives de chaque portefeuille dans chaque catégorie, {edition}",
                "Initiatives of each portfolio in each category, {edition}",
                edition=edition.called(language),
            ),
            _alternative(shown, sure.merge(shown[["portfolio", "category"]]), edition, language),
            [heading("portfolio", language), *column_labels],
            [[label, *texts.loc[name, columns]] for name, label in zip(rows, row_labels, strict=True)],
            _note(pairs, rows, columns, edition, language),
        ),
        draw,
        height=(0.4 + 0.05 * longest if is_upright else 0.9) + row_height * len(rows),
        narrow_height=(0.8 if len(columns) <= NARROW_COLUMNS else 2.2) + _NARROW_ROW * len(rows),
        edition=edition,
        language=language,
    )


def _says_little(pairs: pd.DataFrame) -> pd.Series:
    """Tell of each pair whether its portfolio has too few residuals to be a row of the figure."""
    n_columns = pairs.loc[pairs["residual"].notna(), "category"].nunique()
    n_residuals = pairs["residual"].notna().groupby(pairs["portfolio"]).transform("sum")
    sure = retained(pairs)
    above = pairs["portfolio"].isin(sure.loc[sure["residual"] > 0, "portfolio"])
    return (n_residuals < min(LEAST_RESIDUALS, n_columns)) & ~above


def _labels(field: str, names: list[str], edition: Edition, language: str) -> list[str]:
    return [edition.source.short_label(field, name, language) for name in names]


def _in_two_lines(names: Sequence[str]) -> list[str]:
    r"""Return the names of columns in lines as short as leaves each of them two at most, and each word whole.

    >>> _in_two_lines(["Science", "Administrative functions", "Procurement and financial management"])
    ['Science', 'Administrative\nfunctions', 'Procurement and\nfinancial management']
    """
    longest = max((len(word) for name in names for word in name.split()), default=0)
    for width in range(max(SHORTEST_HEAD, min(longest, LONGEST_HEAD)), LONGEST_HEAD + 1):
        heads = [wrapped(name, width) for name in names]
        if all(head.count("\n") < 2 for head in heads):
            break
    return heads


def _signed(residual: float, language: str) -> str:
    """Write a residual with a sign unless it rounds to 0; a dash where it is missing."""
    return "—" if pd.isna(residual) else signed(residual, language, decimals=1)


def _counted(pair: Any, language: str) -> str:
    """Write the number of a pair, then its residual, if it has one."""
    n = number(pair.n_initiatives, language)
    return n if pd.isna(pair.residual) else f"{n} ({_signed(pair.residual, language)})"


def _draw_circles(
    axes: Axes, circles: Sequence[_Circle], room: float, size: float, language: str, *, is_narrow: bool
) -> None:
    """Draw circles and the numbers of those above: right of them, or below on a phone, where these fit.

    `room` is the width of a column, in points.
    """
    texts = {circle: number(circle.n, language) for circle in circles if circle.is_above}
    widths = {circle: len(text) * size * _LETTER for circle, text in texts.items()}
    largest = max((circle.n for circle in circles), default=1)

    def diameter(circle: _Circle, widest: float) -> float:
        return max(widest * math.sqrt(circle.n / largest), _LEAST)

    def has_room(widest: float) -> bool:
        after = {(circle.x, circle.y): diameter(circle, widest) for circle in circles}
        return all(
            diameter(circle, widest) / 2 + 3 + width + after.get((circle.x + 1, circle.y), 0) / 2 <= room
            for circle, width in widths.items()
        )

    wide = next((widest for widest in range(_WIDEST, 8, -1) if has_room(widest)), 8)
    widest = min(_WIDEST_NARROW, room) if is_narrow else wide
    for is_above, colour in ((False, colours.MUTED), (True, colours.ACCENT)):
        drawn_ones = [circle for circle in circles if circle.is_above == is_above]
        axes.scatter(
            [circle.x for circle in drawn_ones],
            [circle.y for circle in drawn_ones],
            s=[diameter(circle, widest) ** 2 for circle in drawn_ones],
            color=colour,
            linewidth=0,
            zorder=2,
        )
    for circle, text in texts.items():
        if is_narrow and widths[circle] > room:
            continue
        edge = diameter(circle, widest) / 2 + 1.5
        axes.annotate(
            text,
            (circle.x, circle.y),
            xytext=(0, -edge) if is_narrow else (edge, 0),
            textcoords="offset points",
            ha="center" if is_narrow else "left",
            va="top" if is_narrow else "center",
            fontsize=size,
            fontweight="bold",
            color=colours.ACCENT,
            zorder=1.5,
            bbox={"facecolor": colours.PAPER, "edgecolor": "none", "pad": 0.5},  # over the line of the row
        )


def _alternative(shown: pd.DataFrame, sure: pd.DataFrame, edition: Edition, language: str) -> str:
    """Return how many rows and columns are drawn, and the pairs furthest above their expected count."""
    sizes = (
        (shown["portfolio"].nunique(), choose(language, "portefeuille", "portfolio")),
        (shown["category"].nunique(), choose(language, "catégorie", "category")),
    )
    size = [f"{number(n, language)} {noun_after(n, language, noun)}" for n, noun in sizes]
    above = sure[sure["residual"] > 0].head(N_TOLD)
    more = choose(language, "Plus que l’effectif attendu", "More than expected")
    pairs = "; ".join(_pair_text(row, edition, language) for _, row in above.iterrows())
    return f"{enumeration(size, language)}." + (f" {more}{colon(language)}{pairs}." if pairs else "")


def _pair_text(row: pd.Series, edition: Edition, language: str) -> str:
    portfolio, category = (
        edition.source.short_label(field, row[field], language) for field in ("portfolio", "category")
    )
    return f"{portfolio}, {category} ({_signed(row['residual'], language)})"


def _note(pairs: pd.DataFrame, rows: list[str], columns: list[str], edition: Edition, language: str) -> str:
    in_colour = choose(language, "En couleur", "In colour")
    of_size = choose(
        language,
        ", si elles ont au moins {least} initiatives",
        ", if they have {least} initiatives or more",
        least=LEAST_DRAWN,
    )
    sentences = [
        choose(
            language,
            "L’aire d’un cercle est le nombre d’initiatives. {marked}, avec ce nombre s’il a la place : les "
            "paires retenues au-dessus de leur effectif attendu. En gris : les autres{of_size}. Dans les "
            "données, entre parenthèses : le résidu ajusté.",
            "The area of a circle is the number of initiatives. {marked}, with this number where it has "
            "room: the pairs retained above their expected count. In grey: the others{of_size}. In the data, "
            "in parentheses: the adjusted residual.",
            marked=choose(language, "En foncé", "Darker") if edition.is_specimen else in_colour,
            of_size="" if edition.is_specimen else of_size,
        )
    ]
    nouns = {
        "portfolio": choose(language, "Portefeuilles hors du dessin", "Portfolios not drawn"),
        "category": choose(language, "Catégories non dessinées", "Categories not drawn"),
    }
    too_few = choose(language, "n’ayant pas assez d’initiatives", "having too few initiatives")
    no_room = choose(language, "faute de place", "for lack of room")
    thin = choose(
        language,
        "ayant moins de {least} résidus et aucun retenu au-dessus de l’effectif attendu",
        "having fewer than {least} residuals and none retained above the expected count",
        least=LEAST_RESIDUALS,
    )
    short = set(pairs.loc[_says_little(pairs), "portfolio"])
    for field, drawn_names in (("portfolio", rows), ("category", columns)):
        has_residual = pairs["residual"].notna().groupby(pairs[field], sort=False).any()
        left_out = has_residual[~has_residual.index.isin(drawn_names)]
        some = list(left_out.index[left_out])
        for reason, names in (
            (too_few, list(left_out.index[~left_out])),
            (thin, [name for name in some if field == "portfolio" and name in short]),
            (no_room, [name for name in some if field != "portfolio" or name not in short]),
        ):
            if names:
                named = _named(field, names, edition, language)
                sentences.append(f"{nouns[field]}, {reason}{colon(language)}{named}.")
    return " ".join(sentences)


def _named(field: str, names: list[str], edition: Edition, language: str) -> str:
    """Return the omitted names, or their number if there are more than `MOST_NAMED`."""
    if len(names) > MOST_NAMED:
        return number(len(names), language)
    return enumeration(_labels(field, names, edition, language), language)
