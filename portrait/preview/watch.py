"""Preview a report or one of its chapters: its page in a browser, made again at each save."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import portrait
from portrait.build import plan
from portrait.build.job import Task
from portrait.errors import ProcessFailed, WrongCall, did_you_mean
from portrait.language.locales import LANGUAGES
from portrait.preview.server import Board, serving
from portrait.preview.worker import Page, work
from portrait.registers.files import input_folders, states
from portrait.registers.project import REFERENCE
from portrait.run.chapters import NOTEBOOKS, name_of, notebooks_of

PACKAGE = Path(portrait.__file__).parent
STEP = 30
"""Milliseconds without another change after which a save is complete."""
_STOP_SECONDS = 5.0


@dataclass(frozen=True)
class Wanted:
    """What to preview, checked.

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
        """What is shown, as a person calls it."""
        return self.chapter or self.task.report

    @property
    def data_folders(self) -> tuple[Path, ...]:
        """Folders of the files that the edition is read from."""
        source, _, data, project = self.task.edition
        own = input_folders(source, project)
        given = input_folders(source, project, project / data) if data else []
        return tuple(folder.resolve() for folder in (project / REFERENCE, *own, *given) if folder.is_dir())

    @property
    def watched(self) -> tuple[Path, ...]:
        """What the preview depends on: notebooks, the package, reference files, the data."""
        folders = (self.task.project / NOTEBOOKS, PACKAGE, *self.data_folders)
        return tuple(dict.fromkeys(folder.resolve() for folder in folders))

    def data_state(self) -> dict[Path, Any]:
        """Return another value when a file that the edition is read from has changed."""
        return states(path for folder in self.data_folders for path in sorted(folder.rglob("*")))


def wanted(
    *,
    report: str = "annual",
    chapter: str = "",
    language: str = "fr",
    source: str = "quebec",
    year: int | None = None,
    data: str | Path = "",
    portfolio: str = "",
    project: Path | None = None,
) -> Wanted:
    """Check what is asked, and fill in what is not.

    Parameters
    ----------
    report
        One of `plan.REPORTS`.
    chapter
        A chapter by its number, its name or its file, as in ``2``, ``change``, ``02-change``; empty for all.
    language
        ``fr`` or ``en``.
    source, year, data, project
        As `plan.plan_build` takes them.
    portfolio
        The one to profile, by a name that `portfolio.find` knows; only for the report ``portfolio``.

    Raises
    ------
    WrongCall
        Something that does not exist, with the nearest that does.
    """
    for what, asked, known in (("notebook", report, plan.REPORTS), ("language", language, LANGUAGES)):
        if asked not in known:
            raise WrongCall(
                f"There is no {what} “{asked}” to preview.",
                f"{did_you_mean(asked, known)}Known: {', '.join(known)}.",
            )
    if portfolio and report != plan.PROFILE:
        raise WrongCall(
            f"--portfolio says nothing of the notebook “{report}”.", f"It goes with {plan.PROFILE}."
        )
    if report == plan.PROFILE and not portfolio:
        raise WrongCall("There is a profile for each portfolio.", "Name one with --portfolio.")
    planned = plan.plan_build(
        source=source, year=year, language=language, report=report, data=data, project=project
    )
    parameters: dict[str, Any] = {"source": planned.source, "year": planned.year}
    parameters["data"] = planned.data_from_project
    if portfolio:
        parameters["portfolio"] = portfolio
    task = Task(planned.project, report, report, language, parameters, ("html",), None, portfolio)
    return Wanted(task, find_chapter(planned.project, report, chapter) if chapter else "")


def find_chapter(project: Path, report: str, asked: str) -> str:
    """Return the name of the chapter that a person calls by its number, its name or its file.

    Raises
    ------
    WrongCall
        There is none, with the nearest name.
    """
    names = {path.stem: name_of(path) for path in notebooks_of(project, report)}
    for stem, name in names.items():
        number, _, title = stem.partition("-")
        if asked.lower().removesuffix(".ipynb") in (stem, title, number, number.lstrip("0")):
            return name
    titles = [stem.partition("-")[2] or stem for stem in names]
    raise WrongCall(
        f"The report “{report}” has no chapter “{asked}”.",
        f"{did_you_mean(asked, titles)}Known: {', '.join(names)}.",
    )


class Preview:
    """Makes the page of what is wanted as often as asked, and shows what comes of it.

    Parameters
    ----------
    asked
        What to preview.
    board
        What the browser shows.
    """

    def __init__(self, asked: Wanted, board: Board) -> None:
        self._asked, self._board = asked, board
        self._process: Any = None
        self._connection: Any = None
        self._is_stale = False

    def is_due(self, changed: Iterable[Path]) -> bool:
        """Tell whether changed files call for a new page; a new process makes it if the package changed."""
        paths = {path.resolve() for path in changed}
        self._is_stale |= any(PACKAGE in path.parents for path in paths)
        notebooks = (self._asked.task.project / NOTEBOOKS).resolve()
        shown = {path.resolve() for path in notebooks_of(self._asked.task.project, self._asked.task.report)}
        if self._asked.chapter:
            shown = {path for path in shown if name_of(path) == self._asked.chapter}
        return any(notebooks not in path.parents or path in shown for path in paths)

    def make(self) -> None:
        """Make the page as everything now is, and show it, or why there is none."""
        self._board.begin()
        start = time.perf_counter()
        try:
            made = Page(**self._made())
        except Exception as error:  # whatever the package does while it is being written
            made = Page(error=str(error) or type(error).__name__)
        self._board.end(
            page=made.page,
            error=made.error,
            traceback=made.traceback,
            remarks=made.remarks,
            seconds=time.perf_counter() - start,
        )

    def _made(self) -> dict[str, Any]:
        if self._is_stale:
            self._is_stale = False
            self.stop()
        if self._process is None or not self._process.is_alive():
            self._start()
        try:
            self._connection.send(self._asked.data_state())
            made: dict[str, Any] = self._connection.recv()
        except (EOFError, OSError):
            self.stop()
            raise ProcessFailed("the process that makes the page ended") from None
        return made

    def _start(self) -> None:
        """Start a process that imports the package as it is now, forked from one that has the libraries."""
        from multiprocessing import forkserver

        from portrait.build.processes import environment, is_safe
        from portrait.run.environment import CALM

        context: Any = get_context("forkserver" if is_safe() else "spawn")
        self._connection, theirs = context.Pipe()
        with environment(CALM):
            if is_safe():
                forkserver.set_forkserver_preload(["__main__", "portrait.build.libraries"])
            self._process = context.Process(target=work, args=(theirs, self._asked.task, self._asked.chapter))
            self._process.start()
        theirs.close()

    def stop(self) -> None:
        """End the process that makes pages, whatever it does; the next page starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join(_STOP_SECONDS)


class _Maker:
    """Makes the page in a thread; changes that come meanwhile give one more page, not many."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._asked, self._is_over = threading.Event(), False
        self._thread = threading.Thread(target=self._work, name="preview", daemon=True)

    def __enter__(self) -> _Maker:
        self._thread.start()
        self.ask()
        return self

    def __exit__(self, *failure: object) -> None:
        self._is_over = True
        self.ask()
        self._preview.stop()
        self._thread.join(_STOP_SECONDS)

    def ask(self) -> None:
        """Have the page made once more, as soon as the one that is being made is done."""
        self._asked.set()

    def _work(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._is_over:
                return
            self._preview.make()


def preview(
    asked: Wanted,
    *,
    port: int = 0,
    open_page: Callable[[str], object] | None = None,
    say: Callable[[str], object] = print,
    stop: threading.Event | None = None,
) -> None:
    """Show what is wanted in a browser, and again at each save, until the keyboard interrupts.

    Parameters
    ----------
    port
        Where on this machine it is served; by default a port that is free.
    open_page
        What opens the address in a browser, if anything.
    say
        What prints a line for the person.
    stop
        What ends the preview from another thread.

    Raises
    ------
    WrongCall
        The port is taken.
    """
    import watchfiles

    board = Board(asked.task.language, asked.name)
    making = Preview(asked, board)
    with serving(board, port) as address:
        say(f"{address} shows {asked.name}, and again at each save. Ctrl+C ends it.")
        with suppress(KeyboardInterrupt), _Maker(making) as maker:
            if open_page:
                open_page(address)
            for changes in watchfiles.watch(
                *asked.watched, step=STEP, stop_event=stop, raise_interrupt=True, rust_timeout=500
            ):
                if making.is_due(Path(path) for _, path in changes):
                    maker.ask()
