"""The text of an annex has the measure of a chapter in print."""

from __future__ import annotations

from portrait.document.model import document_of
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose
from tests.publish.extraction import missing, untagged
from tests.publish.layout import Layout

WORDS = "Chaque nombre vient d’une expression, et le registre garde ce qui a été compté. "


def test_a_text_of_an_annex_is_in_one_column_as_wide_as_that_of_a_chapter():
    chapter = prose(f"# Volume\n\nUne ligne.\n\n{WORDS * 8}")
    annex = prose(f"# Méthode\n\n{WORDS * 8}\n\n{WORDS * 2}", tags=("annex",), cell="annex")
    document = document_of(notebook(chapter, annex))
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    layout = Layout(pdf)
    above = next(heading.top for heading in layout.headings if heading.text.startswith("Annexe"))
    lines = [
        mark for mark in layout.pages[2] if round(mark.size, 1) == 10.4 and "Serif" in mark.font and mark.text
    ]
    sides = [[(m.left, m.right) for m in lines if (m.top > above) == after] for after in (False, True)]
    first, second = ({round(left) for left, _ in side} for side in sides)
    assert first == second == {64}
    assert abs(max(r for _, r in sides[0]) - max(r for _, r in sides[1])) < 12
