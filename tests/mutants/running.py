"""Run test files in forks of this process, which has imported the slow libraries."""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

LIBRARIES = (
    "hypothesis.strategies",
    "matplotlib.pyplot",
    "nbformat",
    "scipy.stats",
    "seaborn",
)
MOST_PROCESSOR_SECONDS, MOST_SECONDS, MOST_MEMORY = 300, 1800, 2**33
"""A mutant that makes tests take more fails."""
OPTIONS = ("-x", "-q", "-m", "not slow", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class TestFile:
    """A file of tests, the functions that it calls, as (module, function), and its seconds of processor."""

    path: Path
    calls: frozenset[tuple[str, str]]
    seconds: float


def test_files(project: Path, room: str) -> list[TestFile]:
    """Run each test file of a room alone, so that no other one filled a cache.

    Raises
    ------
    RuntimeError
        One fails.
    """
    return [_followed(path, project) for path in sorted((project / "tests" / room).rglob("test_*.py"))]


def _followed(path: Path, project: Path) -> TestFile:
    with tempfile.NamedTemporaryFile() as calls:
        if run([path], project, Path(calls.name)):
            raise RuntimeError(f"{path} fails without any fault.")
        return TestFile(path, *pickle.load(calls))


def run(paths: Sequence[Path], project: Path, calls: Path | None = None) -> int:
    """Run test files of a project until one fails, and return the status; write what they call to a file."""
    for library in LIBRARIES:
        importlib.import_module(library)
    process = os.fork()
    if not process:
        status = 1
        try:
            _enter(project)
            status = _follow(paths, project, calls) if calls else pytest.main([*OPTIONS, *map(str, paths)])
        finally:
            os._exit(int(status))
    _, status = os.waitpid(process, 0)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)  # what it started
    ended = os.waitstatus_to_exitcode(status)
    return 0 if ended == pytest.ExitCode.NO_TESTS_COLLECTED else ended  # all of them are slow


def _enter(project: Path) -> None:
    """Work in a copy of the project, silently, within limits."""
    os.setsid()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(silence, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.alarm(MOST_SECONDS)
    settings.register_profile("slow", deadline=None, suppress_health_check=list(HealthCheck))
    settings.load_profile("slow")  # a busy machine is not a fault
    os.chdir(project)
    os.environ["PYTHONPATH"] = str(project)
    sys.path.insert(0, str(project))
    for name in [name for name in sys.modules if name.split(".")[0] in ("portrait", "tests")]:
        del sys.modules[name]


def _follow(paths: Sequence[Path], project: Path, calls: Path) -> int:
    called: set[tuple[str, str]] = set()
    package = f"{project}{os.sep}portrait{os.sep}"

    def follow(frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(package):
            module = Path(code.co_filename).relative_to(project).as_posix()
            called.add((module, code.co_qualname.replace(".<locals>", "").removeprefix("<module>")))

    sys.settrace(follow)
    status = pytest.main([*OPTIONS, *map(str, paths)])
    sys.settrace(None)
    calls.write_bytes(pickle.dumps((frozenset(called), time.process_time())))
    return int(status)
