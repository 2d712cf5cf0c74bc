"""Measure the batch of Québec against ordinary ways of making the same documents, and against their floor.

    make benchmark-batch        (OPTIONS="--every 8" takes one document in eight, for all ways alike)

Two years, the annual report and every profile, two languages, HTML and PDF. The ways:

plain
    papermill's command line, then nbconvert's for the page and for the print, one document after another.
pool
    `papermill.execute_notebook` and the exporters, in a pool of processes.
ours
    `building.build_all`, as `portrait build` calls it.
floor
    The same functions called by processes that have imported all and opened the editions, without any
    notebook, and exported: nobody who draws these figures and sets these pages can be faster.

Each way runs in a process of its own, one after another, in turn for each round. Prints the median of its
wall and processor seconds, the memory of the whole tree of processes at its peak (what they share counted
once), and its time over that of the floor.
"""

from __future__ import annotations

import argparse
import ast
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
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

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
        # Chosen in a process of its own, and told to each way: none has the editions open by it.
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
    """Return the documents to make: those of two years, the annual reports first."""
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
                tasks.append(Task(PROJECT, report, stem, language, own, ("html", "pdf"), None, subject))
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
    """Build as the command does; a part of the documents is handed to the pool without a plan."""
    from portrait.build.job import Made
    from portrait.build.pool import Silent, local_pool, make_all

    with local_pool(JOBS) as pool:
        for year in YEARS:
            of_year = [task for task in tasks if task.parameters["year"] == year]
            for task, outcome in zip(
                of_year, make_all(of_year, pool, Silent(), folder / str(year)), strict=True
            ):
                assert isinstance(outcome, Made), (task.name, outcome)


def go_plain(tasks: Sequence[Any], folder: Path) -> None:
    """Run the command lines of papermill and nbconvert, one document after another."""
    for task in tasks:
        run = place_of(task, folder)
        told = [pair for name, value in told_parameters(task).items() for pair in ("-p", name, str(value))]
        papermill = ["papermill", str(task.notebook), str(run), "--engine", "portrait", "--no-progress-bar"]
        commands = [[*papermill, *told]]
        commands += [["nbconvert", "--to", f"portrait-{kind}", str(run)] for kind in task.formats]
        for command in commands:
            subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, check=True, capture_output=True)


def go_pool(tasks: Sequence[Any], folder: Path) -> None:
    """Call papermill and the exporters in a pool of processes."""
    with ProcessPoolExecutor(JOBS, mp_context=get_context("spawn")) as pool:
        list(pool.map(by_papermill, tasks, [folder] * len(tasks)))


def by_papermill(task: Any, folder: Path) -> None:
    """Make a document by papermill and by our exporters."""
    import nbformat
    import papermill

    from portrait.publish.html import PortraitHTMLExporter
    from portrait.publish.pdf import PortraitPDFExporter

    run = place_of(task, folder)
    papermill.execute_notebook(
        task.notebook, run, told_parameters(task), engine_name="portrait", progress_bar=False, cwd=PROJECT
    )
    executed = nbformat.read(run, as_version=4)
    page, _ = PortraitHTMLExporter().from_notebook_node(executed)
    run.with_suffix(".html").write_text(page, "utf-8")
    print_, _ = PortraitPDFExporter().from_notebook_node(executed)
    run.with_suffix(".pdf").write_bytes(print_)


def go_floor(tasks: Sequence[Any], folder: Path) -> None:
    """Call what the notebooks call, in processes forked once all is imported and the editions are open."""
    from portrait.build.preload import import_everything
    from portrait.editions import opening

    import_everything()
    kept = {}
    for year in YEARS:
        opening.preopen("quebec", year, project=PROJECT)
        kept |= opening._PREOPENED
    opening._PREOPENED.update(kept)
    with ProcessPoolExecutor(JOBS, mp_context=get_context("fork")) as pool:
        list(pool.map(without_notebook, tasks, [folder] * len(tasks)))


def without_notebook(task: Any, folder: Path) -> None:
    """Call the functions of a document's cells one after another, and export what they give."""
    from nbformat import from_dict

    from portrait.document.model import document_of
    from portrait.publish.html import render_html
    from portrait.publish.pdf import render_pdf

    os.chdir(PROJECT)
    namespace: dict[str, Any] = told_parameters(task)
    cells = [
        shown for cell in compiled(task.notebook, task.language) if (shown := cell_shown(cell, namespace))
    ]
    metadata = {"portrait": {"language": task.language, "notebook": task.notebook.name, "parameters": {}}}
    notebook = from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    document, place = document_of(notebook), place_of(task, folder)
    place.with_suffix(".html").write_text(render_html(document), "utf-8")
    place.with_suffix(".pdf").write_bytes(render_pdf(document))


@cache
def compiled(path: Path, language: str) -> list[dict[str, Any]]:
    """Return the cells of a language with their code, conditions and expressions compiled once a process."""
    import nbformat

    from portrait.language import expressions
    from portrait.language.expressions import WHEN

    def evaluated(source: str) -> Any:
        return compile(source, "expression", "eval")

    cells = []
    for cell in nbformat.read(path, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        if "parameters" in tags or {"fr", "en"} & {*tags} - {language}:
            continue
        conditions = [evaluated(tag.removeprefix(WHEN).strip()) for tag in tags if tag.startswith(WHEN)]
        ready: dict[str, Any] = {"cell": cell, "when": conditions}
        if cell.cell_type == "markdown":
            ready["expressions"] = [(e.source, evaluated(e.source)) for e in expressions.find(cell.source)]
        else:
            body = ast.parse(cell.source).body
            last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
            ready["run"] = compile(ast.Module(body, []), cell.id, "exec")
            ready["show"] = compile(last, cell.id, "eval") if last else None
        cells.append(ready)
    return cells


def cell_shown(ready: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any] | None:
    """Return a cell with what it shows; nothing where its conditions do not hold."""
    from portrait.language import expressions

    if not all(eval(condition, namespace) for condition in ready["when"]):
        return None
    cell = dict(ready["cell"], metadata=dict(ready["cell"].metadata))
    if cell["cell_type"] == "markdown":
        results = [(source, bundle_of(eval(code, namespace))) for source, code in ready["expressions"]]
        texts = [expressions.said(result).text for _, result in results]
        cell["metadata"]["portrait"] = {"source": cell["source"]}
        cell["metadata"]["user_expressions"] = [
            {"expression": source, "result": result} for source, result in results
        ]
        cell["source"] = expressions.baked(cell["source"], texts)
        return cell
    exec(ready["run"], namespace)
    shown = eval(ready["show"], namespace) if ready["show"] else None
    cell["outputs"] = (
        []
        if shown is None
        else [{"output_type": "execute_result", "metadata": {}, "execution_count": 1, **bundle_of(shown)}]
    )
    return cell


def bundle_of(value: Any) -> dict[str, Any]:
    """Return a value as Jupyter would answer with it."""
    bundle = value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {"text/plain": repr(value)}
    return {"status": "ok", "data": bundle, "metadata": {}}


def told_parameters(task: Any) -> dict[str, Any]:
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
