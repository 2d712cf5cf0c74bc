"""Make documents on a Dask cluster: tasks and the files they read go out, bytes of documents come back.

Workers share no disk with this machine. The files travel inside the graph of tasks, so that Dask sends
them again to whoever lost them; data scattered beside it would be gone with the workers that held it.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import portrait
from portrait.build import forkserver
from portrait.build.fingerprint import (
    LOCK,
    checksum,
    checksum_of_fonts,
    checksum_of_program,
    files_in,
    installed,
    python_version,
)
from portrait.build.forkserver import ForkServer
from portrait.build.job import Failed, Made, Task
from portrait.build.pool import LocalPool, Opened, Watcher, local_pool, make_apart
from portrait.build.staging import lay
from portrait.errors import ClusterFailed, PortraitError, WrongCall
from portrait.registers.files import SUFFIXES, State, input_folders, states
from portrait.registers.project import REFERENCE

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10
"""Seconds in which the scheduler must answer, and must have a worker."""

_TOPIC = "portrait"
"""Under which workers tell the scheduler, and it tells us, that a document is begun."""


# What goes out


@dataclass(frozen=True)
class Bundle:
    """The files that documents read, laid out so that each is found where a document looks for it.

    Attributes
    ----------
    project
        The project's folder, seen from the one that holds all files.
    files
        Each file by its name seen from there.
    """

    project: str
    files: Mapping[str, bytes]

    @cached_property
    def digest(self) -> str:
        """Checksum of the files, of their names and of the place of the project."""
        lines = (f"{name} {checksum(content)}" for name, content in sorted(self.files.items()))
        return checksum("\n".join([self.project, *lines]).encode())


def files_read(task: Task) -> list[Path]:
    """Return the files of the project and of the data folder that a document may read."""
    project, data = task.project, task.parameters["data"]
    folders = input_folders(task.parameters["source"], project, project / data if data else "")
    inputs = (path for folder in folders for path in folder.glob("*"))
    return [
        *(project / "notebooks").glob("*.ipynb"),
        *files_in(project / REFERENCE),
        *(path for path in inputs if path.suffix in SUFFIXES and path.stem.isdecimal()),
    ]


def bundle_of(project: Path, paths: Iterable[Path]) -> Bundle:
    """Return files as a bundle, in which each lies from the project as it does here.

    One that goes meanwhile is left out: editors write some for a moment.
    """
    paths = [Path(os.path.normpath(path)) for path in paths]
    try:
        root = Path(os.path.commonpath([project, *paths]))
    except ValueError:  # two drives, on Windows
        raise WrongCall(
            "The data folder is on another drive than the project: no worker could find it from there.",
            "Bring it to the project's drive.",
        ) from None
    files = {}
    for path in sorted(paths):
        with suppress(FileNotFoundError):
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    return Bundle(project.relative_to(root).as_posix(), files)


# What both sides must have


@dataclass(frozen=True)
class Means:
    """What documents are made with beside the files that they read.

    Attributes
    ----------
    version, program
        The program's version, and the checksum of its files.
    python
        Version of Python.
    libraries
        Version of each library, by name.
    fonts
        Checksum of the typefaces.
    """

    version: str
    program: str
    python: str
    libraries: Mapping[str, str]
    fonts: str

    def only(self, names: Iterable[str]) -> Means:
        """Return these means with only some libraries; with all of them where none is named."""
        kept = {name: self.libraries[name] for name in names if name in self.libraries}
        return replace(self, libraries=kept or self.libraries)

    def lacking(self, there: Means) -> str:
        """Say in what another machine's means differ; nothing where documents come out the same.

        A library that only one of them has is no difference: some are for one system alone, and one that
        is needed and missing says so itself.
        """
        found = []
        if there.version != self.version:
            found.append(f"portrait {there.version}, not {self.version}")
        elif there.program != self.program:
            found.append(f"another portrait {there.version}: its files are not those of here")
        if there.python != self.python:
            found.append(f"Python {there.python}, not {self.python}")
        found += [
            f"{name} {there.libraries[name]}, not {version}"
            for name, version in self.libraries.items()
            if there.libraries.get(name, version) != version
        ][:3]
        if there.fonts != self.fonts:
            found.append("other typefaces")
        return "; ".join(found)


@cache
def means_here() -> Means:
    """Return what this process makes documents with, as it was when it was first asked."""
    named = (each.rpartition("-") for each in installed())
    libraries = {_key(name): version for name, _, version in named}
    return Means(
        portrait.__version__,
        checksum_of_program(),
        python_version(),
        libraries,
        checksum_of_fonts(),
    )


def locked_names(project: Path) -> list[str]:
    """Return the libraries that the project locks; none where it has no lock."""
    lock = project / LOCK
    text = lock.read_text("utf-8") if lock.exists() else ""
    return [_key(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)]


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# On a worker


def prepare_worker() -> Means:
    """Start what forks a process a document, which imports meanwhile, and say what this worker has."""
    server = _server()
    if server is not None:
        server.start()
    return means_here()


def make_there(task: Task, bundle: Bundle, means: Means, batch: str, number: int) -> Made | Failed:
    """Make a document on a worker, from files that came with it, and tell that it is begun.

    Parameters
    ----------
    task
        The document; its project is the one of the bundle.
    means
        What it must be made with: a worker may have come after the others were looked at.
    batch, number
        How the one who waits for it knows it.
    """
    from distributed import get_worker

    worker = get_worker()
    worker.log_event(_TOPIC, [batch, number])
    if lacking := means.lacking(means_here()):
        return Failed(_refusal(f"worker {worker.address}", lacking))
    project = unpacked(bundle, Path(worker.local_directory)) / bundle.project
    return make_apart(replace(task, project=project), _server())


def unpacked(bundle: Bundle, folder: Path) -> Path:
    """Return where the files of a bundle lie below a folder, once they do; threads may ask at once."""
    place = folder / "portrait" / bundle.digest
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(dir=place.parent))
        lay(bundle.files, staged)
        try:
            staged.rename(place)
        except OSError:
            shutil.rmtree(staged, ignore_errors=True)
            if not place.is_dir():
                raise
    return place


_ASKING = Lock()


def _server() -> ForkServer | None:
    """Return what forks a process a document, the same for all threads of a worker."""
    with _ASKING:
        return _the_server()


@cache
def _the_server() -> ForkServer | None:
    if not forkserver.is_safe():
        return None
    server = ForkServer()
    atexit.register(server.stop)
    return server


# On this machine


class ClusterPool:
    """Documents made by the workers of a Dask cluster; what concerns the whole edition is done here.

    Parameters
    ----------
    client
        Connected to the scheduler.
    local
        Where the edition is surveyed: its files are here.
    means
        What a worker must have.
    """

    def __init__(self, client: Client, local: LocalPool, means: Means) -> None:
        self._client, self._local, self._means = client, local, means
        self._executor = client.get_executor(pure=False)
        self._batch = uuid4().hex
        self._submitted: list[tuple[Task, Watcher]] = []
        self._bundles: dict[tuple[tuple[Path, State], ...], Any] = {}
        client.subscribe_topic(_TOPIC, self._hear)

    def submit(self, task: Task, watcher: Watcher) -> Future[Made | Failed]:
        """Have a document made, and tell when it is begun: again if its worker died meanwhile."""
        number = len(self._submitted)
        self._submitted.append((task, watcher))
        # Keys of one group let the scheduler keep what no worker is ready for: a worker that dies puts
        # under suspicion only the few documents that it had in hand.
        return _told_in_words(
            self._executor.submit(
                make_there,
                replace(task, project=Path()),
                self._bundle(task),
                self._means,
                self._batch,
                number,
                key=(f"document-{self._batch}", number),
            )
        )

    def _bundle(self, task: Task) -> Any:
        """Return the files of a task, as they will be on workers; read again where one is another."""
        paths = files_read(task)
        now = tuple(states(sorted(paths)).items())
        if now not in self._bundles:
            bundle = bundle_of(task.project, paths)
            self._bundles[now] = self._client.submit(_as_it_is, bundle, key=f"files-{bundle.digest}")
        return self._bundles[now]

    def _hear(self, event: tuple[float, Any]) -> None:
        batch, number = event[1]
        if batch == self._batch:
            task, watcher = self._submitted[number]
            watcher.started(task)

    def call(self, function: Callable[..., Any], *arguments: Any, edition: Opened) -> Any:
        """Call a function in a process of this machine that has the edition open."""
        return self._local.call(function, *arguments, edition=edition)

    def leave(self) -> None:
        """Give up what nobody waits for any more."""
        self._executor.shutdown(wait=False)


def _as_it_is(bundle: Bundle) -> Bundle:
    return bundle


def _told_in_words(there: Future[Made | Failed]) -> Future[Made | Failed]:
    """Return what will be as `there` is, with a sentence where the cluster itself failed."""
    here: Future[Made | Failed] = Future()

    def settle(done: Future[Made | Failed]) -> None:
        if not here.set_running_or_notify_cancel():
            return
        try:
            here.set_result(done.result())
        except PortraitError as error:
            here.set_exception(error)
        except CancelledError:
            here.set_exception(
                ClusterFailed("The connection to the scheduler was lost.", "Build again once it answers.")
            )
        except Exception as error:
            reason = " ".join(str(error).split()).rstrip(".")
            here.set_exception(
                ClusterFailed(f"The cluster gave it up: {type(error).__name__}: {reason}.", "Build again.")
            )

    here.add_done_callback(lambda ended: ended.cancelled() and there.cancel())
    there.add_done_callback(settle)
    return here


@contextmanager
def cluster_pool(address: str, project: Path) -> Iterator[ClusterPool]:
    """Give a pool of the workers that a Dask scheduler has.

    Parameters
    ----------
    address
        The scheduler's, as in ``tcp://127.0.0.1:8786``.
    project
        Whose lock names the libraries that workers must have in the same versions.

    Raises
    ------
    WrongCall
        Dask is not installed here.
    ClusterFailed
        The scheduler does not answer, has no worker, or has one that would make other documents.
    """
    means = means_here().only(locked_names(project))
    with _connected(address) as client, local_pool(1) as local:
        _refuse_strangers(client, address, means)
        pool = ClusterPool(client, local, means)
        try:
            yield pool
        finally:
            pool.leave()


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise WrongCall(
            "--scheduler needs Dask, which is not installed beside this program.",
            "Install it: python -m pip install --editable '.[dask]' in the project's folder.",
        ) from None
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        reason = " ".join(str(error.__cause__ or error).split()).rstrip(".")
        raise ClusterFailed(
            f"No Dask scheduler answers at {address} ({reason}).", "Start it: dask scheduler --port 8786."
        ) from error


def _refuse_strangers(client: Client, address: str, means: Means) -> None:
    """Refuse a cluster that has no worker, or of which a part has other means."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ClusterFailed(
            f"The scheduler {address} has no worker.", f"Start some: dask worker {address} --nthreads 1."
        ) from None
    # The scheduler too reads what passes through it.
    told = {f"scheduler {address}": _on_scheduler(client)}
    workers = client.run(prepare_worker, on_error="return")
    told |= {f"worker {name}": each for name, each in workers.items()}
    for name, there in told.items():
        if isinstance(there, OSError):  # it is gone, and takes nothing with it
            continue
        lacking = means.lacking(there) if isinstance(there, Means) else f"no such program ({there})"
        if lacking:
            raise _refusal(name, lacking)


def _on_scheduler(client: Client) -> Means | Exception:
    try:
        there: Means = client.run_on_scheduler(means_here)
    except Exception as error:
        return error
    return there


def _refusal(name: str, lacking: str) -> ClusterFailed:
    return ClusterFailed(
        f"The {name} has {lacking}.", "Install there what is installed here, and start it again."
    )
