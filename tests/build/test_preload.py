"""A process that has imported everything: documents find it all, set as a kernel would set it."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from portrait.build.job import Made, Task, publish_document, run_notebook
from portrait.build.opened import Opened
from portrait.build.preload import import_everything
from portrait.build.processes import Processes, environment, is_safe
from portrait.run.chapters import name_of
from portrait.run.environment import CALM
from tests import small
from tests.small import PROJECT

pytestmark = pytest.mark.skipif(not is_safe(), reason="only Linux forks safely")


def n_threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def prepared() -> dict[str, Any]:
    """Import everything, and return what a document finds."""
    n_before = n_threads()
    with warnings.catch_warnings(record=True) as caught:
        import_everything()
    import pandas as pd

    from portrait.publish.fonts import font_files
    from portrait.publish.pdf import LOADED

    return {
        "threads": n_threads() - n_before,
        "warnings": list(map(str, caught)),
        "backend": os.environ["MPLBACKEND"],
        "columns": pd.get_option("display.max_columns"),
        "slow": [name for name in ("scipy.optimize", "scipy.special", "scipy.stats") if name in sys.modules],
        "faces": {path.name for path in Path(LOADED[0][0].name).iterdir()},
        "faces expected": {path.name for path in font_files()},
    }


@pytest.fixture(scope="module")
def found() -> Mapping[str, Any]:
    with environment(CALM):
        return Processes(get_context("spawn")).call(prepared)


def test_importing_starts_no_thread_because_a_fork_copies_none(found):
    assert found["threads"] == 0


def test_importing_warns_of_nothing(found):
    assert found["warnings"] == []


def test_no_library_is_imported_that_is_slow_and_that_no_document_needs(found):
    assert found["slow"] == []


def test_figures_and_tables_are_drawn_as_in_a_kernel(found):
    assert (found["backend"], found["columns"]) == ("module://matplotlib_inline.backend_inline", 20)


def test_typefaces_are_kept_where_forked_processes_read_them(found):
    assert found["faces"] == found["faces expected"] != set()


def imported_by(task: Task, edition: Path) -> set[str]:
    """Build a document, and return the modules that it imported."""
    before = set(sys.modules)
    notebooks = {
        name_of(path): run_notebook(task, name_of(path), edition).notebook  # type: ignore[union-attr]
        for path in task.notebooks
    }
    assert isinstance(publish_document(task, notebooks), Made)
    return set(sys.modules) - before


@pytest.mark.slow
@pytest.mark.parametrize("report", ["annual", "portfolio", "quality"])
def test_a_document_imports_nothing_more_in_its_process(tmp_path, report):
    data = str(small.tiny_edition(tmp_path / "data"))
    edition = tmp_path / "edition"
    edition.write_bytes(Opened("quebec", 2025, data, PROJECT).content)
    parameters = {"source": "quebec", "year": 2025, "data": data}
    if report == "portfolio":
        parameters["portfolio"] = "Justice"
    task = Task(PROJECT, report, report, "fr", parameters, ("html", "pdf"))
    assert Processes().call(imported_by, task, edition) == set()
