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
