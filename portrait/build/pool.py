"""Where the work of a build is done: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from portrait.build.opened import Opened
    from portrait.build.processes import Forked, Processes


class Pool(Protocol):
    """Where functions of `portrait.build.job` are called."""

    def start(self) -> None:
        """Prepare for work, while the caller goes on."""

    def keep_open(self, opened: Opened, folder: Path) -> Any:
        """Make an edition available to calls, and return what to give them for it."""

    def submit(
        self, function: Callable[..., Any], *arguments: Any, begun: Callable[[], object], report: str = ""
    ) -> Future[Any]:
        """Have a function called; `begun` is called when the call begins.

        Calls for the same report, where it is named, may be made in one process, one after another.
        """


class LocalPool:
    """Work done on this machine: in forked processes where that is safe, else in threads, with kernels.

    Nothing of it is begun or imported before there is work.

    Parameters
    ----------
    jobs
        How many calls run at once.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._in_thread = local()
        self._held = ExitStack()

    @cached_property
    def _executor(self) -> ThreadPoolExecutor:
        """Threads that wait for the calls."""
        return ThreadPoolExecutor(self._jobs, thread_name_prefix="document")

    @cached_property
    def _processes(self) -> Processes | None:
        """What gives a call a process; ``None`` where forking is not safe."""
        from portrait.build.processes import Processes, is_safe

        return Processes() if is_safe() else None

    def start(self) -> None:
        """Start the process that others are forked from."""
        if self._processes is not None:
            from portrait.build.processes import start_server

            start_server()

    def keep_open(self, opened: Opened, folder: Path) -> Path | None:
        """Write an edition to a file in a folder, for forked processes; kernels open it by themselves."""
        if self._processes is None:
            return None
        place = folder / f"{opened.source}-{opened.year}.pickle"
        place.write_bytes(opened.content)
        return place

    def submit(
        self, function: Callable[..., Any], *arguments: Any, begun: Callable[[], object], report: str = ""
    ) -> Future[Any]:
        """Have a function called in a forked process, or in a thread; see `Pool.submit`."""
        return self._executor.submit(self._call, function, arguments, begun, report)

    def _call(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        begun: Callable[[], object],
        report: str,
    ) -> Any:
        begun()
        if self._processes is None:
            return function(*arguments)
        if not report:
            return self._processes.call(function, *arguments)
        try:
            return self._process_of(report, self._processes).call(function, *arguments)
        except BaseException:
            self._in_thread.report = None  # what the failure left in the process is not known
            raise

    def _process_of(self, report: str, processes: Processes) -> Forked:
        """Return the process of this thread for a report, which ends when another report has one.

        One that was ended meanwhile, by the system or with the server, is replaced.
        """
        held = self._in_thread
        if getattr(held, "report", None) != report or held.forked.has_ended:
            if not hasattr(held, "stack"):
                held.stack = self._held.enter_context(ExitStack())
            held.stack.close()
            held.forked = held.stack.enter_context(processes.forked())
            held.report = report
        forked: Forked = held.forked
        return forked

    def close(self) -> None:
        """End what runs, and cancel what is queued."""
        executor, processes = self.__dict__.get("_executor"), self.__dict__.get("_processes")
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)
        if processes is not None:
            processes.stop()
        if executor is not None:
            executor.shutdown()
        self._held.close()


@contextmanager
def local_pool(jobs: int) -> Iterator[LocalPool]:
    """Give a pool of this machine that makes so many calls at once, and close it on leaving."""
    pool = LocalPool(jobs)
    try:
        yield pool
    finally:
        pool.close()
