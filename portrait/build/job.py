"""Make one document: run its notebook, and give what it became as bytes: notebook, page, print, claims.

What goes in and what comes out are plain values, so that a document may be made in this process, in one
forked for it, or on another machine.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portrait.errors import PortraitError, PublicationError

if TYPE_CHECKING:
    from portrait.editions.edition import Edition

Claims = list[dict[str, Any]]

CELL_TIME_LIMIT = 600
"""Seconds that a cell may take."""


@dataclass(frozen=True)
class Task:
    """One notebook to run in one language, and what is made of it.

    Attributes
    ----------
    project
        Folder in which the notebook runs; it stands in its `notebooks/`.
    report
        Name of the notebook, without its ending.
    stem
        Name of the documents inside the edition, without language and format: ``annual``,
        ``portfolios/justice``.
    language
        ``fr`` or ``en``.
    parameters
        Those of the notebook, without the language.
    formats
        What is made of the executed notebook: ``html``, ``pdf``.
    other_language
        The language of which the page has a sibling to point to, if there is one.
    subject
        What the document is about where several are made from the notebook: the portfolio.
    """

    project: Path
    report: str
    stem: str
    language: str
    parameters: Mapping[str, Any] = field(hash=False)
    formats: tuple[str, ...]
    other_language: str | None = None
    subject: str = ""

    @property
    def notebook(self) -> Path:
        """The notebook to run."""
        return self.project / "notebooks" / f"{self.report}.ipynb"

    @property
    def name(self) -> str:
        """Name of the documents inside the edition, without their format."""
        return f"{self.stem}.{self.language}"

    @property
    def called(self) -> str:
        """What a person calls the document: its name, and its subject where it has one."""
        return f"{self.name} ({self.subject})" if self.subject else self.name

    @property
    def sibling(self) -> str | None:
        """Address of the page in the other language, from this page."""
        return f"{Path(self.stem).name}.{self.other_language}.html" if self.other_language else None

    @property
    def register(self) -> str:
        """Name of the register of claims; that of the annual report is the one readers cite: no prefix."""
        prefix = "" if self.stem == "annual" else f"{self.stem}."
        return f"{prefix}claims.{self.language}.json"

    @property
    def edition(self) -> tuple[str, int, str, Path]:
        """What opens the edition that the document is about: the arguments of `open_for_all`."""
        return self.parameters["source"], self.parameters["year"], self.parameters["data"], self.project

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that the document leaves inside the edition."""
        return (*(f"{self.name}.{kind}" for kind in ("ipynb", *self.formats)), self.register)


@dataclass
class Clock:
    """The time spent in each step, summed over documents."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time of a step."""
        start = time.perf_counter()
        yield
        self.add({name: time.perf_counter() - start})

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add what was counted elsewhere."""
        for name, each in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + each


@dataclass(frozen=True)
class Made:
    """A document that was made.

    Attributes
    ----------
    files
        Its files by their name inside the edition.
    seconds
        Time spent in each step.
    """

    files: Mapping[str, bytes]
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Failed:
    """A document that could not be made: why, and its notebook as far as it went, if it began."""

    reason: PortraitError
    notebook: bytes | None = None


def open_for_all(source: str, year: int, data: str, project: Path) -> Edition:
    """Open an edition in the process that documents are forked from.

    Parameters
    ----------
    data
        Folder of the files as seen from the project; empty for the project's own.
    """
    from portrait.editions.opening import preopen

    return preopen(source, year, data=project / data if data else "", project=project)


def open_for_profiles(source: str, year: int, data: str, project: Path) -> None:
    """Open an edition in the process that profiles are forked from, with what they all share."""
    from portrait.facts.portfolio import shared

    shared(open_for_all(source, year, data, project))


def make_document(task: Task, *, in_this_process: bool = False) -> Made | Failed:
    """Run the notebook of a task and give the files of its document, or say why it cannot.

    Parameters
    ----------
    in_this_process
        Whether the cells run in this very process: only where it was forked for this document.
    """
    from portrait.run.engine import execute_notebook

    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
        run, failed = (Path(folder) / kind / f"{Path(task.name).name}.ipynb" for kind in ("run", "failed"))
        try:
            with clock.step("notebook"):
                notebook = execute_notebook(
                    task.notebook,
                    {**task.parameters, "language": task.language},
                    output=run,
                    failed=failed,
                    working_folder=task.project,
                    timeout=CELL_TIME_LIMIT,
                    in_this_process=in_this_process,
                )
            files = {f"{task.name}.ipynb": run.read_bytes()}
            published = _published(task, notebook, clock)
        except PublicationError as error:
            return Failed(error, run.read_bytes())
        except PortraitError as error:
            return Failed(error, failed.read_bytes() if failed.exists() else None)
    return Made({**files, **published}, clock.seconds)


def _published(task: Task, notebook: Any, clock: Clock) -> dict[str, bytes]:
    """Return what an executed notebook gives: its document in each format, and its claims."""
    from portrait.document.model import document_of
    from portrait.document.numbering import refuse_unmentioned
    from portrait.facts.claims import claims_of

    with clock.step("document"):
        document = document_of(notebook)
        refuse_unmentioned(document)
    files = {}
    for document_format in task.formats:
        with clock.step(document_format):
            files[f"{task.name}.{document_format}"] = _rendered(document, document_format, task.sibling)
    files[task.register] = json_text(claims_of(notebook)).encode()
    return files


def _rendered(document: Any, document_format: str, sibling: str | None) -> bytes:
    if document_format == "html":
        from portrait.publish.html import render_html

        return render_html(document, other_language=sibling).encode()
    from portrait.publish.pdf import render_pdf

    return render_pdf(document)


def lone_page(notebook: bytes) -> bytes:
    """Return the page of an executed notebook that has none in the other language to point to."""
    import nbformat

    from portrait.document.model import document_of

    return _rendered(document_of(nbformat.reads(notebook.decode(), as_version=4)), "html", None)


def json_text(content: Any) -> str:
    """Return plain values as readers and programs read them."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
