"""A notebook in a forked process gives the document that it gives in a kernel, or the same refusal."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from portrait.build.processes import Processes
from portrait.document.assembly import assembled
from portrait.document.claims import claims_of
from portrait.document.model import document_of
from portrait.document.outputs import published
from portrait.document.refusal import PublicationError
from portrait.errors import NotebookFailed, PortraitError, ProcessFailed
from portrait.language.phrases import Phrases
from portrait.run.chapters import notebooks_of
from portrait.run.engine import execute_notebook
from portrait.run.shell import open_shell
from tests import small
from tests.exhaustive import exhaustive
from tests.real_data import REAL_DATA, needs_real_data
from tests.run.test_engine import FAILING, REPORT, TOLD, cell_of, code, notebook, prose, write
from tests.small import PROJECT

pytestmark = pytest.mark.slow

REPORTS = ("annual", "portfolio", "quality")
LANGUAGES = ("fr", "en")
PLACES = ("kernel", "fork")
in_both_places = pytest.mark.parametrize("where", ["kernel", "fork"])


def execute(path: Path, parameters: Mapping[str, Any], timeout: int = 300, *, forked: bool) -> Any:
    return execute_notebook(path, parameters, working_folder=PROJECT, timeout=timeout, in_this_process=forked)


def run_in(where: str, path: Path, timeout: int = 60, **parameters: Any) -> nbformat.NotebookNode:
    """Run a notebook in a kernel, or in a process forked for it."""
    if where == "kernel":
        return execute(path, parameters, timeout, forked=False)
    return Processes().call(partial(execute, path, parameters, timeout, forked=True))


def in_both(path: Path, **parameters: Any) -> list[nbformat.NotebookNode]:
    """Run a notebook in a kernel and in a forked process."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda where: run_in(where, path, **parameters), PLACES))


def shown_by(executed: nbformat.NotebookNode) -> dict[str, list[Any]]:
    """Return what a document would hold of each cell: its text, or its outputs, or why they are refused."""
    return {
        cell.id: [cell.source] if cell.cell_type == "markdown" else _shown(cell.outputs)
        for cell in executed.cells
    }


def _shown(outputs: list[nbformat.NotebookNode]) -> list[Any]:
    """Return each output, and at the end whether the cell is refused for what it prints."""
    found: list[Any] = []
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    for output in outputs:
        if output.output_type != "stream":
            try:
                found.append(published(output, "a cell"))
            except PublicationError as refused:
                found.append(str(refused))
    return [*found, bool(printed.strip())]


# What a document holds

ODD = {
    "prints": "print('one')\nprint('two', end='')\nprint(' three')",
    "prints to both": "import sys\nprint('a')\nprint('b', file=sys.stderr)",
    "prints blanks": "print(' ')",
    "writes over": "print('10 %\\r20 %\\r100 %\\r\\nend')",
    "prints past Python": "import subprocess, time\nsubprocess.run(['sh', '-c', 'echo out']);\ntime.sleep(1)",
    "prints in a thread": "import threading\nt = threading.Thread(target=print, args=('in thread',))\n"
    "t.start()\nt.join()",
    "warns": "import warnings\nwarnings.warn('deprecated')",
    "logs": "import logging\nlogging.getLogger('x').warning('news')",
    "is silenced": "5;",
    "is empty": "",
    "is a comment": "# nothing",
    "gives a value": "['é', 1.5, None]",
    "gives nothing": "None",
    "gives a frame": "import pandas as pd\npd.DataFrame({str(n): range(70) for n in range(30)})",
    "gives a large array": "import numpy as np\nnp.zeros((1000, 1000))",
    "gives HTML": "from IPython.display import HTML\nHTML('<b>b</b>')",
    "gives Markdown": "from IPython.display import Markdown\nMarkdown('**b**')",
    "gives Latex": "from IPython.display import Latex\nLatex('$x$')",
    "gives SVG": "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
    "gives JavaScript": "from IPython.display import Javascript\nJavascript('alert(1)')",
    "displays a value": "display(1)",
    "displays two": "display('first')\ndisplay('second')",
    "displays and gives": "display('first')\n'second'",
    "displays text between prints": "print('a')\ndisplay('b')\nprint('c')",
    "displays with metadata": "display({'a': (1, 2)}, metadata={'k': (1, None)})",
    "displays a bundle": "display({'text/plain': 'a', 'application/json': {'a': [1, (2,)]}}, raw=True)",
    "clears": "from IPython.display import clear_output\ndisplay('gone')\nclear_output()\ndisplay('left')",
    "asks for help": "len?",
    "draws a figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "draws two figures": "for each in (1, 2):\n    plt.figure()\n    plt.bar([1], [each])\nplt.show()",
    "draws and closes": "plt.plot([1])\nplt.close('all')",
    "awaits": "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "gives the last value": "_",
    "looks at its inputs": "len(In) > 3, type(Out).__name__",
    "looks at its name": "__name__",
    "looks where it is": "import os\nos.getcwd()",
    "looks at its Python": "sys.executable, sys.stdout.encoding",
    "draws seeded numbers": "import random as r\nr.seed(1)\nnp.random.seed(1)\nr.random(), np.random.rand()",
    "orders a set": "hash('a'), {'quebec', 'ca', 'us'}",
    "defines": "def shape(x): return x * 2\nclass Shown: pass\nshape(3)",
    "shows the bundle of an object": "class Bundled:\n"
    "    def _repr_mimebundle_(self, **o): return {'application/x+json': 1}\nBundled()",
    "shows the HTML of an object": "class Rich:\n    def _repr_html_(self): return '<i>r</i>'\nRich()",
    "is dropped": "# when: year > 3000\nprint('never')",
    "is kept": "# when: year > 2000 and shape(1)\n'kept'",
    "swallows an error": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass",
    "deletes a name": "del shape\n'shape' in globals()",
    "draws with the switch off": "plt.ioff()\nplt.plot([1]);",
    "draws with the switch on": "plt.ion()\nplt.plot([2]);",
}
"""Cells of every kind that fail nothing, in the order in which they run."""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[Any]]]:
    cells = [code(name.replace(" ", "-"), source) for name, source in ODD.items()]
    path = write(notebook(*cells), tmp_path_factory.mktemp("odd"))
    with pytest.MonkeyPatch.context() as patch:
        # A kernel under pytest would leave what is written past Python where it is.
        patch.delenv("PYTEST_CURRENT_TEST")
        return [shown_by(executed) for executed in in_both(path, year=2024)]


@pytest.mark.parametrize("name", ODD)
def test_a_cell_gives_a_document_in_a_forked_process_what_it_gives_in_a_kernel(odd, name):
    in_kernel, in_fork = odd
    cell_id = name.replace(" ", "-")
    assert in_fork.get(cell_id, "dropped") == in_kernel.get(cell_id, "dropped")


def test_prose_says_in_a_forked_process_what_it_says_in_a_kernel(tmp_path):
    in_kernel, in_fork = in_both(write(REPORT, tmp_path), year=2024)
    assert shown_by(in_fork) == shown_by(in_kernel)
    assert claims_of(in_fork) == claims_of(in_kernel)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small.tiny_edition(tmp_path_factory.mktemp("tiny")))


def reports_in(where: str, report: str, parameters: dict[str, Any]) -> nbformat.NotebookNode:
    chapters = [run_in(where, path, timeout=300, **parameters) for path in notebooks_of(PROJECT, report)]
    return assembled(report, chapters) if len(chapters) > 1 else chapters[0]


@pytest.mark.parametrize(
    ("report", "language"),
    [
        pytest.param(report, language, marks=exhaustive if report == "annual" else ())
        for report, language in zip(REPORTS, itertools.cycle(LANGUAGES), strict=False)
    ],
)
def test_a_report_is_the_same_document_from_a_forked_process_as_from_kernels(tiny, report, language):
    parameters = {"language": language, "year": 2025, "data": tiny}
    with ThreadPoolExecutor(2) as pool:
        in_kernel, in_fork = pool.map(lambda where: reports_in(where, report, parameters), PLACES)
    assert claims_of(in_fork) == claims_of(in_kernel)
    assert document_of(in_fork) == document_of(in_kernel)


@exhaustive
@needs_real_data
def test_a_big_edition_is_the_same_document_from_a_forked_process_as_from_kernels():
    parameters = {"source": "us-federal", "year": 2025, "language": "en", "data": str(REAL_DATA)}
    with ThreadPoolExecutor(2) as pool:
        in_kernel, in_fork = pool.map(lambda where: reports_in(where, "annual", parameters), PLACES)
    assert document_of(in_fork) == document_of(in_kernel)


# What a process shares with none


def test_random_numbers_that_nobody_seeded_are_others_in_each_process(tmp_path):
    drawing = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())"
    path = write(notebook(code("draw", drawing)), tmp_path)
    assert run_in("fork", path).cells[-1].outputs != run_in("fork", path).cells[-1].outputs


def test_a_notebook_finds_nothing_of_the_one_that_ran_before_it_in_the_process(tmp_path):
    first = write(notebook(code("leaves", "left = 1"), code("shown", "left")), tmp_path, "first.ipynb")
    names = "sorted({'left', '_', '_2', '_3', 'Out'} & set(globals()))"
    second = write(notebook(code("names", names), code("last", "repr(_)")), tmp_path, "second.ipynb")
    with Processes().forked() as process:
        process.call(partial(execute, first, {}, forked=True))
        after = process.call(partial(execute, second, {}, forked=True))
    alone = run_in("fork", second)
    assert [cell.get("outputs") for cell in after.cells] == [cell.get("outputs") for cell in alone.cells]
    assert cell_of(after, "names").outputs[0]["data"]["text/plain"] == "['Out']"


@in_both_places
def test_a_notebook_knows_nothing_of_the_startup_file_of_its_user(tmp_path, monkeypatch, where):
    (tmp_path / "startup.py").write_text("mine = 1\nprint('mine')\n")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))
    path = write(notebook(code("look", "'mine' in globals()")), tmp_path)
    assert run_in(where, path).cells[-1].outputs[0].data["text/plain"] == "False"


@in_both_places
def test_a_notebook_imports_nothing_that_lies_where_it_runs(tmp_path, where):
    (tmp_path / "beside.py").write_text("")
    path = write(notebook(code("bad", "import beside")), tmp_path)
    here = partial(execute_notebook, path, {}, working_folder=tmp_path)
    with pytest.raises(NotebookFailed, match="ModuleNotFoundError: No module named 'beside'"):
        if where == "kernel":
            here()
        else:
            Processes().call(partial(here, in_this_process=True))


def _answers() -> list[list[Any]]:
    """Show conditions and phrases as our shell does, and as that of IPython does."""
    shell, phrase = open_shell(), Phrases("fr").number(1234)
    shows = (shell._format_user_obj, partial(InteractiveShell._format_user_obj, shell))
    return [[show(value) for value in (True, False, phrase, phrase.named("n"))] for show in shows]


def test_conditions_and_phrases_are_shown_as_ipython_shows_them():
    ours, theirs = Processes().call(_answers)
    assert ours == theirs
    assert [answer["data"]["text/plain"] for answer in ours] == ["True", "False", *["1\u00a0234"] * 2]


# Failures


def failure(where: str, cell: Any, folder: Path, timeout: int = 60) -> PortraitError:
    opening = code("open", "from portrait.language.phrases import Phrases\np = Phrases(language)")
    path = write(notebook(opening, cell, code("later", "1")), folder)
    with pytest.raises(PortraitError) as caught:
        run_in(where, path, timeout)
    return caught.value


@pytest.mark.parametrize(("name", "line", "reason", "expression"), TOLD)
def test_a_failure_tells_in_a_forked_process_what_it_tells_in_a_kernel(
    tmp_path, name, line, reason, expression
):
    met = failure("fork", FAILING[name], tmp_path, timeout=2 if "2 seconds" in reason else 60)
    if reason == "the kernel died":
        assert isinstance(met, ProcessFailed)
        assert "ended with status 1" in str(met)
    else:
        assert isinstance(met, NotebookFailed)
        assert (met.notebook, met.cell, met.line) == ("annual.ipynb", "bad", line)
        assert met.reason.en.startswith(reason)
        assert met.expression == expression
        assert "**L’échec est ici :**" in met.partial


SHOWN = "class Shown(str):\n    def _repr_mimebundle_(self, **o): return {'a/json': [float(self)]}\n"
SURROGATE = "from IPython.display import HTML\nHTML('\\ud83d')"
NOT_JSON = "ValueError: Out of range float values are not JSON compliant"
REFUSED = {
    "shows NaN": (f"{SHOWN}display(Shown('nan'))", 3, NOT_JSON),
    "gives infinity": (f"{SHOWN}Shown('inf')", 3, NOT_JSON),
    "has NaN in metadata": ("display(1, metadata={'a': float('nan')})", 1, NOT_JSON),
    "shows a number as HTML": (
        "display({'text/html': 5}, raw=True)",
        1,
        "TypeError: text/html must be text, not 5",
    ),
    "shows a list with nothing": (
        "display({'a/b': ['c', None]}, raw=True)",
        1,
        "TypeError: a/b must be text, not ['c', None]",
    ),
    "shows half a character": (SURROGATE, 2, "UnicodeEncodeError: "),
    "asks": ("input('Which year? ')", 1, ""),
    "asks for a password": ("__import__('getpass').getpass()", 1, ""),
    "has an error within an error": (
        "try:\n    1 / 0\nexcept ArithmeticError as e:\n    raise ValueError from e",
        4,
        "ValueError",
    ),
    "draws what cannot be drawn": (
        "import matplotlib.pyplot as plt\nplt.title(r'$\\frac$');",
        None,
        "ValueError: ",
    ),
}
"""Cells that fail: source, line, and the beginning of the reason."""


@in_both_places
@pytest.mark.parametrize("name", REFUSED)
def test_a_cell_that_no_notebook_can_hold_fails_by_name(tmp_path, name, where):
    source, line, reason = REFUSED[name]
    met = failure(where, code("bad", source), tmp_path)
    assert isinstance(met, NotebookFailed)
    assert met.cell == "bad"
    assert line is None or met.line == line
    assert met.reason.en.startswith(reason)


@in_both_places
def test_an_expression_of_which_json_lacks_a_part_is_named_with_its_place(tmp_path, where):
    path = write(notebook(code("open", SHOWN), prose("bad", "{eval}`Shown('nan')`")), tmp_path)
    with pytest.raises(NotebookFailed) as caught:
        run_in(where, path)
    met = caught.value
    assert (met.cell, met.line, met.expression) == ("bad", 1, "Shown('nan')")
    assert met.reason.en.startswith(NOT_JSON)


@pytest.mark.parametrize(
    "cell",
    [
        code("bad", "import time\nwhile True:\n    try: time.sleep(9)\n    except Exception: pass"),
        code("bad", "import time\ntry: time.sleep(9)\nexcept BaseException: time.sleep(9)"),
        code("bad", "while True:\n    pass"),
        code("bad", "import asyncio\nawait asyncio.sleep(60)"),
        prose("bad", "{eval}`__import__('time').sleep(60)`"),
    ],
    ids=["swallowed", "swallowed once", "busy", "awaited", "expression"],
)
def test_what_takes_too_long_is_stopped_whatever_it_swallows(tmp_path, cell):
    met = failure("fork", cell, tmp_path, timeout=1)
    assert isinstance(met, NotebookFailed)
    assert (met.cell, met.reason.en) == ("bad", "the cell did not finish within its time limit of 1 seconds")


def test_a_cell_that_takes_too_much_memory_is_named_with_its_line(tmp_path):
    limited = Processes(memory_limit=2**28)
    path = write(notebook(code("bad", "a = 1\nb = bytearray(2**30)")), tmp_path)
    with pytest.raises(NotebookFailed) as caught:
        limited.call(partial(execute, path, {}, forked=True))
    met = caught.value
    assert (met.cell, met.line, met.reason.en) == ("bad", 2, "MemoryError")
    # The next one has all the memory there is.
    path = write(notebook(code("good", "bytearray(2**20)[:1]")), tmp_path)
    assert limited.call(partial(execute, path, {}, forked=True))
