"""Do the work of a build on a Dask cluster: files go out once a worker, bytes of documents come back.

Workers share no disk with this machine. Files travel inside the graph of tasks, so that Dask sends them again
to whoever lost them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from multiprocessing import current_process
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import portrait
from portrait.build.fingerprint import (
    checksum_of_fonts,
    checksum_of_program,
    files_in,
    installed,
    python_version,
)
from portrait.build.job import Failed, Task
from portrait.build.opened import Opened
from portrait.build.pool import LocalPool
from portrait.build.staging import lay
from portrait.errors import ClusterFailed, PortraitError, WrongCall
from portrait.language.periods import is_edition_id
from portrait.registers.files import SUFFIXES, input_folders
from portrait.registers.project import REFERENCE
from portrait.run.chapters import NOTEBOOKS
from portrait.storage.checksums import checksum

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10
"""Seconds in which the scheduler must answer, and must have a worker."""
_EDITION = "edition.pickle"
"""File of a bundle that holds the open edition."""


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


def files_read(opened: Opened) -> list[Path]:
    """Return the files of the project and of the data folder that documents of an edition may read."""
    project = opened.project
    folders = input_folders(opened.source, project, project / opened.data if opened.data else "")
    inputs = (path for folder in folders for path in folder.glob("*"))
    return [
        *(project / NOTEBOOKS).rglob("*.ipynb"),
        *files_in(project / REFERENCE),
        *(path for path in inputs if path.suffix in SUFFIXES and is_edition_id(path.stem)),
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
def means_here(project: Path | None = None) -> Means:
    """Return what this process makes documents with, as it was when it was first asked.

    Parameters
    ----------
    project
        Whose lock names the libraries that count; by default all that are installed.
    """
    return Means(
        portrait.__version__,
        checksum_of_program(),
        python_version(),
        installed(project),
        checksum_of_fonts(),
    )


# On a worker


def call_there(
    function: Callable[..., Any], arguments: tuple[Any, ...], bundle: Bundle | None, means: Means
) -> Any:
    """Call a function of `job` on a worker, in a process of its own, on files that came with it.

    Parameters
    ----------
    arguments
        Those of the function: a document names the project that it finds here, a bundle stands for the open
        edition.
    means
        What it must be done with: a worker may have come after the others were looked at.
    """
    from distributed import get_worker

    worker = get_worker()
    if lacking := means.lacking(means_here()):
        return Failed(_refusal(f"worker {worker.address}", lacking))
    if bundle is not None:
        root = unpacked(bundle, Path(worker.local_directory))
        arguments = tuple(_placed(each, root, bundle) for each in arguments)
    return _pool().submit(function, *arguments, begun=lambda: None).result()


def _placed(argument: Any, root: Path, bundle: Bundle) -> Any:
    if isinstance(argument, Task):
        return replace(argument, project=root / bundle.project)
    return root / _EDITION if argument == _EDITION else argument


@cache
def _pool() -> LocalPool:
    """Return what gives a call a process, the same for all threads of a worker."""
    # A nanny starts its worker as a daemon, which may start no process; those of this pool end with it.
    current_process().daemon = False
    return LocalPool(os.cpu_count() or 1)


def prepare_worker() -> Means:
    """Start what forks a process a call, which imports meanwhile, and say what this worker has."""
    _pool().start()
    return means_here()


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


# On this machine


class ClusterPool:
    """Work done by the workers of a Dask cluster.

    Parameters
    ----------
    client
        Connected to the scheduler.
    means
        What a worker must have.
    """

    def __init__(self, client: Client, means: Means) -> None:
        self._client, self._means = client, means
        self._executor = client.get_executor(pure=False)
        self._batch = uuid4().hex
        self._bundle: Any = None
        self._n_calls = 0

    def start(self) -> None:
        """Do nothing: workers were prepared when they were looked at."""

    def keep_open(self, opened: Opened, folder: Path) -> str:
        """Send an edition and the files that its documents read; return what stands for it on workers."""
        bundle = bundle_of(opened.project, files_read(opened))
        bundle = replace(bundle, files={**bundle.files, _EDITION: opened.content})
        self._bundle = self._client.submit(_as_it_is, bundle, key=f"files-{bundle.digest}")
        return _EDITION

    def submit(
        self, function: Callable[..., Any], *arguments: Any, begun: Callable[[], object], report: str = ""
    ) -> Future[Any]:
        """Have a function called by a worker; again if the worker died meanwhile."""
        begun()
        self._n_calls += 1
        sent = tuple(replace(each, project=Path()) if isinstance(each, Task) else each for each in arguments)
        # Keys of one group let the scheduler keep what no worker is ready for: a worker that dies puts
        # under suspicion only the few calls that it had in hand.
        key = (f"document-{self._batch}", self._n_calls)
        return _told_in_words(
            self._executor.submit(call_there, function, sent, self._bundle, self._means, key=key)
        )

    def leave(self) -> None:
        """Give up what nobody waits for any more."""
        self._executor.shutdown(wait=False)


def _as_it_is(bundle: Bundle) -> Bundle:
    return bundle


def _told_in_words(there: Future[Any]) -> Future[Any]:
    """Return what will be as `there` is, with a sentence where the cluster itself failed."""
    here: Future[Any] = Future()

    def settle(done: Future[Any]) -> None:
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
    means = means_here(project)
    with _connected(address) as client:
        _refuse_strangers(client, address, means)
        pool = ClusterPool(client, means)
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
