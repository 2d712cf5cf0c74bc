"""Fork a process that serves calls alone, to do a part of its work on another processor."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any

from portrait.build.processes import is_own


def meanwhile(function: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """Begin a call in a fork of this process, and return what waits for its result.

    Where the fork gives none, and in a process that does not serve calls alone, the function is called here
    when its result is asked for.
    """
    if not is_own():
        return lambda: function(*arguments)
    receiver, sender = Pipe(duplex=False)
    fork = os.fork()
    if not fork:
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
