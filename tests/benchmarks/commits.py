"""Compare two checkouts of the project: the same builds by each, as ratios in one run.

    python -m tests.benchmarks.commits BEFORE AFTER [ROUNDS]    (folders, as `git worktree add` makes them)

The builds of the annual report: both languages with nothing published, one language with nothing published,
and both after a sentence of one language changed. Each checkout builds with its own code, notebooks and
sample, in a copy; which one goes first changes at each round. Prints medians of seconds of the clock and of
the processor, and their ratio, after over before. Linux only.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import suppress
from pathlib import Path
from statistics import median

SUBREAPER = 36
"""What Linux calls PR_SET_CHILD_SUBREAPER: processes that lose their parent become children of this one."""
LEFT_OUT = (".git", ".venv*", ".*_cache", "__pycache__", "reports", "tests")
Seconds = tuple[float, float]
"""Of the clock, and of the processor."""


def copied(checkout: Path, folder: Path) -> Path:
    """Copy a checkout, and have Python compile it."""
    shutil.copytree(checkout, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    subprocess.run([sys.executable, "-m", "compileall", "-q", folder / "portrait"], check=True)
    return folder


def build(checkout: Path, output: str, *options: str) -> Seconds:
    """Build the annual report as the command of a checkout does; return the seconds it took."""
    script = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["portrait"]
    module, _, function = script.partition(":")
    call = f"import sys; sys.argv[0] = 'portrait'; from {module} import {function}; {function}()"
    began, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, "-c", call, "build", "--output", checkout / output, *options],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    clock = time.perf_counter() - began
    with suppress(ChildProcessError):  # the seconds of a process count once it was waited for
        while True:
            os.wait()
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return clock, processor


def change_sentence(checkout: Path, round_: int) -> None:
    """Add a French sentence to the first notebook of the annual report."""
    notebooks = checkout / "notebooks"
    path = next(iter(sorted((notebooks / "annual").glob("*.ipynb"))), notebooks / "annual.ipynb")
    notebook = json.loads(path.read_text("utf-8"))
    is_french = lambda cell: "fr" in cell["metadata"].get("tags", [])  # noqa: E731
    cell = next(each for each in notebook["cells"] if each["cell_type"] == "markdown" and is_french(each))
    cell["source"] = "".join(cell["source"]) + f"\n\nUne phrase de plus{'.' * round_}"
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


def measured(checkout: Path, round_: int) -> dict[str, Seconds]:
    """Build three times in a checkout; return the seconds by build."""
    both, one = f"both-{round_}", f"one-{round_}"
    found = {
        "both languages": build(checkout, both),
        "one language": build(checkout, one, "--language", "fr"),
    }
    change_sentence(checkout, round_)
    return {**found, "a changed sentence": build(checkout, both)}


def main(before: str, after: str, rounds: str = "3") -> None:
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    runs: dict[str, list[dict[str, Seconds]]] = {"before": [], "after": []}
    with tempfile.TemporaryDirectory() as folder:
        copies = {
            name: copied(Path(checkout), Path(folder, name))
            for name, checkout in zip(runs, (before, after), strict=True)
        }
        for round_ in range(1, int(rounds) + 1):
            for name in list(runs)[:: 1 if round_ % 2 else -1]:
                runs[name].append(measured(copies[name], round_))
                said = ", ".join(f"{what} {clock:.1f} s" for what, (clock, _) in runs[name][-1].items())
                print(f"round {round_}, {name}: {said}", flush=True)
    for what in runs["before"][0]:
        for column, unit in enumerate(("clock", "processor")):
            then, now = (median(run[what][column] for run in runs[name]) for name in runs)
            print(f"{what:20}{unit:10}{then:8.1f} s{now:8.1f} s   ratio {now / then:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
