"""The worker of a preview: pages, failures and remarks, and what it leaves behind."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portrait.build import processes
from portrait.build.job import Made, Task, publish_document, run_notebook
from portrait.preview.worker import Page, render, work
from portrait.run.chapters import name_of
from tests import small
from tests.exhaustive import exhaustive
from tests.preview.project import PROJECT, save, words_of, write_notebook, write_project

FIRST = "annual/01-first.ipynb"

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


class Worker:
    """A worker process and the requests of a preview to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        processes.start_server()
        context: Any = multiprocessing.get_context("forkserver" if processes.is_safe() else "spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, str(folder)))
        self.process.start()
        theirs.close()

    def pages(self) -> list[Page]:
        """Ask for the page; return it as it is answered before it is verified, and after."""
        self.connection.send("page")
        answered: list[Page] = []
        while not (answered and answered[-1].is_whole):
            assert self.connection.poll(60)
            answered.append(Page(**self.connection.recv()))
        return answered

    def page(self) -> Page:
        first, *verified = self.pages()
        return replace(verified[0], page=first.page) if verified else first


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Starts a worker whose temporary folder is ``tmp_path / "worker"``."""
    workers: list[Worker] = []

    def started() -> Worker:
        workers.append(Worker(tmp_path / "worker"))
        return workers[-1]

    yield started
    for worker in workers:
        worker.process.kill()
        worker.process.join()


@pytest.fixture
def worker_of(start: Callable[[], Worker]) -> Callable[..., Worker]:
    def started(task: Task, chapter: str = "") -> Worker:
        worker = start()
        worker.connection.send((task, chapter))
        return worker

    return started


def task_of(project: Path, report: str = "annual", **changes: Any) -> Task:
    parameters = {"source": "quebec", "year": 2025, "data": "rows"}
    return Task(project, report, report, "fr", parameters, ("html",), **changes)


def chapter_path(project: Path, name: str = FIRST) -> Path:
    return project / "notebooks" / name


def test_a_failed_cell_gives_the_notebook_the_cell_the_message_and_the_traceback(project, worker_of):
    save(chapter_path(project), "count", "n_rows = len(edition.initiatives)\nedition.no_such_name")
    page = worker_of(task_of(project), FIRST).page()
    assert page.page == b""
    assert "annual/01-first.ipynb, cellule count, ligne 2 : AttributeError" in page.error
    assert "no_such_name" in page.error
    assert page.error.endswith("Corrigez cette cellule, puis recommencez.")
    assert "edition.no_such_name" in page.traceback
    assert "\x1b" not in page.traceback


def test_a_failed_expression_gives_the_notebook_the_cell_and_the_expression(project, worker_of):
    save(chapter_path(project), "end", "La fin.\n\n{eval}`p.number(nothing)`.")
    page = worker_of(task_of(project), FIRST).page()
    assert "annual/01-first.ipynb, cellule end, ligne 3 : {eval}`p.number(nothing)` a échoué" in page.error
    assert "NameError" in page.error
    assert page.traceback == ""


def test_a_notebook_cut_short_is_named(project, worker_of):
    path = chapter_path(project)
    path.write_text(path.read_text("utf-8")[:200], "utf-8")
    page = worker_of(task_of(project), FIRST).page()
    assert "annual/01-first.ipynb : ce n’est pas un carnet : " in page.error


def test_a_chapter_that_is_deleted_is_named_and_may_come_back(project, worker_of):
    worker = worker_of(task_of(project), FIRST)
    good = worker.page().page
    assert good
    path = chapter_path(project)
    text = path.read_bytes()
    path.unlink()
    assert worker.page().error == "Le carnet annual/01-first.ipynb n’existe plus."
    path.write_bytes(text)
    assert worker.page().page == good


def test_a_reference_to_an_unknown_figure_is_a_failure_of_a_whole_report(project, worker_of):
    save(chapter_path(project), "end", "Voir [](#fig-nothing).")
    page = worker_of(task_of(project)).page()
    assert "cellule end : un renvoi mène à #fig-nothing, qui n’est pas dans le document." in page.error
    assert page.page == b""


def test_a_chapter_may_refer_to_a_figure_of_another_chapter(project, worker_of):
    save(chapter_path(project), "end", "Voir [](#fig-elsewhere).")
    page = worker_of(task_of(project), FIRST).page()
    assert page.error == ""
    assert "fig-elsewhere" in words_of(page.page)


def test_a_table_without_a_reference_is_a_remark_on_a_whole_report_only(project, worker_of, tmp_path):
    write_notebook(project / "notebooks" / "quality.ipynb", "Constats")
    found = "n_rows, found = 1, facts.trust(edition, data).completeness"
    table = f"{found}\ntables.completeness(found, edition, language)"
    save(project / "notebooks" / "quality.ipynb", "count", table)
    page = worker_of(task_of(project, "quality")).page()
    assert page.error == ""
    assert "aucune phrase ne renvoie à tab-completeness" in page.remarks[-1]
    shutil.rmtree(tmp_path / "worker")
    page = worker_of(task_of(project, "quality"), "quality.ipynb").page()
    assert page.error == ""
    assert not any("tab-completeness" in remark for remark in page.remarks)


def test_what_a_build_refuses_is_a_remark_in_the_language_of_the_preview_and_the_page_is_shown(
    project, worker_of
):
    save(chapter_path(project), "end", "On compte neuf cents lignes.")
    page = worker_of(task_of(project), FIRST).page()
    assert "On compte neuf cents lignes." in words_of(page.page)
    assert any("cellule end : une cellule de texte doit porter" in remark for remark in page.remarks)


def test_a_sentence_that_disagrees_with_the_tables_is_a_remark_with_its_cell(project, worker_of):
    path, counted = chapter_path(project), "{eval}`p.count(stages.in_production)`"
    save(path, "count", "n_rows, stages = 3, facts.stages(edition)")
    save(path, "end", f"On compte {counted} en production.")
    worker = worker_of(task_of(project), FIRST)
    assert not any("cellule end : annual.fr" in remark for remark in worker.page().remarks)
    save(path, "end", f"On compte {counted} en développement.")
    shown, verified = worker.pages()  # the page does not wait for the verifier
    assert "en développement" in words_of(shown.page)
    assert not any("cellule end : annual.fr" in each for each in shown.remarks)
    [remark] = [each for each in verified.remarks if "cellule end : annual.fr" in each]
    assert remark.startswith(
        "annual/01-first.ipynb, cellule end : annual.fr: end-1 (1): expected status said as"
    )


def test_words_that_the_other_language_might_say_are_a_remark_in_the_preview_of_one(project, worker_of):
    path = chapter_path(project)
    save(path, "count", "n_rows, stages = 3, facts.stages(edition)")
    save(path, "end", "Pour {eval}`p.count(stages.silent_now)`, rien n’est écrit.")
    remarks = worker_of(task_of(project), FIRST).page().remarks
    assert any("cellule end : annual.fr: end-1" in each for each in remarks), remarks


def test_a_verifier_that_fails_leaves_the_page_and_its_remarks_and_says_why(project, worker_of, tmp_path):
    save(chapter_path(project), "end", "1 2 3")
    worker = worker_of(task_of(project), FIRST)
    assert worker.page().error == ""
    for terms in (tmp_path / "worker").glob("tables-*/terms.json"):
        terms.unlink()
    shown, verified = worker.pages()
    assert "1 2 3" in words_of(shown.page)
    assert "terms.json" in verified.error
    assert any("cellule end" in remark for remark in shown.remarks)
    assert verified.remarks == shown.remarks


@pytest.mark.skipif(not processes.is_safe(), reason="kernels end before they can be asked")
def test_cells_that_a_condition_leaves_out_are_listed_with_the_value_that_decides(project, worker_of):
    save(chapter_path(project), "end", "<!-- when: n_rows > 9 -->\nBeaucoup de lignes.")
    worker = worker_of(task_of(project), FIRST)
    told = ["end – non publiée : n_rows > 9 est faux"]
    assert worker.page().left_out == told
    assert worker.page().left_out == told  # a chapter that does not run again


def test_each_sentence_of_the_page_has_the_notebook_and_cell_that_it_comes_from(project, worker_of):
    assert ("lafin", f"{FIRST}, cellule end") in worker_of(task_of(project), FIRST).page().places


def test_an_edition_that_cannot_be_opened_is_a_failure_until_its_file_is_there(project, worker_of):
    file = project / "rows" / "quebec" / "2025.csv"
    text = file.read_bytes()
    file.unlink()
    worker = worker_of(task_of(project), FIRST)
    assert worker.page().error.startswith("There is no file for quebec 2025.")
    file.write_bytes(text)
    assert "Lignes : 3." in words_of(worker.page().page)


def test_only_the_chapters_that_changed_run_again(project, worker_of, tmp_path):
    record = tmp_path / "runs"
    for name in (FIRST, "annual/02-second.ipynb"):
        save(
            chapter_path(project, name),
            "count",
            f"n_rows = 1\nwith open({str(record)!r}, 'a') as stream:\n    print({name!r}, file=stream)",
        )
    worker = worker_of(task_of(project))
    assert "La fin." in words_of(worker.page().page)
    save(chapter_path(project), "end", "Une autre fin.")
    assert "Une autre fin." in words_of(worker.page().page)
    assert record.read_text().split() == [FIRST, "annual/02-second.ipynb", FIRST]


def built(task: Task) -> bytes:
    """Return the page of a document as a build renders it."""
    notebooks = {}
    for path in task.notebooks:
        ran: Any = run_notebook(task, name_of(path), None)
        notebooks[name_of(path)] = ran.notebook
    made = publish_document(task, notebooks)
    assert isinstance(made, Made)
    return made.files[f"{task.name}.html"]


def test_the_page_of_a_report_is_that_of_a_build_without_links_to_the_workbook(project, worker_of):
    task = task_of(project)
    page = worker_of(task).page()
    assert page.error == ""
    lines = processes.Processes().call(built, task).splitlines()
    assert page.page.splitlines() == [each for each in lines if b'href="tables.fr.xlsx"' not in each]


def test_a_kernel_gives_the_same_page_as_a_forked_process(project, worker_of):
    task = task_of(project)
    made, _, executed = render(task, FIRST, {})
    assert list(executed) == [FIRST]
    assert made["page"] == worker_of(task, FIRST).page().page


def test_a_package_that_cannot_be_imported_is_a_failure_of_each_page(start):
    worker = start()
    worker.connection.send_bytes(b"cno_such_module\nTask\n.")  # a pickle of no_such_module.Task
    for _ in range(2):
        page = worker.page()
        assert page.error == "ModuleNotFoundError: No module named 'no_such_module'"
        assert "Traceback" in page.traceback


def test_a_worker_ends_with_its_connection_and_deletes_its_folder(project, worker_of, tmp_path):
    worker = worker_of(task_of(project), FIRST)
    assert worker.page().error == ""
    worker.connection.close()
    worker.process.join(20)
    assert worker.process.exitcode == 0
    assert not (tmp_path / "worker").exists()


@pytest.mark.skipif(not processes.is_safe(), reason="pages are built in the worker itself")
def test_a_page_whose_process_is_killed_is_a_failure_and_the_worker_goes_on(project, worker_of):
    worker = worker_of(task_of(project), FIRST)
    save(chapter_path(project), "count", f"import os\nos.kill(os.getpid(), {signal.SIGKILL:d})")
    assert "SIGKILL" in worker.page().error
    save(chapter_path(project), "count", "n_rows = 7")
    assert "Lignes : 7." in words_of(worker.page().page)


def test_a_portfolio_is_found_by_part_of_its_name(project, worker_of):
    shutil.copy(PROJECT / "notebooks" / "portfolio.ipynb", project / "notebooks")
    page = worker_of(task_of(project, "portfolio", subject="justice")).page()
    assert page.error == ""
    assert "Justice" in page.page.decode()


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=exhaustive)])
def test_every_report_of_the_project_is_previewed_without_remark(language, worker_of, tmp_path):
    data = os.path.relpath(small.tiny_edition(tmp_path / "rows"), PROJECT)
    for report in ("annual", "quality"):
        parameters = {"source": "quebec", "year": 2025, "data": data}
        page = worker_of(Task(PROJECT, report, report, language, parameters, ("html",))).page()
        assert (page.error, page.remarks) == ("", [])
        assert page.page
        shutil.rmtree(tmp_path / "worker")
