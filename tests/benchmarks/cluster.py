"""Measure a cluster of two workers on this machine against the local pool.

`python -m tests.benchmarks.cluster ROUNDS [OPTIONS OF portrait build]`

Each round builds the same edition three ways, one after another: here, two documents at once; on a cluster
that runs and has built before; on a cluster started for it and ended after it. Seconds are of the clock and
of the processor, of all processes together.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil

from tests.build.clusters import Cluster

PROJECT = Path(__file__).parents[2]


def processor(process: psutil.Process) -> float:
    """Return the seconds of the processor that a process took, and those of what it started."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        times = each.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


def taken(cluster: Cluster | None) -> float:
    """Return the seconds of the processor taken so far by builds that ended, and by a cluster."""
    mine = psutil.Process().cpu_times()
    there = cluster.processes if cluster else []
    return (
        mine.children_user + mine.children_system + sum(processor(psutil.Process(each.pid)) for each in there)
    )


def build(output: Path, options: list[str], *where: str) -> None:
    words = [str(Path(sys.executable).with_name("portrait")), "build", *options, *where]
    subprocess.run([*words, "--force", "--output", output], cwd=PROJECT, check=True, stdout=subprocess.PIPE)


def timed(output: Path, options: list[str], cluster: Cluster | None, *where: str) -> tuple[float, float]:
    began, before = time.perf_counter(), taken(cluster)
    build(output, options, *where)
    return time.perf_counter() - began, taken(cluster) - before


def on_a_cluster_of_its_own(output: Path, options: list[str]) -> tuple[float, float]:
    began, before = time.perf_counter(), taken(None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder))
        try:
            cluster.with_workers(2)
            build(output, options, "--scheduler", cluster.address)
            busy = taken(cluster) - before
        finally:
            cluster.end_all()
    return time.perf_counter() - began, busy


def measure(rounds: int, options: list[str]) -> None:
    found: dict[str, list[tuple[float, float]]] = {"here": [], "running": [], "started": []}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        reports = Path(folder) / "reports"
        running = Cluster(Path(folder))
        try:
            running.with_workers(2)
            there = ("--scheduler", running.address)
            build(reports, options, *there)
            for _ in range(rounds):
                found["here"].append(timed(reports, options, None, "--jobs", "2"))
                found["running"].append(timed(reports, options, running, *there))
                found["started"].append(on_a_cluster_of_its_own(reports, options))
                print(*(f"{way} {pairs[-1][0]:.1f} s" for way, pairs in found.items()), flush=True)
        finally:
            running.end_all()
    for way in found:
        words = []
        for column, what in enumerate(("clock", "processor")):
            ours, base = (median(each[column] for each in found[name]) for name in (way, "here"))
            words.append(f"{what} {ours:.1f} s ({ours / base - 1:+.1%})")
        print(f"{way:9} {'; '.join(words)}")


if __name__ == "__main__":
    measure(int(sys.argv[1]), sys.argv[2:])
