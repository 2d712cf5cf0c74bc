"""Documents made on a Dask cluster are those made here, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import nbformat
import pytest
from distributed import Client

from portrait import cli
from portrait.build import dask, edition, plan
from portrait.build.dask import (
    Means,
    bundle_of,
    cluster_pool,
    locked_names,
    means_here,
    unpacked,
)
from portrait.build.job import Failed, Made, Task
from portrait.build.plan import Plan
from portrait.build.pool import Silent, Watcher, make_all
from portrait.errors import ClusterFailed, DocumentsFailed, WrongCall
from tests import small

PROJECT = Path(__file__).parents[2]


class Cluster:
    """A scheduler and worker processes of this machine, each with folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self._told = folder / "scheduler.json"
        self._scheduler = self._start(
            *("scheduler", "--port", "0", "--scheduler-file", self._told, "--idle-timeout", "300")
        )
        ends = time.monotonic() + 60
        while not (self._told.exists() and self._told.read_text().endswith("}")):
            assert time.monotonic() < ends
            time.sleep(0.05)
        self.address = json.loads(self._told.read_text())["address"]

    def _start(self, kind: str, *options: object, **environment: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "dask", kind, "--host", "127.0.0.1", "--no-dashboard", *options]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(
                [*map(str, words)],
                cwd=self.folder,  # `-m` would import what lies in the current one
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        own = self.folder / f"worker-{len(list(self.folder.iterdir()))}"
        own.mkdir()
        worker = self._start(
            *("worker", self.address, "--nthreads", 1, "--no-nanny"),
            *("--local-directory", own, "--death-timeout", 60),
            **environment,
        )
        self.workers.append(worker)
        return worker

    def with_workers(self, n_workers: int) -> Cluster:
        """Bring the cluster to so many workers, all of which answer."""
        self.workers = [each for each in self.workers if each.poll() is None]
        while len(self.workers) > n_workers:
            self.end(self.workers[-1])
        while len(self.workers) < n_workers:
            self.start_worker()
        self.wait_for(n_workers)
        return self

    def wait_for(self, n_workers: int) -> None:
        ends = time.monotonic() + 60
        with Client(self.address, timeout=60, set_as_default=False) as client:
            while len(client.scheduler_info(n_workers=-1)["workers"]) != n_workers:
                assert time.monotonic() < ends
                time.sleep(0.05)

    def end(self, worker: subprocess.Popen[bytes]) -> None:
        """End a worker as the system does that has no memory left."""
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    @property
    def processes(self) -> list[subprocess.Popen[bytes]]:
        return [*self.workers, self._scheduler]

    def end_all(self) -> None:
        for each in self.processes:
            each.kill()
            each.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield cluster
    finally:
        cluster.end_all()


@pytest.fixture
def cluster(scheduler) -> Cluster:
    """Two workers of one thread."""
    return scheduler.with_workers(2)


class Heard(Watcher):
    """Remembers what a build tells, and lets a test wait until documents are begun."""

    def __init__(self, n_begun: int = 0) -> None:
        self.begun: list[str] = []
        self.ended_well: list[str] = []
        self._n_begun, self.are_begun = n_begun, Event()

    def started(self, task: Task) -> None:
        self.begun.append(task.called)
        if len(self.begun) == self._n_begun:
            self.are_begun.set()

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        if isinstance(outcome, Made):
            self.ended_well.append(task.called)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def project(tmp_path) -> Path:
    """A project whose one notebook a test writes."""
    copy = tmp_path / "project"
    shutil.copytree(PROJECT / "data" / "reference", copy / "data" / "reference")
    (copy / "notebooks").mkdir()
    return copy


def write_notebook(project: Path, code: str = "told = portfolio") -> None:
    """Write a notebook of profiles that says one thing."""
    cells = [
        nbformat.v4.new_code_cell(
            'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""\nportfolio = ""',
            id="parameters",
            metadata={"tags": ["parameters"]},
        ),
        nbformat.v4.new_code_cell(
            "import time\nfrom pathlib import Path\nfrom portrait.facts import front_matter\n"
            "from portrait.editions.opening import open_edition\n"
            "from portrait.language.phrases import Phrases\n"
            "edition = open_edition(source, year, data=data)\n"
            'front_matter.document(edition, language, "portfolio", portfolio=portfolio)',
            id="open",
        ),
        nbformat.v4.new_code_cell(code, id="tell"),
        nbformat.v4.new_markdown_cell("# Essai\n\nDe {eval}`Phrases(language).text(told)`.", id="essai"),
    ]
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, project / "notebooks" / "portfolio.ipynb")


def profiles_of(output: Path, project: Path, data: Path, **asked) -> Plan:
    asked = {"report": "portfolio", "formats": ["html"], "language": "fr", **asked}
    return plan.plan_build(output=output, project=project, data=data, **asked)


def portfolios(folder: Path, *names: str) -> Path:
    return small.write_year(folder, 2025, [small.row(name, portfolio=name) for name in names])


NAMES = ("Justice", "Travail", "Culture", "Famille")


@pytest.fixture
def tasks(project, tmp_path) -> list[Task]:
    """The profiles of four portfolios."""
    data = portfolios(tmp_path / "data", *NAMES)
    parameters = {"source": "quebec", "year": 2025, "data": os.path.relpath(data, project)}
    return [
        Task(
            project=project,
            report="portfolio",
            stem=name.lower(),
            language="fr",
            parameters={**parameters, "portfolio": name},
            formats=(),
        )
        for name in NAMES
    ]


def told_by(outcomes: list[Made | Failed], tasks: list[Task]) -> list[str]:
    """Return the one claim of each document, or why there is none."""
    return [
        json.loads(each.files[task.register])[0]["text"] if isinstance(each, Made) else str(each.reason)
        for task, each in zip(tasks, outcomes, strict=True)
    ]


# What a cluster makes


def test_documents_made_on_a_cluster_are_to_the_byte_those_made_here(cluster, pool, tmp_path):
    data = os.path.relpath(small.tiny_edition(tmp_path / "data"), PROJECT)
    parameters = {"source": "quebec", "year": 2025, "data": data, "portfolio": "Justice"}
    tasks = [
        Task(PROJECT, "portfolio", "portfolios/justice", language, parameters, ("html", "pdf"), other)
        for language, other in (("fr", "en"), ("en", "fr"))
    ]
    with cluster_pool(cluster.address, PROJECT) as there:
        made_there = make_all(tasks, there, Silent(), tmp_path / "there")
    made_here = make_all(tasks, pool, Silent(), tmp_path / "here")
    assert [set(each.files) for each in made_there] == [set(task.files) for task in tasks]
    assert [dict(each.files) for each in made_there] == [dict(each.files) for each in made_here]


def test_a_document_is_made_from_files_that_came_with_it_and_one_that_fails_is_named(
    cluster, project, tmp_path
):
    write_notebook(project, "told = str(Path.cwd())\nassert portfolio != 'Travail'")
    data, heard = portfolios(tmp_path / "data", "Justice", "Travail"), Heard()
    with (
        cluster_pool(cluster.address, project) as there,
        pytest.raises(DocumentsFailed, match=r"1 of 2 documents failed; the others are published") as failure,
    ):
        edition.build(profiles_of(tmp_path / "out", project, data), there, watcher=heard)
    assert "portfolios/travail.fr (Travail): portfolio.ipynb, cell tell, line 2" in str(failure.value)
    assert sorted(heard.begun) == ["portfolios/justice.fr (Justice)", "portfolios/travail.fr (Travail)"]
    folder = tmp_path / "out" / "quebec" / "2025"
    assert str(cluster.folder) in (folder / "portfolios" / "justice.claims.fr.json").read_text("utf-8")
    assert (folder.with_name("2025.failed") / "portfolios" / "travail.fr.ipynb").is_file()


def test_a_file_that_changed_between_two_batches_goes_out_again_whatever_its_size_and_its_date(
    cluster, project, tasks, tmp_path
):
    with cluster_pool(cluster.address, project) as there:
        for told in ("un", "deux", "cinq"):
            write_notebook(project, f"told = {told!r}")
            os.utime(project / "notebooks" / "portfolio.ipynb", (0, 0))
            assert told_by(make_all(tasks[:1], there, Silent(), tmp_path), tasks[:1]) == [told]


def test_who_watches_a_batch_hears_nothing_of_another(cluster, project, tasks, tmp_path):
    write_notebook(project)
    heard = Heard()
    with cluster_pool(cluster.address, project) as one, cluster_pool(cluster.address, project) as other:
        make_all(tasks[:1], one, heard, tmp_path)
        make_all(tasks[1:2], other, Silent(), tmp_path)
    assert heard.begun == ["justice.fr"]


def test_a_document_that_nobody_waits_for_is_given_up_on_the_cluster_too():
    there: Future[Made | Failed] = Future()
    here = dask._told_in_words(there)
    assert here.cancel()
    assert there.cancelled()
    # One that was begun cannot be called back: what becomes of it is nobody's news.
    there = Future()
    there.set_running_or_notify_cancel()
    here = dask._told_in_words(there)
    assert here.cancel()
    there.set_result(Made({}, {}))
    assert here.cancelled()


# Workers that die


def held_until(let_go: Path) -> str:
    """Return what a document runs that stays in hand until a file is there."""
    return f"while not Path({str(let_go)!r}).exists():\n    time.sleep(0.02)\ntold = portfolio"


def test_a_worker_killed_in_mid_batch_loses_nothing(cluster, project, tasks, tmp_path):
    # Two are in hand at once, and each worker makes one at a time: whichever dies has one.
    let_go = tmp_path / "let-go"
    write_notebook(project, held_until(let_go))
    heard = Heard(n_begun=2)
    with cluster_pool(cluster.address, project) as there, ThreadPoolExecutor(1) as aside:
        making = aside.submit(make_all, tasks, there, heard, tmp_path)
        assert heard.are_begun.wait(60)
        cluster.end(cluster.workers[0])
        let_go.touch()
        assert told_by(making.result(timeout=120), tasks) == list(NAMES)
    assert len(heard.ended_well) == len(NAMES)
    assert len(heard.begun) > len(NAMES)


def test_workers_that_all_die_lose_nothing_once_another_one_comes(cluster, project, tasks, tmp_path):
    let_go = tmp_path / "let-go"
    write_notebook(project, held_until(let_go))
    heard = Heard(n_begun=2)
    with cluster_pool(cluster.address, project) as there, ThreadPoolExecutor(1) as aside:
        making = aside.submit(make_all, tasks, there, heard, tmp_path)
        assert heard.are_begun.wait(60)
        for worker in cluster.workers[:]:  # with them go all copies of the files that were sent
            cluster.end(worker)
        let_go.touch()
        cluster.start_worker()
        assert told_by(making.result(timeout=120), tasks) == list(NAMES)


def test_a_scheduler_that_dies_fails_its_documents_with_a_sentence(project, tasks, tmp_path):
    write_notebook(project, "time.sleep(60)\ntold = portfolio")
    heard = Heard(n_begun=1)
    own = Cluster(tmp_path)
    try:
        own.with_workers(1)
        with cluster_pool(own.address, project) as there, ThreadPoolExecutor(1) as aside:
            making = aside.submit(make_all, tasks[:1], there, heard, tmp_path)
            assert heard.are_begun.wait(60)
            own.end_all()
            [said] = told_by(making.result(timeout=60), tasks[:1])
    finally:
        own.end_all()
    assert said.startswith("The connection to the scheduler was lost.")


# A cluster that cannot be used


def refused(address: str) -> str:
    with pytest.raises(ClusterFailed) as refusal, cluster_pool(address, PROJECT):
        pass
    return str(refusal.value)


def test_a_worker_of_another_program_is_refused_by_name(cluster, tmp_path):
    shutil.copytree(PROJECT / "portrait", tmp_path / "portrait")
    with (tmp_path / "portrait" / "calm.py").open("a") as stream:
        stream.write("\n# Changed.\n")
    stranger = cluster.start_worker(PYTHONPATH=str(tmp_path))
    cluster.wait_for(3)
    said = refused(cluster.address)
    cluster.end(stranger)
    assert "The worker tcp://127.0.0.1:" in said
    assert "has another portrait 0.1.0: its files are not those of here." in said


def test_a_scheduler_without_workers_is_said(scheduler, monkeypatch):
    scheduler.with_workers(0)
    monkeypatch.setattr(dask, "PATIENCE", 2)
    assert f"The scheduler {scheduler.address} has no worker." in refused(scheduler.address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1", "ftp://127.0.0.1:1"])
def test_a_scheduler_out_of_reach_is_said_in_a_sentence_within_seconds(address, monkeypatch, capsys):
    monkeypatch.setattr(dask, "PATIENCE", 2)
    monkeypatch.setattr(sys, "argv", ["portrait", "build", "--scheduler", address])
    monkeypatch.chdir(PROJECT)
    began = time.monotonic()
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr().err
    assert stop.value.code == 1
    assert f"No Dask scheduler answers at {address}" in said
    assert "Traceback" not in said
    assert time.monotonic() - began < 20


def test_a_program_without_dask_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongCall, match=r"Install it: .*\.\[dask\]"), cluster_pool("tcp://x:1", PROJECT):
        pass


def test_jobs_say_nothing_to_a_cluster():
    with pytest.raises(WrongCall, match="--jobs and --scheduler"):
        cli.build(jobs=2, scheduler="tcp://127.0.0.1:1")


# What goes out, and what both sides must have


def test_a_bundle_lays_the_data_folder_where_the_parameter_of_the_document_leads_to(tmp_path):
    project, data = tmp_path / "a" / "project", tmp_path / "b" / "data"
    for path in (project / "notebooks" / "annual.ipynb", data / "quebec" / "2025.csv"):
        path.parent.mkdir(parents=True)
        path.write_text(path.name)
    (data / "quebec" / "notes.csv").write_text("not an edition")
    (project / "data" / "reference" / "quebec").mkdir(parents=True)
    (project / "data" / "reference" / "quebec" / "source.yml").write_text("source.yml")
    task = Task(project, "annual", "annual", "fr", {"source": "quebec", "data": "../../b/data"}, ())
    bundle = bundle_of(project, dask.files_read(task))
    assert set(bundle.files) == {
        "a/project/notebooks/annual.ipynb",
        "a/project/data/reference/quebec/source.yml",
        "b/data/quebec/2025.csv",
    }
    place = unpacked(bundle, tmp_path / "worker")
    assert (place / bundle.project / "../../b/data/quebec/2025.csv").read_text() == "2025.csv"
    assert place.parent.parent == tmp_path / "worker"


def test_threads_that_unpack_the_same_bundle_at_once_find_it_whole_and_leave_nothing_else(tmp_path):
    bundle = dask.Bundle("project", {f"project/{number}": b"x" * 1000 for number in range(200)})
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: unpacked(bundle, tmp_path), range(8)))
    [place] = places
    assert len(contents(place)) == 200
    assert [*place.parent.iterdir()] == [place]


def test_means_differ_by_what_changes_documents_and_by_nothing_else():
    here = Means("0.1.0", "aaaa", "3.11.7", {"numpy": "2.4.6", "colorama": "0.4"}, "ffff")
    assert here.lacking(replace(here, libraries={"numpy": "2.4.6", "pytest": "9"})) == ""
    there = Means("0.2.0", "bbbb", "3.12.1", {"numpy": "2.3.0"}, "gggg")
    assert here.lacking(there) == (
        "portrait 0.2.0, not 0.1.0; Python 3.12.1, not 3.11.7; numpy 2.3.0, not 2.4.6; other typefaces"
    )
    assert here.only(["numpy"]).libraries == {"numpy": "2.4.6"}
    assert here.only([]) == here


def test_the_libraries_that_workers_must_have_are_those_that_the_project_locks():
    names = means_here().only(locked_names(PROJECT)).libraries
    assert {"numpy", "matplotlib", "jupyter-client"} <= names.keys()
    assert not {"pytest", "pip"} & names.keys()


def test_a_file_that_goes_before_it_goes_out_is_left_out(tmp_path):
    """An editor writes one for a moment beside what it saves: no batch ends for it."""
    (tmp_path / "labels.csv").write_bytes(b"1")
    assert bundle_of(tmp_path, [tmp_path / "labels.csv", tmp_path / "labels.csv.tmp"]).files == {
        "labels.csv": b"1"
    }
