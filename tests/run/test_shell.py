"""A notebook in a forked process gives what it gives in a kernel, to the byte, and fails as it does there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from portrait.build import preload
from portrait.build.forkserver import ForkServer
from portrait.build.job import Made, Task, make_document, open_for_all
from portrait.errors import NotebookFailed, PortraitError, ProcessFailed
from portrait.run.engine import execute_notebook
from tests import small
from tests.run.test_engine import FAILING, PROJECT, REPORT, TOLD, code, notebook, prose, write

REAL_DATA = os.environ.get("PORTRAIT_REAL_DATA")
NOTEBOOKS = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer() as server:
        yield server


def execute(
    path: Path, parameters: dict[str, Any], folder: Path, in_this_process: bool, timeout: int = 300
) -> list[str]:
    """Run a notebook and return the executed one, line by line."""
    execute_notebook(
        path,
        parameters,
        output=folder / "annual.ipynb",
        failed=folder / "failed.ipynb",
        working_folder=PROJECT,
        timeout=timeout,
        in_this_process=in_this_process,
    )
    return (folder / "annual.ipynb").read_bytes().decode().split("\n")


def in_both(
    server: ForkServer, path: Path, parameters: dict[str, Any], folder: Path
) -> tuple[list[str], list[str]]:
    """Run a notebook in a kernel and in a forked process."""
    in_kernel = execute(path, parameters, folder / "kernel", False)
    return in_kernel, server.call(execute, path, parameters, folder / "fork", True)


# What a cell gives

ORDINARY = notebook(
    code("open", "import os, subprocess, sys, threading\nfrom IPython.display import HTML, display\nn = 0"),
    code("streams", "print('one')\nprint('two', file=sys.stderr)\nprint('three', end='')\nprint(' four')"),
    code("news-first", "print('news', file=sys.stderr)\nprint('said')\n3"),
    code("between", "print('a')\ndisplay(HTML('<b>b</b>'))\nprint('c')\nprint('d', file=sys.stderr)"),
    code("written-over", "print('10 %\\r20 %\\r100 %\\r\\nend')"),
    code(
        "past-Python",
        "print('before', flush=True)\nsubprocess.run(['sh', '-c', 'echo out; echo err >&2'])\n"
        # A kernel hears of it in a thread of its own.
        "__import__('time').sleep(1)\nprint('after')",
    ),
    code("thread", "t = threading.Thread(target=lambda: print('in thread'))\nt.start()\nt.join()"),
    code("values", "display({'a': (1, 2)}, metadata={'k': (1, None)})\n['é', 1.5, None]"),
    code("silent", "5;"),
    code("empty", ""),
    code("count", "_, In[2][:6], len(Out)"),
    code("frame", "import pandas as pd\npd.DataFrame({str(n): range(70) for n in range(30)})"),
    code("printed-frame", "print(pd.DataFrame({str(n): range(70) for n in range(30)}))"),
    code("await", "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'"),
    code("magic", "%env PORTRAIT_TEST=1\n!echo $PORTRAIT_TEST"),
    code("captured", "%%capture kept\nprint('kept')"),
    code("told", "kept.stdout"),
    code("figure", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"),
    code("two-figures", "for each in (1, 2):\n    plt.figure()\n    plt.bar([1], [each])\nplt.show()"),
    code("later", "shown = display('first', display_id='one')"),
    code("now", "shown.update('second')\nprint('updated')"),
    code("cleared", "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('left')"),
    code("to-be-cleared", "print('gone')\nclear_output(wait=True)\nprint('left')"),
    code("never-cleared", "print('left')\nclear_output(wait=True)"),
    code("seed", "import random\nimport numpy as np\nrandom.seed(1)\nnp.random.seed(1)"),
    code("drawn", "random.random(), float(np.random.rand()), hash('a'), {'quebec', 'ca', 'us'}"),
    code("machine", "print(os.getcwd(), sys.executable, sys.stdout.encoding, __name__)"),
    code("dropped", "print('never')", "when:n"),
    prose("said", "Soit {eval}`f'{n:d}'`.", "when:not n"),
)


FIGURES = notebook(
    code("alone", "from matplotlib.figure import Figure\ndrawn = Figure()\ndrawn.add_subplot()\ndrawn"),
    code(
        "first", "import matplotlib.pyplot as plt\nwith plt.ioff():\n    plt.plot([1])\nplt.isinteractive()"
    ),
    code("known", "drawn"),
    code("off", "plt.ioff()\nplt.plot([1]);"),
    code("on", "plt.ion()\nplt.plot([2]);"),
)
"""A kernel sets its way of drawing up only as the first figure is drawn, and not as it starts."""


OF_A_KERNEL = notebook(
    code("asked", "len?\n%pycat pyproject.toml"),
    code("magics", "%clear\n%store\n%less pyproject.toml"),
    code(
        "environment",
        "import os\nimport pandas as pd\n[os.environ[each] for each in ('FORCE_COLOR', 'PAGER', 'TERM')]",
    ),
    code("name", "type(get_ipython()).__name__, pd.io.formats.console.in_ipython_frontend()"),
)
"""What the shell of a kernel has, and the one that it is made from has not."""


@pytest.mark.parametrize(
    "report",
    [ORDINARY, FIGURES, OF_A_KERNEL, REPORT],
    ids=["ordinary", "figures", "of a kernel", "report"],
)
def test_cells_give_in_a_forked_process_what_they_give_in_a_kernel(server, tmp_path, monkeypatch, report):
    # A kernel under pytest would leave what is written past Python where it is.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    path = write(report, tmp_path)
    in_kernel, in_fork = in_both(server, path, {"year": 2024}, tmp_path)
    assert in_fork == in_kernel


def test_random_numbers_that_nobody_seeded_are_others_in_each_process(server, tmp_path):
    drawing = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())"
    path = write(notebook(code("draw", drawing)), tmp_path)
    one, two = (server.call(execute, path, {}, tmp_path / each, True) for each in ("one", "two"))
    assert one != two


def test_a_process_finds_its_shell_open_as_no_document_needs_one_of_its_own(server):
    assert server.call(InteractiveShell.initialized)


def test_a_notebook_goes_back_to_the_folder_where_it_began_wherever_the_server_did(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = write(notebook(code("folders", "%cd notebooks\n%cd -\n_dh")), tmp_path)
    with ForkServer() as server:
        in_kernel, in_fork = in_both(server, path, {}, tmp_path)
    assert in_fork == in_kernel


def test_what_a_notebook_keeps_in_its_profile_no_other_notebook_finds(server, tmp_path):
    keeping = "%bookmark here\nget_ipython().db['mine'] = 1"
    server.call(execute, write(notebook(code("keep", keeping)), tmp_path / "first"), {}, tmp_path, True)
    path = write(notebook(code("look", "%bookmark -l\nget_ipython().db.get('mine')")), tmp_path)
    in_kernel, in_fork = in_both(server, path, {}, tmp_path)
    assert in_fork == in_kernel


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small.tiny_edition(tmp_path_factory.mktemp("tiny")))


@pytest.mark.parametrize("data", ["tiny", "quebec"])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_gives_in_a_forked_process_what_it_gives_in_a_kernel(
    server, tmp_path, tiny, name, data
):
    def both(language: str) -> tuple[list[str], list[str]]:
        parameters = {"language": language, "year": 2025, "data": tiny if data == "tiny" else ""}
        path = PROJECT / "notebooks" / f"{name}.ipynb"
        return in_both(server, path, parameters, tmp_path / language)

    with ThreadPoolExecutor(2) as executor:
        for in_kernel, in_fork in executor.map(both, LANGUAGES):
            assert in_fork == in_kernel


@pytest.mark.skipif(not REAL_DATA, reason="PORTRAIT_REAL_DATA is not set")
def test_a_big_edition_gives_in_a_forked_process_what_it_gives_in_a_kernel(server, tmp_path):
    parameters = {"source": "us-federal", "year": 2025, "language": "en", "data": str(REAL_DATA)}
    in_kernel, in_fork = in_both(server, PROJECT / "notebooks" / "annual.ipynb", parameters, tmp_path)
    assert in_fork == in_kernel


def imported_by(task: Task) -> list[str]:
    before = set(sys.modules)
    assert isinstance(make_document(task, in_this_process=True), Made)
    return sorted(set(sys.modules) - before)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_document_imports_nothing_for_the_server_has_imported_all(server, name):
    parameters = {"source": "quebec", "year": 2025, "data": ""}
    task = Task(PROJECT, name, name, "fr", parameters, ("html", "pdf"))
    assert server.call(imported_by, task, prepare=partial(open_for_all, *task.edition)) == []


def import_with_a_module_that_is_gone() -> None:
    preload._AT_FIRST_USE = ("pandas.gone_from_the_next_release",)
    preload.import_everything()


def test_a_release_of_a_library_without_what_is_imported_at_first_use_stops_no_document(server):
    assert server.call(import_with_a_module_that_is_gone) is None


# Failures


def failure(server: ForkServer, cell: Any, folder: Path, timeout: int = 60) -> PortraitError:
    opening = code("open", "from portrait.language.phrases import Phrases\np = Phrases(language)")
    path = write(notebook(opening, cell, code("later", "1")), folder)
    with pytest.raises(PortraitError) as caught:
        server.call(execute, path, {}, folder, True, timeout)
    return caught.value


@pytest.mark.parametrize(("name", "line", "reason", "expression"), TOLD)
def test_a_failure_tells_in_a_forked_process_what_it_tells_in_a_kernel(
    server, tmp_path, name, line, reason, expression
):
    met = failure(server, FAILING[name], tmp_path, timeout=2)
    if reason == "the kernel died":
        assert isinstance(met, ProcessFailed)
        assert "ended with status 1" in str(met)
    else:
        assert isinstance(met, NotebookFailed)
        assert (met.notebook, met.cell, met.line) == ("annual.ipynb", "bad", line)
        assert met.reason.startswith(reason)
        assert met.expression == expression
        assert (tmp_path / "failed.ipynb").exists()


def test_the_copy_of_a_failed_notebook_is_the_one_that_a_kernel_leaves(server, tmp_path):
    # An error within an error: its place is that of the error that was not met.
    cell = code("bad", "print(1)\ntry:\n    1 / 0\nexcept ArithmeticError as e:\n    raise ValueError from e")
    path = write(notebook(cell), tmp_path)
    for folder, where in (("kernel", execute), ("fork", lambda *a: server.call(execute, *a))):
        with pytest.raises(NotebookFailed) as caught:
            where(path, {}, tmp_path / folder, folder == "fork")
        assert caught.value.line == 5
    left, right = ((tmp_path / each / "failed.ipynb").read_bytes() for each in ("kernel", "fork"))
    assert left == right


SHOWN = """\
class Shown(str):
    def _repr_mimebundle_(self, **options):
        return {'a/json': [float(self)]}
"""


def failed_in(server: ForkServer, where: str, path: Path, folder: Path) -> NotebookFailed:
    """Run a notebook that fails, in a kernel or in a forked process, and return how."""
    run = execute if where == "kernel" else partial(server.call, execute)
    with pytest.raises(NotebookFailed) as caught:
        run(path, {}, folder, where == "fork")
    return caught.value


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"{SHOWN}from IPython.display import display\ndisplay(Shown('nan'))", 5),
        (f"{SHOWN}Shown('inf')", 4),
        ("from IPython.display import display\ndisplay(1, metadata={'a': float('nan')})", 2),
    ],
    ids=["displayed", "result", "metadata"],
)
@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_a_number_that_json_lacks_fails_the_cell_that_shows_it(server, tmp_path, source, line, where):
    path = write(notebook(code("bad", source)), tmp_path)
    failed = failed_in(server, where, path, tmp_path)
    assert (failed.cell, failed.line) == ("bad", line)
    assert failed.reason.startswith("ValueError: Out of range float values are not JSON compliant")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("display({'text/html': 5}, raw=True)", "TypeError: text/html must be text, not 5"),
        ("display({'a/b': ['c', None]}, raw=True)", "TypeError: a/b must be text, not ['c', None]"),
        ("display(5, raw=True)", "TypeError: data must be a dict, got: 5"),
        ("Shown()", "TypeError: text/plain must be text, not 5"),
        (
            "Shown.metadata = 7; Shown.form = 'application/a+json'\nShown()",
            "TypeError: metadata must be a dict, not 7",
        ),
    ],
)
@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_what_no_notebook_holds_fails_the_cell_that_shows_it(server, tmp_path, source, reason, where):
    """From a kernel it failed the notebook, and no cell was named; from a forked process it was published."""
    opening = """\
from IPython.display import display
class Shown:
    form, metadata = 'text/plain', {}
    def _repr_mimebundle_(self, **options):
        return {self.form: 5}, self.metadata
"""
    path = write(notebook(code("open", opening), code("bad", source)), tmp_path)
    failed = failed_in(server, where, path, tmp_path)
    assert (failed.cell, failed.line) == ("bad", len(source.split("\n")))
    assert failed.reason == reason


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import matplotlib.pyplot as plt\nplt.title(r'$\\frac$');", "ValueError: "),
        ("%%capture\n1 / 0", "ZeroDivisionError: "),
    ],
    ids=["figure", "captured"],
)
@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_an_error_that_a_cell_shows_and_goes_on_fails_that_cell(server, tmp_path, source, reason, where):
    """papermill refused the whole notebook for it: no cell was named, and no copy kept."""
    path = write(notebook(code("bad", source), code("later", "1")), tmp_path)
    failed = failed_in(server, where, path, tmp_path)
    assert failed.cell == "bad"
    assert failed.reason.startswith(reason)
    assert (tmp_path / "failed.ipynb").exists()


@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_half_a_character_fails_the_cell_that_shows_it(server, tmp_path, where):
    """From a forked process it ended the document as that was written, and no cell was named."""
    source = "from IPython.display import HTML\nHTML('\\ud83d')"
    path = write(notebook(code("bad", source)), tmp_path)
    failed = failed_in(server, where, path, tmp_path)
    assert (failed.cell, failed.line) == ("bad", 2)
    assert "surrogates not allowed" in failed.reason


@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_an_expression_of_which_json_lacks_a_part_is_named_with_its_place(server, tmp_path, where):
    path = write(notebook(code("open", SHOWN), prose("bad", "{eval}`Shown('nan')`")), tmp_path)
    failed = failed_in(server, where, path, tmp_path)
    assert (failed.cell, failed.line, failed.expression) == ("bad", 1, "Shown('nan')")
    assert failed.reason.startswith("ValueError: Out of range float values are not JSON compliant")


@pytest.mark.parametrize("source", ["input('Which year? ')", "__import__('getpass').getpass()"])
@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_a_question_that_nobody_could_answer_fails_its_cell_and_says_so(server, tmp_path, source, where):
    path = write(notebook(code("bad", source)), tmp_path)
    failed = failed_in(server, where, path, tmp_path)
    assert (failed.cell, failed.line) == ("bad", 1)
    assert "this frontend does not support input requests" in failed.reason


@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_a_notebook_knows_nothing_of_the_startup_file_of_its_user(server, tmp_path, monkeypatch, where):
    (tmp_path / "startup.py").write_text("mine = 1\nprint('mine')\n")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))
    path = write(notebook(code("look", "print('mine' in globals())")), tmp_path)
    run = execute if where == "kernel" else partial(server.call, execute)
    told = "".join(run(path, {}, tmp_path, where == "fork"))
    assert "False" in told
    assert "True" not in told


@pytest.mark.parametrize("where", ["kernel", "fork"])
def test_a_notebook_imports_nothing_that_lies_where_it_runs(server, tmp_path, where):
    (tmp_path / "beside.py").write_text("")
    path = write(notebook(code("bad", "import beside")), tmp_path)
    places = {"output": tmp_path / "out" / "a.ipynb", "failed": tmp_path / "failed.ipynb"}
    with pytest.raises(NotebookFailed, match="ModuleNotFoundError: No module named 'beside'"):
        if where == "kernel":
            _execute_in(path, tmp_path, places, False)
        else:
            server.call(_execute_in, path, tmp_path, places, True)


def _execute_in(path: Path, folder: Path, places: dict[str, Path], in_this_process: bool) -> None:
    execute_notebook(path, {}, working_folder=folder, in_this_process=in_this_process, **places)


@pytest.mark.parametrize(
    "source",
    [
        "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except Exception:\n        pass",
        "import time\ntry:\n    time.sleep(9)\nexcept BaseException:\n    time.sleep(9)",
        "while True:\n    pass",
        "import asyncio\nawait asyncio.sleep(60)",
    ],
    ids=["swallowed", "swallowed once", "busy", "awaited"],
)
def test_a_cell_that_takes_too_long_is_stopped_whatever_it_swallows(server, tmp_path, source):
    met = failure(server, code("bad", source), tmp_path, timeout=1)
    assert isinstance(met, NotebookFailed)
    assert (met.cell, met.reason) == ("bad", "no answer within 1 seconds")


def test_an_expression_that_takes_too_long_is_stopped(server, tmp_path):
    met = failure(server, prose("bad", "{eval}`__import__('time').sleep(60)`"), tmp_path, timeout=1)
    assert isinstance(met, NotebookFailed)
    assert (met.cell, met.reason) == ("bad", "no answer within 1 seconds")


def test_a_cell_that_takes_too_much_memory_is_named_with_its_line(tmp_path):
    with ForkServer(memory_limit=2**28) as small:
        met = failure(small, code("bad", "a = 1\nb = bytearray(2**30)"), tmp_path)
        assert isinstance(met, NotebookFailed)
        assert (met.cell, met.line, met.reason) == ("bad", 2, "MemoryError: ")
        # The next one has all the memory there is.
        path = write(notebook(code("good", "bytearray(2**20)[:1]")), tmp_path)
        assert small.call(execute, path, {}, tmp_path, True)
