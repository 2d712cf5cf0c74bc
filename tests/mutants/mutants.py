"""Plant small faults in modules, one at a time, and show those that the tests of their room do not notice.

    make mutants        (OPTIONS="--number 300 --seed 1 --room linkage" otherwise)

Works on a copy of the project, and continues where it was interrupted: `.mutants/<seed>.jsonl` keeps the
outcome of each mutant. One that survived runs again once a test of its room changes. `equivalent.yml` lists
the mutants that no test can notice, each with the reason.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from tests.mutants.faults import Mutant, mutants_of, planted
from tests.mutants.running import TestFile, run, test_files

PROJECT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).parent / "equivalent.yml"
OUTCOMES = PROJECT / ".mutants"
ROOMS = {
    "indicators": ("portrait/indicators/*.py",),
    "linkage": ("portrait/linkage/*.py",),
    "ingest": tuple(
        f"portrait/ingest/{module}.py"
        for module in ("harmonisation", "initiatives", "lookup", "recodes", "refusals")
    ),
    "language": ("portrait/language/**/*.py",),
    "facts": tuple(
        f"portrait/facts/{module}.py"
        for module in ("portfolio", "profile", "followed", "neighbours", "told_bodies")
    ),
}
"""The modules in which faults are planted, by the room whose tests are run."""


@dataclass(frozen=True)
class Outcome:
    """Whether a mutant was noticed; checksums of the module without the fault, and of the tests."""

    mutant: Mutant
    noticed: bool
    code: str
    tests: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants; return 1 where one survives that is not listed as equivalent."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.mutants")
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", choices=ROOMS)
    asked = parser.parse_args(arguments)
    drawn, equivalent = draw(asked.number, asked.seed, PROJECT), listed(EQUIVALENT)
    OUTCOMES.mkdir(exist_ok=True)
    kept = OUTCOMES / f"{asked.seed}.jsonl"
    survivors: list[Mutant] = []
    print(f"{'room':12} {'mutants':>10} {'noticed':>10} {'equivalent':>10} {'left':>10}")
    with tempfile.TemporaryDirectory() as folder:
        copy_project(Path(folder))
        for room in [asked.room] if asked.room else ROOMS:
            tried = [mutant for mutant in drawn[room] if mutant not in equivalent]
            left = [each.mutant for each in outcomes(tried, room, Path(folder), kept) if not each.noticed]
            counts = len(drawn[room]), len(tried) - len(left), len(drawn[room]) - len(tried), len(left)
            print(f"{room:12}", *(f"{count:10}" for count in counts), flush=True)
            survivors += left
    print(*survivors, sep="\n")
    return int(bool(survivors))


def draw(number: int, seed: int, project: Path) -> dict[str, list[Mutant]]:
    """Return mutants of each room, as many of each as there are.

    Each is drawn by its own checksum: a change of the code elsewhere leaves it drawn or not.
    """
    drawn: dict[str, list[Mutant]] = {}
    for n_rooms, (room, patterns) in zip(range(len(ROOMS), 0, -1), ROOMS.items(), strict=True):
        modules = sorted(path for pattern in patterns for path in project.glob(pattern))
        every = [
            mutant
            for path in modules
            for mutant in mutants_of(path.relative_to(project).as_posix(), path.read_text(encoding="utf-8"))
        ]
        every.sort(key=lambda mutant: hashlib.sha256(f"{seed} {mutant}".encode()).digest())
        drawn[room] = every[: (number - sum(map(len, drawn.values()))) // n_rooms]
    return drawn


def listed(path: Path) -> set[Mutant]:
    """Return the mutants that are listed as equivalent."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {Mutant(**{key: value for key, value in each.items() if key != "reason"}) for each in entries}


def copy_project(folder: Path) -> None:
    """Copy what git tracks or would track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listing.split("\0")):
        if (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, folder / name)


def outcomes(mutants: Iterable[Mutant], room: str, project: Path, kept: Path) -> Iterator[Outcome]:
    """Yield the outcome of each mutant: as kept, else as it now is."""
    tests = checksum(sorted((project / "tests" / room).rglob("*.py")))
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else []
    known = {(each["code"], Mutant(**each.pop("mutant"))): each for each in map(json.loads, lines)}
    files: list[TestFile] = []
    for mutant in mutants:
        code = checksum([project / mutant.module])
        before = known.get((code, mutant))
        if before and (before["noticed"] or before["tests"] == tests):
            yield Outcome(mutant, **before)
            continue
        files = files or test_files(project, room)
        outcome = Outcome(mutant, is_noticed(mutant, files, project), code, tests)
        with kept.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(outcome)) + "\n")
        yield outcome


def checksum(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def is_noticed(mutant: Mutant, files: Iterable[TestFile], project: Path) -> bool:
    """Return whether a test file that calls the function fails: that of the module, or else the fastest."""
    path = project / mutant.module
    original, compiled = path.read_text(encoding="utf-8"), Path(importlib.util.cache_from_source(str(path)))
    callers = [each for each in files if (mutant.module, mutant.function) in each.calls]
    callers.sort(key=lambda each: (each.path.stem != f"test_{path.stem}", each.seconds))
    try:
        path.write_text(planted(mutant, original), encoding="utf-8")
        compiled.unlink(
            missing_ok=True
        )  # it could look up to date: only its size and its second are compared
        return bool(callers) and run([each.path for each in callers], project) != 0
    finally:
        path.write_text(original, encoding="utf-8")
        compiled.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
