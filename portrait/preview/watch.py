"""Preview a report or one of its chapters in a browser, rebuilt at each save."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from pathlib import Path
from typing import Any

import portrait
from portrait.build import plan
from portrait.build.job import Task
from portrait.build.processes import environment, is_safe, without_main_module
from portrait.errors import PortraitError, WrongCall, refuse_unknown
from portrait.language.locales import known_languages
from portrait.language.periods import EditionId, plain
from portrait.preview.server import Board, serving
from portrait.preview.worker import Page, work
from portrait.registers.files import input_folders
from portrait.registers.languages import know_languages
from portrait.registers.project import REFERENCE, find_project
from portrait.run.chapters import NOTEBOOKS, find_chapter
from portrait.run.environment import CALM

PACKAGE = Path(portrait.__file__).parent
STEP = 30
"""Milliseconds without a change after which a save is complete."""


@dataclass(frozen=True)
class Target:
    """A document or one of its chapters to preview, checked.

    Attributes
    ----------
    task
        The document, in one language.
    chapter
        Name of the notebook to show, as `chapters.name_of` gives it; empty for the whole document.
    """

    task: Task
    chapter: str = ""

    @property
    def name(self) -> str:
        """Name of the chapter or of the report."""
        return self.chapter or self.task.report

    @property
    def watched(self) -> tuple[Path, ...]:
        """Folders that the page depends on: notebooks, the package, reference files, data."""
        source, _, data, project = self.task.edition
        own = input_folders(source, project)
        given = input_folders(source, project, project / data) if data else []
        folders = (project / NOTEBOOKS, PACKAGE, project / REFERENCE, *own, *given)
        return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))

    def has(self, path: Path) -> bool:
        """Return whether a file, existing or deleted, is a notebook of the page."""
        if path.suffix != ".ipynb" or path.name.startswith("."):
            return False
        name = path.relative_to((self.task.project / NOTEBOOKS).resolve()).as_posix()
        report = self.task.report
        return name == self.chapter if self.chapter else name.split("/")[0] in (report, f"{report}.ipynb")


def plan_preview(
    *,
    report: str = "annual",
    chapter: str = "",
    language: str = "fr",
    source: str = "quebec",
    year: EditionId | None = None,
    data: str | Path = "",
    portfolio: str = "",
    project: Path | None = None,
) -> Target:
    """Check the arguments of a preview, and fill in the defaults.

    Parameters
    ----------
    report
        One of `plan.REPORTS`.
    chapter
        Number, name or file of a chapter, as in ``2``, ``change``, ``02-change``; empty for the whole report.
    language
        ``fr`` or ``en``.
    source, year, data, project
        As `plan.plan_build` takes them.
    portfolio
        Any name that `portfolio.find` accepts; required by the report ``portfolio``, refused by the others.

    Raises
    ------
    WrongCall
        A value does not exist; the error suggests the closest.
    """
    project = find_project(project)
    know_languages(project)
    refuse_unknown("report", report, plan.REPORTS)
    refuse_unknown("language", language, known_languages())
    if portfolio and report != plan.PROFILE:
        raise WrongCall(
            f"The report “{report}” takes no --portfolio.", f"Use it with the report {plan.PROFILE}."
        )
    if report == plan.PROFILE and not portfolio:
        raise WrongCall("The report “portfolio” needs a portfolio.", "Name one with --portfolio.")
    planned = plan.plan_build(
        source=source, year=year, language=language, report=report, data=data, project=project
    )
    parameters: dict[str, Any] = {"source": planned.source, "year": plain(planned.year)}
    parameters["data"] = planned.data_from_project
    if portfolio:
        parameters["portfolio"] = portfolio
    task = Task(planned.project, report, report, language, parameters, ("html",), subject=portfolio)
    return Target(task, find_chapter(planned.project, report, chapter) if chapter else "")


class Preview:
    """Builds the page of a target in a worker process, and shows the result.

    Parameters
    ----------
    target
        What to preview.
    board
        What the browser shows.
    """

    def __init__(self, target: Target, board: Board) -> None:
        self._target, self._board = target, board
        self._worker: tuple[Any, Any, str] | None = None
        self._is_stale = False

    def is_due(self, changed: Iterable[Path]) -> bool:
        """Return whether changed files require a rebuild; all but notebooks require another worker too."""
        paths = [path.resolve() for path in changed]
        notebooks = (self._target.task.project / NOTEBOOKS).resolve()
        others = [path for path in paths if notebooks not in path.parents]
        self._is_stale |= bool(others)
        return bool(others) or any(map(self._target.has, paths))

    def make(self) -> None:
        """Build the page from the files as they are now, and show it, or the failure."""
        self._board.begin()
        start = time.perf_counter()
        try:
            for made in self._made():
                self._board.show(**made, seconds=time.perf_counter() - start)
        except Exception as error:
            failed = Page(error=str(error) or type(error).__name__)
            self._board.show(**vars(failed), seconds=time.perf_counter() - start)

    def _made(self) -> Iterator[dict[str, Any]]:
        """Ask the worker for the page; yield the attributes of each `Page` that it answers."""
        if self._is_stale:
            self._is_stale = False
            self.stop()
        _, connection, _ = self._worker = self._worker or self._start()
        try:
            connection.send("page")
            is_whole = False
            while not is_whole:
                made: dict[str, Any] = connection.recv()
                is_whole = made.get("is_whole", True)
                yield made
        except (EOFError, OSError):
            self.stop()
            raise PortraitError(
                "The worker process ended before the page was built and verified.",
                "Save a file to try again; the terminal may say why, or memory is short.",
            ) from None

    def _start(self) -> tuple[Any, Any, str]:
        """Start a worker, which imports the package as it is now."""
        context: Any = get_context("forkserver" if is_safe() else "spawn")
        connection, theirs = context.Pipe()
        folder = tempfile.mkdtemp(prefix="portrait-")
        with environment(CALM), without_main_module():
            process = context.Process(target=work, args=(theirs, folder))
            process.start()
        theirs.close()
        with suppress(OSError):  # a worker that already ended: reading its answer will fail
            connection.send((self._target.task, self._target.chapter))
        return process, connection, folder

    def stop(self) -> None:
        """End the worker, even one that is building; the next page starts another."""
        worker, self._worker = self._worker, None
        if worker is not None:
            process, _, folder = worker
            process.kill()
            process.join()
            shutil.rmtree(folder, ignore_errors=True)


class _Rebuilder:
    """Thread that builds the page; changes during a build cause one more build, however many they are."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._asked, self._is_over = threading.Event(), False
        self._thread = threading.Thread(target=self._work, name="preview", daemon=True)

    def __enter__(self) -> _Rebuilder:
        self._thread.start()
        self.ask()
        return self

    def __exit__(self, *failure: object) -> None:
        self._is_over = True
        self.ask()
        while self._thread.is_alive():  # it may be starting a worker
            self._preview.stop()
            self._thread.join(0.05)
        self._preview.stop()

    def ask(self) -> None:
        """Request a build, which starts when the current one is done."""
        self._asked.set()

    def _work(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._is_over:
                return
            self._preview.make()


def _start_server() -> None:
    """Start the process that workers are forked from; it imports the libraries, but not the package.

    It and its workers ignore Ctrl+C, which a terminal sends to them too: the preview ends them.
    """
    if not is_safe():
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with environment(CALM):
            forkserver.set_forkserver_preload(["portrait.build.libraries"])
            forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, handler)


def preview(
    target: Target,
    *,
    port: int = 0,
    open_page: Callable[[str], object] | None = None,
    say: Callable[[str], object] = print,
    stop: threading.Event | None = None,
) -> None:
    """Show a target in a browser and rebuild it at each save, until Ctrl+C; call it in the main thread.

    Parameters
    ----------
    port
        Local port; by default a free one.
    open_page
        Function that opens the address in a browser, if wanted.
    say
        Function that prints a line.
    stop
        Event that ends the preview from another thread.

    Raises
    ------
    WrongCall
        The port is in use.
    """
    import watchfiles

    board = Board(target.task.language, target.name)
    building = Preview(target, board)
    with serving(board, port) as address, suppress(KeyboardInterrupt):
        _start_server()
        say(f"Preview of {target.name}, rebuilt at each save (Ctrl+C stops it): {address}")
        with _Rebuilder(building) as rebuilder:
            if open_page:
                open_page(address)
            for changes in watchfiles.watch(
                *target.watched, step=STEP, stop_event=stop, raise_interrupt=True, rust_timeout=500
            ):
                if building.is_due(Path(path) for _, path in changes):
                    rebuilder.ask()
