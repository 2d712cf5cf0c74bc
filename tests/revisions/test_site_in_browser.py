"""In a real browser, a reader of the site goes from an edition to another and stays in the same section."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.publish.html import render_html
from portrait.revisions.releases import keep
from portrait.revisions.site import lay_out
from tests.document.notebooks import notebook, prose

pytestmark = pytest.mark.slow

PARAGRAPHS = "\n\n".join(["Une phrase."] * 40)


def page_of(year: int, language: str, *chapters: str) -> str:
    cells = [
        prose(f"# {chapter}\n\n{PARAGRAPHS}\n\n## En {year}\n\n{PARAGRAPHS}", cell=f"c{place}")
        for place, chapter in enumerate(chapters)
    ]
    other = "en" if language == "fr" else "fr"
    model = document_of(notebook(*cells, language=f"{language}-CA", address=f"quebec/{year}@0a1b"))
    return render_html(model, siblings=[(other, f"annual.{other}.html")], index="../../index.html")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two releases of one source; the first edition has a chapter less."""
    output = tmp_path / "reports"
    for year, chapters in ((2024, ("Opening", "Change")), (2025, ("Opening", "Trust", "Change"))):
        folder = output / "quebec" / str(year)
        folder.mkdir(parents=True)
        documents, files = {}, {}
        for language in ("fr", "en"):
            name = f"annual.{language}.html"
            (folder / name).write_text(page_of(year, language, *chapters), "utf-8")
            files[name] = str(year)
            documents[f"annual.{language}"] = {
                "report": "annual",
                "stem": "annual",
                "language": language,
                "subject": "",
                "formats": ["html"],
            }
        manifest = {
            "program": {"name": "portrait"},
            "documents": documents,
            "files": files,
            "title": {"fr": "Portrait public", "en": "Public portrait"},
            "dated": f"{year}-01-27",
            "portfolios": {},
            "reconstructed": False,
            "left_out": [],
            "unrecorded": [],
            "inputs": [],
            "years": [],
            "edition_from": {},
            "rows": {},
        }
        (folder / "manifest.json").write_text(json.dumps(manifest))
        keep(folder, output, "quebec", str(year), {})
    lay_out(output, tmp_path / "site", "https://example.org/")
    return tmp_path / "site"


def click(page: Any, link: Any) -> None:
    """Click a link as a mouse does: where it is in sight, without going to it."""
    place = link.bounding_box()
    assert 0 <= place["y"] < page.viewport_size["height"]
    page.mouse.click(place["x"] + 4, place["y"] + place["height"] / 2)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844), (320, 256)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_reader_goes_to_the_same_chapter_of_another_edition(
    browser: Any, site: Path, width: int, height: int, language: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    logged, requested = [], []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))
    home = site.as_uri()
    own = f"{home}/quebec/2025/annual.{language}.html"
    page.goto(f"{own}#s-en-2025-3")  # a section of the chapter, which 2024 does not have
    page.wait_for_selector(".contents a[href='#s-en-2025-3'][aria-current]", state="attached")
    click(page, page.locator(".editions"))
    page.wait_for_url("**/index.html?*")
    listed = f"{home}/index.html?page=annual.{language}.html&section=s-change#quebec-2025"
    assert page.url == listed
    other = "en" if language == "fr" else "fr"
    held = page.locator(f"a[href*='quebec/2024/annual.{other}.html']:visible")
    assert held.evaluate("link => link.hash") == ""  # its chapters have other names
    link = page.locator(f"a[href*='quebec/2024/annual.{language}.html']:visible")
    link.scroll_into_view_if_needed()
    click(page, link)
    there = f"{home}/quebec/2024/annual.{language}.html"
    page.wait_for_url(f"{there}#s-change")
    top = page.locator("#s-change").bounding_box()["y"]
    assert page.locator(".bar").bounding_box()["height"] <= top < height / 2
    assert logged == []
    pages = [url.partition("#")[0] for url in requested if not url.startswith("data:")]
    assert pages == [own, listed.partition("#")[0], there]
    page.close()


def test_a_reader_of_a_release_goes_to_the_same_chapter_of_another(browser: Any, site: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{(site / 'releases').as_uri()}/quebec/2025-1/annual.fr.html#s-change")
    page.wait_for_selector(".contents a[href='#s-change'][aria-current]")
    click(page, page.locator(".editions"))
    page.wait_for_url("**/index.html?*")
    assert page.evaluate("document.querySelector(':target').textContent") == "Portrait public, 2025 (1)"
    click(page, page.locator("a[href*='quebec/2024-1/annual.fr.html']"))
    page.wait_for_url("**/releases/quebec/2024-1/annual.fr.html#s-change")
    page.close()


def test_without_a_script_links_lead_to_the_top_of_pages(browser: Any, site: Path) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{site.as_uri()}/quebec/2025/annual.fr.html#s-change")
    click(page, page.get_by_role("link", name="English"))
    page.wait_for_url("**/quebec/2025/annual.en.html")
    click(page, page.get_by_role("link", name="Editions"))
    page.wait_for_url("**/index.html#quebec-2025")
    link = page.locator("a[href*='quebec/2024/annual.en.html']:visible")
    link.scroll_into_view_if_needed()
    click(page, link)
    page.wait_for_url("**/quebec/2024/annual.en.html")
    page.context.close()
