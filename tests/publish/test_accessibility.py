"""What hinders readers in published documents is found, where the tools are at hand."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pikepdf
import pytest

from portrait.publish.accessibility import BROWSERS, page_findings, pdf_findings

PAGE = (
    "<!DOCTYPE html><html{}><head><title>Portrait</title></head><body><main><h1>A</h1>{}</main></body></html>"
)


def test_a_pdf_without_tags_is_found_and_named(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        (tmp_path / "portfolios").mkdir()
        pdf.save(tmp_path / "portfolios" / "justice.fr.pdf")
    found = pdf_findings(tmp_path)
    assert any(
        "portfolios/justice.fr.pdf: pdfua UA-01-005, Document has no /StructTreeRoot" in each.en
        for each in found or ()
    )


def test_an_edition_without_a_pdf_has_no_pdf_that_was_checked(tmp_path: Path) -> None:
    assert pdf_findings(tmp_path) is None


@pytest.mark.parametrize("missing", ["pdfua", "playwright.sync_api", "axe_playwright_python"])
def test_a_check_whose_tool_is_not_installed_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert (pdf_findings if missing == "pdfua" else page_findings)(tmp_path) is None


def test_pages_are_not_checked_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert page_findings(tmp_path) is None


def test_no_browser_is_started_for_an_edition_without_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    browser = tmp_path / BROWSERS[0]
    browser.write_text(f"#!/bin/sh\n: > '{started}'\nexit 1\n", "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert shutil.which(BROWSERS[0]) == str(browser)
    assert page_findings(tmp_path) is None
    assert not started.exists()


@pytest.mark.slow
def test_a_picture_without_words_is_found_and_a_sound_page_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not any(map(shutil.which, BROWSERS)):
        pytest.skip("no Chromium on this machine")
    image = '<img src="data:,">'
    (tmp_path / "annual.fr.html").write_text(PAGE.format(' lang="fr"', image), "utf-8")
    (tmp_path / "annual.en.html").write_text(PAGE.format(' lang="en"', "<p>Text</p>"), "utf-8")
    monkeypatch.chdir(tmp_path.parent)
    found = page_findings(Path(tmp_path.name)) or []
    assert [each.fr for each in found] == ['annual.fr.html : axe image-alt, <img src="data:,">']
