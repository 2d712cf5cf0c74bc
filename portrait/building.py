"""Build an edition: read and check it, run its notebook in each language, publish all or nothing.

The input is read and validated before any kernel starts and before anything is created. Documents
are made beside their place and moved there whole: a reader, or a build killed half-way, never meets
half an edition.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

import portrait
from portrait import notices, profiles
from portrait.edition import OWN_DATA, SUFFIXES, Edition, input_files, open_edition
from portrait.errors import PortraitError, WrongCall, did_you_mean
from portrait.fetching.snapshots import checksum
from portrait.indicators import summary
from portrait.initiatives import formula_safe
from portrait.language import LANGUAGES
from portrait.linking import histories
from portrait.listing import INDEX, PROFILES, write_index
from portrait.making import Clock, Notify, Task, Workshop, make_all, write_json
from portrait.revising import releases_digest, year_record
from portrait.sources import Source, find_project, load_source, require_report_facts

FORMATS = ("html", "pdf")
REPORTS = ("annual", "quality", "portfolio")
"""Reports that can be built; each is a notebook of this name in `notebooks/`."""
PROFILE = "portfolio"
"""The report that has a document a portfolio."""


@dataclass(frozen=True)
class Plan:
    """What to build, checked: every name in it exists."""

    project: Path
    source: str
    year: int
    languages: tuple[str, ...]
    report: str
    formats: tuple[str, ...]
    data: str
    output: Path
    jobs: int
    portfolios: tuple[str, ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports to build."""
        return REPORTS if self.report == "all" else (self.report,)

    @property
    def notebooks(self) -> Path:
        """Where the notebooks stand that give the reports."""
        return self.project / "notebooks"

    @property
    def folder(self) -> Path:
        """Where the edition is published."""
        return self.output / self.source / str(self.year)

    @property
    def n_steps(self) -> int:
        """Number of times a build of this plan calls `notify`."""
        n_documents = sum(len(self.portfolios) if report == PROFILE else 1 for report in self.reports) * len(
            self.languages
        )
        return n_documents * (1 + len(self.formats))


@dataclass(frozen=True)
class Built:
    """What a build left.

    Attributes
    ----------
    folder
        Where the edition stands.
    documents
        Files of the report, as names inside the folder.
    dropped
        Documents of an earlier build that stood on other inputs, and so were not kept.
    edition
        The edition the documents stand on.
    seconds
        Time spent in each step, summed over languages.
    """

    folder: Path
    documents: tuple[str, ...]
    dropped: tuple[str, ...]
    edition: Edition
    seconds: dict[str, float] = field(default_factory=dict)


def plan(
    *,
    source: str = "quebec",
    year: int | None = None,
    language: str = "all",
    report: str = "annual",
    formats: Sequence[str] = FORMATS,
    data: str | Path = "",
    output: str | Path = "",
    jobs: int | None = None,
    portfolios: Sequence[str] = (),
    project: Path | None = None,
) -> Plan:
    """Check what is asked, and fill in what is not.

    Parameters
    ----------
    source, year
        Which register, which year; by default the newest year at hand.
    language
        ``fr``, ``en`` or ``all``.
    report
        One of `REPORTS`, or ``all``.
    formats
        Any of `FORMATS`.
    data, output
        Folder to read `<source>/<year>.csv` or `.xlsx` from, and folder to publish in; by default
        the project's own.
    jobs
        Documents made at once; by default one a processor.
    portfolios
        Those to profile, by a name that `profiles.find` knows; by default each of the edition.

    Raises
    ------
    WrongCall
        Something that does not exist, with the nearest that does.
    """
    project = find_project(project) if project else find_project()
    register = load_source(source, project)
    require_report_facts(register)
    _known("language", [language], (*LANGUAGES, "all"))
    _known("report", [report], (*REPORTS, "all"))
    _known("format", formats, FORMATS)
    if jobs is not None and jobs < 1:
        raise WrongCall(f"--jobs {jobs} makes nothing.", "Give 1 or more.")
    if data and not Path(data).is_dir():
        raise WrongCall(
            f"There is no folder {Path(data).as_posix()}.",
            "Give --data a folder that holds <source>/<year>.csv.",
        )
    if year is None:
        at_hand = input_files(register, project, data)
        _refuse_undeclared_year(register, project, data, max(at_hand, default=0))
        if not at_hand:
            where = Path(data) if data else project / "data"
            raise WrongCall(
                f"There is no file of {source} under {where.as_posix()}.",
                "Bring one, or name another --data.",
            )
        year = max(at_hand)
    if portfolios and report not in (PROFILE, "all"):
        raise WrongCall(
            f"--portfolio says nothing of the report “{report}”.", f"It goes with --report {PROFILE}."
        )
    profiled: tuple[str, ...] = ()
    if report in (PROFILE, "all"):
        edition = open_edition(source, year, data=data, project=project)
        found = [profiles.find(edition, name) for name in portfolios] or profiles.names(edition)
        profiled = tuple(dict.fromkeys(found))
        if not profiled and report == PROFILE:
            raise WrongCall(f"No initiative of {source} {year} names its portfolio.", "It has no profile.")
    return Plan(
        project=project,
        source=source,
        year=year,
        languages=LANGUAGES if language == "all" else (language,),
        report=report,
        formats=tuple(dict.fromkeys(formats)),
        data=str(data),
        output=Path(output) if output else project / "reports",
        jobs=jobs or os.cpu_count() or 1,
        portfolios=profiled,
    )


def years(
    asked: str, *, source: str = "quebec", data: str | Path = "", project: Path | None = None
) -> tuple[int | None, ...]:
    """Return the years that ``--year`` asks for: one, each one at hand (``all``), or none said.

    Raises
    ------
    WrongCall
        It is neither a year nor ``all``, or no year is at hand.
    """
    if not asked:
        return (None,)
    if asked.isdecimal():
        return (int(asked),)
    _known("year", [asked], ("all",))
    project = project or find_project()
    register = load_source(source, project)
    at_hand = input_files(register, project, data)
    _refuse_undeclared_year(register, project, data, max(at_hand, default=0))
    return tuple(sorted(at_hand)) or (None,)


def build(asked: Plan, *, notify: Notify = lambda step: None) -> Built:
    """Build what was planned, all or nothing.

    Parameters
    ----------
    asked
        As `plan` returns it.
    notify
        Called with a few words each time a step is done.

    Raises
    ------
    WrongCall, RefusedInput
        There is no such edition, or its files cannot be trusted; nothing was created.
    NotebookFailed, PublicationError, DocumentsFailed
        The notebook or its publication failed; the last good edition stands, and the notebook as
        far as it went lies beside it, in `<year>.failed/`.
    """
    edition = open_edition(asked.source, asked.year, data=asked.data, project=asked.project)
    clock = Clock()
    _restore_stranded(asked.folder)
    with _staging(asked.folder) as staged:
        tasks = _tasks(asked, edition)
        workshop = Workshop(asked.project, staged, _failed_folder(asked.folder), asked.formats, clock, notify)
        made = make_all(tasks, workshop, jobs=asked.jobs)
        for stem in dict.fromkeys(task.stem for task in tasks):
            _check_same_claims(
                [claims for task, claims in zip(tasks, made, strict=True) if task.stem == stem]
            )
        with clock.step("data"):
            _write_data(edition, staged / "data")
        stands_on = _fingerprint(asked, edition)
        dropped = _keep_earlier(asked, stands_on, staged)
        _write_manifest(asked, edition, stands_on, staged)
        _publish(staged, asked.folder)
    shutil.rmtree(_failed_folder(asked.folder), ignore_errors=True)
    write_index(asked.output)
    documents = tuple(
        sorted(
            path.relative_to(asked.folder).as_posix()
            for path in asked.folder.rglob("*")
            if path.suffix in (".html", ".pdf", ".ipynb")
        )
    )
    return Built(asked.folder, documents, dropped, edition, clock.seconds)


def _tasks(asked: Plan, edition: Edition) -> list[Task]:
    """Return what is to be made: each report in each language, a profile for each portfolio."""
    base = {"source": asked.source, "year": asked.year, "data": _seen_from(asked.project, asked.data)}
    slugs = profiles.slugs(edition) if asked.portfolios else {}
    subjects = [
        (report, stem, subject)
        for report in asked.reports
        for stem, subject in (
            [(f"{PROFILES}/{slugs[name]}", name) for name in asked.portfolios]
            if report == PROFILE
            else [(report, "")]
        )
    ]
    return [
        Task(
            notebook=asked.notebooks / f"{report}.ipynb",
            stem=stem,
            language=language,
            parameters={**base, "portfolio": subject} if subject else base,
            other_language=next((each for each in asked.languages if each != language), None),
            subject=subject,
        )
        for report, stem, subject in subjects
        for language in asked.languages
    ]


def _refuse_undeclared_year(source: Source, project: Path, data: str | Path, newest: int) -> None:
    """Refuse to pass over a newer file whose year nobody declared."""
    for folder in [Path(data)] if data else [project / each for each in OWN_DATA]:
        for path in sorted((folder / source.id).glob("*")):
            undeclared = path.suffix in SUFFIXES and path.stem.isdecimal() and int(path.stem) > newest
            if undeclared and int(path.stem) not in source.years:
                raise WrongCall(
                    f"There is a file {path.name} of {source.id}, whose reference files have no such year.",
                    f"Declare it: portrait new-year {path.stem}. An earlier year is built with --year.",
                )


def account(built: Built) -> list[str]:
    """Say in a few sentences where the files are and on what data they stand."""
    edition = built.edition
    rows = "rows RECONSTRUCTED from published totals" if edition.reconstructed else "rows as published"
    sentences = [
        *(str(built.folder / name) for name in built.documents if "/" not in name),
        *_account_of_profiles(built),
        f"All editions and documents are listed in {built.folder.parents[1] / INDEX}.",
        f"{edition.source.id} {edition.year}: {len(edition.initiatives)} "
        f"{'initiative' if len(edition.initiatives) == 1 else 'initiatives'}, {rows} "
        f"({edition.file.name}, SHA-256 {edition.file.sha256[:12]}).",
    ]
    if n_aside := len(edition.quarantine):
        first = ", ".join(map(str, edition.quarantine["row"].head(5)))
        sentences.append(
            f"Set aside: {n_aside} of {edition.file.n_rows} rows, from row {first}; run portrait check."
        )
    if edition.left_out:
        kind = "official" if edition.reconstructed else "reconstructed"
        years = ", ".join(map(str, edition.left_out))
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


def _known(what: str, given: Iterable[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            mend = f"{did_you_mean(value, known)}Known: {', '.join(known)}."
            raise WrongCall(f"There is no {what} “{value}”.", mend)


def _failed_folder(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.failed")


def _seen_from(project: Path, data: str) -> str:
    """Return the data folder as the notebook sees it, from the project: no machine’s path is published."""
    if not data:
        return ""
    try:
        return Path(os.path.relpath(data, project)).as_posix()
    except ValueError:  # another drive, on Windows
        return Path(data).resolve().as_posix()


def _check_same_claims(made: list[list[dict[str, Any]]]) -> None:
    """Stop when the languages do not state the same values: one of them would be wrong."""
    values = [Counter(json.dumps(claim["value"], ensure_ascii=False) for claim in claims) for claims in made]
    for other in values[1:]:
        if other != values[0]:
            differing = sorted((values[0] - other) + (other - values[0]))
            raise PortraitError(
                f"French and English do not state the same values: {', '.join(differing[:5])}.",
                "Give the sibling cells the same expressions.",
            )


def _write_data(edition: Edition, folder: Path) -> None:
    folder.mkdir()
    _write_table(edition.initiatives, folder / "initiatives.csv")
    if not edition.links.refusal:
        _write_table(edition.all_links.table, folder / "links.csv")
        _write_table(_histories(edition), folder / "histories.csv")
    write_json(
        folder / "indicators.json",
        summary(edition.initiatives, rows_read=edition.file.n_rows, rows_quarantined=len(edition.quarantine)),
    )


def _write_table(table: pd.DataFrame, path: Path) -> None:
    formula_safe(table).to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def _histories(edition: Edition) -> pd.DataFrame:
    """Return each row of each year with the identifier of its initiative, by probable links or surer."""
    tables = [each.initiatives for each in (*edition.earlier, edition)]
    followed = histories(edition.source.id, tables, edition.all_links.at("probable"))
    told = edition.all_initiatives[["year", "row", "name", "body", "portfolio", "status"]]
    return followed.merge(told, on=["year", "row"], validate="one_to_one")


def _write_manifest(asked: Plan, edition: Edition, stands_on: dict[str, str], staged: Path) -> None:
    """Record what the edition stands on and what it left, each file by its checksum."""
    write_json(
        staged / "manifest.json",
        {
            "program": {"name": "portrait", "version": portrait.__version__},
            "source": asked.source,
            "year": asked.year,
            "reconstructed": edition.reconstructed,
            "left_out": list(edition.left_out),
            "stands_on": stands_on,
            "inputs": [
                {**each.input_record(), "quarantined": each.quarantine.to_dict("records")}
                for each in (*edition.earlier, edition)
            ],
            "years": [year_record(each) for each in (*edition.earlier, edition)],
            "title": {each: edition.source.text("title", each) for each in LANGUAGES},
            "dated": notices.document_date(edition),
            "portfolios": {
                slug: {each: edition.source.label("portfolio", name, each) for each in LANGUAGES}
                for name, slug in profiles.slugs(edition).items()
            },
            "documents": {
                path.relative_to(staged).as_posix(): checksum(path)
                for path in sorted(staged.rglob("*"))
                if path.is_file() and path.name != "manifest.json"
            },
        },
    )


def _fingerprint(asked: Plan, edition: Edition) -> dict[str, str]:
    """Return a checksum of each thing that the documents depend on."""
    package = Path(portrait.__file__).parent
    return {
        "python": platform.python_version(),
        "data": _digest(each.file.sha256 for each in (*edition.earlier, edition)),
        "reference": _digest(
            checksum(path) for path in sorted(edition.source.folder.iterdir()) if path.is_file()
        ),
        "releases": releases_digest(edition.source, edition.year),
        "notebooks": _digest(checksum(path) for path in sorted(asked.notebooks.glob("*.ipynb"))),
        "package": _digest(
            checksum(path)
            for path in sorted(package.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        ),
    }


def _keep_earlier(asked: Plan, stands_on: dict[str, str], staged: Path) -> tuple[str, ...]:
    """Keep the documents not remade here if they stand on the very same things; return the others.

    A file that is no longer the one the manifest records is not kept.
    """
    recorded = _recorded(asked.folder / "manifest.json")
    others = {
        name: sha256 for name, sha256 in recorded.get("documents", {}).items() if not (staged / name).exists()
    }
    same = recorded.get("stands_on") == stands_on
    kept = {
        name
        for name, sha256 in others.items()
        if same and (asked.folder / name).is_file() and checksum(asked.folder / name) == sha256
    }
    for name in kept:
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(asked.folder / name, staged / name)
    return tuple(name for name in others if name not in kept)


def _recorded(manifest: Path) -> dict[str, Any]:
    """Return what a manifest records; nothing where there is none that can be read."""
    try:
        content = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder beside the target, gone after whatever happens, like empty folders made for it."""
    new_folders = [parent for parent in folder.parents if not parent.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        for parent in new_folders:
            if not any(parent.iterdir()):
                parent.rmdir()


def _publish(staged: Path, folder: Path) -> None:
    """Put a finished edition in its place by renaming, the one it replaces aside until then."""
    staged.chmod(0o755)  # mkdtemp keeps it to its owner
    replaced = folder.with_name(f".{folder.name}-replaced-{os.getpid()}")
    if folder.exists():
        folder.rename(replaced)
    try:
        staged.rename(folder)
    except OSError:
        if replaced.exists():
            replaced.rename(folder)
        raise
    shutil.rmtree(replaced, ignore_errors=True)


def _restore_stranded(folder: Path) -> None:
    """Put back an edition that a build killed between its two renamings left aside."""
    for stranded in sorted(folder.parent.glob(f".{folder.name}-replaced-*")):
        if folder.exists():
            shutil.rmtree(stranded, ignore_errors=True)
        else:
            stranded.rename(folder)


def _digest(checksums: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(checksums).encode()).hexdigest()
