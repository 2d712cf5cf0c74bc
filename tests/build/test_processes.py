"""Calls in forked processes: what they return, how they may fail, and that they leave nothing behind."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import Pipe, forkserver, get_context
from pathlib import Path

import numpy as np
import pytest

from portrait.build import processes as of_calls
from portrait.build.processes import Processes, answer_calls, beside, environment, is_safe, start_server
from portrait.errors import NotebookFailed, PortraitError, ProcessFailed, ProgramFault
from tests.build.waiting import until

PROJECT = Path(__file__).parents[2]
FOUND: list[str] = []
"""What a process that forks by itself leaves to those it forks."""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not is_safe(), reason="only Linux forks safely")]


@pytest.fixture
def processes() -> Processes:
    start_server()
    return Processes()


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def n_threads(process: int) -> int:
    return len(list(Path(f"/proc/{process}/task").iterdir()))


def children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def descriptors(process: int) -> list[str]:
    found = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            found.append(each.readlink().name.partition(":")[0])
    return sorted(found)


def running(place: Path) -> list[int]:
    """Return the processes that `start_and_wait` wrote down."""
    assert until(place.exists)
    return [int(each) for each in place.read_text().split()]


# Functions to call: a process finds them by name


def who() -> tuple[int, int]:
    return os.getpid(), os.getppid()


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


def start_and_wait(place: Path, seconds: float) -> None:
    """Write down this process and one that it starts, and wait."""
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    beside = place.with_suffix(".tmp")
    beside.write_text(f"{os.getpid()} {started.pid}")
    beside.replace(place)
    time.sleep(seconds)


def remembered() -> list[str]:
    return FOUND


def drawn() -> tuple[float, float]:
    return random.random(), float(np.random.rand())


def open_descriptors() -> list[str]:
    return descriptors(os.getpid())


def blocked_signals() -> set[int]:
    return {int(each) for each in signal.pthread_sigmask(signal.SIG_BLOCK, [])}


# Results


def test_a_first_call_does_not_wait_for_the_imports_of_the_server_and_later_ones_are_forked(monkeypatch):
    start_server()
    monkeypatch.setattr(of_calls, "_SERVER", [])  # as in a command that begins
    _, parent = beside(who)
    assert parent == os.getpid()
    _, parent = beside(who)
    assert parent != os.getpid()


def test_each_call_has_a_process_of_its_own_forked_from_one_server(processes):
    first, second = processes.call(who), Processes().call(who)
    assert first[0] != second[0]
    assert first[1] == second[1] != os.getpid()


def test_the_server_has_one_thread_because_a_fork_copies_no_other(processes):
    _, server = processes.call(who)
    assert n_threads(server) == 1


def test_a_large_result_comes_whole(processes):
    content = bytes(range(256)) * 2**15
    assert processes.call(bytes, content) == content


def test_each_process_draws_other_random_numbers(processes):
    (one, two), (three, four) = processes.call(drawn), processes.call(drawn)
    assert len({one, two, three, four}) == 4


def test_a_process_has_the_environment_of_a_notebook_and_the_caller_keeps_its_own(processes):
    before = dict(os.environ)
    assert processes.call(os.getenv, "PYTHONHASHSEED") == "0"
    assert processes.call(os.getenv, "OMP_NUM_THREADS") == "1"
    assert processes.call(os.getenv, "RAYON_NUM_THREADS") == "1"
    assert dict(os.environ) == before


def test_variables_are_set_for_a_block_and_restored(monkeypatch):
    monkeypatch.setenv("SET", "before")
    monkeypatch.delenv("UNSET", raising=False)
    with suppress(KeyError), environment({"SET": "within", "UNSET": "within"}):
        assert (os.environ["SET"], os.environ["UNSET"]) == ("within", "within")
        raise KeyError
    assert (os.environ["SET"], os.getenv("UNSET")) == ("before", None)


def test_a_process_with_one_thread_may_fork_by_itself(monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "FOUND", ["a"])
    assert Processes(get_context("fork")).call(remembered) == ["a"]


def test_a_process_can_be_interrupted_though_the_server_cannot(processes):
    assert signal.SIGINT not in processes.call(blocked_signals)


def test_only_linux_forks(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not is_safe()
    monkeypatch.setattr(sys, "platform", "linux")
    assert is_safe()


# Errors of the function


def test_an_error_of_ours_comes_as_it_was_raised(processes):
    error = NotebookFailed("annual.ipynb", "open", 2, "ValueError: no", expression="x")
    with pytest.raises(NotebookFailed) as caught:
        processes.call(raise_it, error)
    assert caught.value.__dict__ == error.__dict__
    assert str(caught.value) == str(error)


def test_another_error_is_reported_with_its_place(processes):
    with pytest.raises(ProgramFault, match=r"KeyError: 'name' \(test_processes\.py, line \d+\)") as caught:
        processes.call(raise_it, KeyError("name"))
    assert "in raise_it" in caught.value.report


def test_an_error_that_cannot_be_pickled_is_reported_in_words(processes):
    with pytest.raises(ProgramFault, match="Unpicklable: It holds a lock"):
        processes.call(raise_unpicklable)


def test_a_result_that_cannot_be_pickled_is_an_error(processes):
    with pytest.raises(ProgramFault, match="pickle"):
        processes.call(threading.Lock)


# Processes that end without an answer


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            signal.SIGKILL,
            "Its process was ended by SIGKILL: by the system or by somebody. Build again. If the log",
        ),
        (signal.SIGSEGV, "Its process was ended by SIGSEGV: a crash in a library"),
        (signal.SIGTERM, "Its process was ended by SIGTERM. Build again."),
    ],
)
def test_a_process_that_is_killed_is_reported_by_its_signal_and_the_next_call_succeeds(
    processes, number, expected
):
    with pytest.raises(ProcessFailed) as caught:
        processes.call(end, number)
    assert str(caught.value).startswith(expected)
    assert processes.call(abs, -2) == 2


def test_each_process_that_exits_is_reported_by_its_own_status_however_many_run(processes):
    # A process that starts, and a thread that waits, both may read the exit status of another one.
    statuses = [number % 100 for number in range(200)]
    with ThreadPoolExecutor(8) as executor:
        calls = [executor.submit(processes.call, os._exit, status) for status in statuses]
    for status, call in zip(statuses, calls, strict=True):
        assert f"Its process ended with status {status} and no answer." in str(call.exception())


def test_a_call_beyond_its_time_is_abandoned_and_its_process_ended(processes):
    _, server = processes.call(who)
    before = children(server)
    with pytest.raises(ProcessFailed, match=r"No answer within 0\.5 seconds"):
        processes.call(time.sleep, 60, time_limit=0.5)
    assert until(lambda: children(server) == before)


def test_a_call_beyond_its_memory_fails_alone():
    small = Processes(memory_limit=2**27)
    with pytest.raises(ProcessFailed, match="Too little memory"):
        small.call(take_memory, 2**29)
    assert small.call(take_memory, 2**20) == 2**20


def test_one_call_that_is_killed_disturbs_no_other(processes):
    with ThreadPoolExecutor(4) as executor:
        calls = [
            executor.submit(processes.call, *((end, signal.SIGKILL) if n % 2 else (abs, -n)))
            for n in range(12)
        ]
    for n, each in enumerate(calls):
        if n % 2:
            assert "SIGKILL" in str(each.exception())
        else:
            assert each.result() == n


def test_what_a_process_started_ends_with_it(processes, tmp_path):
    with pytest.raises(ProcessFailed):
        processes.call(start_and_wait, tmp_path / "who", 60, time_limit=3)
    assert until(lambda: not any(map(is_alive, running(tmp_path / "who"))))


def test_a_server_that_is_killed_takes_its_processes_with_it_and_another_is_started(processes, tmp_path):
    _, server = processes.call(who)
    with ThreadPoolExecutor(1) as executor:
        call = executor.submit(processes.call, start_and_wait, tmp_path / "who", 60)
        both = running(tmp_path / "who")
        os.kill(server, signal.SIGKILL)
        assert isinstance(call.exception(timeout=20), ProcessFailed)
    assert until(lambda: not any(map(is_alive, both)))
    assert processes.call(who)[1] != server


def test_a_server_that_ends_while_it_takes_a_call_is_replaced(processes, monkeypatch):
    _, server = processes.call(who)
    read, n_read = forkserver.read_signed, []

    def end_once(descriptor):
        n_read.append(1)
        if len(n_read) == 1:
            os.kill(server, signal.SIGKILL)
            raise EOFError("unexpected EOF")
        return read(descriptor)

    monkeypatch.setattr(forkserver, "read_signed", end_once)
    assert processes.call(who)[1] != server


def test_a_server_that_ends_at_each_start_is_said_and_not_waited_for(processes, monkeypatch):
    def end(descriptor):
        raise EOFError("unexpected EOF")

    monkeypatch.setattr(forkserver, "read_signed", end)
    with pytest.raises(ProcessFailed, match="ends again and again"):
        processes.call(abs, -1)


def test_what_the_system_refuses_a_process_is_said_as_it_is_and_at_once(processes, monkeypatch):
    refusals = []

    def refuse(descriptors):
        refusals.append(OSError(24, "Too many open files"))
        raise refusals[-1]

    monkeypatch.setattr(forkserver, "connect_to_new_process", refuse)
    with pytest.raises(OSError, match="Too many open files"):
        processes.call(abs, -1)
    assert len(refusals) == 1


def test_a_folder_of_temporary_files_with_too_long_a_path_is_said_with_its_fix(tmp_path):
    folder = tmp_path / ("x" * 100)
    folder.mkdir()
    code = "from portrait.build.processes import start_server; start_server()"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = ended.stderr.splitlines()[-1]
    assert f"is too long for sockets: {folder}. Set TMPDIR to a shorter one, such as /tmp." in last


def test_stop_ends_all_that_runs_and_each_call_says_so(processes):
    _, server = processes.call(who)
    assert until(lambda: children(server) == [])
    with ThreadPoolExecutor(10) as executor:
        calls = [executor.submit(processes.call, time.sleep, 60) for _ in range(10)]
        assert until(lambda: len(children(server)) == 10)
        processes.stop()
        # Whoever ends a process must leave its exit status to the thread that waits for it.
        assert ["ended by SIGKILL" in str(call.exception(timeout=20)) for call in calls] == [True] * 10
    assert until(lambda: children(server) == [])


@pytest.mark.parametrize("answer", [b"", b"nobody reads it"], ids=["all-read", "one-unread"])
def test_a_process_whose_caller_has_closed_its_end_ends_without_a_word(answer):
    caller, connection = Pipe()
    if answer:
        connection.send_bytes(answer)  # the system tells of a reset, not of an end
    caller.close()
    answer_calls(connection, 0)


def test_what_is_stopped_starts_nothing_more(processes):
    processes.stop()
    with pytest.raises(ProcessFailed, match="stopped before it began"):
        processes.call(abs, -1)
    assert Processes().call(abs, -1) == 1


# What is left


def test_a_hundred_calls_leave_no_descriptor_no_process_and_no_file(processes, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    process, server = processes.call(who)
    assert until(lambda: process not in children(server))
    assert Path(processes.call(tempfile.mkdtemp)).is_relative_to(tmp_path)
    others = set(children(server))  # those of documents that other tests build
    gc.collect()  # what other tests left is closed now, not during the calls
    own, its = (Counter(descriptors(each)) for each in (os.getpid(), server))
    kept = []  # a build keeps the errors until it ends
    for n in range(50):  # two calls each
        assert processes.call(abs, -n) == n
        with pytest.raises(ProcessFailed) as caught:
            processes.call(leave_files_and_die)
        kept.append(caught.value)
    assert Counter(descriptors(os.getpid())) <= own
    assert until(lambda: set(children(server)) <= others and Counter(descriptors(server)) <= its)
    assert list(tmp_path.iterdir()) == []


def test_a_process_has_none_of_the_descriptors_of_other_calls(processes):
    alone = processes.call(open_descriptors)
    with ThreadPoolExecutor(4) as executor:
        others = [executor.submit(processes.call, time.sleep, 1) for _ in range(3)]
        time.sleep(0.3)
        assert processes.call(open_descriptors) == alone
        for other in others:
            other.result()


CALLER = """
import sys
from multiprocessing import get_context
from pathlib import Path
from portrait.build.processes import Processes
from tests.build.test_processes import start_and_wait

context = get_context("fork") if sys.argv[2] == "fork" else None
Processes(context).call(start_and_wait, Path(sys.argv[1]), 300)
"""


@pytest.mark.parametrize(
    ("context", "number"),
    [
        ("server", signal.SIGKILL),
        ("server", signal.SIGINT),
        ("fork", signal.SIGKILL),
    ],
)
def test_processes_end_with_their_caller_however_it_ends(tmp_path, context, number):
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, str(tmp_path / "who"), context], stderr=subprocess.DEVNULL
    )
    both = running(tmp_path / "who")
    server = Path(f"/proc/{both[0]}/stat").read_text().rpartition(")")[2].split()[1]
    ours = {*both, int(server)}
    assert all(map(is_alive, ours))
    caller.send_signal(number)
    assert caller.wait(20) != 0
    assert until(lambda: not any(map(is_alive, ours)))


INTERRUPTED = """
import os, signal, time
from portrait.build.processes import Processes, start_server

signal.signal(signal.SIGINT, lambda *_: None)
start_server()
for _ in range(20):
    time.sleep(0.02)
    os.killpg(0, signal.SIGINT)
print(Processes().call(abs, -1))
"""


def test_ctrl_c_while_the_server_imports_neither_ends_it_nor_makes_it_speak():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_a_call_does_not_import_the_main_module_again(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import os\n"
        "print('imported')\n"
        "if __name__ == '__main__':\n"
        "    from portrait.build.processes import Processes\n"
        "    print(Processes().call(os.getpid) != os.getpid())\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.split() == ["imported", "True"]
