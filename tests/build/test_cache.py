"""What is decided of documents beside each other: whom pages point to, what goes with whom, what comes first.

That a document is made again exactly when what it depends on changed is the matter of `test_freshness`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from portrait.build.cache import MANIFEST, Decided, Record, decide, entry
from portrait.build.fingerprint import file_checksum
from portrait.build.job import Task

PARAMETERS = {"source": "quebec", "year": 2025, "data": ""}
AS_THEN = {"notebook": "as then"}


class Standing:
    """What documents depend on now: what they did then, but for those that are told to be stale."""

    def __init__(self, *stale: str) -> None:
        self._stale = stale

    def of(self, task: Task, rows: Mapping[str, str]) -> dict[str, str]:
        return {"notebook": "another"} if task.name in self._stale else AS_THEN


def document(name: str, other: str | None = None, *, formats: tuple[str, ...] = ("html",)) -> Task:
    """Return a document by its name, as in ``annual.fr``; one in a folder is a profile."""
    stem, _, language = name.rpartition(".")
    subject = stem.rpartition("/")[2] if "/" in stem else ""
    report = "portfolio" if subject else stem
    return Task(Path(), report, stem, language, PARAMETERS, formats, other, subject)


def published(folder: Path, *tasks: Task) -> Record:
    """Publish documents of nothing but their names, and return what the edition says of itself."""
    for name in (name for task in tasks for name in task.files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    write_manifest(
        folder,
        documents={name: file_checksum(folder / name) for task in tasks for name in task.files},
        made={task.name: entry(task, AS_THEN) for task in tasks},
    )
    return Record(folder)


def write_manifest(folder: Path, **told: Any) -> None:
    (folder / MANIFEST).write_text(json.dumps({"rows": {}, "stands_on": {}, **told}))


def decided(record: Record, *names: str, stale: tuple[str, ...] = (), force: bool = False) -> Decided:
    return decide([document(name) for name in names], record, Standing(*stale), {}, force=force)  # type: ignore[arg-type]


def named(tasks: tuple[Task, ...]) -> list[tuple[str, str | None]]:
    return [(task.name, task.other_language) for task in tasks]


def test_a_page_that_is_made_alone_points_to_the_other_language_where_that_stands(tmp_path):
    record = published(tmp_path, document("annual.en"))
    done = decided(record, "annual.fr")
    assert named(done.to_make) == [("annual.fr", "en")]
    assert named(done.kept) == [("annual.en", None)]


def test_a_page_that_is_made_alone_points_to_no_other_language_that_goes(tmp_path):
    record = published(tmp_path, document("annual.en"))
    done = decided(record, "annual.fr", stale=("annual.en",))
    assert named(done.to_make) == [("annual.fr", None)]
    assert done.kept == ()


def test_what_nobody_asked_for_goes_with_the_page_that_it_points_to(tmp_path):
    both = document("annual.fr", "en"), document("annual.en", "fr")
    record = published(tmp_path, *both)
    assert named(decided(record, "quality.fr").kept) == [("annual.fr", "en"), ("annual.en", "fr")]
    assert decided(record, "quality.fr", stale=("annual.en",)).kept == ()


def test_profiles_come_after_the_reports_which_take_longest(tmp_path):
    done = decided(Record(tmp_path), "portfolios/justice.fr", "annual.fr", "portfolios/travail.fr")
    assert [task.name for task in done.to_make] == [
        *("annual.fr", "portfolios/justice.fr", "portfolios/travail.fr")
    ]


def test_what_stands_as_it_should_and_is_made_all_the_same_is_spare(tmp_path):
    record = published(tmp_path, document("annual.fr", formats=("html", "pdf")), document("quality.fr"))
    done = decided(record, "annual.fr", "quality.fr", stale=("quality.fr",), force=True)
    assert [(task.name, task.formats) for task in done.spare] == [("annual.fr", ("html", "pdf"))]
    assert {task.name: task.formats for task in done.to_make} == {
        "annual.fr": ("html", "pdf"),
        "quality.fr": ("html",),
    }
    assert done.kept == ()
    assert decided(record, "annual.fr", "quality.fr").spare == ()


@pytest.mark.parametrize("part", ["report", "stem", "formats", "other_language"])
def test_a_document_of_which_the_manifest_does_not_say_all_is_none_that_was_made(tmp_path, part):
    published(tmp_path, document("annual.fr"))
    told = {name: each for name, each in entry(document("annual.fr"), AS_THEN).items() if name != part}
    write_manifest(tmp_path, documents={}, made={"annual.fr": told})
    assert Record(tmp_path).documents == {}
