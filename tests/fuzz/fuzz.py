"""Read files changed at random until a time is over, and count what became of them.

    make fuzz        (until interrupted; OPTIONS="--seconds 600 --seed 7" or "--mutants 10000" otherwise)
    python -m tests.fuzz.fuzz [--seconds N] [--mutants N] [--seed S]

A file is accepted, with its findings, or refused by an error of ours. Anything else ends the run and leaves
the file: another exception, over 5 seconds of processor, or of waiting where its seed does not wait, too much
memory. Such a file belongs in `seeds/`.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from portrait.checks.check import findings_of
from portrait.editions.opening import open_edition
from portrait.errors import PortraitError
from portrait.ingest.published import read_first_records, read_published
from tests.fuzz.mutants import mutant
from tests.small import PROJECT

SEEDS = Path(__file__).parent / "seeds"
YEAR = 2025
MOST_SECONDS = 5
MOST_MEMORY = 2**26
"""Bytes (64 MiB) that a file of a few kB may take: a reader, and a million blank cells."""
_TIMES_SEED = 3  # a file that takes longer than 5 seconds and than this many times its seed waits by itself
_TIMES_READ = 3  # each of so many times
_UNTIL_KILLED = 600  # seconds: a file that never ends ends the run with a traceback
_SHOWN_EVERY = 1000  # mutants


class Failed(Exception):
    """An outcome that is not allowed."""


@dataclass
class Outcomes:
    """What became of the files of each suffix, how many reached the reading of rows, and the time they took.

    Attributes
    ----------
    with_findings
        Files among those accepted.
    longest
        Most seconds of processor, and most by the clock, that a file took.
    n_slow
        Files that took over `MOST_SECONDS` by the clock, as their seeds did: the machine was busy.
    """

    accepted: Counter[str] = field(default_factory=Counter)
    with_findings: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    reached_rows: Counter[str] = field(default_factory=Counter)
    longest: tuple[float, float] = (0.0, 0.0)
    n_slow: int = 0

    def share(self, counts: Counter[str], suffix: str) -> float:
        """Return the share of files of a suffix."""
        return counts[suffix] / max(1, self.accepted[suffix] + self.refused[suffix])

    def __str__(self) -> str:
        lines = [
            f"{suffix}: {self.accepted[suffix] + self.refused[suffix]} files, "
            f"{self.share(self.reached_rows, suffix):.0%} reached the rows, {self.accepted[suffix]} accepted "
            f"({self.with_findings[suffix]} with findings), {self.refused[suffix]} refused"
            for suffix in sorted(self.accepted | self.refused)
        ]
        processor, wall = self.longest
        lines.append(
            f"longest: {processor:.1f} s of processor, {wall:.1f} s by the clock; "
            f"over {MOST_SECONDS} s by the clock on a busy machine: {self.n_slow}"
        )
        return "\n".join(lines)


def fuzz(seconds: float, seed: int, folder: Path, most: float = float("inf")) -> Outcomes:
    """Try all seeds, then at most so many mutants of them, until the time is over.

    Raises
    ------
    Failed
        The outcome of a file is not allowed; the message names the file, left in `folder`.
    """
    outcomes = Outcomes()
    seeds = [(path.name, path.read_bytes()) for path in sorted(SEEDS.iterdir())]
    end = time.monotonic() + seconds
    try:
        for name, content in seeds:
            _try(name, content, content, folder, outcomes)
        chance, n_tried = Random(seed), 0
        while time.monotonic() < end and n_tried < most:
            name, content = chance.choice(seeds)
            _try(name, mutant(name, content, chance), content, folder, outcomes)
            n_tried += 1
            if n_tried % _SHOWN_EVERY == 0:
                print(outcomes, flush=True)
    except KeyboardInterrupt:
        pass
    return outcomes


def _try(name: str, content: bytes, seed: bytes, folder: Path, outcomes: Outcomes) -> None:
    suffix = Path(name).suffix
    path = folder / "quebec" / f"{YEAR}{suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    memory = _memory()
    try:
        has_reached, has_findings, processor, wall = _timed(path, folder)
        taken = _memory() - memory
        is_slow = wall > MOST_SECONDS and all(_waits(path, seed, folder) for _ in range(_TIMES_READ))
    except Exception as error:
        raise Failed(f"{path}, from {name}: {type(error).__name__}: {error}") from error
    if processor > MOST_SECONDS:
        raise Failed(f"{path}, from {name}: {processor:.0f} seconds of processor.")
    if is_slow:
        raise Failed(f"{path}, from {name}: {wall:.0f} seconds by the clock.")
    if taken > MOST_MEMORY:
        raise Failed(f"{path}, from {name}: {taken / 2**20:.0f} MiB.")
    outcomes.longest = (max(outcomes.longest[0], processor), max(outcomes.longest[1], wall))
    outcomes.n_slow += wall > MOST_SECONDS
    outcomes.reached_rows[suffix] += has_reached
    outcomes.accepted[suffix] += has_findings is not None
    outcomes.with_findings[suffix] += bool(has_findings)
    outcomes.refused[suffix] += has_findings is None
    path.unlink()


def _waits(path: Path, seed: bytes, folder: Path) -> bool:
    """Return whether a file takes over 5 seconds by the clock, and much longer than its seed."""
    *_, wall = _timed(path, folder)
    content = path.read_bytes()
    path.write_bytes(seed)
    *_, wall_of_seed = _timed(path, folder)
    path.write_bytes(content)
    return wall > max(MOST_SECONDS, _TIMES_SEED * wall_of_seed)


def _timed(path: Path, folder: Path) -> tuple[bool, bool | None, float, float]:
    """Return what `_read` does, then the seconds of processor and by the clock."""
    processor, wall = _seconds(), time.monotonic()
    faulthandler.dump_traceback_later(_UNTIL_KILLED, exit=True, file=sys.__stderr__)
    try:
        return *_read(path, folder), _seconds() - processor, time.monotonic() - wall
    finally:
        faulthandler.cancel_dump_traceback_later()


def _read(path: Path, folder: Path) -> tuple[bool, bool | None]:
    """Read a file as a check does; rows are reached once the first of them are read.

    Returns
    -------
    tuple
        Whether rows were reached; whether there are findings, ``None`` where the file is refused.
    """
    has_reached = False
    try:
        read_first_records(path)
        has_reached = True
        edition = open_edition("quebec", YEAR, data=folder, project=PROJECT)
        published = read_published(path, edition.source.columns[YEAR])
        findings = list(findings_of(edition, published))
    except PortraitError as error:
        assert str(error).strip()
        return has_reached, None
    assert all(each.message.fr and each.mend.en for each in findings)
    return has_reached, bool(findings)


def _seconds() -> float:
    return sum(os.times()[:4])  # of this process and of those it waited for


def _memory() -> int:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    return unit * max(resource.getrusage(kind).ru_maxrss for kind in kinds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what became of the files; return 1 where an outcome is not allowed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.fuzz")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--mutants", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="portrait-fuzz-"))
    print(f"Seed {asked.seed}; interrupt to end.")
    try:
        print(fuzz(asked.seconds, asked.seed, folder, asked.mutants))
    except Failed as failed:
        print(f"Not allowed: {failed}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
