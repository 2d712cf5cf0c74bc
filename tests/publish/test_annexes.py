"""The text of an annex is in two columns in print, as high as each other on each of its pages."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from portrait.document.model import document_of
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose
from tests.publish.extraction import missing, untagged
from tests.publish.layout import PAGE_WIDTH, Layout

WORDS = "Chaque nombre vient d’une expression, et le registre garde ce qui a été compté. "
PITCH = 13.8
"""Distance between two lines of text in points, rounded up."""


def annex(*paragraphs: str, n_lines: int = 0) -> bytes:
    """Return a report whose annex has these paragraphs, below so many lines of a chapter."""
    before = prose("# Volume\n\n" + "\n\n".join(["Ligne."] * n_lines))
    document = document_of(
        notebook(before, prose("# Méthode\n\n" + "\n\n".join(paragraphs), tags=("annex",), cell="annex"))
    )
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    return pdf


def bottoms(pdf: bytes) -> list[tuple[float, float]]:
    """Return where the columns of an annex end, at the left and at the right, on each page that has it."""
    found = []
    for page in Layout(pdf).pages[2:]:
        lines = [mark for mark in page if round(mark.size, 1) == 10.4 and "Ligne" not in mark.text]
        lines = [mark for mark in lines if mark.text.strip()]
        sides = [[m.bottom for m in lines if (m.left > PAGE_WIDTH / 2) == right] for right in (False, True)]
        found += [(max(sides[0]), max(sides[1], default=0.0))] if sides[0] else []
    return found


@pytest.mark.parametrize("n_lines", [3, 14, 17, 18, 19, 20, 21])
@pytest.mark.parametrize("n_words", [(4, 4), (1, 2, 3, 4, 5, 6), (9, 1, 1, 1, 9, 2, 2)])
def test_both_columns_end_within_four_lines_of_each_other_and_nothing_is_drawn_over_them(
    n_lines: int, n_words: tuple[int, ...]
):
    pdf = annex(*(WORDS * n for n in n_words), n_lines=n_lines)
    assert all(abs(left - right) <= 4 * PITCH for left, right in bottoms(pdf))
    assert Layout(pdf).texts_over_texts() == []


def test_the_left_column_of_a_page_is_read_before_the_right_one():
    names = [f"Premier{n}" for n in range(12)]
    pdf = annex(*(f"{name}. {WORDS * 3}" for name in names), n_lines=14)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert [word.strip(".") for word in text.split() if word.startswith("Premier")] == names


def test_a_text_of_two_lines_is_in_one_column_and_one_of_four_in_two():
    [(left, right)] = bottoms(annex(WORDS * 1))
    assert (left > 0, right) == (True, 0.0)
    [(left, right)] = bottoms(annex(WORDS * 2))
    assert left == right
