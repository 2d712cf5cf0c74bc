"""The register of a document: sentences, definitions, absent facts and official sentences."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from nbformat import from_dict

import portrait.facts
from portrait.document.model import document_of
from portrait.document.register import register_of
from portrait.language.phrases import Phrases
from tests.document import notebooks as made

SCHEMA = json.loads((Path(portrait.facts.__file__).parent / "claims.schema.json").read_text("utf-8"))
ABSENT = {
    "fact": "g.share",
    "query": {"formula": "count", "unit": "initiatives", "asks": {"of": {"table": "links", "where": []}}},
    "why": "no previous edition",
}


def told(source: str, *phrases: str, **about: object):
    cell = made.prose(source, *map(str, phrases), cell="volume-fr", tags=("fr",))
    for kept, phrase in zip(cell.metadata["user_expressions"], phrases, strict=True):
        if hasattr(phrase, "_repr_mimebundle_"):
            kept["result"]["data"] = phrase._repr_mimebundle_()
    if about:
        cell.metadata["portrait"] |= from_dict(about)
    notebook = made.notebook(cell)
    register = register_of(notebook, document_of(notebook))
    jsonschema.validate(register, SCHEMA)
    return register


def test_a_claim_has_the_sentence_that_holds_it():
    register = told("Un an. Soit {eval}`n`, ou {eval}`m` %. Fin {eval}`k`.", "258", "12,5", "3")
    assert [claim["sentence"] for claim in register["claims"]] == [
        "Soit 258, ou 12,5 %.",
        "Soit 258, ou 12,5 %.",
        "Fin 3.",
    ]


def test_a_name_with_a_point_is_not_cut():
    register = told("Chez {eval}`n` et {eval}`m`.", "R. Tri inc. Est", "3")
    assert {claim["sentence"] for claim in register["claims"]} == {"Chez R. Tri inc. Est et 3."}


def test_a_claim_that_says_a_fact_has_its_definition_and_its_question():
    [claim] = told("En {eval}`p.year(2025)`.", Phrases("fr").year(2025))["claims"]
    assert (claim["definition"], claim["query"]["asks"]) == ("Édition 2025", {"edition": "2025"})


def test_absent_facts_and_official_sentences_are_kept():
    register = told("{eval}`p.statement(x)`", Phrases("fr").statement("Le 15 juin 2024."), absent=[ABSENT])
    assert register["absent"] == [ABSENT]
    assert register["statements"] == ["Le 15\u00a0juin 2024."]
    assert register["claims"] == []


def test_a_claim_in_the_title_of_a_figure_has_that_title_as_its_sentence():
    title = made.prose("Il y en a {eval}`n`", "258", cell="titre", tags=("fr", "title"))
    notebook = made.notebook(title, made.shown(made.figure()))
    [claim] = register_of(notebook, document_of(notebook))["claims"]
    assert claim["sentence"] == "Il y en a 258"
