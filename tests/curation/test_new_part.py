"""New parts of the report: laid out whole and fit to publish, or refused with nothing written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portrait.cli.main import app
from portrait.curation.new_part import lay_out_part
from portrait.errors import WrongCall
from portrait.proofread.problems import problems_of_file
from tests.small import PROJECT

ROOMS = ("facts", "figures", "indicators", "tables")
RULES_OF_MODULES = ("imports_run_only_downward", "no_module_is_without_a_test")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what a new part is written in: four rooms and the chapters."""
    for room in ROOMS:
        shutil.copytree(PROJECT / "portrait" / room, tmp_path / "portrait" / room)
    shutil.copytree(PROJECT / "notebooks" / "annual", tmp_path / "notebooks" / "annual")
    return tmp_path


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("kind", "name", "chapter", "message"),
    [
        ("graph", "bodies_per_task", "stages", "no kind of part “graph”"),
        ("table", "Bodies per task", "stages", "cannot be the name of a new table"),
        ("table", "../bodies", "stages", "cannot be the name"),
        ("table", "covid_19", "stages", "cannot be the name"),
        ("table", "a" * 31, "stages", "cannot be the name"),
        ("indicator", "sum", "stages", "“sum” means something else"),
        ("indicator", "lambda", "stages", "“lambda” means something else"),
        ("indicator", "edition", "stages", "“edition” means something else"),
        ("figure", "nul", "stages", "“nul” means something else"),
        ("indicator", "tools", "stages", "“tools” means something else"),
        ("indicator", "tasks", "stages", "a file portrait/facts/tasks.py already"),
        ("indicator", "maturity", "stages", "indicators has “maturity” already"),
        ("table", "status", "stages", 'a table "tab-status" already'),
        ("figure", "per-body", "stages", 'a figure "fig-per-body" already'),
        ("table", "bodies_per_task", "stagse", "Did you mean “stages”?"),
        ("table", "bodies_per_task", "", "add it, as in --chapter stages"),
        ("indicator", "bodies_per_task", "initiatives", "11-initiatives.ipynb does not open the phrases p"),
        ("chapter", "stages", "", "There is a chapter “stages” already."),
        ("chapter", "procurement", "stages", "Leave it out for a new chapter"),
    ],
)
def test_a_wrong_call_is_refused_and_nothing_is_written(
    project: Path, kind: str, name: str, chapter: str, message: str
) -> None:
    before = files(project)
    with pytest.raises(WrongCall) as refusal:
        lay_out_part(kind, name, chapter=chapter, project=project)
    assert message in str(refusal.value)
    assert files(project) == before


def test_a_chapter_that_has_a_cell_of_the_part_already_is_refused(project: Path) -> None:
    path = project / "notebooks" / "annual" / "05-stages.ipynb"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"id": "open"', '"id": "tab-bodies-per-task"', 1), "utf-8")
    before = files(project)
    with pytest.raises(WrongCall, match=r"05-stages.ipynb has a cell “tab-bodies-per-task” already\. Choose"):
        lay_out_part("table", "bodies_per_task", chapter="stages", project=project)
    assert files(project) == before


def test_a_project_without_the_program_gets_chapters_alone(tmp_path: Path) -> None:
    (tmp_path / "data" / "reference").mkdir(parents=True)
    shutil.copytree(PROJECT / "notebooks" / "annual", tmp_path / "notebooks" / "annual")
    with pytest.raises(WrongCall, match="here, portrait new chapter NAME works"):
        lay_out_part("indicator", "bodies_per_task", chapter="stages", project=tmp_path)
    path = tmp_path / "notebooks" / "annual" / "10-public-procurement.ipynb"
    shown = CliRunner().invoke(app, ["new", "chapter", "public-procurement", "--project", str(tmp_path)])
    assert (shown.exit_code, shown.output) == (0, f"{path}\n")
    assert problems_of_file(path) == []


def test_an_eleventh_chapter_would_be_an_annex(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "notebooks" / "annual", tmp_path / "notebooks" / "annual")
    assert lay_out_part("chapter", "ten", project=tmp_path)[0].name == "10-ten.ipynb"
    with pytest.raises(WrongCall, match="all numbers up to 10"):
        lay_out_part("chapter", "eleven", project=tmp_path)


def test_a_table_shows_the_indicator_of_its_name_and_others_show_all_initiatives(project: Path) -> None:
    lay_out_part("indicator", "bodies_per_task", chapter="stages", project=project)
    lay_out_part("table", "bodies-per-task", chapter="stages", project=project)
    lay_out_part("table", "bodies_per_place", chapter="change", project=project)
    stages, change = (
        (project / "notebooks" / "annual" / f"{name}.ipynb").read_text("utf-8")
        for name in ("05-stages", "02-change")
    )
    assert '"tables.bodies_per_task(facts.bodies_per_task(edition).by_year, edition, language)"' in stages
    assert '"tables.bodies_per_place(facts.declaring(edition).volume, edition, language)"' in change


def test_a_chapter_imports_what_its_new_cells_need(project: Path) -> None:
    lay_out_part("table", "bodies_per_place", chapter="4", project=project)
    declaring = (project / "notebooks" / "annual" / "04-declaring.ipynb").read_text("utf-8")
    assert '"from portrait import facts, figures, tables\\n"' in declaring


@pytest.mark.slow
def test_each_kind_passes_every_check_and_is_published_as_it_is(tmp_path: Path) -> None:
    longest = "of_thirty_letters_and_not_more"
    for name in ("portrait", "tests", "notebooks", "data/reference", "data/sample"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)

    def run(*words: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def portrait(*words: str) -> str:
        return run("-c", "from portrait.cli.main import main; main()", *words)

    for kind in ("indicator", "table", "figure"):
        lay_out_part(kind, longest, chapter="stages", project=tmp_path)
        lay_out_part(kind, "zeal", chapter="1", project=tmp_path)
    lay_out_part("chapter", "procurement", project=tmp_path)
    assert portrait("format", "--check") == ""
    run("-m", "ruff", "check", "portrait", "tests")
    run("-m", "ruff", "format", "--check", "portrait", "tests")
    tests = [str(path) for room in ROOMS for path in (tmp_path / "tests" / room).glob(f"test_{longest}.py")]
    tests += [f"tests/test_architecture.py::test_{each}" for each in RULES_OF_MODULES]
    run("-m", "pytest", "-q", *tests)
    portrait("build", "--format", "html", "--jobs", "2")  # no draft: it is proofread and verified
    pages = [
        (tmp_path / "reports" / "quebec" / "2025" / f"annual.{language}.html").read_text("utf-8")
        for language in ("fr", "en")
    ]
    for page, title in zip(pages, ("Nouveau chapitre", "New chapter"), strict=True):
        assert title in page
        for prefix in ("tab", "fig"):
            assert f'id="{prefix}-{longest.replace("_", "-")}"' in page
