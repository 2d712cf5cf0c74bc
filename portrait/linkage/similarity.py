"""Find candidate pairs of initiatives of two years, and score their similarity.

Titles and texts are TF-IDF vectors compared by cosine similarity. Source: Salton and Buckley,
"Term-weighting approaches in automatic text retrieval", *Information Processing and Management* 24
(1988), 513-523.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from portrait.linkage.names import borne_names, letters, title_key, words
from portrait.registers.patterns import Pattern
from portrait.registers.source import UNKNOWN

if TYPE_CHECKING:
    from scipy import sparse

Rows = npt.NDArray[np.intp]
Shares = npt.NDArray[np.float64]

N_CANDIDATES = 8
"""Candidates kept for a row by title words, by title letters, and by text: this many of each."""

TITLE_ALONE = 0.75
"""Weight of a title when one side has no text."""

OTHER_BODY = 0.88
"""Factor on a score between bodies that have nothing in common."""

OTHER_NUMBER = 0.8
"""Factor on the similarity of titles with different numbers, such as “Model 1” and “Model 2”."""

SHARED = 3
"""A text shared by this many rows of a year is ignored: it is a formula, not a description."""

_FEWEST_WORDS = 4  # in a text that can be compared
_BUDGET = 60_000_000  # products of terms in a search for candidates; takes a few seconds
_FAINT = 0.1  # cosine below which a pair is not a candidate
_AT_ONCE = 512  # rows of a search in memory at a time
_PAIRS_AT_ONCE = 50_000
_PURPOSES = ("benefits", "description")
_TEXTS = (*_PURPOSES, "outputs")


@dataclass(frozen=True, eq=False)
class Pairs:
    """Candidate pairs, by position in the two tables, and their similarities (each 0 to 1).

    `title`
        Of the two nearest names, by words or by character n-grams.
    `text`
        Mean of the similarity of all texts joined and of the two nearest texts, because one year may ask
        for the purpose and another for benefits; missing if a side has too few words.
    `body`
        As `Bodies.likeness` gives it.
    """

    before: Rows
    now: Rows
    title: Shares
    text: Shares
    body: Shares

    @cached_property
    def score(self) -> Shares:
        """Similarity of two initiatives, from their titles, texts and bodies.

        score = ((title + text) / 2, or `TITLE_ALONE` * title if a side has no text)
        * (`OTHER_BODY` + (1 - `OTHER_BODY`) * body).
        """
        whole = np.where(np.isnan(self.text), TITLE_ALONE * self.title, (self.title + self.text) / 2)
        # Rounded because the last digits of a sum depend on the order of its terms.
        return np.asarray(np.round(whole * (OTHER_BODY + (1 - OTHER_BODY) * self.body), 6))


class Comparison:
    """The initiatives of two years as vectors in a common space.

    Parameters
    ----------
    before, now
        Tidy tables; results give positions in them.
    marks
        Marks that the publisher adds to names.
    """

    def __init__(self, before: pd.DataFrame, now: pd.DataFrame, marks: Sequence[Pattern] = ()) -> None:
        tables = (before, now)
        self.names = tuple([borne_names(name, marks) for name in table["name"]] for table in tables)
        self.keys = tuple([tuple(map(title_key, each)) for each in names] for names in self.names)
        self._owners = tuple(_owners(names) for names in self.names)
        self._numbers = tuple(
            [frozenset(word for word in key.split() if word.isdecimal()) for key in _flat(keys)]
            for keys in self.keys
        )
        titles = [[key.split() for key in _flat(keys)] for keys in self.keys]
        self._title = vectors_of(*titles)
        self._letters = vectors_of(*([letters(name) for name in _flat(names)] for names in self.names))
        own = [own_texts(table) for table in tables]
        texts = [[list(chain(*cells)) for cells in zip(*each.values(), strict=True)] for each in own]
        self._text = vectors_of(*texts)
        self._has_text = tuple(np.array([len(text) >= _FEWEST_WORDS for text in each]) for each in texts)
        purposes = [[each[name] for name in _PURPOSES if name in each] for each in own]
        self._purposes = [vectors_of(one, other) for one in purposes[0] for other in purposes[1]]
        self.body = Bodies(before, now)

    def candidates(self, before: Rows, now: Rows) -> tuple[Rows, Rows]:
        """Return the pairs to score between the given rows, sorted and without duplicates.

        Each earlier row has the `N_CANDIDATES` later rows nearest by title words, as many by title
        letters, and as many by text.
        """
        found = [
            *(
                self._owned(_nearest(vectors, *self._variants(before, now)))
                for vectors in (self._title, self._letters)
            ),
            _nearest(self._text, before, now),
        ]
        both = np.unique(np.concatenate([np.stack(each, axis=1) for each in found]), axis=0)
        return both[:, 0], both[:, 1]

    def compare(self, before: Rows, now: Rows) -> Pairs:
        """Return the similarities of the pairs formed by two lists of positions."""
        text = cosines(self._text, before, now)
        best = np.maximum.reduce([text, *(cosines(each, before, now) for each in self._purposes)])
        text = (text + best) / 2
        text[~(self._has_text[0][before] & self._has_text[1][now])] = np.nan
        return Pairs(before, now, self._titles(before, now), text, self.body.likeness(before, now))

    def _titles(self, before: Rows, now: Rows) -> Shares:
        """Return the similarity of the two nearest names of each pair."""
        best = np.zeros(len(before))
        for place_before in range(self._most_names(0, before)):
            for place_now in range(self._most_names(1, now)):
                has_both = (self._n_names(0, before) > place_before) & (self._n_names(1, now) > place_now)
                one = self._first(0)[before[has_both]] + place_before
                other = self._first(1)[now[has_both]] + place_now
                alike = np.maximum(cosines(self._title, one, other), cosines(self._letters, one, other))
                pairs = zip(one, other, strict=True)
                differ = [_differ(self._numbers[0][i], self._numbers[1][j]) for i, j in pairs]
                alike[np.array(differ, dtype=bool)] *= OTHER_NUMBER
                best[has_both] = np.maximum(best[has_both], alike)
        return best

    def _first(self, side: int) -> Rows:
        """Return the position of each row's first name among all names of a year."""
        return np.asarray(np.searchsorted(self._owners[side], np.arange(len(self.names[side]))))

    def _n_names(self, side: int, rows: Rows) -> Rows:
        return np.array([len(self.names[side][row]) for row in rows], dtype=np.intp)

    def _most_names(self, side: int, rows: Rows) -> int:
        return max((len(self.names[side][row]) for row in rows), default=0)

    def _variants(self, before: Rows, now: Rows) -> tuple[Rows, Rows]:
        owned = (np.isin(owners, rows) for owners, rows in zip(self._owners, (before, now), strict=True))
        one, other = (np.flatnonzero(each) for each in owned)
        return one, other

    def _owned(self, pairs: tuple[Rows, Rows]) -> tuple[Rows, Rows]:
        return self._owners[0][pairs[0]], self._owners[1][pairs[1]]


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether each of two titles has a number that the other lacks."""
    return bool(one - other) and bool(other - one)


def _flat(names: Sequence[Sequence[str]]) -> list[str]:
    return [name for each in names for name in each]


def _owners(names: Sequence[Sequence[str]]) -> Rows:
    return np.repeat(np.arange(len(names)), [len(each) for each in names]).astype(np.intp)


def own_texts(table: pd.DataFrame) -> dict[str, list[tuple[str, ...]]]:
    """Return the words of each text column; a text shared by `SHARED` rows has none."""
    columns = [table[name] for name in _TEXTS if name in table]
    common = [column.map(column.value_counts()) >= SHARED for column in columns]
    return {
        str(column.name): [words(text) for text in column.mask(is_common, "")]
        for column, is_common in zip(columns, common, strict=True)
    }


# Vectors


@dataclass(frozen=True, eq=False)
class Vectors:
    """Unit vectors, one per text, in a space common to both years."""

    before: sparse.csr_matrix
    now: sparse.csr_matrix


def vectors_of(before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> Vectors:
    """Weigh each term by (1 + ln tf) * ln(1 + n / df), and scale each row to unit length.

    df / n is the greater of the two years' shares, so that a word of a single initiative is as rare
    when both years have it.
    """
    from scipy import sparse  # slow to import

    texts = [*before, *now]
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    terms, known = pd.factorize(np.fromiter(chain(*texts), dtype=object, count=lengths.sum()))
    rows = np.repeat(np.arange(len(texts)), lengths)
    counts = sparse.csr_matrix((np.ones(len(terms)), (rows, terms)), shape=(len(texts), len(known)))
    counts.sum_duplicates()
    years = counts[: len(before)], counts[len(before) :]
    shares = (np.bincount(each.indices, minlength=len(known)) / max(each.shape[0], 1) for each in years)
    rarity = np.log1p(1 / np.maximum(*shares))
    return Vectors(*(_weighed(each, rarity) for each in years))


def _weighed(counts: sparse.csr_matrix, rarity: Shares) -> sparse.csr_matrix:
    """Return unit vectors from counts of terms."""
    weighed = counts.copy()
    weighed.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=weighed.data**2, minlength=counts.shape[0]))
    weighed.data /= lengths[rows]
    return weighed


def cosines(vectors: Vectors, before: Rows, now: Rows) -> Shares:
    """Return the cosine similarity of each pair of an earlier and a later text, by position."""
    parts = [
        np.asarray(
            vectors.before[before[start : start + _PAIRS_AT_ONCE]]
            .multiply(vectors.now[now[start : start + _PAIRS_AT_ONCE]])
            .sum(axis=1)
        ).ravel()
        for start in range(0, len(before), _PAIRS_AT_ONCE)
    ]
    return np.asarray(np.minimum(np.concatenate([np.zeros(0), *parts]), 1.0))


def _nearest(vectors: Vectors, before: Rows, now: Rows) -> tuple[Rows, Rows]:
    """Return each earlier row with the `N_CANDIDATES` later rows nearest to it.

    The most common terms are ignored once the products exceed `_BUDGET`: they cost the most and
    distinguish the least.
    """
    one, other = vectors.before[before], vectors.now[now]
    cost = np.bincount(one.indices, minlength=one.shape[1]).astype(float)
    cost *= np.bincount(other.indices, minlength=one.shape[1])
    order = np.argsort(cost, kind="stable")
    kept = np.sort(order[np.cumsum(cost[order]) <= _BUDGET])
    kept = kept[cost[kept] > 0]
    one, other = one[:, kept], other[:, kept].T.tocsr()
    pairs = [
        _best(one[start : start + _AT_ONCE] @ other, start) for start in range(0, one.shape[0], _AT_ONCE)
    ]
    empty = np.zeros(0, dtype=np.intp)
    rows, columns = (np.concatenate([empty, *each]) for each in (list(zip(*pairs, strict=True)) or [(), ()]))
    return before[rows], now[columns]


def _best(products: sparse.csr_matrix, start: int) -> tuple[Rows, Rows]:
    """Return the positions of the `N_CANDIDATES` greatest products of each row, at least `_FAINT`."""
    rows = np.repeat(np.arange(products.shape[0]), np.diff(products.indptr))
    near = products.data >= _FAINT  # few are; filtering first makes the sort cheap
    rows, columns, values = rows[near], products.indices[near].astype(np.intp), products.data[near]
    order = np.lexsort((columns, -values, rows))
    rank = np.arange(len(order)) - np.searchsorted(rows[order], rows[order])
    best = order[rank < N_CANDIDATES]
    return rows[best] + start, columns[best]


# Bodies


class Bodies:
    """Similarity of the bodies of two initiatives, by the words that are not in their portfolio's name."""

    def __init__(self, before: pd.DataFrame, now: pd.DataFrame) -> None:
        self._names = tuple(
            list(zip(table["body"], table["portfolio_folded"], strict=True)) for table in (before, now)
        )
        self._own = {name: _own_words(*name) for name in dict.fromkeys([*self._names[0], *self._names[1]])}
        counts = Counter(word for own in self._own.values() for word in own)
        self._rarity = {word: math.log1p(len(self._own) / n) for word, n in counts.items()}
        self._known: dict[tuple[tuple[str, str], tuple[str, str]], float] = {}

    def likeness(self, before: Rows, now: Rows) -> Shares:
        """Return the similarity of the bodies of each pair, 0 to 1.

        It is 1 for the same body. Otherwise it is the weight of the shared words, by rarity, divided by
        the weight of the lighter name; 0.5 if a name has no word of its own. A name contained in the
        other gives 1, because some files write a body under its parent.
        """
        names = ((self._names[0][i], self._names[1][j]) for i, j in zip(before, now, strict=True))
        return np.fromiter((self._of(pair) for pair in names), dtype=float, count=len(before))

    def _of(self, pair: tuple[tuple[str, str], tuple[str, str]]) -> float:
        if pair not in self._known:
            one, other = (self._own[name] for name in pair)
            least = min(self._weight(one), self._weight(other))
            same = pair[0][0] == pair[1][0] != UNKNOWN
            self._known[pair] = 1.0 if same else self._weight(one & other) / least if least else 0.5
        return self._known[pair]

    def _weight(self, own: frozenset[str]) -> float:
        return math.fsum(self._rarity[word] for word in own)


def _own_words(body: str, portfolio: str) -> frozenset[str]:
    return frozenset(words(body)) - frozenset(words(portfolio)) - {UNKNOWN}
