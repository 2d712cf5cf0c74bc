"""Build one document: run its notebooks, assemble them, and render the pages, as bytes.

What goes in and what comes out are plain values, so that the work may be done in another process or on
another machine. In a process forked for this work alone, cells run in it, in place of a kernel.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portrait.build.plan import INDEX
from portrait.document.assembly import register_name
from portrait.errors import NotebookFailed, PortraitError
from portrait.registers.languages import know_languages
from portrait.run.chapters import name_of, notebooks_of
from portrait.storage.garbage import uncollected

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Task:
    """One document to build: its notebooks, in one language, and the formats it is published in.

    Attributes
    ----------
    project
        Folder in which the notebooks run.
    report
        Name of the report: a notebook in `notebooks/`, or a folder of chapters there.
    stem
        Name of the documents inside the edition, without language and format: ``annual``,
        ``portfolios/justice``.
    language
        ``fr``, ``en`` or a language of the project.
    parameters
        Those of the notebook, without the language.
    formats
        ``html``, ``pdf`` or both.
    other_languages
        The languages of which the page has a sibling to point to.
    subject
        What the document is about where several are made from the notebook: the portfolio.
    draft
        Whether it is marked as a draft, since nobody vouches for its notebooks.
    profiles
        Address and name of each profile that the page of the annual report points to.
    has_annual
        Whether the page of a profile has that of the annual report to point to.
    """

    project: Path
    report: str
    stem: str
    language: str
    parameters: Mapping[str, Any] = field(hash=False)
    formats: tuple[str, ...]
    other_languages: tuple[str, ...] = ()
    subject: str = ""
    draft: bool = False
    profiles: tuple[tuple[str, str], ...] = ()
    has_annual: bool = False

    @cached_property
    def notebooks(self) -> tuple[Path, ...]:
        """The notebooks to run, in the order in which they are assembled."""
        return tuple(notebooks_of(self.project, self.report))

    @property
    def name(self) -> str:
        """Name of the documents inside the edition, without their format."""
        return f"{self.stem}.{self.language}"

    @property
    def called(self) -> str:
        """What a person calls the document: its name, and its subject where it has one."""
        return f"{self.name} ({self.subject})" if self.subject else self.name

    @property
    def siblings(self) -> tuple[tuple[str, str], ...]:
        """Languages and addresses of the same page in them, from this page."""
        return tuple((each, f"{Path(self.stem).name}.{each}.html") for each in self.other_languages)

    @property
    def pdf(self) -> str | None:
        """Address of the same report as a PDF, from its page; nothing where none is asked."""
        return f"{Path(self.stem).name}.{self.language}.pdf" if "pdf" in self.formats else None

    @property
    def annual(self) -> str | None:
        """Address of the annual report from the page of a profile; nothing where it has none."""
        return f"../annual.{self.language}.html" if self.has_annual else None

    @property
    def register(self) -> str:
        """Name of its register of claims."""
        return register_name(self.stem, self.language)

    @property
    def workbook(self) -> str | None:
        """Name of the workbook of its tables; only the annual report has one."""
        return f"tables.{self.language}.xlsx" if self.stem == "annual" else None

    @property
    def edition(self) -> tuple[str, int | str, str, Path]:
        """The edition that the document is about: source, what names it, data folder, project."""
        return self.parameters["source"], self.parameters["year"], self.parameters["data"], self.project

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that the document leaves inside the edition."""
        written = (f"{self.name}.{kind}" for kind in ("ipynb", *self.formats))
        return (*written, self.register, *filter(None, [self.workbook]))


@contextmanager
def timed(step: str, seconds: dict[str, float]) -> Iterator[None]:
    """Keep the seconds that a step takes, under its name."""
    start = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - start


@dataclass(frozen=True)
class Ran:
    """An executed notebook, and the seconds that it took."""

    notebook: bytes
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Made:
    """A document that was built.

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
    """Why a notebook or a document failed, and its notebooks as far as they ran, by name."""

    reason: PortraitError
    notebooks: Mapping[str, bytes] = field(default_factory=dict)


def run_notebook(task: Task, name: str, opened: Path | None) -> Ran | Failed:
    """Run one notebook of a document.

    Parameters
    ----------
    name
        The notebook, as `chapters.name_of` calls it.
    opened
        File of the open edition, as `opened.Opened.content` gives it; ``None`` to open it in the notebook.
    """
    from portrait.build.processes import is_own
    from portrait.run.engine import execute_notebook

    path = next(path for path in task.notebooks if name_of(path) == name)
    know_languages(task.project)
    seconds: dict[str, float] = {}
    try:
        with timed("notebook", seconds):
            if opened is not None:
                _adopt(opened, task.parameters["data"], task.project)
            executed = execute_notebook(
                path,
                {**task.parameters, "language": task.language},
                working_folder=task.project,
                in_this_process=is_own(),
            )
            _leave_out_data_folder(executed)
            notebook = json.dumps(executed, ensure_ascii=False, sort_keys=True).encode()
    except NotebookFailed as failure:
        return Failed(failure, {name: failure.partial.encode()} if failure.partial else {})
    except PortraitError as error:
        return Failed(error)
    return Ran(notebook, seconds)


def _leave_out_data_folder(executed: NotebookNode) -> None:
    """Remove from an executed notebook where its data were: it is the same from any folder."""
    for part in ("portrait", "papermill"):
        executed.metadata[part]["parameters"].pop("data", None)
    for cell in executed.cells:
        if "injected-parameters" in cell.metadata.get("tags", ()):
            lines = cell.source.splitlines()
            cell.source = "\n".join(line for line in lines if not line.startswith("data = "))


@lru_cache(maxsize=1)
def _adopt(opened: Path, data: str, project: Path) -> None:
    """Adopt the open edition of a file, once a process: chapters share what one of them computed from it."""
    from portrait.build.opened import adopt

    with uncollected():
        adopt(opened.read_bytes(), data, project)


def publish_document(task: Task, notebooks: Mapping[str, bytes]) -> Made | Failed:
    """Assemble the executed notebooks of a document and render it.

    Parameters
    ----------
    notebooks
        Executed notebooks by name, in the order of the document.
    """
    import nbformat

    from portrait.document.assembly import assembled
    from portrait.document.drafts import mark_draft
    from portrait.document.model import document_of
    from portrait.document.numbering import refuse_unmentioned
    from portrait.document.register import register_of
    from portrait.publish.workbook import render_workbook
    from portrait.run.engine import notebook_text

    know_languages(task.project)
    seconds: dict[str, float] = {}
    try:
        with timed("document", seconds):
            read = [nbformat.reads(content.decode(), as_version=4) for content in notebooks.values()]
            notebook = assembled(task.report, read) if len(read) > 1 else read[0]
            mark_draft(notebook, is_draft=task.draft)
            document = document_of(notebook)
            refuse_unmentioned(document)
        files = {f"{task.name}.ipynb": notebook_text(notebook).encode()}
        for document_format in task.formats:
            with timed(document_format, seconds):
                files[f"{task.name}.{document_format}"] = _rendered(document, document_format, task)
        if task.workbook:
            with timed("workbook", seconds):
                files[task.workbook] = render_workbook(document)
        files[task.register] = json_text(register_of(notebook, document)).encode()
    except PortraitError as error:
        return Failed(error, notebooks)
    return Made(files, seconds)


def make_document(task: Task, opened: Path | None) -> Made | Failed:
    """Run the one notebook of a document and render it, in one process."""
    [path] = task.notebooks
    ran = run_notebook(task, name_of(path), opened)
    if isinstance(ran, Failed):
        return ran
    made = publish_document(task, {name_of(path): ran.notebook})
    if isinstance(made, Failed):
        return made
    return Made(made.files, {**ran.seconds, **made.seconds})


def index_from(document: Any) -> str:
    """Return the address of the page of all editions from a document; profiles have a folder of their own."""
    return f"{'../../..' if document['brief'] else '../..'}/{INDEX}"


def _rendered(document: Any, document_format: str, task: Task) -> bytes:
    if document_format == "html":
        from portrait.publish.html import render_html

        page = render_html(
            document,
            siblings=task.siblings,
            index=index_from(document),
            pdf=task.pdf,
            profiles=task.profiles,
            annual=task.annual,
            workbook=task.workbook,
        )
        return page.encode()
    from portrait.publish.pdf import render_pdf

    return render_pdf(document)


def page_of(notebook: bytes, task: Task) -> bytes:
    """Return the page of a document from its executed notebook, with the addresses that it points to."""
    import nbformat

    from portrait.document.model import document_of

    know_languages(task.project)
    document = document_of(nbformat.reads(notebook.decode(), as_version=4))
    return _rendered(document, "html", task)


def json_text(content: Any) -> str:
    """Return plain values as readers and programs read them."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
