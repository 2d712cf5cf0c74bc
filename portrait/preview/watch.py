"""Preview one chapter of a notebook: run what it needs, give its page, and do both again at each save."""

from __future__ import annotations

import json
import multiprocessing
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portrait.build import forkserver, plan
from portrait.build.edition import seen_from
from portrait.build.forkserver import ForkServer
from portrait.build.job import CELL_TIME_LIMIT
from portrait.errors import NotebookFailed, PortraitError, WrongCall, did_you_mean
from portrait.language.locales import LANGUAGES
from portrait.preview import cutting, reload
from portrait.preview.cutting import Chapter
from portrait.preview.server import Board, serving
from portrait.registers.files import input_folders
from portrait.registers.project import REFERENCE
from portrait.run.engine import execute_notebook, read_notebook
from portrait.storage.atomic import write_whole

_COLOUR = re.compile(r"\x1b\[[\d;]*m")

STEP = 30
"""Milliseconds without another change after which a save is taken as done."""


@dataclass(frozen=True)
class Wanted:
    """What to preview, checked.

    Attributes
    ----------
    project
        Folder in which the notebook runs; it stands in its `notebooks/`.
    report
        Name of the notebook, without its ending.
    chapter
        One chapter by its number, its heading or the id of a cell; empty for the whole notebook.
    language
        ``fr`` or ``en``.
    parameters
        Those of the notebook, without the language.
    """

    project: Path
    report: str
    chapter: str
    language: str
    parameters: Mapping[str, Any] = field(hash=False)

    @property
    def notebook(self) -> Path:
        """The notebook."""
        return self.project / "notebooks" / f"{self.report}.ipynb"

    @property
    def edition(self) -> tuple[str, int, str, Path]:
        """What opens the edition: the arguments of `making.open_for_all`."""
        return self.parameters["source"], self.parameters["year"], self.parameters["data"], self.project

    @property
    def watched(self) -> tuple[Path, ...]:
        """What the preview depends on: its notebook's folder, the program, the reference files, the data."""
        source, _, data, _ = self.edition
        own = input_folders(source, self.project)
        given = input_folders(source, self.project, self.project / data) if data else []
        # Those of every source: the annual report compares registers.
        folders = (self.notebook.parent, reload.PACKAGE, self.project / REFERENCE, *own, *given)
        return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


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
        One of `planning.REPORTS`.
    chapter
        As `cutting.find_chapter` takes it; empty for the whole notebook.
    language
        ``fr`` or ``en``.
    source, year, data, project
        As `planning.plan` takes them.
    portfolio
        The one to profile, by a name that `profiles.find` knows; only for the report ``portfolio``.

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
    parameters["data"] = seen_from(planned.project, planned.data)
    if report == plan.PROFILE:
        parameters["portfolio"] = portfolio
    asked_for = Wanted(planned.project, report, chapter, language, parameters)
    if chapter:
        cutting.find_chapter(read_notebook(asked_for.notebook), asked_for.notebook.name, chapter)
    return asked_for


# One page, in a process of its own


@dataclass
class _Page:
    """What became of one attempt, as plain values: the program that reads it may be older than this one.

    Attributes
    ----------
    page
        The page as a build would give it; nothing where it failed.
    error, traceback
        Why it failed.
    remarks
        What a build would refuse, and a preview shows.
    of
        What it shows, in a few words.
    """

    page: bytes = b""
    error: str = ""
    traceback: str = ""
    remarks: list[str] = field(default_factory=list)
    of: str = ""


def render(asked: Wanted, *, in_this_process: bool = True) -> dict[str, Any]:
    """Run what a preview needs and return its page, or why there is none, as plain values.

    Parameters
    ----------
    in_this_process
        Whether the cells run in this very process: only where it was forked for this page.
    """
    made = _Page()
    with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
        try:
            _make(asked, Path(folder), made, in_this_process=in_this_process)
        except NotebookFailed as failure:
            made.error = str(failure)
            made.traceback = _traceback_of(failure, Path(folder))
        except PortraitError as error:
            made.error = str(error)
        except Exception as error:
            made.error = f"{type(error).__name__}: {error}"
    return vars(made)


def _make(asked: Wanted, folder: Path, made: _Page, *, in_this_process: bool) -> None:
    from portrait.document.model import document_of
    from portrait.document.numbering import WHOLE, unmentioned, unmentioned_error
    from portrait.publish.html import render_html

    notebook = read_notebook(asked.notebook)
    chapter = _chapter(asked, notebook)
    made.of = chapter.called_in(asked.language) if chapter else ""
    part = folder / "part" / asked.notebook.name
    part.parent.mkdir()
    write_whole(part, json.dumps(cutting.cut(notebook, asked.language, chapter)))
    executed = execute_notebook(
        part,
        {**_parameters(asked), "language": asked.language},
        output=folder / "run" / asked.notebook.name,
        failed=folder / asked.notebook.name,
        working_folder=asked.project,
        timeout=CELL_TIME_LIMIT,
        in_this_process=in_this_process,
    )
    document = document_of(executed, cutting.around(notebook, chapter) if chapter else WHOLE)
    # A sentence of another chapter may be the one that refers to a table of this one.
    elsewhere = cutting.mentioned(notebook, asked.language) if chapter else set()
    lone = [identifier for identifier in unmentioned(document) if identifier not in elsewhere]
    made.remarks += [str(unmentioned_error(document, identifier)) for identifier in lone]
    made.page = render_html(document).encode()


def _chapter(asked: Wanted, notebook: Any) -> Chapter | None:
    if not asked.chapter:
        return None
    return cutting.find_chapter(notebook, asked.notebook.name, asked.chapter)


def _parameters(asked: Wanted) -> Mapping[str, Any]:
    """Return the parameters of the notebook, the portfolio by the name that its rows bear."""
    if "portfolio" not in asked.parameters:
        return asked.parameters
    from portrait.editions.opening import open_edition
    from portrait.facts import portfolio

    source, year, data, project = asked.edition
    edition = open_edition(source, year, data=project / data if data else "", project=project)
    return {**asked.parameters, "portfolio": portfolio.find(edition, asked.parameters["portfolio"])}


def _traceback_of(failure: NotebookFailed, folder: Path) -> str:
    """Return what Python said of a cell that failed; empty for prose, of which the sentence says all."""
    failed = read_notebook(folder / failure.notebook)
    outputs = next(cell for cell in failed.cells if cell.id == failure.cell).get("outputs", [])
    told = [line for output in outputs if output.output_type == "error" for line in output.traceback]
    return _COLOUR.sub("", "\n".join(told))


# Again and again


class Preview:
    """Makes the page of what is wanted as often as asked, and puts what becomes of it on a board.

    Parameters
    ----------
    asked
        What to preview.
    board
        What the browser is told.
    server
        What forks a process a page; none where forking is not safe: each page then has a process that
        imports everything, and a kernel.
    """

    def __init__(self, asked: Wanted, board: Board, server: ForkServer | None) -> None:
        self._asked, self._board, self._server = asked, board, server
        self._version, self._needs_new_process = 0, False

    def take_note(self, changed: Iterable[Path]) -> bool:
        """Take note of files that changed, and tell whether the page is to be made again."""
        paths = set(changed)
        of_the_program = {path for path in paths if reload.is_of_the_program(path)}
        self._version += bool(of_the_program)
        self._needs_new_process |= reload.asks_for_a_new_process(of_the_program)
        notebooks = self._asked.notebook.parent.resolve()
        return bool({path for path in paths if notebooks not in path.parents}) or (
            self._asked.notebook.resolve() in paths
        )

    def make(self) -> None:
        """Make the page as everything now stands, and show it, or why there is none."""
        self._board.begin()
        start = time.perf_counter()
        try:
            made = _Page(**self._made())
        except Exception as error:  # whatever the program does while it is being written
            made = _Page(error=str(error) or type(error).__name__)
        self._board.end(
            page=made.page,
            error=made.error,
            traceback=made.traceback,
            remarks=made.remarks,
            of=made.of,
            seconds=time.perf_counter() - start,
        )

    def _made(self) -> dict[str, Any]:
        if self._server is None:
            return _made_apart(self._asked)
        if self._needs_new_process:
            self._needs_new_process = False
            self._server.renew()
        made: dict[str, Any] = reload.call_anew(
            self._server,
            "portrait.preview.watch:render",
            self._asked,
            version=self._version,
            edition=self._asked.edition,
        )
        return made


def _made_apart(asked: Wanted) -> dict[str, Any]:
    """Make a page in a process that imports everything, and runs the cells in a kernel."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_render_with_kernel, asked).result()


def _render_with_kernel(asked: Wanted) -> dict[str, Any]:
    return render(asked, in_this_process=False)


class _Maker:
    """Makes the page in a thread of its own; changes that come meanwhile give one page more, not many."""

    def __init__(self, preview: Preview, server: ForkServer | None) -> None:
        self._preview, self._server = preview, server
        self._asked, self._is_over = threading.Event(), False
        self._thread = threading.Thread(target=self._work, name="preview")

    def __enter__(self) -> _Maker:
        self._thread.start()
        self.ask()
        return self

    def __exit__(self, *failure: object) -> None:
        self._is_over = True
        self.ask()
        # The page that is being made will not be seen.
        while self._thread.is_alive():
            if self._server:
                self._server.stop()
            self._thread.join(0.1)

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


@contextmanager
def fork_server() -> Iterator[ForkServer | None]:
    """Give what forks a process a page; nothing where forking is not safe."""
    if not forkserver.is_safe():
        yield None
        return
    with ForkServer() as server:
        server.start()
        yield server


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

    board = Board(asked.language, asked.notebook.name)
    with fork_server() as server, serving(board, port) as address:
        say(f"{address} shows {asked.notebook.name}, and again at each save. Ctrl+C ends it.")
        making = Preview(asked, board, server)
        with suppress(KeyboardInterrupt), _Maker(making, server) as maker:
            if open_page:
                open_page(address)
            for changes in watchfiles.watch(
                *asked.watched, step=STEP, stop_event=stop, raise_interrupt=True, rust_timeout=500
            ):
                if making.take_note(Path(path) for _, path in changes):
                    maker.ask()
