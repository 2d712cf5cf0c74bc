"""Measure what `portrait check` costs on the largest register at hand, beside `pandas.read_csv` of its files.

`PORTRAIT_REAL_DATA=FOLDER python -m tests.benchmarks.checking [ROUNDS]`

A check reads the year and the one before it. Prints medians of seconds of the clock and of the processor.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

from portrait.checks.check import check_at_hand

PROJECT = Path(__file__).parents[2]
SOURCE, YEAR = "us-federal", 2025


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def main(rounds: int) -> None:
    data = Path(os.environ["PORTRAIT_REAL_DATA"])
    files = [data / SOURCE / f"{year}.csv" for year in (YEAR - 1, YEAR)]
    ways: dict[str, Callable[[], Any]] = {
        "pandas.read_csv": lambda: [
            pd.read_csv(path, dtype=str, encoding_errors="replace") for path in files
        ],
        "portrait check": lambda: list(check_at_hand(SOURCE, YEAR, data=data, project=PROJECT)),
    }
    runs = {way: [timed(work) for _ in range(rounds)] for way, work in ways.items()}
    base = median(processor for _, processor in runs["pandas.read_csv"])
    for way, pairs in runs.items():
        clock, processor = (median(each) for each in zip(*pairs, strict=True))
        print(f"{way:16} clock {clock:.2f} s, processor {processor:.2f} s, {processor / base:.1f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 3)
