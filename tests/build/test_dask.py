"""Documents built on a Dask cluster are those built here, whatever becomes of its workers."""

from __future__ import annotations

import json
import ntpath
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from portrait.build import dask, edition
from portrait.build.batch import Watcher, make_all
from portrait.build.dask import Bundle, ClusterPool, Means, bundle_of, cluster_pool, means_here, unpacked
from portrait.build.job import Failed, Made, Task
from portrait.build.opened import Opened
from portrait.build.plan import plan_build
from portrait.build.pool import Pool
from portrait.cli.main import app
from portrait.errors import ClusterFailed, DocumentsFailed, WrongCall
from tests import small
from tests.build.clusters import Cluster
from tests.build.projects import write_notebook
from tests.build.waiting import until
from tests.small import PROJECT

NAMES = ("Justice", "Travail", "Culture", "Famille")


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


@pytest.fixture
def project(tmp_path) -> Path:
    """A project with one notebook, which a test writes."""
    copy = tmp_path / "project"
    small.copy_references(copy)
    (copy / "notebooks").mkdir()
    return copy


def write_profile(project: Path, code: str = "said = portfolio") -> None:
    """Write the notebook of profiles, which says one thing."""
    code = f"import time\nfrom pathlib import Path\n{code}"
    write_notebook(
        project / "notebooks" / "portfolio.ipynb", "# Essai\n\nDe {eval}`Phrases(language).text(said)`.", code
    )


def said_by(pool: Pool, project: Path, names: tuple[str, ...] = NAMES) -> list[str]:
    """Build the profiles of portfolios; return the one claim of each, or why there is none."""
    folder = project.parent
    small.write_year(folder / "data", 2025, [small.row(name, portfolio=name) for name in NAMES])
    parameters = {"source": "quebec", "year": 2025, "data": "../data"}
    tasks = [
        Task(project, "portfolio", name.lower(), "fr", {**parameters, "portfolio": name}, ())
        for name in names
    ]
    opened = pool.keep_open(Opened("quebec", 2025, "../data", project), folder)
    outcomes = make_all(tasks, opened, pool, Watcher(), folder / "made", executed={})
    return [
        str(each.reason)
        if isinstance(each, Failed)
        else json.loads((folder / "made" / task.register).read_bytes())["claims"][0]["text"]
        for task, each in outcomes.items()
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# What a cluster builds


@pytest.mark.slow
def test_an_edition_built_on_a_cluster_is_to_the_byte_the_one_built_here(cluster, pool, tmp_path):
    data = small.tiny_edition(tmp_path / "data")
    here, there = (
        plan_build(language="fr", data=data, output=tmp_path / place, project=PROJECT)
        for place in ("here", "there")
    )
    with cluster_pool(cluster.address, PROJECT) as workers:
        built = edition.build(there, workers)
    assert set(built.reasons.values()) == {"it was not built yet"}
    assert contents(built.folder) == contents(edition.build(here, pool).folder)


@pytest.mark.slow
def test_a_document_is_built_on_the_worker_from_files_sent_to_it_and_one_that_fails_is_named(
    cluster, project, tmp_path
):
    write_profile(project, "said = str(Path.cwd())\nassert portfolio != 'Travail'")
    rows = [small.row(name, portfolio=name) for name in ("Justice", "Travail")]
    data = small.write_year(tmp_path / "data", 2025, rows)
    asked = plan_build(
        report="portfolio",
        language="fr",
        formats=["html"],
        data=data,
        output=tmp_path,
        draft=True,  # the notebook of these tests has no English
        project=project,
    )
    with (
        cluster_pool(cluster.address, project) as there,
        pytest.raises(DocumentsFailed, match=r"1 of 2 documents failed; the others are published") as failure,
    ):
        edition.build(asked, there)
    assert "portfolios/travail.fr (Travail): portfolio.ipynb, cellule code-0, ligne 4" in str(failure.value)
    claims = asked.folder / "portfolios" / "justice.claims.fr.json"
    assert str(cluster.folder) in claims.read_text("utf-8")
    assert (asked.folder.with_name("2025.failed") / "portfolios" / "travail.fr.ipynb").is_file()


@pytest.mark.slow
def test_a_worker_that_a_nanny_started_builds_documents(scheduler, project):
    nanny = scheduler.with_workers(0).start_worker("--nanny")
    write_profile(project)
    try:
        with cluster_pool(scheduler.address, project) as there:
            assert said_by(there, project, NAMES[:2]) == ["Justice", "Travail"]
    finally:
        nanny.terminate()  # killed, it would leave its worker
        nanny.wait(60)


class Client:
    """What a pool needs of a Dask client; its one call is what a test makes of it."""

    def __init__(self) -> None:
        self.called: Future[Made] = Future()

    def get_executor(self, *, pure: bool) -> Client:
        return self

    def submit(self, *arguments: object, **options: object) -> Future[Made]:
        return self.called


def test_a_call_that_nobody_waits_for_is_cancelled_on_the_cluster_too():
    client = Client()
    here = ClusterPool(client, means_here()).submit(abs, -1, begun=lambda: None)
    assert here.cancel()
    assert client.called.cancelled()


def test_the_answer_to_a_call_that_nobody_waits_for_is_ignored():
    client = Client()
    client.called.set_running_or_notify_cancel()  # a call under way cannot be cancelled
    here = ClusterPool(client, means_here()).submit(abs, -1, begun=lambda: None)
    assert here.cancel()
    client.called.set_result(Made({}, {}))
    assert here.cancelled()


def test_a_call_that_the_cluster_itself_gives_up_fails_with_a_sentence():
    client = Client()
    here = ClusterPool(client, means_here()).submit(abs, -1, begun=lambda: None)
    client.called.set_exception(RuntimeError("worker tcp://10.0.0.7:4001\n  was killed 3 times."))
    with pytest.raises(ClusterFailed) as failed:
        here.result()
    assert str(failed.value) == (
        "The cluster gave it up: RuntimeError: worker tcp://10.0.0.7:4001 was killed 3 times. Build again."
    )


# Workers that die


class Held:
    """A notebook whose documents say that they are begun, and then wait until a test lets them go."""

    def __init__(self, project: Path) -> None:
        self._begun, self._let_go = project.parent / "begun", project.parent / "let-go"
        self._begun.mkdir()
        write_profile(
            project,
            f"Path({str(self._begun)!r}, portfolio).touch()\n"
            f"while not Path({str(self._let_go)!r}).exists():\n    time.sleep(0.02)\nsaid = portfolio",
        )

    def wait_for(self, n_begun: int) -> None:
        assert until(lambda: len(list(self._begun.iterdir())) >= n_begun, 60)

    def let_go(self) -> None:
        self._let_go.touch()


@pytest.mark.slow
def test_a_worker_killed_in_mid_batch_loses_nothing(cluster, project):
    held = Held(project)
    with cluster_pool(cluster.address, project) as there, ThreadPoolExecutor(1) as aside:
        building = aside.submit(said_by, there, project)
        held.wait_for(2)  # one a worker: whichever dies has one
        cluster.end(cluster.workers[0])
        held.let_go()
        assert building.result(timeout=120) == list(NAMES)


@pytest.mark.slow
def test_workers_that_all_die_lose_nothing_once_another_one_comes(cluster, project):
    held = Held(project)
    with cluster_pool(cluster.address, project) as there, ThreadPoolExecutor(1) as aside:
        building = aside.submit(said_by, there, project)
        held.wait_for(2)
        for worker in cluster.workers[:]:  # with them go all copies of the files that were sent
            cluster.end(worker)
        held.let_go()
        cluster.start_worker()
        assert building.result(timeout=120) == list(NAMES)


@pytest.mark.slow
def test_a_scheduler_that_dies_fails_its_documents_with_a_sentence(project, tmp_path):
    held = Held(project)
    own = Cluster(tmp_path)
    try:
        own.with_workers(1)
        with cluster_pool(own.address, project) as there, ThreadPoolExecutor(1) as aside:
            building = aside.submit(said_by, there, project, NAMES[:1])
            held.wait_for(1)
            own.end_all()
            [said] = building.result(timeout=60)
    finally:
        own.end_all()
    assert said.startswith("The connection to the scheduler was lost.")


# A cluster that cannot be used


def refused(address: str) -> str:
    with pytest.raises(ClusterFailed) as refusal, cluster_pool(address, PROJECT):
        pass
    return str(refusal.value)


@pytest.mark.slow
def test_a_worker_of_another_program_is_refused_by_name(cluster, tmp_path):
    shutil.copytree(PROJECT / "portrait", tmp_path / "portrait")
    with (tmp_path / "portrait" / "errors.py").open("a") as stream:
        stream.write("\n# Changed.\n")
    stranger = cluster.start_worker(PYTHONPATH=str(tmp_path))
    cluster.wait_for(3)
    said = refused(cluster.address)
    cluster.end(stranger)
    assert "The worker tcp://127.0.0.1:" in said
    assert "has another portrait 0.1.0: its files are not those of here." in said


@pytest.mark.slow
def test_a_scheduler_without_workers_is_refused(scheduler, monkeypatch):
    scheduler.with_workers(0)
    monkeypatch.setattr(dask, "PATIENCE", 2)
    assert f"The scheduler {scheduler.address} has no worker." in refused(scheduler.address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1", "ftp://127.0.0.1:1"])
def test_a_scheduler_out_of_reach_ends_the_command_with_a_sentence(address, monkeypatch):
    monkeypatch.setattr(dask, "PATIENCE", 1)
    monkeypatch.chdir(PROJECT)
    result = CliRunner().invoke(app, ["build", "--scheduler", address])
    assert isinstance(result.exception, ClusterFailed)
    assert f"No Dask scheduler answers at {address}" in str(result.exception)


def test_a_program_without_dask_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongCall, match=r"Install it: .*\.\[dask\]"), cluster_pool("tcp://x:1", PROJECT):
        pass


def test_jobs_and_a_scheduler_do_not_go_together():
    result = CliRunner().invoke(app, ["build", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"])
    assert isinstance(result.exception, WrongCall)
    assert "--jobs and --scheduler" in str(result.exception)


# What goes out, and what both sides must have


def test_a_bundle_lays_the_data_folder_where_the_parameter_of_the_document_leads_to(tmp_path):
    project, data = tmp_path / "a" / "project", tmp_path / "b" / "data"
    for path in (
        project / "notebooks" / "annual" / "01-essentials.ipynb",
        project / "data" / "reference" / "quebec" / "source.yml",
        data / "quebec" / "2025.csv",
        data / "quebec" / "notes.csv",  # not the file of a year
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name)
    bundle = bundle_of(project, dask.files_read(Opened("quebec", 2025, "../../b/data", project)))
    assert bundle.files == {
        "a/project/notebooks/annual/01-essentials.ipynb": b"01-essentials.ipynb",
        "a/project/data/reference/quebec/source.yml": b"source.yml",
        "b/data/quebec/2025.csv": b"2025.csv",
    }
    place = unpacked(bundle, tmp_path / "worker")
    assert (place / bundle.project / "../../b/data/quebec/2025.csv").read_text() == "2025.csv"
    assert place.is_relative_to(tmp_path / "worker")


def test_a_file_that_changed_goes_out_again_whatever_its_size_and_its_date(tmp_path):
    digests = set()
    for word in ("deux", "cinq"):
        (tmp_path / "labels.csv").write_text(word)
        os.utime(tmp_path / "labels.csv", (0, 0))
        digests.add(bundle_of(tmp_path, [tmp_path / "labels.csv"]).digest)
    assert len(digests) == 2


def test_a_file_that_goes_before_it_goes_out_is_left_out(tmp_path):
    """An editor writes one for a moment beside what it saves: no batch ends for it."""
    (tmp_path / "labels.csv").write_bytes(b"1")
    assert bundle_of(tmp_path, [tmp_path / "labels.csv", tmp_path / "labels.csv.tmp"]).files == {
        "labels.csv": b"1"
    }


def test_a_data_folder_on_another_drive_is_refused_since_no_worker_could_find_it(monkeypatch):
    common = os.path.commonpath
    monkeypatch.setattr(
        os.path, "commonpath", lambda paths: (ntpath.commonpath if "C:" in str(paths) else common)(paths)
    )
    with pytest.raises(
        WrongCall, match=r"on another drive than the project.*Bring it to the project's drive"
    ):
        bundle_of(Path("C:/project"), [Path("D:/data/quebec/2025.csv")])


def test_a_worker_without_room_for_a_bundle_says_so_and_leaves_nothing(tmp_path):
    bundle = Bundle("project", {"project/a": b"1"})
    (tmp_path / "portrait").mkdir()
    (tmp_path / "portrait" / bundle.digest).touch()
    with pytest.raises(NotADirectoryError):
        unpacked(bundle, tmp_path)
    assert [each.name for each in (tmp_path / "portrait").iterdir()] == [bundle.digest]


def test_threads_that_unpack_the_same_bundle_at_once_find_it_whole_and_leave_nothing_else(tmp_path):
    bundle = Bundle("project", {f"project/{number}": b"x" * 1000 for number in range(200)})
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: unpacked(bundle, tmp_path), range(8)))
    [place] = places
    assert len(contents(place)) == 200
    assert [*place.parent.iterdir()] == [place]


def test_a_worker_that_came_later_with_other_means_fails_the_document_by_its_name(monkeypatch):
    worker = SimpleNamespace(address="tcp://10.0.0.7:4001")
    monkeypatch.setattr("distributed.get_worker", lambda: worker)
    wanted = replace(means_here(), python="2.7.18")
    failed = dask.call_there(print, (), None, wanted)
    assert str(failed.reason) == (
        f"The worker tcp://10.0.0.7:4001 has Python {means_here().python}, not 2.7.18. "
        "Install there what is installed here, and start it again."
    )


def test_means_differ_by_what_changes_documents_and_by_nothing_else():
    here = Means("0.1.0", "aaaa", "3.11.7", {"numpy": "2.4.6", "colorama": "0.4"}, "ffff")
    assert here.lacking(replace(here, libraries={"numpy": "2.4.6", "pytest": "9"})) == ""
    there = Means("0.2.0", "bbbb", "3.12.1", {"numpy": "2.3.0"}, "gggg")
    assert here.lacking(there) == (
        "portrait 0.2.0, not 0.1.0; Python 3.12.1, not 3.11.7; numpy 2.3.0, not 2.4.6; other typefaces"
    )
    changed = replace(here, program="bbbb")
    assert here.lacking(changed) == "another portrait 0.1.0: its files are not those of here"


def test_the_libraries_that_workers_must_have_are_those_that_the_project_locks():
    names = means_here(PROJECT).libraries
    assert {"numpy", "matplotlib", "jupyter-client"} <= names.keys()
    assert not {"pytest", "pip"} & names.keys()


def test_a_worker_names_all_its_libraries_whatever_lock_lies_where_it_was_started(tmp_path, monkeypatch):
    (tmp_path / "requirements.lock").write_text("colorama==0.4\n")
    monkeypatch.chdir(tmp_path)
    means_here.cache_clear()
    assert {"numpy", "pytest"} <= means_here().libraries.keys()
