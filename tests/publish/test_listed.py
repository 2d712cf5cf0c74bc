"""A table of prose in many columns is a list in print, which says all that the table says."""

from __future__ import annotations

from itertools import pairwise

import pytest

from portrait.document.model import document_of
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose, shown, table
from tests.publish.extraction import Tagged, missing, untagged
from tests.publish.layout import PAGE_WIDTH, Layout

WORDS = "Des mots qui disent ce que compte ce registre, et ce qu’il ne compte pas. "


def printed(n_registers: int, *, n_lines: int = 0, n_words: int = 2) -> bytes:
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
    return pdf


@pytest.mark.parametrize(("n_registers", "n_tables"), [(3, 1), (4, 0), (5, 0)])
def test_a_table_of_prose_in_five_columns_or_more_is_a_list(n_registers: int, n_tables: int) -> None:
    pdf = printed(n_registers, n_words=4)
    assert len(Tagged(pdf).roles("Table")) == n_tables
    assert Layout(pdf).long_lines() == []


def test_an_entry_of_a_list_says_nothing_of_what_its_register_does_not_state() -> None:
    rows = [("Fondement", *(WORDS * 3 for _ in range(4))), ("Ce qui ne l’est pas", "—", *("Rien",) * 3)]
    columns = {"columns": ["Élément", *"ABCD"], "align": ["l"] * 5, "note": "— : aucune mention trouvée."}
    pdf = render_pdf(document_of(notebook(prose("# Volume"), shown(table("tab-one", rows=rows, **columns)))))
    lines = " ".join(Layout(pdf).lines(3))
    assert (lines.count("Fondement"), lines.count("Ce qui ne l’est pas"), "—" in lines) == (4, 3, False)
    assert "aucune mention" not in lines


def test_two_entries_of_a_list_are_side_by_side_and_one_that_is_alone_is_in_two_columns() -> None:
    [page] = [marks for marks in Layout(printed(5)).pages if any("Loi 4" in mark.text for mark in marks)]
    tops = [next(mark.top for mark in page if f"Registre {n}" in mark.text) for n in range(3)]
    assert tops[0] == tops[1] < tops[2]
    [basis, unit] = [next(m for m in page if words in m.text) for words in ("Loi 4", "un usage 4")]
    assert unit.left - basis.left > 200


def test_the_lines_of_a_list_are_eleven_points_apart_and_its_statements_three_more() -> None:
    [marks] = [page for page in Layout(printed(4)).pages if any("Loi 0" in mark.text for mark in page)]
    left = [mark for mark in marks if mark.text and mark.left < 70 and round(mark.size, 1) == 8.5]
    bottoms = sorted({round(mark.bottom, 1) for mark in left})
    start, unit = (next(m.bottom for m in left if m.text.startswith(w)) for w in ("Fondement", "Une ligne"))
    said = [bottom for bottom in bottoms if round(start, 1) <= bottom <= round(unit, 1)]
    steps = [round(after - before, 1) for before, after in pairwise(said)]
    assert steps == [*(11.0,) * (len(said) - 2), 14.0]


def test_each_statement_of_an_entry_that_is_alone_is_whole_in_one_of_its_two_columns() -> None:
    said = [f"Premier{n}. {WORDS * length} Dernier{n}." for n, length in enumerate((1, 4, 1, 1))]
    rows = [(f"Question {n}", *(WORDS * 2,) * 4, each) for n, each in enumerate(said)]
    columns = {"columns": ["Élément", *"ABCDE"], "align": ["l"] * 6}
    pdf = render_pdf(document_of(notebook(prose("# Volume"), shown(table("tab-one", rows=rows, **columns)))))
    marks = Layout(pdf).pages[2]
    for n in range(4):
        one, other = (next(m for m in marks if f"{end}{n}" in m.text) for end in ("Premier", "Dernier"))
        assert (one.left > PAGE_WIDTH / 2) == (other.left > PAGE_WIDTH / 2) == (n > 1)


def test_a_list_that_goes_on_to_another_page_is_named_again() -> None:
    layout = Layout(printed(5, n_lines=24))
    [first, second] = [number for number in (3, 4) if any("Loi" in line for line in layout.lines(number))]
    named = [number for number in (3, 4) if "Tableau 1 (suite)" in layout.lines(number)]
    assert (first, named) == (3, [second])
    assert layout.interrupted_tables() == []


@pytest.mark.parametrize("n_lines", range(21, 26))
def test_the_source_of_a_list_is_on_the_page_of_its_last_entry(n_lines: int) -> None:
    layout = Layout(printed(5, n_lines=n_lines))
    [last] = [marks for marks in layout.pages if any("Loi 4" in mark.text for mark in marks)]
    assert any("Source" in mark.text for mark in last)
