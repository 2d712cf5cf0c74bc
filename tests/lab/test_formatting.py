"""Notebooks written as their authors did: what a run leaves goes, the rest stays to the byte."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from portrait.cli.main import app
from portrait.curation.proofreading import notebooks_of
from portrait.lab.formatting import formatted
from portrait.proofread.problems import problems_of_file
from portrait.run.content import KERNELSPEC

PROJECT = Path(__file__).parents[2]


def written(path: Path, *, was_run: bool) -> Path:
    """Write a notebook as VS Code leaves it after a run, or as its author wrote it."""
    traces = {"user_expressions": [], "scrolled": True} if was_run else {}
    cells = [
        new_code_cell('language = "fr"', id="parameters", metadata={"tags": ["parameters"]}),
        new_markdown_cell("Un accent : é.", id="prose-fr", metadata={"tags": ["fr"], **traces}),
        new_code_cell("language", id="code"),
    ]
    metadata = {"kernelspec": dict(KERNELSPEC), "language_info": {"name": "python"}}
    if was_run:
        cells[2].update(execution_count=7, outputs=[new_output("stream", text="fr")])
        metadata["kernelspec"] = {"display_name": ".venv", "name": ".venv"}
        metadata["language_info"] = {"name": "python", "version": "3.11.7"}
        metadata["widgets"] = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(new_notebook(cells=cells, metadata=metadata)) + "\n", encoding="utf-8")
    return path


def test_a_notebook_that_ran_becomes_what_its_author_wrote(tmp_path: Path) -> None:
    ran, clean = written(tmp_path / "ran.ipynb", was_run=True), written(tmp_path / "c.ipynb", was_run=False)
    assert any("portrait format" in problem.message.en for problem in problems_of_file(ran))
    assert formatted([ran, clean]) == {ran: clean.read_text("utf-8")}
    assert not any("portrait format" in problem.message.en for problem in problems_of_file(clean))


def test_a_notebook_with_the_line_ends_of_windows_is_left_alone(tmp_path: Path) -> None:
    clean = written(tmp_path / "clean.ipynb", was_run=False)
    clean.write_bytes(clean.read_bytes().replace(b"\n", b"\r\n"))
    assert formatted([clean]) == {}


def test_the_check_names_the_notebook_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "reference").mkdir(parents=True)
    ran = written(tmp_path / "notebooks" / "annual" / "01-a.ipynb", was_run=True)
    trial = written(tmp_path / "notebooks" / "explore" / "mine.ipynb", was_run=True)
    before = ran.read_bytes(), trial.read_bytes()
    assert app(["format", "--check", "--project", str(tmp_path)], standalone_mode=False) == 1
    assert capsys.readouterr().out == f"{ran}: run portrait format.\n"
    assert (ran.read_bytes(), trial.read_bytes()) == before
    app(["format", "--project", str(tmp_path)], standalone_mode=False)
    assert ran.read_bytes() != before[0]
    assert trial.read_bytes() == before[1]


def test_the_notebooks_of_the_project_are_formatted() -> None:
    assert formatted(notebooks_of(PROJECT, [])) == {}
