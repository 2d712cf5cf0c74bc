"""What becomes of a changed file: accepted, or refused by an error of ours; anything else is wrong."""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portrait.errors import PortraitError, ProgramFault

LONGEST = 5.0
"""Seconds of processor that one mutation may take."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutation: ``accepted``, ``refused``, or the name of another error."""

    name: str
    seconds: float
    report: str = ""


def outcome_of(action: Callable[[], object]) -> Outcome:
    """Do something with a mutation, and return what came of it."""
    start = time.process_time()
    try:
        action()
        name, report = "accepted", ""
    except ProgramFault as fault:
        name, report = "ProgramFault", f"{fault}\n{fault.report}"
    except PortraitError as error:
        name, report = "refused", str(error)
    except Exception as error:
        name, report = type(error).__name__, traceback.format_exc()
    return Outcome(name, time.process_time() - start, report)


def is_right(found: Outcome) -> bool:
    """Return whether a mutation was accepted, or refused with a sentence, in time."""
    return (
        (found.name == "accepted" or (found.name == "refused" and found.report.strip() != ""))
        and found.seconds <= LONGEST
    )  # fmt: skip


def count(run: Callable[[int], tuple[str, Outcome]], seeds: Iterable[int]) -> int:
    """Run mutations, print the outcomes by kind, and return the number of wrong ones."""
    counts: dict[str, Counter[str]] = {}
    longest, n_wrong = 0.0, 0
    for seed in seeds:
        kind, found = run(seed)
        counts.setdefault(kind, Counter())[found.name] += 1
        longest = max(longest, found.seconds)
        if not is_right(found):
            n_wrong += 1
            print(f"seed {seed}, {kind}, {found.seconds:.1f} s\n{found.report}", flush=True)
    for kind, each in sorted(counts.items()):
        print(f"{kind}: {', '.join(f'{name} {n}' for name, n in sorted(each.items()))}")
    print(f"{n_wrong} wrong; the longest took {longest:.1f} s")
    return n_wrong


def main(prepare: Callable[[Path], Any], run: Callable[[Any, int], tuple[str, Outcome]]) -> int:
    """Run as many mutations as the command line says; return 1 if any is wrong.

    Parameters
    ----------
    prepare
        Writes what is mutated in a folder, and returns what `run` needs of it.
    run
        Makes and tries the mutation of a seed, and returns its kind and its outcome.
    """
    number, first, *_ = (*map(int, sys.argv[1:]), 0)
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder, "project"))
        return bool(count(lambda seed: run(prepared, seed), range(first, first + number)))
