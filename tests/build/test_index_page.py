"""The page that lists editions: each document with its size, what stands on reconstructed rows, no script."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from portrait.build.index import editions_of, size, write_index

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def edition(output: Path, year: int, *, source: str = "quebec", reconstructed: bool = False) -> Path:
    folder = output / source / str(year)
    title = {"fr": f"Portrait public, {source}", "en": f"Public portrait, {source}"}
    (folder / "portfolios").mkdir(parents=True)
    for name in ("annual.fr.html", "annual.fr.pdf", "annual.en.html", "portfolios/justice.fr.html"):
        (folder / name).write_bytes(b"x" * 1_234_567)
    (folder / "claims.fr.json").write_text("[]", "utf-8")
    (folder / "portfolios" / "justice.claims.fr.json").write_text("[]", "utf-8")
    manifest = {
        "title": title,
        "dated": "2026-01-27",
        "reconstructed": reconstructed,
        "portfolios": {
            "justice": {"fr": "Justice <b>", "en": "Justice <b> (Justice)"},
            "travail": {"fr": "Travail", "en": "Travail (Labour)"},
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


@pytest.fixture
def page(tmp_path: Path) -> str:
    edition(tmp_path, 2024)
    edition(tmp_path, 2025, reconstructed=True)
    edition(tmp_path, 2025, source="ailleurs")
    (tmp_path / "quebec" / "2025.failed").mkdir()
    return write_index(tmp_path).read_text("utf-8")


def test_every_document_is_listed_with_its_size_and_leads_to_a_file(page, tmp_path):
    listed = re.findall(r'href="([^"#]+)"', page)
    assert len(listed) == 3 * (4 + 2)
    assert all((tmp_path / address).is_file() for address in listed)
    assert "1,2\u00a0Mo" in page
    assert "1.2\u00a0MB" in page
    assert "27 janvier 2026" in page
    assert "January 27, 2026" in page
    assert "Travail" not in page


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_an_edition_whose_manifest_is_broken_is_not_listed_and_keeps_no_other_from_it(page, tmp_path, text):
    (tmp_path / "quebec" / "2024" / "manifest.json").write_text(text, "utf-8")
    again = write_index(tmp_path).read_text("utf-8")
    assert "quebec/2024/" in page
    assert "quebec/2024/" not in again
    assert "quebec/2025/annual.fr.html" in again


def test_an_edition_of_reconstructed_rows_says_so_in_both_languages_and_no_other(page):
    assert page.count("Lignes reconstituées à partir des totaux publiés") == 1
    assert page.count("Rows reconstructed from published totals") == 1


def test_the_list_of_editions_names_each_in_both_languages(page):
    [listed] = re.findall(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert listed.count("Portrait public, quebec") == 2
    assert listed.count('<span lang="en-CA">Public portrait, quebec') == 2


def test_the_page_needs_no_script_and_names_are_text(page):
    assert "<script" not in page
    assert "Justice <b>" not in page
    assert "Justice &lt;b&gt;" in page


def test_editions_stand_by_source_the_newest_year_first(tmp_path, page):
    assert [(each["source"], each["year"]) for each in editions_of(tmp_path)] == [
        ("ailleurs", 2025),
        ("quebec", 2025),
        ("quebec", 2024),
    ]


def test_writing_the_page_again_leaves_the_same_page_and_nothing_beside_it(page, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())
    assert write_index(tmp_path).read_text("utf-8") == page
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("n_bytes", "french", "english"),
    [
        (1_234_567, "1,2\u00a0Mo", "1.2\u00a0MB"),
        (98_700, "99\u00a0ko", "99\u00a0kB"),
        (3, "1\u00a0ko", "1\u00a0kB"),
    ],
)
def test_a_size_is_told_in_thousands_or_millions_of_bytes(n_bytes, french, english):
    assert (size(n_bytes, "fr"), size(n_bytes, "en")) == (french, english)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_hinders_nobody_and_asks_for_nothing(page, tmp_path, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800})
        shown = context.new_page()
        said: list[str] = []
        shown.on("console", lambda message: said.append(message.text))
        shown.goto((tmp_path / "index.html").as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(shown).response["violations"] == []
        assert said == []
        browser.close()
