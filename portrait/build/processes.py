"""Call functions in processes forked from one that has imported everything.

A call that is killed, takes too much memory or too much time fails alone. Only Linux forks safely after
these imports.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any

from portrait.errors import ProcessFailed, ProgramFault
from portrait.run.environment import CALM
from portrait.storage.faults import in_words

TIME_LIMIT = 1800.0
"""Seconds after which a call is given up."""
PRELOAD = "portrait.build.preloaded"
AGAIN = "Build again."
IF_KILLED = "If the log of the system says that memory ran out, use a smaller --jobs."
_ONE_AT_A_TIME = threading.RLock()
"""Held by a thread that starts processes or reads an exit code.

The environment belongs to all threads. An exit code can be read only once, and multiprocessing reads those of
all its processes whenever it starts another.
"""


_SERVER: list[bool] = []
"""Filled once this process has started the one that others are forked from, which may still import."""


def is_safe() -> bool:
    """Tell whether this system can fork a process that has imported what documents need."""
    return sys.platform == "linux"


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a forked process, which need import nothing, or in this one where none is safe."""
    return Processes().call(function, *arguments) if is_safe() else function(*arguments)


def beside(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function as `apart` does, without waiting for all that the server of forked processes imports.

    Where this process has not started that server yet, it does, and the function is called beside it in a new
    process, which imports what the function needs.
    """
    if not is_safe():
        return function(*arguments)
    if _SERVER:
        return Processes().call(function, *arguments)
    start_server()
    return Processes(get_context("spawn")).call(function, *arguments)


def start_server() -> None:
    """Start the process that others are forked from, if it does not run, without waiting for its imports.

    Ctrl+C reaches every process of a terminal: this one ignores it, and ends with its caller.

    Raises
    ------
    ProcessFailed
        The path of the folder of temporary files is too long for a socket in it.
    """
    with _ONE_AT_A_TIME:
        resource_tracker.ensure_running()  # starting it would unblock the signal
        try:
            with _started_calmly():
                forkserver.set_forkserver_preload([PRELOAD])
                forkserver.ensure_running()
        except OSError as error:
            if "path too long" not in str(error):
                raise
            raise ProcessFailed(
                f"the path of the folder of temporary files is too long for sockets: {tempfile.gettempdir()}",
                "Set TMPDIR to a shorter one, such as /tmp.",
            ) from error
        _SERVER[:] = [True]


@contextmanager
def _started_calmly() -> Iterator[None]:
    """Give what starts in the block the environment of notebooks, and no Ctrl+C until it unblocks it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with environment(CALM):
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def without_main_module() -> Iterator[None]:
    """Hide the main module from multiprocessing while the block runs.

    Each process would import it again, which takes a tenth of a second; it is the command line, which no call
    needs.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment while the block runs."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class Processes:
    """Processes forked for calls; threads may call at once.

    Parameters
    ----------
    context
        What starts processes; by default the fork server. A process with one thread may fork by itself; a
        new one (“spawn”) imports what its call needs.
    memory_limit
        Bytes of address space that a process may take beside what it begins with; by default what the
        machine has.
    """

    def __init__(self, context: Any = None, *, memory_limit: int | None = None) -> None:
        self._context = context
        self._memory_limit = memory_limit or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        self._running: set[Any] = set()
        self._is_stopped = False

    def call(self, function: Callable[..., Any], *arguments: Any, time_limit: float = TIME_LIMIT) -> Any:
        """Call a function in a process of its own, and return what it returns; see `Forked.call`."""
        with self.forked() as process:
            return process.call(function, *arguments, time_limit=time_limit)

    @contextmanager
    def forked(self) -> Iterator[Forked]:
        """Give a process that answers calls one after another, and end it on leaving."""
        context = self._context or get_context("forkserver")
        connection, theirs = context.Pipe()
        scratch = tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True)
        with connection, scratch as folder:
            process = context.Process(target=_serve, args=(theirs, folder, self._memory_limit), daemon=True)
            with theirs, _ONE_AT_A_TIME:
                if self._is_stopped:
                    raise ProcessFailed("it was stopped before it began")
                self._start(process)
                self._running.add(process)
            try:
                yield Forked(connection, process)
            finally:
                self._end(process)

    def _start(self, process: Any) -> None:
        """Start a process; where its server has just been killed, start it from another."""
        for seconds in (0.01, 0.1, 1.0):
            try:
                if self._context is None:
                    start_server()
                with without_main_module(), _started_calmly():
                    process.start()
            except (EOFError, ConnectionError):  # the server took the call, or still seemed to run, and ended
                time.sleep(seconds)
            else:
                return
        raise ProcessFailed("the process that others are forked from ends again and again", AGAIN)

    def stop(self) -> None:
        """Kill every process, so that each call fails, and start none from now on."""
        with _ONE_AT_A_TIME:
            self._is_stopped = True
            for process in self._running:
                _kill(process)

    def _end(self, process: Any) -> None:
        """Kill a process if it runs, and close its files: an error that is kept would keep them open."""
        _kill(process)
        wait([process.sentinel])
        with _ONE_AT_A_TIME:
            self._running.discard(process)
            process.join()
            process.close()


class Forked:
    """A process that answers calls, one after another."""

    def __init__(self, connection: Connection, process: Any) -> None:
        self._connection, self._process = connection, process

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended, so that it answers no other call."""
        return bool(wait([self._process.sentinel], 0))

    def call(self, function: Callable[..., Any], *arguments: Any, time_limit: float = TIME_LIMIT) -> Any:
        """Call a function in the process, and return what it returns.

        Raises
        ------
        PortraitError
            What the function raised, if it was one of ours.
        ProgramFault
            It raised another error.
        ProcessFailed
            The process ended without an answer: killed, crashed, out of memory or of time. It answers no
            other call.
        """
        with suppress(OSError):  # it has ended: how, is said where an answer is awaited
            self._connection.send((function, arguments))
        return _received(self._connection, self._process, time_limit)


def _received(receiver: Connection, process: Any, time_limit: float) -> Any:
    """Return what a call gave, or raise what it raised, or how its process ended."""
    ready = wait([receiver, process.sentinel], time_limit)
    if not ready:
        raise ProcessFailed(
            f"no answer within {time_limit:g} seconds",
            "Find in the notebook what does not end; then build again.",
        )
    try:
        if not receiver.poll():
            raise EOFError
        kind, content = pickle.loads(receiver.recv_bytes())  # noqa: S301 -- from our own process
    except (EOFError, OSError):
        wait([process.sentinel], 10)
        with _ONE_AT_A_TIME:
            process.join(1)  # its files are closed a moment before its exit code can be read
            code = process.exitcode
        mend = f"{AGAIN} {IF_KILLED}" if code == -signal.SIGKILL else AGAIN
        raise ProcessFailed(_ending(code), mend) from None
    if kind == "raised":
        raise content
    return content


def _ending(code: int | None) -> str:
    """Say how a process ended that gave no answer, from its exit code."""
    if code is None:
        return "its process gave no answer"
    if code >= 0:
        return f"its process ended with status {code} and no answer"
    name = signal.Signals(-code).name
    guess = {
        "SIGKILL": ": by the system or by somebody",
        "SIGSEGV": ": a crash in a library",
    }.get(name, "")
    return f"its process was ended by {name}{guess}"


def _kill(process: Any) -> None:
    """Kill a process and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


# In a forked process

_OWN: list[bool] = []
"""Filled in a process that was forked for calls."""


def mark_as_own() -> None:
    """Say that this process serves calls alone."""
    _OWN[:] = [True]


def is_own() -> bool:
    """Return whether this process was forked for calls, so that the cells of a notebook may run in it."""
    return bool(_OWN)


def _serve(connection: Connection, folder: str, memory_limit: int) -> None:
    """Make this process ready for calls, and answer them."""
    mark_as_own()
    _join_the_caller()
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    _seed()
    answer_calls(connection, memory_limit)


def answer_calls(connection: Connection, memory_limit: int) -> None:
    """Answer calls, one after another, until the caller closes its end, even on an answer it did not read."""
    with suppress(EOFError, ConnectionError, KeyboardInterrupt):
        while True:
            call = connection.recv_bytes()
            _limit_memory(memory_limit)
            connection.send_bytes(_answer(call))


def _answer(call: bytes) -> bytes:
    """Return what a call gives, as bytes; a failure of ours as it is, any other in words."""
    try:
        function, arguments = pickle.loads(call)  # noqa: S301 -- from our own process
        return pickle.dumps(("result", function(*arguments)))
    except BaseException as error:
        _lift_limit()
        return _as_answer(error)


def _as_answer(error: BaseException) -> bytes:
    try:
        return pickle.dumps(("raised", in_words(error)))
    except Exception:  # it holds what cannot be pickled
        words = ProgramFault(f"{type(error).__name__}: {error}", traceback.format_exc())
        return pickle.dumps(("raised", words))


def _join_the_caller() -> None:
    """Have this process, and whatever it starts, end with its caller, and before it where memory is short."""
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def _end_with_the_caller() -> None:
    """Wait until the caller has ended, even killed, and kill this process and whatever it started."""
    caller = parent_process()
    assert caller is not None
    caller.join()
    os.killpg(0, signal.SIGKILL)


def _seed() -> None:
    """Draw random numbers as a process started by itself would."""
    import random

    import numpy as np

    random.seed()
    np.random.seed()


def _limit_memory(memory_limit: int) -> None:
    """Have the system refuse what a call takes beyond its memory, as a MemoryError where it asks for it."""
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    wanted = pages * resource.getpagesize() + memory_limit
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [each for each in (wanted, soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))


def _lift_limit() -> None:
    """Let a call that met its limit say so."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
