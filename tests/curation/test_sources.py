"""The list of sources says which file each edition has, and which source waits for a person."""

from __future__ import annotations

from pathlib import Path

from portrait.curation.sources import account
from tests.agencies import write_agencies


def test_each_source_is_listed_with_its_editions_and_what_it_waits_for(tmp_path: Path) -> None:
    project = write_agencies(tmp_path)
    waiting = project / "data" / "reference" / "waiting"
    waiting.mkdir()
    (waiting / "source.yml").write_text("id: waiting\n...\n")
    listed, edition, unfinished = account(project=project)
    assert listed.startswith("agencies: Inventaire fédéral américain")
    assert edition == "  2023: data/raw/agencies/2023/, 3 files; not built"
    assert unfinished.startswith("waiting: ")
    assert unfinished.endswith(" to fill in or fix: portrait check --source waiting")


def test_an_edition_without_a_file_has_the_command_that_brings_it(tmp_path: Path) -> None:
    _, edition = account(project=write_agencies(tmp_path), data=tmp_path / "elsewhere")
    assert edition == "  2023: no file: portrait fetch --source agencies --edition 2023"
