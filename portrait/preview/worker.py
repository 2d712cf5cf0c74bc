"""Worker process of a preview: builds pages with the version of the package that it imported.

It opens the edition once and keeps the executed chapters in memory, so that a save only runs the chapter
that changed. Where forking is safe, each page is built in a process forked for it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from portrait.build.job import Task

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Page:
    """Result of a build, as plain values: its reader may have imported another version of this class.

    Attributes
    ----------
    page
        HTML of the page, as `portrait build` writes it; empty after a failure.
    error, traceback
        The failure, if any.
    remarks
        Defects that `portrait build` refuses and a preview only reports, those of the verifier among them.
    left_out
        Cells that a condition leaves out, with the value that decides; none where a kernel ran them.
    places
        Opening of each line of prose that ran, in letters and digits alone, and its notebook and cell.
    is_whole
        Whether nothing follows: a page is shown before it is verified, and the remarks of the verifier come
        with a second answer that has no page.
    """

    page: bytes = b""
    error: str = ""
    traceback: str = ""
    remarks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    is_whole: bool = True


def work(connection: Connection, folder: str) -> None:
    """Build a page for each request, until the other end closes.

    Parameters
    ----------
    connection
        Brings the task and the chapter's name (empty for the whole document), then any value for each page,
        which is sent back as the attributes of a `Page`, and again once it is verified.
    folder
        Folder for temporary files, deleted when this process ends (by its parent if it is killed).
    """
    # Python trusts a .pyc file whose source has the same size and second: not enough for two quick saves.
    sys.dont_write_bytecode = True
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    try:
        with suppress(EOFError, OSError):
            _answer(connection)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answer(connection: Connection) -> None:
    try:
        builder, broken = _Builder(*connection.recv()), Page()
    except EOFError:
        raise
    except Exception as error:  # the package as it was saved cannot be imported
        builder, broken = None, _failed(error)
    while True:
        connection.recv()
        for page in builder.pages() if builder else [broken]:
            connection.send(vars(page))


def _failed(error: Exception) -> Page:
    return Page(error=f"{type(error).__name__}: {error}", traceback=traceback.format_exc())


class _Builder:
    def __init__(self, task: Task, chapter: str) -> None:
        from portrait.build.processes import Processes, is_safe

        self._task, self._chapter, self._tables = task, chapter, Path()
        self._executed: dict[str, Executed] = {}
        self._processes = Processes(get_context("fork")) if is_safe() else None
        if self._processes:
            import portrait.build.preloaded  # noqa: F401 -- imports everything that pages need

    def pages(self) -> Iterator[Page]:
        """Build the page from the notebooks as they are now, with what a build would refuse in them.

        A page comes twice: as soon as it can be shown, then verified.
        """
        page, register = self._page()
        page.remarks = [*self._findings(), *page.remarks]
        yield page
        if not page.is_whole:
            yield self._verified(page, register)

    def _findings(self) -> list[str]:
        from portrait.errors import PortraitError
        from portrait.proofread.gate import findings
        from portrait.proofread.problems import told
        from portrait.run.chapters import name_of, notebooks_of

        try:
            notebooks = notebooks_of(self._task.project, self._task.report)
            shown = [path for path in notebooks if self._chapter in ("", name_of(path))]
            return told(findings(shown), self._task.language)
        except (PortraitError, OSError):  # a notebook that is gone: the page says so
            return []

    def _page(self) -> tuple[Page, bytes]:
        """Return the page, and its register of claims if it has any."""
        try:
            if self._tables == Path():
                self._tables = self._open()
            made, register, self._executed = self._call(render, self._task, self._chapter, self._executed)
        except Exception as error:
            return self._explained(error), b""
        return Page(**made), register

    def _verified(self, page: Page, register: bytes) -> Page:
        from portrait.preview.verification import disagreements

        try:
            found = self._call(disagreements, self._task, self._tables, register, page.page)
        except Exception as error:
            return replace(self._explained(error), remarks=page.remarks, left_out=page.left_out)
        return replace(page, page=b"", remarks=[*page.remarks, *found], is_whole=True)

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return self._processes.call(function, *arguments) if self._processes else function(*arguments)

    def _explained(self, error: Exception) -> Page:
        from portrait.errors import PortraitError, ProgramFault

        if isinstance(error, ProgramFault):
            return Page(error=str(error), traceback=error.report)
        if isinstance(error, PortraitError):
            return Page(error=error.in_language(self._task.language))
        return _failed(error)

    def _open(self) -> Path:
        """Open the edition for all pages, and replace the portfolio by its full name in the data.

        Returns the folder of its tables.
        """
        from portrait.build.opened import Opened, adopt, content_of
        from portrait.facts import portfolio
        from portrait.preview.verification import lay_tables

        opened = Opened(*self._task.edition)
        if self._processes is not None:
            adopt(content_of(opened), opened.data, opened.project)
        if self._task.subject:
            name = portfolio.find(opened.edition, self._task.subject)
            parameters = {**self._task.parameters, "portfolio": name}
            self._task = replace(self._task, subject=name, parameters=parameters)
        return lay_tables(opened)


class Executed(NamedTuple):
    """A notebook that ran: its source text, what it gave, and its cells that a condition left out."""

    text: str
    notebook: bytes
    left_out: list[str]


def render(
    task: Task, chapter: str, executed: Mapping[str, Executed]
) -> tuple[dict[str, Any], bytes, dict[str, Executed]]:
    """Run the notebooks that changed; return the attributes of a `Page`, its register, all that has run.

    Parameters
    ----------
    executed
        Notebooks that have run, by name.
    """
    from portrait.build.job import Failed, run_notebook
    from portrait.errors import NotebookFailed
    from portrait.language.locales import choose
    from portrait.run.chapters import name_of

    made, now = Page(), dict(executed)
    shown = [path for path in task.notebooks if chapter in ("", name_of(path))]
    if not shown:
        made.error = choose(
            task.language,
            "Le carnet {chapter} n’existe plus.",
            "There is no notebook {chapter} any more.",
            chapter=chapter,
        )
        return vars(made), b"", now
    for path in shown:
        name, text = name_of(path), path.read_text("utf-8")
        if name in now and now[name].text == text:
            continue
        outcome = run_notebook(task, name, None)
        if isinstance(outcome, Failed):
            made.error = outcome.reason.in_language(task.language)
            if isinstance(outcome.reason, NotebookFailed):
                made.traceback = _traceback_of(outcome.reason, outcome.notebooks)
            return vars(made), b"", now
        now[name] = Executed(text, outcome.notebook, _left_out(text))
    ran = [now[name_of(path)] for path in shown]
    made.left_out = [line for each in ran for line in each.left_out]
    made.places = [each for path, one in zip(shown, ran, strict=True) for each in _places(task, path, one)]
    register = _publish(task, chapter, [each.notebook for each in ran], made)
    return vars(made), register, now


def _left_out(text: str) -> list[str]:
    """Return `Page.left_out` of the notebook that ran last in this process."""
    import nbformat

    from portrait.build.processes import is_own
    from portrait.lab.verdicts import unmet_conditions
    from portrait.run.shell import open_shell

    if not is_own():
        return []
    cells = [
        {"id": each.id, "type": each.cell_type, "source": each.source, "tags": each.metadata.get("tags", [])}
        for each in nbformat.reads(text, as_version=4).cells
    ]
    return unmet_conditions(cells, open_shell().user_ns)


def _places(task: Task, path: Path, executed: Executed) -> Iterator[tuple[str, str]]:
    """Yield `Page.places` of a notebook."""
    import nbformat

    from portrait.language.locales import choose
    from portrait.run.chapters import name_of

    said = choose(
        task.language, "{name}, cellule {cell}", "{name}, cell {cell}", name=name_of(path), cell="{}"
    )
    for cell in nbformat.reads(executed.notebook.decode(), as_version=4).cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            letters = "".join(filter(str.isalnum, line.casefold())).lstrip("0123456789")
            if letters:
                yield letters[:60], said.format(cell.id)


def _publish(task: Task, chapter: str, notebooks: list[bytes], made: Page) -> bytes:
    """Add the page of executed notebooks, or why there is none; return its register of claims."""
    import nbformat

    from portrait.build.job import index_from, json_text
    from portrait.document.assembly import assembled
    from portrait.document.model import document_of
    from portrait.document.numbering import unmentioned, unmentioned_error
    from portrait.document.register import register_of
    from portrait.errors import PortraitError
    from portrait.publish.html import render_html

    read = [nbformat.reads(content.decode(), as_version=4) for content in notebooks]
    try:
        notebook = assembled(task.report, read) if len(read) > 1 else read[0]
        document = document_of(notebook)
    except PortraitError as error:
        made.error = error.in_language(task.language)
        return b""
    if not chapter:  # another chapter may refer to a table of this one
        made.remarks += [
            unmentioned_error(document, each).in_language(task.language) for each in unmentioned(document)
        ]
    made.page, made.is_whole = render_html(document, index=index_from(document)).encode(), False
    return json_text(register_of(notebook, document)).encode()


def _traceback_of(failure: Any, notebooks: Mapping[str, bytes]) -> str:
    """Return Python's traceback of a cell that failed; empty for prose, whose message is enough."""
    import nbformat

    failed = nbformat.reads(notebooks[failure.notebook].decode(), as_version=4)
    outputs = next(cell for cell in failed.cells if cell.id == failure.cell).get("outputs", [])
    lines = [line for output in outputs if output.output_type == "error" for line in output.traceback]
    return _COLOUR.sub("", "\n".join(lines))
