"""Loading a source checks the format of its files; these tests, that their content is complete."""

import csv
import re
from pathlib import Path

import pytest

from portrait.language.dates import date
from portrait.language.text import normalise
from portrait.registers.codebook import BENEFITS, TASKS, codebook_of
from portrait.registers.parsing import Faults
from portrait.registers.project import source_names
from portrait.registers.schema import load_source
from portrait.registers.source import UNCLASSIFIED, UNKNOWN
from tests.json_texts import texts_of
from tests.real_data import REAL_DATA, needs_real_data
from tests.small import PROJECT

NAMES = source_names(PROJECT)
SOURCES = [load_source(name, PROJECT) for name in NAMES]
# Keys of `source.yml` displayed to readers, in both languages.
BILINGUAL = {
    *("producer", "producer_in_a_sentence", "title", "scope_name"),
    *("legal_basis", "included", "excluded"),
    *("record_unit", "declaring_unit", "no_codebook"),
}
MAY_BE_ABSENT = {"no_codebook"}

every_source = pytest.mark.parametrize("source", SOURCES, ids=NAMES)
every_edition = pytest.mark.parametrize(
    ("source", "year"),
    [pytest.param(source, year, id=f"{source.id}-{year}") for source in SOURCES for year in source.years],
)


def rows(source, name):
    path = source.folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_registers_are_those_of_five_administrations():
    assert NAMES == ["ca-federal", "nl", "quebec", "uk", "us-federal"]


# Who publishes what, under which licence


@every_source
def test_a_citation_has_the_day_of_consultation_and_only_known_dates(source):
    for form in texts_of(source.facts["citation"]):
        assert "{consulted}" in form
        if "{modified}" in form:
            assert all(source.dates(year).modified for year in source.years)


@every_source
def test_displayed_facts_of_a_source_are_in_both_languages(source):
    facts = {key: source.facts[key] for key in BILINGUAL if key in source.facts}
    assert facts.keys() >= BILINGUAL - MAY_BE_ABSENT
    assert {key: text for key, text in facts.items() if text["fr"] and text["fr"] == text["en"]} == {}
    assert len(facts["excluded"]["fr"]) == len(facts["excluded"]["en"])


def test_each_source_has_the_name_of_its_place_in_both_languages():
    places = {source.id: [source.text("place", each) for each in ("fr", "en")] for source in SOURCES}
    assert places == {
        "ca-federal": ["Canada", "Canada"],
        "nl": ["Pays-Bas", "Netherlands"],
        "quebec": ["Québec", "Québec"],
        "uk": ["Royaume-Uni", "United Kingdom"],
        "us-federal": ["États-Unis", "United States"],
    }


@every_source
def test_french_prose_has_typographic_apostrophes(source):
    as_published = {"title"}
    prose = [source.facts[key]["fr"] for key in BILINGUAL - as_published if key in source.facts]
    definitions = [term.definitions.get("fr", "") for terms in source.vocabulary.values() for term in terms]
    assert [text for text in texts_of([prose, definitions]) if "'" in text] == []


# Years


@every_edition
def test_dates_are_days_or_months_in_chronological_order(source, year):
    dates = source.dates(year)
    known = [each for each in (dates.collected, dates.made_precise, dates.published, dates.modified) if each]
    assert [date(each, "fr") for each in known]
    assert known == sorted(known)


@every_source
def test_columns_are_recorded_for_the_years_of_editions(source):
    assert set(source.columns) == set(source.years)


# Vocabulary


# Words or official names that are the same in both languages.
SAME_IN_BOTH = {"Transport", "Science", "Justice", "Cybersécurité", "CHU de Québec - Université Laval"}


@every_source
def test_the_labels_of_a_term_differ_between_languages_unless_listed(source):
    same = [
        term.name
        for terms in source.vocabulary.values()
        for term in terms
        if term.labels["fr"] == term.labels["en"] and not term.short
    ]
    assert set(same) - SAME_IN_BOTH == set()


@every_source
def test_a_definition_is_in_both_languages(source):
    defined = [sorted(term.definitions) for terms in source.vocabulary.values() for term in terms]
    assert [languages for languages in defined if languages not in ([], ["en", "fr"])] == []


@every_edition
def test_a_published_category_has_a_closed_list(source, year):
    assert source.publishes("category", year) == bool(source.terms("category", year))


# Recorded equivalences


@every_source
@pytest.mark.parametrize("name", ["labels.csv", "bodies.csv"])
def test_a_decision_holds_in_an_edition(source, name):
    for row in rows(source, name):
        since, until = int(row["since"] or 0), int(row["until"] or 9999)
        assert any(since <= year <= until for year in source.years), row


@every_source
def test_a_portfolio_leads_to_a_term(source):
    terms = {term.name for term in source.vocabulary.get("portfolio", ())}
    for row in source.mappings:
        if terms and row.field in ("portfolio", "portfolio_folded"):
            assert row.ours in {*terms, UNKNOWN, UNCLASSIFIED}, row


@every_edition
def test_a_portfolio_is_not_folded_into_one_that_is_folded_itself(source, year):
    folds = source.mapped("portfolio_folded", year)
    assert {ours for ours in folds.values() if normalise(ours) in folds} == set()


# The codebooks of announced benefits

CODEBOOKS = {source.id: codebook_of(source.folder, Faults()) for source in SOURCES}
every_theme = pytest.mark.parametrize(
    "theme",
    [
        pytest.param(theme, id=f"{name}-{theme.name}")
        for name, themes in CODEBOOKS.items()
        for theme in themes
    ],
)


@every_source
def test_a_source_that_publishes_benefits_has_a_codebook_or_says_why_not(source):
    publishes = any(source.publishes("benefits", year) for year in source.years)
    assert publishes == (bool(CODEBOOKS[source.id]) != ("no_codebook" in source.facts))


@every_theme
def test_a_theme_is_in_both_languages_with_typographic_apostrophes_in_french(theme):
    for wording in (theme.labels, theme.definitions):
        assert wording["fr"] != wording["en"]
        assert "'" not in wording["fr"]


def test_themes_have_the_same_names_labels_and_definitions_in_every_codebook():
    first, *others = [
        [(theme.name, theme.labels, theme.definitions) for theme in themes]
        for themes in CODEBOOKS.values()
        if themes
    ]
    assert all(other == first for other in others)


def test_the_codebook_page_documents_each_column_in_both_languages():
    page = PROJECT / "data" / "reference" / "codebook.md"
    english, french = page.read_text("utf-8").split("## En français")
    for column in {*BENEFITS.columns, *TASKS.columns}:
        assert f"`{column}`" in english
        assert f"`{column}`" in french


@pytest.mark.parametrize(
    ("source", "text", "themes"),
    [
        ("us-federal", "Reduces processing times and errors.", ["time", "quality"]),
        (
            "us-federal",
            "AI was automatically integrated into the product without an identified benefit.",
            ["none"],
        ),
        ("us-federal", "Citizen science data", ["knowledge"]),
        ("quebec", "Réduction des délais d’attente des patients", ["time", "health"]),
        ("quebec", "Meilleure prise de décision et diminution des coûts", ["cost", "decision"]),
        ("quebec", "s. o.", ["none"]),
        ("quebec", "Détecter la fraude plus tôt", ["integrity"]),
    ],
)
def test_a_codebook_finds_the_themes_that_a_person_finds(source, text, themes):
    found = [theme.name for theme in CODEBOOKS[source] if theme.is_in(text)]
    assert set(themes) <= set(found)
    assert len(found) <= len(themes) + 1


# Marks of reconstructed rows


def test_only_quebec_has_embedded_rows_and_marks_them():
    marked = [source.id for source in SOURCES if "reconstructed_rows" in source.facts]
    embedded = sorted(path.name for path in (PROJECT / "data" / "sample").iterdir() if path.is_dir())
    assert marked == embedded == ["quebec"]


def catalogued(part: str) -> dict[str, str]:
    """Return the definitions of a part of the catalogue page of Québec, by label as published."""
    page = Path(str(REAL_DATA), "quebec", "catalogue.md").read_text("utf-8")
    entries = re.search(rf"\*\*{part}\*\*.*\n((?:- .+\n)+)", page)
    return dict(line[2:].split(" : ", 1) for line in str(entries and entries[1]).splitlines())


@needs_real_data
@pytest.mark.parametrize(("part", "field", "n"), [("Catégories", "category", 10), ("Statuts", "status", 3)])
def test_definitions_of_quebec_are_those_of_its_catalogue_letter_for_letter(
    part: str, field: str, n: int
) -> None:
    source = load_source("quebec", PROJECT)
    recorded, published = source.mapped(field, 2025), catalogued(part)
    definitions = source.definitions(field, 2025)
    assert len(published) == n
    assert {name: definition["fr"] for name, definition in definitions.items()} == {
        recorded.get(normalise(label), label): text.replace("'", "’") for label, text in published.items()
    }
    assert all(("mainly" in each["en"]) == ("principalement" in each["fr"]) for each in definitions.values())


@pytest.mark.parametrize(
    ("source", "name", "shown"),
    [
        ("us-federal", "Department of Energy", ("Énergie", "Energy")),
        ("us-federal", "Presidio Trust", ("Presidio Trust", "Presidio Trust")),  # no short label is recorded
        ("quebec", "Famille", ("Famille", "Family")),
    ],
)
def test_a_sentence_shows_the_short_label_of_a_portfolio_and_a_table_its_name(source, name, shown):
    read = load_source(source, PROJECT)
    assert tuple(read.short_label("portfolio_folded", name, language) for language in ("fr", "en")) == shown
    assert read.label("portfolio_folded", name, "en").startswith(name)
