"""Themes and tasks, as people judged them: which are found well enough to be published.

`benefits-judged.csv` and `tasks-judged.csv` of a source say, for a text that a person read, whether each
theme that was found is right, and which one was missed. Only the last patterns of a theme count; the texts
that they were judged on are none of those that they were written from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from portrait.language.locales import known_languages
from portrait.registers.codebook import BENEFITS, GENERIC, NO_BENEFIT, TASKS, Form, Theme, codebook_of
from portrait.registers.parsing import Contents, Faults, contents_of
from portrait.registers.validation import read_rows

LEAST_PRECISION = Fraction(85, 100)
"""Smallest precision of a theme or task that is published."""


@dataclass(frozen=True)
class Verdict:
    """What a person found of a theme, or a task, in one text."""

    row: int
    drawn: str
    dictionary: str
    theme: str
    verdict: str


def judged_file(form: Form) -> str:
    """Return the name of the file of what people judged of a codebook."""
    return f"{Path(form.file).stem}-judged.csv"


def verdicts(folder: Path, faults: Faults, form: Form = TASKS) -> list[Verdict]:
    """Read what people judged of the texts of one source; empty where there is no file."""
    return [
        Verdict(int(row["row"]), *(row[each] for each in ("drawn", "dictionary", form.key, "verdict")))
        for _, row in read_rows(folder / judged_file(form), faults)
    ]


def precisions(judged: Iterable[Verdict]) -> dict[str, Fraction]:
    """Return the share of right ones among the texts found for each theme.

    Where a theme was judged again after its patterns were mended, only the last time counts: that of the
    highest number, or `mended` after `first`.
    """
    counts: dict[str, dict[str, Counter[bool]]] = {}
    for each in judged:
        if each.verdict in ("right", "wrong"):
            times = counts.setdefault(each.theme, {})
            times.setdefault(each.dictionary, Counter())[each.verdict == "right"] += 1
    last = {theme: times[max(times, key=_order)] for theme, times in counts.items()}
    return {theme: Fraction(found[True], found.total()) for theme, found in last.items()}


def _order(dictionary: str) -> tuple[int, str]:
    """Sort numbers by value, as text, and `first` before `mended`."""
    return len(dictionary), dictionary


def recall(judged: Iterable[Verdict]) -> Fraction | None:
    """Return the share found of the themes that texts drawn at random name, ``None`` if they name none."""
    found = Counter(
        each.verdict for each in judged if each.drawn == "random" and each.theme not in ("", GENERIC)
    )
    named = found["right"] + found["missed"]
    return Fraction(found["right"], named) if named else None


def task_files(reference: Path) -> list[Path]:
    """Return the files that `read_tasks` reads: the tasks, and what people judged in every source."""
    return [reference / TASKS.file, *sorted(reference.glob(f"*/{judged_file(TASKS)}"))]


def read_tasks(reference: Path) -> tuple[Theme, ...]:
    """Read the tasks that are precise enough, in the order of `tasks.csv`, from the folder of all sources.

    Raises
    ------
    RefusedInput
        `tasks.csv` is invalid, as `codebook.codebook_of` says, or what people judged is.
    """
    return _tasks(contents_of(task_files(reference)), known_languages())


@lru_cache(4)
def _tasks(contents: Contents, languages: tuple[str, ...]) -> tuple[Theme, ...]:
    """Return the tasks of files that hold these contents, with their labels in these languages."""
    faults = Faults()
    dictionary, *judged = (path.parent for path, _ in contents)
    tasks = codebook_of(dictionary, faults, TASKS)
    precise = precisions(each for folder in judged for each in verdicts(folder, faults))
    faults.refuse()
    return tuple(task for task in tasks if precise.get(task.name, 0) >= LEAST_PRECISION)


def read_themes(folder: Path) -> tuple[Theme, ...]:
    """Read the themes of a source's benefits that are precise enough: all, where nobody judged them.

    Raises
    ------
    RefusedInput
        `benefits.csv` is invalid, as `codebook.codebook_of` says, or what people judged is.
    """
    return _themes(
        folder, contents_of([folder / BENEFITS.file, folder / judged_file(BENEFITS)]), known_languages()
    )


@lru_cache(16)  # its patterns take longer to check than a small file to read
def _themes(folder: Path, contents: Contents, languages: tuple[str, ...]) -> tuple[Theme, ...]:
    """Return the themes of a source whose files hold these contents, with their labels in these languages."""
    faults = Faults()
    themes = codebook_of(folder, faults)
    judged = verdicts(folder, faults, BENEFITS)
    faults.refuse()
    if not judged:
        return themes
    precise = precisions(judged)
    return tuple(
        theme for theme in themes if theme.name == NO_BENEFIT or precise.get(theme.name, 0) >= LEAST_PRECISION
    )
