"""The register of claims: what a report says, where, and the annex that shows it."""

from __future__ import annotations

import pytest

from portrait.document import claims
from portrait.document.claims import claims_of, rows
from portrait.document.model import document_of
from portrait.storage.media_types import REGISTER
from tests.document import notebooks as made


def place(**changes: object) -> dict[str, object]:
    content = {
        "id": "tab-claims-register",
        "caption": "Registre",
        "columns": ["Chapitre", "Texte", "Valeur", "Énoncé"],
        "align": ["l", "l", "l", "l"],
        "rows": [],
        "source": "Ce rapport.",
        "sortable": True,
        "print_limit": 1,
        "print_notice": {"text": "Les {n} énoncés", "url": "claims.fr.json"},
        **changes,
    }
    return {REGISTER: content, "text/plain": "Plus tard."}


def a_report(*more: object):
    return made.notebook(
        made.prose("# Volume\n\nSoit {eval}`n`.", "258", tags=("fr",), cell="volume-fr"),
        made.prose("## Détail\n\nPuis {eval}`m`.", "12", tags=("fr",), cell="detail-fr"),
        made.prose("# Maturité\n\nPuis {eval}`m`, [](#tab-claims-register).", "3", cell="late"),
        *more,
    )


def test_a_claim_says_its_chapter_and_its_language() -> None:
    assert [(claim["id"], claim["chapter"], claim["language"]) for claim in claims_of(a_report())] == [
        ("volume-1", "Volume", "fr"),
        ("detail-1", "Volume", "fr"),
        ("late-1", "Maturité", "fr"),
    ]


def test_a_claim_has_one_identifier_in_whatever_order_a_language_says_it() -> None:
    french = made.notebook(made.prose("En {eval}`p.year(y)`, {eval}`p.number(n)`.", "2025", "3", cell="a"))
    english = made.notebook(made.prose("{eval}`p.number(n)` in {eval}`p.year(y)`.", "3", "2025", cell="a"))
    assert [(claim["id"], claim["value"]) for claim in claims_of(french)] == [("a-2", "2025"), ("a-1", "3")]
    assert [(claim["id"], claim["value"]) for claim in claims_of(english)] == [("a-1", "3"), ("a-2", "2025")]


def test_what_the_report_leaves_out_claims_nothing() -> None:
    hidden = made.prose("Soit {eval}`n`.", "9", tags=("internal",), cell="hidden")
    assert [claim["text"] for claim in claims_of(a_report(hidden))] == ["258", "12", "3"]


def test_the_annex_shows_the_register_of_the_whole_notebook() -> None:
    after = made.prose("Enfin {eval}`k`.", "7", cell="end")
    document = document_of(a_report(made.shown(place(), cell="annex"), after))
    (table,) = (block for block in document["blocks"] if block["type"] == "table")
    assert [row[1] for row in table["rows"]] == ["258", "12", "3", "7"]
    assert table["rows"][0] == ["Volume", "258", "258", "volume-1"]
    assert table["print_notice"] == {"text": "Les 4 énoncés", "url": "claims.fr.json"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (258, "258"),
        (0.71428571, "0.71429"),
        (None, "null"),
        ([["Santé", 95], ["Justice", 16]], "Santé (95), Justice (16)"),
        ({"part": 3, "whole": 7}, "3, 7"),
        ("A" * 90, "A" * 79 + "…"),
    ],
)
def test_a_value_is_shown_bare(value: object, shown: str) -> None:
    assert rows([{"chapter": "V", "text": "t", "value": value, "id": "a-1"}]) == [["V", "t", shown, "a-1"]]


def test_several_values_are_shown_in_the_order_of_the_text_each_name_with_its_number() -> None:
    printed = [("name0", "Santé"), ("count0", 95), ("name1", "Justice"), ("count1", 16), ("tied", 2)]
    parts = [{"field": field, "value": value} for field, value in printed]
    claim = {"chapter": "V", "text": "t", "value": dict(sorted(printed)), "id": "a-1", "parts": parts}
    assert rows([claim])[0][2] == "Santé (95), Justice (16), 2"


def test_a_no_break_space_beside_a_number_stays_alone():
    part = {"start": 2, "printed": "Oui", "value": "Yes"}
    claim = {"id": "risk-1", "expression": "p.top(risks)", "query": {}, "parts": [part], "value": ["Yes"]}
    texts = [node["text"] for node in claims.nodes_of("«\u00a0Oui\u00a0»", claim)]
    assert texts == ["«\u00a0", "Oui", "\u00a0»"]
    texts = [node["text"] for node in claims.nodes_of("à Oui et", claim)]
    assert texts == ["à ", "Oui", " et"]
