"""Tell how alike the initiatives of two years are: which pairs are worth a score, and the score.

Titles and texts are vectors of words weighted by rarity (term frequency times inverse document
frequency), compared by the cosine of their angle. Source: Salton and Buckley, "Term-weighting
approaches in automatic text retrieval", *Information Processing and Management* 24 (1988), 513-523.
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

from portrait.linkage.names import Mark, borne_names, letters, title_key, words
from portrait.registers.source import UNKNOWN

if TYPE_CHECKING:
    from scipy import sparse

Rows = npt.NDArray[np.intp]
Shares = npt.NDArray[np.float64]

N_CANDIDATES = 8
"""Candidates kept of a row by the words of titles, as many by their letters, and as many by text."""

TITLE_ALONE = 0.75
"""What a title weighs where a side has no text: two texts that agree would say more."""

OTHER_BODY = 0.88
"""What is left of a score between bodies that have nothing in common."""

OTHER_NUMBER = 0.8
"""What is left of the likeness of titles that bear other numbers, as “Model 1” and “Model 2”."""

SHARED = 3
"""Rows of a year that have a text in common from which it says nothing of one: a formula, a mission."""

_FEWEST_WORDS = 4  # of a text that can be compared
_BUDGET = 60_000_000  # products of terms that a search for candidates may take, some seconds
_FAINT = 0.1  # a cosine that no likeness elsewhere can make up for
_AT_ONCE = 512  # rows of a search held in memory together
_PAIRS_AT_ONCE = 50_000
_PURPOSES = ("benefits", "description")
_TEXTS = (*_PURPOSES, "outputs")


@dataclass(frozen=True, eq=False)
class Pairs:
    """Candidate pairs, by position in the two tables, and how alike they are (each 0 to 1).

    `title`, `text`, `body` are the likenesses that `score` weighs. `title` is that of the nearest names
    of the two, by words or by pieces of words. `text` is the mean of that of all the texts and of that
    of the nearest two among them, for a year may ask for the purpose where another asks for benefits;
    missing where a side has too few words.
    """

    before: Rows
    now: Rows
    title: Shares
    text: Shares
    body: Shares

    @cached_property
    def score(self) -> Shares:
        """How alike two initiatives are: title and text in halves, less where the bodies differ.

        score = (title + text) / 2, or `TITLE_ALONE` * title where a side has no text, times
        `OTHER_BODY` + (1 - `OTHER_BODY`) * body.
        """
        whole = np.where(np.isnan(self.text), TITLE_ALONE * self.title, (self.title + self.text) / 2)
        # Rounded: the last digits of a sum depend on the order of its terms.
        return np.asarray(np.round(whole * (OTHER_BODY + (1 - OTHER_BODY) * self.body), 6))


class Comparison:
    """The initiatives of two years as vectors, their rarity counted over both.

    Parameters
    ----------
    before, now
        Tidy tables, whose order is that of the positions in every result.
    marks
        What the publisher adds to names.
    """

    def __init__(self, before: pd.DataFrame, now: pd.DataFrame, marks: Sequence[Mark] = ()) -> None:
        tables = (before, now)
        self.names = tuple([borne_names(name, marks) for name in table["name"]] for table in tables)
        self.keys = tuple([tuple(map(title_key, each)) for each in names] for names in self.names)
        self._owners = tuple(_owners(names) for names in self.names)
        self._numbers = tuple(
            [frozenset(word for word in key.split() if word.isdecimal()) for key in _flat(keys)]
            for keys in self.keys
        )
        titles = [[key.split() for key in _flat(keys)] for keys in self.keys]
        self._title = _vectors(*titles)
        self._letters = _vectors(*([letters(name) for name in _flat(names)] for names in self.names))
        told = [_told(table) for table in tables]
        texts = [[list(chain(*cells)) for cells in zip(*each.values(), strict=True)] for each in told]
        self._text = _vectors(*texts)
        self._has_text = tuple(np.array([len(text) >= _FEWEST_WORDS for text in each]) for each in texts)
        purposes = [[each[name] for name in _PURPOSES if name in each] for each in told]
        self._purposes = [_vectors(one, other) for one in purposes[0] for other in purposes[1]]
        self.body = Bodies(before, now)

    def candidates(self, before: Rows, now: Rows) -> tuple[Rows, Rows]:
        """Return the pairs worth a score between some rows of the two years, each once, in order.

        They are, for each earlier row, the `N_CANDIDATES` later ones whose titles are nearest by
        words, by letters, and as many whose texts are.
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
        """Return how alike the pairs are that two lists of positions make."""
        text = _cosines(self._text, before, now)
        best = np.maximum.reduce([text, *(_cosines(each, before, now) for each in self._purposes)])
        text = (text + best) / 2
        text[~(self._has_text[0][before] & self._has_text[1][now])] = np.nan
        return Pairs(before, now, self._titles(before, now), text, self.body.likeness(before, now))

    def _titles(self, before: Rows, now: Rows) -> Shares:
        """Return the likeness of the nearest names of each pair."""
        best = np.zeros(len(before))
        for place_before in range(self._most_names(0, before)):
            for place_now in range(self._most_names(1, now)):
                has_both = (self._n_names(0, before) > place_before) & (self._n_names(1, now) > place_now)
                one = self._first(0)[before[has_both]] + place_before
                other = self._first(1)[now[has_both]] + place_now
                alike = np.maximum(_cosines(self._title, one, other), _cosines(self._letters, one, other))
                pairs = zip(one, other, strict=True)
                differ = [_differ(self._numbers[0][i], self._numbers[1][j]) for i, j in pairs]
                alike[np.array(differ, dtype=bool)] *= OTHER_NUMBER
                best[has_both] = np.maximum(best[has_both], alike)
        return best

    def _first(self, side: int) -> Rows:
        """Return the place of each row's first name among all names of a year."""
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
    """Tell whether each of two titles bears a number that the other lacks."""
    return bool(one - other) and bool(other - one)


def _flat(names: Sequence[Sequence[str]]) -> list[str]:
    return [name for each in names for name in each]


def _owners(names: Sequence[Sequence[str]]) -> Rows:
    return np.repeat(np.arange(len(names)), [len(each) for each in names]).astype(np.intp)


def _told(table: pd.DataFrame) -> dict[str, list[list[str]]]:
    """Return the words of each column in which an initiative says something beside its name.

    A text that `SHARED` rows have in common says nothing of any of them.
    """
    columns = [table[name] for name in _TEXTS if name in table]
    common = [column.map(column.value_counts()) >= SHARED for column in columns]
    return {
        str(column.name): [words(text) for text in column.mask(is_common, "")]
        for column, is_common in zip(columns, common, strict=True)
    }


# Vectors


@dataclass(frozen=True, eq=False)
class _Vectors:
    """Rows of unit length, one a text, in a space that both years share."""

    before: sparse.csr_matrix
    now: sparse.csr_matrix


def _vectors(before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> _Vectors:
    """Weigh each term by (1 + ln tf) * ln(1 + n / df), and bring each row to unit length.

    df and n are counted by year, and the commoner of the two years counts: a word of one initiative
    alone is as rare where both years hold it.
    """
    from scipy import sparse  # costs more than all else that is imported here

    texts = [*before, *now]
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    terms, known = pd.factorize(np.fromiter(chain(*texts), dtype=object, count=lengths.sum()))
    rows = np.repeat(np.arange(len(texts)), lengths)
    counts = sparse.csr_matrix((np.ones(len(terms)), (rows, terms)), shape=(len(texts), len(known)))
    counts.sum_duplicates()
    years = counts[: len(before)], counts[len(before) :]
    shares = (np.bincount(each.indices, minlength=len(known)) / max(each.shape[0], 1) for each in years)
    rarity = np.log1p(1 / np.maximum(*shares))
    return _Vectors(*(_weighed(each, rarity) for each in years))


def _weighed(counts: sparse.csr_matrix, rarity: Shares) -> sparse.csr_matrix:
    """Return rows of unit length from counts of terms."""
    weighed = counts.copy()
    weighed.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=weighed.data**2, minlength=counts.shape[0]))
    weighed.data /= lengths[rows]
    return weighed


def _cosines(vectors: _Vectors, before: Rows, now: Rows) -> Shares:
    parts = [
        np.asarray(
            vectors.before[before[start : start + _PAIRS_AT_ONCE]]
            .multiply(vectors.now[now[start : start + _PAIRS_AT_ONCE]])
            .sum(axis=1)
        ).ravel()
        for start in range(0, len(before), _PAIRS_AT_ONCE)
    ]
    return np.asarray(np.minimum(np.concatenate([np.zeros(0), *parts]), 1.0))


def _nearest(vectors: _Vectors, before: Rows, now: Rows) -> tuple[Rows, Rows]:
    """Return each earlier row with the `N_CANDIDATES` later ones nearest to it, by the rarest terms.

    The commonest terms, which tell least and cost most, are left out where all would take more than
    a budget of products: a search then takes seconds whatever the words are.
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
    """Return the places of the greatest `N_CANDIDATES` products of each row, faint ones left out."""
    rows = np.repeat(np.arange(products.shape[0]), np.diff(products.indptr))
    near = products.data >= _FAINT  # nearly all are not, and sorting costs most
    rows, columns, values = rows[near], products.indices[near].astype(np.intp), products.data[near]
    order = np.lexsort((columns, -values, rows))
    rank = np.arange(len(order)) - np.searchsorted(rows[order], rows[order])
    best = order[rank < N_CANDIDATES]
    return rows[best] + start, columns[best]


# Bodies


class Bodies:
    """How alike the bodies of two initiatives are, by the words that are not their portfolio's."""

    def __init__(self, before: pd.DataFrame, now: pd.DataFrame) -> None:
        self._names = tuple(
            list(zip(table["body"], table["portfolio_folded"], strict=True)) for table in (before, now)
        )
        self._own = {name: _own_words(*name) for name in dict.fromkeys([*self._names[0], *self._names[1]])}
        counts = Counter(word for own in self._own.values() for word in own)
        self._rarity = {word: math.log1p(len(self._own) / n) for word, n in counts.items()}
        self._known: dict[tuple[tuple[str, str], tuple[str, str]], float] = {}

    def likeness(self, before: Rows, now: Rows) -> Shares:
        """Return 1 for the same body; else the share of the shorter name's words, by rarity; 0.5 for none.

        A name whose words all stand in the other is 1: a file may write a body under its parent, and
        another by its own name alone.
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
