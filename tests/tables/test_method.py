"""Tables of the method: both languages of the glossary, terms without a definition, formulas."""

from __future__ import annotations

import dataclasses

from portrait import tables
from portrait.registers.source import Term


def with_terms(edition, **vocabulary):
    return dataclasses.replace(edition, source=dataclasses.replace(edition.source, vocabulary=vocabulary))


def test_the_glossary_has_the_same_terms_in_both_languages_the_reader_s_first(edition):
    french, english = (tables.glossary(edition, language) for language in ("fr", "en"))
    assert french.columns == ("Français", "Anglais", "Définition")
    assert english.columns == ("English", "French", "Definition")
    assert [row[:2] for row in french.rows] == [row[1::-1] for row in english.rows]
    assert len(set(french.rows)) == len(french.rows)
    assert all(all(row) for row in (*french.rows, *english.rows))


def test_a_term_that_the_source_does_not_define_has_the_name_of_its_field(edition):
    terms = (
        Term("pilot", {"fr": "Pilote", "en": "Pilot"}),
        Term("dropped", {"fr": "Abandon"}, {"en": "No longer used."}),
    )
    rows = tables.glossary(with_terms(edition, status=terms), "en").rows
    assert rows[-2:] == (("Pilot", "Pilote", "Status"), ("dropped", "Abandon", "Status: No longer used."))


def test_a_term_of_another_year_is_not_in_the_glossary_nor_is_a_note_on_statuses_without_any(edition):
    past = Term("pilot", {"fr": "Pilote", "en": "Pilot"}, years=(2024,))
    table = tables.glossary(with_terms(edition, status=(past,)), "en")
    assert "Pilot" not in [row[0] for row in table.rows]
    assert table.note == ""
    assert tables.glossary(edition, "en").note.startswith("Statuses and categories: ")


def test_each_indicator_has_a_formula_and_its_reference_or_a_dash(edition):
    french, english = (tables.formulas(edition, language) for language in ("fr", "en"))
    assert french.rows[0] == (
        "Part en production",
        "Initiatives en production, divisées par celles en production ou en développement.",
        "—",
    )
    assert [row[2] for row in french.rows] == [row[2] for row in english.rows]
    assert all(all(row) for row in (*french.rows, *english.rows))
    assert all(one[1] != other[1] for one, other in zip(french.rows, english.rows, strict=True))


def test_the_glossary_quotes_the_catalogue_in_french_and_translates_it_whole_in_english(edition):
    french, english = (tables.glossary(edition, language) for language in ("fr", "en"))
    assert (
        "Automatisation",
        "Automation",
        "Catégorie\u00a0: Système d’IA utilisé principalement pour l’automatisation de tâches et/ou de "
        "processus définis et ciblés.",
    ) in french.rows
    assert (
        "Automation",
        "Automatisation",
        "Category: AI system used mainly to automate defined and targeted tasks and/or processes.",
    ) in english.rows
    assert french.note == "Statuts et catégories : définitions de la source, mot pour mot."
    assert english.note.endswith("definitions of the source, translated from French by this project.")


def test_definitions_that_are_not_the_source_s_own_words_are_not_said_to_be(edition):
    facts = {**edition.source.facts, "definitions_quoted_in": None}
    ours = dataclasses.replace(edition, source=dataclasses.replace(edition.source, facts=facts))
    assert tables.glossary(ours, "en").note.startswith("Statuses and categories: what this report places")
    assert tables.glossary(with_terms(ours, status=(Term("done", {}),)), "en").note == ""
