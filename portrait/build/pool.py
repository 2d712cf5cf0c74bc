"""Make many documents at once, each in a process of its own; one that fails stops no other.

Pools are those of `concurrent.futures`: threads that wait for forked processes, or for a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from portrait.build.cache import Decided
from portrait.build.job import (
    Failed,
    Made,
    Task,
    make_document,
    open_for_all,
    open_for_profiles,
)
from portrait.build.plan import Plan
from portrait.build.staging import Laid, lay
from portrait.errors import PortraitError, ProcessFailed

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from portrait.build.forkserver import ForkServer

Opened = tuple[str, int, str, Path]
"""An edition to open: its source, its year, the folder of its files as seen from the project, the project."""


class Watcher:
    """What is told of a batch while it is made, and by itself does nothing; threads may tell at once."""

    def planned(self, asked: Plan, decided: Decided) -> None:
        """Hear what will be made for an edition, and why."""

    def started(self, task: Task) -> None:
        """Hear that a document is begun."""

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        """Hear that a document is made, or failed."""

    def refused(self, task: Task, reason: PortraitError) -> None:
        """Hear that a document that was made is refused: its other language does not say the same."""

    def published(self, folder: Path, made: Sequence[str]) -> None:
        """Hear that an edition stands in its place, with the documents that were made for it."""


class Silent(Watcher):
    """Tells nobody."""


class Pool(Protocol):
    """Where documents are made."""

    def submit(self, task: Task, watcher: Watcher) -> Future[Made | Failed]:
        """Have a document made, and tell when it is begun."""

    def call(self, function: Callable[..., Any], *arguments: Any, edition: Opened) -> Any:
        """Call a function of the program where an edition is open, and return what it returns."""


class LocalPool:
    """Documents made on this machine: forked where that is safe, else each in an ordinary kernel.

    Nothing of it is begun, nor what begins it imported, before something is to be made.

    Parameters
    ----------
    jobs
        How many documents are made at once.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    @cached_property
    def _executor(self) -> ThreadPoolExecutor:
        """Threads that wait for the documents."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self._jobs, thread_name_prefix="document")

    @cached_property
    def _server(self) -> ForkServer | None:
        """What forks a process a document; none where forking is not safe."""
        from portrait.build.forkserver import ForkServer, is_safe

        return ForkServer() if is_safe() else None

    def submit(self, task: Task, watcher: Watcher) -> Future[Made | Failed]:
        """Have a document made, and tell when it is begun."""
        return self._executor.submit(self._make, task, watcher, self._server)

    @staticmethod
    def _make(task: Task, watcher: Watcher, server: ForkServer | None) -> Made | Failed:
        watcher.started(task)
        return make_apart(task, server)

    def call(self, function: Callable[..., Any], *arguments: Any, edition: Opened) -> Any:
        """Call a function in a process that has the edition open, or here where nothing is forked."""
        if self._server is None:
            return function(*arguments)
        return self._server.call(function, *arguments, prepare=partial(open_for_all, *edition))

    def close(self) -> None:
        """End what runs, and forget what waits for its turn."""
        executor, server = self.__dict__.get("_executor"), self.__dict__.get("_server")
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)
        if server is not None:
            server.stop()
        if executor is not None:
            executor.shutdown()


def make_apart(task: Task, server: ForkServer | None) -> Made | Failed:
    """Make a document in a process forked for it, or in an ordinary kernel where there is no server."""
    from portrait.build.forkserver import in_words

    make = partial(make_document, in_this_process=True)
    try:
        if server is None:
            return make_document(task)
        opening = open_for_profiles if task.subject else open_for_all
        made: Made | Failed = server.call(make, task, prepare=partial(opening, *task.edition))
    except PortraitError as error:
        return Failed(error)
    except OSError as error:  # no room for a file, no process to be had
        return Failed(ProcessFailed(f"it could not be begun or kept: {error}"))
    except Exception as error:  # in a forked process it would be told by the same words
        return Failed(in_words(error))
    return made


@contextmanager
def local_pool(jobs: int) -> Iterator[LocalPool]:
    """Give a pool of this machine that makes so many documents at once.

    Left by Ctrl-C or another failure, it ends what runs and forgets what waits for its turn.
    """
    pool = LocalPool(jobs)
    try:
        yield pool
    finally:
        pool.close()


def make_all(tasks: Sequence[Task], pool: Pool, watcher: Watcher, folder: Path) -> list[Made | Failed]:
    """Make the documents of all tasks, several at once, and return what became of each.

    Parameters
    ----------
    folder
        Where the files of each are laid as soon as they are made.
    """
    from concurrent.futures import as_completed

    futures = {pool.submit(task, watcher): index for index, task in enumerate(tasks)}
    outcomes: list[Made | Failed | None] = [None] * len(tasks)
    try:
        for future in as_completed(futures):
            index = futures.pop(future)
            outcome = outcomes[index] = _laid(future, folder)
            watcher.ended(tasks[index], outcome)
            del future  # and with it the files
    finally:
        for future in futures:  # where the disk is full, say: nobody waits for the others
            future.cancel()
    return outcomes  # type: ignore[return-value]


def _laid(future: Future[Made | Failed], folder: Path) -> Made | Failed:
    """Return what became of a document, its files in a folder and no longer in memory."""
    try:
        outcome = future.result()
    except PortraitError as error:  # what was to make it is gone
        return Failed(error)
    if isinstance(outcome, Failed):
        return outcome
    lay(outcome.files, folder)
    return Made(Laid(folder, outcome.files), outcome.seconds)
