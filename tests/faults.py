"""Run an action in a child process that fails or is killed at its n-th write to a folder."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WRITES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link")
"""Audit events of Python that come before a change of files; `os.fsync` has none and is wrapped."""
NEVER = 10**6
"""A step that no action reaches."""
COMPLETED, REFUSED, NOT_REACHED = 0, 1, 2
KILLED = -signal.SIGKILL

Action = Callable[[], object]


@dataclass(frozen=True)
class Faulty:
    """A copy of a project after a fault: how the action ended, and what it printed as an error."""

    project: Path
    step: int
    ended: int
    said: str


def every_fault(
    project: Path, action: Callable[[Path], object], fault: str, folder: Path, stride: int = 1
) -> Iterator[Faulty]:
    """Run an action on copies of a project, with a fault at one write in each `stride`, and at the last."""
    last = _last_step(project, action, folder)
    for step in sorted({*range(1, last + 1, stride), last}):
        copy, said = folder / f"step {step}", folder / "said"
        shutil.copytree(project, copy, copy_function=shutil.copyfile)
        said.write_bytes(b"")
        ended = run(lambda copy=copy: action(copy), copy, step, fault, said)  # type: ignore[misc]
        assert ended != NOT_REACHED
        assert ended != KILLED or fault == "kill"
        yield Faulty(copy, step, ended, said.read_text("utf-8"))
        shutil.rmtree(copy)


def _last_step(project: Path, action: Callable[[Path], object], folder: Path) -> int:
    """Return how many writes an action makes."""
    copy, said = folder / "no fault", folder / "said"
    shutil.copytree(project, copy, copy_function=shutil.copyfile)
    assert run(lambda: action(copy), copy, NEVER, "kill", said) == NOT_REACHED
    shutil.rmtree(copy)
    last = int(said.read_text("utf-8").split()[-1])
    assert last >= 5, "the steps are seen"
    return last


def error_at(step: int) -> OSError:
    """Return the error of a step: a full disk, or one that fails, in turn."""
    number = (errno.ENOSPC, errno.EIO)[step % 2]
    return OSError(number, os.strerror(number))


def run(action: Action, folder: Path, step: int, fault: str, said: Path | None = None) -> int:
    """Run an action in a forked process, with a fault at one step, and return how it ended.

    Parameters
    ----------
    step
        Number of the write at which the fault happens, from 1.
    fault
        ``kill``; or ``disk error``, an error once, as `error_at` gives it.
    said
        A file to which the action's errors are printed, then how many steps it has if it has fewer.

    Returns
    -------
    int
        `NOT_REACHED` where the action has fewer steps; `KILLED`; `REFUSED` where it raised an error;
        `COMPLETED` where it did not.
    """
    child = os.fork()
    if not child:
        if said:
            sys.stderr = said.open("w", encoding="utf-8")
        _act(action, folder, step, fault)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _act(action: Action, folder: Path, step: int, fault: str) -> None:
    done = 0

    def reach() -> None:
        nonlocal done
        done += 1
        if done == step and fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if done == step:
            raise error_at(step)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "ctypes.dlsym" and arguments[1] == "renameat2":
            reach()
        if event not in WRITES or not _is_write(event, arguments, folder):
            return
        reach()
        if event == "open" and arguments[2] & os.O_TRUNC:
            if done + 1 == step and Path(arguments[0]).exists():
                truncate(arguments[0], 0)  # a file that is opened to be written is first emptied
            reach()

    synced, truncate = os.fsync, os.truncate

    def sync(number: int) -> None:
        reach()
        synced(number)

    os.fsync = sync
    sys.addaudithook(watch)
    try:
        action()
        ended = COMPLETED
    except BaseException:
        ended = REFUSED
    if done < step:
        ended = NOT_REACHED
        print(done, file=sys.stderr)
    sys.stderr.flush()
    os._exit(ended)


def _is_write(event: str, arguments: tuple[Any, ...], folder: Path) -> bool:
    place = arguments[0]
    if not isinstance(place, str | Path) or not str(place).startswith(str(folder)):
        return event == "os.remove" or (event == "os.rmdir")  # `shutil.rmtree` gives names in an open folder
    return event != "open" or bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
