"""What no sentence may do: nine cautions, each shown to fire on what breaks it, and silent on the report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import nbformat
import pytest

from portrait.language import expressions
from portrait.language.conditions import split_condition
from portrait.run.chapters import notebooks_of
from tests import small
from tests.narrative.cautions import CAUTIONS, breaches, breaches_of
from tests.narrative.facts import Facts
from tests.narrative.judging import LANGUAGES
from tests.narrative.told import Paragraph, Told, tell
from tests.reports import REPORTS
from tests.small import PRODUCTION, row

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "data" / "sample"
NOTEBOOKS = [path for report in REPORTS for path in notebooks_of(PROJECT, report)]

BROKEN = [
    (1, "fr", "Cet échantillon de 258 initiatives est représentatif."),
    (1, "en", "The sample differs by a significant margin of error."),
    (2, "fr", "Une hausse de 54 % en un an."),
    (2, "fr", "Soit 54 % par an : un taux annuel élevé."),
    (2, "en", "An annual growth of 54%, year over year."),
    (3, "fr", "La nouvelle catégorie est apparue en 2025."),
    (3, "fr", "Nouveaux organismes : 58."),
    (3, "en", "There are 58 new bodies."),
    (
        4,
        "fr",
        "Santé et Services sociaux est passé de 67 à 25, et Santé et Services sociaux (Réseau) en compte 70.",
    ),
    (4, "en", "Health went from 67 to 25; Santé et Services sociaux (Réseau) has 70."),
    (5, "fr", "Les initiatives sans statut sont probablement en développement."),
    (5, "en", "Those without a status are likely in development."),
    (6, "fr", "20 initiatives ont disparu : des échecs."),
    (6, "en", "20 initiatives failed or were abandoned."),
    (7, "fr", "La tendance est à la hausse."),
    (7, "fr", "Justice est au premier rang."),
    (7, "en", "The trend is upward; Justice ranks third."),
    (8, "fr", "Les coûts, les risques et les utilisateurs augmentent."),
    (8, "fr", "Grâce à l’IA, ces initiatives ont permis des économies."),
    (8, "en", "Larger budgets led to savings for users."),
    (9, "fr", "La majorité des initiatives, plus de la moitié, sont en production."),
    (9, "fr", "Le nombre explose : c’est la première catégorie."),
    (9, "en", "Most of the portfolios saw a strong increase; the first doubled."),
]


@pytest.mark.parametrize(("number", "language", "text"), BROKEN)
def test_a_caution_fires_on_a_text_that_breaks_it(number, language, text):
    assert number in {breach.caution for breach in breaches(text, language)}


def test_each_of_the_nine_cautions_is_shown_to_fire_in_both_languages():
    assert {(number, language) for number, language, _ in BROKEN} == {
        (caution.number, language) for caution in CAUTIONS for language in LANGUAGES
    }
    assert [caution.number for caution in CAUTIONS] == list(range(1, 10))


@pytest.mark.parametrize("caution", CAUTIONS, ids=lambda caution: f"{caution.number}")
def test_a_sentence_that_says_the_caution_itself_breaks_none(caution):
    for sentence in caution.but:
        for language in LANGUAGES:
            assert caution.number not in {breach.caution for breach in breaches(sentence, language)}, sentence


def words_of(cell) -> str:
    """Return the typed words of a prose cell, without its condition."""
    return expressions.without_code(split_condition(cell.source, "markdown")[1]).replace("**", "")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_typed_word_of_a_notebook_breaks_a_caution(path):
    notebook = nbformat.read(path, as_version=4)
    found = [
        (cell.id, breach)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for language in LANGUAGES
        if language in cell.metadata.get("tags", [])
        # Beside an expression, proofreading holds words of direction against what it prints.
        for breach in breaches(words_of(cell), language, but=[9] if expressions.find(cell.source) else ())
    ]
    assert found == []


def test_every_exception_still_stands_in_a_notebook_or_in_what_it_says():
    typed = "\n".join(
        words_of(cell).replace("\n", " ")
        for path in NOTEBOOKS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    )
    unused = {
        sentence for caution in CAUTIONS for sentence in caution.but if sentence.lower() not in typed.lower()
    }
    assert unused == set()


# On whole reports


@cache
def of_the_sample(language: str) -> tuple[Told, Facts]:
    files = {year: SAMPLE / "quebec" / f"{year}.csv" for year in (2024, 2025)}
    return tell(PROJECT, Path(), "quebec", 2025, language), Facts(PROJECT, "quebec", 2025, files)


def told_of(folder: Path, rows, before=(), language: str = "fr") -> tuple[Told, Facts]:
    years = {2025: rows} | ({2024: before} if before else {})
    for year, each in years.items():
        small.write_year(folder, year, each)
    files = {year: folder / "quebec" / f"{year}.csv" for year in years}
    return tell(PROJECT, folder, "quebec", 2025, language), Facts(PROJECT, "quebec", 2025, files)


def doctored(told: Told, old: str, new: str) -> Told:
    assert old in told.text()
    changed = tuple(replace(each, text=each.text.replace(old, new)) for each in told.paragraphs)
    return replace(told, paragraphs=tuple(each for each in changed if each.text))


def test_a_report_that_does_not_say_declared_breaks_the_first(tmp_path):
    told, facts = told_of(tmp_path, [row()] * 12)
    told = doctored(told, "déclar", "recens")
    assert 1 in {breach.caution for breach in breaches_of(told, facts)}


def test_a_growth_without_its_dates_breaks_the_second():
    told, facts = of_the_sample("fr")
    told = doctored(told, "une hausse de 54\u00a0% depuis 2024", "une hausse de 54\u00a0%")
    assert 2 in {breach.caution for breach in breaches_of(told, facts)}


def test_health_is_told_with_its_network_in_both_years():
    told, _ = of_the_sample("fr")
    assert "95 initiatives, contre 67 en 2024" in told.text("change-leader-fr")


def test_a_change_of_vocabulary_is_no_change_of_state(tmp_path):
    before = [row(status=PRODUCTION)] * 12
    now = [*[row("Après")] * 12, *[row(status="Déployé")] * 12]
    told, facts = told_of(tmp_path, now, before)
    assert "Les libellés des statuts ont changé" in told.text()
    share = Paragraph(
        "x", "La part en production était de 100\u00a0% dans l’édition de 2024, contre 100\u00a0% maintenant."
    )
    assert 6 in {
        breach.caution for breach in breaches_of(replace(told, paragraphs=(*told.paragraphs, share)), facts)
    }


def test_names_that_are_tied_are_told_as_tied(tmp_path):
    names = ("Justice", "Travail", "Famille", "Tourisme", "Finances", "Éducation")
    rows = [row(portfolio=name) for name in names for _ in range(3)]
    told, _ = told_of(tmp_path, [*rows, row(portfolio="Justice")])
    assert "à égalité" in told.text("portfolios-main-fr")
