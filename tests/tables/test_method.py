"""Tables of the method: both languages of the glossary, terms without a definition, formulas."""

from __future__ import annotations

import dataclasses

import pandas as pd

from portrait import tables
from portrait.registers.source import Term
from tests import small
from tests.facts.editions import opened, reconstructed


def with_terms(edition, **vocabulary):
    return dataclasses.replace(edition, source=dataclasses.replace(edition.source, vocabulary=vocabulary))


def test_the_glossary_has_the_same_terms_in_both_languages_the_reader_s_first(edition):
    french, english = (tables.glossary(edition, language) for language in ("fr", "en"))
    assert french.columns == ("Français", "Anglais", "Définition")
    assert english.columns == ("English", "French", "Definition")
    assert [row[:2] for row in french.rows] == [row[1::-1] for row in english.rows]
    assert len(set(french.rows)) == len(french.rows)
    assert all(all(row) for row in (*french.rows, *english.rows))


def test_a_status_without_a_definition_has_what_the_text_calls_it_and_a_category_is_left_out(tmp_path):
    edition = opened(tmp_path, [small.row()])
    terms = (
        Term("production", {"fr": "Pilote", "en": "Pilot"}),
        Term("unknown", {"fr": "Abandon"}, {"en": "No longer used."}),
    )
    statuses = edition.initiatives.assign(status=["production"], category=["Chat"])
    both = pd.concat([statuses, statuses.assign(status=["unknown"])])
    asked = with_terms(
        dataclasses.replace(edition, initiatives=both), status=terms, category=(Term("Chat", {"fr": "Chat"}),)
    )
    rows = tables.glossary(asked, "en").rows
    assert rows[-2:] == (
        ("Pilot", "Pilote", "Status: “in production” in the text."),
        ("unknown", "Abandon", "Status: No longer used."),
    )


def test_a_status_or_a_portfolio_that_no_row_has_is_not_in_the_glossary(tmp_path):
    rows = [small.row(status=small.PRODUCTION), small.row("Aide", status=small.PRODUCTION)]
    english = [row[0] for row in tables.glossary(opened(tmp_path, rows), "en").rows]
    assert "In production" in english
    assert "In development" not in english
    assert "Portfolio" in english
    nameless = opened(tmp_path / "nameless", [small.row(portfolio="")])
    assert "Portfolio" not in [row[0] for row in tables.glossary(nameless, "en").rows]


def test_terms_of_links_and_specimens_are_left_out_of_a_first_edition_of_official_rows(tmp_path):
    rows, before = [small.row()], [small.row("Aide")]
    first = {row[1] for row in tables.glossary(opened(tmp_path / "first", rows), "fr").rows}
    second = {row[1] for row in tables.glossary(opened(tmp_path / "second", rows, before), "fr").rows}
    assert second - first == {"Link", "Tier"}
    assert "Specimen" not in second
    assert "Specimen" in {row[1] for row in tables.glossary(reconstructed(), "fr").rows}


def test_an_initiative_is_defined_as_what_the_register_records(edition):
    unit = {"fr": "un outil algorithmique", "en": "an algorithmic tool"}
    facts = {**edition.source.facts, "record_unit": unit}
    ours = dataclasses.replace(edition, source=dataclasses.replace(edition.source, facts=facts))
    assert tables.glossary(ours, "en").rows[0] == (
        "Initiative",
        "Initiative",
        "One row of the file, as a body reported it: an algorithmic tool.",
    )
    nouns = {"initiative": {"en": "a tool, tools"}, "portfolio": {"en": "an agency, agencies"}}
    named = dataclasses.replace(ours.source, facts=facts | {"nouns": nouns})
    rows = tables.glossary(dataclasses.replace(ours, source=named), "en").rows
    assert rows[0][:2] == ("Tool", "Initiative")
    assert "Agency" in {row[0] for row in rows} and "Portfolio" not in {row[0] for row in rows}


def test_a_term_of_another_year_is_not_in_the_glossary_nor_is_a_note_on_statuses_without_any(edition):
    past = Term("production", {"fr": "Pilote", "en": "Pilot"}, years=(2024,))
    table = tables.glossary(with_terms(edition, status=(past,)), "en")
    assert "Pilot" not in [row[0] for row in table.rows]
    assert table.note == ""
    assert tables.glossary(edition, "en").note.startswith("Statuses and categories: ")


def test_each_indicator_has_a_formula_and_its_reference_or_a_dash(edition):
    french, english = (tables.formulas(edition, language) for language in ("fr", "en"))
    assert french.rows[0] == (
        "Part en production",
        "Initiatives en production, divisées par toutes les initiatives; une initiative de statut inconnu "
        "élargit la fourchette.",
        "—",
    )
    assert [row[2] for row in french.rows] == [row[2] for row in english.rows]
    assert all(all(row) for row in (*french.rows, *english.rows))
    assert all(one[1] != other[1] for one, other in zip(french.rows, english.rows, strict=True))


def test_print_leaves_formulas_to_the_page_however_few(edition):
    table = tables.formulas(edition, "en")
    assert table.print_limit == 0
    assert table.print_notice["url"] == "annual.en.html#tab-formulas"


def test_a_formula_of_what_the_edition_lacks_is_left_out(tmp_path):
    alone = opened(tmp_path, [small.row()])
    bare = dataclasses.replace(alone, initiatives=alone.initiatives.assign(category="", status=""))
    assert [row[0] for row in tables.formulas(bare, "en").rows] == [
        "Concentration (Herfindahl-Hirschman)",
        "Equivalent number",
        "Inequality (Gini)",
    ]


def test_terms_and_formulas_of_rows_are_left_out_where_rows_are_reconstructed(tmp_path):
    edition = small.edition_of(tmp_path, y2024=[small.row()], y2025=[small.row("Aide")])
    rebuilt = dataclasses.replace(edition, initiatives=edition.initiatives.assign(reconstructed=True))
    for table, name in ((tables.glossary, "Tier"), (tables.formulas, "Adjusted residual")):
        assert name in [row[0] for row in table(edition, "en").rows]
        assert name not in [row[0] for row in table(rebuilt, "en").rows]


def test_the_glossary_quotes_the_catalogue_in_french_and_translates_it_whole_in_english(tmp_path):
    edition = opened(tmp_path, [small.row(category="Automatisation")])
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
