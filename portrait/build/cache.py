"""Decide which documents are built and which are up to date, from the manifest of the published edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from portrait.build.fingerprint import Fingerprints, why
from portrait.build.job import Task
from portrait.build.manifest import Record
from portrait.build.plan import ANNUAL, PROFILES
from portrait.build.reasons import DRAFT, FILE, NO_DRAFT, NO_PORTFOLIO, NOT_BUILT
from portrait.language.locales import as_recorded, is_own
from portrait.language.text import normalise


@dataclass(frozen=True)
class Decided:
    """What is to be done for an edition.

    Attributes
    ----------
    to_make
        Documents to build, the longest first.
    kept
        Published documents that are not built now, each with what changed since it was built: an empty text
        where it is up to date.
    reasons
        Why each document that was asked for is built, by its name; empty where it is kept.
    previous
        Published documents that are built now, each with what changed since it was built: they stay where
        their build fails.
    chapters
        For each document to build, the notebooks whose published run is up to date.
    """

    to_make: tuple[Task, ...]
    kept: Mapping[Task, str]
    reasons: Mapping[str, str]
    previous: Mapping[Task, str] = field(default_factory=dict)
    chapters: Mapping[Task, tuple[str, ...]] = field(default_factory=dict)


def decide(
    asked: Sequence[Task],
    record: Record,
    fingerprints: Fingerprints,
    rows: Mapping[str, str],
    *,
    portfolios: Mapping[str, Mapping[str, str]],
    force: bool,
) -> Decided:
    """Decide which of the documents asked for are built, and what is kept.

    Parameters
    ----------
    asked
        What is asked for, without what pages point to: this is found here.
    rows
        Checksum of what the profile of each portfolio holds, by name.
    portfolios
        Name of each portfolio in each language, by its slug.
    force
        Whether all that is asked for is built.
    """
    published = _published(asked, record, fingerprints, rows)
    by_name = {task.name: task for task in published}
    reasons = {
        task.name: "--force" if force else _reason(task, by_name.get(task.name), published) for task in asked
    }
    wanted = [_with_its_formats(task, by_name.get(task.name)) for task in asked if reasons[task.name]]
    pages = {(task.stem, task.language) for task in wanted if "html" in task.formats} | {
        (task.stem, task.language) for task in published if (record.folder / f"{task.name}.html").is_file()
    }
    to_make = [linked(task, pages, portfolios) for task in wanted]
    made_names = {task.name for task in to_make}
    return Decided(
        tuple(sorted(to_make, key=lambda task: bool(task.subject))),
        {task: change for task, change in published.items() if task.name not in made_names},
        reasons,
        {task: change for task, change in published.items() if task.name in made_names},
        {} if force else {task: _fresh_chapters(task, record, fingerprints, rows) for task in to_make},
    )


def _published(
    asked: Sequence[Task], record: Record, fingerprints: Fingerprints, rows: Mapping[str, str]
) -> dict[Task, str]:
    """Return the published documents of which a file is left, each with what changed since it was built."""
    found = {}
    for name in record.documents:
        task = record.task(name, asked[0])
        if not any((record.folder / each).is_file() for each in task.files):
            continue
        if task.subject and task.subject not in rows:
            found[task] = NO_PORTFOLIO.en
        else:
            found[task] = why(record.documents[name]["from"], fingerprints.of(task, rows)) or (
                "" if record.is_intact(task.files) else FILE.en
            )
    return found


def _reason(task: Task, published: Task | None, changes: Mapping[Task, str]) -> str:
    """Say why a document is built; nothing where the published one is what is asked for."""
    if published is None:
        return NOT_BUILT
    if changes[published]:
        return changes[published]
    if task.draft != published.draft:
        return DRAFT if task.draft else NO_DRAFT
    if not set(task.formats) <= set(published.formats):
        return f"it was not built as {' and '.join(task.formats)} yet"
    return ""


def _with_its_formats(task: Task, published: Task | None) -> Task:
    """Return a document with the formats in which it is published beside those asked for."""
    formats = published.formats if published else ()
    return replace(task, formats=tuple(dict.fromkeys((*task.formats, *formats))))


def _fresh_chapters(
    task: Task, record: Record, fingerprints: Fingerprints, rows: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the notebooks of a document whose published run is up to date; none if anything else changed."""
    entry = record.documents.get(task.name)
    notebook = f"{task.name}.ipynb"
    if entry is None or not record.is_intact([notebook]):
        return ()
    now = fingerprints.of(task, rows)
    if any(entry["from"].get(part) != checksum for part, checksum in now.items() if part != "notebook"):
        return ()
    return tuple(
        name
        for name, checksum in fingerprints.of_notebooks(task).items()
        if checksum and entry["chapters"].get(name) == checksum
    )


def linked(task: Task, pages: set[tuple[str, str]], portfolios: Mapping[str, Mapping[str, str]]) -> Task:
    """Return a document with what its page points to.

    That is the other language, profiles from an annual report, and the annual report from a profile.

    Parameters
    ----------
    pages
        Stem and language of each page of the edition.
    portfolios
        Name of each portfolio in each language, by its slug.
    """
    languages = [lang for stem, lang in sorted(pages) if stem == task.stem and lang != task.language]
    languages.sort(key=is_own, reverse=True)
    profiles = [
        (f"{PROFILES}/{slug}.{task.language}.html", as_recorded(names, task.language))
        for slug, names in portfolios.items()
        if task.stem == ANNUAL and (f"{PROFILES}/{slug}", task.language) in pages
    ]
    by_name = sorted(profiles, key=lambda each: normalise(each[1]))
    has_annual = bool(task.subject) and (ANNUAL, task.language) in pages
    return replace(task, other_languages=tuple(languages), profiles=tuple(by_name), has_annual=has_annual)
