"""Run a notebook in an IPython shell of the current process, which must be forked for that notebook.

The document or the error is the same as with a kernel. Printed text, which cannot be published, may differ,
and a cell that updates what it displayed shows each output.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode, from_dict
from traitlets.config import Config

from portrait.language.phrases.phrase import Phrase
from portrait.run.cells import Runner
from portrait.run.environment import answers_as_json, as_output


class _TooLate(BaseException):
    """Raised in a cell that times out; an ``except Exception`` in the cell does not catch it."""


class ShellRunner(Runner):
    """Runs the cells of a notebook in a shell of the current process.

    Parameters
    ----------
    manager
        papermill's manager of the run.
    timeout
        Time limit of a cell, in seconds; ``None`` for no limit.
    working_folder
        Working folder of the cells; by default the current folder.
    """

    def __init__(self, manager: Any, *, timeout: int | None, working_folder: str | None) -> None:
        self.nb, self.nb_man, self.timeout = manager.nb, _Untimed(manager), timeout
        self._working_folder = working_folder
        self._n_cells = 0

    def execute(self) -> NotebookNode:
        """Run the notebook and return it.

        Raises
        ------
        NotebookFailed
            At the first cell, condition or expression that raises or times out.
        """
        if self._working_folder:
            os.chdir(self._working_folder)
        self._shell = open_shell()
        self._shell.reset()  # a notebook that ran here leaves no name to this one
        with _captured_streams() as self._printed:
            self.run_cells()
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> None:
        """Run one code cell in the shell and keep its outputs."""
        cell.outputs = []
        if not cell.source.strip():
            return
        self._n_cells += 1
        cell.execution_count = self._n_cells
        self._shell.outputs, self._shell.n_cells = cell.outputs, self._n_cells
        with self._within_time():
            result = self._shell.run_cell(cell.source, store_history=True, cell_id=cell.id)
        for name, text in self._printed().items():
            if text:
                cell.outputs.append(_output("stream", name=name, text=text))
        failure = result.error_before_exec or result.error_in_exec
        if failure is not None:
            shown = next((each for each in reversed(cell.outputs) if each.output_type == "error"), None)
            traceback = "\n".join(shown.traceback) if shown else ""
            raise CellExecutionError(traceback, type(failure).__name__, str(failure))

    def answers(self, cell: NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
        """Evaluate expressions in the shell."""
        self._shell.outputs = []
        with self._within_time():
            answers = self._shell.user_expressions(asked)
        self._printed()
        return answers_as_json(answers)

    @contextmanager
    def _within_time(self) -> Iterator[None]:
        """Interrupt the block when the time limit of a cell expires, then every second until it ends."""
        is_late, is_over = False, False

        def stop(signal_number: int, frame: Any) -> None:
            nonlocal is_late
            if not is_over:
                is_late = True
                raise _TooLate

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, self.timeout or 0, 1)
        try:
            yield
        except _TooLate:
            pass
        finally:
            is_over = True
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        if is_late:
            raise CellTimeoutError(f"{self.timeout} seconds")


class _Untimed:
    """papermill's manager of a run, without the times of cells, which are not kept and slow to record."""

    def __init__(self, manager: Any) -> None:
        self.cell_exception = manager.cell_exception

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        pass

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        pass


class _Publisher(DisplayPublisher):
    """Adds displayed objects to the outputs of the current cell."""

    def publish(self, data: Any, metadata: Any = None, **options: Any) -> None:  # type: ignore[override]
        content = as_output({"data": data, "metadata": metadata or {}})
        self.shell.outputs.append(_output("display_data", **content))

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    """Adds the value of the current cell to its outputs."""

    shell: Any

    def flush(self) -> None:
        """Forget what the last notebook showed, without the collection of garbage that IPython adds."""
        self.shell.user_ns.get("_oh", {}).clear()
        self._ = self.__ = self.___ = ""

    def write_output_prompt(self) -> None:
        pass

    def finish_displayhook(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        content = as_output({"data": format_dict, "metadata": md_dict or {}})
        self.shell.outputs.append(_output("execute_result", execution_count=self.shell.n_cells, **content))


class _Shell(InteractiveShell):
    """Shell that adds everything displayed to the outputs of the current cell."""

    displayhook_class = _Hook
    display_pub_class = _Publisher

    outputs: list[NotebookNode]
    n_cells: int

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        shown = _output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))
        self.outputs.append(shown)

    def ask_exit(self) -> None:
        """Fail a cell that calls ``exit``, as it would fail in a kernel."""
        raise SystemExit

    def _format_user_obj(self, obj: Any) -> dict[str, Any]:
        """Show a condition or a phrase as IPython does, but without a dozen forms that neither has."""
        if isinstance(obj, bool):
            return {"status": "ok", "data": {"text/plain": repr(obj)}, "metadata": {}}
        if type(obj) is Phrase:
            return {"status": "ok", "data": obj._repr_mimebundle_(), "metadata": {}}
        shown: dict[str, Any] = super()._format_user_obj(obj)  # type: ignore[no-untyped-call]
        return shown

    def enable_gui(self, gui: Any = None) -> None:
        """Ignore requests for a graphical event loop."""


def _output(kind: str, **content: Any) -> NotebookNode:
    node: NotebookNode = from_dict({"output_type": kind, **content})
    return node


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""Temporary folder of the shell's profile, so that the user's profile is not read."""


def open_shell() -> Any:
    """Return the shell of this process, opened once in the parent so that every forked process has it."""
    if _Shell.initialized():
        return _Shell.instance()
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True))
    os.environ["IPYTHONDIR"] = _FOLDERS[0].name
    config = Config()
    config.HistoryManager.enabled = False
    shell: Any = _Shell.instance(config=config, ipython_dir=_FOLDERS[0].name)
    # As in a kernel, help is not an output of the cell.
    shell.set_hook("show_in_pager", lambda *text, **options: None, 0)
    return shell


@contextmanager
def _captured_streams() -> Iterator[Callable[[], dict[str, str]]]:
    """Capture stdout and stderr of Python, libraries and subprocesses; yield a function that reads them.

    Each call returns only the text printed since the last one.
    """
    names = {1: "stdout", 2: "stderr"}
    before = {number: os.dup(number) for number in names}
    files = {number: tempfile.TemporaryFile() for number in names}  # noqa: SIM115
    for number, file in files.items():
        os.dup2(file.fileno(), number)

    def printed() -> dict[str, str]:
        sys.stdout.flush()
        sys.stderr.flush()
        found = {}
        for number, file in files.items():
            file.seek(0)
            found[names[number]] = file.read().decode("utf-8", "replace")
            file.seek(0)
            file.truncate()
        return found

    try:
        yield printed
    finally:
        for number, saved in before.items():
            os.dup2(saved, number)
            os.close(saved)
            files[number].close()
