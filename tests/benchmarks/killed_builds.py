"""Kill builds: each must leave its edition whole, or leave what the next build restores.

`python -m tests.benchmarks.killed_builds [KILLS AT RANDOM] [KILLS AT EACH RENAME]` kills by default 200
builds at random moments, and 100 before or after each rename of a publication, where the system
exchanges two folders in one step and where it cannot. After each kill the next build must publish the same
version, keep the reader's own file, and leave nothing beside the edition.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import tempfile
import time
import timeit
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from portrait.build import edition, staging
from portrait.build.job import Made, Task
from portrait.build.manifest import Record
from portrait.build.plan import Plan, plan_build
from tests import small

NOTES, LOCKS = "notes.txt", (".2025.lock", ".index.lock")  # a reader's file in the edition, and our locks
RENAMES = {
    "the exchange of two folders": (1, True),
    "the edition moved away, without an exchange": (1, False),
    "the new one moved in place, without an exchange": (2, False),
    "the index": (2, True),
    "the record of the index": (3, True),
}
"""Renames of a publication: the number of each, and whether the system exchanges two folders in one step."""


class Names:
    """A pool that makes each document of a version."""

    start = keep_open = staticmethod(lambda *arguments: None)

    def __init__(self, version: int) -> None:
        self._version = version

    def submit(
        self, function: Any, task: Task, *arguments: Any, begun: Callable[[], object], document: str = ""
    ) -> Future[Made]:
        begun()
        made: Future[Made] = Future()
        files = dict.fromkeys(task.files, str(self._version).encode()) | {task.register: b'{"claims": []}'}
        made.set_result(Made(files, {}))
        return made


def build(plan: Plan, version: int) -> None:
    """Build a version of every profile: the notebook changes with it."""
    (plan.notebooks / "portfolio.ipynb").write_text(str(version))
    edition.build(plan, Names(version))


def killed(plan: Plan, version: int, *, moment: str, seconds: float) -> bool:
    """Build in a process that is killed at a rename, or within some seconds; return whether it was killed."""
    process = os.fork()
    if process == 0:
        try:
            if moment in RENAMES:
                die_at(*RENAMES[moment])
            build(plan, version)
        finally:
            os._exit(0)
    if moment not in RENAMES:
        time.sleep(random.uniform(0, seconds))
        os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def die_at(number: int, exchanges: bool) -> None:
    """Have this process kill itself at a rename, by chance before or after it."""
    calls, is_before = itertools.count(1), random.random() < 0.5

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            is_it = next(calls) == number
            done = None if is_it and is_before else function(*arguments)
            if is_it:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return call

    staging.exchange = counted(staging.exchange) if exchanges else lambda *folders: False
    Path.rename, Path.replace = counted(Path.rename), counted(Path.replace)  # type: ignore[method-assign]


def state(plan: Plan) -> str | int:
    """Return the version of the edition in its place, or in what it is not whole."""
    record = Record(plan.folder)
    if not plan.folder.exists():
        return "absent"
    if not record.files or not record.is_intact(record.files) or not (plan.folder / NOTES).exists():
        return "not whole"
    [version, *others] = {int(path.read_text()) for path in plan.folder.rglob("*.pdf")}
    return "of two versions" if others else version


def judge(plan: Plan, version: int, moment: str) -> tuple[str, list[str]]:
    """Return what a killed build left, and what is wrong with it or with the build that follows."""
    left = state(plan)
    allowed = {version - 1, version, "absent" if "without an exchange" in moment else version}
    wrong = [] if left in allowed else [f"left {left}"]
    build(plan, version)
    if (restored := state(plan)) != version:
        wrong.append(f"version {version} restored as {restored}")
    beside = {path.name for folder in (plan.folder.parent, plan.output) for path in folder.iterdir()}
    if strange := beside - {"quebec", str(plan.year), "index.html", "index.json", *LOCKS}:
        wrong.append(f"leftovers such as {min(strange)}")
    return {version - 1: "the version before", version: "the new version"}.get(left, str(left)), wrong


def endure(folder: Path, n_random: int = 200, n_at_renames: int = 100) -> int:
    """Kill builds of an edition in a folder; print what they left and what is wrong."""
    project, wrong, versions = folder / "project", Counter[str](), itertools.count()
    small.copy_references(project)
    (project / "notebooks").mkdir()
    data = small.tiny_edition(folder / "data")
    plan = plan_build(report="portfolio", data=data, output=folder / "out", draft=True, project=project)
    build(plan, next(versions))
    (plan.folder / NOTES).write_text("mine")
    seconds = timeit.timeit(lambda: build(plan, next(versions)), number=1)
    for moment, n_kills in {"a random moment": n_random, **dict.fromkeys(RENAMES, n_at_renames)}.items():
        left = Counter[str]()
        while left.total() < n_kills:
            if killed(plan, version := next(versions), moment=moment, seconds=seconds):
                found, faults = judge(plan, version, moment)
                left[found] += 1
                wrong.update(f"{moment}: {each}" for each in faults)
        print(f"{n_kills} killed at {moment}; left {dict(left)}", flush=True)
    print(*([f"{n} x {each}" for each, n in wrong.items()] or ["All is as it should be."]), sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sys.exit(endure(Path(place), *map(int, sys.argv[1:])))
