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
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

import portrait
from portrait.claims import claims_of
from portrait.edition import OWN_DATA, SUFFIXES, Edition, input_files, open_edition
from portrait.errors import PortraitError, PublicationError, WrongCall, did_you_mean
from portrait.fetching.snapshots import checksum
from portrait.indicators import summary
from portrait.initiatives import formula_safe
from portrait.language import LANGUAGES
from portrait.linking import histories
from portrait.revising import releases_digest, year_record
from portrait.sources import Source, find_project, load_source, require_report_facts

FORMATS = ("html", "pdf")
REPORTS = ("annual", "quality")
"""Reports that can be built; each is a notebook of this name in `notebooks/`."""

Notify = Callable[[str], None]


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

    @property
    def notebook(self) -> Path:
        """The notebook that gives the report."""
        return self.project / "notebooks" / f"{self.report}.ipynb"

    @property
    def folder(self) -> Path:
        """Where the edition is published."""
        return self.output / self.source / str(self.year)

    @property
    def n_steps(self) -> int:
        """Number of times a build of this plan calls `notify`."""
        return len(self.languages) * (1 + len(self.formats))


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
        One of `REPORTS`.
    formats
        Any of `FORMATS`.
    data, output
        Folder to read `<source>/<year>.csv` or `.xlsx` from, and folder to publish in; by default
        the project's own.
    jobs
        Languages made at once; by default one a processor.

    Raises
    ------
    WrongCall
        Something that does not exist, with the nearest that does.
    """
    project = find_project(project) if project else find_project()
    register = load_source(source, project)
    require_report_facts(register)
    _known("language", [language], (*LANGUAGES, "all"))
    _known("report", [report], REPORTS)
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
    )


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
    NotebookFailed, PublicationError
        The notebook or its publication failed; the last good edition stands, and the notebook as
        far as it went lies beside it, in `<year>.failed/`.
    """
    edition = open_edition(asked.source, asked.year, data=asked.data, project=asked.project)
    clock = _Clock()
    _restore_stranded(asked.folder)
    with _staging(asked.folder) as staged:
        with ThreadPoolExecutor(min(asked.jobs, len(asked.languages))) as pool:
            made = list(
                pool.map(lambda language: _make(asked, language, staged, clock, notify), asked.languages)
            )
        _check_same_claims(made)
        with clock.step("data"):
            _write_data(edition, staged / "data")
        stands_on = _fingerprint(asked, edition)
        dropped = _keep_earlier(asked, stands_on, staged)
        _write_manifest(asked, edition, stands_on, staged)
        _publish(staged, asked.folder)
    shutil.rmtree(_failed_folder(asked.folder), ignore_errors=True)
    documents = tuple(
        sorted(path.name for path in asked.folder.iterdir() if path.suffix in (".html", ".pdf", ".ipynb"))
    )
    return Built(asked.folder, documents, dropped, edition, clock.seconds)


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
        *(str(built.folder / name) for name in built.documents),
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


class _Clock:
    """Sum the time spent in each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def _known(what: str, given: Iterable[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            mend = f"{did_you_mean(value, known)}Known: {', '.join(known)}."
            raise WrongCall(f"There is no {what} “{value}”.", mend)


def _failed_folder(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.failed")


def _make(asked: Plan, language: str, staged: Path, clock: _Clock, notify: Notify) -> list[dict[str, Any]]:
    """Run the notebook in one language and write its documents; return its claims."""
    from portrait.execution import execute_notebook
    from portrait.publishing.document import document_of
    from portrait.publishing.numbering import refuse_unmentioned

    name = f"{asked.report}.{language}"
    with clock.step("notebook"):
        notebook = execute_notebook(
            asked.notebook,
            {
                "source": asked.source,
                "year": asked.year,
                "language": language,
                "data": _seen_from(asked.project, asked.data),
            },
            output=staged / f"{name}.ipynb",
            failed=_failed_folder(asked.folder) / f"{name}.ipynb",
            working_folder=asked.project,
        )
    notify(f"{name}.ipynb")
    others = [each for each in LANGUAGES if each != language]
    sibling = f"{asked.report}.{others[0]}.html" if others[0] in asked.languages else None
    with _kept_if_unpublishable(staged / f"{name}.ipynb", _failed_folder(asked.folder)):
        with clock.step("document"):
            document = document_of(notebook)
            refuse_unmentioned(document)
        for document_format in asked.formats:
            with clock.step(document_format):
                _write_document(document, staged / f"{name}.{document_format}", sibling)
            notify(f"{name}.{document_format}")
    claims = claims_of(notebook)
    # The register of the annual report is the one that readers cite: it bears no prefix.
    prefix = "" if asked.report == "annual" else f"{asked.report}."
    _write_json(staged / f"{prefix}claims.{language}.json", claims)
    return claims


@contextmanager
def _kept_if_unpublishable(notebook: Path, failed: Path) -> Iterator[None]:
    """Keep an executed notebook beside the edition when it cannot be published."""
    try:
        yield
    except PublicationError:
        failed.mkdir(parents=True, exist_ok=True)
        shutil.copy2(notebook, failed / notebook.name)
        raise


def _write_document(document: Any, path: Path, sibling: str | None) -> None:
    if path.suffix == ".html":
        from portrait.publishing.html import render_html

        path.write_text(render_html(document, other_language=sibling), "utf-8")
    else:
        from portrait.publishing.pdf import render_pdf

        path.write_bytes(render_pdf(document))


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
    _write_json(
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
    _write_json(
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
        "notebooks": _digest(checksum(path) for path in sorted(asked.notebook.parent.glob("*.ipynb"))),
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
        (staged / name).parent.mkdir(exist_ok=True)
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


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _digest(checksums: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(checksums).encode()).hexdigest()
