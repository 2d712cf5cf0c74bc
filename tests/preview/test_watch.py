"""The preview of a chapter: its page, made again at each save; its failures; nothing left at its end."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest
from portrait.build.forkserver import ForkServer
from portrait.preview.cutting import chapters

from portrait.build import forkserver
from portrait.build.job import Made, Task, make_document
from portrait.errors import WrongCall
from portrait.preview import reload, watch
from portrait.preview.server import Board, serving
from portrait.preview.watch import Preview, Wanted
from tests import small

PROJECT = Path(__file__).parents[2]
ANNUAL = nbformat.read(PROJECT / "notebooks" / "annual.ipynb", 4)
LANGUAGES = ("fr", "en")

only_where_forking_is_safe = pytest.mark.skipif(
    not forkserver.is_safe(), reason="no safe fork on this system"
)


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer | None]:
    with watch.fork_server() as server:
        yield server


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.tiny_edition(tmp_path_factory.mktemp("tiny"))


def copy_of_the_project(folder: Path) -> Path:
    """A project whose notebooks a test may save."""
    for name in ("notebooks", "data/reference", "data/sample"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


def previewed(server: ForkServer | None, **asked: Any) -> tuple[Preview, Board, Wanted]:
    asked_for = watch.wanted(**asked)
    board = Board(asked_for.language, asked_for.notebook.name)
    return Preview(asked_for, board, server), board, asked_for


def save(path: Path, cell_id: str, change: Callable[[str], str]) -> None:
    """Save a notebook with one cell changed."""
    notebook = nbformat.read(path, 4)
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    changed = change(cell.source)
    assert changed != cell.source
    cell.source = changed
    nbformat.write(notebook, path)


def words_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.decode().partition("<main")[2]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_of_the_annual_report_is_previewed_without_remark(server, data, language):
    def board_of(title: str) -> Board:
        asked = {"chapter": title, "language": language, "data": data, "year": 2025, "project": PROJECT}
        preview, board, _ = previewed(server, **asked)
        preview.make()
        return board

    titles = [chapter.titles[language] for chapter in chapters(ANNUAL)]
    with ThreadPoolExecutor(2) as threads:
        boards = dict(zip(titles, threads.map(board_of, titles), strict=True))
    for title, board in boards.items():
        assert (board.state["error"], board.state["remarks"]) == ("", []), title
        assert title in words_of(board.page)


def test_a_chapter_bears_its_number_and_names_what_stands_elsewhere(server, data):
    preview, board, _ = previewed(server, chapter="1", data=data, year=2025, project=PROJECT)
    preview.make()
    assert "Le tableau\u00a0tab-headline-claims donne" in board.page.decode()
    preview, board, _ = previewed(server, chapter="Croissance", data=data, year=2025, project=PROJECT)
    preview.make()
    assert '<span class="number">5</span> Croissance</h2>' in board.page.decode()


def test_the_page_of_a_whole_notebook_is_the_one_that_a_build_writes(server, data):
    preview, board, asked = previewed(server, report="quality", data=data, year=2025, project=PROJECT)
    preview.make()
    task = Task(PROJECT, "quality", "quality", "fr", asked.parameters, ("html",))
    made = make_document(task)
    assert isinstance(made, Made)
    assert board.page == made.files["quality.fr.html"]


def test_a_portfolio_is_previewed_by_any_of_its_names(server, data):
    preview, board, _ = previewed(
        server, report="portfolio", portfolio="justice", data=data, year=2025, project=PROJECT
    )
    preview.make()
    assert board.state["error"] == ""
    assert b"Justice" in board.page


def test_a_save_gives_a_new_page_and_a_failure_leaves_the_last_good_one(server, data, tmp_path):
    project = copy_of_the_project(tmp_path)
    preview, board, asked = previewed(server, chapter="Maturité", data=data, year=2025, project=project)
    preview.make()
    first = board.page

    save(asked.notebook, "maturity-table-fr", lambda text: text + "\n\nUne phrase nouvelle.")
    assert preview.take_note([asked.notebook.resolve()])
    preview.make()
    assert "Une phrase nouvelle." in words_of(board.page)
    good = board.page
    assert good != first

    save(asked.notebook, "maturity-by", lambda text: text + "\nmaturity_by_portfolio.no_such_column")
    preview.make()
    assert "annual.ipynb, cell maturity-by, line 4: AttributeError" in board.state["error"]
    assert "no_such_column" in board.state["traceback"]
    assert "\x1b" not in board.state["traceback"]
    assert board.page == good

    save(asked.notebook, "maturity-by", lambda text: text.rpartition("\n")[0])
    save(asked.notebook, "maturity-table-fr", lambda text: text + " {eval}`p.number(nothing_of_that_name)`")
    preview.make()
    assert "cell maturity-table-fr, line 3: {eval}`p.number(nothing_of_that_name)`" in board.state["error"]

    save(asked.notebook, "maturity-table-fr", lambda text: text.partition("\n\nUne phrase")[0])
    preview.make()
    assert board.state["error"] == ""
    assert board.page == first


def test_a_figure_to_which_no_sentence_refers_is_shown_with_a_remark(server, data, tmp_path):
    project = copy_of_the_project(tmp_path)
    preview, board, asked = previewed(server, chapter="Volume", data=data, year=2025, project=project)
    save(asked.notebook, "volume-drawn-fr", lambda text: "Rien n’est dit de la figure.")
    preview.make()
    assert board.state["error"] == ""
    (remark,) = board.state["remarks"]
    assert "fig-volume" in remark


def test_a_reference_to_nothing_is_a_failure(server, data, tmp_path):
    project = copy_of_the_project(tmp_path)
    preview, board, asked = previewed(server, chapter="Volume", data=data, year=2025, project=project)
    save(asked.notebook, "volume-drawn-fr", lambda text: text + " Voir [](#tab-volum).")
    preview.make()
    assert "#tab-volum, which is not in the document" in board.state["error"]


def test_a_notebook_that_is_half_saved_is_told_of(server, data, tmp_path):
    project = copy_of_the_project(tmp_path)
    preview, board, asked = previewed(server, chapter="Volume", data=data, year=2025, project=project)
    asked.notebook.write_text(asked.notebook.read_text("utf-8")[:1000], "utf-8")
    preview.make()
    assert "annual.ipynb is not a notebook" in board.state["error"]


def test_only_files_that_the_page_depends_on_have_it_made_again(data):
    preview, _, asked = previewed(None, chapter="Volume", data=data, year=2025, project=PROJECT)
    notebooks = asked.notebook.parent.resolve()
    assert not preview.take_note([notebooks / "quality.ipynb", notebooks / ".annual.ipynb.tmp"])
    assert preview.take_note([notebooks / "annual.ipynb"])
    assert preview.take_note([reload.PACKAGE / "figures" / "volume.py"])
    assert preview.take_note([PROJECT / "data" / "reference" / "quebec" / "source.yml"])


def test_where_nothing_is_forked_the_page_is_the_same(server, data):
    asked = {"report": "quality", "chapter": "2", "data": data, "year": 2025, "project": PROJECT}
    preview, board, _ = previewed(server, **asked)
    preview.make()
    apart, board_apart, _ = previewed(None, **asked)
    apart.make()
    assert board_apart.state["error"] == ""
    assert board_apart.page == board.page


def test_the_reference_files_of_every_source_are_watched_for_registers_are_compared(data):
    _, _, asked = previewed(None, chapter="Volume", data=data, year=2025, project=PROJECT)
    file = PROJECT / "data" / "reference" / "us-federal" / "source.yml"
    assert [folder for folder in asked.watched if folder in file.parents]


@pytest.mark.parametrize(
    ("asked", "named", "suggested"),
    [
        ({"report": "anual"}, "anual", "annual"),
        ({"report": "all"}, "all", "annual, quality, portfolio"),
        ({"language": "all"}, "all", "fr, en"),
        ({"chapter": "99"}, "99", "5 Croissance / Growth"),
        ({"source": "quebek"}, "quebek", "quebec"),
        ({"report": "portfolio"}, "portfolio", "--portfolio"),
        ({"portfolio": "Justice"}, "annual", "portfolio"),
    ],
)
def test_a_preview_of_what_does_not_exist_is_refused_before_anything_runs(asked, named, suggested):
    with pytest.raises(WrongCall) as refusal:
        watch.wanted(project=PROJECT, **asked)
    assert named in str(refusal.value)
    assert suggested in str(refusal.value)


@pytest.fixture
def apart(data: Path) -> Iterator[tuple[ForkServer, Preview, Board]]:
    """A preview that has made its page, with a server of its own."""
    with ForkServer() as own:
        preview, board, _ = previewed(
            own, report="quality", chapter="2", data=data, year=2025, project=PROJECT
        )
        preview.make()
        yield own, preview, board


@only_where_forking_is_safe
def test_a_file_that_importing_anew_leaves_as_it_is_has_a_new_process_make_the_page(apart):
    """It ended the server for good: no page was made any more until the command was called again."""
    own, preview, board = apart
    first, page = own._process.pid, board.page
    assert preview.take_note([reload.PACKAGE / "style" / "typefaces.py"])
    for _ in range(2):
        preview.make()
        assert (board.state["error"], board.page) == ("", page)
    assert own._process.pid != first
    own.stop()
    preview.make()
    assert "stopped" in board.state["error"]


@only_where_forking_is_safe
def test_a_program_imported_anew_opens_a_shell_of_its_own(apart):
    """The shell that stands open in the process is of the program before: it would run as it did."""
    own, preview, board = apart
    process, page = own._process.pid, board.page
    assert preview.take_note([reload.PACKAGE / "run" / "cells.py"])
    preview.make()
    assert (board.state["error"], board.page) == ("", page)
    assert own._process.pid == process


def test_what_stays_when_the_program_is_imported_anew_imports_nothing_that_goes():
    for name in reload.LASTING:
        text = (PROJECT.joinpath(*name.split("."))).with_suffix(".py").read_text("utf-8")
        imported = set(re.findall(r"^from (portrait[\w.]*) import", text, re.MULTILINE))
        assert imported <= {*reload.LASTING, "portrait.build.preload"}, name


# Served


def ask(address: str, path: str, host: str = "") -> tuple[int, Any, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", path, headers={"Host": host or parts.netloc})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


class Listener:
    """Hears what the browser would be told."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
        self._connection.request("GET", "/news")
        self._answer = self._connection.getresponse()

    def until(self, holds: Callable[[dict[str, Any]], bool], seconds: float = 120) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while line := self._answer.readline():
            assert time.monotonic() < deadline, "nothing of the kind was told"
            if line.startswith(b"data: ") and holds(state := json.loads(line[6:])):
                return state
        raise AssertionError("the preview let go")


def test_the_frame_and_the_page_are_served_to_this_machine_alone():
    board = Board("fr", "annual.ipynb")
    with serving(board) as address:
        assert ask(address, "/page")[0] == 404
        board.end(page=b"<p>page</p>", error="")
        status, headers, frame = ask(address, "/")
        assert status == 200
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "Aperçu" in frame.decode()
        assert ask(address, "/page?1")[2] == b"<p>page</p>"
        assert ask(address, "/../pyproject.toml")[0] == 404
        assert ask(address, "/page", host="elsewhere.example")[0] == 403


def test_a_taken_port_is_refused_in_a_sentence():
    with serving(Board("fr", "a")) as address:
        taken = serving(Board("fr", "b"), urlsplit(address).port or 0)
        with pytest.raises(WrongCall, match="--port"):
            taken.__enter__()


@pytest.fixture
def running(tmp_path, data) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """The command itself, run from a copy of the program that a test may save."""
    project = copy_of_the_project(tmp_path / "project")
    shutil.copytree(PROJECT / "portrait", project / "portrait")
    words = ["preview", "annual", "--chapter", "4", "--no-browser", "--data", str(data), "--year", "2025"]
    process = subprocess.Popen(
        [sys.executable, "-c", "from portrait.cli import main; main()", *words, "--project", str(project)],
        env={**os.environ, "PYTHONPATH": str(project)},
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process, project
    process.kill()
    process.wait()


def descendants(process: int) -> set[int]:
    """The processes that a process started, and those that these started."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


@only_where_forking_is_safe
def test_the_command_follows_saves_of_the_notebook_and_of_the_program_and_ends_without_a_trace(running):
    process, project = running
    assert process.stdout is not None
    address = process.stdout.readline().split()[0]
    listener = Listener(address)
    state = listener.until(lambda state: not state["is_making"] and state["n_made"] >= 1)
    assert (state["error"], state["of"]) == ("", "4 Volume")

    save(project / "notebooks" / "annual.ipynb", "volume-drawn-fr", lambda text: text + " Une phrase.")
    listener.until(lambda state: state["n_pages"] == 2)
    assert "Une phrase." in words_of(ask(address, "/page")[2])

    module = project / "portrait" / "tables" / "volume.py"
    good = module.read_text("utf-8")
    module.write_text(good.replace("Total", "Somme").replace("Initiatives", "Dossiers"), "utf-8")
    assert module.read_text("utf-8") != good
    listener.until(lambda state: state["n_pages"] == 3)
    assert "Dossiers" in words_of(ask(address, "/page")[2])

    module.write_text("def volume(:\n", "utf-8")
    state = listener.until(lambda state: bool(state["error"]) and not state["is_making"])
    assert "portrait/tables/volume.py, line 1: SyntaxError" in state["error"]
    module.write_text(good, "utf-8")
    listener.until(lambda state: state["n_pages"] == 4 and not state["is_making"])
    assert "Dossiers" not in words_of(ask(address, "/page")[2])

    started = descendants(process.pid)
    assert started
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    deadline = time.monotonic() + 10
    while alive := {each for each in started if Path(f"/proc/{each}").exists()}:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)
