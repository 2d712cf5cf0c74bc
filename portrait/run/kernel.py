"""Run a notebook in a kernel of the current Python: cells, conditions and expressions.

Imported only when a notebook runs, because it imports papermill, which imports `portrait.run.engine`.

The kernel is reproducible:

- it uses the current Python, whatever kernels are installed;
- it reads no IPython profile or startup file of the user, and writes to a temporary folder;
- the order of sets is fixed, and numerical libraries use one thread;
- a cell or an expression whose value is NaN fails (a plain kernel would send the text “nan”);
- messages unrelated to the report are hidden: the debugger's warning about frozen modules, and Matplotlib's
  messages about its font cache. Other warnings, such as a missing font or a deprecation, are shown.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient

from portrait.run.cells import Runner
from portrait.run.environment import CALM, SILENCE_MATPLOTLIB_ON_ITS_CACHE, STRICT

_LONGEST_FOLDER = 80
"""Longest path of a folder, in bytes: with the name of a socket, macOS allows 103 and Linux 107."""


class ThisPythonKernelManager(AsyncKernelManager):
    """Starts kernels of the current Python."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the only kernel, without looking at installed ones."""
        # Not through its launcher, which removes the first folder of `sys.path`: with PYTHONSAFEPATH, that
        # folder is needed.
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
        )


class NotebookRunner(Runner, PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of a notebook in its own kernel."""

    def execute(self, **options: Any) -> NotebookNode:
        """Run the notebook and return it.

        Raises
        ------
        NotebookFailed
            At the first cell, condition or expression that raises, times out, or ends the kernel.
        """
        with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
            self.folder = Path(folder)
            environment = {**os.environ, **CALM, "IPYTHONDIR": str(self.folder / "ipython")}
            executed: NotebookNode = PapermillNotebookClient.execute(self, env=environment, **options)
        return executed

    def create_kernel_manager(self) -> KernelManager:
        """Return a manager with its files and sockets in the temporary folder of this run."""
        # Two kernels that start at the same time can take the same port, but not the same socket file; the
        # system limits the length of its path.
        has_room = len(os.fsencode(self.folder)) <= _LONGEST_FOLDER
        transport = "ipc" if os.name == "posix" and has_room else "tcp"
        self.km = ThisPythonKernelManager(
            transport=transport, connection_file=str(self.folder / "kernel.json"), config=self.config
        )
        return self.km

    def papermill_execute_cells(self) -> None:
        """Configure the kernel, then run the cells in it."""
        for first in (SILENCE_MATPLOTLIB_ON_ITS_CACHE, STRICT):
            self.wait_for_reply(self.kc.execute(first, silent=True, store_history=False))
        self.run_cells()

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> Any:
        """Run one code cell in the kernel and keep its outputs."""
        return PapermillNotebookClient.execute_cell(self, cell, cell_index)

    def answers(self, cell: NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
        """Evaluate expressions in the kernel."""
        message = self.kc.execute("", silent=True, store_history=False, user_expressions=asked)
        answers: dict[str, Any] = self.wait_for_reply(message, cell)["content"]["user_expressions"]
        return answers
