"""Whether uses are many and even, or few: Shannon entropy, the effective number, rarefaction."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from portrait.registers.source import UNCLASSIFIED, UNKNOWN

SMALLEST_GROUP = 5
"""With fewer initiatives that have a category than this, nothing is told of their diversity."""
_CERTAIN_BITS = 60
"""A probability below 2 to minus this, taken from 1, leaves 1 in floating point: it has 53 bits."""


def diversity(initiatives: pd.DataFrame, by: str | None = None, *, n_listed: int) -> pd.DataFrame:
    """Return how diverse the categories of the initiatives are, by year and group.

    With shares p of the categories among initiatives that have one, H = -sum of p ln p and the
    effective number is exp(H): the number of equally frequent categories that would give the same H.
    Initiatives without a category of the list enter the bounds, never the value.

    The more initiatives, the more categories are met. The rarefied number is that expected among as
    many initiatives from each row, the fewest that any row told has; see `rarefied_richness`.

    Sources: Shannon, "A Mathematical Theory of Communication", *Bell System Technical Journal* 27,
    1948; Jost, "Entropy and diversity", *Oikos* 113, 2006 (the effective number).

    Parameters
    ----------
    initiatives
        Years that share one list of categories: an entropy of another list does not compare.
    by
        A column to group by beside the year, as in ``"portfolio_folded"``. What names no group is in
        none.
    n_listed
        How many categories the list has, those that no initiative has included.

    Returns
    -------
    pandas.DataFrame
        One row per `year` (and group): `n_initiatives`, `n_categorised`, `n_uncategorised` (counts),
        `n_categories` (those met), `shannon` (nats), `effective_number`, `lowest_effective_number`,
        `highest_effective_number` (categories; see `effective_number_bounds`), `rarefied_to`
        (initiatives) and `rarefied_categories` (categories). All but the counts are missing with
        fewer than `SMALLEST_GROUP` initiatives with a category.
    """
    keys = ["year"] if by is None else ["year", by]
    if by is not None:
        initiatives = initiatives[~initiatives[by].isin(["", UNKNOWN, UNCLASSIFIED])]
    by_category = initiatives.groupby([*keys, "category"]).size().rename("n").reset_index()
    rows = []
    for key, counted in by_category.groupby(keys):
        counts = counted.loc[~counted["category"].isin(["", UNKNOWN, UNCLASSIFIED]), "n"]
        rows.append([*key, int(counted["n"].sum()), sorted(counts.tolist())])
    table = pd.DataFrame(rows, columns=[*keys, "n_initiatives", "counts"])
    sizes = [sum(counts) for counts in table["counts"]]
    told = [size for size in sizes if size >= SMALLEST_GROUP]
    common = min(told, default=0)
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
    """Keep the rows of `diversity` that have enough initiatives with a category to be told."""
    return table[table["n_categorised"] >= SMALLEST_GROUP]


def shannon(counts: Sequence[int]) -> float:
    """Return the Shannon entropy of counts in nats, H = -sum of p ln p; a count of 0 adds nothing.

    >>> shannon([1, 1]) == math.log(2)
    True
    """
    total = sum(counts)
    return abs(math.fsum(count / total * math.log(count / total) for count in counts if count))


def effective_number_bounds(counts: Sequence[int], n_unnamed: int, n_listed: int) -> tuple[float, float]:
    """Return the lowest and the highest effective number that initiatives without a category leave.

    It is lowest if all have the category already most frequent, highest if they make the counts as
    even as can be, each in turn having the category then least frequent: the first distribution
    majorises, and the last is majorised by, all that may be, and entropy follows that order (Marshall,
    Olkin and Arnold, *Inequalities: Theory of Majorization*, 2nd edition, 2011, chapter 3). Both count
    all initiatives: the value, of those with a category alone, may lie a little above the highest.

    Parameters
    ----------
    counts
        Initiatives of each category that is met, at least one category.
    n_unnamed
        Initiatives without a category of the list.
    n_listed
        How many categories the list has.

    >>> [round(bound, 2) for bound in effective_number_bounds([3, 1], 2, 3)]
    [1.57, 2.75]
    """
    most = max(counts)
    others = list(counts)
    others.remove(most)
    even = _evened([*counts, *[0] * (n_listed - len(counts))], n_unnamed)
    return math.exp(shannon([*others, most + n_unnamed])), math.exp(shannon(even))


def _evened(counts: Sequence[int], n_more: int) -> list[int]:
    """Return the counts once as many more were given, each in turn to the count then lowest.

    >>> _evened([3, 1, 0], 4)
    [3, 3, 2]
    """
    ascending = sorted(counts)
    # The lowest counts are filled to one level; as many of them as that level reaches.
    n_level = max(n for n in range(1, len(counts) + 1) if ascending[n - 1] * n <= sum(ascending[:n]) + n_more)
    level, n_above = divmod(sum(ascending[:n_level]) + n_more, n_level)
    filled = [level] * (n_level - n_above) + [level + 1] * n_above + ascending[n_level:]
    return sorted(filled, reverse=True)


def rarefied_richness(counts: Sequence[int], n: int) -> float:
    """Return how many categories are expected among n of the initiatives, all sets of n being as likely.

    With N_i initiatives in category i and N in all, the sum over i of 1 - C(N - N_i, n) / C(N, n),
    from whole numbers: exact. It is a description of these initiatives, at a size that compares.

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

    The quotient is that of P(total - b, a) and P(total, a), permutations, a and b being the lesser and the
    greater of `count` and `n`: fewer factors, so that a table of a million rows takes no longer.
    """
    lesser, greater = sorted((count, n))
    left = total - greater
    if left < lesser or lesser * math.log2(total / left) > _CERTAIN_BITS:
        return 1.0
    ways = math.perm(total, lesser)
    return (ways - math.perm(left, lesser)) / ways
