"""Choose initiatives to name as examples: those whose titles are most like the others of their group."""

from __future__ import annotations

import re

import pandas as pd
from rapidfuzz import fuzz, process

from portrait.language.text import normalise
from portrait.registers.source import UNKNOWN

FEWEST_WORDS, MOST_CHARACTERS = 3, 90
"""Size of a title that may be named."""

MOST_WORDS_QUOTED, FEWEST_WORDS_QUOTED = 25, 8
"""Most words of a text that is quoted beside a title, and fewest up to a mark where it is cut."""

WORDS_WITHOUT_MARK = 15
"""Words quoted of a longer text that has no such mark."""

_MARKED = re.compile(r"[^.\s]{2,}([.,;:])")
_CONTINUES = re.compile(r"[\da-zà-ÿœ]")
"""Start of a word before which a point ends no sentence: “approx. 30”, “etc. and”."""


def opening(text: str) -> str:
    """Return a text, or its first words and “…” where it is longer than `MOST_WORDS_QUOTED`; no final mark.

    A long text is cut at the last end of a sentence within that number of words, or else at the last comma,
    colon or semicolon, after `FEWEST_WORDS_QUOTED` words or more; or else after `WORDS_WITHOUT_MARK`.

    >>> opening("Find leaks."), opening("Find any leak in the pipes of towns, " + "word " * 30)
    ('Find leaks', 'Find any leak in the pipes of towns…')
    """
    words = text.split()
    if len(words) <= MOST_WORDS_QUOTED:
        return " ".join(words).rstrip(".,;:")
    found = [(n, _MARKED.fullmatch(word)) for n, word in enumerate(words[:MOST_WORDS_QUOTED], start=1)]
    told = {n: mark[1] for n, mark in found if mark and n >= FEWEST_WORDS_QUOTED}
    marks = {n: mark for n, mark in told.items() if mark != "." or not _CONTINUES.match(words[n])}
    sentences = [n for n, mark in marks.items() if mark == "."]
    n = max(sentences or marks, default=WORDS_WITHOUT_MARK)
    return f"{' '.join(words[:n]).rstrip('.,;:')}…"


def may_be_named(title: str) -> bool:
    """Return whether a title has `FEWEST_WORDS` words or more and `MOST_CHARACTERS` characters or fewer."""
    return len(title.split()) >= FEWEST_WORDS and len(title) <= MOST_CHARACTERS


def mean_likeness(titles: pd.Series) -> list[float]:
    """Return the mean `rapidfuzz.fuzz.token_sort_ratio` of each title to all of them, from 0 to 100."""
    plain = [normalise(title) for title in titles]
    means = process.cdist(plain, plain, scorer=fuzz.token_sort_ratio).mean(axis=1)
    return [round(float(each), 6) for each in means]


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
    if group.empty:
        return group
    alone = ~group["name"].map(normalise).duplicated(keep=False)
    is_shown = group["name"].map(may_be_named) & alone & (group[by] != UNKNOWN)
    shown = group.assign(likeness=mean_likeness(group["name"]))[is_shown]
    return shown.sort_values(["likeness", "row"], ascending=[False, True]).drop_duplicates(by).head(n)
