"""A real JupyterLab without a window: start it, open a notebook, run all, and ask what shows.

No console is listened to: what jupyterlab-myst writes there would slow a run down to minutes.
"""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from portrait.lab.launching import command

PATIENCE = 120
_WIDGET = "window.jupyterapp.shell.currentWidget"
_IS_IDLE = f"() => {_WIDGET}?.sessionContext?.session?.kernel?.status === 'idle'"
_SHOWN = f"""() => {_WIDGET}.content.widgets.map(cell => ({{
    id: cell.model.id,
    type: cell.model.type,
    reason: cell.node.dataset.portraitReason ?? '',
    finding: cell.node.dataset.portraitFinding ?? '',
    name: cell.node.dataset.portraitCell,
    text: cell.node.classList.contains('portrait-left-out') ? '' : cell.node.innerText,
    values: Object.fromEntries((cell.model.getMetadata('user_expressions') ?? []).map(
      each => [each.expression, each.result.data?.['text/plain'] ?? each.result.ename]))}}))"""


@contextmanager
def jupyterlab(project: Path, log: Path) -> Iterator[str]:
    """Serve the notebooks of a project, and yield the address; what the server says goes to a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--port={port}",
        "--no-browser",
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    words = command(project, [*options, "--LabApp.expose_app_in_browser=True"])
    with log.open("w") as said, subprocess.Popen(words, stdout=said, stderr=said) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/api/status")
            yield address
        finally:
            server.terminate()


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def run_all(page: Any, address: str, notebook: str) -> list[dict[str, Any]]:
    """Open a notebook, run all its cells, and return what shows of each once the kernel is idle."""
    page.goto(f"{address}/lab/tree/{notebook}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=1000 * PATIENCE)
    page.wait_for_function(_IS_IDLE, timeout=1000 * PATIENCE)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector("[data-portrait-judged]", timeout=1000 * PATIENCE, state="attached")
    page.wait_for_timeout(3000)
    page.wait_for_function(_IS_IDLE, timeout=1000 * PATIENCE)
    page.evaluate(f"() => {_WIDGET}.content.scrollToItem(0)")  # cells out of view have no text
    page.wait_for_timeout(500)
    cells: list[dict[str, Any]] = page.evaluate(_SHOWN)
    return cells
