"""A title quoted in another language than the report says which, on the page and in print."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf

from portrait.document.model import document_of
from portrait.publish.html import render_html
from portrait.publish.pdf import render_pdf
from tests.document.notebooks import notebook, prose, shown, table
from tests.publish.layout import Layout


def languages_of(document: dict[str, Any]) -> list[str]:
    """Return the languages that elements of the PDF say, then those that its stretches of text say."""
    with pikepdf.open(io.BytesIO(render_pdf(document))) as pdf:
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        contents = [page.Contents.read_bytes() for page in pdf.pages]
        stretches = [each.decode() for text in contents for each in re.findall(rb"/Lang\(([\w-]+)\)", text)]
        return [*(str(each.Lang) for each in elements if "/Lang" in each), *stretches]


def quoting(quoted_language: str) -> dict[str, Any]:
    cells = (
        prose(
            "Dont {eval}`p.examples(g.some, 'portfolio')`.", "«\u00a0Mail sorting\u00a0» (Travail)", cell="a"
        ),
        prose("Voir [](#tab-status)."),
        shown(table(rows=[("Chatbot", "3")], verbatim=[0])),
    )
    return document_of(notebook(*cells, quoted_language=quoted_language))


def test_titles_quoted_in_another_language_say_which_on_the_page_and_in_print() -> None:
    page = render_html(quoting("en"))
    assert '«\u00a0<span lang="en">Mail sorting</span>\u00a0» (Travail)</data>' in page
    assert 'lang="en">Chatbot</th>' in page
    assert languages_of(quoting("en")).count("en") == 2


def test_rows_have_the_language_of_most_of_their_cells_and_the_others_their_own() -> None:
    listed = table(
        columns=["Initiative", "Agence", "Statut"],
        align=["l", "l", "l"],
        rows=[("Chatbot", "NASA", "En production")],
        verbatim=[0, 1],
    )
    page = render_html(document_of(notebook(shown(listed), quoted_language="en")))
    assert '<tbody lang="en">' in page
    assert '<th scope="row">Chatbot</th><td>NASA</td><td lang="fr-CA">En production</td>' in page


def test_titles_in_the_language_of_the_page_say_no_language() -> None:
    assert 'lang="en"' not in render_html(quoting(""))
    assert "en" not in languages_of(quoting(""))


def test_letters_after_a_number_are_no_rank_in_a_cell_in_another_language() -> None:
    cells = prose("Voir [](#tab-status)."), shown(table(rows=[("2e deel", "3e rang")], verbatim=[0]))
    document = document_of(notebook(*cells, quoted_language="nl"))
    page = render_html(document)
    assert 'lang="nl">2e deel</th>' in page
    assert '3<span class="raised">e</span> rang</td>' in page
    printed = [mark.text for marks in Layout(render_pdf(document)).pages for mark in marks]
    assert "2e" in printed
    assert "3e" not in printed  # its letter is raised
