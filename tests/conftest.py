"""Shared fixtures: the pool of processes that builds documents, a browser, the canvases that a test draws."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portrait.build.pool import LocalPool, local_pool
from portrait.cli import main as cli
from portrait.editions.edition import Edition
from portrait.figures import svg
from portrait.publish.accessibility import BROWSERS
from tests import small

# The process that forks documents does not import from its current folder: put the tests on the path.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where slow tests run, leave out files without any: each process takes ten seconds to read those."""
    is_test = collection_path.match("test_*.py")
    return True if config.option.markexpr == "slow" and is_test and not says_slow(collection_path) else None


def says_slow(path: Path) -> bool:
    """Whether a file of tests holds the word that marks slow ones."""
    return "slow" in path.read_text("utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files of this folder first: whole reports take longest, and no process is to wait for them."""
    for path in {item.path for item in items if item.get_closest_marker("slow")}:
        if not says_slow(path):
            raise pytest.UsageError(f"{path} has slow tests that would never run: mark them in that file")
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run two files of slow tests on each core: they wait for browsers and processes now and then."""
    return 2 * (os.cpu_count() or 1) if config.option.markexpr == "slow" else None


@pytest.fixture(scope="session")
def pool() -> Iterator[LocalPool]:
    """A pool that builds two documents at once, each in its own process."""
    with local_pool(2) as pool:
        yield pool


class Browser:
    """A Chromium whose pages are tabs of one window: a process of its own takes longer than a page."""

    def __init__(self, opened: Any, folder: Path) -> None:
        self.new_context = opened.new_context
        self._window = opened.new_context()
        first = folder / "first.html"
        first.touch()
        self._window.new_page().goto(first.as_uri())  # it stays open, and with it the process of all

    def new_page(self, *, viewport: dict[str, int] | None = None, color_scheme: str = "light") -> Any:
        page = self._window.new_page()
        page.emulate_media(color_scheme=color_scheme)
        if viewport is not None:
            page.set_viewport_size(viewport)
        return page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium in no sight; a test that asks for it skips where the machine has none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield Browser(opened, tmp_path_factory.mktemp("browser"))
        opened.close()


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition of one row, for tests of what is given the numbers that it shows."""
    folder = tmp_path_factory.mktemp("data")
    return small.edition_of(folder, y2025=[small.row()])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a copy of the reference files."""
    small.copy_references(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Call `portrait` with words, here; return its exit status and what it printed on each stream."""
    monkeypatch.chdir(small.PROJECT)

    def called(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["portrait", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed = capsys.readouterr()
        return int(stop.value.code or 0), printed.out, printed.err

    return called


@pytest.fixture
def canvases(monkeypatch):
    """The matplotlib canvases drawn in a test, in order."""
    seen = []
    write = svg.svg_of

    def keep(canvas):
        seen.append(canvas)
        return write(canvas)

    monkeypatch.setattr(svg, "svg_of", keep)
    return seen
