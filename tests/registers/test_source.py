"""Sources: displayed labels, recorded equivalences, and reference files that are refused."""

import re
from pathlib import Path

import pytest

from portrait.errors import RefusedInput, WrongCall
from portrait.registers.project import find_project, source_names
from portrait.registers.schema import load_source
from portrait.registers.source import Source

SOURCE = """
producer: {fr: Ministère, en: Ministry}
producer_in_a_sentence: {fr: le Ministère, en: the Ministry}
title: {fr: Registre, en: Register}
scope_name: {fr: l’administration, en: the administration}
licence: CC-BY 4.0
licence_url: https://example.org/licence
catalogue: {url: https://example.org, consulted: 2026-01-31}
citation: {fr: "Registre (consulté le {consulted}).", en: "Register (consulted {consulted})."}
legal_basis: {fr: Un arrêté., en: An order.}
included: {fr: Tout., en: Everything.}
excluded: {fr: [], en: []}
editions:
  2024: {collected: 2024-06-15, published: 2024-11}
  2025:
names_in_both_languages: {separator: " / ", order: [en, fr], fields: [body]}
before_names:
  en: {the: '\\b(Agency|Board)$'}
  fr: {le bureau de la: ^(Énergie|Justice)$, le: Board}
vocabulary:
  status:
  - {name: production, fr: En production, en: In production}
  - {name: unknown, fr: Indisponible, en: Unavailable}
  category:
  - {name: Automatisation, en: Automation, definition_fr: Tâches., definition_en: Tasks.}
  - {name: Vision, years: [2025]}
  portfolio:
  - {name: Famille, en: Famille (Family)}
...
"""
COLUMNS = """field,2024,2025
name,Nom,Titre |  Nom
body,Organisme,Organisme
portfolio,Portefeuille,Portefeuille
category, ,Type
status,Statut,Statut
"""
LABELS = "field,published,ours,since,until,evidence,recorded_by\n"
BODIES = "published,body,since,until,evidence,recorded_by\n"


@pytest.fixture
def write(tmp_path):
    """Write valid reference files of the source `register`, some replaced by the test."""

    def write(**files):
        folder = tmp_path / "data" / "reference" / "register"
        folder.mkdir(parents=True, exist_ok=True)
        valid = {
            "source.yml": SOURCE,
            "columns.csv": COLUMNS,
            "labels.csv": LABELS,
            "bodies.csv": BODIES,
        }
        for name, content in (valid | files).items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / name).write_bytes(data)
        return tmp_path

    return write


@pytest.fixture
def load(write):
    return lambda **files: load_source("register", write(**files))


def refused(load, **files):
    with pytest.raises(RefusedInput) as caught:
        load(**files)
    return caught.value


def test_a_source_is_read_once_and_again_only_when_a_file_holds_something_else(load):
    first = load()
    assert load() is first
    renamed = load(**{"source.yml": SOURCE.replace("en: Register}", "en: Registry}", 1)})
    assert (first.text("title", "en"), renamed.text("title", "en")) == ("Register", "Registry")
    assert load().text("title", "en") == "Register"


# Content of a source


def test_a_field_may_have_several_headers_or_be_absent_from_a_year(load):
    columns = load().columns
    assert [columns[year]["name"] for year in (2024, 2025)] == [("Nom",), ("Titre", "Nom")]
    assert columns[2025]["category"] == ("Type",)
    assert [load().publishes("category", year) for year in (2023, 2024, 2025)] == [False, False, True]


def test_dates_keep_their_published_precision_and_unknown_ones_are_empty(load):
    source = load()
    assert source.years == (2024, 2025)
    assert (source.dates(2024).collected, source.dates(2024).published) == ("2024-06-15", "2024-11")
    assert (source.dates(2024).modified, source.dates(2025).collected) == ("", "")


def test_labels_have_typographic_apostrophes_and_labels_as_published_keep_theirs(load):
    source = load()
    assert source.label("body", "Société d'habitation", "fr") == "Société d’habitation"
    assert source.short_label("portfolio", "Ministère de l'Eau", "fr") == "Ministère de l’Eau"
    assert source.label("category_published", "Traitement d'image", "fr") == "Traitement d'image"


def test_the_words_before_a_name_are_those_of_the_first_pattern_of_its_source_that_fits(load):
    said = [load().in_a_sentence(name, "en") for name in ("Space Agency", "Agency of All")]
    assert said == ["the Space Agency", "Agency of All"]
    said = [load().in_a_sentence(name, "fr") for name in ("Énergie", "Justice", "Board", "Eau")]
    assert said == ["le bureau de l’Énergie", "le bureau de la Justice", "le Board", "Eau"]


def test_a_closed_list_has_the_terms_of_its_year(load):
    source = load()
    assert [term.name for term in source.terms("category", 2024)] == ["Automatisation"]
    assert [term.name for term in source.terms("category", 2025)] == ["Automatisation", "Vision"]
    assert source.terms("category", 2024)[0].definitions == {"fr": "Tâches.", "en": "Tasks."}


def test_vocabularies_are_the_same_only_if_all_terms_are(load):
    source = load()
    assert source.same_vocabulary("status", 2024, 2025)
    assert not source.same_vocabulary("category", 2024, 2025)
    assert not source.same_vocabulary("benefits", 2024, 2025)


@pytest.mark.parametrize(
    ("field", "value", "french", "english"),
    [
        ("status", "production", "En production", "In production"),
        ("status", "unknown", "Indisponible", "Unavailable"),
        ("status", "unclassified", "À classer", "To classify"),
        ("category", "Automatisation", "Automatisation", "Automation"),
        ("category", "unknown", "Non renseigné", "Not given"),
        ("portfolio_folded", "Famille", "Famille", "Famille (Family)"),
        ("portfolio", "unknown", "Non renseigné", "Not given"),
        ("body", "Health Canada / Santé Canada", "Santé Canada", "Health Canada"),
        ("body", "Health Canada  /  Santé Canada ", "Santé Canada", "Health Canada"),
        ("body", "One / deux / trois", "One / deux / trois", "One / deux / trois"),
        ("portfolio", "Health / Santé", "Health / Santé", "Health / Santé"),
        ("body", "unclassified", "unclassified", "unclassified"),
        ("body", "Organisme inconnu", "Organisme inconnu", "Organisme inconnu"),
    ],
)
def test_the_label_of_a_value_follows_the_language(load, field, value, french, english):
    source = load()
    assert (source.label(field, value, "fr"), source.label(field, value, "en")) == (french, english)


def test_an_equivalence_holds_from_its_first_to_its_last_year(load):
    source = load(**{"labels.csv": LABELS + "portfolio,Aînés,Famille,2024,2025,decree,A. B.\n"})
    held = {year: source.mapped("portfolio", year) for year in (2023, 2024, 2025, 2026)}
    assert held == {2023: {}, 2024: {"aines": "Famille"}, 2025: {"aines": "Famille"}, 2026: {}}


def test_rows_of_bodies_csv_are_equivalences_of_the_field_body(load):
    source = load(**{"bodies.csv": BODIES + "HEC,HEC Montréal,,,statute,A. B.\n"})
    assert source.mapped("body", 2025) == {"hec": "HEC Montréal"}
    assert source.mapped("portfolio", 2025) == {}


# Finding a source


def test_the_project_is_found_from_any_folder_inside_it(write):
    project = write()
    inside = project / "notebooks" / "drafts"
    inside.mkdir(parents=True)
    assert find_project(inside) == project.resolve()


def test_outside_a_project_the_error_names_the_option_to_give_one(tmp_path):
    with pytest.raises(WrongCall, match="--project"):
        find_project(tmp_path)


def test_an_unknown_source_is_refused_with_the_closest_and_all_known_ones(write):
    project = write()
    assert source_names(project) == ["register"]
    with pytest.raises(WrongCall) as caught:
        load_source("registre", project)
    assert caught.value.mend == "Did you mean “register”? Known: register."


# Reference files that are refused


def test_an_invalid_yaml_file_is_refused(load):
    assert "YAML illisible" in refused(load, **{"source.yml": "title: [Registre"}).french
    assert "not a mapping" in refused(load, **{"source.yml": "- Registre\n"}).english


def test_a_citation_by_language_has_both(load):
    citation = "citation: {fr: 'Registre, (consulté le {consulted}).'}"
    refusal = refused(load, **{"source.yml": re.sub("citation: .*", citation, SOURCE)})
    assert "the key “en” is missing" in refusal.english


def test_a_comma_outside_quotes_is_refused_with_its_row(load):
    row = "category,RPA,Automatisation,,,same definition, says the guide,A. B.\n"
    assert refused(load, **{"labels.csv": LABELS + "\n" + row}).place.row == 3


def test_a_value_outside_the_closed_list_is_refused(load):
    refusal = refused(load, **{"labels.csv": LABELS + "status,En service,in production,,,guide,A. B.\n"})
    assert (refusal.place.column, refusal.place.value) == ("ours", "in production")


def test_a_label_may_be_recorded_as_unknown(load):
    source = load(**{"labels.csv": LABELS + "category,À venir,unknown,,,guide,A. B.\n"})
    assert source.mapped("category", 2025) == {"a venir": "unknown"}


def test_a_name_with_two_values_in_one_year_is_refused(load):
    twice = "HEC,HEC Montréal,,2025,statute,A. B.\nhec ,Autre,2025,,statute,A. B.\n"
    refusal = refused(load, **{"bodies.csv": BODIES + twice})
    assert (refusal.place.row, refusal.place.value) == (3, "hec ")
    assert "HEC Montréal" in refusal.english


def test_a_name_may_have_different_values_in_different_years(load):
    moved = "MEQ,Ministère A,,2024,decree,A. B.\nMEQ,Ministère B,2025,,decree,A. B.\n"
    source = load(**{"bodies.csv": BODIES + moved})
    assert source.mapped("body", 2024) == {"meq": "Ministère A"}
    assert source.mapped("body", 2025) == {"meq": "Ministère B"}


def test_a_label_may_have_different_values_in_different_fields(load):
    labels = "status,Autre,unknown,,,guide,A. B.\ncategory,Autre,Automatisation,,,guide,A. B.\n"
    source = load(**{"labels.csv": LABELS + labels})
    assert source.mapped("status", 2025) == {"autre": "unknown"}
    assert source.mapped("category", 2025) == {"autre": "Automatisation"}


@pytest.mark.parametrize("name", ["source.yml", "labels.csv"])
def test_a_reference_file_that_is_not_utf8_is_refused(load, name):
    content = {"source.yml": SOURCE, "labels.csv": LABELS + "status,Indéterminé,unknown,,,guide,A. B.\n"}[
        name
    ]
    assert "UTF-8" in refused(load, **{name: content.encode("cp1252")}).english


def test_a_reference_file_with_a_byte_order_mark_is_read(load):
    source = load(**{"labels.csv": ("\ufeff" + LABELS + "category,RPA,Automatisation,,,guide,A. B.\n")})
    assert source.mapped("category", 2024) == {"rpa": "Automatisation"}


def test_a_date_left_empty_is_unknown():
    facts = {"editions": {2026: {"collected": None, "modified": "2027-01-27"}}}
    dates = Source("register", Path("register"), facts, {}, (), {}).dates(2026)
    assert (dates.collected, dates.published, dates.modified) == ("", "", "2027-01-27")


BORDER = "field,published,ours,since,until,evidence,recorded_by,may_be,reason_fr,reason_en\n"
ON_BORDER = "status,{},{},2024,,guide,A. B.,development,Entre les deux.,{}\n"


def test_a_label_on_the_border_has_its_years_and_its_reason(load):
    source = load(**{"labels.csv": BORDER + ON_BORDER.format("Évaluation", "production", "Between both.")})
    label = source.border_label(2025)
    assert (label.published, label.may_be, label.reason["en"]) == (
        "Évaluation",
        "development",
        "Between both.",
    )
    assert source.border_label(2023) is None


@pytest.mark.parametrize(
    "rows",
    [
        ON_BORDER.format("Évaluation", "unknown", "Between both."),
        ON_BORDER.format("Évaluation", "production", ""),
        ON_BORDER.format("Évaluation", "production", "Between both.")
        + ON_BORDER.format("Essai", "production", "Between both."),
    ],
)
def test_a_label_on_the_border_is_one_of_production_with_its_reason(load, rows):
    refusal = refused(load, **{"labels.csv": BORDER + rows})
    assert "one a year" in str(refusal) or "par an" in str(refusal)
