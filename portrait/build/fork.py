"""Fork a process that serves calls alone, to do a part of its work on another processor."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any

from portrait.build.processes import is_own


def in_a_fork(function: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """Start a call in a fork of this process, and return a function that waits for its result.

    The result must be one that pickles. If the fork gives none, or this process does not serve calls alone,
    the call runs here when its result is asked for. A fork that is never asked ends with this process.
    """
    if not is_own():
        return lambda: function(*arguments)
    receiver, sender = Pipe(duplex=False)
    fork = os.fork()
    if not fork:
        receiver.close()  # else it would wait for ever where nobody reads
        with suppress(BaseException):
            sender.send_bytes(pickle.dumps(function(*arguments)))
        os._exit(0)
    sender.close()

    def result() -> Any:
        try:
            with receiver:
                return pickle.loads(receiver.recv_bytes())  # noqa: S301 -- from our own process
        except (EOFError, OSError):
            return function(*arguments)
        finally:
            os.waitpid(fork, 0)

    return result
