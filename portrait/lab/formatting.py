"""Write notebooks as their authors did: without outputs, or what JupyterLab, VS Code and papermill add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portrait.lab.server_config import without_outputs
from portrait.run.content import KERNELSPEC, names_kernel
from portrait.run.engine import notebook_text, read_notebook


def formatted(paths: Sequence[Path]) -> dict[Path, str]:
    """Return the new text of each notebook that is not as `portrait format` writes it.

    Raises
    ------
    RefusedInput
        A file is not a notebook.
    """
    texts = {path: _text(path) for path in paths}
    return {path: text for path, text in texts.items() if text != path.read_text("utf-8")}


def _text(path: Path) -> str:
    notebook = read_notebook(path)
    without_outputs({"type": "notebook", "content": notebook}, "", None)
    if not names_kernel(notebook.metadata):
        notebook.metadata["kernelspec"] = dict(KERNELSPEC)
    return notebook_text(notebook)
