"""Make the documents of an edition: run a notebook, write what it gives as HTML and PDF, keep its claims."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portrait.claims import claims_of
from portrait.errors import DocumentsFailed, PortraitError, PublicationError

Notify = Callable[[str], None]
Claims = list[dict[str, Any]]


@dataclass(frozen=True)
class Task:
    """One notebook to run in one language, and where its documents go.

    Attributes
    ----------
    notebook
        What to run.
    stem
        Name of the documents inside the edition, without language and format: ``annual``,
        ``portfolios/justice``.
    language
        ``fr`` or ``en``.
    parameters
        Those of the notebook, without the language.
    other_language
        The language of which the page has a sibling to point to, if it is made too.
    subject
        What the document is about where several are made from the notebook: the portfolio.
    """

    notebook: Path
    stem: str
    language: str
    parameters: Mapping[str, Any]
    other_language: str | None = None
    subject: str = ""

    @property
    def name(self) -> str:
        """Name of the documents inside the edition, without their format."""
        return f"{self.stem}.{self.language}"

    @property
    def sibling(self) -> str | None:
        """Address of the page in the other language, from this page."""
        return f"{Path(self.stem).name}.{self.other_language}.html" if self.other_language else None

    @property
    def register(self) -> str:
        """Name of the register of claims; that of the annual report is the one readers cite: no prefix."""
        prefix = "" if self.stem == "annual" else f"{self.stem}."
        return f"{prefix}claims.{self.language}.json"


@dataclass
class Clock:
    """The time spent in each step, summed over documents."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time of a step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@dataclass(frozen=True)
class Workshop:
    """Where documents are made, and how.

    Attributes
    ----------
    project
        Folder in which notebooks run.
    staged
        Folder in which the documents are laid.
    failed
        Folder that keeps a notebook as far as it went.
    formats
        What is made of each notebook: ``html``, ``pdf``.
    clock, notify
        What counts the time; what is told of each step done.
    """

    project: Path
    staged: Path
    failed: Path
    formats: Sequence[str]
    clock: Clock
    notify: Notify


def make_all(tasks: Sequence[Task], workshop: Workshop, *, jobs: int) -> list[Claims]:
    """Make the documents of all tasks, several at once; return the claims of each.

    One that fails stops no other: each is made, or named with its reason.

    Raises
    ------
    PortraitError
        What the one document that was asked for met; of profiles, `DocumentsFailed`, which names
        each that failed.
    """
    with ThreadPoolExecutor(max(1, min(jobs, len(tasks)))) as pool:
        results = list(pool.map(lambda task: _made_or_failed(task, workshop), tasks))
    failures = [
        (task, result)
        for task, result in zip(tasks, results, strict=True)
        if isinstance(result, PortraitError)
    ]
    if not failures:
        return [result for result in results if not isinstance(result, PortraitError)]
    if not any(task.subject for task in tasks):
        raise failures[0][1]
    raise DocumentsFailed([(_called(task), error) for task, error in failures], len(tasks))


def _called(task: Task) -> str:
    return f"{task.name} ({task.subject})" if task.subject else task.name


def _made_or_failed(task: Task, workshop: Workshop) -> Claims | PortraitError:
    try:
        return _make(task, workshop)
    except PortraitError as error:
        return error


def _make(task: Task, workshop: Workshop) -> Claims:
    """Run the notebook of a task and write its documents; return its claims."""
    from portrait.execution import execute_notebook
    from portrait.publishing.document import document_of
    from portrait.publishing.numbering import refuse_unmentioned

    run, failed = (folder / f"{task.name}.ipynb" for folder in (workshop.staged, workshop.failed))
    with workshop.clock.step("notebook"):
        notebook = execute_notebook(
            task.notebook,
            {**task.parameters, "language": task.language},
            output=run,
            failed=failed,
            working_folder=workshop.project,
        )
    workshop.notify(f"{task.name}.ipynb")
    with _kept_if_unpublishable(run, failed):
        with workshop.clock.step("document"):
            document = document_of(notebook)
            refuse_unmentioned(document)
        for document_format in workshop.formats:
            place = workshop.staged / f"{task.name}.{document_format}"
            with workshop.clock.step(document_format):
                _write_document(document, place, task.sibling)
            workshop.notify(f"{task.name}.{document_format}")
    claims = claims_of(notebook)
    write_json(workshop.staged / task.register, claims)
    return claims


@contextmanager
def _kept_if_unpublishable(notebook: Path, failed: Path) -> Iterator[None]:
    """Keep an executed notebook beside the edition when it cannot be published."""
    try:
        yield
    except PublicationError:
        failed.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(notebook, failed)
        raise


def _write_document(document: Any, path: Path, sibling: str | None) -> None:
    if path.suffix == ".html":
        from portrait.publishing.html import render_html

        path.write_text(render_html(document, other_language=sibling), "utf-8")
    else:
        from portrait.publishing.pdf import render_pdf

        path.write_bytes(render_pdf(document))


def write_json(path: Path, content: Any) -> None:
    """Write plain values as readers and programs read them."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and move it there: no reader ever meets half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
