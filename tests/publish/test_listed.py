"""A table that compares prose is a grid in small type, whole on a page; of many registers, a list."""

from __future__ import annotations

import pytest

from portrait.document.model import document_of
from portrait.publish.listed import compared, said_once, without_told
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose, shown, table
from tests.publish.extraction import Tagged, missing, untagged
from tests.publish.layout import Layout

WORDS = "Des mots qui disent ce que compte ce registre, et ce qu’il ne compte pas. "


def printed(n_registers: int, *, n_lines: int = 0, n_words: int = 4) -> bytes:
    names = [f"Registre {n}" for n in range(n_registers)]
    rows = [("Fondement", *(f"Loi {n}. {WORDS * n_words}" for n in range(n_registers)))]
    rows += [("Une ligne est", *(f"un usage {n}" for n in range(n_registers)))]
    columns = {"columns": ["Élément", *names], "align": ["l"] * (1 + n_registers)}
    lines = "\n\n".join(["Ligne."] * n_lines)
    document = document_of(
        notebook(prose(f"# Volume\n\n{lines}"), shown(table("tab-definitions", rows=rows, **columns)))
    )
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    assert Layout(pdf).long_lines() == []
    assert len(Tagged(pdf).roles("Table")) == 1
    return pdf


@pytest.mark.parametrize(
    ("n_registers", "n_words", "size"),
    [(2, 4, 8.5), (3, 4, 8.0), (4, 4, 8.0), (3, 1, 8.5)],  # three columns; four; five; rows of few lines
)
def test_rows_of_many_lines_are_in_eight_points_side_by_side(n_registers: int, n_words: int, size: float):
    [page] = [
        marks
        for marks in Layout(printed(n_registers, n_words=n_words)).pages
        if any("Loi 0" in mark.text for mark in marks)
    ]
    starts = [next(mark for mark in page if f"Loi {n}" in mark.text) for n in range(n_registers)]
    assert {round(mark.top, 1) for mark in starts} == {round(starts[0].top, 1)}
    assert {round(mark.size, 1) for mark in starts} == {size}


def test_a_comparison_of_prose_goes_whole_to_the_next_page():
    layout = Layout(printed(5, n_lines=24))
    [first] = [number for number in (3, 4) if any("Loi" in line for line in layout.lines(number))]
    assert first == 4
    assert any("un usage" in line for line in layout.lines(first))


NOTICE = {"text": "Les deux lignes sont dans la page", "url": "https://exemple.org"}


def test_print_says_once_in_an_annex_where_a_table_is_that_it_leaves_out():
    away = shown(table("tab-away", print_limit=1, print_notice=NOTICE), cell="away")
    document = document_of(
        notebook(
            prose("# Volume\n\nUne ligne; voir ([](#tab-away))."),
            prose("# Liste\n\nLe tout ([](#tab-away)), et la suite.", cell="annex", tags=("annex",)),
            away,
        )
    )
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    said = " ".join(Layout(pdf).lines(3))
    assert "voir (page" in said
    assert "Le tout, et la suite." in said
    assert "Les deux lignes sont dans la page" in said


def test_a_bracket_leads_to_the_page_in_place_of_a_notice():
    notice = {"text": "Les deux lignes sont dans la", "url": "annual.fr.html#tab-away"}
    away = shown(table("tab-away", print_limit=0, print_notice=notice), cell="away")
    text = "# Volume\n\nVoir [](#tab-away).\n\n## Liste\n\nLe tout ([](#tab-away)), et la suite."
    document = document_of(notebook(prose(text), away))
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    said = " ".join(Layout(pdf).lines(3))
    assert "Le tout (page" in said
    assert "Les deux lignes" not in said


def test_a_section_of_one_paragraph_within_one_of_an_annex_joins_the_text_before_it():
    text = "# Liste\n\n## Diversité\n\nUne phrase ([](#tab-status))."
    document = document_of(
        notebook(
            prose("# Volume\n\nVoir [la suite](#s-par-organisme)."),
            prose(text, cell="annex", tags=("annex",)),
            shown(table()),
            prose("### Par organisme\n\nUne autre.", cell="stub", tags=("annex",)),
        )
    )
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    said = " ".join(Layout(pdf).lines(3))
    assert "A.1.1" not in said
    assert said.index("Une phrase") < said.index("Une autre.") < said.index("Éducation")


def test_what_more_than_four_registers_say_is_a_list_with_a_row_for_each_that_says_it():
    named = Tagged(printed(5)).roles("TH")
    assert {"Fondement", "Une ligne est", "Ce qu’il en dit"} <= {*named}
    [page] = [marks for marks in Layout(printed(5)).pages if any("Loi 3" in mark.text for mark in marks)]
    name, said = (next(mark for mark in page if text in mark.text) for text in ("Registre 3", "Loi 3"))
    assert name.right < said.left and abs(name.top - said.top) < 1
    columns = ["Élément", *"ABCDE"]
    heads, rows, note = compared(columns, [["Une ligne est", "un", "—", "une", "—", "un"]], "fr")
    assert heads == ["Élément", "Registre", "Ce qu’il en dit"]
    assert rows == [
        ["Une ligne est", name, said] for name, said in zip("ACE", ["un", "une", "un"], strict=True)
    ]
    assert note == "Registre absent d’un élément : aucune mention trouvée."
    assert compared(columns, [["Une ligne est", *"vwxyz"]], "fr")[2] == ""


def test_a_cut_list_leaves_out_columns_of_which_its_text_says_the_only_value():
    rest = {"after": 2, "text": "Toutes en production.", "told": [1]}
    cells = {"columns": ["Nom", "Statut", "Organisme"], "align": [*"lll"], "verbatim": [0, 2]}
    table = {**cells, "rows": [["Tri", "En production", "Greffe"]] * 3, "print_rest": rest}
    shown = without_told(table)
    assert (shown["columns"], shown["rows"][0]) == (["Nom", "Organisme"], ["Tri", "Greffe"])
    assert (shown["align"], shown["verbatim"]) == (["l", "l"], [0, 1])
    assert without_told({**table, "print_rest": None})["columns"] == cells["columns"]


def test_a_section_without_a_number_keeps_its_heading():
    said = {"type": "paragraph", "content": [{"type": "text", "text": "One."}]}
    heading = {"type": "heading", "level": 3, "number": None, "id": "own"}
    assert said_once([heading, said]) == [heading, said]
