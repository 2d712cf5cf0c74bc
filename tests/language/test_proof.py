"""The words by which a sentence is read, and definitions in words."""

from __future__ import annotations

import pytest

from portrait.facts.formulas import FORMULAS
from portrait.facts.queries import _TESTS
from portrait.language.phrases.sayable import NOUNS
from portrait.language.proof import definition, proof_words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_formula_and_condition_has_a_definition(language):
    words = proof_words()["define"][language]
    assert set(words["formulas"]) == {*FORMULAS, "edition"}
    named = {
        "published",
        "unpublished",
        "present in",
        "absent in",
        "linked to",
        "not linked to",
        "listed in",
        "not listed in",
    }
    assert set(words["conditions"]) == {*_TESTS, *named}


def test_every_term_has_words_in_both_languages_and_every_unit_is_a_term():
    for family in proof_words()["families"].values():
        for words in family.values():
            assert words["fr"] and words["en"]
    assert set(proof_words()["families"]["unit"]) == set(NOUNS)


def test_a_share_is_defined_with_its_bounds_in_french():
    rows = {"table": "initiatives", "where": [["edition", "=", "2025"], ["status", "in", ["production"]]]}
    query = {
        "formula": "share",
        "unit": "initiatives",
        "asks": {"part": rows, "whole": rows, "unknown": rows},
    }
    rows_said = "où l’édition est « 2025 », le statut est « en production »"
    told = f"Part des lignes {rows_said}, parmi celles {rows_said} (bornes : avec celles {rows_said})"
    assert definition(query, "fr").replace("\u00a0", " ") == told
