"""What JupyterLab is told at its start, and what it writes when a notebook is saved."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from portrait.lab import server_config
from portrait.lab.server_config import configure, without_outputs


def test_a_notebook_that_ran_is_saved_as_its_author_wrote_it() -> None:
    output = nbformat.v4.new_output("stream", text="258")
    code = nbformat.v4.new_code_cell("len(rows)", id="code", execution_count=3, outputs=[output])
    prose = nbformat.v4.new_markdown_cell("{eval}`n`", id="prose", metadata={"tags": ["fr"]})
    prose.metadata["user_expressions"] = [{"expression": "n"}]
    model = {"type": "notebook", "content": nbformat.v4.new_notebook(cells=[code, prose])}
    without_outputs(model, "chapter.ipynb", None)
    [saved_code, saved_prose] = model["content"]["cells"]
    assert (saved_code["outputs"], saved_code["execution_count"], saved_code["id"]) == ([], None, "code")
    assert dict(saved_prose["metadata"]) == {"tags": ["fr"]}


def test_a_file_that_is_no_notebook_is_saved_as_it_is() -> None:
    model = {"type": "file", "content": "text"}
    without_outputs(model, "notes.txt", None)
    assert model == {"type": "file", "content": "text"}


@pytest.mark.parametrize("app", ["LabApp", "JupyterNotebookApp"])
def test_the_extension_lies_where_jupyterlab_and_notebook_are_told(app: str) -> None:
    names = ("FileContentsManager", "LabApp", "JupyterNotebookApp")
    config = SimpleNamespace(**{name: SimpleNamespace() for name in names})
    configure(config)
    [folder] = getattr(config, app).extra_labextensions_path
    assert (Path(folder) / "portrait" / "package.json").exists()


def test_a_changed_extension_has_another_address_as_browsers_keep_one_for_a_year() -> None:
    folder = Path(server_config.__file__).parent / "extension" / "portrait"
    loaded = json.loads((folder / "package.json").read_bytes())["jupyterlab"]["_build"]["load"]
    name, _, version = loaded.partition("?v=")
    text = (folder / name).read_text("utf-8")  # a clone on Windows may have other line ends
    assert version == hashlib.sha256(text.encode()).hexdigest()[:8]


def test_a_trial_of_ones_own_keeps_its_outputs() -> None:
    output = nbformat.v4.new_output("stream", text="258")
    code = nbformat.v4.new_code_cell("len(rows)", outputs=[output])
    model = {"type": "notebook", "content": nbformat.v4.new_notebook(cells=[code])}
    without_outputs(model, "notebooks/explore/trial.ipynb", None)
    assert model["content"]["cells"][0]["outputs"] == [output]
