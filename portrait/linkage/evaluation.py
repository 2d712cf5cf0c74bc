"""Measure the precision and recall of links on pairs that people judged."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from portrait.language.periods import edition_period
from portrait.linkage.tiers import TIERS, Links
from portrait.registers.parsing import Faults
from portrait.registers.tables import columns_in
from portrait.registers.validation import read_rows

FILE = "links-measured.csv"
"""Name of the file of recorded measures, in the source's folder of `data/reference/`."""

COLUMNS = columns_in(FILE)[2:]
"""Columns of a table of measures, one row per tier: shares (0 to 1), judged pairs, links of the tier."""

N_DRAWS = 2000
_SEED = 2024
_LEVEL = 0.95


def measure(links: Links, judged: pd.DataFrame) -> pd.DataFrame:
    """Return the precision and recall of each tier on judged pairs, with intervals.

    Precision is the weight of the judged pairs that are linked and the same, divided by the weight of
    those that are linked; recall divides it by the weight of those that are the same. If people found a
    row's match and the row is linked to one that they did not read, the link counts as wrong, with the
    weight of the judged pair.

    Parameters
    ----------
    links
        Links between the two years of the judged pairs.
    judged
        One row per pair: `row_from`, `row_to`, `label` (1: the same initiative), `weight`.

    Returns
    -------
    pandas.DataFrame
        One row per tier, the surest first: `COLUMNS`. A share whose denominator is 0 is missing.
    """
    rows = []
    is_same = (judged["label"] == 1).to_numpy(dtype=bool)
    for tier in TIERS:
        linked = links.at(tier)
        matches = judged["row_from"].map(dict(zip(linked["row_from"], linked["row_to"], strict=True)))
        is_linked = (matches == judged["row_to"]).to_numpy(dtype=bool)
        was_read = judged["row_from"].isin(judged.loc[is_linked, "row_from"])
        is_wrong = is_same & (matches.notna() & ~was_read).to_numpy(dtype=bool)
        precision = _share(judged, is_linked & is_same, is_linked | is_wrong)
        recall = _share(judged, is_linked & is_same, is_same)
        f1 = 2 * precision[0] * recall[0] / ((precision[0] + recall[0]) or math.nan)
        rows.append((tier, *precision, *recall, f1, len(judged), len(linked)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(
    judged: pd.DataFrame, part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]
) -> tuple[float, float, float]:
    """Return a weighted share and its 95% interval, the union of a bootstrap and an exact interval.

    A bootstrap alone is too narrow when a few pairs have most of the weight and none of them is wrong.
    """
    if not whole.any():
        return math.nan, math.nan, math.nan
    weights = judged["weight"].to_numpy(dtype=float)
    _, rows = np.unique(judged["row_from"], return_inverse=True)
    of_part, of_whole = (np.bincount(rows, weights=weights * which).astype(float) for which in (part, whole))
    share = float(of_part.sum() / of_whole.sum())
    ends = zip(_bootstrap_ends(of_part, of_whole), _exact_ends(share, of_whole), strict=True)
    lowest, highest = (farthest(pair) for farthest, pair in zip((min, max), ends, strict=True))
    return share, lowest, highest


def _bootstrap_ends(
    of_part: npt.NDArray[np.float64], of_whole: npt.NDArray[np.float64]
) -> tuple[float, float]:
    """Return percentiles of a bootstrap that draws rows of the earlier year with all their pairs.

    Pairs of one row are not independent. Source: Efron and Tibshirani, *An Introduction to the
    Bootstrap*, Chapman and Hall, 1993, chapter 13.
    """
    drawn = np.random.default_rng(_SEED).integers(0, len(of_part), (N_DRAWS, len(of_part)))
    parts, wholes = of_part[drawn].sum(axis=1), of_whole[drawn].sum(axis=1)
    shares = parts[wholes > 0] / wholes[wholes > 0]
    lowest, highest = np.quantile(shares, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(lowest), float(highest)


def _exact_ends(share: float, of_whole: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the bounds of Clopper and Pearson, *Biometrika* 26 (1934), for the effective number of rows.

    The effective number is Kish's, (sum w)^2 / sum w^2. Source: Korn and Graubard, "Confidence intervals for
    proportions with small expected number of positive counts estimated from survey data", *Survey
    Methodology* 24 (1998), 193-201.
    """
    from scipy.special import betaincinv  # slow to import

    n_effective = of_whole.sum() ** 2 / (of_whole**2).sum()
    right, wrong = share * n_effective, (1 - share) * n_effective
    lowest = betaincinv(right, wrong + 1, (1 - _LEVEL) / 2) if right else 0.0
    highest = betaincinv(right + 1, wrong, (1 + _LEVEL) / 2) if wrong else 1.0
    return float(lowest), float(highest)


def read_measures(folder: Path) -> pd.DataFrame:
    """Return the recorded measures of a source: `year_from`, `year_to`, then `COLUMNS`.

    The table is empty for a source without judged pairs; a blank share is missing. `make
    benchmark-links` prints the measures to record. They use only pairs that people judged certain, from
    the files on which the tiers were set: on harder pairs and on other files, links may be less precise,
    above all the possible ones.
    """
    faults = Faults()
    rows = [row for _, row in read_rows(folder / FILE, faults)]
    faults.refuse()
    table = pd.DataFrame(rows, columns=list(columns_in(FILE)), dtype=str)
    counts = ["n_judged", "n_linked"]
    shares = [name for name in COLUMNS if name not in (*counts, "tier")]
    table[shares] = table[shares].replace("", "nan")
    for end in ("year_from", "year_to"):
        table[end] = table[end].map(edition_period).astype(object)
    return table.astype({**dict.fromkeys(counts, int), **dict.fromkeys(shares, float)})
