"""The words by which a sentence is read, and definitions in words."""

from __future__ import annotations

import pytest

from portrait.facts.formulas import FORMULAS
from portrait.facts.queries import _TESTS
from portrait.language.phrases.sayable import NOUNS
from portrait.language.proof import definition, proof_words
from portrait.publish.verify import THRESHOLDS, flat, spoken


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
    assert set(proof_words()["families"]["threshold"]) == set(THRESHOLDS)


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


HINTS = {name.removeprefix("hints "): words for name, words in proof_words().items() if "hints " in name}
OTHERWISE = {
    "link linked": ("12 initiatives n’ont pas bougé", "12 use cases carry on with no identified twin"),
    "link not linked": ("12 initiatives n’ont pas changé", "12 use cases carry on without fail"),
    "benefits_stated yes": ("12 textes n’annoncent aucun gain", "12 texts never describe a gain"),
    "benefits_stated no": ("12 textes ne sont pas longs", "12 texts are not long"),
    "told published": ("12 organismes sont nommés", "12 bodies are named"),
    "told unpublished": ("12 organismes publient un nombre", "12 bodies publish a number"),
    "presence present": (
        "12 agences ont deux systèmes, au nom court",
        "12 agencies have two systems to their name",
    ),
    "presence entered": ("12 agences, à elles seules", "12 agencies alone report more"),
    "presence left": ("12 agences, sans exception, ne perdent rien", "12 agencies, alone, lost none"),
    "presence absent": ("12 agences, à elles seules", "12 agencies, alone, report more"),
    "status production": ("12 initiatives attendent la production", "12 use cases await production"),
    "status development": ("12 initiatives quittent le développement", "12 use cases leave development"),
    "status development+production": ("il reste 12 initiatives", "12 use cases remain"),
    "status unclassified+unknown": ("12 chiffres ne sont pas comparables", "12 figures are not comparable"),
    "status retired": ("12 initiatives assurent un service", "12 use cases provide a service"),
    "theme found no": ("pas moins de 12 titres", "no fewer than 12 titles"),
    "naming strict": ("12 noms proches", "12 close names"),
    "naming lenient": ("12 noms identiques", "12 identical names"),
}
"""Sentences that do not say the condition, by the list that hints at it."""


def test_each_list_of_hints_is_of_a_condition_and_has_a_sentence_that_it_must_not_excuse() -> None:
    families = proof_words()["families"]
    known = {f"{family} {term}" for family, terms in families.items() for term in terms}
    assert HINTS.keys() <= known
    assert HINTS.keys() == OTHERWISE.keys()


@pytest.mark.parametrize("condition", OTHERWISE)
def test_a_sentence_that_says_something_else_has_no_hint_of_a_condition(condition: str) -> None:
    for language, text in zip(("fr", "en"), OTHERWISE[condition], strict=True):
        assert spoken(HINTS[condition][language], flat(text)) == []
