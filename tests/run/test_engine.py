"""Running a notebook: what is refused before, what the executed copy holds, what a failure leaves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from portrait.document.claims import claims_of
from portrait.errors import NotebookFailed, PortraitError, RefusedInput, WrongCall
from portrait.run.cells import Runner
from portrait.run.chapters import name_of
from portrait.run.engine import execute_notebook, notebook_text, read_notebook
from portrait.run.environment import as_output
from portrait.run.kernel import NotebookRunner
from portrait.run.parameters import checked_parameters, declared_parameters, with_edition_as_year
from portrait.storage.media_types import CLAIM
from tests.small import PROJECT

PARAMETERS = 'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""'


def code(cell_id: str, source: str, *tags: str) -> nbformat.NotebookNode:
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)} if tags else {})


def prose(cell_id: str, source: str, *tags: str) -> nbformat.NotebookNode:
    return new_markdown_cell(source, id=cell_id, metadata={"tags": list(tags)} if tags else {})


def notebook(*cells: nbformat.NotebookNode, parameters: str = PARAMETERS) -> nbformat.NotebookNode:
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    first = code("parameters", parameters, "parameters")
    return new_notebook(cells=[first, *cells], metadata={"kernelspec": kernelspec})


def write(made: nbformat.NotebookNode, folder: Path, name: str = "annual.ipynb") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, folder / name)
    return folder / name


def run(path: Path, timeout: int | None = 60, **parameters: Any) -> nbformat.NotebookNode:
    return execute_notebook(path, parameters, working_folder=PROJECT, timeout=timeout)


def cell_of(executed: nbformat.NotebookNode, cell_id: str) -> nbformat.NotebookNode:
    return next(cell for cell in executed.cells if cell.id == cell_id)


# Parameters


def test_parameters_are_those_of_the_first_cell_with_the_values_passed() -> None:
    assert checked_parameters(notebook(), "annual.ipynb", {"year": 2024}) == {
        "source": "quebec",
        "year": 2024,
        "language": "fr",
        "data": "",
    }


def test_annotated_parameters_and_comments_are_read_too() -> None:
    made = notebook(parameters='# La source\nyear: int = 2025\nlanguage = "fr"  # ou "en"\nthreshold = -0.5')
    assert declared_parameters(made, "annual.ipynb") == {"year": 2025, "language": "fr", "threshold": -0.5}


def test_an_unknown_parameter_is_refused_with_a_suggestion_and_the_known_ones() -> None:
    with pytest.raises(WrongCall) as caught:
        checked_parameters(notebook(), "annual.ipynb", {"yaer": 2025})
    assert str(caught.value) == (
        "annual.ipynb has no parameter “yaer”. "
        "Did you mean “year”? Its parameters are source, year, language, data."
    )


@pytest.mark.parametrize(
    ("parameter", "value", "wanted"),
    [
        ("year", "deux mille", "a whole number, not 'deux mille'"),
        ("year", "2025", "a whole number, not '2025'"),
        ("year", 2025.0, "a whole number, not 2025.0"),
        ("year", True, "a whole number, not True"),
        ("year", None, "a whole number, not None"),
        ("year", "2025", "a whole number, not '2025'. On papermill’s command line, use -p year, not -r"),
        ("data", 2025, "must be text, not 2025. On papermill’s command line, use -r data 2025"),
    ],
)
def test_a_value_of_another_kind_is_refused(parameter: str, value: Any, wanted: str) -> None:
    with pytest.raises(WrongCall, match=wanted):
        checked_parameters(notebook(), "annual.ipynb", {parameter: value})


@pytest.mark.parametrize(("edition", "year"), [("2026-08", "2026-08"), ("2025", 2025), (2025, 2025)])
def test_the_edition_that_is_passed_becomes_the_year_of_the_notebook(edition: Any, year: int | str) -> None:
    passed = with_edition_as_year(notebook(), "annual.ipynb", {"edition": edition, "data": "d"})
    assert passed == {"year": year, "data": "d"}
    assert checked_parameters(notebook(), "annual.ipynb", passed)["year"] == year


def test_an_edition_and_a_year_at_once_are_refused() -> None:
    with pytest.raises(WrongCall, match="both “edition” and “year”"):
        with_edition_as_year(notebook(), "annual.ipynb", {"edition": "2026-08", "year": 2026})


def test_what_names_no_edition_is_refused_with_the_forms_that_do() -> None:
    with pytest.raises(WrongCall, match=r"no edition “août”.*2026-08"):
        with_edition_as_year(notebook(), "annual.ipynb", {"edition": "août"})


def test_a_whole_number_may_stand_for_a_number() -> None:
    made = notebook(parameters='language = "fr"\nthreshold = 0.5')
    assert checked_parameters(made, "annual.ipynb", {"threshold": 1})["threshold"] == 1


def test_a_language_of_no_report_is_refused() -> None:
    with pytest.raises(WrongCall, match=r"language “de”. Known languages: fr, en"):
        checked_parameters(notebook(), "annual.ipynb", {"language": "de"})


def test_a_notebook_without_a_language_is_refused() -> None:
    with pytest.raises(WrongCall, match="no parameter “language”"):
        checked_parameters(notebook(parameters="year = 2025"), "annual.ipynb", {})


def test_a_parameter_that_is_computed_is_refused_with_its_line() -> None:
    with pytest.raises(
        NotebookFailed, match=r"annual.ipynb, cell parameters, line 2: a parameter must be a name"
    ):
        declared_parameters(notebook(parameters='language = "fr"\nyear = 2000 + 25'), "annual.ipynb")


def test_a_notebook_of_the_format_without_identifiers_runs_with_its_own_parameters(tmp_path: Path) -> None:
    made = notebook(code("sum", "1 + 1"), parameters="language = 'en'")
    made.nbformat_minor = 4
    for cell in made.cells:
        del cell["id"]
    executed = run(write(made, tmp_path))
    assert (executed.nbformat_minor, executed.cells[-1].outputs[0].data["text/plain"]) == (5, "2")


def test_what_is_no_assignment_among_parameters_is_refused_with_its_line() -> None:
    with pytest.raises(
        NotebookFailed, match=r"cell parameters, line 2: a parameter must be a name and a plain"
    ):
        declared_parameters(notebook(parameters='language = "fr"\nimport os'), "annual.ipynb")


def test_a_notebook_without_parameters_is_refused_with_the_tag_to_give() -> None:
    made = new_notebook(cells=[prose("parameters", "year", "parameters"), code("first", "year = 2025")])
    with pytest.raises(WrongCall, match=r"annual.ipynb has no cell tagged “parameters”\. Assign its"):
        declared_parameters(made, "annual.ipynb")


def test_a_kernel_that_does_not_start_is_said_with_what_to_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(runner: NotebookRunner) -> None:
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(NotebookRunner, "execute", die)
    with pytest.raises(
        PortraitError, match=r"The kernel of annual.ipynb did not start: Kernel died .*ipykernel"
    ):
        run(write(notebook(), tmp_path))


def test_nouns_that_the_register_cannot_give_fail_the_cell_that_says_them() -> None:
    class Broken(Runner):
        nb, nb_man = notebook(prose("said", "Une initiative.")), MagicMock()

        def execute_cell(self, cell: nbformat.NotebookNode, cell_index: int) -> None:
            cell.outputs = []

        def answers(self, cell: nbformat.NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
            return {name: {"status": "error", "ename": "KeyError", "evalue": "'en'"} for name in asked}

    Broken.nb.metadata["portrait"] = {"notebook": "annual.ipynb"}
    with pytest.raises(NotebookFailed, match=r"annual.ipynb, cell said: KeyError: 'en'\. Fix that cell"):
        Broken().run_cells()


def test_an_output_whose_metadata_are_no_mapping_is_refused() -> None:
    with pytest.raises(TypeError, match="metadata must be a dict, not 3"):
        as_output({"data": {"text/plain": "x"}, "metadata": 3})


def test_a_wrong_parameter_stops_before_anything_runs(tmp_path: Path) -> None:
    path = write(notebook(code("fails", "1 / 0")), tmp_path)
    with pytest.raises(WrongCall, match="“anne”"):
        run(path, anne=2025)


def test_a_notebook_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match=r"There is no notebook annual\.ipynb"):
        run(tmp_path / "annual.ipynb")


# What an executed notebook holds

REPORT = notebook(
    code("open", "from portrait.language.phrases import Phrases\np = Phrases(language)\nn, none = 258, 0"),
    prose("fr-1", '# Titre\n\nSoit {eval}`p.count(n, "initiative")` en {eval}`p.year(year)`.', "fr"),
    prose("en-1", '# Title\n\n{eval}`p.count(n, "initiative")` in {eval}`p.year(year)`.', "en"),
    prose(
        "fr-2", '{eval}`p.text("*A* <b>").named("a")` {eval}`p.agree(n, "est", "sont")` {eval}`"là"`', "fr"
    ),
    prose("en-2", "<!-- when: none -->\n{eval}`p.number(n)` {eval}`undefined_in_french`", "en"),
    prose("fr-3", '{eval}`p.text("*A* <b>").named("a")`', "fr"),
    code("dropped", "# when: none\nraise ValueError"),
    prose("dropped-too", "<!-- when: n and none -->\n{eval}`undefined`"),
    code("kept", "# when: n > 200 and not none\nn += 1"),
    prose("kept-too", "<!-- when: n > 200 -->\nSoit {eval}`p.number(n)`."),
    prose("after", "{eval}`p.number(n)`"),
    code("where", "import os, sys\nprint(os.getcwd(), sys.executable, 'intruder' in globals())"),
    code(
        "noise",
        "import logging\nfonts = logging.getLogger('matplotlib.font_manager')\n"
        "fonts.warning('Matplotlib is building the font cache; this may take a moment.')",
    ),
    code("news", "fonts.warning('findfont: Font family X not found.')"),
    code("sets", "print({'quebec', 'us-federal', 'ca-federal'}, hash('a'))"),
)

REPORT.cells[3].metadata["portrait"] = {"french": "8d2f63fa1c07"}
REPORT.cells.append(prose("signed", "Hello.", "en"))
REPORT.cells[-1].metadata["portrait"] = {"french": "8d2f63fa1c07"}


@pytest.fixture(scope="module")
def hostile_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install a broken kernel under the usual name, and a startup file in the user's IPython profile."""
    folder = tmp_path_factory.mktemp("machine")
    kernel = folder / "jupyter" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["no-such-python"], "display_name": "P", "language": "python"}))
    startup = folder / "ipython" / "profile_default" / "startup" / "intrude.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("intruder = True")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        yield


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, hostile_machine: None) -> dict[str, Any]:
    """Run the report in French twice and in English, from threads at once."""
    path = write(REPORT, tmp_path_factory.mktemp("runs"))
    with ThreadPoolExecutor(3) as pool:
        started = {
            name: pool.submit(run, path, year=2024, language=name[:2]) for name in ("fr", "en", "fr again")
        }
    return {name: each.result() for name, each in started.items()}


@pytest.fixture(scope="module")
def french(runs: dict[str, Any]) -> nbformat.NotebookNode:
    return runs["fr"]


def test_cells_of_the_other_language_are_gone_before_they_run(runs: dict[str, Any]) -> None:
    french, english = ({cell.id for cell in runs[language].cells} for language in ("fr", "en"))
    assert {"fr-1", "fr-2", "fr-3"} <= french
    assert not any(cell_id.startswith("en") for cell_id in french)
    assert {"en-1"} == {cell_id for cell_id in english if cell_id[:3] in ("fr-", "en-")}


def test_a_cell_whose_condition_does_not_hold_is_gone(french: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in french.cells]
    assert {"kept", "kept-too"} <= set(ids)
    assert not {"dropped", "dropped-too"} & set(ids)


def test_the_text_of_a_cell_does_not_hold_its_condition(french: nbformat.NotebookNode) -> None:
    kept = cell_of(french, "kept-too")
    assert kept.source == "Soit 259."
    assert kept.metadata.portrait.source == "Soit {eval}`p.number(n)`."


def test_prose_sees_what_the_cells_above_made_and_no_later(french: nbformat.NotebookNode) -> None:
    assert cell_of(french, "fr-1").source == "# Titre\n\nSoit 258 initiatives en 2024."
    assert cell_of(french, "after").source == "259"


def test_a_prose_cell_keeps_its_source_and_its_results(french: nbformat.NotebookNode) -> None:
    cell = cell_of(french, "fr-1")
    assert cell.metadata.portrait.source == cell_of(REPORT, "fr-1").source
    assert [each.expression for each in cell.metadata.user_expressions] == [
        'p.count(n, "initiative")',
        "p.year(year)",
    ]
    assert cell.metadata.user_expressions[0].result.data[CLAIM] == {
        "value": 258,
        "text": "258 initiatives",
        "name": None,
    }


def test_a_value_is_put_in_as_plain_text(french: nbformat.NotebookNode) -> None:
    assert cell_of(french, "fr-2").source == r"\*A\* \<b\> sont là"


def test_the_executed_notebook_says_what_it_was_made_from(french: nbformat.NotebookNode) -> None:
    assert french.metadata.portrait == {
        "language": "fr",
        "notebook": "annual.ipynb",
        "parameters": {"source": "quebec", "year": 2024, "language": "fr", "data": ""},
    }


def test_the_kernel_is_this_python_in_the_folder_asked_for(french: nbformat.NotebookNode) -> None:
    assert cell_of(french, "where").outputs[0].text == f"{PROJECT} {sys.executable} False\n"


def test_noise_of_the_machine_is_silent_and_news_is_not(french: nbformat.NotebookNode) -> None:
    assert cell_of(french, "noise").outputs == []
    assert "findfont" in cell_of(french, "news").outputs[0].text


def test_the_same_inputs_give_the_same_bytes(runs: dict[str, Any]) -> None:
    assert notebook_text(runs["fr"]) == notebook_text(runs["fr again"])


def test_the_executed_notebook_is_valid_and_says_nothing_of_its_run(french: nbformat.NotebookNode) -> None:
    written = nbformat.reads(notebook_text(french), as_version=4)
    nbformat.validate(written)
    assert written == french
    assert dict(written.metadata.papermill) == {
        "input_path": "annual.ipynb",
        "parameters": written.metadata.portrait.parameters,
    }
    assert all(
        "papermill" not in cell.metadata and "execution" not in cell.metadata for cell in written.cells
    )


def test_the_executed_notebook_does_not_say_which_french_was_reviewed(runs: dict[str, Any]) -> None:
    assert cell_of(runs["en"], "signed").metadata == {"tags": ["en"]}
    assert "8d2f63fa1c07" not in notebook_text(runs["en"])


def test_the_register_holds_each_value_in_order(french: nbformat.NotebookNode) -> None:
    register = claims_of(french)
    assert register[0] == {
        "id": "fr-1-1",
        "expression": 'p.count(n, "initiative")',
        "value": 258,
        "text": "258 initiatives",
        "notebook": "annual.ipynb",
        "cell": "fr-1",
        "chapter": "Titre",
        "language": "fr",
    }
    assert [(claim["id"], claim["value"]) for claim in register[1:]] == [
        ("fr-1-2", 2024),
        ("a", "*A* <b>"),
        ("fr-2-1", "là"),
        ("a-2", "*A* <b>"),
        ("kept-too-1", 259),
        ("after-1", 259),
    ]


def test_both_languages_claim_the_same(runs: dict[str, Any]) -> None:
    french, english = ([claim["value"] for claim in claims_of(runs[one])] for one in ("fr", "en"))
    assert english[:2] == french[:2]


def test_a_temporary_folder_whose_name_is_long_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    executed = run(write(notebook(code("sum", "year + 1")), tmp_path), year=2024)
    assert cell_of(executed, "sum").outputs[0].data["text/plain"] == "2025"


@pytest.mark.parametrize("path", ["02-change.ipynb", "./02-change.ipynb", "../annual/02-change.ipynb"])
def test_a_chapter_is_named_by_its_place_from_whichever_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    folder = tmp_path / "notebooks" / "annual"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert name_of(Path(path)) == "annual/02-change.ipynb"


def test_an_executed_copy_is_not_run_again(runs: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="is the result of a run"):
        run(write(runs["fr"], tmp_path))


def test_a_condition_about_what_the_edition_does_not_have_is_false(tmp_path: Path) -> None:
    nothing = code(
        "open", "from portrait.facts.nothing import NO_FIELD, Nothing\nnothing = Nothing(NO_FIELD)"
    )
    told = [code("kept", "# when: year > 1\n1"), code("left-out", "# when: not nothing.value\n1")]
    executed = run(write(notebook(nothing, *told), tmp_path))
    assert [cell.id for cell in executed.cells if cell.id in ("kept", "left-out")] == ["kept"]


def test_a_raw_cell_is_not_run(tmp_path: Path) -> None:
    raw = new_raw_cell("Note to ourselves.", id="raw")
    executed = run(write(notebook(raw, prose("text", "Un.")), tmp_path))
    assert cell_of(executed, "raw").source == "Note to ourselves."


# Failures

FAILING = {
    "cell": code("bad", "a = 1\n1 / 0"),
    "deep": code("bad", "import json\n\njson.loads('{')"),
    "in the program": code("bad", "p.number(float('nan'))"),
    "syntax": code("bad", "a = 1\nb ="),
    "exit": code("bad", "import sys\nsys.exit(0)"),
    "allowed": code("bad", "1 / 0", "raises-exception"),
    "expression": prose("bad", "Un\n\ndeux {eval}`p.number(missing)`"),
    "missing value": prose("bad", "{eval}`p.number(float('nan'))`"),
    "bare number": prose("bad", "{eval}`258`"),
    "below a condition": prose("bad", "<!-- when: year -->\nUn\n{eval}`p.number(missing)`"),
    "conflict": prose("bad", "<<<<<<< ours\n<!-- when: year -->\nUn\n=======\nDeux\n>>>>>>> theirs"),
    "unclosed": prose("bad", "Un\n{eval}`p.number(1)"),
    "condition": code("bad", "# when: missing\n1"),
    "condition in two": code("bad", "# when: a b\n1"),
    "mistyped condition": prose("bad", "<!-- if: year > 1 -->\nUn"),
    "condition on line 2": code("bad", "a = 1\n# when: year > 1\na"),
    "death": code("bad", "import os\nos._exit(1)"),
    "column": prose("bad", "{eval}`p.number(year.reel)`"),
    "file": code("bad", "from portrait.errors import WrongCall\nraise WrongCall('No file.', 'Bring it.')"),
    "death in prose": prose("bad", "{eval}`__import__('os')._exit(1)`"),
    "too long": code("bad", "import time\ntime.sleep(60)"),
    "interrupted": code("bad", "raise KeyboardInterrupt"),  # as a kernel that someone interrupts
}


TOLD = [
    ("cell", 2, "ZeroDivisionError: division by zero", ""),
    ("deep", 3, "JSONDecodeError: ", ""),
    ("in the program", 1, "ValueError: a number is needed here", ""),
    ("syntax", 2, "SyntaxError: invalid syntax", ""),
    ("exit", None, "SystemExit: 0", ""),
    ("allowed", 1, "ZeroDivisionError: division by zero", ""),
    ("expression", 3, "NameError: name 'missing' is not defined", "p.number(missing)"),
    ("missing value", 1, "ValueError: a number is needed here", "p.number(float('nan'))"),
    ("bare number", 1, "it gives 258, which is not a phrase", "258"),
    ("below a condition", 3, "NameError: name 'missing' is not defined", "p.number(missing)"),
    ("conflict", None, "line 1 is a conflict marker of git or nbdime (“<<<<<<< ours”): keep one", ""),
    ("unclosed", 2, "{eval} is opened by ` and never closed", ""),
    ("condition", 1, "the condition `missing` raised NameError: name 'missing'", ""),
    ("condition in two", 1, "the condition `a b` raised SyntaxError", ""),
    ("mistyped condition", None, "it has the comment “<!-- if: year > 1 -->”, which is not a condition", ""),
    ("condition on line 2", None, "it has the comment “# when: year > 1”, which is not a condition", ""),
    ("death", None, "the kernel died", ""),
    ("death in prose", None, "the kernel died", ""),
    ("too long", None, "the cell did not finish within its time limit of 2 seconds", ""),
]
"""What each failure tells: its line, the beginning of its reason, its expression."""


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotebookFailed]:
    """Run each failing notebook, and return its error."""
    folder = tmp_path_factory.mktemp("failures")
    opening = code("open", "from portrait.language.phrases import Phrases\np = Phrases(language)")

    def fail(name: str) -> NotebookFailed:
        path = write(notebook(opening, FAILING[name], code("later", "1")), folder / name)
        with pytest.raises(NotebookFailed) as caught:
            run(path, timeout=2 if name == "too long" else 60)
        return caught.value

    with ThreadPoolExecutor(4) as pool:
        return dict(zip(FAILING, pool.map(fail, FAILING), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "line", "reason", "expression"), TOLD)
def test_a_failure_names_notebook_cell_line_and_reason(
    failures: dict[str, NotebookFailed], name: str, line: int | None, reason: str, expression: str
) -> None:
    failure = failures[name]
    assert (failure.notebook, failure.cell, failure.line) == ("annual.ipynb", "bad", line)
    assert failure.reason.en.startswith(reason)
    assert failure.expression == expression


@pytest.mark.slow
def test_an_error_that_the_program_raised_has_its_module_and_line(
    failures: dict[str, NotebookFailed],
) -> None:
    assert re.search(r" \(portrait/language/[a-z/]+\.py:\d+\)$", failures["in the program"].reason.fr)
    assert not any("portrait/" in failures[name].reason.en for name in ("cell", "deep", "file"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("cell", "Fix that cell, then build again."),
        ("column", "Did you mean “real”? Fix that cell, then build again."),
        ("file", "No file. Bring it."),
        ("death", "Build again; if the same cell ends it again, free memory"),
        ("too long", "Build again when the machine is less busy"),
        ("interrupted", "cell bad, line 1: KeyboardInterrupt. Build again."),
    ],
)
def test_a_failure_blames_a_cell_only_where_it_is_at_fault(
    failures: dict[str, NotebookFailed], name: str, mend: str
) -> None:
    assert mend in str(failures[name])
    assert ("Fix that cell" in str(failures[name])) is ("Fix that cell" in mend)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAILING)
def test_a_failure_holds_the_notebook_as_far_as_it_ran_with_its_place_marked(
    failures: dict[str, NotebookFailed], name: str
) -> None:
    partial = nbformat.reads(failures[name].partial, as_version=4)
    ids = [cell.id for cell in partial.cells]
    assert ids[0] == "portrait-failure-head"
    assert ids[ids.index("bad") - 1] == "portrait-failure"
    assert "(#portrait-failure)" in partial.cells[0].source
    assert "later" in ids


# The ordinary command


@pytest.fixture(scope="module")
def papermill(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return papermill's command line with the engine installed, over a small notebook."""
    folder = tmp_path_factory.mktemp("papermill")
    entry_points = folder / "site" / "portrait_engine-0.dist-info" / "entry_points.txt"
    entry_points.parent.mkdir(parents=True)
    entry_points.write_text("[papermill.engine]\nportrait = portrait.run.engine:PortraitEngine\n")
    cells = (
        code("absent", "# when: year < 2000\nmissing"),
        code("open", "from portrait.language.phrases import Phrases\np = Phrases(language)"),
        prose("year", "{eval}`p.year(year)`", "fr"),
        prose("year-en", "{eval}`undefined`", "en"),
    )
    write(notebook(*cells), folder)
    path = os.pathsep.join([str(folder / "site"), str(PROJECT)])

    def command(output: str, *arguments: str) -> tuple[subprocess.CompletedProcess[str], Path]:
        done = subprocess.run(
            [sys.executable, "-m", "papermill", "annual.ipynb", output, "--engine", "portrait", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        return done, folder / output

    return command


@pytest.mark.slow
def test_papermill_itself_runs_a_notebook_with_its_prose(papermill: Any) -> None:
    done, output = papermill("out.ipynb", "-p", "year", "2024")
    assert done.returncode == 0, done.stderr
    executed = nbformat.read(output, as_version=4)
    assert cell_of(executed, "year").source == "2024"
    assert executed.metadata.portrait.notebook == "annual.ipynb"
    assert [cell.metadata.papermill.status for cell in executed.cells] == ["completed"] * 4
    assert "Executing: 100%" in done.stderr.splitlines()[-1]


@pytest.mark.slow
def test_papermill_refuses_an_unknown_parameter_before_the_first_cell(papermill: Any) -> None:
    done, output = papermill("typo.ipynb", "-p", "anne", "2025")
    assert done.returncode == 2
    assert "Error: annual.ipynb has no parameter “anne”." in done.stderr
    assert "Traceback" not in done.stderr
    assert not output.exists()


@pytest.mark.slow
def test_papermill_stops_at_a_failing_expression_and_marks_it(papermill: Any) -> None:
    done, output = papermill("english.ipynb", "-p", "language", "en")
    assert done.returncode == 1
    assert "cell year-en, line 1: {eval}`undefined` raised NameError" in done.stderr
    assert "Traceback" not in done.stderr
    executed = nbformat.read(output, as_version=4)
    assert "portrait-failure" in [cell.id for cell in executed.cells]
    assert cell_of(executed, "year-en").metadata.papermill.status == "failed"


@pytest.mark.slow
def test_the_engine_can_be_imported_before_papermill(papermill: Any) -> None:
    # papermill imports the engine while the engine would be importing papermill.
    done = subprocess.run(
        [sys.executable, "-c", "import portrait.run.engine, papermill, portrait.run.kernel"],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# Files that are no notebook


def changed(part: Any, **others: Any) -> Any:
    """Return the content of a notebook with a part changed: a cell by its number, or else its metadata."""
    content = json.loads(nbformat.writes(notebook(code("open", "1;"))))
    (content["cells"][part] if isinstance(part, int) else content["metadata"]).update(others)
    return content


@pytest.mark.parametrize(
    ("content", "french", "english"),
    [
        (b"\xff", "can't decode byte 0xff", "can't decode byte 0xff"),
        (b"{", "does not appear to be JSON", "does not appear to be JSON"),
        (b"[]", "", ""),
        ({"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, "", ""),
        (changed(1, cell_type="nothing"), "nothing", "nothing"),
        (
            changed(1, id="parameters"),
            "deux cellules ont l’identifiant « parameters »",
            "two cells have the identifier “parameters”",
        ),
        (changed(1, id=None), "sa cellule 2 n’a pas d’identifiant", "its cell 2 has no identifier"),
        (
            changed("metadata", papermill=3),
            "« papermill », dans les métadonnées, n’est pas un dictionnaire",
            "“papermill” in the metadata is not a mapping",
        ),
        (
            changed("metadata", portrait={"declared": [3]}),
            "« portrait.declared », dans les métadonnées, n’est pas une liste",
            "“portrait.declared” in the metadata is not a list",
        ),
        (
            changed(1, metadata={"portrait": []}),
            "« portrait », dans les métadonnées, n’est pas un dictionnaire",
            "“portrait” in the metadata is not a mapping",
        ),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_with_its_fault(
    tmp_path: Path, content: Any, french: str, english: str
) -> None:
    path = tmp_path / "annual.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(RefusedInput, match=r"annual\.ipynb: this is not a notebook: .*Open it") as refused:
        read_notebook(path)
    assert "annual.ipynb : ce n’est pas un carnet : " in refused.value.french
    assert french in refused.value.french
    assert english in refused.value.english
