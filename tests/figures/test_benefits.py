"""Figures and tables of announced benefits: shares, combinations, texts that no theme matches."""

from __future__ import annotations

import dataclasses

import pytest

from portrait import indicators, tables
from portrait.editions.opening import open_edition
from tests import small

TEXTS = ["Gain de temps"] * 6 + ["Gain de temps; réduction des coûts"] * 3 + ["Autre chose", "", "s. o."]


@pytest.fixture
def edition(tmp_path):
    rows = [small.row(f"Initiative {place}", benefits=text) for place, text in enumerate(TEXTS)]
    return small.edition_of(tmp_path, y2025=rows)


@pytest.fixture
def coded(edition):
    return indicators.coded_benefits(edition.initiatives, edition.themes)


def test_the_table_ends_with_the_texts_that_no_theme_matches(edition, coded):
    themes = indicators.benefit_themes(coded, edition.themes)
    shown = tables.benefit_themes(themes, 1, edition, "en")
    assert shown.rows[0] == ("Time saved", "9", "90.0%", "Time saved, shorter delays, faster work.")
    assert shown.rows[-1] == (
        "None of these themes",
        "1",
        "10.0%",
        "No word looked for is found in the text.",
    )
    assert (shown.bars[-1], shown.n_hollow) == (1, 1)


def test_fewer_than_ten_stated_benefits_give_no_percentage(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()] * 9)
    coded = indicators.coded_benefits(edition.initiatives, edition.themes)
    shown = tables.benefit_themes(indicators.benefit_themes(coded, edition.themes), 0, edition, "fr")
    assert {row[2] for row in shown.rows} == {"—"}


def test_reconstructed_rows_show_only_fictional_themes():
    edition = open_edition("quebec", 2025, data=small.SAMPLE).detail("benefits")
    coded = indicators.coded_benefits(edition.initiatives, edition.themes)
    shown = tables.benefit_themes(indicators.benefit_themes(coded, edition.themes), 0, edition, "fr")
    assert shown.is_specimen
    assert {row[0] for row in shown.rows[:-1]} == {f"Thème {letter}" for letter in "ABCDEF"}


def test_a_register_without_a_codebook_does_not_code_benefits(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    assert edition.codes_benefits
    assert not dataclasses.replace(edition, themes=()).codes_benefits
