"""Which documents are built and which are kept, and the languages their pages point to.

What documents depend on is replaced here by one checksum each; `test_fingerprint` covers the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from portrait.build.cache import Decided, decide, linked
from portrait.build.job import Task
from portrait.build.manifest import EDITION, MANIFEST, Record, entry, manifest_of
from portrait.storage.checksums import file_checksum

THEN = {"notebook": "as then", "program": "as then"}
CHAPTERS = {"annual/01.ipynb": "first", "annual/02.ipynb": "second"}


class Fingerprints:
    """What documents depend on now: the same as when they were built, except what a test changes."""

    def __init__(self, **changed: Mapping[str, str]) -> None:
        self._changed = {name.replace("_", "."): parts for name, parts in changed.items()}

    def of(self, task: Task, rows: Mapping[str, str]) -> dict[str, str]:
        parts = self._changed.get(task.name, {})
        return {part: parts.get(part, checksum) for part, checksum in THEN.items()}

    def of_notebooks(self, task: Task) -> dict[str, str]:
        parts = self._changed.get(task.name, {})
        return {name: parts.get(name, checksum) for name, checksum in CHAPTERS.items()}


CHANGED = {"program": "another"}
PORTFOLIOS = {
    "justice": {"name": "Justice", "fr": "Justice", "en": "Justice"},
    "education": {"name": "Éducation", "fr": "Éducation", "en": "Education"},
}


def document(name: str, *others: str, formats: tuple[str, ...] = ("html",)) -> Task:
    """Return a document by its name, as ``annual.fr``; one in a folder is the profile of a portfolio."""
    stem, _, language = name.rpartition(".")
    subject = stem.rpartition("/")[2] if "/" in stem else ""
    report = "portfolio" if subject else stem
    parameters = {"source": "quebec", "year": 2025, "data": ""}
    if subject:
        parameters["portfolio"] = subject
    return Task(Path(), report, stem, language, parameters, formats, others, subject)


def published(folder: Path, *tasks: Task) -> Record:
    """Publish documents that hold only their name, and return the record of the edition."""
    names = [name for task in tasks for name in task.files]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    manifest = manifest_of(
        "quebec",
        2025,
        dict.fromkeys(EDITION),
        edition_from={},
        rows={},
        documents={task.name: entry(task, THEN, CHAPTERS) for task in tasks},
        files={name: file_checksum(folder / name) for name in names},
    )
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return Record(folder)


def decided(
    record: Record,
    *asked: str | Task,
    now: Any = None,
    rows: Mapping[str, str] | None = None,
    force: bool = False,
) -> Decided:
    tasks = [document(each) if isinstance(each, str) else each for each in asked]
    return decide(tasks, record, now or Fingerprints(), rows or {}, portfolios=PORTFOLIOS, force=force)


def links(tasks: tuple[Task, ...]) -> list[tuple[str, str | None]]:
    return [(task.name, next(iter(task.other_languages), None)) for task in tasks]


def by_name(changes: Mapping[Task, str]) -> dict[str, str]:
    return {task.name: change for task, change in changes.items()}


def test_a_document_never_published_is_built(tmp_path):
    done = decided(Record(tmp_path), "annual.fr")
    assert done.reasons == {"annual.fr": "it was not built yet"}
    assert links(done.to_make) == [("annual.fr", None)]
    assert (done.kept, done.previous) == ({}, {})


def test_a_document_whose_checksums_are_those_of_the_manifest_is_kept(tmp_path):
    done = decided(published(tmp_path, document("annual.fr")), "annual.fr")
    assert (done.to_make, done.reasons) == ((), {"annual.fr": ""})
    assert by_name(done.kept) == {"annual.fr": ""}


def test_a_document_of_which_something_changed_is_built_and_its_published_version_is_remembered(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    done = decided(record, "annual.fr", now=Fingerprints(annual_fr=CHANGED))
    assert done.reasons == {"annual.fr": "changed: the program"}
    assert by_name(done.previous) == {"annual.fr": "changed: the program"}
    assert done.kept == {}


def test_a_document_nobody_asked_for_is_kept_with_what_changed_since(tmp_path):
    record = published(tmp_path, document("annual.fr"), document("quality.fr"))
    done = decided(record, "quality.fr", now=Fingerprints(annual_fr=CHANGED))
    assert done.to_make == ()
    assert by_name(done.kept) == {"annual.fr": "changed: the program", "quality.fr": ""}


def test_the_profile_of_a_portfolio_that_left_the_rows_is_kept_out_of_date(tmp_path):
    record = published(tmp_path, document("portfolios/justice.fr"), document("portfolios/travail.fr"))
    done = decided(record, "annual.fr", rows={"justice": "checksum"})
    assert by_name(done.kept) == {
        "portfolios/justice.fr": "",
        "portfolios/travail.fr": "the edition has no such portfolio any more",
    }


def test_force_builds_all_that_is_asked_for_and_nothing_else(tmp_path):
    record = published(tmp_path, document("annual.fr"), document("quality.fr"))
    done = decided(record, "quality.fr", force=True)
    assert done.reasons == {"quality.fr": "--force"}
    assert by_name(done.previous) == {"quality.fr": ""}
    assert by_name(done.kept) == {"annual.fr": ""}


def test_profiles_come_after_the_reports_which_take_longest(tmp_path):
    done = decided(Record(tmp_path), "portfolios/justice.fr", "annual.fr", "portfolios/travail.fr")
    names = [task.name for task in done.to_make]
    assert names == ["annual.fr", "portfolios/justice.fr", "portfolios/travail.fr"]


def test_a_format_more_builds_the_document_in_all_its_formats(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    done = decided(record, document("annual.fr", formats=("pdf",)))
    assert done.reasons == {"annual.fr": "it was not built as pdf yet"}
    assert [task.formats for task in done.to_make] == [("pdf", "html")]


def test_a_format_less_builds_nothing(tmp_path):
    record = published(tmp_path, document("annual.fr", formats=("html", "pdf")))
    assert decided(record, "annual.fr").to_make == ()


# Files that are not as they were built


@pytest.mark.parametrize("change", ["tampered", "deleted"])
@pytest.mark.parametrize("file", ["annual.fr.html", "annual.fr.ipynb", "claims.fr.json"])
def test_a_document_of_which_a_file_changed_or_is_missing_is_out_of_date(tmp_path, file, change):
    record = published(tmp_path, document("annual.fr"), document("quality.fr"))
    if change == "tampered":
        (tmp_path / file).write_text("tampered")
    else:
        (tmp_path / file).unlink()
    why = "a file of it is missing or changed since it was built"
    assert by_name(decided(record, "quality.fr").kept) == {"annual.fr": why, "quality.fr": ""}
    done = decided(Record(tmp_path), "annual.fr")
    assert by_name(done.previous) == done.reasons == {"annual.fr": why}


def test_a_document_of_which_no_file_is_left_was_never_built(tmp_path):
    record = published(tmp_path, document("annual.fr"), document("quality.fr"))
    for file in document("annual.fr").files:
        (tmp_path / file).unlink()
    assert by_name(decided(record, "quality.fr").kept) == {"quality.fr": ""}
    assert decided(record, "annual.fr").reasons == {"annual.fr": "it was not built yet"}


# Languages that pages point to


def test_languages_built_together_point_to_each_other(tmp_path):
    done = decided(Record(tmp_path), "annual.fr", "annual.en", "quality.fr")
    assert links(done.to_make) == [("annual.fr", "en"), ("annual.en", "fr"), ("quality.fr", None)]


def test_a_page_built_alone_points_to_the_other_language_that_is_published(tmp_path):
    record = published(tmp_path, document("annual.en"))
    assert links(decided(record, "annual.fr").to_make) == [("annual.fr", "en")]
    out_of_date = Fingerprints(annual_en=CHANGED)
    assert links(decided(record, "annual.fr", now=out_of_date).to_make) == [("annual.fr", "en")]


def test_an_annual_page_points_to_the_profiles_beside_it_in_its_language_by_name(tmp_path):
    profiles = "portfolios/justice.fr", "portfolios/education.fr", "portfolios/justice.en"
    record = published(tmp_path, *map(document, profiles))
    built = decided(record, "annual.fr", "annual.en", "quality.fr").to_make
    assert {task.name: task.profiles for task in built} == {
        "annual.fr": (
            ("portfolios/education.fr.html", "Éducation"),
            ("portfolios/justice.fr.html", "Justice"),
        ),
        "annual.en": (("portfolios/justice.en.html", "Justice"),),
        "quality.fr": (),
    }


def test_a_profile_points_to_the_annual_page_of_its_language_where_there_is_one(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    built = decided(record, "portfolios/justice.fr", "portfolios/justice.en", "quality.fr").to_make
    assert {task.name: task.annual for task in built} == {
        "portfolios/justice.fr": "../annual.fr.html",
        "portfolios/justice.en": None,
        "quality.fr": None,
    }


def test_a_page_does_not_point_to_a_language_published_without_a_page(tmp_path):
    record = published(tmp_path, document("annual.en", formats=("pdf",)))
    assert links(decided(record, "annual.fr").to_make) == [("annual.fr", None)]


def test_a_page_does_not_point_to_a_language_whose_page_was_deleted(tmp_path):
    record = published(tmp_path, document("annual.en"))
    (tmp_path / "annual.en.html").unlink()
    assert links(decided(record, "annual.fr").to_make) == [("annual.fr", None)]


def test_pages_point_to_each_other_where_one_is_built_as_pdf_beside_its_published_page(tmp_path):
    record = published(tmp_path, document("annual.fr", "en"), document("annual.en", "fr"))
    done = decided(record, document("annual.fr", formats=("pdf",)), document("annual.en"), force=True)
    assert links(done.to_make) == [("annual.fr", "en"), ("annual.en", "fr")]


# Chapters that are not run again


def chapters(record: Record, now: Fingerprints, *, force: bool = False) -> list[tuple[str, ...]]:
    done = decided(record, "annual.fr", now=now, force=force)
    return [done.chapters.get(task, ()) for task in done.to_make]


def test_a_chapter_whose_notebook_is_the_same_is_not_run_again(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    second = {"notebook": "another", "annual/02.ipynb": "changed"}
    assert chapters(record, Fingerprints(annual_fr=second)) == [("annual/01.ipynb",)]


def test_every_chapter_is_run_again_where_something_else_changed(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    assert chapters(record, Fingerprints(annual_fr=CHANGED)) == [()]


def test_every_chapter_is_run_again_with_force(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    assert chapters(record, Fingerprints(), force=True) == [()]


def test_every_chapter_is_run_again_where_the_published_notebook_is_not_the_one_built(tmp_path):
    record = published(tmp_path, document("annual.fr"))
    (tmp_path / "annual.fr.ipynb").write_text("tampered")
    assert chapters(record, Fingerprints()) == [()]


def test_a_chapter_that_changed_while_it_ran_is_run_again(tmp_path):
    published(tmp_path, document("annual.fr"))
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    manifest["documents"]["annual.fr"]["from"]["notebook"] = ""
    manifest["documents"]["annual.fr"]["chapters"]["annual/02.ipynb"] = ""
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    assert chapters(Record(tmp_path), Fingerprints()) == [("annual/01.ipynb",)]


def test_each_page_points_first_to_the_other_language_of_the_program_then_to_the_others():
    pages = {("annual", language) for language in ("fr", "nl", "en")}
    linked_ones = [linked(document(f"annual.{language}"), pages, {}) for language in ("fr", "en", "nl")]

    assert [task.siblings for task in linked_ones] == [
        (("en", "annual.en.html"), ("nl", "annual.nl.html")),
        (("fr", "annual.fr.html"), ("nl", "annual.nl.html")),
        (("en", "annual.en.html"), ("fr", "annual.fr.html")),
    ]
