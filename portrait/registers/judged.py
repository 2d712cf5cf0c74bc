"""Tasks that titles name, as people judged them: which are found well enough to be published.

`tasks-judged.csv` of each source says, for a title that a person read, whether each task that was found is
right, and which one was missed. The titles judged are none of those that the patterns were written from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from portrait.registers.codebook import GENERIC, TASKS, Theme, codebook_of
from portrait.registers.parsing import Faults
from portrait.registers.validation import read_rows

FILE = "tasks-judged.csv"
LEAST_PRECISION = Fraction(85, 100)
"""Smallest precision of a task that is published."""


@dataclass(frozen=True)
class Verdict:
    """What a person found of a task in one title."""

    row: int
    drawn: str
    dictionary: str
    task: str
    verdict: str


def verdicts(folder: Path, faults: Faults) -> list[Verdict]:
    """Read what people judged of the titles of one source; empty where there is no file."""
    return [
        Verdict(int(row["row"]), *(row[each] for each in ("drawn", "dictionary", "task", "verdict")))
        for _, row in read_rows(folder / FILE, faults)
    ]


def precisions(judged: Iterable[Verdict]) -> dict[str, Fraction]:
    """Return the share of right ones among the titles found for each task.

    Where a task was judged again after its patterns were mended, only that counts.
    """
    counts: dict[tuple[str, str], Counter[bool]] = {}
    for each in judged:
        if each.verdict in ("right", "wrong"):
            counts.setdefault((each.task, each.dictionary), Counter())[each.verdict == "right"] += 1
    last = {task: counts.get((task, "mended"), found) for (task, _), found in counts.items()}
    return {task: Fraction(found[True], found.total()) for task, found in last.items()}


def recall(judged: Iterable[Verdict]) -> Fraction | None:
    """Return the share found of the tasks that titles drawn at random name, ``None`` if they name none."""
    found = Counter(
        each.verdict for each in judged if each.drawn == "random" and each.task not in ("", GENERIC)
    )
    named = found["right"] + found["missed"]
    return Fraction(found["right"], named) if named else None


def task_files(reference: Path) -> list[Path]:
    """Return the files that `read_tasks` reads: the tasks, and what people judged in every source."""
    return [reference / TASKS.file, *sorted(reference.glob(f"*/{FILE}"))]


def read_tasks(reference: Path) -> tuple[Theme, ...]:
    """Read the tasks that are precise enough, in the order of `tasks.csv`, from the folder of all sources.

    Raises
    ------
    RefusedInput
        `tasks.csv` is invalid, as `codebook.read_codebook` says, or what people judged is.
    """
    faults = Faults()
    tasks = codebook_of(reference, faults, TASKS)
    precise = precisions(each for path in task_files(reference)[1:] for each in verdicts(path.parent, faults))
    faults.refuse()
    return tuple(task for task in tasks if precise.get(task.name, 0) >= LEAST_PRECISION)
