"""One-to-one assignment of scored pairs."""

from __future__ import annotations

import numpy as np

from portrait.linkage.similarity import Pairs, Rows, Shares
from portrait.linkage.tiers import POSSIBLE, PROBABLE

MARGIN = 0.03
"""A link is at best possible if a competing pair of either row scores within this margin of it."""


def assign(before: Rows, now: Rows, score: Shares) -> Rows:
    """Choose pairs, each row at most once, so that the sum of their scores is greatest.

    Source: Kuhn, "The Hungarian method for the assignment problem", *Naval Research Logistics
    Quarterly* 2 (1955), 83-97; `scipy` solves it for sparse pairs with Jonker and Volgenant's
    algorithm. A row may stay unpaired: each has a dummy partner that scores nothing.

    Parameters
    ----------
    before, now
        Rows of each pair; no pair is repeated.
    score
        Scores of the pairs, above 0.

    Returns
    -------
    numpy.ndarray
        Positions of the chosen pairs, ascending.
    """
    if not len(score):
        return np.zeros(0, dtype=np.intp)
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows_named, rows = np.unique(before, return_inverse=True)
    columns_named, columns = np.unique(now, return_inverse=True)
    n_rows, n_columns = len(rows_named), len(columns_named)
    alone = np.arange(n_rows)
    # scipy takes a weight of 0 as no edge: add 1 to all, which does not change the solution.
    weights = np.concatenate([1 + score, np.ones(n_rows)])
    edges = (np.concatenate([rows, alone]), np.concatenate([columns, n_columns + alone]))
    graph = csr_matrix((weights, edges), shape=(n_rows, n_columns + n_rows))
    chosen_rows, chosen_columns = min_weight_full_bipartite_matching(graph, maximize=True)
    places = {(int(i), int(j)): place for place, (i, j) in enumerate(zip(rows, columns, strict=True))}
    chosen = [places[i, j] for i, j in zip(chosen_rows, chosen_columns, strict=True) if j < n_columns]
    return np.array(sorted(chosen), dtype=np.intp)


def assigned(found: Pairs) -> Rows:
    """Choose among the probable pairs first, then among the pairs that remain.

    A single assignment would replace a sure pair by two pairs of greater sum, one of them barely possible.
    """
    chosen: Rows = np.zeros(0, dtype=np.intp)
    for least in (PROBABLE, POSSIBLE):
        is_free = ~np.isin(found.before, found.before[chosen]) & ~np.isin(found.now, found.now[chosen])
        open_pairs = np.flatnonzero(is_free & (found.score >= least))
        places = assign(found.before[open_pairs], found.now[open_pairs], found.score[open_pairs])
        chosen = np.sort(np.concatenate([chosen, open_pairs[places]]))
    return chosen


def ambiguous_pairs(found: Pairs, chosen: Rows) -> set[int]:
    """Return the chosen pairs for which a competing pair of either row scores within `MARGIN`.

    A pair does not compete if its other row is linked elsewhere with a clearly higher score.
    """
    linked = [dict(zip(rows[chosen], found.score[chosen], strict=True)) for rows in (found.before, found.now)]
    best: dict[tuple[str, int], float] = {}
    is_chosen = set(chosen.tolist())
    for place in range(len(found.score)):
        if place not in is_chosen:
            score = float(found.score[place])
            one, other = int(found.before[place]), int(found.now[place])
            if linked[1].get(other, 0.0) < score + MARGIN:
                best["before", one] = max(best.get(("before", one), 0.0), score)
            if linked[0].get(one, 0.0) < score + MARGIN:
                best["now", other] = max(best.get(("now", other), 0.0), score)
    return {
        int(place)
        for place in chosen
        if max(
            best.get(("before", int(found.before[place])), 0.0), best.get(("now", int(found.now[place])), 0.0)
        )
        > found.score[place] - MARGIN
    }
