"""Measure the links between the inventories of the United States on the pairs that people judged.

    make benchmark-links        (PORTRAIT_REAL_DATA names the folder of the real files)

Prints precision and recall by tier, each with its interval, how often the publisher's own numbers
agree, the time and memory of linking, and the rows of `links-measured.csv`; fails where a target is
missed. The tiers were set while these files were at hand: only other pairs can tell how they do elsewhere.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from portrait.editions.opening import open_edition
from portrait.linkage.decisions import read_decisions
from portrait.linkage.evaluation import COLUMNS, FILE, measure
from portrait.linkage.links import link
from portrait.linkage.names import read_marks
from portrait.linkage.tiers import Links

PROJECT = Path(__file__).parents[2]
JUDGED = Path("us-federal", "links-2024-2025.csv")
RECORDED = ["year_from", "year_to", *COLUMNS]
N_SYNTHETIC = 20_000
N_PORTFOLIOS, N_WORDS = 20, 3000


def main() -> int:
    """Print the measures; return 1 where a target is missed."""
    data = Path(os.environ.get("PORTRAIT_REAL_DATA", ""))
    if not (data / JUDGED).is_file():
        print(f"PORTRAIT_REAL_DATA must name a folder that holds {JUDGED}.", file=sys.stderr)
        return 1
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    before, now = edition.previous.initiatives, edition.initiatives
    marks, decisions = read_marks(edition.source.folder), read_decisions(edition.source.folder)
    runs = [timed(before, now, marks=marks, decisions=decisions) for _ in range(3)]
    found, seconds = min(runs, key=lambda run: run[1])  # the first one fills caches
    judged = pd.read_csv(data / JUDGED)
    certain = measure(found, judged[judged["certain"] == "y"])
    show("Pairs judged certain, weighted", certain)
    show("All judged pairs, weighted", measure(found, judged))
    show_numbers(found, now)
    print(f"\n{len(before)} against {len(now)} rows: {seconds:.1f} s; links: {found.counted()}")
    of_synthetic = synthetic_years(N_SYNTHETIC)
    _, longer = timed(*of_synthetic)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{N_SYNTHETIC} against {N_SYNTHETIC} synthetic rows: {longer:.1f} s, peak {peak:.2f} GB")
    print(f"\nFor data/reference/us-federal/{FILE}:")
    print(certain.round(3).assign(year_from=2024, year_to=2025)[RECORDED].to_csv(index=False), end="")
    f1, precision = certain["f1"][1], certain["precision"][0]
    missed = [f1 < 0.97, precision < 0.995, seconds > 3, longer > 30, peak > 2]
    return int(any(missed))


def timed(before: pd.DataFrame, now: pd.DataFrame, **known) -> tuple[Links, float]:
    """Return the links, and the seconds of the processor: other work of the machine changes them little."""
    start = time.process_time()
    found = link(before, now, **known)
    return found, time.process_time() - start


def show(title: str, table: pd.DataFrame) -> None:
    print(f"\n{title} ({table['n_judged'][0]} pairs)")
    for row in table[list(COLUMNS)].itertuples():
        print(
            f"  {row.tier:9} precision {row.precision:.3f} [{row.precision_lowest:.3f}, "
            f"{row.precision_highest:.3f}]  recall {row.recall:.3f} [{row.recall_lowest:.3f}, "
            f"{row.recall_highest:.3f}]  F1 {row.f1:.3f}  links {row.n_linked}"
        )


def show_numbers(found: Links, now: pd.DataFrame) -> None:
    """Print how many rows are linked of those that their publisher numbered in each year."""
    print("\nNumbers of Veterans Affairs, which no link rests on: rows linked to 2024")
    for begins in ("VA-24-", "VA-25-"):
        rows = now.loc[now["identifier"].str.startswith(begins), "row"]
        counts = ", ".join(
            f"{tier} {int(rows.isin(found.at(tier)['row_to']).sum())}"
            for tier in ("strict", "probable", "possible")
        )
        print(f"  {begins} ({len(rows)} rows): {counts}")


def synthetic_years(n_rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two years of rows of made-up words: a third anew, a quarter under a title changed by a word."""
    chance = np.random.default_rng(0)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    known = ["".join(word) for word in letters[chance.integers(0, 26, (N_WORDS, 6))]]
    often = 1 / np.arange(1, N_WORDS + 1)

    def texts(fewest: int, most: int) -> list[str]:
        lengths = chance.integers(fewest, most, n_rows)
        drawn = chance.choice(known, lengths.sum(), p=often / often.sum())
        return [" ".join(text) for text in np.split(drawn, np.cumsum(lengths)[:-1])]

    names, benefits = texts(3, 9), texts(8, 40)
    portfolio = [f"portfolio {number}" for number in chance.integers(0, N_PORTFOLIOS, n_rows)]
    before = pd.DataFrame(
        {"year": 2024, "row": np.arange(2, n_rows + 2), "name": names, "benefits": benefits}
    )
    before = before.assign(body=portfolio, portfolio_folded=portfolio, reconstructed=False)
    kept, renamed = chance.random(n_rows) < 2 / 3, chance.random(n_rows) < 0.4
    changed = [
        f"{name.partition(' ')[2]} anew" if new else name for name, new in zip(names, renamed, strict=True)
    ]
    now = before.assign(
        year=2025, name=np.where(kept, changed, texts(3, 9)), benefits=np.where(kept, benefits, texts(8, 40))
    )
    return before, now


if __name__ == "__main__":
    sys.exit(main())
