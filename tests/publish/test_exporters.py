"""An executed chapter becomes a page and a PDF with the ordinary commands: papermill, then nbconvert."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from nbconvert.exporters import get_exporter

from portrait.publish.exporters import PortraitHTMLExporter, PortraitPDFExporter
from tests.document.notebooks import notebook, prose

PROJECT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "exporter", "ending"),
    [("portrait-html", PortraitHTMLExporter, ".html"), ("portrait-pdf", PortraitPDFExporter, ".pdf")],
)
def test_nbconvert_knows_each_exporter_and_the_ending_of_its_files(
    name: str, exporter: type, ending: str
) -> None:
    assert get_exporter(name) is exporter
    assert exporter().file_extension == ending


def test_a_page_holds_the_text_of_the_notebook() -> None:
    page, _ = PortraitHTMLExporter().from_notebook_node(notebook(prose("# Portrait\n\nUn texte.")))
    assert "<p>Un texte.</p>" in page


@pytest.mark.slow
def test_papermill_and_nbconvert_make_one_chapter_into_a_page_and_a_pdf(tmp_path: Path) -> None:
    executed = tmp_path / "change.ipynb"
    run(
        "papermill",
        "notebooks/annual/02-change.ipynb",
        executed,
        "--engine",
        "portrait",
        "-p",
        "year",
        "2025",
    )
    for exporter in ("portrait-html", "portrait-pdf"):
        run("nbconvert", "--to", exporter, executed)
    page = executed.with_suffix(".html").read_text("utf-8")
    assert '<span class="number">2</span> Ce qui a changé' in page
    assert "when:" not in page
    assert executed.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
