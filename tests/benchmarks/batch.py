"""Measure the batch of Québec against ordinary ways of building the same documents, and against their floor.

    make benchmark-batch        (OPTIONS="--every 8" takes one document in eight, in every way)

Two years, the annual report and every profile, two languages, HTML and PDF. The ways:

plain
    papermill's command line for each notebook, then nbconvert's for the page and for the print, one document
    after another.
pool
    `papermill.execute_notebook` and the exporters, in a pool of processes.
ours
    `batch.make_all`, as `portrait build` calls it.
floor
    The code of the cells, called without a kernel or a shell by processes forked once everything is imported
    and the edition is open; then the renderers. No program that draws these figures and sets these pages can
    be much faster.

Each way runs in a process of its own, one after another, in each round. Prints medians: seconds of the clock
and of the processor, the peak of memory of all its processes (shared pages counted once), and its time over
that of the floor.
"""

from __future__ import annotations

import argparse
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from portrait.run.cells import Runner

PROJECT = Path(__file__).parents[2]
WAYS = ("floor", "ours", "pool", "plain")
JOBS = os.cpu_count() or 1
YEARS = (2024, 2025)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of the ways, or go one way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="take one document in so many")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--ways", default=",".join(WAYS), help="those to measure")
    parser.add_argument("--go", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if asked.go:
            way, chosen = asked.go
            GO[way](pickle.loads(Path(chosen).read_bytes()), Path(folder))
            return 0
        # Chosen in a process of its own: no way begins with the editions open.
        chosen = Path(folder, "tasks")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            tasks = pool.submit(chosen_tasks, asked.every).result()
        chosen.write_bytes(pickle.dumps(tasks))
        measured: dict[str, list[tuple[float, float, float]]] = {way: [] for way in asked.ways.split(",")}
        for _ in range(asked.rounds):
            for way, runs in measured.items():
                runs.append(timed(way, chosen))
        show(measured, len(tasks))
    return 0


def chosen_tasks(every: int) -> list[Any]:
    """Return the documents to build: those of two years, the annual reports first."""
    from portrait.build.job import Task
    from portrait.editions.opening import open_edition
    from portrait.facts.portfolio import slugs

    tasks = []
    for year in YEARS:
        parameters = {"source": "quebec", "year": year, "data": ""}
        names = slugs(open_edition("quebec", year, project=PROJECT))
        subjects = [
            ("annual", "annual", ""),
            *(("portfolio", f"portfolios/{s}", n) for n, s in names.items()),
        ]
        for report, stem, subject in subjects:
            for language in ("fr", "en"):
                own = {**parameters, "portfolio": subject} if subject else parameters
                tasks.append(Task(PROJECT, report, stem, language, own, ("html", "pdf"), (), subject))
    return sorted(tasks[::every], key=lambda task: bool(task.subject))


def timed(way: str, chosen: Path) -> tuple[float, float, float]:
    """Go one way in a process of its own; return its wall and processor seconds, and its peak in MB."""
    command = [sys.executable, "-m", "tests.benchmarks.batch", "--go", way, str(chosen)]
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(command, cwd=PROJECT) as process:
        peak: list[float] = []
        watch = threading.Thread(target=lambda: peak.extend(memory_of(process)))
        watch.start()
        status = process.wait()
        wall = time.perf_counter() - start
        watch.join()
    if status:
        raise SystemExit(f"The way {way} ended with status {status}.")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, processor, max(peak, default=0.0)


def memory_of(process: subprocess.Popen[bytes]) -> Iterator[float]:
    """Yield the megabytes of a process and of all that it started, now and then, while it runs."""
    while process.poll() is None:
        yield sum(proportional(number) for number in tree(process.pid)) / 1024
        time.sleep(0.5)


def tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    found = [root]
    for number in found:
        found += parents.get(number, [])
    return found


def proportional(number: int) -> int:
    """Return the kilobytes of a process, what it shares divided among those that share it."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def show(measured: dict[str, list[tuple[float, float, float]]], n_documents: int) -> None:
    """Print the medians, and each time over that of the floor."""
    medians = {
        way: [statistics.median(column) for column in zip(*runs, strict=True)]
        for way, runs in measured.items()
    }
    floor = medians.get("floor", [float("nan")])[0]
    n_rounds = len(next(iter(measured.values())))
    print(f"{n_documents} documents, HTML and PDF, {JOBS} at once; medians of {n_rounds}")
    print(f"{'way':8}{'wall s':>9}{'processor s':>13}{'peak MB':>9}{'over the floor':>16}")
    for way, (wall, processor, peak) in medians.items():
        print(f"{way:8}{wall:9.1f}{processor:13.1f}{peak:9.0f}{wall / floor:16.2f}")


# The ways


def go_ours(tasks: Sequence[Any], folder: Path) -> None:
    """Build as the command does, without publishing the edition."""
    from multiprocessing import forkserver

    from portrait.build.batch import Watcher, make_all
    from portrait.build.job import Failed
    from portrait.build.opened import Opened
    from portrait.build.pool import local_pool

    with local_pool(JOBS) as pool:
        pool.start()
        for year, of_year in by_year(tasks):
            opened = pool.keep_open(Opened("quebec", year, "", PROJECT), folder)
            outcomes = make_all(of_year, opened, pool, Watcher(), folder / str(year), executed={})
            for task, outcome in outcomes.items():
                assert not isinstance(outcome, Failed), (task.name, outcome)
    forkserver._forkserver._stop()  # the system counts the seconds of a process once it was waited for


def go_plain(tasks: Sequence[Any], folder: Path) -> None:
    """Run the command lines of papermill and nbconvert, one document after another."""

    def call(*words: str | Path) -> None:
        subprocess.run([sys.executable, "-m", *words], cwd=PROJECT, check=True, capture_output=True)

    for task in tasks:
        options = [word for name, value in all_parameters(task).items() for word in ("-p", name, str(value))]
        runs = []
        for path in task.notebooks:
            runs.append(folder / path.name)
            call("papermill", path, runs[-1], "--engine", "portrait", "--no-progress-bar", *options)
        run = place_of(task, folder)
        write_assembled(task, runs, run)
        for kind in task.formats:
            call("nbconvert", "--to", f"portrait-{kind}", run)


def go_pool(tasks: Sequence[Any], folder: Path) -> None:
    """Call papermill and the exporters in a pool of processes."""
    with ProcessPoolExecutor(JOBS, mp_context=get_context("spawn")) as pool:
        list(pool.map(by_papermill, tasks, [folder] * len(tasks)))


def by_papermill(task: Any, folder: Path) -> None:
    """Build a document with papermill and our exporters."""
    import papermill

    from portrait.publish.exporters import PortraitHTMLExporter, PortraitPDFExporter

    run = place_of(task, folder)
    runs = [run.with_name(f"{task.language}-{path.name}") for path in task.notebooks]
    for path, place in zip(task.notebooks, runs, strict=True):
        papermill.execute_notebook(
            path, place, all_parameters(task), engine_name="portrait", progress_bar=False, cwd=PROJECT
        )
    executed = write_assembled(task, runs, run)
    page, _ = PortraitHTMLExporter().from_notebook_node(executed)
    run.with_suffix(".html").write_text(page, "utf-8")
    print_, _ = PortraitPDFExporter().from_notebook_node(executed)
    run.with_suffix(".pdf").write_bytes(print_)


def write_assembled(task: Any, runs: Sequence[Path], place: Path) -> Any:
    """Write and return the notebook of a document, from its executed notebooks."""
    import nbformat

    from portrait.document.assembly import assembled

    read = [nbformat.read(path, as_version=4) for path in runs]
    notebook = assembled(task.report, read) if len(read) > 1 else read[0]
    nbformat.write(notebook, place)
    return notebook


def go_floor(tasks: Sequence[Any], folder: Path) -> None:
    """Call what the notebooks call, in processes forked once all is imported and the edition is open."""
    from portrait.build.opened import Opened, adopt
    from portrait.build.preload import import_everything
    from tests.benchmarks.batch import without_kernel  # IPython takes the name __main__ for itself

    import_everything()
    for year, of_year in by_year(tasks):
        adopt(Opened("quebec", year, "", PROJECT).content(), "", PROJECT)
        with ProcessPoolExecutor(JOBS, mp_context=get_context("fork")) as pool:
            list(pool.map(without_kernel, of_year, [folder] * len(of_year)))


def without_kernel(task: Any, folder: Path) -> None:
    """Run the cells of a document as plain code, and render what they show."""
    import nbformat

    from portrait.document.assembly import assembled
    from portrait.document.model import document_of
    from portrait.publish.html import render_html
    from portrait.publish.pdf import render_pdf
    from portrait.run.chapters import name_of
    from portrait.run.engine import prepare

    os.chdir(PROJECT)
    chapters = []
    for path in task.notebooks:
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata["papermill"] = {"input_path": path.name}
        for cell in notebook.cells:
            if "parameters" in cell.metadata.get("tags", []):
                # Language included, so that `prepare` keeps its cells.
                cell.source = "\n".join(f"{name} = {value!r}" for name, value in all_parameters(task).items())
        prepare(notebook, name_of(path))
        PlainRunner(notebook).run_cells()
        chapters.append(notebook)
    document = document_of(assembled(task.report, chapters) if len(chapters) > 1 else chapters[0])
    place = place_of(task, folder)
    place.with_suffix(".html").write_text(render_html(document), "utf-8")
    place.with_suffix(".pdf").write_bytes(render_pdf(document))


class PlainRunner(Runner):
    """Runs cells as plain code in one namespace: no kernel, no shell, no captured streams."""

    def __init__(self, notebook: Any) -> None:
        ignore = lambda *cell, **options: None  # noqa: E731
        self.nb, self.timeout = notebook, None
        self.nb_man = SimpleNamespace(cell_start=ignore, cell_complete=ignore, cell_exception=ignore)
        self._namespace: dict[str, Any] = {}

    def execute_cell(self, cell: Any, cell_index: int) -> None:
        import ast

        from nbformat import from_dict

        body = ast.parse(cell.source).body
        last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell.id, "exec"), self._namespace)
        shown = eval(compile(last, cell.id, "eval"), self._namespace) if last else None
        content = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
        cell.outputs = [] if shown is None else [from_dict({**content, "data": as_jupyter(shown)})]

    def answers(self, cell: Any, asked: dict[str, str]) -> dict[str, Any]:
        return {
            name: {"status": "ok", "data": as_jupyter(eval(source, self._namespace)), "metadata": {}}
            for name, source in asked.items()
        }


def as_jupyter(value: Any) -> dict[str, Any]:
    """Return a value in the forms that Jupyter shows it in."""
    return value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {"text/plain": repr(value)}


def by_year(tasks: Sequence[Any]) -> Iterator[tuple[int, list[Any]]]:
    """Yield each year with its documents."""
    for year in YEARS:
        if of_year := [task for task in tasks if task.parameters["year"] == year]:
            yield year, of_year


def all_parameters(task: Any) -> dict[str, Any]:
    """Return the parameters of a notebook, its language among them."""
    return {**task.parameters, "language": task.language}


def place_of(task: Any, folder: Path) -> Path:
    """Return where the executed notebook of a document goes."""
    place = folder / str(task.parameters["year"]) / f"{task.name}.ipynb"
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


GO = {"ours": go_ours, "plain": go_plain, "pool": go_pool, "floor": go_floor}

if __name__ == "__main__":
    sys.exit(main())
