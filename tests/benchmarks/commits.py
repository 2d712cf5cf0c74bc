"""Compare two checkouts of the project: the same builds by each, as ratios in one run.

    python -m tests.benchmarks.commits BEFORE AFTER [ROUNDS]    (folders in which `make report` was run)

The builds of the annual report: both languages with nothing published, one language with nothing published,
and both after a sentence of one language changed. Each checkout builds with its own environment, code,
notebooks and sample; which one goes first changes at each round. Prints medians of seconds of the clock and
of the processor, their ratio, after over before, and the part that a changed sentence takes of a cold build.
Linux only.
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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SUBREAPER = 36
"""What Linux calls PR_SET_CHILD_SUBREAPER: processes that lose their parent become children of this one."""
READ = ("notebooks", "data", "pyproject.toml", "requirements.lock", "CITATION.cff")
"""What a build reads of a project."""
COLD, CHANGED = "both languages", "a changed sentence"
"""Builds whose seconds are compared: a rebuild should take half of a build at most."""
Seconds = tuple[float, float]
"""Of the clock, and of the processor."""


@dataclass(frozen=True)
class Side:
    """A checkout with its own environment, and a copy of what it builds."""

    command: Path
    project: Path

    @classmethod
    def of(cls, checkout: Path, folder: Path) -> Side:
        """Copy the project of a checkout to a folder."""
        folder.mkdir()
        for name in READ:
            source = checkout / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / name)
        return cls(checkout / ".venv" / "bin" / "portrait", folder)

    def build(self, output: str, *options: str) -> Seconds:
        """Build the annual report; return the seconds it took."""
        began, before = time.perf_counter(), os.times()
        subprocess.run(
            [self.command, "build", "--output", self.project / output, *options],
            cwd=self.project,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        clock = time.perf_counter() - began
        with suppress(ChildProcessError):  # the seconds of a process count once it was waited for
            while True:
                os.wait()
        after = os.times()
        return clock, sum(after[2:4]) - sum(before[2:4])


def change_sentence(side: Side, round_: int) -> None:
    """Add a French sentence to the first notebook of the annual report, and sign its English."""
    project = side.project
    notebooks = project / "notebooks"
    path = next(iter(sorted((notebooks / "annual").glob("*.ipynb"))), notebooks / "annual.ipynb")
    notebook = json.loads(path.read_text("utf-8"))
    is_french = lambda cell: "fr" in cell["metadata"].get("tags", [])  # noqa: E731
    cell = next(each for each in notebook["cells"] if each["cell_type"] == "markdown" and is_french(each))
    cell["source"] = "".join(cell["source"]) + f"\n\nUne phrase de plus{'.' * round_}"
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sibling = cell["id"].removesuffix("fr") + "en"
    subprocess.run([side.command, "proofread", "--reviewed", sibling], cwd=project, stdout=subprocess.DEVNULL)


def measured(side: Side, round_: int) -> dict[str, Seconds]:
    """Build three times with a checkout; return the seconds by build."""
    both, one = f"both-{round_}", f"one-{round_}"
    found = {COLD: side.build(both), "one language": side.build(one, "--language", "fr")}
    change_sentence(side, round_)
    return {**found, CHANGED: side.build(both)}


def main(before: str, after: str, rounds: str = "3") -> None:
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    runs: dict[str, list[dict[str, Seconds]]] = {"before": [], "after": []}
    with tempfile.TemporaryDirectory() as folder:
        sides = {
            name: Side.of(Path(checkout).resolve(), Path(folder, name))
            for name, checkout in zip(runs, (before, after), strict=True)
        }
        for round_ in range(1, int(rounds) + 1):
            for name in list(runs)[:: 1 if round_ % 2 else -1]:
                runs[name].append(measured(sides[name], round_))
                said = ", ".join(f"{what} {clock:.1f} s" for what, (clock, _) in runs[name][-1].items())
                print(f"round {round_}, {name}: {said}", flush=True)
    for what in runs["before"][0]:
        for column, unit in enumerate(("clock", "processor")):
            then, now = (median(run[what][column] for run in runs[name]) for name in runs)
            print(f"{what:20}{unit:10}{then:8.1f} s{now:8.1f} s   ratio {now / then:.2f}")
    for column, unit in enumerate(("clock", "processor")):
        changed, cold = ([run[what][column] for run in runs["after"]] for what in (CHANGED, COLD))
        print(f"{CHANGED}, part of {COLD}, after: {unit} {median(changed) / median(cold):.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
