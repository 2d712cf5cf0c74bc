"""Make the page of a preview, in a process that has imported one version of the package.

The process keeps the edition open and the chapters that have run, so that a saved sentence costs one chapter.
Each page has a process of its own where forking is safe.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portrait.build.job import Task

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Page:
    """What came of one attempt, as plain values: the process that reads it may have another version.

    Attributes
    ----------
    page
        The page as a build would write it; empty where it failed.
    error, traceback
        Why it failed.
    remarks
        What a build would refuse, and a preview shows.
    """

    page: bytes = b""
    error: str = ""
    traceback: str = ""
    remarks: list[str] = field(default_factory=list)


def work(connection: Connection, task: Task, chapter: str) -> None:
    """Make a page for each request, until the other end is closed.

    Parameters
    ----------
    connection
        Brings the data folder's state, another value when a file of the edition changed; takes a `Page` as a
        dictionary.
    task
        The document.
    chapter
        Name of the notebook to show; empty for the whole document.
    """
    try:
        maker = _Maker(task, chapter)
    except Exception as error:  # the package as it was saved cannot be imported
        maker = None
        broken = Page(error=f"{type(error).__name__}: {error}", traceback=traceback.format_exc())
    while True:
        try:
            state = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(vars(maker.page(state) if maker else broken))


class _Maker:
    def __init__(self, task: Task, chapter: str) -> None:
        from portrait.build.preload import import_everything
        from portrait.build.processes import Processes, is_safe

        self._task, self._chapter, self._state = task, chapter, None
        self._executed: dict[str, tuple[str, bytes]] = {}
        self._processes = Processes(get_context("fork")) if is_safe() else None
        if self._processes:
            import_everything()

    def page(self, state: Any) -> Page:
        """Return the page as everything now is."""
        from portrait.errors import PortraitError

        try:
            if state != self._state:
                self._state = None
                self._executed.clear()
                self._open()
                self._state = state
            arguments = (self._task, self._chapter, self._executed)
            if self._processes is None:
                made, self._executed = render(*arguments, apart=False)
            else:
                made, self._executed = self._processes.call(_render_apart, *arguments)
        except PortraitError as error:
            return Page(error=str(error))
        except Exception as error:
            return Page(error=f"{type(error).__name__}: {error}", traceback=traceback.format_exc())
        return Page(**made)

    def _open(self) -> None:
        """Open the edition for all pages, and call the portfolio by the name that its rows bear."""
        from dataclasses import replace

        from portrait.build.opened import Opened, adopt
        from portrait.facts import portfolio

        if self._processes is None and not self._task.subject:
            return
        opened = Opened(*self._task.edition)
        if self._processes is not None:
            adopt(opened.content(), opened.data, opened.project)
        if self._task.subject:
            name = portfolio.find(opened.edition, self._task.subject)
            parameters = {**self._task.parameters, "portfolio": name}
            self._task = replace(self._task, subject=name, parameters=parameters)


def _render_apart(*arguments: Any) -> Any:
    return render(*arguments, apart=True)


def render(
    task: Task, chapter: str, executed: Mapping[str, tuple[str, bytes]], *, apart: bool
) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    """Run the notebooks that changed, and return the page as a dictionary and every executed notebook.

    Parameters
    ----------
    executed
        Notebooks that have run, by name: the text that was run, and what came of it.
    """
    from portrait.build.job import Failed, run_notebook
    from portrait.errors import NotebookFailed
    from portrait.run.chapters import name_of

    made, now = Page(), dict(executed)
    wanted = [path for path in task.notebooks if chapter in ("", name_of(path))]
    for path in wanted:
        name, text = name_of(path), path.read_text("utf-8")
        if now.get(name, ("", b""))[0] == text:
            continue
        outcome = run_notebook(task, name, None, apart=apart)
        if isinstance(outcome, Failed):
            made.error = str(outcome.reason)
            if isinstance(outcome.reason, NotebookFailed):
                made.traceback = _traceback_of(outcome.reason, outcome.notebooks)
            return vars(made), now
        now[name] = text, outcome.notebook
    _publish(task, chapter, [now[name_of(path)][1] for path in wanted], made)
    return vars(made), now


def _publish(task: Task, chapter: str, notebooks: list[bytes], made: Page) -> None:
    import nbformat

    from portrait.document.assembly import assembled
    from portrait.document.model import document_of
    from portrait.document.numbering import unmentioned, unmentioned_error
    from portrait.errors import PortraitError
    from portrait.publish.html import render_html

    read = [nbformat.reads(content.decode(), as_version=4) for content in notebooks]
    try:
        document = document_of(assembled(task.report, read) if len(read) > 1 else read[0])
    except PortraitError as error:
        made.error = str(error)
        return
    if not chapter:  # a sentence of another chapter may refer to a table of this one
        made.remarks += [str(unmentioned_error(document, each)) for each in unmentioned(document)]
    made.page = render_html(document).encode()


def _traceback_of(failure: Any, notebooks: Mapping[str, bytes]) -> str:
    """Return Python's traceback of a cell that failed; empty for prose, of which the sentence says all."""
    import nbformat

    failed = nbformat.reads(notebooks[failure.notebook].decode(), as_version=4)
    outputs = next(cell for cell in failed.cells if cell.id == failure.cell).get("outputs", [])
    lines = [line for output in outputs if output.output_type == "error" for line in output.traceback]
    return _COLOUR.sub("", "\n".join(lines))
