"""A part of the work of a process, done in a fork of it."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from portrait.build.fork import meanwhile
from portrait.build.processes import Processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")


def _told(pid: int) -> tuple[bool, str]:
    return os.getpid() != pid, "é" * 200_000


def _ends_elsewhere(pid: int) -> str:
    if os.getpid() != pid:
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"


def _refuses(pid: int) -> str:
    raise ValueError(f"not elsewhere: {os.getpid() == pid}")


def _in_a_fork(function):
    return meanwhile(function, os.getpid())()


def test_what_a_fork_gives_comes_whole_to_the_process_that_works_beside_it():
    assert Processes().call(_in_a_fork, _told) == (True, "é" * 200_000)


def test_where_a_fork_is_killed_the_process_does_the_work_itself():
    assert Processes().call(_in_a_fork, _ends_elsewhere) == "here"


def test_what_a_fork_cannot_do_fails_in_the_process_where_it_can_be_told():
    with pytest.raises(Exception, match="not elsewhere: True"):
        Processes().call(_in_a_fork, _refuses)


def test_a_process_that_does_not_serve_calls_alone_is_not_forked():
    assert _in_a_fork(_told)[0] is False
