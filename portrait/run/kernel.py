"""Start an ordinary kernel on this very Python, and run a notebook in it: cells, conditions and expressions.

Imported only while a notebook runs: it needs papermill, which reads `portrait.run.engine` while it is
itself being imported.

The kernel is calm and the same everywhere:

- it runs the Python that runs this program, whatever kernels the machine has installed;
- it reads no IPython profile or startup file of its user, and writes its own files to a folder that
  goes with it;
- the order of sets is fixed, and numerical libraries use one thread;
- a cell or an expression that gives NaN fails, where a kernel by itself would send the text “nan”;
- what it says of itself is left out: the debugger's warning about frozen modules, and what Matplotlib
  says about the folder and the building of its font cache. A font that is missing, a deprecation or
  any other warning is news about the report and stays.
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
"""Bytes of a folder's path: with the name of the socket, macOS takes 103 and Linux 107."""


class ThisPythonKernelManager(AsyncKernelManager):
    """Starts kernels on the Python that runs this program."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the one kernel there is, looking at none that is installed."""
        # Not its launcher, which takes the first folder out of the path: in safe mode that is a good one.
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
        )


class NotebookRunner(Runner, PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of a notebook in a kernel of its own."""

    def execute(self, **options: Any) -> NotebookNode:
        """Run the notebook, and return it executed.

        Raises
        ------
        NotebookFailed
            At the first cell, condition or expression that raises, takes too long, or ends the kernel.
        """
        with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
            self.folder = Path(folder)
            environment = {**os.environ, **CALM, "IPYTHONDIR": str(self.folder / "ipython")}
            executed: NotebookNode = PapermillNotebookClient.execute(self, env=environment, **options)
        return executed

    def create_kernel_manager(self) -> KernelManager:
        """Return a manager whose files and sockets lie in the folder of this run."""
        # A socket file cannot be taken by a kernel that starts at the same moment, as a port can; but the
        # system bounds its name.
        has_room = len(os.fsencode(self.folder)) <= _LONGEST_FOLDER
        transport = "ipc" if os.name == "posix" and has_room else "tcp"
        self.km = ThisPythonKernelManager(
            transport=transport, connection_file=str(self.folder / "kernel.json"), config=self.config
        )
        return self.km

    def papermill_execute_cells(self) -> None:
        """Run the cells in the kernel, once it is silent and strict."""
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
