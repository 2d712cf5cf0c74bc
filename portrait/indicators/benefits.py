"""Benefits that bodies announce: texts coded with the themes of an open codebook.

An announced benefit is a claim: no indicator measures whether a benefit was obtained, or how large it is.
A theme is detected by the words of a text, so a share is a share of *texts that mention it*; a text that
matches no theme is counted as uncoded.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.indicators.counts import most_first
from portrait.registers.codebook import NO_BENEFIT, Theme, themes_in


def coded_benefits(initiatives: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Return the themes that the benefits of each initiative announce.

    A text states no benefit if it is blank or only says that there is none.

    Returns
    -------
    pandas.DataFrame
        One row per initiative: `year`, `row`, `category`, `is_stated` (whether its text states a
        benefit), `themes` (names, in the order of the codebook; empty if no pattern matches).
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
    """Count the texts of each year that state a benefit.

    Parameters
    ----------
    coded
        As `coded_benefits` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per `year`, counts: `n_initiatives`; `n_stated` (state a benefit), of which `n_uncoded`
        match no theme.
    """
    matches_none = coded["themes"].map(len) == 0
    marks = pd.DataFrame(
        {
            "year": coded["year"],
            "n_initiatives": 1,
            "n_stated": coded["is_stated"].astype(int),
            "n_uncoded": (coded["is_stated"] & matches_none).astype(int),
        }
    )
    return marks.groupby("year").sum().reset_index()


def benefit_themes(coded: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Count the initiatives that announce each theme; one may announce several.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `theme`), most first, including themes that nobody announces:
        `n_initiatives`, `n_stated` (initiatives of the year that state a benefit), `share` =
        `n_initiatives` / `n_stated` (0 to 1; missing if `n_stated` is 0). Shares may add up to more
        than 1.
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
    """Count the initiatives that announce each theme, by keys; group equal sets of themes first for speed."""
    alike = stated.groupby([*keys, "themes"]).size().rename("n_initiatives").reset_index()
    return alike.explode("themes").groupby([*keys, "themes"])["n_initiatives"].sum()
