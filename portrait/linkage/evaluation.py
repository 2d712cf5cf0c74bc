"""Measure how right and how complete links are, on pairs that people judged."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from portrait.linkage.tiers import TIERS, Links
from portrait.registers.parsing import read_rows

FILE = "links-measured.csv"
"""Name of the file of recorded measures, in the source's folder of `data/reference/`."""

COLUMNS = (
    "tier",
    "precision",
    "precision_lowest",
    "precision_highest",
    "recall",
    "recall_lowest",
    "recall_highest",
    "f1",
    "n_judged",
    "n_linked",
)
"""Columns of a table of measures, one row a tier: shares (0 to 1), pairs judged, links of the tier."""

N_DRAWS = 2000
_SEED = 2024
_LEVEL = 0.95


def measure(links: Links, judged: pd.DataFrame) -> pd.DataFrame:
    """Return the precision and the recall of each tier on judged pairs, with intervals.

    Precision is the weight of the judged pairs that are linked and the same over that of those that
    are linked; recall, over that of those that are the same. A row of which people found the fellow,
    and which is linked to one that they did not read, is a wrong link of that pair's weight.

    Parameters
    ----------
    links
        Links between the two years of the judged pairs.
    judged
        One row per pair: `row_from`, `row_to`, `label` (1: the same initiative), `weight`.

    Returns
    -------
    pandas.DataFrame
        One row per tier, the surest first: `COLUMNS`. A share of nothing is missing.
    """
    rows = []
    is_same = (judged["label"] == 1).to_numpy(dtype=bool)
    for tier in TIERS:
        linked = links.at(tier)
        fellows = judged["row_from"].map(dict(zip(linked["row_from"], linked["row_to"], strict=True)))
        is_linked = (fellows == judged["row_to"]).to_numpy(dtype=bool)
        was_read = judged["row_from"].isin(judged.loc[is_linked, "row_from"])
        is_astray = is_same & (fellows.notna() & ~was_read).to_numpy(dtype=bool)
        precision = _share(judged, is_linked & is_same, is_linked | is_astray)
        recall = _share(judged, is_linked & is_same, is_same)
        f1 = 2 * precision[0] * recall[0] / ((precision[0] + recall[0]) or math.nan)
        rows.append((tier, *precision, *recall, f1, len(judged), len(linked)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(
    judged: pd.DataFrame, part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]
) -> tuple[float, float, float]:
    """Return a weighted share, and the ends of its interval at 95%: the wider of two.

    The first is of a bootstrap, the second exact. A bootstrap sees only what was drawn: where few pairs
    carry much weight and none of these is wrong, it cannot tell that one might be.
    """
    if not whole.any():
        return math.nan, math.nan, math.nan
    weights = judged["weight"].to_numpy(dtype=float)
    _, rows = np.unique(judged["row_from"], return_inverse=True)
    of_part, of_whole = (np.bincount(rows, weights=weights * which).astype(float) for which in (part, whole))
    share = float(of_part.sum() / of_whole.sum())
    ends = zip(_drawn_ends(of_part, of_whole), _exact_ends(share, of_whole), strict=True)
    lowest, highest = (choose(pair) for choose, pair in zip((min, max), ends, strict=True))
    return share, lowest, highest


def _drawn_ends(of_part: npt.NDArray[np.float64], of_whole: npt.NDArray[np.float64]) -> tuple[float, float]:
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
    """Return the bounds of Clopper and Pearson, *Biometrika* 26 (1934), at the effective number of rows.

    That number is Kish's, (sum w)^2 / sum w^2. Source: Korn and Graubard, "Confidence intervals for
    proportions with small expected number of positive counts estimated from survey data", *Survey
    Methodology* 24 (1998), 193-201.
    """
    from scipy.special import betaincinv  # costs more than all else that is imported here

    n_effective = of_whole.sum() ** 2 / (of_whole**2).sum()
    right, wrong = share * n_effective, (1 - share) * n_effective
    lowest = betaincinv(right, wrong + 1, (1 - _LEVEL) / 2) if right else 0.0
    highest = betaincinv(right + 1, wrong, (1 + _LEVEL) / 2) if wrong else 1.0
    return float(lowest), float(highest)


def read_measures(folder: Path) -> pd.DataFrame:
    """Return the recorded measures of a source: `COLUMNS` after `year_from` and `year_to`; or no row.

    What is recorded is what `make benchmark-links` printed; a source without judged pairs has none. The
    pairs are those that people judged certain, of files that were at hand when the tiers were set: on
    pairs that are hard to judge, and on other files, links may be less right, most of all those that
    are possible and no more.
    """
    columns = ("year_from", "year_to", *COLUMNS)
    rows = [row for _, row in read_rows(folder / FILE, columns)]
    table = pd.DataFrame(rows, columns=list(columns), dtype=str)
    counts = ["year_from", "year_to", "n_judged", "n_linked"]
    shares = [name for name in COLUMNS if name not in (*counts, "tier")]
    return table.astype({**dict.fromkeys(counts, int), **dict.fromkeys(shares, float)})
