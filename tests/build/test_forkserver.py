"""Processes forked from a prepared one: what they answer, how they may die, and what they leave: nothing."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from portrait.build.forkserver import ForkServer

from portrait.build import forkserver
from portrait.errors import NotebookFailed, PortraitError, ProcessFailed, WrongCall

PROJECT = Path(__file__).parents[2]
FOUND: list[str] = []
"""What `prepare` leaves in the server for those it forks."""


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer() as server:
        server.call(abs, -1)
        yield server


def until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something holds, and tell whether it does."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.02)
    return held


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def descriptors(process: int) -> list[str]:
    found = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            found.append(each.readlink().name.partition(":")[0])
    return sorted(found)


# What is called: functions that pickle can name


def who() -> tuple[int, int, int]:
    return os.getpid(), os.getppid(), threading.active_count()


def raise_it(error: BaseException) -> None:
    raise error


class Unpicklable(PortraitError):
    def __init__(self) -> None:
        super().__init__("It holds a lock.")
        self.lock = threading.Lock()


def raise_unpicklable() -> None:
    raise Unpicklable


def end(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(60)


def take_memory(n_bytes: int) -> int:
    return len(bytearray(n_bytes))


def leave_files_and_die() -> None:
    Path(tempfile.mkdtemp(), "left").write_text("left")
    end(signal.SIGKILL)


def temporary_folder() -> str:
    return tempfile.mkdtemp()


def start_and_wait(place: Path, seconds: float) -> None:
    """Write who runs, this process and one that it started, and take a while."""
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    beside = place.with_suffix(".tmp")
    beside.write_text(f"{os.getpid()} {started.pid}")
    beside.replace(place)
    time.sleep(seconds)


def remember(word: str) -> None:
    FOUND.append(word)


def remembered() -> list[str]:
    return FOUND


def drawn() -> tuple[float, float]:
    return random.random(), float(np.random.rand())


def open_descriptors() -> list[str]:
    return descriptors(os.getpid())


# Answers


def test_a_call_returns_from_a_process_of_its_own_with_one_thread(server):
    first, second = server.call(who), server.call(who)
    assert first[0] != second[0]
    assert first[1] == second[1] == server._process.pid
    assert first[2] == 1


def test_the_server_has_one_thread_for_a_fork_has_no_other(server):
    assert len(list(Path(f"/proc/{server._process.pid}/task").iterdir())) == 1


def test_a_large_answer_comes_whole(server):
    content = bytes(range(256)) * 2**15
    assert server.call(bytes, content) == content


def test_what_is_prepared_in_the_server_is_found_in_the_process(server):
    assert server.call(remembered, prepare=partial(remember, "a")) == ["a"]
    assert server.call(remembered, prepare=partial(remember, "b")) == ["a", "b"]
    assert FOUND == []


def test_random_numbers_are_others_in_each_process(server):
    (one, two), (three, four) = server.call(drawn), server.call(drawn)
    assert len({one, two, three, four}) == 4


def test_a_failure_of_ours_comes_as_it_was_raised(server):
    error = NotebookFailed("annual.ipynb", "open", 2, "ValueError: no", expression="x")
    with pytest.raises(NotebookFailed) as caught:
        server.call(raise_it, error)
    assert caught.value.__dict__ == error.__dict__
    assert str(caught.value) == str(error)


def test_a_refusal_while_preparing_comes_too(server):
    with pytest.raises(WrongCall, match=r"There is no year 1\."):
        server.call(who, prepare=partial(raise_it, WrongCall("There is no year 1.")))


@pytest.mark.parametrize("when", ["preparing", "calling"])
def test_another_failure_is_told_with_its_place(server, when):
    failing = partial(raise_it, KeyError("name"))
    with pytest.raises(ProcessFailed, match=r"KeyError: 'name' \(test_forkserver\.py, line \d+\)"):
        server.call(who, prepare=failing) if when == "preparing" else server.call(failing)


def test_a_failure_that_no_other_process_could_have_is_told_in_words(server):
    with pytest.raises(ProcessFailed, match="Unpicklable: It holds a lock"):
        server.call(raise_unpicklable)


def test_a_result_that_no_other_process_could_have_is_a_failure(server):
    with pytest.raises(ProcessFailed, match="pickle"):
        server.call(threading.Lock)


# Deaths


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (signal.SIGKILL, "Its process was ended by SIGKILL: too little memory on this machine, or somebody"),
        (signal.SIGSEGV, "Its process was ended by SIGSEGV: a crash in a library"),
        (signal.SIGTERM, "Its process was ended by SIGTERM."),
    ],
)
def test_a_process_that_is_ended_is_told_by_its_signal_and_the_next_call_goes_on(server, number, told):
    with pytest.raises(ProcessFailed) as caught:
        server.call(end, number)
    assert str(caught.value).startswith(told)
    assert server.call(abs, -2) == 2


def test_a_process_that_ends_itself_is_told_by_its_status(server):
    for status in (0, 3):
        with pytest.raises(ProcessFailed, match=f"ended with status {status} and no answer"):
            server.call(os._exit, status)


def test_a_process_that_dies_while_it_answers_has_not_answered():
    # What the server adds must never complete what the process began to write.
    ended = forkserver._ENDED.pack(forkserver._MARK, signal.SIGKILL)
    whole = pickle.dumps(("result", b"a" * 100))
    for length in range(len(whole) + 1):
        with pytest.raises(ProcessFailed, match="SIGKILL"):
            forkserver._told_by(whole[:length] + ended)
        with pytest.raises(ProcessFailed, match="process that makes documents died"):
            forkserver._told_by(whole[:length])
    good = forkserver._ENDED.pack(forkserver._MARK, 0)
    assert forkserver._told_by(whole + good) == b"a" * 100


def test_a_call_beyond_its_time_is_given_up_and_its_process_ended(server):
    before = children(server._process.pid)
    with pytest.raises(ProcessFailed, match=r"No answer within 0\.5 seconds"):
        server.call(time.sleep, 60, time_limit=0.5)
    assert until(lambda: children(server._process.pid) == before)


def test_a_call_beyond_its_memory_fails_alone():
    with ForkServer(memory_limit=2**27) as small:
        with pytest.raises(ProcessFailed, match="Too little memory"):
            small.call(take_memory, 2**29)
        assert small.call(take_memory, 2**20) == 2**20


def test_one_call_that_dies_disturbs_no_other(server):
    with ThreadPoolExecutor(4) as executor:
        calls = [
            executor.submit(server.call, *((end, signal.SIGKILL) if n % 2 else (abs, -n))) for n in range(12)
        ]
    for n, each in enumerate(calls):
        if n % 2:
            assert isinstance(each.exception(), ProcessFailed)
        else:
            assert each.result() == n


def test_what_a_process_started_ends_with_it(server, tmp_path):
    with pytest.raises(ProcessFailed):
        server.call(start_and_wait, tmp_path / "who", 60, time_limit=3)
    assert until(lambda: not any(map(is_alive, map(int, (tmp_path / "who").read_text().split()))))


def test_a_server_that_died_is_started_again_and_its_processes_are_gone(tmp_path):
    with ForkServer() as server, ThreadPoolExecutor(1) as executor:
        call = executor.submit(server.call, start_and_wait, tmp_path / "who", 60)
        assert until((tmp_path / "who").exists)
        process, _ = map(int, (tmp_path / "who").read_text().split())
        server._process.kill()
        assert isinstance(call.exception(timeout=20), ProcessFailed)
        assert until(lambda: not is_alive(process))
        assert server.call(abs, -3) == 3


def test_a_temporary_folder_whose_name_is_long_is_no_hindrance(tmp_path, monkeypatch):
    long = tmp_path / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with ForkServer() as server:
        assert server.call(abs, -4) == 4


# What is left


def test_calls_leave_no_descriptor_no_process_and_no_file(server):
    folder = Path(server._folder.name)
    assert until(lambda: children(server._process.pid) == [])
    time.sleep(0.2)  # and the connection of the last call is closed
    own, its = descriptors(os.getpid()), descriptors(server._process.pid)
    for n in range(10):
        server.call(abs, -n)
        with pytest.raises(ProcessFailed):
            server.call(leave_files_and_die)
    assert until(lambda: children(server._process.pid) == [])
    assert until(lambda: (descriptors(os.getpid()), descriptors(server._process.pid)) == (own, its), 5)
    assert sorted(each.name for each in folder.iterdir()) == ["fonts", "ipython"]


def test_a_process_keeps_its_files_where_the_server_removes_them(server):
    assert Path(server.call(temporary_folder)).is_relative_to(server._folder.name)


def test_calls_go_on_though_the_folder_of_the_server_is_swept_away_and_it_is_for_its_user_alone():
    with ForkServer() as server:
        server.call(abs, -1)
        folder = Path(server._folder.name)
        shutil.rmtree(folder)
        assert Path(server.call(temporary_folder)).is_relative_to(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_a_process_has_none_of_the_descriptors_of_other_calls(server):
    with ThreadPoolExecutor(2) as executor:
        other = executor.submit(server.call, time.sleep, 1)
        time.sleep(0.3)
        found = server.call(open_descriptors)
        other.result()
    assert found.count("socket") == 1
    assert "anon_inode" not in found


def test_a_server_that_is_left_leaves_nothing_behind(tmp_path):
    with ForkServer() as server:
        with ThreadPoolExecutor(1) as executor:
            call = executor.submit(server.call, start_and_wait, tmp_path / "who", 60)
            assert until((tmp_path / "who").exists)
            process, folder = server._process.pid, Path(server._folder.name)
            server.stop()
            assert isinstance(call.exception(timeout=20), ProcessFailed)
        assert not folder.exists()
        assert not is_alive(process)
        assert until(lambda: not any(map(is_alive, map(int, (tmp_path / "who").read_text().split()))))
        # What waited for its turn must not start it again.
        with pytest.raises(ProcessFailed, match="stopped before it began"):
            server.call(abs, -1)


def test_a_server_that_is_busy_is_ended_all_the_same(monkeypatch):
    monkeypatch.setattr(forkserver, "_SECONDS_TO_END", 0.2)
    with ForkServer() as server, ThreadPoolExecutor(1) as executor:
        server.call(abs, -1)
        call = executor.submit(server.call, abs, -1, prepare=partial(time.sleep, 60))
        time.sleep(0.5)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 10
        assert isinstance(call.exception(timeout=20), ProcessFailed)


KILLED = """
import sys
from pathlib import Path
from portrait.build.forkserver import ForkServer
from tests.build.test_forkserver import start_and_wait

with ForkServer() as server:
    server.start()
    print(server._process.pid, server._folder.name, flush=True)
    server.call(start_and_wait, Path(sys.argv[1]), 300)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_parent_that_is_ended_takes_all_with_it(tmp_path, number):
    parent = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "who")], stdout=subprocess.PIPE, cwd=PROJECT, text=True
    )
    assert parent.stdout is not None
    server, folder = parent.stdout.readline().split()
    assert until((tmp_path / "who").exists)
    processes = [int(server), *map(int, (tmp_path / "who").read_text().split())]
    assert all(map(is_alive, processes))
    parent.send_signal(number)
    assert parent.wait(20) != 0
    parent.stdout.close()
    assert until(lambda: not any(map(is_alive, processes)))
    assert until(lambda: not Path(folder).exists())


def test_a_machine_that_cannot_watch_a_process_does_not_fork(monkeypatch):
    def missing(process: int) -> int:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "pidfd_open", missing)
    forkserver.is_safe.cache_clear()
    assert not forkserver.is_safe()
    monkeypatch.undo()
    forkserver.is_safe.cache_clear()
    assert forkserver.is_safe()
