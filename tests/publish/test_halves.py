"""Annexes and the chapter before them are on a grid of two halves of a page: texts are in columns."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from portrait.document.model import document_of
from portrait.publish.pdf import render_pdf
from portrait.publish.typst import print_model
from tests.document.notebooks import figure, notebook, prose, shown, table
from tests.publish.extraction import missing, untagged
from tests.publish.layout import PAGE_WIDTH, Layout, Mark

TEXT = "Chaque nombre vient d’une expression, et le registre a été compté intégralement. "
MIDDLE = PAGE_WIDTH / 2
SMALL = {"rows": [("Santé", "95"), ("Éducation", "16"), ("Justice", "8")]}
WIDE = {
    "columns": ["Portefeuille", *"ABCD"],
    "align": ["l", "r", "r", "r", "r"],
    "rows": [["Éducation", *["de 123 456 à 234 567"] * 4]],
}


def cells(*parts: Any, tags: tuple[str, ...] = ("annex",)) -> list[Any]:
    """Return the cells of a chapter, its lead, and an annex of these parts: texts, and looks of tables."""
    annex = [
        prose(part, cell=f"text{n}")
        if isinstance(part, str)
        else shown(table(f"tab-{n}", **part), cell=f"tab{n}")
        for n, part in enumerate(parts)
    ]
    return [prose("# Volume\n\nUne ligne."), prose("# Méthode", tags=tags, cell="annex"), *annex]


def kinds(*parts: Any, **changes: Any) -> list[str]:
    """Return the types of the blocks after the last heading, of halves those in each half."""
    blocks = print_model(document_of(notebook(*cells(*parts, **changes))))["blocks"]
    last = max(n for n, block in enumerate(blocks) if block["type"] == "heading")
    return [
        " | ".join("+".join(each["type"] for each in half) for half in block["items"])
        if block["type"] == "halves"
        else block["type"]
        for block in blocks[last + 1 :]
    ]


def test_a_text_and_the_small_table_after_it_are_on_the_same_lines_and_read_in_order():
    document = document_of(notebook(*cells(TEXT * 3, SMALL)))
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    marks = [mark for mark in Layout(pdf).pages[2] if mark.text.strip() and mark.top > 78]
    text = [mark for mark in marks if "Serif" in mark.font and round(mark.size, 1) == 10.4 and mark.top > 150]
    [title] = [mark for mark in marks if "Initiatives par portefeuille" in mark.text]
    assert abs(min(mark.top for mark in text) - title.top) < 3
    assert max(mark.right for mark in text) < MIDDLE
    assert min(m.left for m in marks if "Sans" in m.font and m.top >= title.top and m.top < 400) > MIDDLE
    read = PdfReader(io.BytesIO(pdf)).pages[2].extract_text()
    assert read.index("a été compté") < read.index("Initiatives par portefeuille") < read.index("Justice")


def test_a_table_that_is_too_wide_or_too_high_for_a_half_or_has_a_caveat_stays_whole():
    assert kinds(TEXT, WIDE) == ["paragraph", "table"]
    assert kinds(TEXT, {"rows": [("Santé", "95")] * 12}) == ["paragraph", "table"]
    assert kinds(TEXT, SMALL, "*À lire avec ce tableau.* Un rapport.") == ["paragraph", "table", "paragraph"]
    layout = Layout(render_pdf(document_of(notebook(*cells(TEXT, WIDE)))))
    numbers = [mark for mark in layout.pages[2] if "234" in mark.text]
    assert min(mark.left for mark in numbers) < MIDDLE < max(mark.left for mark in numbers)


@pytest.mark.parametrize(
    ("name", "number", "kind"),
    [
        ("Santé et Services sociaux, avec leur réseau", "0,614 à 0,702", "paragraph | table"),
        ("Santé et Services sociaux, " * 5, "0,614 à 0,702", "table"),
        ("Santé", "de 1 234 567 à 2 345 678 " * 2, "table"),
    ],
)
def test_labels_of_a_table_in_a_half_have_two_lines_at_most_and_its_numbers_one(
    name: str, number: str, kind: str
):
    assert kinds(TEXT * 3, {"rows": [(name, number)]})[-1] == kind


def test_a_long_text_ends_above_its_table_in_the_right_half_unless_a_half_would_be_too_high():
    assert kinds(f"{TEXT * 6}\n\n{TEXT * 3}\n\n{TEXT}", SMALL) == ["paragraph | paragraph+paragraph+table"]
    assert kinds(f"{TEXT * 6}\n\n{TEXT * 6}", SMALL) == ["paragraph | paragraph+table"]
    assert kinds(f"{TEXT * 22}\n\n{TEXT * 4}", SMALL) == ["paragraph", "paragraph | table"]


def test_a_text_too_high_for_halves_begins_above_them_with_more_than_a_few_lines():
    each = "paragraph | paragraph+table"
    assert kinds(f"{TEXT * 9}\n\n{TEXT * 9}\n\n{TEXT * 6}", SMALL) == ["paragraph", each]
    assert kinds(f"{TEXT}\n\n{TEXT * 9}\n\n{TEXT * 9}\n\n{TEXT * 6}", SMALL) == ["paragraph+paragraph", each]
    assert kinds(f"{TEXT}\n\n{TEXT * 14}\n\n{TEXT * 4}", SMALL) == [
        "paragraph+paragraph",
        "paragraph | table",
    ]
    assert kinds(f"{TEXT}\n\n{TEXT * 18}", SMALL) == ["paragraph+paragraph", "table"]


def test_a_section_begins_at_the_foot_of_a_page_with_the_text_that_is_above_its_halves():
    rows = [("Éducation", "16")] * 28
    text = f"## Concentration\n\n{TEXT}\n\n{TEXT * 6}\n\n{TEXT * 9}\n\n{TEXT * 6}"
    layout = Layout(render_pdf(document_of(notebook(*cells(TEXT, {"rows": rows}, text, SMALL)))))
    [heading] = [each for each in layout.headings if "Concentration" in each.text]
    assert heading.page == 3
    assert layout.blank_bands() == []


def test_a_text_of_few_lines_is_above_its_table_and_so_is_one_that_a_high_table_leaves_a_void_below():
    assert kinds(TEXT, SMALL) == ["paragraph", "table"]
    high = {"rows": [("Santé", "95")] * 13}
    assert kinds(TEXT * 2, SMALL) == ["paragraph | table"]
    assert kinds(TEXT * 2, high) == ["paragraph", "table"]
    assert kinds(TEXT * 8, high) == ["paragraph | table"]


def test_a_small_table_beside_nothing_is_as_wide_as_half_of_the_page():
    rows = [("Éducation", "16")] * 12
    layout = Layout(render_pdf(document_of(notebook(*cells(TEXT, {"rows": rows})))))
    [number] = {round(mark.right) for mark in layout.pages[2] if mark.text == "16"}
    assert PAGE_WIDTH / 2 - 40 < number < PAGE_WIDTH / 2


def test_a_table_without_a_text_before_it_is_beside_the_one_after_it():
    assert kinds(SMALL, f"{TEXT * 3}\n\n{TEXT * 9}") == ["paragraph | table", "paragraph"]


def test_a_table_with_nothing_but_a_figure_beside_it_is_beside_the_text_before_the_figure():
    drawn = shown(figure(), cell="drawn")
    before = [
        prose("# Volume\n\nUne ligne."),
        prose(f"# Méthode\n\n{TEXT * 3}", tags=("annex",), cell="annex"),
    ]
    document = document_of(notebook(*before, drawn, shown(table("tab-a", **SMALL), cell="table")))
    types = [block["type"] for block in print_model(document)["blocks"]]
    assert types[-3:] == ["heading", "halves", "figure"]


def drawn_for_a_phone(height: int) -> Any:
    """Return a cell of a figure with a drawing as wide as a phone, and as high as this in points."""
    label = '<text x="24" y="60" style="font-size: 12px">Étiquette</text>'
    narrow = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 230.4 {height}">{label}</svg>'
    return shown(figure("fig-curve", narrow=narrow), cell="curve")


@pytest.mark.parametrize(("height", "kind"), [(201, "halves"), (446, "figure")])
def test_a_figure_whose_drawing_for_a_phone_is_low_is_beside_its_text_and_not_the_table_after_it(
    height: int, kind: str
):
    annex = prose(f"# Méthode\n\n{TEXT * 6}", tags=("annex",), cell="annex")
    alike = shown(table("tab-a", rows=[("Santé", "95")] * 12), cell="table")
    document = document_of(notebook(prose("# Volume\n\nUne ligne."), annex, drawn_for_a_phone(height), alike))
    blocks = print_model(document)["blocks"]
    [shown_in] = [block for block in blocks if "fig-curve" in str(block.get("items", block.get("id")))]
    assert shown_in["type"] == kind and "tab-a" not in str(shown_in)
    if kind == "halves":
        pdf = render_pdf(document)
        assert missing(document, pdf) == untagged(document, pdf) == []
        [title] = [mark for mark in Layout(pdf).pages[2] if "Figure" in mark.text]
        assert title.left > MIDDLE


def test_two_small_tables_in_a_row_are_beside_each_other_below_their_text():
    assert kinds(TEXT * 3, SMALL, SMALL) == ["paragraph", "table | table"]
    assert kinds(SMALL, TEXT, SMALL) == ["paragraph", "table | table"]
    high = {"rows": [("Santé", "95")] * 12}
    assert kinds({"rows": [("Santé", "95")]}, f"{TEXT * 3}", high) == ["paragraph | table", "table"]


def test_a_small_table_of_a_chapter_is_whole_unless_it_is_the_last_one_before_the_annexes():
    first, last = (
        [
            prose(f"# {name}\n\n{TEXT}\n\n{TEXT * 3}", cell=name),
            shown(table(f"tab-{name.lower()}", **SMALL), cell=f"t{name}"),
        ]
        for name in ("Volume", "Confiance")
    )
    annex = prose(f"# Méthode\n\n{TEXT}", tags=("annex",), cell="annex")
    blocks = print_model(document_of(notebook(*first, *last, annex)))["blocks"]
    assert [block["type"] for block in blocks if block["type"] in ("table", "halves")] == ["table", "halves"]
    assert [each["type"] for each in blocks[:1] + blocks[4:6]] == ["heading", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("n_each", "caveat", "kinds_of_text"),
    [
        ((6, 4, 5, 5), (), ["+".join(["paragraph"] * 4)]),
        ((6, 4, 5, 5), ("*À lire avec ce texte.* Un rapport.",), ["paragraph"] * 5),
        ((1,), (), ["paragraph"]),
        ((9,), (), ["paragraph"]),
        ((40, 40), (), ["paragraph"] * 2),
        ((5, 1), (), ["paragraph"] * 2),
        ((6, 4), (), ["paragraph+paragraph"]),
        ((3, 3), (), ["paragraph+paragraph"]),
        ((1, 1), (), ["paragraph"] * 2),
    ],
)
def test_a_text_is_in_columns_if_it_has_many_lines_or_paragraphs_that_make_two_even_ones(
    n_each, caveat, kinds_of_text
):
    assert kinds("\n\n".join([*(TEXT * n for n in n_each), *caveat])) == kinds_of_text


def columns_of(text: str) -> tuple[list[Mark], list[Mark]]:
    """Return the lines of a text of an annex in the left half of its page, and those in the right half."""
    document = document_of(notebook(*cells(text)))
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    marks = [
        m for m in Layout(pdf).pages[2] if "Serif" in m.font and round(m.size, 1) == 10.4 and m.top > 160
    ]
    return tuple([m for m in marks if (m.left > MIDDLE) == is_right] for is_right in (False, True))


@pytest.mark.parametrize("n_each", [(4, 1, 4), (9, 2), (3, 3), (1, 9), (5, 5, 1), (1, 1, 1, 8)])
def test_the_columns_of_a_text_are_about_as_high_as_each_other_and_hold_all_of_it(n_each: tuple[int, ...]):
    left, right = columns_of("\n\n".join(TEXT * n for n in n_each))
    assert min(m.top for m in left) == pytest.approx(min(m.top for m in right), abs=0.5)
    assert abs(max(m.top for m in left) - max(m.top for m in right)) < 45


@pytest.mark.parametrize("n_each", [(1,), (6,), (1, 1, 1), (4, 2)])
def test_one_paragraph_or_a_few_lines_that_columns_would_cut_run_across_the_text_column(
    n_each: tuple[int, ...],
):
    left, right = columns_of("\n\n".join(TEXT * n for n in n_each))
    assert right == []
    assert max(mark.right for mark in left) > MIDDLE


def test_columns_that_leave_a_hole_go_on_to_another_page_between_two_paragraphs():
    rows = [("Éducation", "16")] * 22
    text = "\n\n".join(f"Le {n} mai. {TEXT * 9}" for n in range(4))
    layout = Layout(render_pdf(document_of(notebook(*cells(TEXT, {"rows": rows}, text)))))
    pages = [n for n, marks in enumerate(layout.pages) for m in marks if m.text.startswith("Le ")]
    starts = [n for n in pages if n > 1]
    assert starts == sorted(starts)
    assert len(set(starts)) == 2
    assert layout.blank_bands() == []
