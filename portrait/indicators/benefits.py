"""Which gains bodies announce: texts coded by the themes of an open codebook.

What a body announces is a claim: nothing here says that a benefit was obtained, nor how large it is. A
theme is told by the words of a text, so that a share is of *texts that say so*, and a text that matches
no theme is counted as such.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.indicators.counts import most_first
from portrait.registers.codebook import NO_BENEFIT, Theme, themes_in

SEVERAL = 2
"""Themes that make a combination."""


def coded_benefits(initiatives: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Return which themes the benefits of each initiative announce.

    A blank text states no benefit, nor does one that only says that there is none.

    Returns
    -------
    pandas.DataFrame
        One row per initiative: `year`, `row`, `category`, `is_stated` (whether its text states a
        benefit), `themes` (names, in the order of the codebook; empty where no pattern finds anything).
    """
    table = initiatives[["year", "row", "category"]].reset_index(drop=True)
    texts = initiatives["benefits"].reset_index(drop=True)
    found = {text: themes_in(text, themes) for text in texts.unique().tolist()}
    stating = {text: text != "" and names != (NO_BENEFIT,) for text, names in found.items()}
    announced = {text: tuple(name for name in names if name != NO_BENEFIT) for text, names in found.items()}
    table["is_stated"] = texts.map(stating).astype(bool)
    table["themes"] = texts.map(announced).astype(object)
    return table


def benefits_stated(coded: pd.DataFrame) -> pd.DataFrame:
    """Count what each year's texts state.

    Parameters
    ----------
    coded
        As `coded_benefits` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per `year`: `n_initiatives`; `n_stated` (state a benefit) and `n_none` (state none),
        which add up to it; `n_uncoded` (state one that matches no theme) and `n_several` (announce two
        themes or more), which are parts of `n_stated`.
    """
    n_themes = coded["themes"].map(len)
    marks = pd.DataFrame(
        {
            "year": coded["year"],
            "n_initiatives": 1,
            "n_stated": coded["is_stated"].astype(int),
            "n_none": (~coded["is_stated"]).astype(int),
            "n_uncoded": (coded["is_stated"] & (n_themes == 0)).astype(int),
            "n_several": (n_themes >= SEVERAL).astype(int),
        }
    )
    return marks.groupby("year").sum().reset_index()


def benefit_themes(coded: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Count the initiatives that announce each theme; one may announce several.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `theme`), those that nobody announces too, most first: `n_initiatives`,
        `n_stated` (initiatives of the year that state a benefit), `share` = the former over the latter
        (0 to 1, missing where none states one). Shares add up to more than 1.
    """
    stated = coded[coded["is_stated"]]
    names = [theme.name for theme in themes if theme.name != NO_BENEFIT]
    years = pd.Index(sorted(coded["year"].unique()), name="year")
    every = pd.MultiIndex.from_product([years, names], names=["year", "theme"])
    counts = _each_theme(stated, "year").rename_axis(["year", "theme"])
    table = counts.reindex(every, fill_value=0).rename("n_initiatives").reset_index()
    n_stated = table["year"].map(stated.groupby("year").size()).fillna(0).astype(int)
    table["n_stated"] = n_stated
    table["share"] = table["n_initiatives"] / n_stated.where(n_stated > 0)
    return most_first(table, "theme")


def _each_theme(stated: pd.DataFrame, *keys: str) -> pd.Series:
    """Count the initiatives that announce each theme, by keys; those of the same themes at once."""
    alike = stated.groupby([*keys, "themes"]).size().rename("n_initiatives").reset_index()
    return alike.explode("themes").groupby([*keys, "themes"])["n_initiatives"].sum()


def benefit_themes_by_category(coded: pd.DataFrame) -> pd.DataFrame:
    """Count the initiatives of each category that announce each theme, of one year.

    Returns
    -------
    pandas.DataFrame
        One row per (`category`, `theme`) that some initiative announces, largest category first, then
        most announced: `n_initiatives`, `n_stated` (initiatives of the category that state a benefit).
    """
    stated = coded[coded["is_stated"]]
    n_stated = stated.groupby(["year", "category"]).size().rename("n_initiatives").reset_index()
    order = list(most_first(n_stated, "category")["category"])
    counts = _each_theme(stated, "year", "category")
    table = counts.rename("n_initiatives").reset_index().rename(columns={"themes": "theme"})
    table["n_stated"] = table["category"].map(n_stated.set_index("category")["n_initiatives"])
    table["place"] = table["category"].map(order.index)
    table = table.sort_values(
        ["place", "n_initiatives", "theme"], ascending=[True, False, True], ignore_index=True
    )
    return table[["category", "theme", "n_initiatives", "n_stated"]]


def benefit_combinations(coded: pd.DataFrame, most: int) -> pd.DataFrame:
    """Count the initiatives that announce exactly the same themes, two or more.

    Combinations that are tied with the first one left out are left out too: none is above the others.

    Parameters
    ----------
    coded
        One year, as `coded_benefits` returns it.
    most
        How many combinations to return at most.

    Returns
    -------
    pandas.DataFrame
        One row per combination, most first: `themes` (names), `n_initiatives` (count).
    """
    combined = coded.loc[coded["themes"].map(len) >= SEVERAL, "themes"]
    counts = combined.value_counts()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    least = ordered[most][1] if len(ordered) > most else 0
    kept = [(themes, count) for themes, count in ordered[:most] if count > least]
    return pd.DataFrame(kept, columns=["themes", "n_initiatives"])
