"""A corpus of hostile names in every place of a page and of a PDF: each is shown as text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from portrait.document.model import document_of
from portrait.language.typography import printable
from portrait.publish.html import render_html
from portrait.publish.pdf import render_pdf
from portrait.publish.typst import print_model
from tests.document.notebooks import SVG, figure, notebook, prose, shown, table
from tests.hostile_strings import STRINGS
from tests.publish.extraction import pages_of

CORPUS = " ; ".join(STRINGS)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """A document with each string in a heading, a paragraph, a note and a table; all in each other place."""
    texts = [
        prose(
            "# {eval}`x`\n\n*{eval}`x`* **{eval}`x`** {eval}`x`[^1]\n\n[^1]: {eval}`x`",
            *[each] * 5,
            cell=f"p{n}",
        )
        for n, each in enumerate(STRINGS)
    ]
    rows = [(each, "1") for each in STRINGS]
    said = {"markdown": "{eval}`x` fin", "values": [CORPUS]}
    return document_of(
        notebook(
            *texts,
            shown(
                table(
                    rows=rows,
                    columns=[CORPUS, "n"],
                    caption=CORPUS,
                    note=CORPUS,
                    source=CORPUS,
                    verbatim=(0,),
                ),
                cell="table",
            ),
            shown(
                figure(
                    label=printable(CORPUS),
                    outlines=SVG.format(label=""),  # as print sets no text of several of them
                    alt=CORPUS,
                    caption=CORPUS,
                    note=CORPUS,
                    data={"columns": ["a"], "align": ["l"], "rows": [[each] for each in STRINGS]},
                )
            ),
            title=CORPUS,
            subtitle=CORPUS,
            short_title=CORPUS,
            cover=[[each, each] for each in STRINGS],
            colophon=[[each, each] for each in STRINGS],
            notices=[said],
            citation=said,
        )
    )


def test_a_page_shows_each_hostile_string_as_text_and_follows_none(document: dict[str, Any]) -> None:
    page = BeautifulSoup(render_html(document), "html.parser")
    assert [cell.get_text() for cell in page.select("#tab-status tbody th")] == [*map(printable, STRINGS)]
    assert "[clic](https://evil.example/a)" in page.select_one("title").get_text()
    assert all(link["href"].startswith("#") for link in page.find_all("a", href=True))
    assert page.find_all(["img", "image", "foreignobject"]) == []
    assert [label.get_text() for label in page.select("svg text")] == [printable(CORPUS)]
    assert len(page.find_all("script")) == 1
    headings = [heading.get_text() for heading in page.select("main h2[id]")]
    assert all(any(printable(each) in heading for heading in headings) for each in STRINGS)


def test_a_pdf_holds_the_corpus_and_links_to_nothing(document: dict[str, Any]) -> None:
    pdf = PdfReader(io.BytesIO(render_pdf(document)))
    addresses = [
        str(note.get_object()["/A"]["/URI"])
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert addresses == []
    assert len(pdf.pages) < 60


@pytest.mark.parametrize("label", ["Ź" + "\u0335" * 60, "\u0301a", "שָׁלוֹם", "ч\u0306"])
def test_a_picture_whose_labels_have_marks_is_printed_from_its_outlines(label: str) -> None:
    outlines = SVG.format(label='<path d="M24 60h9"/>')
    document = document_of(notebook(shown(figure(label=label, outlines=outlines))))
    (printed,) = (block for block in print_model(document)["blocks"] if block["type"] == "figure")
    assert "<text" not in printed["svg"]
    assert render_pdf(document)


def test_a_word_of_100_kilobytes_is_cut_in_print_and_whole_on_the_page() -> None:
    word = "mot" * 34_000
    cells = [shown(table(rows=[(word, "1")])), prose("# A\n\n{eval}`x`", word)]
    document = document_of(notebook(*cells, title=word, short_title=word, cover=[[word, word]]))
    pages = pages_of(render_pdf(document))
    assert len(pages) < 15
    assert "100 000 autres caractères dans la page HTML" in " ".join(" ".join(pages).split()).replace(
        "\xa0", " "
    )
    assert word in render_html(document)
