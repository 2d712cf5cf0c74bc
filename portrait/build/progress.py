"""Tell a person, or a program, how far a batch of documents is, and what became of each."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from portrait.build.batch import Watcher
from portrait.build.cache import Decided
from portrait.build.job import Failed, Made, Task
from portrait.build.plan import Plan
from portrait.errors import PortraitError

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

Say = Callable[[str], None]


@dataclass
class Tally:
    """What became of the documents of one report in one edition."""

    made: int = 0
    kept: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass
class Account(Watcher):
    """Counts what becomes of the documents of a batch, by edition and report; threads may tell at once."""

    tallies: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    _lock: Lock = field(default_factory=Lock)
    _edition: str = ""

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Hear what will be made for an edition, and why."""
        self._edition = f"{asked.source} {asked.year}"
        for name, why in decided.reasons.items():
            report = "portfolio" if "/" in name else name.partition(".")[0]
            self.tallies[self._edition, report].kept += not why

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Hear that a document is made, or failed."""
        with self._lock:
            tally = self.tallies[self._edition, task.report]
            if isinstance(outcome, Made):
                tally.made += 1
                tally.seconds += sum(outcome.seconds.values())
            else:
                tally.failed += 1

    def refused(self, task: Task, reason: PortraitError) -> None:
        """Hear that a document that was made is refused: it counts among those that failed."""
        with self._lock:
            tally = self.tallies[self._edition, task.report]
            tally.made -= 1
            tally.failed += 1

    def table(self) -> Table:
        """Return what became of the documents as a table of a terminal."""
        from rich.box import SIMPLE
        from rich.table import Table

        table = Table("Edition", "Report", box=SIMPLE)
        for heading in ("Made", "Kept", "Failed", "Seconds"):
            table.add_column(heading, justify="right")
        for (edition, report), each in self.tallies.items():
            counts = (str(each.made), str(each.kept), str(each.failed), f"{each.seconds:.1f}")
            table.add_row(edition, report, *counts)
        return table


class Bar(Account):
    """Shows a bar with the documents in hand, the time that passed and the time that is left.

    Parameters
    ----------
    progress
        The bar of a terminal, or what stands for it where there is none.
    explain
        What takes a sentence a document, that says why it is made or is not; none to say nothing.
    """

    def __init__(self, progress: Progress | _NoProgress, explain: Say | None) -> None:
        super().__init__()
        self._progress, self._explain = progress, explain
        self._bar: Any = None
        self._in_hand: dict[str, None] = {}
        self._over: set[str] = set()

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Begin the bar of an edition."""
        super().planned(asked, decided)
        if self._explain is not None:
            for name, why in decided.reasons.items():
                self._explain(f"{name}: {why or 'kept, nothing it depends on changed'}.")
        self._in_hand.clear()
        self._over.clear()
        self._bar = self._progress.add_task(self._edition, total=len(decided.to_make))

    def started(self, task: Task) -> None:
        """Show that a document is in hand, unless it is over: of a cluster this comes by another way."""
        with self._lock:
            if task.name not in self._over:
                self._in_hand[task.name] = None
                self._show()

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Move the bar on."""
        super().ended(task, outcome)
        with self._lock:
            self._in_hand.pop(task.name, None)
            self._over.add(task.name)
            self._show(advance=1)

    def _show(self, advance: int = 0) -> None:
        description = f"{self._edition}  {', '.join(self._in_hand)}"
        self._progress.update(self._bar, advance=advance, description=description)


class JsonLog(Account):
    """Says each event as one line of JSON.

    Parameters
    ----------
    say
        What takes a line.
    """

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say, self._began = say, time.monotonic()

    def tell(self, event: str, **content: Any) -> None:
        """Say an event, with the seconds since the batch began."""
        told = {"event": event, "after": round(time.monotonic() - self._began, 3), **content}
        self._say(json.dumps(told, ensure_ascii=False))

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Say for each document whether it is made, and why."""
        super().planned(asked, decided)
        for name, why in decided.reasons.items():
            self.tell("planned", edition=self._edition, document=name, why=why)

    def started(self, task: Task) -> None:
        """Say that a document is begun."""
        self.tell("started", edition=self._edition, document=task.name)

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Say that a document is made with the seconds of each step, or failed with the reason."""
        super().ended(task, outcome)
        if isinstance(outcome, Made):
            seconds = {step: round(each, 3) for step, each in outcome.seconds.items()}
            self.tell("made", edition=self._edition, document=task.name, seconds=seconds)
        else:
            self._tell_failure(task, outcome.reason)

    def refused(self, task: Task, reason: PortraitError) -> None:
        """Say that a document that was made failed after all."""
        super().refused(task, reason)
        self._tell_failure(task, reason)

    def _tell_failure(self, task: Task, reason: PortraitError) -> None:
        self.tell("failed", edition=self._edition, document=task.name, reason=str(reason))

    def published(self, folder: Path, made: Sequence[str]) -> None:
        """Say that an edition stands in its place."""
        self.tell("published", edition=self._edition, folder=folder.as_posix(), made=list(made))


@contextmanager
def watching(*, as_json: bool, explain: bool, say: Say) -> Iterator[Account]:
    """Give what follows a batch: lines of JSON, or a bar on standard error where that is a terminal."""
    if as_json:
        yield JsonLog(say)
        return
    if not sys.stderr.isatty():
        yield Bar(_NoProgress(), say if explain else None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    # What goes to a file or to another program keeps going there.
    to_terminal = sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=to_terminal) as progress:
        yield Bar(progress, say if explain else None)


def print_summary(account: Account) -> None:
    """Print what became of the documents as one table, where more than two were to make."""
    if sum(each.made + each.failed for each in account.tallies.values()) > 2:
        from rich.console import Console

        Console().print(account.table())


class _NoProgress:
    """Stands for a bar where nobody looks, so that what draws one is not even imported."""

    def add_task(self, description: str, total: int) -> int:
        return 0

    def update(self, bar: Any, advance: int, description: str) -> None:
        pass
