"""A manifest says what an edition was built from, and a record tells whether its files are still the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portrait.build.job import Task
from portrait.build.manifest import MANIFEST, Record, entry, manifest_of, manifests_of
from portrait.build.staging import lay
from tests.build.benches import EDITION

# SHA-256 of the five bytes "hello".
HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

PROFILE = Task(
    project=Path("/project"),
    report="portfolio",
    stem="portfolios/justice",
    language="fr",
    parameters={"source": "quebec", "year": 2025, "data": "data", "portfolio": "Justice"},
    formats=("html", "pdf"),
    other_languages=("en",),
    subject="Justice",
    has_annual=True,
)


def manifest(**changed: Any) -> dict[str, Any]:
    """Return the manifest of an edition that holds one profile."""
    content = manifest_of(
        "quebec",
        2025,
        EDITION,
        edition_from={"rows": "1"},
        rows={"Justice": "2"},
        documents={PROFILE.name: entry(PROFILE, {"notebook": "3"}, {"portfolio": "4"})},
        files={"hello.html": HELLO},
    )
    return {**content, **changed}


def record(folder: Path, content: Any) -> Record:
    lay({MANIFEST: json.dumps(content).encode()}, folder)
    return Record(folder)


def test_a_manifest_holds_the_edition_its_documents_and_its_files_in_alphabetical_order():
    content = manifest_of(
        "quebec", 2025, EDITION, edition_from={}, rows={}, documents={}, files={"b": "2", "a": "1"}
    )
    assert (content["source"], content["year"], content["program"]["name"]) == ("quebec", 2025, "portrait")
    assert {part: content[part] for part in EDITION} == EDITION
    assert list(content["files"].items()) == [("a", "1"), ("b", "2")]


def test_an_entry_says_that_a_document_is_out_of_date_only_where_it_is():
    assert "out_of_date" not in entry(PROFILE, {}, {})
    assert entry(PROFILE, {}, {}, "changed: the notebook")["out_of_date"] == "changed: the notebook"


def test_a_document_read_from_a_record_is_the_one_that_was_built(tmp_path):
    like = Task(
        project=Path("/project"),
        report="annual",
        stem="annual",
        language="en",
        parameters={"source": "quebec", "year": 2025, "data": "data"},
        formats=("html",),
    )
    read = record(tmp_path, manifest()).task("portfolios/justice.fr", like)
    assert read == PROFILE
    assert read.files == (
        "portfolios/justice.fr.ipynb",
        "portfolios/justice.fr.html",
        "portfolios/justice.fr.pdf",
        "portfolios/justice.claims.fr.json",
    )


def test_a_file_is_intact_only_while_it_is_there_with_the_bytes_that_were_built(tmp_path):
    lay({"hello.html": b"hello"}, tmp_path)
    assert record(tmp_path, manifest()).is_intact(["hello.html"])
    (tmp_path / "hello.html").write_bytes(b"hello!")
    assert not Record(tmp_path).is_intact(["hello.html"])
    (tmp_path / "hello.html").unlink()
    assert not Record(tmp_path).is_intact(["hello.html"])


def test_a_file_that_the_manifest_does_not_list_is_not_intact(tmp_path):
    lay({"hello.html": b"hello", "mine.txt": b"mine"}, tmp_path)
    assert not record(tmp_path, manifest()).is_intact(["hello.html", "mine.txt"])


def without(part: str) -> dict[str, Any]:
    return {name: value for name, value in manifest().items() if name != part}


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"name": "my web app"},
        without("program"),
        manifest(program={"name": "another"}),
        without("documents"),
        without("files"),
        manifest(documents=[]),
        manifest(documents={"annual.fr": {"report": "annual"}}),
        manifest(documents={"annual.fr": {**entry(PROFILE, {}, {}), "from": None}}),
    ],
)
def test_a_manifest_of_another_program_or_layout_says_nothing(tmp_path, content):
    found = record(tmp_path, content)
    assert (found.content, found.files, found.documents) == ({}, {}, {})


@pytest.mark.parametrize(
    "content",
    [*map(without, (*sorted({*EDITION} - {"place"}), "rows", "edition_from")), manifest(rows=[])],
)
def test_a_manifest_that_lacks_a_part_still_names_its_files_and_documents(tmp_path, content):
    found = record(tmp_path, content)
    assert found.files == {"hello.html": HELLO}
    assert set(found.documents) == {"portfolios/justice.fr"}
    assert found.content.get("edition_from", {}) == {}


def test_the_place_of_an_edition_of_an_earlier_version_is_its_title(tmp_path):
    content = manifest(title={"fr": "Registre", "en": "Register"})
    del content["place"]
    assert record(tmp_path, content).content["place"] == {"fr": "Registre", "en": "Register"}


def test_a_document_that_an_earlier_version_recorded_without_its_chapters_is_read(tmp_path):
    recorded = {name: each for name, each in entry(PROFILE, {}, {}).items() if name != "chapters"}
    assert (
        record(tmp_path, manifest(documents={PROFILE.name: recorded})).task(PROFILE.name, PROFILE) == PROFILE
    )


@pytest.mark.parametrize("text", [b"", b"{", b"\xff"])
def test_a_broken_manifest_says_nothing(tmp_path, text):
    lay({MANIFEST: text}, tmp_path)
    assert Record(tmp_path).content == {}


def test_a_folder_without_a_manifest_says_nothing(tmp_path):
    assert Record(tmp_path).documents == {}


def test_the_manifests_of_a_folder_are_those_of_its_editions_and_not_of_what_is_being_built(tmp_path):
    for folder in ("quebec/2025", "ailleurs/2024", "quebec/.2025-staged-x", "quebec/2025.failed", ".x/2025"):
        lay({MANIFEST: b"{}"}, tmp_path / folder)
    found = [path.relative_to(tmp_path).as_posix() for path in manifests_of(tmp_path)]
    assert found == ["ailleurs/2024/manifest.json", "quebec/2025/manifest.json"]
