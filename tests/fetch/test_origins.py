"""Where an official file comes from: what is recorded with its checksum, else what source.yml lists."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from portrait.fetch.origins import Origin, origin_of
from portrait.fetch.snapshots import BY_HAND
from portrait.ingest.published import FileFacts
from portrait.registers.schema import load_source
from portrait.registers.source import Source
from tests.small import PROJECT

PAGE, LISTED = "https://data.example/", "https://data.example/2025.csv"
SENT = "https://data.example/3f/2025.csv"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A source that lists the file of 2025, with a folder of reference of its own."""
    source = load_source("quebec", PROJECT)
    catalogue = {"url": PAGE, "files": {2025: {"csv": LISTED}}}
    return replace(source, folder=tmp_path, facts={**source.facts, "catalogue": catalogue})


def file(name: str = "2025.csv") -> FileFacts:
    return FileFacts(name, "a" * 64, 1, "utf-8", ",", 1, (), 3)


def record(source: Source, sha256: str, url: str = SENT) -> None:
    snapshot = {"name": "c", "url": url, "fetched": "2026-02-03T10:00:00Z", "size": 1, "sha256": sha256}
    (source.folder / "snapshots.yml").write_text(json.dumps({"2025.csv": {**snapshot, "rows": 3}}), "utf-8")


def test_a_recorded_file_has_the_address_and_the_day_of_its_fetch(source: Source) -> None:
    record(source, "a" * 64)
    assert origin_of(source, 2025, file()) == Origin(SENT, "2026-02-03")


def test_a_recorded_file_that_a_person_gave_has_the_listed_address(source: Source) -> None:
    record(source, "a" * 64, BY_HAND)
    assert origin_of(source, 2025, file()) == Origin(LISTED, "2026-02-03")


def test_another_version_than_the_recorded_one_has_the_listed_address_and_no_day(source: Source) -> None:
    record(source, "b" * 64)
    assert origin_of(source, 2025, file()) == Origin(LISTED)


def test_a_file_that_is_not_listed_has_the_page_of_the_register(source: Source) -> None:
    assert origin_of(source, 2024, file("2024.csv")) == Origin(PAGE)
    assert origin_of(source, 2025, file("2025.xlsx")) == Origin(PAGE)
    assert origin_of(source, 2025, file("labor.csv")) == Origin(PAGE)  # one of several
