"""The eight headline claims: each is counted again by another way, and said only where it holds."""

from __future__ import annotations

import dataclasses
import doctest
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import portrait.facts.highlights
from portrait import indicators, tables
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.facts.highlights import headlines, headlines_from
from portrait.language.phrases import Phrases
from portrait.storage.media_types import REGISTER
from tests import small

PROJECT = Path(__file__).parents[2]
BEFORE = [small.row("Avant", portfolio="Justice")] * 8 + [small.row("Avant", portfolio="Travail")] * 4
NOW = [
    *[small.row("A", portfolio="Justice", body="Bureau A")] * 9,
    *[small.row("B", portfolio="Travail", body="Bureau B", status=small.DEVELOPMENT)] * 4,
    *[small.row("C", portfolio="Famille", body="Bureau C", category=small.DECISION)] * 3,
    *[small.row("D", portfolio="Famille", body="Bureau C", status=small.SILENT, category="")] * 2,
]


def opened(folder: Path, now: Any = NOW, before: Any = BEFORE) -> Edition:
    if before:
        small.write_year(folder, 2024, before)
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, now), project=PROJECT)


def right_indicators(edition: Edition) -> dict[str, Any]:
    every, parts = edition.all_initiatives, None
    if edition.previous:
        years = (edition.year, edition.previous.year)
        parts = indicators.growth(indicators.decomposition(every, "portfolio_folded", *years))
    return {
        "volume": indicators.volume(every),
        "maturity": indicators.maturity(every),
        "by_category": indicators.categories(every),
        "by_portfolio": indicators.portfolios(every, folded=True),
        "parts": parts,
    }


def test_examples_of_the_docstrings_are_true() -> None:
    assert doctest.testmod(portrait.facts.highlights).failed == 0


def test_the_eight_claims_are_those_counted_by_hand(tmp_path: Path) -> None:
    found = {claim.name: (claim.value, claim.lowest, claim.highest) for claim in headlines(opened(tmp_path))}
    assert found == {
        "n_initiatives": (18, 18, 18),
        "n_bodies": (3, 3, 3),
        "growth": (0.5, 0.5, 0.5),  # 12 -> 18
        "continuing_growth": pytest.approx((1 / 12, 1 / 12, 1 / 12)),  # Justice and Travail: 12 -> 13
        "production_share": (0.75, 12 / 18, 14 / 18),  # 12 of 16; 2 silent of 18
        "n_silent": (2, 2, 2),
        "top_categories": ([(small.ASSISTANT, 13), (small.DECISION, 3)], 13, 15),
        "top_portfolios": ([("Justice", 9), ("Famille", 5), ("Travail", 4)], 9, 9),
    }


def test_every_claim_holds_where_indicators_and_rows_agree(tmp_path: Path) -> None:
    assert all(claim.holds for claim in headlines(opened(tmp_path)))


def shifted(table: pd.DataFrame, column: str, by: float = 1) -> pd.DataFrame:
    """The table with a number of this year's first row off by some."""
    wrong = table.copy()
    wrong[column] = wrong[column].astype(float)
    of_year = wrong[wrong["year"] == 2025] if "year" in wrong else wrong
    wrong.loc[of_year.index[0], column] += by
    return wrong


@pytest.mark.parametrize(
    ("claim", "argument", "column", "by"),
    [
        ("n_initiatives", "volume", "n_initiatives", 1),
        ("n_declaring", "volume", "n_bodies", 1),
        ("growth", "volume", "n_initiatives", 1),
        ("continuing_growth", "parts", "n_in_both", 1),
        ("production_share", "maturity", "production_share", 0.01),
        ("production_share", "maturity", "lowest_share", 0.01),
        ("production_share", "maturity", "highest_share", 0.01),
        ("n_silent", "maturity", "n_unknown", 1),
        ("top_categories", "by_category", "n_initiatives", 1),
        ("top_portfolios", "by_portfolio", "n_initiatives", 1),
    ],
)
def test_a_wrong_indicator_makes_a_claim_that_does_not_hold(
    tmp_path: Path, claim: str, argument: str, column: str, by: float
) -> None:
    edition = opened(tmp_path)
    right = right_indicators(edition)
    doctored = {**right, argument: shifted(right[argument], column, by)}
    wrong = getattr(headlines_from(edition, **doctored), claim)
    assert not wrong.is_true
    assert not wrong.holds


@pytest.mark.parametrize("field", ["status", "category", "portfolio_folded", "body"])
def test_rows_that_say_otherwise_than_the_indicators_unsay_what_stands_on_them(
    tmp_path: Path, field: str
) -> None:
    edition = opened(tmp_path)
    rows = edition.initiatives.copy()
    rows.loc[rows.index[0], field] = "unclassified" if field in ("status", "category") else "Autre"
    doctored = headlines_from(dataclasses.replace(edition, initiatives=rows), **right_indicators(edition))
    assert {claim.name for claim in doctored if not claim.holds} == {
        "status": {"production_share", "n_silent"},
        "category": {"top_categories"},
        "portfolio_folded": {"top_portfolios", "continuing_growth"},
        "body": {"n_bodies"},
    }[field]


def test_an_indicator_that_leaves_out_the_first_makes_no_leaders(tmp_path: Path) -> None:
    edition = opened(tmp_path)
    right = right_indicators(edition)
    without_first = right["by_portfolio"].query("portfolio != 'Justice'")
    wrong = headlines_from(edition, **{**right, "by_portfolio": without_first})
    assert not wrong.top_portfolios.is_true


def test_each_initiative_that_names_no_body_could_be_of_one_more(tmp_path: Path) -> None:
    nameless = [small.row("Sans nom", body="", portfolio="")] * 2
    claim = headlines(opened(tmp_path, [*NOW, *nameless])).n_declaring
    assert (claim.value, claim.lowest, claim.highest) == (3, 3, 5)
    assert claim.holds


def test_no_growth_without_an_earlier_year_nor_from_fewer_than_ten(tmp_path: Path) -> None:
    alone = headlines(opened(tmp_path / "alone", before=None))
    assert (alone.growth.value, alone.growth.holds, alone.continuing_growth.holds) == (None, False, False)
    few = headlines(opened(tmp_path / "few", before=BEFORE[:9]))
    assert few.growth.is_true
    assert not few.growth.holds
    assert not few.continuing_growth.holds


def test_no_share_of_fewer_than_ten_known_statuses(tmp_path: Path) -> None:
    rows = [small.row()] * 9 + [small.row(status=small.SILENT)] * 9
    assert not headlines(opened(tmp_path / "nine", rows)).production_share.holds
    assert headlines(opened(tmp_path / "ten", [small.row(), *rows])).production_share.holds


def test_no_leader_among_equals(tmp_path: Path) -> None:
    tied = [small.row(portfolio=f"Portefeuille {n}") for n in range(12)]
    found = headlines(opened(tmp_path, tied))
    assert found.top_portfolios.is_true
    assert not found.top_portfolios.holds
    assert found.top_categories.holds


def test_a_leader_alone_leads(tmp_path: Path) -> None:
    assert headlines(opened(tmp_path, [small.row()] * 12)).top_portfolios.holds


def test_no_category_leads_where_none_is_named(tmp_path: Path) -> None:
    assert not headlines(opened(tmp_path, [small.row(category="")] * 12)).top_categories.holds


def cells_of(edition: Edition, language: str) -> dict[str, tuple[str, ...]]:
    table = tables.headline_claims(headlines(edition), edition, language)
    return {name: tuple(cells) for name, *cells in table.rows}


def test_the_table_gives_value_bounds_formula_and_caveat(tmp_path: Path) -> None:
    cells = cells_of(opened(tmp_path), "fr")
    assert len(cells) == 8
    assert cells["Initiatives déclarées"][:2] == ("18", "Exact")
    assert cells["Écart avec l’édition précédente"][0] == "+50\u00a0%"
    assert cells["Part en production"][:2] == ("75\u00a0%", "de 67\u00a0% à 78\u00a0%")
    assert cells["Catégories les plus déclarées"][1] == "de 13 à 15"
    assert all(all(texts) for texts in cells.values())


@pytest.mark.parametrize(
    ("before", "now", "said", "cell"),
    [
        (40, 41, "une hausse de 3\u00a0%", "+3\u00a0%"),  # 2.5 %, a half away from zero
        (40, 39, "une baisse de 3\u00a0%", "−3\u00a0%"),
        (200, 229, "une hausse de 15\u00a0%", "+15\u00a0%"),
        (250, 251, "presque aucun changement", "0\u00a0%"),  # 0.4 %
        (40, 40, "aucun changement", "0\u00a0%"),
    ],
)
def test_the_table_writes_growth_as_the_sentence_rounds_it(
    tmp_path: Path, before: int, now: int, said: str, cell: str
) -> None:
    assert Phrases("fr").change(before, now) == said
    edition = opened(tmp_path, [small.row()] * now, [small.row("Avant")] * before)
    cells = cells_of(edition, "fr")
    assert cells["Écart avec l’édition précédente"][0] == cell
    assert cells["Le même écart, portefeuilles des deux éditions"][0] == cell


def test_the_table_bears_a_dash_for_a_claim_that_does_not_hold(tmp_path: Path) -> None:
    cells = cells_of(opened(tmp_path, before=None), "en")
    assert cells["Change from the previous edition"][:2] == ("—", "—")
    assert cells["Initiatives declared"][0] == "18"


def test_the_glossary_gives_the_definitions_of_the_catalogue_in_both_languages(tmp_path: Path) -> None:
    edition = opened(tmp_path)
    for language, term in (
        (
            "fr",
            (
                "En production",
                "In production",
                "Statut\u00a0: Déploiement, intégration, maintien et support.",
            ),
        ),
        (
            "en",
            ("In production", "En production", "Status: Deployment, integration, maintenance and support."),
        ),
    ):
        assert term in tables.glossary(edition, language).rows


def test_the_place_of_the_register_is_a_sentence_in_jupyterlab(tmp_path: Path) -> None:
    bundle = tables.claims_register(opened(tmp_path), "fr")._repr_mimebundle_()
    assert bundle["text/plain"] == "Le registre des énoncés prend sa place ici à la publication."
    assert bundle[REGISTER]["columns"] == ["Chapitre", "Texte", "Valeur", "Énoncé"]
    assert bundle[REGISTER]["rows"] == []
