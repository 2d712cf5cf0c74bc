"""A part of the work of a process, done in a fork of it."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing import get_context
from typing import Any

import pytest

from portrait.build.fork import in_a_fork
from portrait.build.opened import Opened
from portrait.build.processes import Processes, is_safe
from portrait.build.survey import Survey, _surveyed, survey
from portrait.errors import ProcessFailed
from portrait.facts import cells
from portrait.facts.trust import findings_of_file
from tests import small

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not is_safe(), reason="only Linux forks safely")]
LARGE = 2**20
"""Letters that no pipe holds."""


def told(pid: int) -> tuple[bool, str]:
    return os.getpid() != pid, "é" * LARGE


def killed_elsewhere(pid: int) -> tuple[bool, str]:
    if os.getpid() != pid:
        os.kill(os.getpid(), signal.SIGKILL)
    return told(pid)


def refused(pid: int) -> str:
    raise ValueError(f"here: {os.getpid() == pid}")


def asked(function: Any) -> Any:
    return in_a_fork(function, os.getpid())()


def killed_before_it_asks() -> None:
    in_a_fork(told, os.getpid())
    os.kill(os.getpid(), signal.SIGKILL)


def surveyed_where_only_a_fork_may_check(opened: Opened) -> Survey:
    trust, here = sys.modules[findings_of_file.__module__], os.getpid()
    check = vars(trust)["check"]

    def check_elsewhere(*arguments: Any, **named: Any) -> Any:
        assert os.getpid() != here
        return check(*arguments, **named)

    vars(trust)["check"] = check_elsewhere
    return _surveyed(opened, ())[0]


def surveyed_where_only_a_fork_may_write(opened: Opened) -> Survey:
    here, write = os.getpid(), cells.csv_bytes

    def write_elsewhere(table: Any) -> bytes:
        assert os.getpid() != here
        return write(table)

    cells.csv_bytes = write_elsewhere
    return survey(opened.edition, data=opened.data_folder)


def test_what_a_fork_gives_comes_whole_to_the_process_that_works_beside_it():
    assert Processes().call(asked, told) == (True, "é" * LARGE)


def test_where_a_fork_is_killed_the_process_does_the_work_itself():
    assert Processes().call(asked, killed_elsewhere) == (False, "é" * LARGE)


def test_what_a_fork_cannot_do_fails_in_the_process_where_it_can_be_told():
    with pytest.raises(Exception, match="here: True"):
        Processes().call(asked, refused)


def test_a_process_that_does_not_serve_calls_alone_is_not_forked():
    assert asked(told)[0] is False


@pytest.mark.parametrize("context", ["forkserver", "spawn"])
def test_a_process_that_is_killed_leaves_no_fork_that_waits_for_a_reader(context):
    with pytest.raises(ProcessFailed, match="SIGKILL"):
        Processes(get_context(context)).call(killed_before_it_asks, time_limit=30)


@pytest.mark.parametrize(
    "surveyed", [surveyed_where_only_a_fork_may_check, surveyed_where_only_a_fork_may_write]
)
def test_an_edition_is_surveyed_with_what_a_fork_read_and_wrote(project, surveyed):
    small.tiny_edition(project / "files")
    opened = Opened("quebec", 2025, "files", project)
    found = Processes().call(surveyed, opened)
    assert found == survey(opened.edition, data=opened.data_folder)
