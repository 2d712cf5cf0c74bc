"""Diversity of categories: Shannon entropy, effective number, rarefaction."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from portrait.registers.source import NAMELESS

SMALLEST_GROUP = 5
"""Least number of initiatives with a category for their diversity to be measured."""
_CERTAIN_BITS = 60
"""Value of -log2(p) above which 1 - p is rounded to 1; floating point has 53 bits of precision."""


def diversity(initiatives: pd.DataFrame, by: str | None = None, *, n_listed: int) -> pd.DataFrame:
    """Return the diversity of the categories of the initiatives, by year and group.

    With shares p of the categories among initiatives that have one, H = -sum of p ln p and the
    effective number is exp(H): the number of equally frequent categories that would give the same H.
    Initiatives without a known category change the bounds, not the value.

    The number of categories grows with the number of initiatives. The rarefied number is therefore the
    one expected among the same number of initiatives in each row, the smallest of all measured rows; see
    `rarefied_richness`.

    Sources: Shannon, "A Mathematical Theory of Communication", *Bell System Technical Journal* 27,
    1948; Jost, "Entropy and diversity", *Oikos* 113, 2006 (the effective number).

    Parameters
    ----------
    initiatives
        Years with the same list of categories; entropies of different lists are not comparable.
    by
        A column to group by beside the year, as in ``"portfolio_folded"``. Initiatives without a known
        group are left out.
    n_listed
        Number of categories in the list, including those without initiatives.

    Returns
    -------
    pandas.DataFrame
        One row per `year` (and group): `n_initiatives`, `n_categorised`, `n_uncategorised` (counts),
        `n_categories` (with initiatives), `shannon` (nats), `effective_number`, `lowest_effective_number`,
        `highest_effective_number` (categories; see `effective_number_bounds`), `rarefied_to`
        (initiatives) and `rarefied_categories` (categories). All but the counts are missing with
        fewer than `SMALLEST_GROUP` initiatives with a category.
    """
    keys = ["year"] if by is None else ["year", by]
    if by is not None:
        initiatives = initiatives[~initiatives[by].isin(NAMELESS)]
    by_category = initiatives.groupby([*keys, "category"]).size().rename("n").reset_index()
    rows = []
    for key, counted in by_category.groupby(keys):
        counts = counted.loc[~counted["category"].isin(NAMELESS), "n"]
        rows.append([*key, int(counted["n"].sum()), sorted(counts.tolist())])
    table = pd.DataFrame(rows, columns=[*keys, "n_initiatives", "counts"])
    sizes = [sum(counts) for counts in table["counts"]]
    common = min((size for size in sizes if size >= SMALLEST_GROUP), default=0)
    measures = [
        _measures(counts, n - size, n_listed, common) if size >= SMALLEST_GROUP else [np.nan] * 6
        for counts, n, size in zip(table["counts"], table["n_initiatives"], sizes, strict=True)
    ]
    names = ["shannon", "effective_number", "lowest_effective_number", "highest_effective_number"]
    return table.assign(
        n_categorised=sizes,
        n_uncategorised=table["n_initiatives"] - sizes,
        n_categories=[len(counts) for counts in table["counts"]],
        **dict(
            zip(
                [*names, "rarefied_to", "rarefied_categories"],
                np.array(measures).reshape(len(table), 6).T,
                strict=True,
            )
        ),
    ).drop(columns="counts")


def _measures(counts: Sequence[int], n_unnamed: int, n_listed: int, common: int) -> list[float]:
    bounds = effective_number_bounds(counts, n_unnamed, n_listed)
    entropy = shannon(counts)
    return [entropy, math.exp(entropy), *bounds, common, rarefied_richness(counts, common)]


def with_diversity(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of `diversity` with enough initiatives with a category to be measured."""
    return table[table["n_categorised"] >= SMALLEST_GROUP]


def shannon(counts: Sequence[int]) -> float:
    """Return the Shannon entropy of counts in nats, H = -sum of p ln p; counts of 0 are ignored.

    >>> shannon([1, 1]) == math.log(2)
    True
    """
    total = sum(counts)
    return abs(math.fsum(count / total * math.log(count / total) for count in counts if count))


def effective_number_bounds(counts: Sequence[int], n_unnamed: int, n_listed: int) -> tuple[float, float]:
    """Return the lowest and highest effective number, for any categories of the initiatives without one.

    It is lowest if all of them have the most frequent category, and highest if each in turn has the
    least frequent one. The first distribution majorises all the possible ones, the second is majorised
    by them, and entropy decreases with majorization (Marshall, Olkin and Arnold, *Inequalities: Theory of
    Majorization*, 2nd edition, 2011, chapter 3). Both bounds count all initiatives: the value, which
    counts only those with a category, may be slightly above the highest.

    Parameters
    ----------
    counts
        Initiatives of each category that has any; at least one category.
    n_unnamed
        Initiatives without a known category.
    n_listed
        Number of categories in the list.

    >>> [round(bound, 2) for bound in effective_number_bounds([3, 1], 2, 3)]
    [1.57, 2.75]
    """
    most = max(counts)
    others = list(counts)
    others.remove(most)
    even = _evened([*counts, *[0] * (n_listed - len(counts))], n_unnamed)
    return math.exp(shannon([*others, most + n_unnamed])), math.exp(shannon(even))


def _evened(counts: Sequence[int], n_more: int) -> list[int]:
    """Return the counts after `n_more` units are added, each in turn to the lowest count.

    >>> _evened([3, 1, 0], 4)
    [3, 3, 2]
    """
    ascending = sorted(counts)
    # Raise the n_level lowest counts to a common level.
    n_level = max(n for n in range(1, len(counts) + 1) if ascending[n - 1] * n <= sum(ascending[:n]) + n_more)
    level, n_above = divmod(sum(ascending[:n_level]) + n_more, n_level)
    filled = [level] * (n_level - n_above) + [level + 1] * n_above + ascending[n_level:]
    return sorted(filled, reverse=True)


def rarefied_richness(counts: Sequence[int], n: int) -> float:
    """Return the number of categories expected in a random subset of n initiatives.

    With N_i initiatives in category i and N in all: the sum over i of 1 - C(N - N_i, n) / C(N, n),
    computed exactly from integers.

    Sources: Hurlbert, "The Nonconcept of Species Diversity", *Ecology* 52, 1971; Heck, van Belle and
    Simberloff, "Explicit Calculation of the Rarefaction Diversity Measurement", *Ecology* 56, 1975.

    >>> round(rarefied_richness([2, 1], 2), 4)
    1.6667
    """
    total = sum(counts)
    if not 0 < n <= total:
        raise ValueError(f"{n} initiatives cannot be taken among {total}")
    return math.fsum(_chance_of_any(count, total, n) for count in counts)


def _chance_of_any(count: int, total: int, n: int) -> float:
    """Return 1 - C(total - count, n) / C(total, n), rounded once.

    The quotient equals P(total - b, a) / P(total, a), where P counts permutations and a <= b are `count`
    and `n` in order: fewer factors, so that a table of a million rows is as fast.
    """
    lesser, greater = sorted((count, n))
    left = total - greater
    if left < lesser or lesser * math.log2(total / left) > _CERTAIN_BITS:
        return 1.0
    ways = math.perm(total, lesser)
    return (ways - math.perm(left, lesser)) / ways
