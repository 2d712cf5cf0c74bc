"""Measure how right and how complete links are, on pairs that people judged."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from portrait.linking.matching import TIERS, Links
from portrait.sources import read_rows

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
    are linked; recall, over that of those that are the same. The intervals, at 95%, are percentiles of
    a bootstrap that draws rows of the earlier year with all their pairs, for pairs of one row are not
    independent (Efron and Tibshirani, *An Introduction to the Bootstrap*, Chapman and Hall, 1993,
    chapter 13). Where no error was seen a bootstrap sees none: the end at 1 then has the exact bound
    of Clopper and Pearson, *Biometrika* 26 (1934), at the effective number of Kish, (sum w)^2 / sum
    w^2, of pairs.

    Parameters
    ----------
    links
        Links between the two years of the judged pairs.
    judged
        One row per pair: `row_from`, `row_to`, `label` (1: the same initiative), `weight`.

    Returns
    -------
    pandas.DataFrame
        One row per tier, the surest first: `COLUMNS`.
    """
    rows = []
    for tier in TIERS:
        linked = links.at(tier)
        pairs = set(zip(linked["row_from"], linked["row_to"], strict=True))
        is_linked = np.array(
            [pair in pairs for pair in zip(judged["row_from"], judged["row_to"], strict=True)]
        )
        is_same = (judged["label"] == 1).to_numpy()
        precision = _share(judged, is_linked & is_same, is_linked)
        recall = _share(judged, is_linked & is_same, is_same)
        f1 = 2 * precision[0] * recall[0] / (precision[0] + recall[0])
        rows.append((tier, *precision, *recall, f1, len(judged), len(linked)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(
    judged: pd.DataFrame, part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]
) -> tuple[float, float, float]:
    """Return a weighted share, and the ends of its interval."""
    weights = judged["weight"].to_numpy(dtype=float)
    _, rows = np.unique(judged["row_from"], return_inverse=True)
    of_part, of_whole = (np.bincount(rows, weights=weights * which) for which in (part, whole))
    drawn = np.random.default_rng(_SEED).integers(0, len(of_part), (N_DRAWS, len(of_part)))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = of_part.sum() / of_whole.sum()
        shares = of_part[drawn].sum(axis=1) / of_whole[drawn].sum(axis=1)
    lowest, highest = np.nanquantile(shares, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    if share == 1:
        kept = weights[whole]
        n_effective = kept.sum() ** 2 / (kept**2).sum()
        lowest = min(lowest, math.exp(math.log((1 - _LEVEL) / 2) / n_effective))
    return float(share), float(lowest), float(highest)


def read_measures(folder: Path) -> pd.DataFrame:
    """Return the recorded measures of a source: `COLUMNS` after `year_from` and `year_to`; or no row.

    What is recorded is what `make benchmark-links` printed; a source without judged pairs has none.
    """
    columns = ("year_from", "year_to", *COLUMNS)
    rows = [row for _, row in read_rows(folder / FILE, columns)]
    table = pd.DataFrame(rows, columns=list(columns), dtype=str)
    counts = ["year_from", "year_to", "n_judged", "n_linked"]
    shares = [name for name in COLUMNS if name not in (*counts, "tier")]
    return table.astype({**dict.fromkeys(counts, int), **dict.fromkeys(shares, float)})
