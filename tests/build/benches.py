"""A pool that builds documents at once from their names alone: for tests of what is built, not of how."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest

from portrait.build import edition as building
from portrait.build import publication
from portrait.build.job import Failed, Made, Ran, Task, json_text
from portrait.build.opened import Opened
from portrait.build.survey import Survey, survey
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import PortraitError, ProcessFailed

EDITION = {
    "reconstructed": False,
    "left_out": [],
    "unrecorded": [],
    "inputs": [],
    "years": [],
    "title": {"fr": "Portrait", "en": "Portrait"},
    "place": {"fr": "Portrait", "en": "Portrait"},
    "dated": "2026-01-27",
    "portfolios": {},
}
"""What a manifest says of its edition."""


class Bench:
    """A pool whose documents hold their own name, and that can be told to fail some.

    Attributes
    ----------
    made
        Names of the documents built, in order.
    ran
        Names of the chapters run, each with its language.
    to_fail
        Why a document fails, by its name.
    text
        Text that every file holds.
    """

    def __init__(self, text: str = "") -> None:
        self.made: list[str] = []
        self.ran: list[tuple[str, str]] = []
        self.to_fail: dict[str, PortraitError] = {}
        self.text = text

    def start(self) -> None:
        """Do nothing: no process is needed."""

    def keep_open(self, opened: Opened, folder: Path) -> None:
        """Do nothing: no call reads the edition."""

    def submit(
        self, function: Callable[..., Any], *arguments: Any, begun: Callable[[], object], report: str = ""
    ) -> Future[Any]:
        """Answer in place of a function of `portrait.build.job`, by its name."""
        begun()
        future: Future[Any] = Future()
        try:
            future.set_result(getattr(self, function.__name__)(*arguments))
        except ProcessFailed as error:
            future.set_exception(error)
        return future

    def run_notebook(self, task: Task, name: str, opened: None) -> Ran:
        """Return an executed chapter."""
        self.ran.append((name, task.language))
        return Ran(notebook(name), {"notebook": 1.0})

    def make_document(self, task: Task, opened: None) -> Made | Failed:
        """Return a document of one notebook."""
        return self._document(task, notebook(task.report))

    def publish_document(self, task: Task, notebooks: Mapping[str, bytes]) -> Made | Failed:
        """Return a document assembled from its chapters."""
        from portrait.document.assembly import assembled

        read = [nbformat.reads(each.decode(), as_version=4) for each in notebooks.values()]
        return self._document(task, nbformat.writes(assembled(task.report, read)).encode())

    def page_of(self, notebook: bytes, task: Task) -> bytes:
        """Return a page rendered anew for its link to the other language."""
        return page(_sibling(task))

    def _document(self, task: Task, executed: bytes) -> Made | Failed:
        self.made.append(task.name)
        if task.name in self.to_fail:
            return Failed(self.to_fail[task.name])
        content = {name: page(_sibling(task), self.text) for name in task.files}
        register = {"claims": [], "absent": [], "statements": []}
        claims = json_text(register).encode()
        files = {**content, f"{task.name}.ipynb": executed, task.register: claims}
        return Made(files, {"html": 0.5})


def _sibling(task: Task) -> str | None:
    return next((address for _, address in task.siblings), None)


def page(sibling: str | None, text: str = "") -> bytes:
    """Return a page that holds the address of the other language, if it points to one."""
    return f"{text} -> {sibling}".encode()


def notebook(name: str) -> bytes:
    """Return an executed notebook of one empty cell."""
    executed = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("", id=Path(name).stem)],
        metadata={"portrait": {"notebook": name}, "papermill": {"input_path": name}},
    )
    return nbformat.writes(executed).encode()


@contextmanager
def surveyed_once() -> Iterator[None]:
    """Survey an edition once for all builds that read the same of it, in whichever folder each is."""
    editions: dict[bytes, Edition] = {}
    surveys: dict[tuple[int, tuple[str, ...]], Survey] = {}

    class OpenedOnce(Opened):
        @property
        def edition(self) -> Edition:  # type: ignore[override]
            read = _held(self.project / "data", Path(self.data_folder))
            if read not in editions:
                editions[read] = open_edition(
                    self.source, self.year, data=self.data_folder, project=self.project
                )
            return editions[read]

    def once(opened: Opened, portfolios: Sequence[str] = ()) -> Survey:
        asked = (id(opened.edition), tuple(portfolios))
        if asked not in surveys:
            surveys[asked] = survey(opened.edition, portfolios, data=opened.data_folder)
        return surveys[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "Opened", OpenedOnce)
        patch.setattr(building, "surveyed", once)
        yield


def _held(*folders: Path) -> bytes:
    """Return a checksum of what the files of some folders hold."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.digest()


@contextmanager
def trusted() -> Iterator[None]:
    """Publish what a bench makes: its documents hold their name, and no sentence that tables could prove."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication, "refuse_disagreement", lambda *_: None)
        yield
