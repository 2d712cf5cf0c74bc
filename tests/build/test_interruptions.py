"""Whatever ends a build, the edition is whole: the one before or the one after, and the next build works.

One write in 61 is tried, and each where `PORTRAIT_CASES` is set.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portrait.build.edition import build_all
from portrait.build.progress import Watcher
from portrait.errors import PortraitError
from tests import faults, small
from tests.build.benches import Bench, surveyed_once
from tests.build.projects import ROWS, Place, write_project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are made in forked processes")

STRIDE = 1 if "PORTRAIT_CASES" in os.environ else 61
NEWER = [*ROWS, small.row("Planification", portfolio="Justice")]


@pytest.fixture(autouse=True)
def surveys_write_nothing() -> Iterator[None]:
    """Survey each edition once for all the builds that are interrupted."""
    with surveyed_once():
        yield


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return write_project(tmp_path / "built")


def build(folder: Path, bench: Bench | None = None) -> None:
    """Build an edition; print why it failed, as the program does."""
    _, failures = build_all([Place(folder).plan()], bench or Bench(), Watcher())
    print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)


def build_with_a_failure(folder: Path) -> None:
    bench = Bench("newer")
    bench.to_fail = {"quality.fr": PortraitError("Not today.")}
    build(folder, bench)


def edition(folder: Path) -> dict[str, bytes]:
    return Place(folder).files()


def index(folder: Path) -> bytes:
    page = folder / "reports" / "index.html"
    return page.read_bytes() if page.exists() else b""


def hidden(folder: Path) -> list[str]:
    """Return what a build left beside what it publishes."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in (folder / "reports").rglob(".*")
        if path.suffix != ".lock"
    )


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["kill", "disk error"])
@pytest.mark.parametrize("scenario", ["first build", "rebuild", "rebuild with a failure"])
def test_a_fault_at_any_write_leaves_the_edition_before_or_the_one_after(place, tmp_path, scenario, fault):
    act: Callable[[Path], None] = build
    if scenario != "first build":
        place.build()
        place.write(NEWER)
    if scenario == "rebuild with a failure":
        act = build_with_a_failure
    before, index_before = edition(place.folder), index(place.folder)
    complete = tmp_path / "complete"
    shutil.copytree(place.folder, complete)
    act(complete)
    after, index_after = edition(complete), index(complete)
    assert after != before
    seen = set()
    for faulty in faults.every_fault(place.folder, act, fault, tmp_path, STRIDE):
        found = edition(faulty.project)
        assert found in (before, after), f"step {faulty.step}"
        assert index(faulty.project) in (index_before, index_after), f"step {faulty.step}"
        seen.add("after" if found == after else "before")
        if fault == "disk error":
            assert_says_why(faulty, found == after)
        act(faulty.project)
        assert edition(faulty.project) == after
        assert index(faulty.project) == index_after
        assert hidden(faulty.project) == []
    assert seen == {"before", "after"}


def assert_says_why(faulty: faults.Faulty, is_published: bool) -> None:
    """Check the message of an error; one met while leftovers are removed is left to the next build."""
    why = [line for line in faulty.said.splitlines() if faults.error_at(faulty.step).strerror in line]
    assert all("could not be written: build again" in line for line in why) if is_published else len(why) == 1
    assert is_published or "Nothing of quebec 2025 was published" in why[0]
