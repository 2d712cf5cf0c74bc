"""Measure what a register of a million rows costs to read, harmonise and count, beside `pandas.read_csv`.

    make benchmark-scale        (PORTRAIT_REAL_DATA names the folder of the real files)
    python -m tests.benchmarks.scale [--rows N] [--runs N] [--reworded SHARE]

The rows are those of the United States in 2025, or of the embedded sample of Québec where the real files
are not at hand, repeated, each with what tells it from the others (title, number) and one in ten with a
defect of real files. Each way runs in a process of its own, several times; the table gives medians of
seconds of processor, which other things that the machine does change little, and of the most memory held.
Fails where the three steps take 4 times the seconds or 3 times the memory of reading the same file with
pandas as text, or more, or where a row is lost. Linking is measured by `links.py`.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from portrait import indicators
from portrait.ingest.harmonisation import harmonise
from portrait.ingest.published import read_published
from portrait.language.text import normalise_header
from portrait.linkage.tiers import COLUMNS, KIND, TIERS, Links
from portrait.registers.judged import read_themes
from portrait.registers.schema import load_source
from portrait.registers.source import Source

PROJECT = Path(__file__).parents[2]
YEAR = 2025
MOST_TIMES_THE_SECONDS, MOST_TIMES_THE_MEMORY = 4, 3
N_ROWS, N_RUNS, REWORDED = 1_000_000, 3, 0.01
STEPS = ("reading", "harmonising", "indicators")
BASELINE, ALL_STEPS = "pandas.read_csv, all text", "all three"

Measured = dict[str, tuple[float, float]]
"""For each step, seconds of processor and the most memory held until its end (GB)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale")
    parser.add_argument("--rows", type=int, default=N_ROWS)
    parser.add_argument("--runs", type=int, default=N_RUNS)
    parser.add_argument("--reworded", type=float, default=REWORDED, help="share of texts made unlike others")
    asked = parser.parse_args(arguments)
    name, original = real_file()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{YEAR}.csv"
        write_repeated(original, path, load_source(name, PROJECT), asked.rows, asked.reworded)
        print(
            f"{asked.rows} rows of {name} {YEAR} repeated and perturbed: {path.stat().st_size / 1e6:.0f} MB"
        )
        runs = [one_run(path, name, asked.rows) for _ in range(asked.runs)]
    measured = medians(runs)
    show(measured)
    ratios = [ours / theirs for ours, theirs in zip(measured[ALL_STEPS], measured[BASELINE], strict=True)]
    return int(ratios[0] >= MOST_TIMES_THE_SECONDS or ratios[1] >= MOST_TIMES_THE_MEMORY)


def real_file() -> tuple[str, Path]:
    """Return a source and the file whose rows are repeated."""
    data = os.environ.get("PORTRAIT_REAL_DATA")
    if data and (real := Path(data, "us-federal", f"{YEAR}.csv")).is_file():
        return "us-federal", real
    return "quebec", PROJECT / "data" / "sample" / "quebec" / f"{YEAR}.csv"


def medians(runs: Sequence[Measured]) -> Measured:
    return {
        step: (
            statistics.median(run[step][0] for run in runs),
            statistics.median(run[step][1] for run in runs),
        )
        for step in runs[0]
    }


def show(measured: Measured) -> None:
    seconds, memory = measured[BASELINE]
    print(f"\n{'':32} {'seconds':>8} {'times':>6} {'GB at most':>11} {'times':>6}")
    for step, (each_seconds, each_memory) in measured.items():
        print(
            f"{step:32} {each_seconds:8.1f} {each_seconds / seconds:6.2f} "
            f"{each_memory:11.2f} {each_memory / memory:6.2f}"
        )


# The file


def write_repeated(original: Path, path: Path, source: Source, n_rows: int, reworded: float) -> None:
    """Write rows repeated and perturbed until there are `n_rows`; the same at each call."""
    with original.open(encoding="utf-8-sig", newline="") as stream:
        header, *records = csv.reader(stream)
    found = {name: place_of(name, header, source) for name in source.columns[YEAR]}
    places = {name: place for name, place in found.items() if place is not None}
    chance = random.Random(0)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for number in range(n_rows):
            times, place = divmod(number, len(records))
            writer.writerow(perturbed(records[place], places, times, chance, reworded))


def place_of(field: str, header: Sequence[str], source: Source) -> int | None:
    keys = [normalise_header(each) for each in header]
    wanted = map(normalise_header, source.columns[YEAR][field])
    return next((keys.index(key) for key in wanted if key in keys), None)


def perturbed(
    record: list[str], places: dict[str, int], times: int, chance: random.Random, reworded: float
) -> list[str]:
    """Return a row that is told from the row it repeats, one in ten with a defect that real files have."""
    changed = list(record)
    if times:
        for field in ("name", "identifier"):
            if field in places and changed[places[field]]:
                changed[places[field]] += f" {times}"
        for field in ("benefits", "description", "outputs"):
            if field in places and chance.random() < reworded:
                changed[places[field]] += f" Reworded {times}."
    if chance.random() < 0.1:
        place = places[chance.choice([field for field in FIELDS_WITH_DEFECTS if field in places])]
        changed[place] = chance.choice(DEFECTS)(changed[place])
    if chance.random() < 0.001:
        return changed[: places["portfolio"]]  # a row cut short
    return changed


FIELDS_WITH_DEFECTS = ("name", "body", "portfolio", "category", "status")
DEFECTS: tuple[Callable[[str], str], ...] = (
    str.upper,
    lambda text: f"{text} ",
    lambda text: text.replace(" ", "\u00a0", 1),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\n", 1),
    lambda text: text.replace("'", "’") + "\u200b",
    lambda text: text + "â€™",
    lambda text: text.replace("é", "Ã©"),
    lambda text: text[:-1],
    lambda text: "",
)


# The ways


def one_run(path: Path, name: str, n_written: int) -> Measured:
    """Measure each way once, in a process of its own."""
    measured = {BASELINE: in_own_process(read_with_pandas, path, dtype=str, keep_default_na=False)}
    measured["pandas.read_csv, by default"] = in_own_process(read_with_pandas, path)
    steps: Measured = in_own_process(portrait_steps, path, name, n_written)
    total = sum(seconds for seconds, _ in steps.values())
    return {**measured, **steps, ALL_STEPS: (total, max(memory for _, memory in steps.values()))}


def in_own_process(way: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(way, *arguments, **options).result()


def read_with_pandas(path: Path, **options: Any) -> tuple[float, float]:
    start = time.process_time()
    table = pd.read_csv(path, **options)
    assert len(table)
    return time.process_time() - start, peak()


def portrait_steps(path: Path, name: str, n_written: int) -> Measured:
    """Read, harmonise and count a file; every row is an initiative or a row set aside."""
    # Libraries that the steps load on first use: loading pandas is in no measure either.
    for library in ("scipy.sparse.csgraph", "scipy.stats"):
        importlib.import_module(library)
    source = load_source(name, PROJECT)
    ends = [time.process_time()]
    peaks = []

    def end_step() -> None:
        ends.append(time.process_time())
        peaks.append(peak())

    published = read_published(path, source.columns[YEAR])
    n_read = published.facts.n_rows
    end_step()
    harmonised = harmonise(published, source, YEAR)
    del published
    end_step()
    assert n_written == n_read == len(harmonised.initiatives) + len(harmonised.quarantine)
    for _ in tables_of_a_report(harmonised.initiatives, source):
        pass
    end_step()
    return {step: (ends[i + 1] - ends[i], peaks[i]) for i, step in enumerate(STEPS)}


def peak() -> float:
    """Return the most memory that this process ever held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def tables_of_a_report(now: pd.DataFrame, source: Source) -> Iterator[Any]:
    """Compute each indicator of the annual report; those that compare years, on the rows dealt to two."""
    themes = read_themes(source.folder)
    n_listed = len(source.terms("category", YEAR))
    is_before = np.arange(len(now)) % 5 < 2
    every = now.assign(year=np.where(is_before, YEAR - 1, YEAR))
    ends = every[is_before], every[~is_before]
    years = YEAR, YEAR - 1
    yield indicators.summary(now, rows_read=len(now), rows_quarantined=0)
    yield indicators.volume(every)
    yield indicators.maturity(every)
    yield [indicators.charted(indicators.maturity(now, by)) for by in ("category", "portfolio_folded")]
    yield indicators.statuses(every)
    # Counts, their changes and how far apart they are.
    by_category = indicators.categories(every)
    by_portfolio = indicators.portfolios(every, folded=True)
    yield (
        indicators.change(by_category, "category", *years),
        indicators.change(by_portfolio, "portfolio", *years),
    )
    # Growth.
    for by in ("portfolio_folded", "body"):
        yield indicators.growth_by_names(every, by, *years)
    # Concentration and diversity.
    yield (
        indicators.concentration(by_portfolio, "portfolio"),
        indicators.lorenz_curve(by_portfolio, "portfolio"),
    )
    yield indicators.concentration(indicators.portfolios(every), "portfolio")
    yield indicators.concentration(indicators.initiatives_per_body(every), "body")
    yield indicators.diversity(every, n_listed=n_listed)
    yield indicators.with_diversity(indicators.diversity(now, "portfolio_folded", n_listed=n_listed))
    # Profiles.
    counts = indicators.cross_table(now)
    yield indicators.retained(indicators.associations(counts))
    yield indicators.corrected_cramers_v(counts)
    # Trajectories, by links of no meaning.
    links = made_up_links(*ends)
    yield indicators.persistence(*ends, links)
    yield indicators.transitions(*ends, links)
    # Announced benefits.
    coded = indicators.coded_benefits(now, themes)
    yield indicators.benefits_stated(coded), indicators.benefit_themes(coded, themes)


def made_up_links(before: pd.DataFrame, now: pd.DataFrame) -> Links:
    """Pair the first rows of a year with those of the next, in each tier in turn."""
    n_links = min(len(before), len(now)) * 2 // 3
    table = pd.DataFrame(
        {
            "year_from": YEAR - 1,
            "row_from": before["row"].to_numpy()[:n_links],
            "year_to": YEAR,
            "row_to": now["row"].to_numpy()[:n_links],
            "tier": np.resize(TIERS, n_links),
            "score": 1.0,
            "basis": np.resize([*KIND], n_links),
        }
    )[list(COLUMNS)]
    return Links(table, table.iloc[:0])


if __name__ == "__main__":
    sys.exit(main())
