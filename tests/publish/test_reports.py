"""The published reports and two profiles: complete in print, accessible, and in good French."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pdfua
import pytest

from portrait.document.model import document_of
from portrait.facts.portfolio import slugs_of
from portrait.language.typography import printable
from portrait.publish.html import render_html
from portrait.publish.pdf import fit_to_pages
from portrait.storage.media_types import TABLE
from tests.narrative.emptiness import nonsense
from tests.publish.extraction import chapters_of, missing, sentences_of, squeezed, texts_of, untagged
from tests.publish.lines import faults_of_french, ill_broken, lines_of, texts_of_page
from tests.published import published
from tests.real_data import needs_real_data

pytestmark = pytest.mark.slow

SOURCES = [
    "quebec",
    pytest.param("us-federal", marks=needs_real_data),
    pytest.param("ca-federal", marks=needs_real_data),
]
PROFILES = {
    ("quebec", "sante-et-services-sociaux.fr"): "Santé et Services sociaux",
    ("us-federal", "department-of-energy.en"): "Department of Energy",
}
NAMES = [
    *(
        (source, f"annual.{each}")
        for source in ("quebec", "us-federal", "ca-federal")
        for each in ("fr", "en")
    ),
    *PROFILES,
]
DOCUMENTS = [
    pytest.param((source, name), id=f"{source}-{name}", marks=() if source == "quebec" else needs_real_data)
    for source, name in NAMES
]
ANNUAL_FOR_AXE = {"annual.fr": "quebec", "annual.en": "ca-federal"}
"""The source whose annual report axe reads in each language; those of the others have the same parts."""


@pytest.fixture(scope="module", params=SOURCES)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pool) -> Path:
    """The folder of a complete edition."""
    return published(tmp_path_factory, pool, request.param)


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pool) -> Path:
    """The path of a report, or of the profile of a portfolio, without the suffix of its format."""
    source, name = request.param
    if portfolio := PROFILES.get(request.param):
        asked = {"report": "portfolio", "language": name[-2:], "portfolios": [portfolio]}
        return published(tmp_path_factory, pool, source, **asked) / "portfolios" / name
    return published(tmp_path_factory, pool, source) / name


def model_of(document: Path) -> dict[str, Any]:
    return document_of(nbformat.read(f"{document}.ipynb", as_version=4))


def pdf_of(document: Path) -> bytes:
    return Path(f"{document}.pdf").read_bytes()


def verbatim_cells(notebook: Any) -> set[str]:
    """Return the cells of tables that are shown exactly as published."""
    return {
        printable(row[place])
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for content in [output.get("data", {}).get(TABLE)]
        if content
        for row in content["rows"]
        for place in content["verbatim"]
    }


def declared_titles(folder: Path) -> set[str]:
    with (folder / "data" / "initiatives.csv").open(encoding="utf-8", newline="") as stream:
        return {printable(row["name"]) for row in csv.DictReader(stream)}


def unquoted(text: str, titles: set[str]) -> str:
    """Return a text without the titles that it quotes as they were declared."""
    return re.sub(
        "«\u00a0(.*?)\u00a0»", lambda said: "«\u00a0…\u00a0»" if said[1] in titles else said[0], text
    )


def test_every_text_of_the_report_is_in_the_text_and_the_tags_of_the_pdf(document):
    model, pdf = model_of(document), pdf_of(document)
    model = fit_to_pages(model) if model["brief"] else model
    assert missing(model, pdf) == []
    assert untagged(model, pdf) == []


_BRACKET = re.compile(r"\((?:tableau|table)\d+\)")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_print_says_each_claim_of_the_register_in_its_sentence_and_chapter(folder, language):
    claims = json.loads((folder / f"claims.{language}.json").read_text("utf-8"))["claims"]
    chapters = chapters_of((folder / f"annual.{language}.pdf").read_bytes())
    cover = chapters.pop("")
    assert len(claims) > 40
    for claim in claims:
        [chapter] = [
            title + "\n" + text
            for title, text in chapters.items()
            if title.partition(":")[0].endswith(squeezed(claim["chapter"]))  # its finding follows
        ]
        sentence = squeezed(claim["sentence"])
        assert squeezed(claim["text"]) in sentence
        page = "(htmlpage)" if language == "en" else "(pagehtml)"
        if sentence not in chapter:  # a bracket that names a table of the page alone leads there in print
            sentence = _BRACKET.sub(page, sentence)
        if sentence not in chapter:  # or print leaves it out, where a notice says it
            sentence = sentence.replace(page, "")
        if claim["cell"].startswith(("cover-", "dots-")):  # its paragraph, and titles of its figure
            chapter = cover
        assert sentence in chapter, claim
        other = re.sub(r"[1-9]", "0", sentence)
        assert other == sentence or other not in chapter, claim  # no chapter holds whatever one looks for


def test_no_sentence_of_the_report_tells_emptiness_as_a_finding(document):
    said = sentences_of(model_of(document))
    assert [each for text in said for each in nonsense(text, document.name[-2:])] == []


def test_the_report_has_no_pdfua_finding(document):
    assert list(pdfua.validate(f"{document}.pdf").findings) == []


def test_no_line_of_print_begins_with_a_closing_mark_or_ends_with_an_opening_one(document):
    assert ill_broken(lines_of(pdf_of(document))) == []


def test_the_french_of_the_model_and_of_the_page_has_no_fault_of_typography(folder):
    model = model_of(folder / "annual.fr")
    page = texts_of_page((folder / "annual.fr.html").read_text("utf-8"))
    verbatim = verbatim_cells(nbformat.read(folder / "annual.fr.ipynb", as_version=4))
    titles = declared_titles(folder)
    ours = [unquoted(text, titles) for text in (*texts_of(model), *page) if text.strip() not in verbatim]
    assert len(ours) > 300
    assert [fault for text in ours for fault in faults_of_french(text)] == []


def test_the_page_fetches_nothing_and_logs_nothing(folder, browser):
    address = (folder / "annual.fr.html").as_uri()
    logged: list[str] = []
    requested: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: logged.append(message.text))
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address)
    assert logged == []
    assert [url for url in requested if not url.startswith("data:")] == [address]
    page.close()


@needs_real_data
def test_the_page_of_many_initiatives_that_lead_to_profiles_has_two_million_bytes_at_most(
    tmp_path_factory, pool
):
    model = model_of(published(tmp_path_factory, pool, "us-federal") / "annual.fr")
    [listed] = [block for block in model["blocks"] if block.get("file_rows")]
    names = slugs_of({row[1]: row[1] for row in listed["rows"]})
    page = render_html(model, profiles=[(f"portfolios/{slug}.fr.html", name) for name, slug in names.items()])
    assert page.count(".fr.html#r") == len(listed["rows"]) > 3_000
    assert len(page.encode()) <= 2_000_000


def test_axe_finds_nothing_in_the_page(document, browser):
    from axe_playwright_python.sync_playwright import Axe

    is_another = ANNUAL_FOR_AXE.get(document.name, "") not in (*document.parts, "")
    if is_another and "PORTRAIT_CASES" not in os.environ:
        pytest.skip("PORTRAIT_CASES is not set")  # the longest takes a minute; `portrait release` asks too
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(Path(f"{document}.html").as_uri())
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
    page.context.close()


_LABELS = """drawings => drawings.flatMap(svg => [...svg.querySelectorAll("text")]).map(label => {
    const scale = label.getScreenCTM();
    return Math.hypot(scale.a, scale.b) * parseFloat(getComputedStyle(label).fontSize);
})"""


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_figures_are_whole_and_their_labels_are_large_enough(folder, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((folder / "annual.fr.html").as_uri())
    page.locator("details.annex").evaluate_all("annexes => annexes.forEach(each => each.open = true)")
    pictures = page.locator(".picture svg:visible")
    assert pictures.count() == page.locator(".picture").count() > 0
    assert min(pictures.evaluate_all(_LABELS)) >= 10
    edges = pictures.evaluate_all("drawings => drawings.map(svg => svg.getBoundingClientRect().right)")
    assert max(edges) <= width
    page.close()
