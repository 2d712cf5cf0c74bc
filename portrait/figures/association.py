"""Heat map of the adjusted residuals of portfolios and categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import ROW, wrapped
from portrait.figures.picture import NARROW_SIZE, Figure, Words, drawn, is_narrow
from portrait.indicators import MOST_ROWS, SMALLEST_EXPECTED, retained
from portrait.language.agreement import enumeration, noun_after
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours, scales

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_COLUMNS = 15
"""Greatest number of columns of a heat map: with more, the numbers do not fit their cells."""
WIDE_COLUMNS, NARROW_COLUMNS = 5, 3
"""Greatest number of columns whose names fit horizontally, on paper and on a phone."""
SHORTEST_HEAD, LONGEST_HEAD = 16, 30
"""Least and greatest number of letters of a line of a name that is upright."""
DECIMAL_COLUMNS = 10
"""Greatest number of columns whose numbers have their decimal: with more, they are too dense to read."""
FULL_COLOUR = 20
"""Residual at which the colour scale saturates; fixed, so that editions can be compared."""
MOST_NAMED = 6
"""Greatest number of omitted portfolios that a note names; if there are more, it gives their number."""
N_TOLD = 5
"""Number of pairs that the alternative text names on each side of 0."""
LEAST_RESIDUALS = 3
"""Fewest residuals of a row, unless a pair of it is retained above its expected count."""


def profiles(pairs: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the adjusted residuals of portfolios and categories as an annotated heat map.

    The pairs retained have a number, and a colour that is darker for larger residuals; the others are white.
    Its scale is below the last row.
    A pair whose expected count is too small is hatched and has no number. Portfolios with fewer than
    `LEAST_RESIDUALS` and none retained above its expected count, categories that have only such pairs, and
    those for which there is no room, are omitted and named in the note; a specimen keeps the former, to show
    the hatching. A small residual does not prove that the count is close to the
    expected one, and a large residual does not mean a large count.

    Parameters
    ----------
    pairs
        As `indicators.associations` returns it, with at least one residual.
    """
    kept = pairs if edition.is_specimen else pairs[pairs["residual"].notna() & ~_says_little(pairs)]
    rows = [name for name in pairs["portfolio"].unique() if name in set(kept["portfolio"])][:MOST_ROWS]
    columns = [name for name in pairs["category"].unique() if name in set(kept["category"])][:MOST_COLUMNS]
    shown = pairs[pairs["portfolio"].isin(rows) & pairs["category"].isin(columns)]
    grid = shown.pivot(index="portfolio", columns="category", values="residual").loc[rows, columns]
    sure = {(row.portfolio, row.category) for row in retained(pairs).itertuples()}
    is_kept = pd.DataFrame([[(row, column) in sure for column in columns] for row in rows], rows, columns)
    texts = grid.map(lambda residual: _signed(residual, language))
    n_decimals = int(len(columns) <= DECIMAL_COLUMNS)
    drawn_texts = grid.map(lambda residual: _signed(residual, language, decimals=n_decimals))
    drawn_texts = drawn_texts.where(is_kept, "")
    row_labels = _labels("portfolio", rows, edition, language)
    column_labels = _labels("category", columns, edition, language)

    is_upright = len(columns) > WIDE_COLUMNS
    heads = _in_two_lines(column_labels) if is_upright else [wrapped(name, 19) for name in column_labels]
    longest = max((len(line) for head in heads for line in head.split("\n")), default=0)
    row_names = [wrapped(name, 34) for name in row_labels]
    row_height = (1.08 if any("\n" in name for name in row_names) else 0.85) * ROW

    def draw(axes: Axes) -> None:
        import seaborn

        narrow = is_narrow(axes)
        size = NARROW_SIZE if narrow else 8
        fills = grid.where(is_kept | grid.isna(), 0.0)
        # On a phone, the name of a row has a line of its own, over its cells.
        seaborn.heatmap(
            _under_names(fills, float("nan")) if narrow else fills,
            annot=_under_names(drawn_texts, "") if narrow else drawn_texts,
            fmt="",
            cmap=scales.diverging_map(),
            vmin=-FULL_COLOUR,
            vmax=FULL_COLOUR,
            cbar=False,
            xticklabels=False,  # seaborn would lay out the names as they are in the data
            yticklabels=False,
            ax=axes,
            annot_kws={"fontsize": size},
        )
        _style_numbers(axes, fills)
        places = [2 * row + 1 if narrow else row for row in range(len(rows))]
        _hatch(axes, grid, places)
        _draw_key(axes, size, language, is_narrow=narrow)
        if narrow:
            for place, name in zip(places, row_labels, strict=True):
                axes.annotate(
                    wrapped(name, 48, most_lines=1),
                    (0, place),
                    xytext=(0, 3),
                    textcoords="offset points",
                    fontsize=size,
                )
        axes.set_yticks(
            [] if narrow else [row + 0.5 for row in places],
            [] if narrow else row_names,
            fontsize=size,
            rotation=0,
        )
        is_flat = len(columns) <= (NARROW_COLUMNS if narrow else WIDE_COLUMNS)
        axes.set_xticks(
            [column + 0.5 for column in range(len(columns))],
            heads if is_flat or not narrow else [wrapped(name, LONGEST_HEAD) for name in column_labels],
            fontsize=size,
            rotation=0 if is_flat else 90,
            linespacing=1.0,
            multialignment="center" if is_flat else "left",
        )
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set(xlabel="", ylabel="")

    return drawn(
        Words(
            "fig-profiles",
            choose(
                language,
                "Résidu ajusté de chaque portefeuille et de chaque catégorie, {edition}",
                "Adjusted residual of each portfolio and category, {edition}",
                edition=edition.called(language),
            ),
            _alternative(shown, edition, language),
            [heading("portfolio", language), *column_labels],
            [[label, *texts.loc[name]] for name, label in zip(rows, row_labels, strict=True)],
            _note(pairs, rows, columns, edition, language),
        ),
        draw,
        height=(0.6 + 0.05 * longest if is_upright else 1.2) + row_height * len(rows),
        narrow_height=(0.8 if len(columns) <= NARROW_COLUMNS else 2.2) + 2 * ROW * len(rows),
        edition=edition,
        language=language,
    )


def _says_little(pairs: pd.DataFrame) -> pd.Series:
    """Tell of each pair whether its portfolio has too few residuals to be a row of the heat map."""
    n_columns = pairs.loc[pairs["residual"].notna(), "category"].nunique()
    n_residuals = pairs["residual"].notna().groupby(pairs["portfolio"]).transform("sum")
    sure = retained(pairs)
    above = pairs["portfolio"].isin(sure.loc[sure["residual"] > 0, "portfolio"])
    return (n_residuals < min(LEAST_RESIDUALS, n_columns)) & ~above


def _labels(field: str, names: list[str], edition: Edition, language: str) -> list[str]:
    return [edition.source.short_label(field, name, language) for name in names]


def _in_two_lines(names: Sequence[str]) -> list[str]:
    r"""Return the names of columns in lines as short as leaves each of them two at most.

    >>> _in_two_lines(["Science", "Administrative functions", "Procurement and financial management"])
    ['Science', 'Administrative\nfunctions', 'Procurement and\nfinancial management']
    """
    for width in range(SHORTEST_HEAD, LONGEST_HEAD + 1):
        heads = [wrapped(name, width) for name in names]
        if all(head.count("\n") < 2 for head in heads):
            break
    return heads


def _under_names(cells: pd.DataFrame, blank: Any) -> pd.DataFrame:
    """Return the cells of a heat map with a row of blanks over each of its rows."""
    return pd.DataFrame(np.insert(cells.to_numpy(), range(len(cells)), blank, axis=0))


def _signed(residual: float, language: str, *, decimals: int = 1) -> str:
    """Write a residual with a sign unless it rounds to 0; a dash where it is missing."""
    if pd.isna(residual):
        return "—"
    return signed(residual, language, decimals=decimals)


def _style_numbers(axes: Axes, fills: pd.DataFrame) -> None:
    """Give each number a colour that contrasts with its cell, and set those above 0 in bold."""
    from matplotlib.colors import to_hex

    drawn: Any = axes.collections[0]
    cells = [to_hex(cell) for cell in drawn.to_rgba(fills.to_numpy(dtype=float).ravel())]
    numbered = np.flatnonzero(fills.notna().to_numpy().ravel())
    for text, cell in zip(axes.texts, numbered, strict=True):
        is_neutral = cells[cell] == colours.PAPER
        text.set_color(colours.INK if is_neutral else scales.text_on(cells[cell]))
        text.set_fontweight("bold" if fills.to_numpy().flat[cell] > 0 else "normal")
        text.set_in_layout(False)  # it is inside its cell


def _hatch(axes: Axes, grid: pd.DataFrame, places: Sequence[int]) -> None:
    """Draw grid lines, and hatch the cells without a residual; `places` are the tops of the rows."""
    from matplotlib.patches import Rectangle

    n_columns = grid.shape[1]
    edges = sorted({edge for place in places for edge in (place, place + 1)})
    style: dict[str, Any] = {"color": colours.RULE, "linewidth": 1, "zorder": 3, "clip_on": False}
    axes.hlines(edges, 0, n_columns, **style)
    tops = [place for place in places if place - 1 not in places]
    bottoms = [place + 1 for place in places if place + 1 not in places]
    for top, bottom in zip(tops, bottoms, strict=True):
        axes.vlines(range(n_columns + 1), top, bottom, **style)
    for row, column in np.argwhere(grid.isna().to_numpy()):
        axes.add_artist(  # `add_patch` and the layout would look for room that no cell takes
            Rectangle(
                (column, places[row]),
                1,
                1,
                facecolor=colours.PAPER,
                edgecolor=colours.RULE,
                hatch="///",
                linewidth=0,
                in_layout=False,
            )
        )


def _draw_key(axes: Axes, size: float, language: str, *, is_narrow: bool) -> None:
    """Draw the scale of colours below the last row, with the residuals from which it has no further step."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    left, width = (0.16, 0.06) if is_narrow else (0.08, 0.04)
    steps = scales.steps_around_0(every=3)
    canvas, of_axes = axes.figure, cast("Any", axes.transAxes)
    inches = canvas.dpi_scale_trans + ScaledTranslation(0, 0, of_axes)
    # A part of the width, and inches below the last row.
    style: dict[str, Any] = {"transform": blended_transform_factory(of_axes, inches), "clip_on": False}
    for place, colour in enumerate(steps):
        cell = Rectangle((left + place * width, -0.23), width, 0.13, facecolor=colour, **style)
        cell.set(edgecolor=colours.RULE, linewidth=0.5)
        axes.add_artist(cell)
    right = left + len(steps) * width
    ends = ((left - 0.01, "right", "≤", -FULL_COLOUR), (right + 0.01, "left", "≥", FULL_COLOUR))
    for x, side, sign, n in ends:
        said = f"{sign} {_signed(n, language, decimals=0)}"
        axes.text(x, -0.165, said, ha=side, va="center", fontsize=size, **style)


def _alternative(shown: pd.DataFrame, edition: Edition, language: str) -> str:
    """Return the size of the heat map, the pairs furthest from 0 on each side, and the hatched pairs."""
    n_rows, n_columns = (shown[field].nunique() for field in ("portfolio", "category"))
    n_hatched = int(shown["residual"].isna().sum())
    size = [
        f"{number(n, language)} {noun_after(n, language, noun)}"
        for n, noun in (
            (n_rows, choose(language, "portefeuille", "portfolio")),
            (n_columns, choose(language, "catégorie", "category")),
        )
    ]
    hatched = choose(language, "Paires hachurées, sans résidu", "Hatched pairs, without a residual")
    sentences = [enumeration(size, language), *_furthest(shown, edition, language)]
    if n_hatched:
        sentences.append(f"{hatched}{colon(language)}{number(n_hatched, language)}")
    return f"{'. '.join(sentences)}."


def _furthest(pairs: pd.DataFrame, edition: Edition, language: str) -> list[str]:
    ranked = pairs[pairs["residual"].notna()].sort_values("residual", kind="stable")
    more, less = ranked[ranked["residual"] > 0][::-1], ranked[ranked["residual"] < 0]
    sides = (
        (choose(language, "Plus que l’effectif attendu", "More than expected"), more),
        (choose(language, "Moins que l’effectif attendu", "Less than expected"), less),
    )
    return [
        f"{heading}{colon(language)}"
        + "; ".join(_pair_text(row, edition, language) for _, row in side.head(N_TOLD).iterrows())
        for heading, side in sides
        if len(side)
    ]


def _pair_text(row: pd.Series, edition: Edition, language: str) -> str:
    portfolio, category = (
        edition.source.short_label(field, row[field], language) for field in ("portfolio", "category")
    )
    return f"{portfolio}, {category} ({_signed(row['residual'], language)})"


def _note(pairs: pd.DataFrame, rows: list[str], columns: list[str], edition: Edition, language: str) -> str:
    sentences = [
        choose(
            language,
            "+ : plus que l’effectif attendu; − : moins. En blanc : ce que le taux de fausses découvertes "
            "ne retient pas. Hachuré : effectif attendu inférieur à {least}, aucun résidu.",
            "+: more than expected; −: less. In white: what the false discovery rate does not retain. "
            "Hatched: expected count below {least}, no residual.",
            least=SMALLEST_EXPECTED,
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
