"""Choose initiatives to name as examples: those whose titles are most like the others of their group."""

from __future__ import annotations

import pandas as pd
from rapidfuzz import fuzz, process

from portrait.language.text import normalise
from portrait.registers.source import UNKNOWN

FEWEST_WORDS, MOST_CHARACTERS = 3, 90
"""Size of a title that may be named."""


def most_typical(group: pd.DataFrame, by: str, n: int) -> pd.DataFrame:
    """Return the `n` initiatives of a group whose titles are most like the others, one a portfolio.

    A title has `FEWEST_WORDS` words or more and `MOST_CHARACTERS` characters or fewer, and is alone in the
    group: a title that several initiatives bear names none of them. Likeness is the mean
    `rapidfuzz.fuzz.token_sort_ratio` to the titles of the group; then the first row comes first.

    Parameters
    ----------
    group
        Tidy rows of one year.
    by
        Column of which each known value serves once.
    """
    titles = [normalise(name) for name in group["name"]]
    if not titles:
        return group
    means = process.cdist(titles, titles, scorer=fuzz.token_sort_ratio).mean(axis=1)
    likeness = pd.Series([round(float(each), 6) for each in means], index=group.index)
    fits = group["name"].map(lambda name: len(name.split()) >= FEWEST_WORDS and len(name) <= MOST_CHARACTERS)
    alone = ~pd.Series(titles, index=group.index).duplicated(keep=False)
    shown = group.assign(likeness=likeness)[fits & alone & (group[by] != UNKNOWN)]
    return shown.sort_values(["likeness", "row"], ascending=[False, True]).drop_duplicates(by).head(n)
