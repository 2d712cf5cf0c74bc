"""Call functions in processes forked from one that has imported everything: a process of its own, at once.

`ForkServer` starts a Python that imports what every document needs, opens the
edition a call is about, and then forks a process a call. A call that ends its process, takes too much
memory or too much time fails alone, with what it met.

Only Linux forks safely after these imports. The server has one thread, for a thread would be missing in
the fork; it ends, and ends what it forked, as soon as the process that started it closes its end. What it
forked ends with it too, however it ends.

An answer is what the process wrote, then how it ended, which the server adds: one that was killed while it
wrote has not answered.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portrait.build.preload import import_everything
from portrait.errors import PortraitError, ProcessFailed
from portrait.run.environment import CALM

_START = "import sys; from portrait.build.forkserver import serve; serve(*sys.argv[1:])"
_ENDED = struct.Struct("=8si")
"""How a process ended, as the server adds it to what the process answered: a mark, and the status."""
_MARK = b"\0ended\0\0"
_SECONDS_TO_END = 10
_DIES_WITH_ITS_PARENT = 1
"""What Linux calls PR_SET_PDEATHSIG."""

TIME_LIMIT = 1800.0
"""Seconds after which a call is given up, unless it says otherwise."""


@cache
def is_safe() -> bool:
    """Tell whether this machine can fork a process that has imported what documents need, and watch it."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:  # Linux before 5.3
        return False
    return True


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
    prepare: Callable[[], object] | None = None


class ForkServer:
    """Processes forked from a prepared one, one a call; threads may call at once.

    Use it as a context: the first call starts the server, and on leaving it and all it forked are gone.

    Parameters
    ----------
    memory_limit
        Bytes of address space that a call may take beside what it is forked with; by default what the
        machine has.
    """

    def __init__(self, *, memory_limit: int | None = None) -> None:
        self._memory_limit = memory_limit or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        self._lock = threading.Lock()
        self._is_stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server if it does not run; it imports while the caller goes on.

        Raises
        ------
        ProcessFailed
            It was stopped: what waited for its turn then must not start it again.
        """
        with self._lock:
            if self._is_stopped:
                raise ProcessFailed("it was stopped before it began")
            if self._process is not None and self._process.poll() is None:
                return
            self._forget()
            self._folder = tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True)
            # A pair of sockets has no name: that of a file may be too long for the system.
            self._calls, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 -- this very Python
                    [
                        *(sys.executable, "-c", _START),
                        *(str(theirs.fileno()), str(self._memory_limit), self._folder.name),
                    ],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env={**os.environ, **CALM},
                    start_new_session=True,
                )

    def renew(self) -> None:
        """End the server and all it forked; the next call starts another, which imports all as it then is."""
        with self._lock:
            self._forget()

    def stop(self) -> None:
        """End the server and all it forked, for good."""
        with self._lock:
            self._is_stopped = True
            self._forget()

    def _forget(self) -> None:
        if self._process is not None:
            self._calls.close()
            try:
                self._process.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:  # it opens an edition, and hears nothing
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def call(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        prepare: Callable[[], object] | None = None,
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
        asked = pickle.dumps(Call(function, arguments, prepare))
        self.start()
        connection, theirs = socket.socketpair()
        with connection:
            connection.settimeout(time_limit)
            try:
                with theirs:
                    socket.send_fds(self._calls, [b"\0"], [theirs.fileno()])
                connection.sendall(asked)
                with connection.makefile("rb") as stream:
                    answer = stream.read()
            except TimeoutError:
                # Closing the connection tells the server that nobody waits: it ends the process.
                raise ProcessFailed(f"no answer within {time_limit:g} seconds") from None
            except OSError as error:
                raise ProcessFailed(f"the process that makes documents died ({error.strerror})") from None
        return _told_by(answer)


def _told_by(answer: bytes) -> Any:
    """Return what a call gave, or raise what it raised, or how its process ended."""
    mark, status = _ENDED.unpack(answer[-_ENDED.size :]) if len(answer) >= _ENDED.size else (b"", 0)
    if mark != _MARK:
        raise ProcessFailed("the process that makes documents died")
    content = answer[: -_ENDED.size]
    if status or not content:
        raise ProcessFailed(_ending(status))
    kind, told = pickle.loads(content)  # noqa: S301 -- from our own process
    if kind == "raised":
        raise told
    return told


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


def serve(calls: str, memory_limit: str, folder: str) -> None:
    """Fork a process a call, until the process that started this one closes its end of a pair of sockets.

    Parameters
    ----------
    calls
        Descriptor of the socket by which connections come, one a call.
    memory_limit
        Bytes of address space that a call may take beside what it is forked with.
    folder
        Where each process has a folder of its own for what it keeps while it runs.
    """
    import_everything(Path(folder))
    server = _Server(socket.socket(fileno=int(calls)), int(memory_limit), Path(folder))
    try:
        server.serve()
    finally:
        server.end_all()
        # The process that started this one does it too, unless it was killed.
        shutil.rmtree(folder, ignore_errors=True)


class _Server:
    """Accepts calls, forks a process for each, and says how a process ended that could not say it."""

    def __init__(self, calls: socket.socket, memory_limit: int, folder: Path) -> None:
        self._calls, self._memory_limit, self._folder = calls, memory_limit, folder
        self._selector = selectors.DefaultSelector()
        self._selector.register(calls, selectors.EVENT_READ, self._accept)
        self._is_wanted = True
        self._running: dict[int, tuple[int, socket.socket]] = {}
        """Descriptor of each process and the connection of its call, by process."""

    def serve(self) -> None:
        while self._is_wanted:
            for key, _ in self._selector.select():
                key.data()

    def _accept(self) -> None:
        _, received, _, _ = socket.recv_fds(self._calls, 1, 1)
        if not received:  # the other end is closed
            self._is_wanted = False
            return
        connection = socket.socket(fileno=received[0])
        try:
            call = _read_call(connection)
            if call.prepare is not None:
                call.prepare()
            process = os.fork()
        except EOFError:
            connection.close()
        except BaseException as error:
            _end_answer(connection, 0, _as_answer(error))
        else:
            if process == 0:
                _become(call, connection, self._memory_limit, _folder_of(self._folder, os.getpid()))
            self._watch(process, connection)

    def _watch(self, process: int, connection: socket.socket) -> None:
        # Here and in the process: whichever comes first, before anything could have to end it.
        with suppress(OSError):
            os.setpgid(process, process)
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
        shutil.rmtree(_folder_of(self._folder, process), ignore_errors=True)
        _end_answer(connection, status)

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


def _end_answer(connection: socket.socket, status: int, content: bytes = b"") -> None:
    """Add to an answer how its process ended, and end it for whoever else holds the connection."""
    with suppress(OSError), connection:
        connection.sendall(content + _ENDED.pack(_MARK, status))
        connection.shutdown(socket.SHUT_RDWR)


def _folder_of(folder: Path, process: int) -> Path:
    return folder / str(process)


# In a forked process


def _become(call: Call, connection: socket.socket, memory_limit: int, folder: Path) -> None:
    """Turn this fork into the process of one call: answer, and end without going back to the server."""
    status = 1
    try:
        try:
            _die_with_the_server()
            # What the server made lives as long as this process: to look through it for what could go would
            # cost as much as a figure, and copy each page of memory that both share.
            gc.freeze()
            _close_what_is_the_servers(connection)
            _keep_files_in(folder)
            _seed()
            _limit_memory(memory_limit)
            content = pickle.dumps(("result", call.function(*call.arguments)))
        except BaseException as error:
            _lift_limit()
            content = _as_answer(error)
        connection.sendall(content)
        sys.stdout.flush()
        sys.stderr.flush()
        status = 0
    finally:
        os._exit(status)


def _as_answer(error: BaseException) -> bytes:
    """Return what a call raised as the answer to it: a failure of ours as it is, any other in words."""
    try:
        return pickle.dumps(("raised", in_words(error)))
    except Exception:  # it holds what no other process could have
        return pickle.dumps(("raised", ProcessFailed(f"{type(error).__name__}: {error}")))


def in_words(error: BaseException) -> PortraitError:
    """Return what a document met as a failure of its own: one of ours as it is, any other in words."""
    if isinstance(error, PortraitError):
        return error
    if isinstance(error, MemoryError):
        return ProcessFailed("too little memory (MemoryError)")
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return ProcessFailed(f"{type(error).__name__}: {error}{place}")


def _die_with_the_server() -> None:
    """Have the system end this process when the server ends, and before the server where memory is short."""
    import ctypes

    os.setpgid(0, 0)
    server = os.getppid()
    ctypes.CDLL(None).prctl(_DIES_WITH_ITS_PARENT, signal.SIGKILL)
    if os.getppid() != server:  # it ended in between
        os._exit(1)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def _keep_files_in(folder: Path) -> None:
    """Put all temporary files where the server removes them, should this process be killed.

    The server's own folder may have been swept with other temporary files since.
    """
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)


def _close_what_is_the_servers(connection: socket.socket) -> None:
    """Let go of what brings the server its calls, and of their connections: they are not this one's."""
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
