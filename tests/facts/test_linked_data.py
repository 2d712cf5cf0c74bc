"""What a page says to machines: a report, based on tables, based on a source."""

from __future__ import annotations

from pathlib import Path

from portrait.facts import front_matter
from tests import small
from tests.facts.editions import opened


def graph(folder: Path, report: str = "annual", **asked: str) -> dict[str, dict]:
    edition = opened(folder, [small.row("Tri")], [small.row("Tri"), small.row("Plan")])
    content = front_matter.cover(edition, "fr", report, **asked).content
    assert content["linked_data"]["@context"] == "https://schema.org"
    kinds = ("report", "tables", "source")
    return dict(zip(kinds, content["linked_data"]["@graph"], strict=True))


def test_the_report_is_based_on_the_tables_and_they_on_the_source(tmp_path):
    found = graph(tmp_path)
    assert [each["@type"] for each in found.values()] == ["Report", "Dataset", "Dataset"]
    assert found["report"]["isBasedOn"] == {"@id": found["tables"]["@id"]}
    assert found["tables"]["isBasedOn"] == {"@id": found["source"]["@id"]}
    assert found["tables"]["distribution"]["contentUrl"] == "data/datapackage.json"
    assert found["report"]["identifier"].startswith("quebec/2025@")
    assert found["tables"]["temporalCoverage"] == "2025-01-01/2025-12-31"
    assert found["source"]["license"] != found["report"]["license"]


def test_the_source_names_each_file_with_its_checksum(tmp_path):
    files = graph(tmp_path)["source"]["distribution"]
    assert [each["name"] for each in files] == ["2024.csv", "2025.csv"]
    assert all(len(each["sha256"]) == 64 for each in files)


def test_a_profile_finds_the_tables_one_folder_up(tmp_path):
    assert graph(tmp_path, "portfolio", portfolio="Justice")["tables"]["@id"] == "../data/datapackage.json"
