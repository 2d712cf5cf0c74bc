"""Work of a build on this machine: where calls run, and that one failure stops no other document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portrait.build import edition, processes
from portrait.build.opened import Opened, adopt
from portrait.build.plan import plan_build
from portrait.build.pool import local_pool
from portrait.editions.opening import open_edition
from portrait.errors import DocumentsFailed, ProcessFailed, WrongCall
from tests import small
from tests.build.projects import write_notebook
from tests.build.waiting import until
from tests.small import PROJECT


def nothing() -> None:
    """Ignore that a call begins."""


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Give a temporary folder whose name leaves room for that of a socket."""
    with tempfile.TemporaryDirectory(prefix="p-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


# Functions to call: a process finds them by name


def place() -> tuple[int, int, bool]:
    return os.getpid(), threading.get_ident(), processes.is_own()


def refuse(word: object) -> None:
    raise WrongCall(str(word))


def meet(own: Path, other: Path) -> bool:
    """Wait for another call that runs at once."""
    own.touch()
    return until(other.exists)


def begin_and_wait(path: Path) -> None:
    path.write_text(str(os.getpid()))
    time.sleep(300)


def name_first_initiative(content: Path, data: Path) -> str:
    """Adopt an open edition whose files are gone."""
    adopt(content.read_bytes(), str(data), PROJECT)
    opened = open_edition("quebec", 2025, data=data, project=PROJECT)
    return str(opened.initiatives["name"].iloc[0])


# Where calls run


def test_a_call_has_a_process_of_its_own_and_is_told_so(pool):
    (one, _, apart), (other, _, _) = (pool.submit(place, begun=nothing).result() for _ in range(2))
    assert len({one, other, os.getpid()}) == 3
    assert apart


def where(pool: Any, report: str) -> int:
    process, _, _ = pool.submit(place, begun=nothing, report=report).result()
    return int(process)


def test_calls_for_one_report_share_a_process_which_ends_when_another_report_has_one():
    with local_pool(1) as one:
        first, again, other, later = (where(one, each) for each in ("annual", "annual", "other", "annual"))
        with pytest.raises(ProcessLookupError):
            os.kill(other, 0)
    assert first == again
    assert len({first, other, later}) == 3
    with pytest.raises(ProcessLookupError):
        os.kill(later, 0)


@pytest.mark.parametrize("fault", [refuse, os._exit])
def test_after_a_call_that_raises_or_dies_its_report_has_another_process(fault):
    with local_pool(1) as one:
        before = where(one, "annual")
        with pytest.raises((WrongCall, ProcessFailed)):
            one.submit(fault, 3, begun=nothing, report="annual").result()
        assert where(one, "annual") != before


def test_a_process_that_was_killed_between_two_calls_of_its_report_is_replaced():
    with local_pool(1) as one:
        before = where(one, "annual")
        os.kill(before, signal.SIGKILL)
        assert until(lambda: not Path(f"/proc/{before}").exists())
        assert where(one, "annual") != before


def test_as_many_calls_run_at_once_as_jobs_are_asked_for(pool, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    calls = [pool.submit(meet, *paths, begun=nothing) for paths in ((one, two), (two, one))]
    assert [call.result() for call in calls] == [True, True]


def test_a_call_says_when_it_begins_not_when_it_is_queued(tmp_path):
    begun: list[str] = []
    with local_pool(1) as one:
        one.submit(begin_and_wait, tmp_path / "first", begun=lambda: begun.append("first"))
        one.submit(begin_and_wait, tmp_path / "second", begun=lambda: begun.append("second"))
        assert until((tmp_path / "first").exists)
        assert begun == ["first"]


def test_an_error_of_a_call_is_that_of_its_result(pool):
    with pytest.raises(WrongCall, match="no such year"):
        pool.submit(refuse, "no such year", begun=nothing).result()


def test_where_forking_is_unsafe_calls_run_in_threads_and_open_the_edition_themselves(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "is_safe", lambda: False)
    with local_pool(2) as pool:
        pool.start()
        process, thread, apart = pool.submit(place, begun=nothing).result()
        opened = pool.keep_open(Opened("quebec", 2025, "", PROJECT), tmp_path)
    assert process == os.getpid()
    assert thread != threading.get_ident()
    assert (apart, opened) == (False, None)


def test_an_edition_kept_open_serves_processes_that_read_none_of_its_files(pool, tmp_path):
    data = small.write_year(tmp_path / "files", 2025, [small.row("Tri du courrier")])
    kept = pool.keep_open(Opened("quebec", 2025, str(data), PROJECT), tmp_path)
    (data / "quebec" / "2025.csv").unlink()
    assert pool.submit(name_first_initiative, kept, data, begun=nothing).result() == "Tri du courrier"


def test_a_pool_without_work_imports_and_starts_nothing():
    program = (
        "import sys; from portrait.build.pool import local_pool\n"
        "with local_pool(2): print(sorted(each for each in sys.modules if 'multiprocessing' in each))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_pool_that_is_closed_ends_what_runs_and_forgets_what_is_queued(tmp_path):
    began = tmp_path / "began"
    with pytest.raises(KeyboardInterrupt), local_pool(1) as pool:
        running = pool.submit(begin_and_wait, began, begun=nothing)
        queued = pool.submit(begin_and_wait, tmp_path / "never", begun=nothing)
        assert until(lambda: began.exists() and began.read_text() != "")
        raise KeyboardInterrupt
    assert isinstance(running.exception(timeout=0), ProcessFailed)
    assert queued.cancelled()
    assert not (tmp_path / "never").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(began.read_text()), 0)


# Whole documents


CELLS = {
    "Exception": "raise ValueError('no')",
    "Kill": "import os; os.kill(os.getpid(), 9)",
    "Crash": "import ctypes; ctypes.string_at(0)",
    "Exit": "import os; os._exit(0)",
    "Memory": "bytearray(2**50)",
    "Wait": "open('began', 'w').close(); import time; time.sleep(300)",
    "Bien": "1",
    "Mieux": "1",
}
"""The code that the profile of each portfolio runs."""
COMMAND = (sys.executable, "-c", "from portrait.cli.main import main; main()")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose only report runs the code of `CELLS`, and an edition with these portfolios."""
    project = tmp_path / "project"
    prose = "# Essai\n\nDe {eval}`Phrases(language).text(portfolio)`."
    write_notebook(project / "notebooks" / "portfolio.ipynb", prose, f"exec({CELLS!r}[portfolio])")
    (project / "data").symlink_to(PROJECT / "data")
    small.write_year(tmp_path / "files", 2025, [small.row(name, portfolio=name) for name in CELLS])
    return project


def command(project: Path, *portfolios: str) -> list[str]:
    """Return the arguments of a command that builds profiles, French pages alone, as the notebook is."""
    return [
        "build",
        "--draft",
        *("--report", "portfolio", "--language", "fr", "--format", "html", "--jobs", "2"),
        *("--data", str(project.parent / "files"), "--output", str(project.parent / "out")),
        *("--project", str(project)),
        *(word for name in portfolios for word in ("--portfolio", name)),
    ]


def published(project: Path) -> list[str]:
    folder = project.parent / "out" / "quebec" / "2025" / "portfolios"
    return sorted(path.name for path in folder.glob("*.html"))


@pytest.mark.slow
def test_however_a_document_dies_it_alone_fails_by_name_and_the_others_are_published(project, pool):
    asked = plan_build(
        report="portfolio",
        formats=["html"],
        language="fr",
        portfolios=[name for name in CELLS if name != "Wait"],
        data=project.parent / "files",
        output=project.parent / "out",
        draft=True,  # its cells are made to fail
        project=project,
    )
    with pytest.raises(DocumentsFailed) as caught:
        edition.build(asked, pool)
    reasons = {name.split(".")[0]: str(reason) for name, reason in caught.value.failures}
    expected = {
        "portfolios/exception": "portfolio.ipynb, cellule code-0, ligne 1 : ValueError: no.",
        "portfolios/memory": "portfolio.ipynb, cellule code-0, ligne 1 : MemoryError",
        "portfolios/kill": "Its process was ended by SIGKILL",
        "portfolios/crash": "Its process was ended by SIGSEGV",
        "portfolios/exit": "Its process ended with status 0 and no answer",
    }
    assert {name: reasons[name][: len(start)] for name, start in expected.items()} == expected
    assert len(reasons) == 5
    assert str(caught.value).startswith("5 of 7 documents failed; the others are published.\n")
    assert "portfolios/kill.fr (Kill): " in str(caught.value)
    assert published(project) == ["bien.fr.html", "mieux.fr.html"]
    failed = sorted(path.name for path in (project.parent / "out/quebec/2025.failed/portfolios").iterdir())
    assert failed == ["exception.fr.ipynb", "memory.fr.ipynb"]


@pytest.mark.slow
def test_a_module_in_the_current_folder_replaces_no_library(project):
    here = project.parent / "here"
    here.mkdir()
    (here / "seaborn.py").write_text("raise SystemExit('this is no seaborn')")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("portrait")), *command(project, "Bien")],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert published(project) == ["bien.fr.html"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_ended_ends_its_processes_and_publishes_nothing(project, number, short_folder):
    temporary = short_folder
    build = subprocess.Popen(
        [*COMMAND, *command(project, "Wait", "Bien")],
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert until(lambda: (project / "began").exists() or build.poll() is not None, 120)
    assert build.poll() is None, build.communicate()[1]
    if number == signal.SIGINT:  # a terminal sends it to every process of the command
        os.killpg(build.pid, number)
    else:
        build.kill()
    _, errors = build.communicate(timeout=60)  # no process is left that could write there
    assert build.returncode != 0
    assert "Traceback" not in errors
    assert published(project) == []
    if number == signal.SIGINT:
        assert list(temporary.iterdir()) == []
        assert not (project.parent / "out" / "quebec").exists()
