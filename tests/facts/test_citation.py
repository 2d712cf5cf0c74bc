"""Citations of a report and of its source, in words and for reference managers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from portrait.editions.edition import Edition
from portrait.facts.citation import citations, citations_of_release
from portrait.facts.linked_data import address_of
from tests import small
from tests.facts.editions import opened, reconstructed


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return opened(tmp_path_factory.mktemp("rows"), [small.row("Tri"), small.row("Plan")])


def test_the_words_cite_the_analysis_and_the_data_apart_in_both_languages(edition):
    text = citations(edition)["citation.md"].decode()
    for heading in ("## Cette analyse", "## Les données", "## This analysis", "## The data"):
        assert text.count(heading) == 1
    assert "PROJET PORTRAIT. Portrait 2025." in text
    assert "MINISTÈRE DE LA CYBERSÉCURITÉ ET DU NUMÉRIQUE." in text
    assert f"`{address_of(edition)}#fig-dots`" in text


def test_an_address_has_the_source_the_edition_and_the_start_of_the_checksum(edition):
    assert address_of(edition) == f"quebec/2025@{edition.file.sha256[:12]}"


def test_csl_has_a_report_and_a_data_set_in_each_language(edition):
    items = json.loads(citations(edition)["citation.json"])
    assert [(each["type"], each["language"]) for each in items] == [
        *(("report", "fr-CA"), ("report", "en-CA")),
        *(("dataset", "fr-CA"), ("dataset", "en-CA")),
    ]
    assert items[0]["issued"] == {"date-parts": [[2026, 1, 27]]}
    assert items[0]["note"] == address_of(edition)
    consulted = edition.source.facts["catalogue"]["consulted"].split("-")
    assert items[2]["accessed"] == {"date-parts": [[int(part) for part in consulted]]}
    assert items[2]["note"].endswith(edition.file.sha256)


def test_bibtex_says_what_csl_says_with_balanced_braces(edition):
    files = citations(edition)
    text = files["citation.bib"].decode()
    kinds = re.findall(r"^@(\w+)\{([\w-]+),$", text, re.M)
    assert kinds == [
        ("techreport", "portrait-quebec-2025-fr"),
        ("techreport", "portrait-quebec-2025-en"),
        ("misc", "source-quebec-2025-fr"),
        ("misc", "source-quebec-2025-en"),
    ]
    assert text.count("{") == text.count("}")
    for item in json.loads(files["citation.json"]):
        assert f"{{{{{item['title']}}}}}" in text


def test_characters_that_tex_reads_are_escaped(tmp_path: Path):
    edition = opened(tmp_path, [small.row()])
    facts = {**edition.source.facts, "producer": {"fr": "R&D_1 {100 %}", "en": "A"}}
    named = replace(edition, source=replace(edition.source, facts=facts))
    assert r"author = {{R\&D\_1 \{100 \%\}}}" in citations(named)["citation.bib"].decode()


def test_data_in_a_catalogue_without_a_name_are_published_by_their_producer(edition):
    facts = dict(edition.source.facts)
    facts["producer"] = {"fr": "Le ministère", "en": "The ministry"}
    facts["catalogue"] = {key: each for key, each in facts["catalogue"].items() if key != "name"}
    unnamed = replace(edition, source=replace(edition.source, facts=facts))
    items = json.loads(citations(unnamed)["citation.json"])
    assert [each["publisher"] for each in items if each["type"] == "dataset"] == [
        "Le ministère",
        "The ministry",
    ]


def test_a_report_on_reconstructed_rows_is_cited_as_such():
    files = citations(reconstructed())
    titles = [each["title"] for each in json.loads(files["citation.json"]) if each["type"] == "report"]
    assert "[lignes reconstituées à partir de totaux publiés par des tiers]" in titles[0]
    assert "[rows reconstructed from totals that third parties published]" in titles[1]
    assert files["citation.bib"].decode().count("econstr") == 1


def test_the_files_of_a_release_cite_its_number_for_the_report_and_not_for_the_data(edition):
    held = citations(edition)
    released = citations_of_release(held["citation.json"], "2025-2")
    items = json.loads(released["release-citation.json"])
    assert [each.pop("number", "") for each in items] == ["2025-2", "2025-2", "", ""]
    assert items == json.loads(held["citation.json"])
    entries = released["release-citation.bib"].split("\n\n")
    assert ["  number = {2025-2}," in each for each in entries] == [True, True, False, False]
