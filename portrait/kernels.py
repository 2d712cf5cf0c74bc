"""Start an ordinary kernel on this very Python, and run a notebook in it: cells, conditions and expressions.

Imported only while a notebook runs: it needs papermill, which reads `portrait.execution` while it is
itself being imported.

The kernel is calm and the same everywhere:

- it runs the Python that runs this program, whatever kernels the machine has installed;
- it reads no IPython profile or startup file of its user, and writes its own files to a folder that
  goes with it;
- the order of sets is fixed, and numerical libraries use one thread;
- what it says of itself is left out: the debugger's warning about frozen modules, and what Matplotlib
  says about the folder and the building of its font cache. A font that is missing, a deprecation or
  any other warning is news about the report and stays.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.exceptions import strip_color

from portrait import expressions
from portrait.errors import NotebookFailed
from portrait.expressions import WHEN, Expression, UnreadableExpression, UnsayableResult

_CALM = {
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

_SILENCE_MATPLOTLIB_ON_ITS_CACHE = """
def _silence():
    import logging

    of_itself = (
        "Matplotlib is building the font cache",
        "Matplotlib created a temporary cache directory",
        "is not a writable directory",
        "mkdir -p failed for path",
    )
    def is_news(record):
        return not any(said in str(record.msg) for said in of_itself)

    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).addFilter(is_news)


_silence()
del _silence
"""


class ThisPythonKernelManager(AsyncKernelManager):
    """Starts kernels on the Python that runs this program."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the one kernel there is, looking at none that is installed."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
        )


class NotebookRunner(PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of a notebook in order, and the expressions of its prose between them."""

    def execute(self, **options: Any) -> NotebookNode:
        """Run the notebook in a kernel of its own, and return it executed.

        Raises
        ------
        NotebookFailed
            At the first cell, condition or expression that raises, takes too long, or ends the kernel.
        """
        with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
            self.folder = Path(folder)
            environment = {**os.environ, **_CALM, "IPYTHONDIR": str(self.folder / "ipython")}
            executed: NotebookNode = super().execute(env=environment, **options)
        return executed

    def create_kernel_manager(self) -> KernelManager:
        """Return a manager whose files and sockets lie in the folder of this run."""
        # A socket file cannot be taken by a kernel that starts at the same moment, as a port can.
        transport = "ipc" if os.name == "posix" else "tcp"
        self.km = ThisPythonKernelManager(
            transport=transport, connection_file=str(self.folder / "kernel.json"), config=self.config
        )
        return self.km

    def papermill_execute_cells(self) -> None:
        """Run each cell that its conditions keep; drop the others."""
        self.wait_for_reply(
            self.kc.execute(_SILENCE_MATPLOTLIB_ON_ITS_CACHE, silent=True, store_history=False)
        )
        index = 0
        while index < len(self.nb.cells):
            cell = self.nb.cells[index]
            self.nb_man.cell_start(cell, index)
            try:
                is_kept = self._run(cell, index)
            except BaseException:
                # Else papermill would call this cell and those after it completed.
                self.nb_man.cell_exception(cell, cell_index=index)
                raise
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
            if is_kept:
                index += 1
            else:
                del self.nb.cells[index]

    def _run(self, cell: NotebookNode, index: int) -> bool:
        """Run one cell and say whether it is kept, naming the place of whatever goes wrong in it."""
        try:
            if not self._is_wanted(cell):
                return False
            if cell.cell_type == "markdown":
                self._say(cell)
            else:
                self.execute_cell(cell, index)
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
            raise self._failure(cell, _line_of(error.traceback), reason) from error
        except DeadKernelError as error:
            reason = "the kernel died: too little memory, or a crash in a library"
            raise self._failure(cell, None, reason) from error
        except CellTimeoutError as error:
            raise self._failure(cell, None, f"no answer within {self.timeout} seconds") from error
        return True

    def _failure(
        self, cell: NotebookNode, line: int | None, reason: str, expression: str = ""
    ) -> NotebookFailed:
        return NotebookFailed(
            self.nb.metadata.portrait.notebook, cell.id, line, reason, expression=expression
        )

    def _is_wanted(self, cell: NotebookNode) -> bool:
        """Evaluate the conditions of a cell, its tags ``when:EXPRESSION``, all of which must hold."""
        conditions = [
            tag.removeprefix(WHEN).strip() for tag in cell.metadata.get("tags", []) if tag.startswith(WHEN)
        ]
        for condition, result in zip(
            conditions, self._evaluate(cell, [f"bool({c})" for c in conditions]), strict=True
        ):
            if result["status"] != "ok":
                reason = f"the tag {WHEN}{condition} raised {_reason(result)}"
                raise self._failure(cell, None, reason)
            if result["data"]["text/plain"] != "True":
                return False
        return True

    def _say(self, cell: NotebookNode) -> None:
        """Put the values of its expressions into a prose cell, and keep what they were."""
        try:
            found = expressions.find(cell.source)
        except UnreadableExpression as error:
            raise self._failure(cell, error.line, str(error)) from error
        if not found:
            return
        results = self._evaluate(cell, [each.source for each in found])
        texts = [self._text_of(cell, each, result) for each, result in zip(found, results, strict=True)]
        cell.metadata["portrait"] = {"source": cell.source}
        kept = [
            {"expression": each.source, "result": answer} for each, answer in zip(found, results, strict=True)
        ]
        cell.metadata["user_expressions"] = from_dict(kept)  # type: ignore[no-untyped-call]
        cell.source = expressions.baked(cell.source, texts)

    def _text_of(self, cell: NotebookNode, found: Expression, result: dict[str, Any]) -> str:
        if result["status"] != "ok":
            raise self._failure(cell, found.line, _reason(result), found.source)
        try:
            return expressions.said(result).text
        except UnsayableResult as error:
            raise self._failure(cell, found.line, f"UnsayableResult: {error}", found.source) from error

    def _evaluate(self, cell: NotebookNode, sources: Iterable[str]) -> list[dict[str, Any]]:
        """Evaluate expressions in the namespace of the notebook, as it stands after the cells above."""
        asked = {str(position): source for position, source in enumerate(sources)}
        if not asked:
            return []
        message = self.kc.execute("", silent=True, store_history=False, user_expressions=asked)
        answers = self.wait_for_reply(message, cell)["content"]["user_expressions"]
        return [answers[position] for position in asked]


def _reason(result: dict[str, Any]) -> str:
    return f"{result['ename']}: {result['evalue']}"


def _line_of(traceback: str) -> int | None:
    """Return the line of the cell in a traceback of IPython: its outermost frame."""
    frame = re.search(r"Cell In\[\d+\], line (\d+)", strip_color(traceback))
    return int(frame[1]) if frame else None
