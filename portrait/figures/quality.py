"""Heat map of the completeness of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import ROW, label_rows, wrapped
from portrait.figures.picture import NARROW_SIZE, Figure, Words, drawn, is_narrow
from portrait.language.locales import choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent
from portrait.language.terms import field_label, heading
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def completeness(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the completeness of each field in each year as an annotated heat map.

    Below the smallest denominator, a cell has the number of missing values instead of a percentage.

    Parameters
    ----------
    table
        As `quality.completeness` returns it.
    """
    labels = {name: field_label(name, language) for name in table.field.unique()}
    grid = table.pivot(index="field", columns="year", values="completeness").reindex(list(labels))
    texts = table.assign(text=_texts(table, language)).pivot(index="field", columns="year", values="text")
    texts = texts.reindex(list(labels)).fillna("")
    years = [edition.brief(year, language) for year in sorted(table["year"].unique())]

    def draw(axes: Axes) -> None:
        import seaborn
        from matplotlib.colors import LinearSegmentedColormap

        shades = LinearSegmentedColormap.from_list("completeness", list(colours.SEQUENTIAL[:5][::-1]))
        seaborn.heatmap(
            grid,
            annot=texts,
            fmt="",
            cmap=shades,
            vmin=0,
            vmax=1,
            cbar=False,
            xticklabels=False,
            yticklabels=False,
            linewidths=2,
            ax=axes,
            annot_kws={
                "color": colours.SCALE_INK,
                **({"fontsize": NARROW_SIZE} if is_narrow(axes) else {}),
            },
        )
        label_rows(axes, list(labels.values()))
        names = [wrapped(label, 16) if is_narrow(axes) else label for label in labels.values()]
        axes.set_yticks([row + 0.5 for row in range(len(labels))], names)
        axes.set_ylim(len(labels), 0)
        axes.set_xticks([column + 0.5 for column in range(len(years))], years)
        axes.set(xlabel="", ylabel="")

    alt = "; ".join(
        f"{label}{colon(language)}"
        + ", ".join(f"{text} ({year})" for year, text in zip(years, texts.loc[name], strict=True) if text)
        for name, label in labels.items()
    )
    return drawn(
        Words(
            "fig-completeness",
            choose(
                language,
                "Complétude de chaque champ, par {unit}",
                "Completeness of each field, by {unit}",
                unit=edition.unit(language),
            ),
            f"{alt}.",
            [heading("field", language), *years],
            [[label, *texts.loc[name]] for name, label in labels.items()],
        ),
        draw,
        height=0.6 + 1.15 * ROW * len(labels),
        narrow_height=0.6 + 1.6 * ROW * len(labels),
        edition=edition,
        language=language,
    )


def _texts(table: pd.DataFrame, language: str) -> list[str]:
    missing = choose(language, "manquants : {}", "missing: {}")
    return [
        percent(share, language, decimals=1)
        if whole >= SMALLEST_DENOMINATOR
        else missing.format(number(n_missing, language))
        for share, whole, n_missing in zip(
            table["completeness"], table["n_initiatives"], table["n_missing"], strict=True
        )
    ]
