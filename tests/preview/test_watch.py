"""Previews: what can be asked, which saves cause a rebuild, and the command itself from start to end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portrait.build import processes
from portrait.errors import WrongCall
from portrait.preview import watch
from portrait.preview.server import Board
from portrait.preview.watch import PACKAGE, Preview, Target, plan_preview
from tests.exhaustive import exhaustive
from tests.preview.project import PROJECT, save, words_of, write_project

FIRST = "annual/01-first.ipynb"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


def target_of(project: Path, chapter: str = "1") -> Target:
    return plan_preview(chapter=chapter, data=project / "rows", project=project)


# What can be asked


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"report": "anual"}, "There is no report “anual”. Did you mean “annual”?"),
        ({"report": "all"}, "Known: annual, quality, portfolio."),
        ({"language": "all"}, "There is no language “all”. Known: fr, en."),
        ({"chapter": "chnage"}, "The report “annual” has no chapter “chnage”. Did you mean “change”?"),
        ({"chapter": "99"}, "Known: 01-essentials, 02-change, "),
        ({"source": "quebek"}, "quebec"),
        ({"report": "portfolio"}, "Name one with --portfolio."),
        ({"portfolio": "Justice"}, "The report “annual” takes no --portfolio."),
    ],
)
def test_a_preview_of_something_that_does_not_exist_is_refused_with_what_exists(asked, message):
    with pytest.raises(WrongCall) as refusal:
        plan_preview(project=PROJECT, **asked)
    assert message in str(refusal.value)


def test_the_newest_year_is_previewed_unless_another_is_named(project):
    target = target_of(project)
    assert (target.task.parameters["year"], target.name) == (2025, FIRST)
    earlier = plan_preview(year=2024, data=project / "rows", project=project)
    assert (earlier.task.parameters["year"], earlier.name) == (2024, "annual")


# Which saves cause a rebuild


def test_only_files_that_the_page_depends_on_cause_a_rebuild(project):
    chapter = Preview(target_of(project), Board("fr", FIRST))
    report = Preview(target_of(project, ""), Board("fr", "annual"))
    notebooks = project / "notebooks"
    due = {
        "annual/01-first.ipynb": (True, True),
        "annual/02-second.ipynb": (False, True),
        "annual/.01-first.ipynb": (False, False),
        "annual/01-first.ipynb.tmp": (False, False),
        "quality.ipynb": (False, False),
        "README.md": (False, False),
    }
    found = {name: tuple(each.is_due([notebooks / name]) for each in (chapter, report)) for name in due}
    assert found == due
    assert chapter.is_due([project / "rows" / "quebec" / "2025.csv"])
    assert chapter.is_due([PACKAGE / "tables" / "volume.py"])


def test_deleting_every_notebook_does_not_end_the_preview(project):
    preview = Preview(target_of(project), Board("fr", FIRST))
    shutil.rmtree(project / "notebooks" / "annual")
    assert preview.is_due([project / "notebooks" / FIRST])


def test_the_reference_files_of_every_source_are_watched(project):
    file = (project / "data" / "reference" / "uk" / "source.yml").resolve()
    assert file.is_file()
    assert any(folder in file.parents for folder in target_of(project).watched)


# Rebuilds


@pytest.fixture
def previewed(project: Path) -> Iterator[tuple[Preview, Board]]:
    """A preview of the first chapter that has built its page once."""
    processes.start_server()
    board = Board("fr", FIRST)
    preview = Preview(target_of(project), board)
    preview.make()
    assert board.state["error"] == ""
    yield preview, board
    preview.stop()


@pytest.mark.slow
@pytest.mark.skipif(not processes.is_safe(), reason="pages are built in the worker itself")
def test_a_worker_that_is_killed_is_reported_and_the_next_page_has_another(project, previewed):
    preview, board = previewed
    save(project / "notebooks" / FIRST, "count", f"import os\nos.kill(os.getppid(), {signal.SIGKILL:d})")
    preview.make()
    assert "The worker process ended before the page was built and verified." in board.state["error"]
    save(project / "notebooks" / FIRST, "count", "n_rows = 8")
    preview.make()
    assert "Lignes : 8." in words_of(board.page)


@pytest.mark.slow
def test_a_preview_that_is_stopped_leaves_no_temporary_folder(project, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    processes.start_server()
    before = set(tmp_path.iterdir())
    preview = Preview(target_of(project), Board("fr", FIRST))
    preview.make()
    assert set(tmp_path.iterdir()) - before
    preview.stop()
    assert set(tmp_path.iterdir()) == before


# The whole preview


def follow(target: Target, scenario: Callable[[Callable[..., Any]], None]) -> bytes:
    """Run a preview, and a scenario in a thread, given a function that waits for a state; return the page."""
    stop, address, failures, pages = threading.Event(), [], [], []

    def until(holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        return wait_for(lambda: state_of(address[0]), holds)

    def run() -> None:
        try:
            scenario(until)
            pages.append(page_of(address[0]))
        except BaseException as failure:
            failures.append(failure)
        finally:
            stop.set()

    thread = threading.Thread(target=run)

    def begin(line: str) -> None:
        address.append(line.split()[-1])
        thread.start()

    processes.start_server()
    watch.preview(target, say=begin, stop=stop)
    thread.join()
    if failures:
        raise failures[0]
    return pages[0]


def page_of(address: str) -> bytes:
    with urllib.request.urlopen(f"{address}page", timeout=20) as answer:
        return answer.read()


def state_of(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{address}state", timeout=20) as answer:
        return json.load(answer)


def wait_for(ask: Callable[[], Any], holds: Callable[[Any], bool], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while not holds(found := ask()):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def is_built(n_made: int) -> Callable[[dict[str, Any]], bool]:
    return lambda state: state["n_made"] >= n_made and not state["is_making"]


@pytest.mark.slow
def test_saves_close_together_build_only_the_last_page(project):
    path = project / "notebooks" / FIRST
    text = path.read_text("utf-8")
    versions = [text.replace("La fin.", f"Fin {i}.") for i in range(5)]

    def scenario(until: Callable[..., Any]) -> None:
        until(is_built(1))
        for version in versions:
            path.write_text(version, "utf-8")
        until(is_built(2))
        time.sleep(0.5)
        assert until(is_built(2))["n_made"] == 2

    assert "Fin 4." in words_of(follow(target_of(project), scenario))


@pytest.mark.slow
def test_saves_during_a_build_cause_one_more_build(project):
    path, gate = project / "notebooks" / FIRST, project / "gate"
    waits = f"while not pathlib.Path({str(gate)!r}).exists():\n    time.sleep(0.02)"

    def scenario(until: Callable[..., Any]) -> None:
        until(is_built(1))
        save(path, "count", f"import pathlib, time\n{waits}\nn_rows = 3")
        until(lambda state: state["is_making"])
        for i in range(4):
            save(path, "end", f"Fin {i}.")
            time.sleep(0.1)
        time.sleep(0.5)
        gate.touch()
        until(is_built(3))
        time.sleep(0.5)
        assert until(is_built(3))["n_made"] == 3

    assert "Fin 3." in words_of(follow(target_of(project), scenario))


# The command

SCRIPT = """import sys
from portrait.cli.main import main
if __name__ == "__main__":
    sys.exit(main())
"""
"""As pip writes it; workers import it too."""


class Command:
    """`portrait preview`, run from a copy of the package that a test may save."""

    def __init__(self, project: Path, temporary: Path, *options: str) -> None:
        self.project, self.temporary = project, temporary
        script = project / "portrait.script"
        script.write_text(SCRIPT, "utf-8")
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.process = subprocess.Popen(
            [sys.executable, str(script), "preview", *options],
            env={**kept, "PYTHONPATH": str(project), "TMPDIR": str(temporary)},
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def address(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        return line.split()[-1]

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl+C, which reaches every process of the terminal; return the status and the errors."""
        os.killpg(self.process.pid, signal.SIGINT)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors

    def leftovers(self) -> list[str]:
        """Return what is left: processes of the session, temporary files."""
        left = [path.name for path in self.temporary.rglob("*")]
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(session) == self.process.pid and state != "Z":
                left.append(path.parent.name)
        return left


@pytest.fixture
def command(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Command]]:
    """Starts the command; the path of its temporary folder is short, as that of a socket must be."""
    shutil.copytree(PROJECT / "portrait", project / "portrait")
    started: list[Command] = []

    def start(*options: str) -> Command:
        given = ("--chapter", "1", "--no-browser", "--data", str(project / "rows"), *options)
        started.append(Command(project, tmp_path_factory.mktemp("t"), *given))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            os.killpg(each.process.pid, signal.SIGKILL)
            each.process.communicate()


only_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.mark.slow
@only_linux
def test_the_command_follows_the_notebook_and_the_package_and_ends_without_a_trace(command, project):
    running = command()
    address = running.address()

    def until(holds: Callable[[dict[str, Any]], bool]) -> str:
        wait_for(lambda: state_of(address), holds)
        return words_of(page_of(address))

    until(is_built(1))
    save(project / "notebooks" / FIRST, "count", "import portrait.style\nn_rows = portrait.style.N")
    until(lambda state: "AttributeError" in state["error"])

    module = project / "portrait" / "style" / "__init__.py"
    good = module.read_text("utf-8")
    module.write_text(f"{good}\nN = 11\n", "utf-8")
    assert "Lignes : 11." in until(lambda state: state["n_pages"] == 2)

    # The same size and the same second: a cached .pyc would pass for up to date.
    saved = module.stat().st_mtime_ns
    module.write_text(f"{good}\nN = 12\n", "utf-8")
    os.utime(module, ns=(saved, saved))
    assert "Lignes : 12." in until(lambda state: state["n_pages"] == 3)

    # papermill imports `run.engine`: no process that workers are forked from may have done so.
    for i, broken in enumerate((module, project / "portrait" / "run" / "engine.py")):
        text = broken.read_text("utf-8")
        broken.write_text("def broken(:\n", "utf-8")
        page = until(lambda state, name=broken.name: f"SyntaxError: invalid syntax ({name}" in state["error"])
        assert "Lignes : 12." in page
        broken.write_text(text, "utf-8")
        until(lambda state, n_pages=4 + i: state["n_pages"] == n_pages and not state["error"])

    assert running.leftovers()
    assert running.interrupt() == (0, "")
    wait_for(running.leftovers, lambda left: not left)


@pytest.mark.slow
@only_linux
@pytest.mark.parametrize("seconds", [0, 1.5, *(pytest.param(each, marks=exhaustive) for each in (0.5, 3))])
def test_ctrl_c_during_the_first_build_ends_the_command_without_a_trace(command, seconds):
    running = command()
    running.address()
    time.sleep(seconds)
    assert running.interrupt() == (0, "")
    wait_for(running.leftovers, lambda left: not left)
