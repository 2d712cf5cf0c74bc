"""The page that lists editions and documents, rendered from plain values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from portrait.publish.html import digest
from portrait.publish.index import accessibility_checks, render_index


def file(address: str) -> dict[str, str]:
    return {"address": address, "name": address.rpartition("/")[2], "size": "12\u00a0ko"}


def document(french: str, english: str = "", **changes: Any) -> dict[str, Any]:
    files = {"fr": {"html": file("a/2025/annual.fr.html")}, "en": {}}
    name = {"fr": french, "en": english or french}
    current = {"is_profile": False, "out_of_date": {"fr": "", "en": ""}}
    return {"name": name, **current, "files": files, "others": [], **changes}


def edition(source: str, year: int, *documents: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "source": source,
        "id": str(year),
        "name": {"fr": str(year), "en": str(year)},
        "title": {"fr": f"Registre {source}", "en": f"Register {source}"},
        "dated": {"fr": "", "en": ""},
        "reconstructed": None,
        "dots": None,
        "documents": list(documents),
        "files": [],
        **changes,
    }


def test_a_folder_without_an_edition_says_so_in_both_languages() -> None:
    page = render_index([])
    assert "Aucune édition." in page
    assert "No edition." in page
    assert "<table" not in page


def test_editions_of_a_register_share_one_heading_and_each_has_a_working_link() -> None:
    page = render_index([edition("a", 2025), edition("b", 2025), edition("a", 2024)])
    assert re.findall(r"<h2>(Registre .)", page) == ["Registre a", "Registre b"]
    assert re.findall(r'<h3 id="([^"]+)"', page) == ["a-2025", "a-2024", "b-2025"]
    assert re.findall(r'<a href="#(.-\d{4})"', page) == ["a-2025", "a-2024", "b-2025"]


def test_reports_and_profiles_have_a_table_each_and_a_missing_language_is_a_dash() -> None:
    page = render_index(
        [edition("a", 2025, document("Rapport", "Report"), document("Justice", is_profile=True))]
    )
    reports, profiles = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert "Rapports, Registre a, 2025" in reports and "Justice" not in reports
    assert "Profils des portefeuilles, Registre a, 2025" in profiles and "Rapport" not in profiles
    french, english = re.findall(r"<td[^>]*>(.*?)</td>", reports, re.DOTALL)
    assert "HTML, 12\u00a0ko" in french and 'hreflang="fr-CA"' in french
    assert english.strip() == "—"
    # A name that is the same in both languages is written once.
    assert re.findall(r'<th scope="row">(.*?)</th>', profiles) == ["Justice"]


def test_an_address_with_spaces_signs_or_accents_leads_to_its_file() -> None:
    data = file("a/2025/liste n° 1#2?.csv")
    page = render_index([edition("a", 2025, files=[data])])
    assert 'href="a/2025/liste%20n%C2%B0%201%232%3F.csv"' in page
    assert ">liste n° 1#2?.csv</a>" in page


def test_a_name_with_markup_is_text_in_the_page_and_in_its_attributes() -> None:
    hostile = '"><script>alert(1)</script>'
    title = {"fr": hostile, "en": hostile}
    page = render_index([edition("a", 2025, document(hostile), title=title)])
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") >= 4


def test_the_policy_allows_the_style_and_the_script_of_the_page_alone() -> None:
    page = render_index([])
    [sheet] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert f"style-src &#39;{digest(sheet)}&#39;" in policy
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert f"script-src &#39;{digest(script)}&#39;;" in policy


TESTS = Path(__file__).parents[1]


def test_each_point_of_the_accessibility_statement_is_a_test_and_is_said_in_both_languages() -> None:
    checks = accessibility_checks()
    assert {check["of"] for check in checks} == {"page", "pdf"}
    page = render_index([])
    for check in checks:
        file, _, name = check["test"].partition("::")
        assert f"def {name}(" in (TESTS / file).read_text("utf-8"), check["test"]
        assert f'<li>{check["french"]}<br><span lang="en-CA">{check["english"]}</span></li>' in page


@pytest.mark.slow
def test_on_a_phone_no_rule_is_below_the_links_of_a_document(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render_index([edition("a", 2025, document("Rapport", "Report"))]), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(path.as_uri())
    widths = "each => getComputedStyle(each).borderBottomWidth"
    assert {cell.evaluate(widths) for cell in page.locator(".documents tbody tr > *").all()} == {"0px"}
    page.close()
