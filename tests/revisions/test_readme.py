"""The file that a stranger opens first in the archive of a release."""

from __future__ import annotations

import pytest

from portrait.revisions.readme import readme

PACKAGE = {
    "title": "Portrait 2025. AI in Québec",
    "title@fr": "Portrait 2025. L’IA au Québec",
    "bibliographicCitation": "PORTRAIT PROJECT. Portrait 2025, version 0.1.0, data of January 27, 2026.",
    "bibliographicCitation@fr": "PROJET PORTRAIT. Portrait 2025, version 0.1.0, données du 27 janvier 2026.",
    "licenses": [
        {"name": "CC-BY-4.0", "title": "Ours", "path": "https://ours.example/"},
        {"title": "Theirs", "title@fr": "La leur", "path": "https://theirs.example/"},
    ],
    "sources": [
        {
            "path": "https://data.example/2025.csv",
            "consulted": "2026-02-27",
            "obtained": "2026-02-03",
            "file": "quebec/2025.csv",
            "bytes": 1234567,
            "hash": "sha256:0a1b",
        },
        {
            "path": "https://data.example/",
            "consulted": "2026-02-27",
            "file": "quebec/2024/a.csv",
            "bytes": 12,
            "hash": "sha256:2c3d",
        },
    ],
}


def text(language: str) -> str:
    names = ["annual.fr.html", "annual.en.html", "annual.fr.pdf"]
    return readme(PACKAGE, names, language, home="quebec/2025", release="2025-2")


def test_each_official_file_has_its_place_its_address_its_size_and_its_checksum() -> None:
    assert """
  quebec/2025.csv
    https://data.example/2025.csv
    1,234,567 bytes, obtained on February 3, 2026
    SHA-256 0a1b

  quebec/2024/a.csv
    https://data.example/
    12 bytes, register consulted on February 27, 2026
    SHA-256 2c3d
""" in text("en")


def test_the_citation_has_the_number_of_the_release_and_a_place_for_the_address() -> None:
    assert (
        "  PROJET PORTRAIT. Portrait 2025, version 0.1.0, données du 27 janvier 2026. Publication 2025-2,\n"
        "  [adresse] (consultée le [date]).\n"
    ) in text("fr")
    assert "data of January 27, 2026. Release 2025-2, [address]" in " ".join(text("en").split())
    assert "citation.md. Name release 2025-2 too:" in text("en")  # two of one file have the same addresses


@pytest.mark.parametrize(("language", "theirs"), [("fr", "La leur"), ("en", "Theirs")])
def test_both_licences_are_named_and_only_documents_that_are_there(language: str, theirs: str) -> None:
    told = text(language)
    assert f"    {theirs}\n    https://theirs.example/\n" in told
    assert "    Ours\n    https://ours.example/\n" in told
    assert f"  quebec/2025/annual.{language}.html" in told
    assert ("annual.fr.pdf" in told) == (language == "fr")
    assert "tables." not in told
    assert max(map(len, told.splitlines())) <= 112


def test_the_address_of_a_citation_leads_to_a_page_of_the_archive() -> None:
    assert "  L’adresse quebec/2025@…#ANCRE d’une citation est quebec/2025/annual.fr.html#ANCRE." in text(
        "fr"
    )
    assert "  The address quebec/2025@…#ANCHOR of a citation is quebec/2025/annual.en.html#ANCHOR." in text(
        "en"
    )
