"""Build the documents of an edition at once: their notebooks side by side, then each document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portrait.build.job import Failed, Made, Task, make_document, publish_document, run_notebook
from portrait.build.pool import Pool
from portrait.build.staging import lay
from portrait.errors import ChaptersFailed, ProcessFailed
from portrait.run.chapters import name_of
from portrait.storage.faults import in_words, keep_report

if TYPE_CHECKING:
    from portrait.build.cache import Decided
    from portrait.build.plan import Plan


class Watcher:
    """Follows a build; this one ignores every event."""

    def waiting(self, folder: Path) -> None:
        """Learn that another build of the same edition runs, and that this one waits for it."""

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Learn which documents of an edition are built, and why."""

    def started(self, task: Task) -> None:
        """Learn that a notebook of a document is begun, or its rendering; threads may call at once."""

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Learn that a document is built, or failed."""

    def published(self, folder: Path, made: Sequence[str]) -> None:
        """Learn that an edition is published, with the documents that were built for it."""


@dataclass
class _Document:
    """A document under way: its executed notebooks by name, and those that failed."""

    task: Task
    names: tuple[str, ...]
    notebooks: dict[str, bytes] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failures: dict[str, Failed] = field(default_factory=dict)

    @property
    def is_run(self) -> bool:
        return len(self.notebooks) + len(self.failures) == len(self.names)

    def failed(self) -> Failed:
        """Return why the document fails: the reason of its one notebook, of chapters each by its name."""
        if len(self.names) == 1:
            return next(iter(self.failures.values()))
        reasons = {name: self.failures[name].reason for name in self.names if name in self.failures}
        succeeded = [name for name in self.names if name in self.notebooks]
        notebooks = {name: text for each in self.failures.values() for name, text in each.notebooks.items()}
        return Failed(ChaptersFailed(reasons, succeeded), notebooks)


def make_all(
    tasks: Iterable[Task],
    opened: Any,
    pool: Pool,
    watcher: Watcher,
    folder: Path,
    *,
    executed: Mapping[Task, Mapping[str, bytes]],
) -> dict[Task, tuple[str, ...] | Failed]:
    """Build documents, several calls at once; return the names of the files of each, or why it failed.

    Parameters
    ----------
    opened
        What `Pool.keep_open` returned for the edition.
    folder
        Where the files of each document are written as soon as they are made: memory does not hold a batch.
    executed
        Chapters that are up to date, by document and name: they are not run again.
    """
    batch = _Batch(opened, pool, watcher, folder)
    try:
        for task in tasks:
            batch.begin(task, executed.get(task, {}))
        while batch.pending:
            done, _ = wait(batch.pending, return_when=FIRST_COMPLETED)
            for future in done:
                batch.take(future)
    finally:
        for future in batch.pending:  # an error ends the batch: nobody waits for the others
            future.cancel()
    return {task: batch.outcomes[task] for task in tasks}


class _Batch:
    """What runs, and what came of it."""

    def __init__(self, opened: Any, pool: Pool, watcher: Watcher, folder: Path) -> None:
        self._opened, self._pool, self._watcher, self._folder = opened, pool, watcher, folder
        self.pending: dict[Future[Any], tuple[_Document, str]] = {}
        self.outcomes: dict[Task, tuple[str, ...] | Failed] = {}

    def begin(self, task: Task, executed: Mapping[str, bytes]) -> None:
        """Queue the notebooks of a document that have to run; of a single notebook, the whole document."""
        names = tuple(map(name_of, task.notebooks))
        document = _Document(task, names, dict(executed))
        if len(names) == 1:
            self._submit(document, "", make_document, task, self._opened)
            return
        for name in names:
            if name not in executed:
                self._submit(document, name, run_notebook, task, name, self._opened)
        self._publish_if_run(document)

    def _submit(self, document: _Document, name: str, function: Any, *arguments: Any) -> None:
        begun = partial(self._watcher.started, document.task)
        shared = document.task.stem if len(document.names) > 1 else ""
        self.pending[self._pool.submit(function, *arguments, begun=begun, report=shared)] = document, name

    def take(self, future: Future[Any]) -> None:
        """Take what a call gave: a chapter that ran, or a document."""
        document, name = self.pending.pop(future)
        outcome = _outcome(future)
        if not name:
            self._end(document, outcome)
            return
        if isinstance(outcome, Failed):
            document.failures[name] = outcome
        else:
            document.notebooks[name] = outcome.notebook
            for step, seconds in outcome.seconds.items():
                document.seconds[step] = document.seconds.get(step, 0.0) + seconds
        self._publish_if_run(document)

    def _publish_if_run(self, document: _Document) -> None:
        if not document.is_run:
            return
        if document.failures:
            self._end(document, document.failed())
            return
        ordered = {name: document.notebooks[name] for name in document.names}
        self._submit(document, "", publish_document, document.task, ordered)

    def _end(self, document: _Document, outcome: Made | Failed) -> None:
        if isinstance(outcome, Made):
            lay(outcome.files, self._folder)
            outcome = Made(outcome.files, {**document.seconds, **outcome.seconds})
        self.outcomes[document.task] = outcome if isinstance(outcome, Failed) else tuple(outcome.files)
        self._watcher.ended(document.task, outcome)


def _outcome(future: Future[Any]) -> Any:
    """Return what a call gave, or its failure as one of ours."""
    try:
        return future.result()
    except OSError as error:  # no room for a file, no process to be had
        return Failed(ProcessFailed(f"it could not be begun or kept: {error}", "Fix that, then build again."))
    except Exception as error:
        told = in_words(error)
        keep_report(told)
        return Failed(told)
