"""One process at a time holds a lock; the system releases it when that process ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

from portrait.storage.locks import locked

HOLD = """
import sys, time
from pathlib import Path
from portrait.storage.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_says_once_that_it_waits_and_then_gets_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "edition.lock"
    order: list[str] = []
    waits = threading.Event()

    def second() -> None:
        with locked(path, lambda: (order.append("waits"), waits.set())):
            order.append("second")

    thread = threading.Thread(target=second)
    with locked(path, lambda: order.append("the first waits")):
        thread.start()
        assert waits.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["waits", "first", "second"]


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "edition.lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        holder.send_signal(signal.SIGKILL)
    waited: list[str] = []
    with locked(path, lambda: waited.append("waits")):
        pass
    assert waited == []


def test_folders_made_for_a_lock_are_removed_unless_something_is_in_them(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b" / "c.lock"):
        pass
    assert list(tmp_path.iterdir()) == []
    with locked(tmp_path / "a" / "b" / "c.lock"):
        (tmp_path / "a" / "file").touch()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["file"]


def test_the_lock_of_another_process_in_a_new_folder_is_left_there(tmp_path: Path) -> None:
    with locked(tmp_path / "new" / "a.lock"):
        (tmp_path / "new" / "b.lock").touch()
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"a.lock", "b.lock"}


def test_whoever_waits_for_a_lock_whose_folder_is_removed_gets_one_that_excludes_others(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "a.lock"
    waits, got, done = threading.Event(), threading.Event(), threading.Event()

    def wait() -> None:
        with locked(path, waits.set):
            got.set()
            done.wait(10)

    second, third = threading.Thread(target=wait), threading.Thread(target=wait)
    with locked(path):
        second.start()
        assert waits.wait(10)
    assert got.wait(10)
    got.clear()
    third.start()
    assert not got.wait(0.2)
    done.set()
    assert got.wait(10)
    second.join()
    third.join()
