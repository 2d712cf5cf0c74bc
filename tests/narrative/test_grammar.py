"""The linter fires on what is wrong, and on nothing of what is right."""

from __future__ import annotations

import pytest

from tests.narrative.grammar import RULES, faults


def found(text, language, **options):
    return {fault.rule for fault in faults(text, language, **options)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_fires_on_its_fault_and_not_on_its_mend(rule):
    language = "en" if rule.language == "en" else "fr"
    assert rule.name in found(rule.bad, language)
    assert rule.name not in found(rule.good, language)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("unmatched marks", "Un mot (un autre.", "Un mot (un autre)."),
        ("no capital", "un mot.", "Un mot."),
        ("no capital", "Un mot. un autre.", "Un mot. Un autre."),
        ("no period", "Un mot", "Un mot."),
    ],
)
def test_a_paragraph_begins_and_ends_as_one(rule, bad, good):
    assert rule in found(bad, "fr")
    assert rule not in found(good, "fr")


def test_a_heading_ends_without_a_period():
    assert found("Volume.", "fr", is_heading=True) == {"period of a heading"}
    assert found("Volume", "fr", is_heading=True) == set()


def test_official_words_are_left_as_they_are():
    assert "anglicism" not in found(
        "Analyse d’opportunités digitales.", "fr", quoted=["Analyse d’opportunités digitales."]
    )


def test_an_article_is_elided_before_the_first_letter_of_a_name():
    rule, names = "elided before a consonant", ["École des essais", "Laval"]
    assert rule not in found("La liste de l’École des essais.", "fr", quoted=names)
    assert rule in found("La liste de l’Laval.", "fr", quoted=names)
