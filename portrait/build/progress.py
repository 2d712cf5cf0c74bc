"""Watchers that show the progress of a build: a bar for people, lines of JSON for programs."""

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

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

Say = Callable[[str], None]


@dataclass
class Tally:
    """How many documents of one report in one edition were built, kept or failed, and the time taken."""

    made: int = 0
    kept: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass
class Account(Watcher):
    """Counts the documents of a build by edition and report; threads may call it at once.

    Parameters
    ----------
    explain
        Called with a sentence for each document on why it is built or kept; ``None`` to say nothing.
    """

    explain: Say | None = None
    tallies: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    _lock: Lock = field(default_factory=Lock)
    _edition: str = ""

    def waiting(self, folder: Path) -> None:
        """Say on standard error that another build of the edition has to end first."""
        print(f"Another build of {folder} is running: waiting for it to end.", file=sys.stderr)

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Count the documents of an edition that are kept."""
        self._edition = f"{asked.source} {asked.edition}"
        for name, why in decided.reasons.items():
            report = "portfolio" if "/" in name else name.partition(".")[0]
            self.tallies[self._edition, report].kept += not why
            if self.explain is not None:
                self.explain(f"{name}: {why or 'kept, nothing it depends on changed'}.")

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Count a document as built or failed."""
        with self._lock:
            tally = self.tallies[self._edition, task.report]
            if isinstance(outcome, Made):
                tally.made += 1
                tally.seconds += sum(outcome.seconds.values())
            else:
                tally.failed += 1

    def table(self) -> Table:
        """Return the counts as a table for a terminal."""
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
    """Shows a bar with the documents being built, the time that passed and the time that is left.

    Parameters
    ----------
    progress
        The bar of a terminal.
    explain
        As for `Account`.
    """

    def __init__(self, progress: Progress, explain: Say | None) -> None:
        super().__init__(explain)
        self._progress = progress
        self._bar: Any = None
        self._being_built: dict[str, None] = {}
        self._ended: set[str] = set()

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Begin the bar of an edition."""
        super().planned(asked, decided)
        self._being_built.clear()
        self._ended.clear()
        self._bar = self._progress.add_task(self._edition, total=len(decided.to_make))

    def started(self, task: Task) -> None:
        """Show that a document is being built, unless it ended: a cluster may report both out of order."""
        with self._lock:
            if task.name not in self._ended:
                self._being_built[task.name] = None
                self._show()

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Move the bar on."""
        super().ended(task, outcome)
        with self._lock:
            self._being_built.pop(task.name, None)
            self._ended.add(task.name)
            self._show(advance=1)

    def _show(self, advance: int = 0) -> None:
        description = f"{self._edition}  {', '.join(self._being_built)}"
        self._progress.update(self._bar, advance=advance, description=description)


class JsonLog(Account):
    """Writes each event as one line of JSON.

    Parameters
    ----------
    say
        Called with each line.
    """

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say, self._began = say, time.monotonic()

    def _write(self, event: str, **content: Any) -> None:
        """Write an event, with the seconds since the build began."""
        content = {"event": event, "after": round(time.monotonic() - self._began, 3), **content}
        self._say(json.dumps(content, ensure_ascii=False))

    def waiting(self, folder: Path) -> None:
        """Write that another build of the edition has to end first."""
        self._write("waiting", folder=folder.as_posix())

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Write why each document is built; the reason is empty where it is kept."""
        super().planned(asked, decided)
        for name, why in decided.reasons.items():
            self._write("planned", edition=self._edition, document=name, why=why)

    def started(self, task: Task) -> None:
        """Write that a document is begun."""
        self._write("started", edition=self._edition, document=task.name)

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Write that a document is built, with the seconds of each step, or failed, with the reason."""
        super().ended(task, outcome)
        if isinstance(outcome, Made):
            seconds = {step: round(each, 3) for step, each in outcome.seconds.items()}
            self._write("made", edition=self._edition, document=task.name, seconds=seconds)
        else:
            self._write("failed", edition=self._edition, document=task.name, reason=str(outcome.reason))

    def published(self, folder: Path, made: Sequence[str]) -> None:
        """Write that an edition is published."""
        self._write("published", edition=self._edition, folder=folder.as_posix(), made=list(made))


@contextmanager
def watching(*, as_json: bool, explain: bool, say: Say) -> Iterator[Account]:
    """Give the watcher of a build: lines of JSON, or a bar on standard error where that is a terminal."""
    if as_json:
        yield JsonLog(say)
        return
    explained = say if explain else None
    if not sys.stderr.isatty():
        yield Account(explained)  # the library that draws a bar is not imported
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
    # Output that is redirected to a file or a program must still go there.
    to_terminal = sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=to_terminal) as progress:
        yield Bar(progress, explained)


def print_summary(account: Account) -> None:
    """Print the counts as one table if more than two documents were to be built."""
    if sum(each.made + each.failed for each in account.tallies.values()) > 2:
        from rich.console import Console

        Console().print(account.table())
