"""Find initiatives of several portfolios, in one edition, whose titles and texts are alike.

A group is a star: each of its initiatives is like the one at its centre. Being alike is of words alone: it
does not tell what was built.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd

from portrait.ingest.initiatives import english_names
from portrait.linkage.names import words
from portrait.linkage.similarity import Rows, Shares, cosines, own_texts, vectors_of
from portrait.registers.source import UNKNOWN

LEAST_ALIKE = 0.42
"""Smallest likeness to the centre of a group."""
SHARED_WORDS = 2
"""Fewest words that two alike titles share."""
TITLE = 0.6
"""Weight of the title; the text has the rest."""

_SHORTEST_WORD = 3
_COMMON = 0.05, 10
"""A word of more titles than this share of them, and than this number, tells nothing of what they share."""
_COLUMNS = ("row", "group", "likeness", "words", "words_en")
_TOKEN = re.compile(r"\w+")


def similar_groups(initiatives: pd.DataFrame, left_out: Collection[int] = ()) -> pd.DataFrame:
    """Group the initiatives of an edition whose titles and texts are alike, across portfolios.

    Two are alike if their titles share `SHARED_WORDS` words that are not common, and if `TITLE` times the
    cosine of their titles, plus the rest times that of their texts, reaches `LEAST_ALIKE`
    (`similarity.vectors_of`). The text is the description, or the benefits where it is blank; one that many
    rows repeat counts as blank. The centre of a group is the initiative whose like ones are of most
    portfolios, then the most numerous, then the nearest; they leave, and the next group is sought.

    Parameters
    ----------
    initiatives
        Tidy table of one year.
    left_out
        Rows that are in no group.

    Returns
    -------
    pandas.DataFrame
        One row an initiative of a group: `row`, `group` (from 1, in the order of portfolios and size),
        `likeness` to its centre, which comes first (1), `words` that more than half of its titles share,
        as the centre spells them, and `words_en`, those of its titles in English where the register has
        them (`name_en`); a group whose English titles share none keeps its `words`.
    """
    named = ~initiatives["row"].isin(left_out) & (initiatives["portfolio_folded"] != UNKNOWN)
    table = initiatives[named].reset_index(drop=True)
    titles = [words(name) for name in table["name"]]
    telling = _telling(titles)
    english = [*map(str, english_names(table))]
    telling_english = _telling([words(name) for name in english])
    one, other = _sharing(titles, telling)
    likeness = TITLE * _cosines(titles, one, other) + (1 - TITLE) * _cosines(_texts(table), one, other)
    near = likeness >= LEAST_ALIKE
    portfolios = table["portfolio_folded"].tolist()
    found = []
    for group, star in enumerate(_stars(one[near], other[near], likeness[near], portfolios), start=1):
        places = [place for place, _ in star]
        shared = _shared([str(table["name"].iloc[place]) for place in places], telling)
        translated = _shared([english[place] for place in places], telling_english) or shared
        found += [(int(table["row"].iloc[place]), group, value, shared, translated) for place, value in star]
    return pd.DataFrame(found, columns=list(_COLUMNS))


def _telling(titles: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the words of two titles or more that are long enough, and not common."""
    counts = Counter(word for title in titles for word in set(title) if len(word) >= _SHORTEST_WORD)
    share, least = _COMMON
    most = max(share * len(titles), least)
    return frozenset(word for word, n in counts.items() if 2 <= n <= most)


def _shared(names: Sequence[str], telling: Collection[str]) -> str:
    counts = Counter(word for name in names for word in set(words(name)))
    spelled = {key: token for token in _TOKEN.findall(names[0]) for key in words(token)}
    return " ".join(
        token for key, token in spelled.items() if key in telling and 2 * counts[key] > len(names)
    )


def _sharing(titles: Sequence[Sequence[str]], telling: Collection[str]) -> tuple[Rows, Rows]:
    """Return the pairs of titles, each in both orders, that share `SHARED_WORDS` telling words or more."""
    from scipy import sparse  # slow to import

    places = {word: place for place, word in enumerate(sorted(telling))}
    held_by = [sorted({places[word] for word in title if word in places}) for title in titles]
    rows = np.repeat(np.arange(len(titles)), [len(each) for each in held_by])
    columns = np.array([place for each in held_by for place in each], dtype=np.intp)
    held = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(titles), max(len(places), 1)))
    shared = (held @ held.T).tocoo()
    alike = (shared.data >= SHARED_WORDS) & (shared.row != shared.col)
    order = np.lexsort((shared.col[alike], shared.row[alike]))
    return shared.row[alike][order].astype(np.intp), shared.col[alike][order].astype(np.intp)


def _cosines(texts: Sequence[Sequence[str]], one: Rows, other: Rows) -> Shares:
    vectors = vectors_of(texts, texts)
    return cosines(vectors, one, other)


def _texts(table: pd.DataFrame) -> list[tuple[str, ...]]:
    found = own_texts(table)
    descriptions = found.get("description", [()] * len(table))
    return [text or benefits for text, benefits in zip(descriptions, found["benefits"], strict=True)]


Star = list[tuple[int, float]]
"""Places in the table, with their likeness to the first."""


def _stars(one: Rows, other: Rows, likeness: Shares, portfolios: Sequence[str]) -> Iterator[Star]:
    """Yield stars of two portfolios or more, the one of most portfolios first, until none is left."""
    near: dict[int, Star] = {}
    for centre, place, value in zip(one.tolist(), other.tolist(), likeness.tolist(), strict=True):
        near.setdefault(centre, [(centre, 1.0)]).append((place, value))
    ranks = {centre: _rank(star, portfolios) for centre, star in near.items()}
    while near:
        best = max(ranks, key=lambda centre: ranks[centre])
        if ranks[best][0] < 2:
            return
        star = sorted(near[best], key=lambda each: (-each[1], each[0]))
        yield star
        gone = {place for place, _ in star}
        for centre in near.keys() & gone:
            del near[centre], ranks[centre]
        for centre, others in near.items():
            kept = [each for each in others if each[0] not in gone]
            if len(kept) < len(others):
                near[centre], ranks[centre] = kept, _rank(kept, portfolios)


def _rank(star: Star, portfolios: Sequence[str]) -> tuple[int, int, float, int]:
    """Return what makes a star come first: portfolios, size, likeness, then the earliest centre."""
    nearness = round(sum(value for _, value in star), 6)
    return len({portfolios[place] for place, _ in star}), len(star), nearness, -star[0][0]
