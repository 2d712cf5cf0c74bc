"""Read files changed at random until a time is over, and count what became of them.

    make fuzz        (until interrupted; OPTIONS="--seconds 600 --seed 7" otherwise)
    python -m tests.fuzz.fuzz [--seconds N] [--seed S]

A file is accepted, with its findings, or refused by an error of ours. Anything else ends the run and leaves
the file: another exception, over 5 seconds of processor, too much memory. Such a file belongs in `seeds/`.
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

PROJECT = Path(__file__).parents[2]
SEEDS = Path(__file__).parent / "seeds"
YEAR = 2025
MOST_SECONDS = 5
MOST_MEMORY = 2**26
"""Bytes (64 MiB) that a file of a few kB may take: a reader, and a million blank cells."""
_UNTIL_KILLED = 600  # seconds, on a busy machine: a file that never ends ends the run with a traceback


class Failed(Exception):
    """An outcome that is not allowed."""


@dataclass
class Outcomes:
    """What became of the files of each suffix, and how many reached the reading of rows."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    reached_rows: Counter[str] = field(default_factory=Counter)

    def share(self, counts: Counter[str], suffix: str) -> float:
        """Return the share of files of a suffix."""
        return counts[suffix] / max(1, self.accepted[suffix] + self.refused[suffix])

    def __str__(self) -> str:
        return "\n".join(
            f"{suffix}: {self.accepted[suffix] + self.refused[suffix]} files, "
            f"{self.share(self.reached_rows, suffix):.0%} reached the rows, "
            f"{self.share(self.accepted, suffix):.0%} accepted"
            for suffix in sorted(self.accepted | self.refused)
        )


def fuzz(seconds: float, seed: int, folder: Path) -> Outcomes:
    """Try all seeds, then mutants of them, until the time is over.

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
            _try(name, content, folder, outcomes)
        chance = Random(seed)
        while time.monotonic() < end:
            name, content = chance.choice(seeds)
            _try(name, mutant(name, content, chance), folder, outcomes)
    except KeyboardInterrupt:
        pass
    return outcomes


def _try(name: str, content: bytes, folder: Path, outcomes: Outcomes) -> None:
    suffix = Path(name).suffix
    path = folder / "quebec" / f"{YEAR}{suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    seconds, memory = _seconds(), _memory()
    faulthandler.dump_traceback_later(_UNTIL_KILLED, exit=True, file=sys.__stderr__)
    try:
        _read(path, folder, outcomes)
    except PortraitError:
        outcomes.refused[suffix] += 1
    except Exception as error:
        raise Failed(f"{path}, from {name}: {type(error).__name__}: {error}") from error
    finally:
        faulthandler.cancel_dump_traceback_later()
    if (taken := _seconds() - seconds) > MOST_SECONDS:
        raise Failed(f"{path}, from {name}: {taken:.0f} seconds of processor.")
    if (taken := _memory() - memory) > MOST_MEMORY:
        raise Failed(f"{path}, from {name}: {taken / 2**20:.0f} MiB.")
    path.unlink()


def _read(path: Path, folder: Path, outcomes: Outcomes) -> None:
    """Read a file as a check does; rows are reached once the first of them are read."""
    read_first_records(path)
    outcomes.reached_rows[path.suffix] += 1
    edition = open_edition("quebec", YEAR, data=folder, project=PROJECT)
    published = read_published(path, edition.source.columns[YEAR])
    assert all(each.message.fr and each.mend.en for each in findings_of(edition, published))
    outcomes.accepted[path.suffix] += 1


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
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="portrait-fuzz-"))
    print(f"Seed {asked.seed}; interrupt to end.")
    try:
        print(fuzz(asked.seconds, asked.seed, folder))
    except Failed as failed:
        print(f"Not allowed: {failed}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
