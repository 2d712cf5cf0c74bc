"""Call functions in processes forked from one that has imported everything: a process of its own, at once.

`ForkServer` starts a Python that imports what every document needs, opens the
edition a call is about, and then forks a process a call. A call that ends its process, takes too much
memory or too much time fails alone, with what it met.

Only Linux forks safely after these imports. The server has one thread, for a thread would be missing in
the fork; it ends, and ends what it forked, as soon as the process that started it closes its end.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portrait.calm import CALM
from portrait.errors import PortraitError, ProcessFailed
from portrait.preloading import import_everything

_START = "import sys; from portrait.forking import serve; serve(*map(int, sys.argv[1:]))"

TIME_LIMIT = 1800.0
"""Seconds after which a call is given up, unless it says otherwise."""


def is_safe() -> bool:
    """Tell whether this machine can fork a process that has imported what documents need."""
    return sys.platform == "linux"


@dataclass(frozen=True)
class Call:
    """A function to call in a process of its own.

    Attributes
    ----------
    function
        A function of a module, which pickle can name.
    arguments
        What it is called with.
    prepare
        What the server itself calls first, so that every process it forks finds what it made: it must
        cost little where nothing changed since.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    prepare: Callable[[], None] | None = None


class ForkServer:
    """Processes forked from a prepared one, one a call; threads may call at once.

    Use it as a context: the first call starts the server, and on leaving it and all it forked are gone.

    Parameters
    ----------
    memory_limit
        Bytes of address space that a call may take; by default what the machine has.
    """

    def __init__(self, *, memory_limit: int | None = None) -> None:
        self._memory_limit = memory_limit or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server if it does not run; it imports while the caller goes on."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._forget()
            self._folder = tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True)
            self._address = str(Path(self._folder.name) / "calls")
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(self._address)
            listening.listen(128)
            with listening:
                self._process = subprocess.Popen(  # noqa: S603 -- this very Python
                    [sys.executable, "-c", _START, str(listening.fileno()), str(self._memory_limit)],
                    stdin=subprocess.PIPE,
                    pass_fds=[listening.fileno()],
                    env={**os.environ, **CALM},
                    start_new_session=True,
                )

    def stop(self) -> None:
        """End the server and all it forked."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        if self._process is not None:
            assert self._process.stdin is not None
            with suppress(OSError):
                self._process.stdin.close()
            self._process.wait()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def call(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        prepare: Callable[[], None] | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> Any:
        """Call a function in a process of its own, and return what it returns.

        Raises
        ------
        PortraitError
            What the function raised, if it was one of ours.
        ProcessFailed
            It raised another, or its process ended without an answer: killed, crashed, out of memory or
            of time.
        """
        self.start()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(time_limit)
            try:
                connection.connect(self._address)
                with connection.makefile("rwb") as stream:
                    pickle.dump(Call(function, arguments, prepare), stream)
                    stream.flush()
                    return _answer(stream)
            except TimeoutError:
                # Closing the connection tells the server that nobody waits: it ends the process.
                raise ProcessFailed(f"no answer within {time_limit:g} seconds") from None
            except OSError as error:
                raise ProcessFailed(f"the process that makes documents died ({error.strerror})") from None


def _answer(stream: Any) -> Any:
    """Read what a call gave: its result, what it raised, or how its process ended."""
    try:
        kind, content = pickle.load(stream)  # noqa: S301 -- from our own process
    except EOFError:
        raise ProcessFailed("the process that makes documents died") from None
    if kind == "result":
        return content
    if kind == "raised":
        raise content
    raise ProcessFailed(_ending(content))


def _ending(status: int) -> str:
    """Say how a process ended that gave no answer, from the status that the system keeps of it."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"its process ended with status {code} and no answer"
    name = signal.Signals(-code).name
    guess = {
        "SIGKILL": ": too little memory on this machine, or somebody ended it",
        "SIGSEGV": ": a crash in a library",
    }.get(name, "")
    return f"its process was ended by {name}{guess}"


# In the server


def serve(listening: int, memory_limit: int) -> None:
    """Fork a process a call, until the process that started this one closes its end of standard input.

    Parameters
    ----------
    listening
        Descriptor of the socket on which calls come.
    memory_limit
        Bytes of address space that a call may take.
    """
    import_everything()
    server = _Server(socket.socket(fileno=listening), memory_limit)
    try:
        server.serve()
    finally:
        server.end_all()


class _Server:
    """Accepts calls, forks a process for each, and says how a process ended that could not say it."""

    def __init__(self, listening: socket.socket, memory_limit: int) -> None:
        self._listening, self._memory_limit = listening, memory_limit
        self._selector = selectors.DefaultSelector()
        self._selector.register(listening, selectors.EVENT_READ, self._accept)
        self._selector.register(0, selectors.EVENT_READ, None)
        self._running: dict[int, tuple[int, socket.socket]] = {}
        """Descriptor of each process and the connection of its call, by process."""

    def serve(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.data is None:  # the other end of our standard input is closed
                    return
                key.data()

    def _accept(self) -> None:
        connection, _ = self._listening.accept()
        try:
            call = _read_call(connection)
            if call.prepare is not None:
                call.prepare()
        except EOFError:
            connection.close()
        except BaseException as error:
            _answer_to(connection, *_told(error))
            connection.close()
        else:
            self._fork(call, connection)

    def _fork(self, call: Call, connection: socket.socket) -> None:
        process = os.fork()
        if process == 0:
            _become(call, connection, self._memory_limit)
        descriptor = os.pidfd_open(process)
        self._running[process] = descriptor, connection
        self._selector.register(descriptor, selectors.EVENT_READ, lambda: self._reap(process))
        # Nobody writes to us after the call: what can be read is that nobody waits any more.
        self._selector.register(connection, selectors.EVENT_READ, lambda: self._give_up(process))

    def _give_up(self, process: int) -> None:
        """End a process for whose answer nobody waits."""
        if process in self._running:
            self._selector.unregister(self._running[process][1])
            _end_group(process)

    def _reap(self, process: int) -> None:
        """Tell the caller how a process ended, which is news only where it gave no answer, and sweep."""
        _end_group(process)  # what it started, before its number can be another's
        _, status = os.waitpid(process, 0)
        descriptor, connection = self._running.pop(process)
        self._selector.unregister(descriptor)
        with suppress(KeyError):
            self._selector.unregister(connection)
        os.close(descriptor)
        _answer_to(connection, "ended", status)
        connection.close()

    def end_all(self) -> None:
        """End every process that was forked, and wait for each."""
        for process in self._running:
            _end_group(process)
        for process in self._running:
            os.waitpid(process, 0)


def _read_call(connection: socket.socket) -> Call:
    connection.settimeout(60)
    with connection.makefile("rb") as stream:
        call: Call = pickle.load(stream)  # noqa: S301 -- from the process that started us
    connection.settimeout(None)
    return call


def _end_group(process: int) -> None:
    """End a process and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def _answer_to(connection: socket.socket, kind: str, content: Any) -> None:
    with suppress(OSError):
        connection.sendall(pickle.dumps((kind, content)))


# In a forked process


def _become(call: Call, connection: socket.socket, memory_limit: int) -> None:
    """Turn this fork into the process of one call: answer, and end without going back to the server."""
    try:
        os.setsid()
        _close_what_is_the_servers(connection)
        _seed()
        _limit_memory(memory_limit)
        try:
            content = pickle.dumps(("result", call.function(*call.arguments)))
        except BaseException as error:
            content = pickle.dumps(_told(error))
        connection.sendall(content)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(0)


def _told(error: BaseException) -> tuple[str, PortraitError]:
    """Return what a call raised: a failure of ours as it is, any other in words."""
    if isinstance(error, PortraitError):
        return "raised", error
    if isinstance(error, MemoryError):
        return "raised", ProcessFailed("too little memory (MemoryError)")
    return "raised", ProcessFailed(f"{type(error).__name__}: {error}")


def _close_what_is_the_servers(connection: socket.socket) -> None:
    """Let go of the server's standard input and of other calls' connections: they are not this one's."""
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if number > 2 and number != connection.fileno() and _is_the_servers(number):
            with suppress(OSError):
                os.close(number)


def _is_the_servers(number: int) -> bool:
    """Tell whether a descriptor is a socket, or one by which the server waits."""
    try:
        link = Path(f"/proc/self/fd/{number}").readlink()
    except OSError:
        return False
    return link.name.startswith(("socket:", "anon_inode:"))


def _seed() -> None:
    """Draw random numbers as a process started by itself would."""
    import random

    import numpy as np

    random.seed()
    np.random.seed()


def _limit_memory(memory_limit: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
