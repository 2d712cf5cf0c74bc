"""Kill a process around one of the renames that publish an edition."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portrait.build import staging


def is_killed_at(call: int, work: Callable[[], object], *, after: bool) -> bool:
    """Work in a forked process that is killed around a rename or exchange; return whether it came so far.

    Parameters
    ----------
    call
        Which of them, from 1.
    after
        Whether it is killed after the rename, not before.
    """
    if not (child := os.fork()):
        try:
            n_calls = 0

            def killed(function: Callable[..., Any]) -> Callable[..., Any]:
                def call_once_more(*arguments: Any) -> Any:
                    nonlocal n_calls
                    n_calls += 1
                    if n_calls == call and not after:
                        os._exit(9)
                    result = function(*arguments)
                    if n_calls == call:
                        os._exit(9)
                    return result

                return call_once_more

            Path.rename, Path.replace = killed(Path.rename), killed(Path.replace)  # type: ignore[method-assign]
            staging.exchange = killed(staging.exchange)
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
