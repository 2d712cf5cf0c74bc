"""Build many documents in one batch while many of their processes are killed: what fails, and what is left.

``python -m tests.benchmarks.endurance`` builds 500 documents, of which 200 are killed at a random moment.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from pathlib import Path

import nbformat

from portrait.build.batch import Watcher, make_all
from portrait.build.job import Failed, Made, Task
from portrait.build.opened import Opened
from portrait.build.pool import local_pool
from portrait.build.processes import start_server

PROJECT = Path(__file__).parents[2]
PARAMETERS = 'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""\nnumber = 0'
OPENING = """
import pandas as pd
from portrait.facts import front_matter
from portrait.editions.opening import open_edition
from portrait.language.phrases import Phrases
p = Phrases(language)
edition = open_edition(source, year)
front_matter.cover(edition, language)
"""
KILLED = "ended by SIGKILL"


@dataclass
class Ledger:
    """What was seen of a batch.

    Attributes
    ----------
    kills
        Processes that were sent SIGKILL while they ran.
    memory
        Thousands of bytes that the server and this process held, by seconds since the beginning.
    """

    kills: list[int] = field(default_factory=list)
    memory: list[tuple[float, int, int]] = field(default_factory=list)
    outcomes: dict[str, Made | Failed] = field(default_factory=dict)
    left: dict[str, object] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def made(self) -> list[str]:
        return [name for name, each in self.outcomes.items() if isinstance(each, Made)]

    @property
    def failed(self) -> dict[str, str]:
        return {name: str(each.reason) for name, each in self.outcomes.items() if isinstance(each, Failed)}

    @property
    def too_late(self) -> int:
        """Kills of processes that had answered already: their documents are made."""
        return len(self.kills) - len(self.failed)


def write_notebook(project: Path) -> None:
    """Write a notebook that opens an edition and says its number."""
    cells = [
        nbformat.v4.new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(OPENING.strip(), id="open"),
        nbformat.v4.new_markdown_cell("# Essai\n\nLe document {eval}`p.number(number)`.", id="said"),
    ]
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    (project / "notebooks").mkdir(parents=True)
    (project / "data").symlink_to(PROJECT / "data")
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(notebook, project / "notebooks" / "annual.ipynb")


def children(process: int) -> set[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return set()
    return set(map(int, text.split()))


def has_ended(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def memory(process: int) -> int:
    """Return the thousands of bytes that a process holds and shares with no file."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1])
    return 0


def n_descriptors(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def temporary_files() -> set[str]:
    """Return what lies in the folder of temporary files."""
    return {str(path) for path in Path(tempfile.gettempdir()).iterdir()}


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Have all temporary files lie in one folder, where nobody else leaves any."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    folder.mkdir()
    yield
    tempfile.tempdir = before


class Killer(threading.Thread):
    """Kills a share of the processes of a server, each at a random moment while it runs."""

    def __init__(self, server: int, ledger: Ledger, *, n_documents: int, n_kills: int, dice: random.Random):
        super().__init__(daemon=True)
        self._server, self._ledger, self._dice = server, ledger, dice
        self._left, self._to_kill = n_documents, n_kills
        self._over = threading.Event()
        self._began: dict[int, float] = {}
        self._took: list[float] = [0.5]
        self._due: dict[int, float] = {}

    def stop(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        start, told = time.monotonic(), 0.0
        while not self._over.wait(0.003):
            now, alive = time.monotonic(), children(self._server)
            for process in alive - set(self._began):
                self._meet(process, now)
            for process in set(self._began) - alive:
                began = self._began.pop(process)
                if self._due.pop(process, None) is not None:
                    self._to_kill += 1  # it was quicker: another is killed in its place
                elif process not in self._ledger.kills:
                    self._took.append(now - began)
            for process in [each for each, due in self._due.items() if due <= now]:
                del self._due[process]
                self._kill(process)
            if now - told > 1:
                told = now
                self._ledger.memory.append((now - start, memory(self._server), memory(os.getpid())))

    def _meet(self, process: int, now: float) -> None:
        """Draw whether a new process is killed, and when."""
        self._began[process] = now
        if self._left and self._dice.random() < self._to_kill / self._left:
            typical = sum(self._took[-9:]) / len(self._took[-9:])
            self._due[process] = now + self._dice.uniform(0, typical)
            self._to_kill -= 1
        self._left -= 1

    def _kill(self, process: int) -> None:
        if has_ended(process):
            self._to_kill += 1
            return
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            self._ledger.kills.append(process)


def endure(*, n_documents: int, n_kills: int, jobs: int, seed: int, project: Path) -> Ledger:
    """Build a batch of documents while processes are killed, and return what was seen."""
    write_notebook(project)
    start_server()  # multiprocessing keeps its socket in the folder of temporary files until the end
    with temporary_files_in(project / "temporary"):
        return _endure(Ledger(), n_documents, n_kills, jobs, seed, project)


def _endure(ledger: Ledger, n_documents: int, n_kills: int, jobs: int, seed: int, project: Path) -> Ledger:
    before = temporary_files()
    parameters = {"source": "quebec", "year": 2025, "data": ""}
    tasks = [
        Task(project, "annual", f"documents/{number}", "fr", {**parameters, "number": number}, ("html",))
        for number in range(n_documents)
    ]
    with local_pool(jobs) as pool:
        opened = pool.keep_open(Opened("quebec", 2025, "", project), project)
        # The first document waits until the server has imported everything.
        make_all(tasks[:1], opened, pool, Watcher(), project / "first", executed={})
        server = server_of_this_process()
        start = n_descriptors(server), n_descriptors(os.getpid())
        dice = random.Random(seed)
        killer = Killer(server, ledger, n_documents=n_documents, n_kills=n_kills, dice=dice)
        killer.start()
        began = time.monotonic()
        outcomes = make_all(tasks, opened, pool, Watcher(), project / "made", executed={})
        ledger.seconds = time.monotonic() - began
        killer.stop()
        ledger.outcomes = {task.name: each for task, each in outcomes.items()}
        time.sleep(1)
        now = n_descriptors(server), n_descriptors(os.getpid())
        ledger.left = {
            "the same server": server_of_this_process() == server,
            "children": len(children(server)),
            "descriptors more": [each - then for each, then in zip(now, start, strict=True)],
        }
    ledger.left["temporary files"] = sorted(temporary_files() - before)
    return ledger


def server_of_this_process() -> int:
    """Return the process that others are forked from."""
    number: int = forkserver._forkserver._forkserver_pid
    return number


def wrong(ledger: Ledger) -> list[str]:
    """Return what is not as it should be."""
    found = [
        f"{name} does not say its number"
        for name in ledger.made
        if f"Le document {name.split('/')[1].split('.')[0]}.".encode()
        not in ledger.outcomes[name].files[f"{name}.html"].replace(b"\xc2\xa0", b"")
    ]
    found += [f"{name}: {why}" for name, why in ledger.failed.items() if KILLED not in why]
    if ledger.too_late < 0:
        found.append("more failed than were killed")
    expected = {
        "the same server": True,
        "children": 0,
        "descriptors more": [0, 0],
        "temporary files": [],
    }
    left = ledger.left
    return found + [f"{what}: {left[what]}" for what, each in expected.items() if left[what] != each]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args(arguments)
    print(f"Seed {asked.seed}: {asked.documents} documents, {asked.kills} kills, {asked.jobs} jobs.")
    with tempfile.TemporaryDirectory() as folder:
        ledger = endure(
            n_documents=asked.documents,
            n_kills=asked.kills,
            jobs=asked.jobs,
            seed=asked.seed,
            project=Path(folder) / "project",
        )
        found = wrong(ledger)
    print(f"{len(ledger.made)} made, {len(ledger.failed)} failed, in {ledger.seconds:.0f} s.")
    print(f"{len(ledger.kills)} killed, of which {ledger.too_late} too late: they had answered.")
    steps = max(1, len(ledger.memory) // 10)
    for seconds, server, parent in [*ledger.memory[::steps], *ledger.memory[-1:]]:
        print(f"{seconds:6.0f} s: server {server / 1000:.0f} MB, parent {parent / 1000:.0f} MB")
    print(*(f"Left, {what}: {each}" for what, each in ledger.left.items()), sep="\n")
    print(*(found or ["All is as it should be."]), sep="\n")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
