"""Many documents at once: one that fails, dies or is too slow stops no other, and each is named."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from portrait.build import edition, pool, staging
from portrait.build.job import Failed, Made, Task
from portrait.build.plan import Plan, plan_build
from portrait.build.pool import Silent, local_pool, make_all
from portrait.errors import DocumentsFailed, NotebookFailed, PortraitError
from tests import small
from tests.benchmarks import endurance
from tests.build.benches import Bench

PROJECT = Path(__file__).parents[2]
DEATHS = {
    "Exception": "raise ValueError('no')",
    "Kill": "import os; os.kill(os.getpid(), 9)",
    "Crash": "import ctypes; ctypes.string_at(0)",
    "Exit": "import os; os._exit(0)",
    "Memory": "bytearray(2**50)",
    "Bien": "1",
    "Mieux": "1",
}
"""What the profile of a portfolio does, by the name of the portfolio."""


def write_notebook(project: Path) -> None:
    """Write a notebook of profiles whose second cell does what its portfolio is named for."""
    opening = (
        "from portrait.facts import front_matter\nfrom portrait.editions.opening import open_edition\n"
        "from portrait.language.phrases import Phrases\nedition = open_edition(source, year, data=data)\n"
        'front_matter.document(edition, language, "portfolio", portfolio=portfolio)'
    )
    cells = [
        nbformat.v4.new_code_cell(
            'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""\nportfolio = ""',
            id="parameters",
            metadata={"tags": ["parameters"]},
        ),
        nbformat.v4.new_code_cell(opening, id="open"),
        nbformat.v4.new_code_cell(f"exec({DEATHS!r}[portfolio])", id="do"),
        nbformat.v4.new_markdown_cell("# Essai\n\nDe {eval}`Phrases(language).text(portfolio)`.", id="said"),
    ]
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    (project / "notebooks").mkdir(parents=True)
    nbformat.write(notebook, project / "notebooks" / "portfolio.ipynb")
    (project / "data").symlink_to(PROJECT / "data")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_notebook(tmp_path / "project")
    small.write_year(tmp_path / "files", 2025, [small.row(name, portfolio=name) for name in DEATHS])
    return tmp_path / "project"


def plan(project: Path, **asked: Any) -> Plan:
    return plan_build(
        **{"report": "portfolio", "formats": ["html"], "language": "fr", **asked},
        data=project.parent / "files",
        output=project.parent / "out",
        project=project,
    )


def test_however_a_document_dies_it_alone_fails_by_name_and_the_others_are_published(project, pool):
    with pytest.raises(DocumentsFailed) as caught:
        edition.build(plan(project), pool)
    told = {name.partition(" ")[0].removeprefix("portfolios/"): each for name, each in caught.value.failures}
    assert set(told) == {"exception.fr", "kill.fr", "crash.fr", "exit.fr", "memory.fr"}
    assert isinstance(told["exception.fr"], NotebookFailed)
    assert str(told["exception.fr"]).startswith("portfolio.ipynb, cell do, line 1: ValueError: no.")
    assert "cell do, line 1: MemoryError" in str(told["memory.fr"])
    assert "SIGKILL" in str(told["kill.fr"])
    assert "SIGSEGV" in str(told["crash.fr"])
    assert "status 0 and no answer" in str(told["exit.fr"])
    assert str(caught.value).startswith("5 of 7 documents failed; the others are published.\n")
    assert "portfolios/kill.fr (Kill): " in str(caught.value)
    pages = sorted(path.name for path in (project.parent / "out/quebec/2025/portfolios").glob("*.html"))
    assert pages == ["bien.fr.html", "mieux.fr.html"]
    failed = sorted(path.name for path in (project.parent / "out/quebec/2025.failed/portfolios").iterdir())
    assert failed == ["exception.fr.ipynb", "memory.fr.ipynb"]


def command(project: Path, *arguments: str) -> list[str]:
    return [
        *(sys.executable, "-c", "from portrait.cli import main; main()"),
        *("build", "--report", "portfolio", "--language", "fr", "--format", "html", "--jobs", "2"),
        *("--data", str(project.parent / "files"), "--output", str(project.parent / "out")),
        *("--project", str(project), *arguments),
    ]


def test_the_command_ends_with_a_status_and_a_sentence_a_failure(project):
    done = subprocess.run(
        command(project, "--portfolio", "Kill", "--portfolio", "Bien"),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    assert "1 of 2 documents failed; the others are published." in done.stderr
    assert "portfolios/kill.fr (Kill): Its process was ended by SIGKILL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_module_that_lies_where_the_command_is_called_takes_the_place_of_no_library(project):
    (project.parent / "here").mkdir()
    (project.parent / "here" / "seaborn.py").write_text("raise SystemExit('this is no seaborn')")
    script = Path(sys.executable).with_name("portrait")
    done = subprocess.run(
        [str(script), *command(project, "--portfolio", "Bien")[3:]],
        cwd=project.parent / "here",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_batch_that_is_interrupted_ends_at_once_and_leaves_nothing(project):
    path = project / "notebooks" / "portfolio.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = f"open({str(project)!r} + '/began', 'w').close(); import time; time.sleep(300)"
    nbformat.write(notebook, path)
    temporary = project.parent / "temporary"
    temporary.mkdir()
    running = subprocess.Popen(
        command(project), env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 120
    while not (project / "began").exists() and time.monotonic() < end:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, told = running.communicate(timeout=60)
    assert time.monotonic() - began < 30
    assert running.returncode != 0
    assert "Traceback" not in told
    assert list(temporary.iterdir()) == []
    assert not (project.parent / "out" / "quebec").exists()


@pytest.mark.parametrize("failing", ["french", "english"])
def test_a_language_whose_sibling_fails_is_published_and_its_page_points_to_no_other(project, pool, failing):
    path = project / "notebooks" / "portfolio.ipynb"
    notebook = nbformat.read(path, as_version=4)
    language, other = ("fr", "en") if failing == "french" else ("en", "fr")
    asked = {"language": "all", "portfolios": ["Bien"], "formats": ["html", "pdf"]}
    folder = edition.build(plan(project, **asked), pool).folder / "portfolios"
    assert f'href="bien.{language}.html"' in (folder / f"bien.{other}.html").read_text("utf-8")
    # A cell of one language more: that language alone is made again, and dies; the other is kept.
    for_one = nbformat.v4.new_code_cell("1 / 0", id="dies", metadata={"tags": [language]})
    notebook.cells.append(for_one)
    nbformat.write(notebook, path)
    with pytest.raises(DocumentsFailed, match="1 of 1 documents failed; nothing was published"):
        edition.build(plan(project, **asked), pool)
    assert sorted(each.name for each in folder.glob("*.html")) == ["bien.en.html", "bien.fr.html"]
    # Both are made again, and one dies.
    with pytest.raises(DocumentsFailed, match="1 of 2 documents failed; the others are published") as caught:
        edition.build(plan(project, **asked), pool, force=True)
    assert [name for name, _ in caught.value.failures] == [f"portfolios/bien.{language} (Bien)"]
    assert [each.name for each in folder.glob("*.html")] == [f"bien.{other}.html"]
    assert f"bien.{language}.html" not in (folder / f"bien.{other}.html").read_text("utf-8")
    assert (folder / f"bien.{other}.pdf").exists()
    manifest = json.loads((folder.parent / "manifest.json").read_text("utf-8"))
    for name, checksum in manifest["documents"].items():
        assert hashlib.sha256((folder.parent / name).read_bytes()).hexdigest() == checksum, name
    # It stands as it was made, until the other one is well.
    again = edition.build(plan(project, **(asked | {"language": other})), pool)
    assert again.made == ()
    notebook.cells.pop()
    nbformat.write(notebook, path)
    assert len(edition.build(plan(project, **asked), pool).made) == 2
    assert f'href="bien.{language}.html"' in (folder / f"bien.{other}.html").read_text("utf-8")


def test_twenty_documents_of_which_eight_are_killed_leave_the_others_right_and_nothing_else(tmp_path):
    ledger = endurance.endure(n_documents=20, n_kills=8, jobs=2, seed=20, project=tmp_path / "project")
    assert endurance.wrong(ledger) == []
    assert len(ledger.kills) >= 4
    assert len(ledger.made) + len(ledger.failed) == 20


# Without a process: what is told, and what is kept


def tasks_of(*names: str) -> list[Task]:
    parameters = {"source": "quebec", "year": 2025, "data": ""}
    return [Task(PROJECT, "annual", name, "fr", parameters, ("html",)) for name in names]


def test_the_files_of_a_batch_are_laid_as_they_come_and_held_no_longer(tmp_path):
    [made, failed] = make_all(
        tasks_of("one", "two"), failing_bench("two.fr", PortraitError("No.")), Silent(), tmp_path
    )
    assert isinstance(failed, Failed)
    assert isinstance(made, Made)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "one.claims.fr.json", "one.fr.html", "one.fr.ipynb"
    ]  # fmt: skip
    assert made.files["one.fr.html"] == b"one.fr.html None"
    (tmp_path / "one.fr.html").write_bytes(b"read from there")
    assert made.files["one.fr.html"] == b"read from there"
    with pytest.raises(KeyError):
        made.files["two.fr.html"]


def failing_bench(name: str, error: PortraitError) -> Bench:
    bench = Bench()
    bench.to_fail[name] = error
    return bench


def test_a_process_that_cannot_be_begun_fails_its_document_alone():
    class NoRoom:
        def call(self, *arguments: Any, **options: Any) -> None:
            raise OSError(28, "No space left on device")

    failed = pool.make_apart(tasks_of("one")[0], NoRoom())  # type: ignore[arg-type]
    assert isinstance(failed, Failed)
    assert "No space left on device" in str(failed.reason)


def test_what_waits_for_its_turn_is_given_up_where_the_disk_is_full(tmp_path, monkeypatch):
    begun: list[str] = []

    class Slow(Bench):
        def submit(self, task: Task, watcher: Any) -> Any:
            return executor.submit(lambda: (begun.append(task.name), time.sleep(0.05)) and Made({}, {}))

    def full(files: Any, folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pool, "lay", full)
    with ThreadPoolExecutor(1) as executor, pytest.raises(OSError, match="No space"):
        make_all(tasks_of(*map(str, range(50))), Slow(), Silent(), tmp_path)
    assert len(begun) < 10


def test_what_no_failure_of_ours_foresees_fails_its_document_alone_where_nothing_is_forked(monkeypatch):
    def break_down(task: Task) -> Made:
        raise AssertionError("a figure without a title")

    monkeypatch.setattr(pool, "make_document", break_down)
    failed = pool.make_apart(tasks_of("one")[0], None)
    assert isinstance(failed, Failed)
    assert str(failed.reason).startswith("AssertionError: a figure without a title (test_pool.py, line ")


def test_a_pool_that_is_left_by_a_failure_forgets_what_waits(tmp_path):
    begun = []
    with pytest.raises(KeyboardInterrupt), local_pool(1) as pool:
        for number in range(50):
            pool._executor.submit(lambda n=number: (begun.append(n), time.sleep(0.05)))
        raise KeyboardInterrupt
    assert len(begun) < 10


@pytest.mark.parametrize("met", [OSError(28, "No space left on device"), PermissionError(13, "No", "/out")])
def test_a_disk_that_is_full_or_not_ours_fails_its_edition_in_a_sentence_and_no_other(
    tmp_path, monkeypatch, met
):
    data = small.tiny_edition(tmp_path / "data")
    plans = [
        plan_build(year=year, data=data, output=tmp_path / "out", formats=["html"], project=PROJECT)
        for year in (2024, 2025)
    ]
    real = staging.publish

    def publish(staged: Path, folder: Path) -> None:
        if folder.name == "2024":
            raise met
        real(staged, folder)

    monkeypatch.setattr(edition, "publish", publish)
    built, [failure] = edition.build_all(plans, Bench(), Silent())
    assert [each.folder.name for each in built] == ["2025"]
    where = "/out" if met.filename else str(tmp_path / "out/quebec/2024")
    assert str(failure) == f"{where}: {met.strerror}. Nothing of quebec 2024 was published."
    assert sorted(path.name for path in (tmp_path / "out/quebec").iterdir()) == ["2025"]
