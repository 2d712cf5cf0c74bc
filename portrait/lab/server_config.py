"""Configure JupyterLab: saving keeps no outputs, and what shows is what the report publishes.

`portrait lab` starts JupyterLab with it, in an environment that has no `portrait`: it imports nothing of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

NOT_WRITTEN = (
    *("cell.metadata.user_expressions", "cell.metadata.papermill", "cell.metadata.execution"),
    *("cell.metadata.collapsed", "cell.metadata.scrolled"),
    *("metadata.papermill", "metadata.widgets"),
    *("metadata.language_info.codemirror_mode", "metadata.language_info.file_extension"),
    *("metadata.language_info.mimetype", "metadata.language_info.nbconvert_exporter"),
    *("metadata.language_info.pygments_lexer", "metadata.language_info.version"),
)
"""Metadata that JupyterLab and papermill write into notebooks."""


def without_outputs(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """Remove from a notebook that is saved what nobody wrote; what shows on screen stays.

    Trials of one's own, in a folder `explore`, keep their outputs.
    """
    if "explore" in path.split("/") or model["type"] != "notebook" or model["content"]["nbformat"] != 4:
        return
    notebook = model["content"]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    for name in NOT_WRITTEN:
        *parts, last = name.removeprefix("cell.").split(".")
        for holder in notebook["cells"] if name.startswith("cell.") else [notebook]:
            for part in parts:
                holder = holder.get(part, {})
            holder.pop(last, None)


def configure(config: Any) -> None:
    """Set what JupyterLab reads at its start."""
    config.FileContentsManager.pre_save_hook = without_outputs
    for app in (config.LabApp, config.JupyterNotebookApp):
        app.extra_labextensions_path = [str(Path(__file__).resolve().parent / "extension")]


if "get_config" in globals():
    configure(get_config())  # type: ignore[name-defined]  # noqa: F821 -- JupyterLab gives it
