"""What a notebook must be before it is committed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.language import locales
from portrait.proofread.notebook import read
from portrait.proofread.problem import Problem
from portrait.proofread.problems import problems, problems_of_file
from portrait.proofread.siblings import mark_of

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").rglob("*.ipynb"))
PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}


def code(source: str, *tags: str, cell_id: str = "code", **fields: Any) -> nbformat.NotebookNode:
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)}, **fields)


def prose(source: str, *tags: str, cell_id: str | None = None) -> nbformat.NotebookNode:
    return new_markdown_cell(
        source, id=cell_id or f"prose-{'-'.join(tags)[:2]}", metadata={"tags": list(tags)}
    )


def notebook(*cells: nbformat.NotebookNode, **metadata: Any) -> nbformat.NotebookNode:
    parameters = code('year = 2025\nlanguage = "fr"', "parameters", cell_id="parameters")
    # Names that the tests use; what they stand for is not known.
    named = ", ".join(f"portrait as {name}" for name in ("title", "body", *"abfgmnpt"))
    names = code(f"import {named}\nf(year, language)", cell_id="open")
    return new_notebook(cells=[parameters, names, *cells], metadata={"kernelspec": PYTHON, **metadata})


def found_in(made: nbformat.NotebookNode) -> list[Problem]:
    return problems(read(json.dumps(made).encode()))


def messages(*cells: nbformat.NotebookNode, **metadata: Any) -> list[str]:
    return [str(problem) for problem in found_in(notebook(*cells, **metadata))]


def only_message(*cells: nbformat.NotebookNode, **metadata: Any) -> str:
    found = messages(*cells, **metadata)
    assert len(found) == 1, found
    return found[0]


def reviewed(*cells: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, ...]:
    """Return a French cell and its English sibling, marked as reviewed against it."""
    french, english = cells
    english.metadata["portrait"] = {"french": mark_of(french.source)}
    return french, english


def pair(french: str, english: str, *tags: str) -> tuple[nbformat.NotebookNode, ...]:
    return reviewed(prose(french, "fr", *tags), prose(english, "en", *tags))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_of_the_report_has_nothing_to_mend(path: Path) -> None:
    found = problems_of_file(path)
    assert not found, "\n".join(map(str, found))


def test_siblings_that_say_the_same_are_in_order() -> None:
    french = '## Volume\n\nSoit {eval}`p.count(n, "initiative")` en {eval}`p.year(year)` ([](#fig-volume)).'
    english = "## Volume\n\nIn {eval}`p.year(year)`, {eval}`p.number(n)` ([](#fig-volume))."
    assert messages(*pair(french, english), code("n + 1")) == []


def test_a_condition_is_no_part_of_what_is_reviewed_nor_of_the_text() -> None:
    french, english = pair("Un texte.", "A text.")
    for cell in (french, english):
        cell.source = f"<!-- when: n > 12 and n < 2000 -->\n{cell.source}"
    assert messages(french, english, code("n")) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("{eval}`p.number(n)`", "{eval}`p.number(m)`"),
        ("{eval}`p.number(n)`", "Nothing."),
        ("A {eval}`p.number(n)`. B {eval}`p.number(n)`.", "{eval}`p.number(n)`"),
        ('{eval}`p.number(n).named("a")`', '{eval}`p.number(n).named("b")`'),
    ],
)
def test_siblings_with_other_claims_are_told(french: str, english: str) -> None:
    assert "the claims differ" in only_message(*pair(french, english))


def test_siblings_with_other_headings_conditions_or_references_are_told() -> None:
    assert "the heading levels differ: only in fr: ##; only in en: ###" in only_message(
        *pair("## A", "### A")
    )
    assert "the tags differ: only in fr: annex; only in en: none" in only_message(
        *reviewed(prose("A", "fr", "annex"), prose("A", "en"))
    )
    assert "the conditions differ: only in fr: n; only in en: m" in only_message(
        *pair("<!-- when: n -->\nA", "<!-- when: m -->\nA")
    )
    assert "the references differ: only in fr: #fig-a; only in en: #fig-b" in only_message(
        *pair("[](#fig-a)", "[](#fig-b)")
    )


def test_a_heading_inside_code_is_no_heading() -> None:
    assert messages(*pair("```\n# a\n```", "A")) == []


@pytest.mark.parametrize(
    "cells",
    [
        (prose("Seul.", "fr"),),
        (prose("Un.", "fr"), code("1 + 1"), prose("One.", "en", "internal")),
        (prose("One.", "en"),),
        (prose("Sans langue.", "annex"),),
        (prose("Les deux.", "fr", "en"),),
    ],
)
def test_prose_without_its_sibling_right_after_is_told(cells: tuple[nbformat.NotebookNode, ...]) -> None:
    assert "must be" in only_message(*cells)


def test_a_note_to_researchers_needs_no_sibling() -> None:
    assert messages(prose("Voir les 3 essais.", "internal")) == []


@pytest.mark.parametrize(
    "typed", ["En 2025, tout change.", "[54 % de plus](#fig-a)", "Les 12,5 premiers", "- H1 ici"]
)
def test_a_typed_digit_is_told(typed: str) -> None:
    found = messages(*pair(typed, typed))
    assert len(found) == 2
    assert all("is typed: use an expression" in message for message in found)


@pytest.mark.parametrize(
    "markup",
    [
        "{eval}`p.number(n[12])`",
        "`2025.csv`",
        "```\n2025\n```",
        "[les données](https://exemple.org/2025)",
        "Voir <https://exemple.org/2025> ou https://exemple.org/2025.",
        "Une note[^12].\n\n[^12]: Là.",
        "[là]: https://exemple.org/2025\n\nVoir [là].",
        "1. Un\n2. Deux",
        "A&#160;B",
        "[](#fig-12)",
    ],
)
def test_digits_of_markup_and_code_are_not_typed_numbers(markup: str) -> None:
    assert messages(*pair(markup, markup)) == []


def test_a_declared_passage_may_hold_digits_and_nothing_else_may() -> None:
    declared = {"declared": ["CC BY 4.0"]}
    assert messages(*pair("Sous CC BY 4.0.", "Under CC BY 4.0."), portrait=declared) == []
    assert "“5.0”" in messages(*pair("Sous CC BY 5.0.", "Under CC BY 5.0."), portrait=declared)[0]


@pytest.mark.parametrize(
    ("french", "english", "typed"),
    [
        ("La majorité des organismes", "Some bodies", "majorité"),
        ("On observe une hausse.", "It moved.", "une hausse"),
        ("L’échantillon", "The data", "échantillon"),
        ("Certains organismes", "More than half of the bodies", "half"),
        ("Cela change.", "There is a rise.", "a rise"),
    ],
)
def test_a_typed_word_that_claims_is_told(french: str, english: str, typed: str) -> None:
    assert f"“{typed}” is typed" in only_message(*pair(french, english))


@pytest.mark.parametrize("directive", [":::{note}\nA\n:::", "```{note}\nA\n```"])
def test_a_directive_is_told_since_the_report_would_not_show_it(directive: str) -> None:
    assert all("directive" in message for message in messages(*pair(directive, directive)))
    assert messages(*pair("```\n:::{note}\n```", "A")) == []


def test_an_expression_that_cannot_be_read_is_told_with_its_line() -> None:
    found = messages(*pair("A\n{eval}`p.number(`", "A\n{eval}`p.number(`"))
    assert "line 2: {eval}`p.number(` is not an expression" in found[0]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (code("def f():\n    return 1"), "line 1 defines f"),
        (code("class A: ..."), "line 1 defines A"),
        (code("f(\n1,\n2,\n3,\n4\n)"), "6 lines"),
        (code("  \n"), "it is empty: delete it"),
        (code("a ="), "line 1 is not Python"),
        (code("1", execution_count=3), "outputs or an execution count"),
        (code("1", outputs=[nbformat.v4.new_output("stream", text="a")]), "outputs or an execution count"),
        (code("# when: a b\n1"), "the condition `a b` is not a Python expression"),
        (code("# when: a\n# when: b\n1"), "it has two conditions"),
        (code("# when: a - --b\n1"), "has --"),
        (code("1", "anex"), "the tag anex is unknown. Did you mean “annex”? Known tags"),
        (code("a, b = f()\na + b"), "line 1 unpacks a value"),
        (
            code("import portrait.facts, matplotlib.pyplot as plt\nplt.show()"),
            "line 1 imports matplotlib.pyplot",
        ),
        (code("from pandas import read_csv\nread_csv('rows.csv').head()"), "line 1 imports pandas"),
        (code("print(year)"), "line 1 prints a text"),
    ],
)
def test_a_code_cell_is_short_plain_and_not_run(cell: nbformat.NotebookNode, message: str) -> None:
    assert message in only_message(cell)


def test_a_cell_that_stays_out_of_the_report_may_print_and_import() -> None:
    assert messages(code("import os\nprint(os.sep)", "internal")) == []


def test_cells_that_were_pasted_and_not_changed_are_told() -> None:
    once, again = pair("Oui, {eval}`p.text(a)`.", "Yes, {eval}`p.text(a)`."), pair("", "")
    for first, pasted in zip(once, again, strict=True):
        pasted.update(source=first.source, metadata=first.metadata, id=f"pasted-{first.id}")
    assert messages(*once, *again) == [
        "cell pasted-prose-fr: it is a copy of cell prose-fr: change it, or delete it",
        "cell pasted-prose-en: it is a copy of cell prose-en: change it, or delete it",
    ]
    again[0].source = f"<!-- when: n -->\n{again[0].source}"
    again[1].source = f"<!-- when: n -->\n{again[1].source}"
    assert messages(*once, *again) == []


def test_a_text_that_is_the_same_in_both_languages_is_no_copy() -> None:
    assert messages(*pair("Canada", "Canada")) == []


def test_blank_lines_do_not_make_a_cell_long() -> None:
    assert messages(code("f(\n\n1,\n\n2,\n\n3\n\n)")) == []


def test_values_kept_by_jupyterlab_are_not_committed() -> None:
    french, english = pair("A", "A")
    french.metadata["user_expressions"] = []
    assert "“user_expressions” from a run" in only_message(french, english)


def test_a_cell_that_is_neither_code_nor_prose_is_told() -> None:
    raw = nbformat.v4.new_raw_cell("x", id="odd")
    assert "odd: its type is raw: make it a code or Markdown cell" in only_message(raw)


def test_the_first_cell_declares_plain_parameters_with_a_language() -> None:
    bare = new_notebook(cells=[code("year = 2025", "parameters")], metadata={"kernelspec": PYTHON})
    assert "no parameter “language”" in str(found_in(bare)[0])
    computed = new_notebook(cells=[code("year = 2000 + 25", "parameters")], metadata={"kernelspec": PYTHON})
    assert "a name and a plain value" in str(found_in(computed)[0])
    without = new_notebook(cells=[code("1")], metadata={"kernelspec": PYTHON})
    assert "the first cell must be a code cell tagged “parameters”" in str(found_in(without)[0])
    assert "empty" in str(found_in(new_notebook())[0])


def test_a_notebook_names_the_kernel_that_papermill_looks_for() -> None:
    assert "kernelspec" in only_message(kernelspec={**PYTHON, "name": "portrait-lab"})


def test_an_english_cell_whose_french_text_changed_is_told_until_it_is_reviewed() -> None:
    french, english = pair("Un texte.", "A text.")
    french.source = "Un autre texte."
    assert "not reviewed against the current French text" in only_message(french, english)
    assert messages(*reviewed(french, english)) == []


def test_an_english_cell_that_nobody_reviewed_is_told() -> None:
    assert "proofread --reviewed prose-en" in only_message(prose("Un.", "fr"), prose("One.", "en"))


def test_a_space_at_the_end_of_a_line_asks_for_no_review() -> None:
    french, english = pair("Un texte.\nSuite.", "A text.\nMore.")
    french.source = "Un texte.  \nSuite.\n"
    assert messages(french, english) == []


def test_an_expression_that_depends_on_no_data_is_told() -> None:
    found = messages(*pair("{eval}`p.number(12)`", "{eval}`p.number(12)`"))
    assert len(found) == 2
    assert all("does not depend on data" in message for message in found)


@pytest.mark.parametrize(
    "cells",
    [
        (code("a = 1"),),
        (code("if year:\n    a = 1"),),
    ],
)
def test_a_name_that_nothing_uses_is_told(cells: tuple[nbformat.NotebookNode, ...]) -> None:
    assert "the name a is never used" in only_message(*cells)


@pytest.mark.parametrize(
    "cells",
    [
        (code("a = 1", cell_id="first"), code("a = 2\na")),
        (code("a = 1\na = 2\na", cell_id="first"),),
        (code("# when: year\na = 1\na", cell_id="first"), code("# when: not year\na = 2\na")),
    ],
)
def test_a_name_that_is_bound_twice_is_told(cells: tuple[nbformat.NotebookNode, ...]) -> None:
    assert "the name a is already assigned in cell first" in only_message(*cells)


def test_a_mistyped_condition_is_told_with_its_fix() -> None:
    french, english = pair("<!-- When: n -->\nUn texte.", "A text.")
    assert "write <!-- when: … --> on the first line" in only_message(french, english, code("n"))
    message = only_message(code("n + 1\n# when: n > 1"))
    assert "cell code" in message
    assert "write # when: … on the first line" in message


def test_a_condition_above_the_heading_of_a_chapter_is_told() -> None:
    conditional = "<!-- when: n -->\n# {}"
    found = messages(*pair(conditional.format("Titre"), conditional.format("Title")), code("n"))
    assert len(found) == 2
    assert all("put an unconditional heading after it" in each for each in found)
    named = reviewed(prose("# Titre", "fr", cell_id="name-fr"), prose("# Title", "en", cell_id="name-en"))
    assert messages(*pair(conditional.format("Titre"), conditional.format("Title")), *named, code("n")) == []
    after = (
        pair("Texte.", "Text."),
        reviewed(
            prose(conditional.format("Titre"), "fr", cell_id="later-fr"),
            prose(conditional.format("Title"), "en", cell_id="later-en"),
        ),
    )
    assert messages(*after[0], *after[1], code("n")) == []


@pytest.mark.parametrize(
    "use",
    [
        (code("a + 1", cell_id="use"),),
        (code("# when: a\n1 + 1", cell_id="use"),),
        pair("{eval}`p.number(a)`", "{eval}`p.number(a)`"),
    ],
)
def test_a_name_is_used_by_code_by_a_condition_or_by_an_expression(
    use: tuple[nbformat.NotebookNode, ...],
) -> None:
    assert messages(code("a = 1"), *use) == []


def test_an_expression_above_the_last_line_of_its_cell_is_told() -> None:
    assert "line 1 displays nothing" in only_message(code("f(year)\ng(year)"))


@pytest.fixture
def dutch() -> Iterator[None]:
    """A language of the project, known for one test."""
    locales.know([locales.Language("nl", "nl-NL", "nl_NL", "Nederlands", "en")])
    yield
    locales.know(())


def trio(french: str, english: str, dutch: str) -> tuple[nbformat.NotebookNode, ...]:
    cells = pair(french, english)
    third = prose(dutch, "nl")
    third.metadata["portrait"] = {"french": mark_of(french)}
    return *cells, third


def test_a_cell_of_a_third_language_follows_the_english_one_and_its_words_are_not_judged(dutch) -> None:
    cells = trio("Ici, {eval}`p.number(n)`.", "Here, {eval}`p.number(n)`.", "Most: {eval}`p.number(n)`.")
    assert messages(*cells) == []


def test_a_third_language_asks_what_the_french_asks(dutch) -> None:
    cells = trio("Ici, {eval}`p.number(n)`.", "Here, {eval}`p.number(n)`.", "Hier, {eval}`p.number(m)`.")
    assert "prose-fr / prose-nl: the claims differ: only in fr:" in only_message(*cells)


def test_each_french_cell_has_its_cell_in_a_third_language_where_the_notebook_has_any(dutch) -> None:
    whole = trio("Ici.", "Here.", "Hier.")
    lacking = reviewed(prose("Là.", "fr", cell_id="la-fr"), prose("There.", "en", cell_id="la-en"))
    assert "cell la-fr: it must be followed by a prose cell tagged nl" in only_message(*whole, *lacking)
    assert messages(*lacking) == []


def test_a_tag_of_a_language_that_the_project_lacks_is_unknown() -> None:
    assert "the tag nl is unknown" in messages(*trio("Ici.", "Here.", "Hier."))[0]
