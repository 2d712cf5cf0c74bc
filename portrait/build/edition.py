"""Build an edition: find what must be made again, make it, and publish the edition by one renaming.

Documents are made beside their place and moved there together: a reader, or a build killed half-way,
never meets half an edition, and no edition mixes documents that stand on different things.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import portrait
from portrait.build.cache import (
    MANIFEST,
    Decided,
    Record,
    decide,
    entry,
    list_made_from,
    list_record,
    list_stands,
    with_their_siblings,
)
from portrait.build.fingerprint import Standing, checksum
from portrait.build.job import Clock, Failed, Made, Task, json_text, lone_page
from portrait.build.plan import INDEX, INDEX_RECORD, PROFILE, PROFILES, Plan
from portrait.build.pool import Pool, Silent, Watcher, make_all
from portrait.build.staging import Laid, keep, lay, publish, restore_stranded, staging, sweep
from portrait.build.survey import Survey, survey
from portrait.errors import DocumentsFailed, PortraitError, ProcessFailed, WrongCall
from portrait.registers.files import input_files, input_folders
from portrait.storage.atomic import write_whole

DATA = "data"
"""Folder of an edition that holds its tables."""
TOLD = ("reconstructed", "left_out", "inputs", "years", "title", "dated", "portfolios")
"""What the manifest says of the edition itself, as `surveying` finds it."""


@dataclass(frozen=True)
class Built:
    """What a build left.

    Attributes
    ----------
    folder
        Where the edition stands.
    manifest
        Its record: what it stands on, what it holds.
    made
        Documents that were made.
    reasons
        Why each document that was asked for was made, by its name; empty where it was kept.
    dropped
        Files of an earlier build that stood on other things, and so were not kept.
    seconds
        Time spent in each step, summed over documents.
    """

    folder: Path
    manifest: Mapping[str, Any]
    made: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[str, ...]:
        """Files of the reports, as names inside the folder."""
        return tuple(
            name for name in self.manifest["documents"] if name.endswith((".html", ".pdf", ".ipynb"))
        )


def build(asked: Plan, pool: Pool, *, watcher: Watcher | None = None, force: bool = False) -> Built:
    """Build what was planned: make what changed, keep the rest, publish both together.

    Parameters
    ----------
    asked
        As `planning.plan` returns it.
    pool
        Where documents are made.
    watcher
        What is told of each document.
    force
        Whether each document that was asked for is made again, whatever the record says.

    Raises
    ------
    WrongCall, RefusedInput
        There is no such edition or portfolio, or its files cannot be trusted; nothing was created.
    PortraitError
        Nothing that was asked for could be made: the last good edition stands. The notebook as far as it
        went lies beside it, in `<year>.failed/`.
    DocumentsFailed
        Some of several documents failed: the others are published. Of one that failed stays what stands
        published as it should, as under `force`; else it is left out.
    """
    watcher = watcher or Silent()
    restore_stranded(asked.folder)
    work = _Work(asked, pool, force=force)
    watcher.planned(asked, work.decided)
    if work.is_done:
        _keep_failed_notebooks(asked, {})
        work.list_editions()
        watcher.published(asked.folder, ())
        return work.as_published()
    to_make = work.decided.to_make
    with staging(asked.folder) as staged:
        outcomes = dict(zip(to_make, make_all(to_make, pool, watcher, staged), strict=True))
        for task, error in _disagreements(work.registers(outcomes)).items():
            if isinstance(outcomes.get(task), Made):  # what was kept is none of those that failed
                outcomes[task] = Failed(error)
                watcher.refused(task, error)
        _keep_failed_notebooks(asked, outcomes)
        made = {task: each for task, each in outcomes.items() if isinstance(each, Made)}
        failures = {task: each.reason for task, each in outcomes.items() if isinstance(each, Failed)}
        if failures and not made:
            raise _told(failures, len(outcomes))
        kept = work.kept(outcomes)
        built = work.publish(made, kept, staged)
    work.list_editions()
    watcher.published(built.folder, built.made)
    if failures:
        raise _told(failures, len(outcomes), kept)
    return built


def build_all(
    plans: Iterable[Plan], pool: Pool, watcher: Watcher, *, force: bool = False
) -> tuple[list[Built], list[PortraitError]]:
    """Build editions one after another, and return what they left and what failed: one stops no other."""
    built, failures = [], []
    for asked in plans:
        try:
            built.append(build(asked, pool, watcher=watcher, force=force))
        except PortraitError as error:
            failures.append(error)
        except OSError as error:  # a disk that is full, a folder that is not ours
            why = f"{error.filename or asked.folder}: {error.strerror or error}."
            failures.append(PortraitError(why, f"Nothing of {asked.source} {asked.year} was published."))
    return built, failures


def _write_index(output: Path, made_from: Mapping[str, Any]) -> None:
    from portrait.build.index import write_index

    write_index(output)
    write_whole(output / INDEX_RECORD, json_text(list_record(output, made_from)))


def _told(
    failures: Mapping[Task, PortraitError], n_documents: int, kept: Iterable[Task] = ()
) -> PortraitError:
    """Return what is told of failures: that of the one report asked for as it is, of several a list."""
    if any(task.subject for task in failures) or len(failures) < n_documents:
        reasons = [(task.called, reason) for task, reason in failures.items()]
        return DocumentsFailed(reasons, n_documents, kept={task.called for task in kept})
    return next(iter(failures.values()))


class _Work:
    """What a build has to do, and the means to publish what comes of it."""

    def __init__(self, asked: Plan, pool: Pool, *, force: bool) -> None:
        self._asked, self._pool, self._force = asked, pool, force
        self._record = Record(asked.folder)
        at_hand = input_files(asked.register, asked.project, asked.data)
        years = {year: path for year, path in sorted(at_hand.items()) if year <= asked.year}
        folders = input_folders(asked.source, asked.project, asked.data)
        self._standing = Standing(asked.project, asked.register, years, folders)
        self._before = self._standing.states()
        self.edition = (asked.source, asked.year, seen_from(asked.project, asked.data), asked.project)

    @cached_property
    def _survey(self) -> Survey | None:
        """The edition surveyed anew; none where the record tells it all, since nothing changed."""
        recorded = self._record.content
        is_told = recorded.get("stands_on") == self._standing.of_survey and self._record.stands(
            self._data_files
        )
        if is_told and not self._asked.portfolios and not self._force:
            return None
        source, year, data, project = self.edition
        files = project / data if data else ""
        done: Survey = self._pool.call(
            survey, source, year, files, project, self._asked.portfolios, edition=self.edition
        )
        return done

    @property
    def _data_files(self) -> list[str]:
        return [name for name in self._record.files if name.startswith(f"{DATA}/")]

    @property
    def _told(self) -> Mapping[str, Any]:
        """What the manifest says of the edition itself."""
        told = self._survey.record if self._survey else self._record.content
        return {part: told[part] for part in TOLD}

    @property
    def _rows(self) -> Mapping[str, str]:
        rows: Mapping[str, str] = self._survey.rows if self._survey else self._record.content["rows"]
        return rows

    @cached_property
    def _tasks(self) -> list[Task]:
        """What is asked for: each report in each language, a profile for each portfolio."""
        source, year, data, project = self.edition
        parameters = {"source": source, "year": year, "data": data}
        return [
            Task(
                project=project,
                report=report,
                stem=stem,
                language=language,
                parameters={**parameters, "portfolio": subject} if subject else parameters,
                formats=self._asked.formats,
                subject=subject,
            )
            for report, stem, subject in self._subjects()
            for language in self._asked.languages
        ]

    def _subjects(self) -> Iterator[tuple[str, str, str]]:
        """Yield the report, the stem and the subject of each thing to tell of."""
        chosen = self._survey.asked if self._survey else ()
        profiled = {
            each["name"]: slug
            for slug, each in self._told["portfolios"].items()
            if not chosen or each["name"] in chosen
        }
        if self._asked.report == PROFILE and not profiled:
            edition = f"{self._asked.source} {self._asked.year}"
            raise WrongCall(f"No initiative of {edition} names its portfolio.", "It has no profile.")
        for report in self._asked.reports:
            if report == PROFILE:
                yield from ((report, f"{PROFILES}/{slug}", name) for name, slug in profiled.items())
            else:
                yield report, report, ""

    @cached_property
    def decided(self) -> Decided:
        """What is to be made, and what is kept."""
        return decide(self._tasks, self._record, self._standing, self._rows, force=self._force)

    @property
    def is_done(self) -> bool:
        """Whether the edition stands published as it should be."""
        return not (self.decided.to_make or self._survey or self._gone(self.decided.kept))

    def _gone(self, kept: Iterable[Task]) -> list[str]:
        """Return the files of the published edition that will not be there any more."""
        there = {name for task in kept for name in task.files}
        return [name for name in self._record.files if name not in there and name not in self._data_files]

    def list_editions(self) -> None:
        """Write the page that lists all editions, unless it stands as it should."""
        output = self._asked.output
        made_from = list_made_from(output, self._standing)
        if not list_stands(output, made_from):
            self._pool.call(_write_index, output, made_from, edition=self.edition)

    def as_published(self) -> Built:
        """Return the edition as it stands."""
        return Built(self._asked.folder, self._record.content, reasons=self.decided.reasons)

    def kept(self, outcomes: Mapping[Task, Made | Failed]) -> list[Task]:
        """Return what is kept: all that was to be, and what stands as it should of what failed."""
        failed = {task.name for task, outcome in outcomes.items() if isinstance(outcome, Failed)}
        return [*self.decided.kept, *(task for task in self.decided.spare if task.name in failed)]

    def registers(self, outcomes: Mapping[Task, Made | Failed]) -> dict[str, dict[Task, Any]]:
        """Return the claims of each document, made or kept, by the stem that its languages share."""
        claims: dict[str, dict[Task, Any]] = {}
        for task, outcome in outcomes.items():
            if isinstance(outcome, Made):
                claims.setdefault(task.stem, {})[task] = json.loads(outcome.files[task.register])
        for task in self.kept(outcomes):
            if task.stem in claims:
                register = (self._asked.folder / task.register).read_text("utf-8")
                claims[task.stem][task] = json.loads(register)
        return claims

    def publish(self, made: Mapping[Task, Made], kept: Iterable[Task], staged: Path) -> Built:
        """Put the edition in its place: what was made and what is kept, its data and its manifest.

        Parameters
        ----------
        staged
            Where the files of what was made lie.
        """
        kept, made = self._without_lost_siblings(made, kept, staged)
        checksums = {name: checksum(each.files[name]) for each in made.values() for name in each.files}
        sweep(staged, checksums)
        names = [name for task in kept for name in task.files]
        if self._survey:
            lay(self._survey.data, staged)
            checksums |= {name: checksum(content) for name, content in self._survey.data.items()}
        else:
            names += self._data_files
        checksums |= {name: self._record.files[name] for name in names}
        manifest = self._manifest(made, kept, checksums)
        lay({MANIFEST: json_text(manifest).encode()}, staged)
        keep(names, of=self._asked.folder, into=staged)
        publish(staged, self._asked.folder)
        clock = Clock()
        for each in made.values():
            clock.add(each.seconds)
        return Built(
            self._asked.folder,
            manifest,
            made=tuple(task.name for task in made),
            reasons=self.decided.reasons,
            dropped=tuple(name for name in self._record.files if name not in manifest["documents"]),
            seconds=clock.seconds,
        )

    def _without_lost_siblings(
        self, made: Mapping[Task, Made], kept: Iterable[Task], staged: Path
    ) -> tuple[list[Task], dict[Task, Made]]:
        """Return what is kept and what was made, no page of it pointing to one that failed."""
        there = [*made, *kept]
        whole = with_their_siblings(there)
        lone = {
            replace(task, other_language=None): made[task] if task in made else self._as_made(task)
            for task in there
            if task not in whole
        }
        return [task for task in whole if task not in made], {
            **{task: each for task, each in made.items() if task in whole},
            **{task: self._with_lone_page(task, each, staged) for task, each in lone.items()},
        }

    def _as_made(self, task: Task) -> Made:
        """Return a document that stands published as if it had just been made."""
        return Made(Laid(self._asked.folder, task.files), {})

    def _with_lone_page(self, task: Task, document: Made, staged: Path) -> Made:
        """Lay a document whose page points to no other language."""
        lay(document.files, staged)
        page, notebook = f"{task.name}.html", document.files[f"{task.name}.ipynb"]
        if page in document.files:
            try:
                again = self._pool.call(lone_page, notebook, edition=self.edition)
            except ProcessFailed:  # killed: this one is well and must not be lost for it
                again = lone_page(notebook)
            lay({page: again}, staged)
        return Made(Laid(staged, task.files), document.seconds)

    def _manifest(
        self, made: Iterable[Task], kept: Iterable[Task], checksums: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the record of the edition: what it stands on, each file it holds by its checksum."""
        standing, changed = self._standing, self._standing.changed_since(self._before)
        surveyed = standing.of_survey
        made_from = {task: standing.of(task, self._rows) for task in kept}
        made_from |= {task: standing.sure(standing.of(task, self._rows), changed, task) for task in made}
        return {
            "program": {"name": "portrait", "version": portrait.__version__},
            "source": self._asked.source,
            "year": self._asked.year,
            **self._told,
            "stands_on": standing.sure(surveyed, changed) if self._survey else surveyed,
            "rows": dict(self._rows),
            "made": {
                task.name: entry(task, made_from[task])
                for task in sorted(made_from, key=lambda task: task.name)
            },
            "documents": dict(sorted(checksums.items())),
        }


def _disagreements(registers: Mapping[str, Mapping[Task, Any]]) -> dict[Task, PortraitError]:
    """Return the documents whose languages do not state the same values: one of them would be wrong."""
    found: dict[Task, PortraitError] = {}
    for claims in registers.values():
        values = [
            Counter(json.dumps(claim["value"], ensure_ascii=False) for claim in each)
            for each in claims.values()
        ]
        for other in values[1:]:
            if other != values[0]:
                differing = sorted((values[0] - other) + (other - values[0]))
                error = PortraitError(
                    f"French and English do not state the same values: {', '.join(differing[:5])}.",
                    "Give the sibling cells the same expressions.",
                )
                found |= dict.fromkeys(claims, error)
    return found


def _keep_failed_notebooks(asked: Plan, outcomes: Mapping[Task, Made | Failed]) -> None:
    """Lay the notebooks that failed, as far as they went, beside the edition; none where none failed."""
    folder = asked.folder.with_name(f"{asked.folder.name}.failed")
    shutil.rmtree(folder, ignore_errors=True)
    lay(
        {
            f"{task.name}.ipynb": outcome.notebook
            for task, outcome in outcomes.items()
            if isinstance(outcome, Failed) and outcome.notebook
        },
        folder,
    )


def seen_from(project: Path, data: str) -> str:
    """Return the data folder as the notebook sees it, from the project: no machine’s path is published."""
    if not data:
        return ""
    try:
        return Path(os.path.relpath(data, project)).as_posix()
    except ValueError:  # another drive, on Windows
        return Path(data).resolve().as_posix()


def account(built: Built) -> list[str]:
    """Say in a few sentences where the files are and on what data they stand."""
    edition = built.manifest
    current = edition["inputs"][-1]
    rows = "rows RECONSTRUCTED from published totals" if edition["reconstructed"] else "rows as published"
    sentences = [
        *(str(built.folder / name) for name in built.documents if "/" not in name),
        *_account_of_profiles(built),
        _account_of_work(built),
        f"All editions and documents are listed in {built.folder.parents[1] / INDEX}.",
        f"{edition['source']} {edition['year']}: {current['initiatives']} "
        f"{'initiative' if current['initiatives'] == 1 else 'initiatives'}, {rows} "
        f"({current['file']}, SHA-256 {current['sha256'][:12]}).",
    ]
    if aside := [each["row"] for each in current["quarantined"]]:
        first = ", ".join(map(str, aside[:5]))
        sentences.append(
            f"Set aside: {len(aside)} of {current['rows_read']} rows, from row {first}; run portrait check."
        )
    if edition["left_out"]:
        kind = "official" if edition["reconstructed"] else "reconstructed"
        years = ", ".join(map(str, edition["left_out"]))
        sentences.append(f"Left out: {years}, whose rows are {kind}; an edition never mixes the two.")
    if built.dropped:
        sentences.append(f"Removed, because it stood on other inputs: {', '.join(built.dropped)}.")
    return sentences


def _account_of_profiles(built: Built) -> list[str]:
    """Say in one sentence how many profiles there are: their files would fill the screen."""
    names = {Path(name).name.partition(".")[0] for name in built.documents if name.startswith(f"{PROFILES}/")}
    if not names:
        return []
    counted = "1 portfolio" if len(names) == 1 else f"{len(names)} portfolios"
    return [f"{built.folder / PROFILES}: the profiles of {counted}."]


def _account_of_work(built: Built) -> str:
    """Say how many of the documents asked for were made, and how many stood as they should."""
    n_asked = len(built.reasons)
    n_made = sum(bool(each) for each in built.reasons.values())
    counted = "1 document" if n_asked == 1 else f"{n_asked} documents"
    if not n_made:
        return f"Nothing it depends on changed: {counted} kept as made."
    return f"{counted}: {n_made} made, {n_asked - n_made} kept as made."
