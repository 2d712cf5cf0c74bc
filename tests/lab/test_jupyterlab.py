"""In a real JupyterLab, the prose that shows after Run All is the prose that is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.language.locales import LANGUAGES
from portrait.language.typography import typography
from portrait.run.chapters import notebooks_of
from portrait.run.engine import execute_notebook
from tests.exhaustive import exhaustive
from tests.lab.jupyterlab import jupyterlab, run_all

PROJECT = Path(__file__).parents[2]
LAB = PROJECT / ".venv-lab" / "installed"
CHAPTERS = ("01-essentials", "02-change", "07-needs")
OTHERS = [path.stem for path in notebooks_of(PROJECT, "annual") if path.stem not in CHAPTERS]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not LAB.exists(), reason="JupyterLab is not installed: make .venv-lab/installed"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose notebooks may be run and saved, with each chapter in each language."""
    folder = tmp_path_factory.mktemp("mon dépôt")
    for name in ("data", "portrait", ".venv-lab"):
        (folder / name).symlink_to(PROJECT / name)
    for chapter in (*CHAPTERS, *OTHERS):
        for language in LANGUAGES:
            path = folder / "notebooks" / "annual" / f"{chapter}.{language}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = (PROJECT / "notebooks" / "annual" / f"{chapter}.ipynb").read_text("utf-8")
            path.write_text(text.replace('language = \\"fr\\"', f'language = \\"{language}\\"'), "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(project, tmp_path_factory):
    with jupyterlab(project, tmp_path_factory.mktemp("log") / "lab.log") as address:
        yield address


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", [*CHAPTERS, *(pytest.param(each, marks=exhaustive) for each in OTHERS)])
def test_the_prose_that_shows_is_the_prose_that_is_published(project, address, browser, chapter, language):
    source = next(path for path in notebooks_of(PROJECT, "annual") if path.stem == chapter)
    parameters = {"language": language, "source": "quebec", "year": 2025, "data": ""}
    published = execute_notebook(source, parameters, working_folder=PROJECT)
    titles = {each["text"] for each in document_of(published)["blocks"] if each["type"] == "heading"}
    expected = {
        cell.id: {
            each.expression: each.result.data["text/plain"]
            for each in cell.metadata.get("user_expressions", [])
        }
        for cell in published.cells
        if cell.cell_type == "markdown"
        # A chapter of which nothing is published shows its title, as one just begun.
        and (_title(cell) in titles or not _title(cell) or not titles)
    }
    page = browser.new_page()
    shown = run_all(page, address, f"notebooks/annual/{chapter}.{language}.ipynb")
    page.close()
    assert [each["finding"] for each in shown if each["finding"]] == []
    assert [each["name"] for each in shown] == [each["id"] for each in shown]
    assert [each["id"] for each in shown if any(asked in each["text"] for asked in each["values"])] == []
    kept = {each["id"]: each["values"] for each in shown if each["type"] == "markdown" and not each["reason"]}
    assert {name: _bare(values) for name, values in kept.items()} == {
        name: _bare(values) for name, values in expected.items()
    }


def test_what_a_build_would_refuse_is_said_under_its_cell_and_a_review_is_recorded_there(
    project, address, browser
):
    path = project / "notebooks" / "annual" / "typed.ipynb"
    notebook = json.loads((path.parent / "07-needs.en.ipynb").read_bytes())
    cell, reviewed = [each for each in notebook["cells"] if "en" in each["metadata"].get("tags", [])][:2]
    cell["source"] += ["\n\nThere are forty-two."]
    mark = reviewed["metadata"].pop("portrait")
    path.write_text(json.dumps(notebook), "utf-8")
    page = browser.new_page()
    shown = run_all(page, address, "notebooks/annual/typed.ipynb")
    news = page.get_by_text("Jupyter news").count()
    place = notebook["cells"].index(reviewed)
    page.evaluate(f"() => window.jupyterapp.shell.currentWidget.content.scrollToItem({place})")
    page.locator(f"[data-portrait-cell={reviewed['id']}]").click(button="right")
    page.get_by_text("Relue / Reviewed").click()
    page.wait_for_selector("[data-portrait-mark]", state="detached")
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.close()
    found = {each["id"]: each["finding"] for each in shown if each["finding"]}
    assert list(found) == [cell["id"], reviewed["id"]]
    assert found[cell["id"]].startswith("“forty-two” is typed: use an expression,")
    assert found[reviewed["id"]].endswith(", or right-click it, “Reviewed”")
    saved = {each["id"]: each["metadata"] for each in json.loads(path.read_bytes())["cells"]}
    assert saved[reviewed["id"]]["portrait"] == mark
    assert news == 0


def _title(cell: Any) -> str:
    """The chapter's title that a cell is, as print has it; empty if it is none."""
    alone = cell.source.strip()
    is_title = alone.startswith("# ") and "\n" not in alone
    return typography(alone[2:], "fr" if "fr" in cell.metadata.tags else "en") if is_title else ""


def _bare(values: dict[str, str]) -> dict[str, str]:
    return {name: value.strip("'\"") for name, value in values.items()}


def test_a_notebook_that_ran_and_is_saved_differs_in_nothing_from_its_source(project, address, browser):
    path = project / "notebooks" / "annual" / "07-needs.fr.ipynb"
    before = json.loads(path.read_bytes())
    page = browser.new_page()
    run_all(page, address, "notebooks/annual/07-needs.fr.ipynb")
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(1500)
    page.close()
    assert json.loads(path.read_bytes()) == before
