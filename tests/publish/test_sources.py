"""Sources are short, and the colophon says what their acronym stands for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portrait.document.markdown import plain
from portrait.document.model import document_of
from portrait.figures.marks import Block, dots
from portrait.publish.html import render_html
from portrait.publish.pdf import render_pdf
from portrait.publish.sources import with_short_sources
from tests.document.notebooks import figure, notebook, prose, shown, table
from tests.publish.layout import Layout

FULL = "Ministère du Travail, Portrait public"


def document(**front: Any) -> dict[str, Any]:
    told = f"{FULL}, édition 2025."
    on_cover = figure(source=told, marks=dots([Block("Justice", "1", (("ink", 1),))], []).content())
    shown_ones = (
        shown(on_cover),
        shown(table(source=told), cell="t"),
        shown(table("tab-b", source="La Presse."), cell="u"),
    )
    text = prose("# Volume\n\nVoir [](#fig-volume), [](#tab-status) et [](#tab-b).")
    front = {"cover": [["Source", FULL]], "producer_short": "MT", **front}
    return document_of(notebook(text, *shown_ones, **front))


def test_figures_and_tables_name_the_source_of_the_report_by_its_acronym_but_on_the_cover():
    short = with_short_sources(document())
    sources = [block["source"] for block in short["blocks"] if "source" in block]
    assert sources == [f"{FULL}, édition 2025.", "MT, édition 2025", "La Presse."]
    assert short["cover"] == [["Source", f"MT\u00a0: {FULL}"]]


def test_on_a_page_the_first_figure_alone_names_its_source_in_full_after_its_acronym():
    page = render_html(document())
    sources = re.findall(r"<p><strong>Source\u00a0: </strong>(.*?)</p>", page)
    assert sources == [f"MT, {FULL}, édition 2025.", "MT, édition 2025.", "La Presse."]
    assert f"<dd>MT\u00a0: {FULL}</dd>" in page


def test_a_source_without_an_acronym_is_as_it_was():
    whole = document(producer_short="")
    assert with_short_sources(whole)["blocks"] == whole["blocks"]


@pytest.mark.parametrize("is_linked", [True, False])
def test_the_notice_of_a_brief_document_spells_its_source_out(is_linked: bool):
    title = "[Portrait public](https://exemple.org)" if is_linked else "Portrait public"
    notices = [
        {"markdown": "Ni revue."},
        {"markdown": f"Données : Ministère du Travail, {title}, consultées."},
    ]
    short = with_short_sources(document(brief=True, cover=[], notices=notices))
    sources = [block["source"] for block in short["blocks"] if "source" in block]
    assert sources[-1] == "La Presse."
    assert set(sources[:-1]) == {"MT, édition 2025" if is_linked else f"{FULL}, édition 2025."}
    assert ("Ministère du Travail (MT), " in plain(short["notices"][1])) == is_linked


def test_a_short_source_refers_to_the_page_of_the_colophon():
    layout = Layout(render_pdf(document()))
    lines = " ".join(layout.lines(3))
    assert "À propos de ce document" in layout.lines(2)
    assert "MT, édition 2025 (p. 2)." in lines.replace("\u00a0", " ")
