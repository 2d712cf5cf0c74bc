"""Two published profiles: one of reconstructed rows, one of official rows."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pdfua
import pytest

from portrait.document.model import document_of
from portrait.publish.pdf import fit_to_pages
from portrait.publish.verify import verify
from tests.narrative.emptiness import nonsense
from tests.publish.extraction import missing, sentences_of, untagged
from tests.publish.lines import ill_broken, lines_of
from tests.published import published
from tests.real_data import needs_real_data

pytestmark = pytest.mark.slow

PROFILES = [
    pytest.param(("quebec", "Santé et Services sociaux", "sante-et-services-sociaux", "fr"), id="quebec"),
    pytest.param(
        ("us-federal", "Department of Energy", "department-of-energy", "en"),
        id="us-federal",
        marks=needs_real_data,
    ),
]


@pytest.fixture(scope="module", params=PROFILES)
def profile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pool) -> Path:
    """The path of the profile of a portfolio, without the suffix of its format."""
    source, portfolio, slug, language = request.param
    folder = published(
        tmp_path_factory, pool, source, report="portfolio", language=language, portfolios=[portfolio]
    )
    return folder / "portfolios" / f"{slug}.{language}"


def file(profile: Path, kind: str) -> Path:
    return profile.with_name(f"{profile.name}.{kind}")


def test_no_sentence_of_the_profile_tells_emptiness_as_a_finding(profile):
    document = document_of(nbformat.read(file(profile, "ipynb"), as_version=4))
    language = profile.name.rpartition(".")[2]
    assert [each for text in sentences_of(document) for each in nonsense(text, language)] == []


def test_each_number_of_the_profile_is_verified(profile):
    report, _ = verify(profile.parents[1])
    assert report.failures == []


def test_every_text_of_the_profile_is_in_the_text_and_the_tags_of_the_pdf(profile):
    document = fit_to_pages(document_of(nbformat.read(file(profile, "ipynb"), as_version=4)))
    pdf = file(profile, "pdf").read_bytes()
    assert document["brief"]
    assert missing(document, pdf) == []
    assert untagged(document, pdf) == []
    assert ill_broken(lines_of(pdf)) == []


def test_the_profile_has_no_pdfua_finding(profile):
    assert list(pdfua.validate(str(file(profile, "pdf"))).findings) == []


def test_axe_finds_no_violation_in_the_page_of_the_profile(profile, browser):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(file(profile, "html").as_uri())
    assert Axe().run(page).response["violations"] == []
