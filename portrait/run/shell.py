"""Run a notebook in this very process, in a shell of IPython: only in a process forked for it alone.

What a kernel would give is given here, to the byte: the same shell runs the cells, and its answers take
the same way through JSON. Nothing of the user's is read: no profile, no startup file, no history.
"""

from __future__ import annotations

import builtins
import getpass
import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOBase
from pathlib import Path
from types import FrameType
from typing import Any

from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode, from_dict
from traitlets.config import Config

from portrait.run.cells import Runner
from portrait.run.environment import answers_as_json, as_json, as_output

_LINE_THAT_IS_WRITTEN_OVER = re.compile(r".*\r(?=[^\n])")


class _TooLate(BaseException):
    """Raised in a cell that takes too long: no ``except Exception`` of it may go on."""


class ShellRunner(Runner):
    """Runs the cells of a notebook in a shell of this process.

    Parameters
    ----------
    manager
        papermill's manager of the run.
    timeout
        Seconds that a cell may take; ``None`` for as long as it likes.
    working_folder
        Where the cells run; by default where the process is.
    """

    def __init__(self, manager: Any, *, timeout: int | None, working_folder: str | None) -> None:
        self.nb, self.nb_man, self.timeout = manager.nb, _Untimed(manager), timeout
        self._working_folder = working_folder
        self._outputs = _Outputs()

    def execute(self) -> NotebookNode:
        """Run the notebook, and return it executed.

        Raises
        ------
        NotebookFailed
            At the first cell, condition or expression that raises or takes too long.
        """
        if self._working_folder:
            os.chdir(self._working_folder)
        with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
            self._shell = open_shell(Path(folder))
            self._shell.begin(self._outputs, Path(folder))
            with _Captured(self._outputs) as self._captured:
                self.run_cells()
        self.nb.metadata["language_info"] = from_dict(as_json(IPythonKernel.language_info))
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> None:
        """Run one code cell in the shell and keep its outputs."""
        cell.outputs = []
        self._outputs.begin(cell.outputs)
        if not cell.source.strip():
            return
        self._outputs.n_cells += 1
        cell.execution_count = self._outputs.n_cells
        with self._within_time():
            result = self._shell.run_cell(cell.source, store_history=True, cell_id=cell.id)
        _settle(cell.outputs)
        failure = result.error_before_exec or result.error_in_exec
        if failure is not None:
            told = next((each for each in reversed(cell.outputs) if each.output_type == "error"), None)
            traceback = "\n".join(told.traceback) if told else ""
            raise CellExecutionError(traceback, type(failure).__name__, str(failure))

    def answers(self, cell: NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
        """Evaluate expressions in the shell."""
        self._outputs.begin([])
        with self._within_time():
            return answers_as_json(self._shell.user_expressions(asked))

    @contextmanager
    def _within_time(self) -> Iterator[None]:
        """Stop what runs inside after the time that a cell may take, and tell what it wrote past Python.

        The alarm raises in the code that runs, and again each second, should that code swallow it; the cell
        is late all the same.
        """
        is_late, is_over = False, False

        def stop(signal_number: int, frame: FrameType | None) -> None:
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
            self._captured.take()
        if is_late:
            raise CellTimeoutError(f"{self.timeout} seconds")


class _Untimed:
    """papermill's manager of a run, without the times of cells: none is kept, and noting them takes time."""

    def __init__(self, manager: Any) -> None:
        self.cell_exception = manager.cell_exception

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        pass

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        pass


class _Outputs:
    """The outputs of the cell that runs, and those of earlier cells that a later one may still change."""

    def __init__(self) -> None:
        self._ours: list[NotebookNode] = []
        self._by_display: dict[str, list[NotebookNode]] = {}
        self._is_to_be_cleared = False
        self.n_cells = 0
        """Cells that were run until now, that which runs among them."""
        self.take: Callable[[], None] = lambda: None
        """Adds what was written past Python until now."""

    def begin(self, outputs: list[NotebookNode]) -> None:
        """Add to these outputs from now on."""
        self._ours, self._is_to_be_cleared = outputs, False

    def add(self, output: NotebookNode, display: str | None = None) -> None:
        """Add an output, one that bears the name of a display in place of what bore it before."""
        self.take()
        self._clear_if_asked()
        if display is not None:
            self.change(display, output.data, output.metadata)
            self._by_display.setdefault(display, []).append(output)
        self._ours.append(output)

    def change(self, display: str, data: Any, metadata: Any) -> None:
        """Show something else in each place that bears the name of a display."""
        for output in self._by_display.get(display, ()):
            output.data, output.metadata = data, metadata

    def write(self, stream: str, text: str) -> None:
        """Add to what a stream holds: one output a stream and a cell."""
        if not text:
            return
        self._clear_if_asked()
        for output in self._ours:
            if output.output_type == "stream" and output.name == stream:
                output.text += text
                return
        self._ours.append(_output("stream", name=stream, text=text))

    def clear(self, *, wait: bool) -> None:
        """Forget the outputs of the cell, now or when the next one comes."""
        self.take()
        self._is_to_be_cleared = wait
        if not wait:
            self._ours.clear()

    def _clear_if_asked(self) -> None:
        if self._is_to_be_cleared:
            self.clear(wait=False)


def _settle(outputs: list[NotebookNode]) -> None:
    """Put the streams of a cell as nbclient does: no line that was written over, what is said before news."""
    streams = [output for output in outputs if output.output_type == "stream"]
    for stream in streams:
        stream.text = _LINE_THAT_IS_WRITTEN_OVER.sub("", stream.text)
    if [each.name for each in streams] == ["stderr", "stdout"]:
        place = outputs.index(streams[0])
        if outputs[place + 1] is streams[1]:
            outputs[place : place + 2] = reversed(streams)


class _Publisher(DisplayPublisher):
    """Adds what code displays to the outputs of the cell that runs."""

    def publish(  # type: ignore[override]
        self,
        data: Any,
        metadata: Any = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **options: Any,
    ) -> None:
        metadata = {} if metadata is None else metadata
        self._validate_data(data, metadata)  # type: ignore[no-untyped-call]
        content = from_dict(as_output({"data": data, "metadata": metadata}))
        display = (transient or {}).get("display_id")
        if update and display is not None:
            self.shell.outputs.change(display, **content)
        else:
            self.shell.outputs.add(_output("display_data", **content), display)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait=wait)


class _Hook(DisplayHook):
    """Adds the value of a cell to its outputs."""

    shell: Any

    def write_output_prompt(self) -> None:
        pass

    def finish_displayhook(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        outputs = self.shell.outputs
        content = as_output({"data": format_dict, "metadata": md_dict or {}})
        outputs.add(_output("execute_result", execution_count=outputs.n_cells, **content))


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """The shell of a kernel, but for the kernel: it adds what it displays to the outputs of the cell.

    Its name is the one by which libraries know that they are in a notebook.
    """

    displayhook_class = _Hook  # type: ignore[assignment]
    display_pub_class = _Publisher  # type: ignore[assignment]
    compiler_class = XCachingCompiler
    outputs: _Outputs

    def begin(self, outputs: _Outputs, folder: Path) -> None:
        """Begin a notebook in the working folder: what it keeps in its profile, no other one may find."""
        self.outputs = outputs
        self.ipython_dir = os.environ["IPYTHONDIR"] = str(folder / "ipython")
        self.init_profile_dir(None)  # type: ignore[no-untyped-call]
        self.db = None  # opened again in the new profile
        self.user_ns["_dh"][:] = [Path.cwd()]
        builtins.input, getpass.getpass = _nobody_answers("raw_input"), _nobody_answers("getpass")

    def _format_user_obj(self, obj: Any) -> dict[str, Any]:
        # Most that is asked is a condition: no need to look through every form that it might show in.
        if obj is True or obj is False:
            return {"status": "ok", "data": {"text/plain": repr(obj)}, "metadata": {}}
        bundle: dict[str, Any] = super()._format_user_obj(obj)  # type: ignore[no-untyped-call]
        return bundle

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        content = {"ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        self.outputs.add(_output("error", **content))

    def ask_exit(self) -> None:
        """Fail the cell that asks it: a kernel would go on for a moment, and die under a later one."""
        raise SystemExit

    def enable_gui(self, gui: Any = None) -> None:
        """Enable none."""


def _nobody_answers(asked: str) -> Callable[..., str]:
    """Return what asks a person of a notebook that none attends to, in the words of a kernel."""

    def ask(*prompt: Any, **options: Any) -> str:
        raise StdinNotImplementedError(
            f"{asked} was called, but this frontend does not support input requests."
        )

    return ask


def _output(kind: str, **content: Any) -> NotebookNode:
    # That of nbformat checks each output by the schema of notebooks, at length: `as_output` is as strict.
    node: NotebookNode = from_dict({"output_type": kind, **content})
    return node


def open_shell(folder: Path) -> Any:
    """Open the shell of this process, if it has none yet: what forks processes opens it for them all.

    Parameters
    ----------
    folder
        Where IPython keeps its profile, for it reads none of the user's.
    """
    if InteractiveShell.initialized():
        if isinstance(opened := InteractiveShell.instance(), ZMQInteractiveShell):
            return opened
        type(opened).clear_instance()  # it is of the program before that was imported anew
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    config = Config()
    config.HistoryManager.enabled = False
    shell: Any = ZMQInteractiveShell.instance(config=config)
    shell.extension_manager.load_extension("storemagic")  # as what starts a kernel does
    return shell


class _Stream(TextIOBase):
    """What code that runs writes to ``sys.stdout`` or ``sys.stderr``."""

    encoding = "UTF-8"

    def __init__(self, name: str, outputs: _Outputs) -> None:
        self.name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._outputs.take()
        self._outputs.write(self.name, text)
        return len(text)


class _Captured:
    """Keeps what is written to the two streams, by Python or past it, by a library or another program."""

    def __init__(self, outputs: _Outputs) -> None:
        self._outputs = outputs
        self._names = {1: "stdout", 2: "stderr"}

    def __enter__(self) -> _Captured:
        self._python = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = (_Stream(name, self._outputs) for name in self._names.values())
        self._before = {number: os.dup(number) for number in self._names}
        self._files = {number: tempfile.TemporaryFile() for number in self._names}  # noqa: SIM115
        for number, file in self._files.items():
            os.dup2(file.fileno(), number)
        self._outputs.take = self.take
        return self

    def take(self) -> None:
        """Add to the outputs what was written past Python since the last time."""
        for number, file in self._files.items():
            if os.fstat(number).st_size:
                file.seek(0)
                self._outputs.write(self._names[number], file.read().decode("utf-8", "replace"))
                file.seek(0)
                file.truncate()

    def __exit__(self, *failure: object) -> None:
        for number, before in self._before.items():
            os.dup2(before, number)
            os.close(before)
            self._files[number].close()
        self._outputs.take = lambda: None
        sys.stdout, sys.stderr = self._python
