"""Publish an edition: documents that were built, those that are kept, its data and its manifest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portrait.build.cache import Decided, linked
from portrait.build.fingerprint import Fingerprints
from portrait.build.foreign import refuse_taken
from portrait.build.job import Task, json_text, page_of
from portrait.build.manifest import MANIFEST, Record, entry, manifest_of
from portrait.build.pool import Pool
from portrait.build.staging import entries_below, files_below, keep, lay, publish
from portrait.build.survey import Survey
from portrait.build.verification import refuse_disagreement
from portrait.errors import ProcessFailed, ProgramFault
from portrait.language.periods import EditionId
from portrait.registers.files import State
from portrait.run.chapters import name_of
from portrait.storage.checksums import checksum, file_checksum


@dataclass(frozen=True)
class Built:
    """What a build left.

    Attributes
    ----------
    folder
        Folder of the edition.
    manifest
        Its manifest.
    made
        Documents that were built.
    reasons
        Why each document that was asked for was built, by its name; empty where it was kept.
    """

    folder: Path
    manifest: Mapping[str, Any]
    made: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[str, ...]:
        """Files of the reports, as names inside the folder."""
        return tuple(name for name in self.manifest["files"] if name.endswith((".html", ".pdf", ".ipynb")))

    @property
    def out_of_date(self) -> dict[str, str]:
        """Published documents that are out of date, each with what changed since it was built."""
        return {
            name: each["out_of_date"]
            for name, each in self.manifest["documents"].items()
            if "out_of_date" in each
        }


@dataclass(frozen=True)
class Publication:
    """What an edition is published from.

    Attributes
    ----------
    folder
        Folder of the edition.
    source, year
        Which edition.
    edition, rows
        What the manifest says of the edition itself, and of the rows of each portfolio.
    survey
        The edition surveyed anew; ``None`` where its data are those already published.
    data_files
        Files of these data.
    record, decided
        The manifest of the edition in place, and what was decided from it.
    fingerprints, before
        What documents depend on, and the state of each file when the build began.
    pool
        Where a page is rendered anew.
    """

    folder: Path
    source: str
    year: EditionId
    edition: Mapping[str, Any]
    rows: Mapping[str, str]
    survey: Survey | None
    data_files: Sequence[str]
    record: Record
    decided: Decided
    fingerprints: Fingerprints
    before: Mapping[Path, State]
    pool: Pool

    def publish(self, made: Mapping[Task, Sequence[str]], staged: Path) -> Built:
        """Put the edition in its place: what was built, what is kept, its data and its manifest.

        Parameters
        ----------
        made
            Documents that were built, each with the names of its files.
        staged
            Folder in which these lie.

        Raises
        ------
        NotFitToPublish
            The verifier finds a failure in a document that is neither a draft nor out of date; nothing was
            changed.
        """
        names = {task.name for task in made}
        written = {name for files in made.values() for name in files}
        _sweep(staged, written)
        previous = {task: change for task, change in self.decided.previous.items() if task.name not in names}
        kept = {**self.decided.kept, **previous}
        before = [name for task in kept for name in task.files]
        if not self.survey:
            before += self.data_files
        there = set(files_below(self.folder))
        recorded = self.record.files
        files = {name: recorded[name] for name in before if name in there and name in recorded}
        linked = self._linked(made, kept, files)
        pages = self._lay_pages(linked, made, kept, staged)
        keep([name for name in files if name not in pages], of=self.folder, into=staged)
        if self.survey:
            lay(self.survey.data, staged)
            files |= {name: checksum(content) for name, content in self.survey.data.items()}
        files |= {name: file_checksum(staged / name) for name in (*written, *pages)}
        manifest = self._manifest(made, kept, linked, files)
        self._refuse_disagreement(manifest, made, kept, staged)
        lay({MANIFEST: json_text(manifest).encode()}, staged)
        # A file that is dropped and is not the one that was built any more is someone's work: it stays.
        ours = {MANIFEST, *(name for name in recorded if name in files or self.record.is_intact([name]))}
        refuse_taken(self.folder, files, ours=ours)  # since the build began
        keep(set(entries_below(self.folder)) - ours, of=self.folder, into=staged)
        publish(staged, self.folder, ours=ours)
        return Built(self.folder, manifest, made=tuple(sorted(names)), reasons=self.decided.reasons)

    def _linked(self, made: Iterable[Task], kept: Iterable[Task], files: Iterable[str]) -> dict[Task, Task]:
        """Return each document with what its page may point to: what has a page."""
        pages = {(task.stem, task.language) for task in made if "html" in task.formats}
        pages |= {(task.stem, task.language) for task in kept if f"{task.name}.html" in files}
        portfolios = self.edition["portfolios"]
        return {task: linked(task, pages, portfolios) for task in (*made, *kept)}

    def _lay_pages(
        self, linked: Mapping[Task, Task], made: Iterable[Task], kept: Mapping[Task, str], staged: Path
    ) -> list[str]:
        """Write the pages anew for which something to point to came, or failed; return their names."""
        pages = []
        for task in linked:
            is_due = linked[task] != task and not kept.get(task, "")
            if "html" in task.formats and is_due:
                folder = staged if task in made else self.folder
                notebook = (folder / f"{task.name}.ipynb").read_bytes()
                pages.append(f"{task.name}.html")
                lay({pages[-1]: self._page(notebook, linked[task])}, staged)
        return pages

    def _page(self, notebook: bytes, task: Task) -> bytes:
        try:
            page = self.pool.submit(page_of, notebook, task, begun=lambda: None).result()
        except (ProcessFailed, ProgramFault):  # the document is well and must not be lost for it
            page = page_of(notebook, task)
        assert isinstance(page, bytes)
        return page

    def _refuse_disagreement(
        self, manifest: Mapping[str, Any], made: Iterable[Task], kept: Mapping[Task, str], staged: Path
    ) -> None:
        """Refuse what disagrees with the tables or with its other language.

        What is kept and up to date was verified when it was built. The page of a document that has none is
        laid out to be verified.
        """
        stems = {task.stem for task in made}
        left_out = {task for task in (*made, *kept) if task.draft or kept.get(task) or task.stem not in stems}
        pages = {
            f"{task.name}.html": self._page((staged / f"{task.name}.ipynb").read_bytes(), task)
            for task in made
            if "html" not in task.formats and task not in left_out
        }
        lay(pages, staged)
        refuse_disagreement(staged, manifest, left_out)
        for name in pages:
            (staged / name).unlink()

    def _manifest(
        self,
        made: Iterable[Task],
        kept: Mapping[Task, str],
        linked: Mapping[Task, Task],
        files: Mapping[str, str],
    ) -> dict[str, Any]:
        """Return the manifest of the edition."""
        prints = self.fingerprints
        changed = prints.changed_since(self.before)
        unknown = {name_of(path) for path in changed if path.suffix == ".ipynb"}
        documents: dict[str, Mapping[str, Any]] = {}
        for task in made:
            chapters = {
                name: "" if name in unknown else each for name, each in prints.of_notebooks(task).items()
            }
            made_from = prints.known(prints.of(task, self.rows), changed, task)
            documents[task.name] = entry(linked[task], made_from, chapters)
        for task, change in kept.items():
            recorded = self.record.documents[task.name]
            is_linked = linked[task] if not change else task
            documents[task.name] = entry(is_linked, recorded["from"], recorded["chapters"], change)
        edition_from = prints.of_edition
        return manifest_of(
            self.source,
            self.year,
            self.edition,
            edition_from=prints.known(edition_from, changed) if self.survey else edition_from,
            rows=self.rows,
            documents=documents,
            files=files,
        )


def _sweep(folder: Path, wanted: Collection[str]) -> None:
    """Remove all files but those named: a refused document must not replace its published version."""
    for name in files_below(folder):
        if name not in wanted:
            (folder / name).unlink()
            with suppress(OSError):  # another document is in this folder
                (folder / name).parent.rmdir()
