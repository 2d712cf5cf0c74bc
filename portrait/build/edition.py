"""Build an edition: find what has to be built, build it, and publish the edition whole.

Documents are written beside the edition and put in its place together. A build removes nothing that an
earlier one published: a document that is out of date, or whose build fails, stays and is marked so.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portrait.build.batch import Watcher, make_all
from portrait.build.cache import Decided, decide
from portrait.build.failures import folder_of_failures, refuse_foreign_failures, replace_failures
from portrait.build.fingerprint import Fingerprints
from portrait.build.foreign import refuse_foreign, refuse_taken
from portrait.build.index import refuse_foreign_index, update_index
from portrait.build.job import Failed, Task, json_text
from portrait.build.manifest import EDITION, Record, files_of_ours
from portrait.build.opened import Opened
from portrait.build.plan import INDEX, PROFILE, PROFILES, Plan
from portrait.build.pool import Pool
from portrait.build.publication import Built, Publication
from portrait.build.staging import recover, staging
from portrait.build.survey import Survey, surveyed
from portrait.build.unrecorded import refuse_unrecorded
from portrait.build.untranslated import refuse_untranslated
from portrait.document.assembly import chapters_of
from portrait.errors import DocumentsFailed, EditionsFailed, PortraitError, WrongCall
from portrait.language.periods import plain
from portrait.proofread.refusal import NotFitToPublish
from portrait.publish.verifier import VERIFIER
from portrait.registers.files import input_files, input_folders
from portrait.run.chapters import notebooks_of
from portrait.storage.atomic import remove_leftovers
from portrait.storage.locks import locked

if TYPE_CHECKING:
    from portrait.proofread.problem import Problem

DATA = "data"
"""Folder of an edition that holds its tables."""
SURVEYED = (f"{DATA}/", "citation.")
"""What the names of the files of a survey begin with, apart from the verifier."""


def build(asked: Plan, pool: Pool, *, watcher: Watcher | None = None, force: bool = False) -> Built:
    """Build what was planned: what changed since the published edition, and publish it with the rest.

    Two builds of one edition run one after the other.

    Parameters
    ----------
    asked
        As `plan.plan_build` returns it.
    pool
        Where the work is done.
    watcher
        What follows the build.
    force
        Whether each document that was asked for is rebuilt, whatever the manifest says.

    Raises
    ------
    WrongCall, RefusedInput, RefusedTarget
        There is no such edition or portfolio, its files cannot be trusted, or something that is not ours is
        in the place of the edition or of a file of it; nothing was changed.
    NotFitToPublish
        It is no draft, and a notebook of what is to be built has something to fix, nobody recorded a status
        or a category, or the verifier finds that a sentence disagrees with the tables; nothing was changed.
    EditionsFailed
        Documents failed, and the verifier refuses others; nothing was changed but `<year>.failed/`.
    DocumentsFailed
        Documents failed: the others are published. The published version of one that failed stays, and is
        marked where it is out of date. Notebooks that failed, as far as they ran, are in `<year>.failed/`.
    PortraitError
        The edition is published, and the page that lists all editions could not be written.
    """
    watcher = watcher or Watcher()
    refuse_foreign(asked.folder)
    refuse_foreign_index(asked.output)
    lock = asked.folder.with_name(f".{asked.folder.name}.lock")
    with locked(lock, lambda: watcher.waiting(asked.folder)):
        recover(asked.folder, files_of_ours)
        remove_leftovers(asked.folder)
        return _build(asked, pool, watcher, force=force)


def _build(asked: Plan, pool: Pool, watcher: Watcher, *, force: bool) -> Built:
    work = _Work(asked, pool, force=force)
    work.refuse()
    watcher.planned(asked, work.decided)
    if work.is_done:
        work.replace_failures({})
        work.update_index()
        watcher.published(asked.folder, ())
        return work.as_published()
    with staging(asked.folder) as staged:
        outcomes = work.make(watcher, staged)
        work.replace_failures(outcomes)
        made = {task: each for task, each in outcomes.items() if not isinstance(each, Failed)}
        failures = {task: each.reason for task, each in outcomes.items() if isinstance(each, Failed)}
        if failures and not made:
            work.mark_out_of_date()
        else:
            try:
                built = work.publication.publish(made, staged)
            except NotFitToPublish as refused:
                if not failures:
                    raise
                failed = _failed(
                    failures, len(failures), work.decided.previous, folder_of_failures(asked.folder)
                )
                raise EditionsFailed([refused, failed]) from refused
            watcher.published(built.folder, built.made)
    try:
        work.update_index()
    except PortraitError:
        if not failures:  # they come first
            raise
    if failures:
        raise _failed(failures, len(outcomes), work.decided.previous, folder_of_failures(asked.folder))
    return built


def build_all(
    plans: Iterable[Plan], pool: Pool, watcher: Watcher, *, force: bool = False
) -> tuple[list[Built], list[PortraitError]]:
    """Build editions one after another; return what they left and what failed. One stops no other."""
    built, failures = [], []
    for asked in plans:
        try:
            built.append(build(asked, pool, watcher=watcher, force=force))
        except PortraitError as error:
            failures.append(error)
        except OSError as error:  # a disk that is full, a folder that is not ours
            why = f"{error.filename or asked.folder}: {error.strerror or error}."
            failures.append(PortraitError(why, f"Nothing of {asked.source} {asked.edition} was published."))
    return built, failures


def _failed(
    failures: Mapping[Task, PortraitError], n_documents: int, previous: Mapping[Task, str], notebooks: Path
) -> DocumentsFailed:
    kept = {task.name: change for task, change in previous.items()}
    reasons = [(task.called, reason, kept.get(task.name)) for task, reason in failures.items()]
    return DocumentsFailed(reasons, n_documents, notebooks if notebooks.is_dir() else None)


class _Work:
    """What a build has to do, and the means to publish what comes of it."""

    def __init__(self, asked: Plan, pool: Pool, *, force: bool) -> None:
        self._asked, self._pool, self._force = asked, pool, force
        self._record = Record(asked.folder)
        at_hand = input_files(asked.register, asked.project, asked.data)
        compared = (*asked.register.before(asked.year), asked.year)
        years = {year: at_hand[year] for year in compared if year in at_hand}
        folders = input_folders(asked.source, asked.project, asked.data)
        self._fingerprints = Fingerprints(asked.project, asked.register, years, folders)
        self._before = self._fingerprints.states()
        self._proofread: dict[tuple[Path, bytes], list[tuple[str, Problem]]] = {}
        self._opened = Opened(asked.source, asked.year, asked.data_from_project, asked.project)

    @cached_property
    def _survey(self) -> Survey | None:
        """The edition surveyed anew; ``None`` where the manifest says it all and nothing changed."""
        recorded = self._record.content
        is_recorded = recorded.get(
            "edition_from"
        ) == self._fingerprints.of_edition and self._record.is_intact(self._data_files)
        if is_recorded and not self._asked.portfolios and not self._force:
            return None
        threads = ThreadPoolExecutor(1)
        try:
            if not self._asked.draft:  # where the survey is made in another process, this one proofreads
                for report in self._asked.reports:
                    for path in notebooks_of(self._asked.project, report):
                        threads.submit(self._findings_in, [path])
            return surveyed(self._opened, self._asked.portfolios)
        finally:
            threads.shutdown(cancel_futures=True)  # what is not proofread yet is later

    def _findings_in(self, notebooks: Iterable[Path]) -> list[tuple[str, Problem]]:
        """Return what is to be fixed in notebooks, each of which is proofread once as it is."""
        from portrait.proofread.gate import findings

        found: list[tuple[str, Problem]] = []
        for path in notebooks:
            as_it_is = path, path.read_bytes() if path.is_file() else b""
            if as_it_is not in self._proofread:
                self._proofread[as_it_is] = findings([path])
            found += self._proofread[as_it_is]
        return found

    @property
    def _data_files(self) -> list[str]:
        return [name for name in self._record.files if name.startswith(SURVEYED) or name in VERIFIER]

    @property
    def _edition(self) -> Mapping[str, Any]:
        """What the manifest says of the edition itself."""
        found = self._survey.record if self._survey else self._record.content
        return {part: found[part] for part in EDITION}

    @property
    def _rows(self) -> Mapping[str, str]:
        rows: Mapping[str, str] = self._survey.rows if self._survey else self._record.content["rows"]
        return rows

    @cached_property
    def _tasks(self) -> list[Task]:
        """What is asked for: each report in each language, a profile for each portfolio."""
        asked = self._asked
        parameters = {"source": asked.source, "year": plain(asked.year), "data": self._opened.data}
        return [
            Task(
                project=asked.project,
                report=report,
                stem=stem,
                language=language,
                parameters={**parameters, "portfolio": subject} if subject else parameters,
                formats=asked.formats,
                subject=subject,
                draft=asked.draft,
            )
            for report, stem, subject in self._subjects()
            for language in asked.languages
        ]

    def _subjects(self) -> Iterator[tuple[str, str, str]]:
        """Yield the report, the stem and the subject of each document to build, languages apart."""
        chosen = self._survey.asked if self._survey else ()
        profiled = {
            each["name"]: slug
            for slug, each in self._edition["portfolios"].items()
            if not chosen or each["name"] in chosen
        }
        if self._asked.report == PROFILE and not profiled:
            edition = f"{self._asked.source} {self._asked.edition}"
            raise WrongCall(f"No initiative of {edition} names its portfolio.", "It has no profile.")
        for report in self._asked.reports:
            if report == PROFILE:
                yield from ((report, f"{PROFILES}/{slug}", name) for name, slug in profiled.items())
            else:
                yield report, report, ""

    @cached_property
    def decided(self) -> Decided:
        """What is to be built, and what is kept."""
        return decide(
            self._tasks,
            self._record,
            self._fingerprints,
            self._rows,
            portfolios=self._edition["portfolios"],
            force=self._force,
        )

    @property
    def is_done(self) -> bool:
        """Whether the published edition is what is asked for, its manifest included."""
        recorded = {name: each.get("out_of_date", "") for name, each in self._record.documents.items()}
        kept = {task.name: change for task, change in self.decided.kept.items()}
        return not self.decided.to_make and self._survey is None and recorded == kept

    def refuse(self) -> None:
        """Refuse documents whose place someone else took, or that are not fit to publish.

        Labels that nobody recorded and findings of proofreading are left to a draft; missing translations
        are not.
        """
        to_make = self.decided.to_make
        names = [name for task in to_make for name in task.files]
        data = self._survey.data if self._survey else ()
        refuse_taken(self._asked.folder, [*names, *data], ours=self._record.files)
        refuse_foreign_failures(self._asked.folder, self._tasks)
        is_published = bool(to_make) and not self._asked.draft
        if is_published:
            refuse_unrecorded(self._edition["unrecorded"], self._asked)
        refuse_untranslated(to_make)
        if is_published:
            self._pool.start()  # it imports while this process proofreads
            from portrait.proofread.gate import refuse_findings

            refuse_findings(self._findings_in({path: None for task in to_make for path in task.notebooks}))

    def replace_failures(self, outcomes: Mapping[Task, object]) -> None:
        """Write the notebooks that failed, in place of those that the documents asked for left earlier."""
        replace_failures(self._asked.folder, self._tasks, outcomes)

    def update_index(self) -> None:
        """Write the page that lists all editions, unless it is up to date."""
        try:
            update_index(self._asked.output, self._fingerprints.of_any_page)
        except OSError as error:
            raise PortraitError(
                f"{error.filename or self._asked.output / INDEX}: {error.strerror or error}.",
                f"The edition {self._asked.folder} is published, but the page that lists all editions could "
                "not be written: build again.",
            ) from error

    def mark_out_of_date(self) -> None:
        """Mark in the manifest which published documents are out of date, and change nothing else."""
        published = {**self.decided.kept, **self.decided.previous}
        self._record.mark({task.name: change for task, change in published.items()})

    def as_published(self) -> Built:
        """Return the edition as it is."""
        return Built(self._asked.folder, self._record.content, reasons=self.decided.reasons)

    def make(self, watcher: Watcher, staged: Path) -> dict[Task, tuple[str, ...] | Failed]:
        """Build what is to be built; return the files of each document, or why it failed."""
        if not self.decided.to_make:
            return {}
        self._pool.start()
        with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as folder:
            return make_all(
                self.decided.to_make,
                self._pool.keep_open(self._opened, Path(folder)),
                self._pool,
                watcher,
                staged,
                executed={task: self._executed(task) for task in self.decided.to_make},
            )

    def _executed(self, task: Task) -> dict[str, bytes]:
        """Return the chapters of a document that are up to date, from its published notebook."""
        wanted = self.decided.chapters.get(task, ())
        if not wanted or len(task.notebooks) == 1:
            return {}
        try:
            notebook = json.loads((self._asked.folder / f"{task.name}.ipynb").read_bytes())
            chapters = chapters_of(notebook)
        except Exception:  # not what a build publishes, though its manifest says so: every chapter runs
            return {}
        return {name: json_text(chapter).encode() for name, chapter in chapters.items() if name in wanted}

    @property
    def publication(self) -> Publication:
        """What the edition is published from."""
        return Publication(
            folder=self._asked.folder,
            source=self._asked.source,
            year=self._asked.year,
            edition=self._edition,
            rows=self._rows,
            survey=self._survey,
            data_files=self._data_files,
            record=self._record,
            decided=self.decided,
            fingerprints=self._fingerprints,
            before=self._before,
            pool=self._pool,
        )
