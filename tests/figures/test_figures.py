"""Figures drawn from a few rows: heights, labels and texts, in both languages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from portrait import figures, indicators
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.figures.forms import ROW, rows_height, spoken
from portrait.indicators import quality
from tests import small


def edition_of(folder: Path, **years: list[small.Row]) -> Edition:
    for name, rows in years.items():
        small.write_year(folder, int(name.removeprefix("y")), rows)
    return open_edition("quebec", int(max(years).removeprefix("y")), data=folder)


def texts(svg: str) -> list[str]:
    return [
        " ".join("".join(element.itertext()).split())
        for element in ET.fromstring(svg).iter()
        if element.tag.endswith("}text")
    ]


def test_bodies_with_ten_initiatives_or_more_share_the_last_bar(tmp_path, canvases):
    rows = [small.row(body="Grand bureau")] * 12 + [small.row(body="Petit bureau")]
    edition = edition_of(tmp_path, y2025=rows)
    figures.initiatives_per_body(indicators.initiatives_per_body(edition.initiatives), edition, "en")
    heights = [bar.get_height() for bar in canvases[0].axes[0].patches]
    assert heights == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_the_maturity_dot_excludes_unknown_statuses_and_the_bounds_include_them(tmp_path, canvases):
    rows = (
        [small.row(status=small.PRODUCTION)] * 6
        + [small.row(status=small.DEVELOPMENT)] * 4
        + [small.row(status=small.SILENT)] * 10
    )
    edition = edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    figure = figures.maturity_by_portfolio(table, edition, "en")
    lines, dots = canvases[0].axes[0].collections
    assert dots.get_offsets().data.tolist() == [[0.6, 0.0]]
    assert lines.get_segments()[0][:, 0].tolist() == [0.3, 0.8]
    assert figure.alt == "Justice: 60.0%, between 30.0% and 80.0%."


def test_a_group_too_small_for_a_percentage_is_counted_in_the_note_and_not_drawn(tmp_path):
    rows = [small.row(portfolio="Justice")] * 10 + [small.row(portfolio="Famille")] * 9
    edition = edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    figure = figures.maturity_by_portfolio(table, edition, "fr")
    assert [cells[0] for cells in figure.rows] == ["Justice"]
    assert (
        figure.note
        == "La figure laisse de côté 1 portefeuille, de moins de 10 initiatives en production ou en "
        "développement."
    )


def test_the_alternative_text_of_many_rows_has_the_first_ones_and_the_last():
    rows = [f"P{place}: {place}" for place in range(12, 0, -1)]
    assert spoken(rows[:8], "en") == "P12: 12; P11: 11; P10: 10; P9: 9; P8: 8; P7: 7; P6: 6; P5: 5."
    assert spoken(rows, "en").endswith("; P7: 7; P6: 6; last of the 12 rows, P1: 1.")
    assert spoken(rows, "fr").endswith("; P6: 6; dernière des 12 lignes, P1: 1.")


def test_rows_are_higher_when_two_long_names_follow_each_other():
    long = "Affaires municipales, Régions et Occupation du territoire"
    assert rows_height([long, "Justice", long]) == pytest.approx(3 * ROW)
    assert rows_height([long, long, "Justice"]) > 3 * ROW


def test_a_portfolio_split_from_its_network_is_drawn_whole_and_marked(tmp_path):
    health = "Santé et Services sociaux"
    edition = edition_of(
        tmp_path,
        y2024=[small.row(portfolio=health)] * 3,
        y2025=[small.row(portfolio=health), *[small.row(portfolio=f"{health} (Réseau)")] * 4],
    )
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    figure = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "fr")
    assert figure.rows == ((f"{health} †", "3", "5"),)
    assert figure.caption == "Initiatives déclarées par portefeuille, 2024 et 2025"
    assert figure.alt == f"{health} †\u00a0: 5, contre 3 (2024)."
    assert "sépare de son réseau" in figure.note


def test_only_the_first_portfolios_are_drawn_and_the_note_counts_the_others(tmp_path):
    rows = [small.row(portfolio=f"Portefeuille {n:02}") for n in range(22)]
    edition = edition_of(tmp_path, y2025=rows)
    figure = figures.portfolios(indicators.portfolios(edition.initiatives, folded=True), edition, "en")
    assert len(figure.rows) == 20
    assert figure.caption == "Initiatives reported by portfolio, 2025"
    assert figure.note == "Portfolios not drawn, which are in the table: 2."


def test_the_legend_of_a_profile_with_two_categories_covers_no_number(tmp_path, canvases):
    rows = [small.row(f"Tri {n}", category=small.DECISION) for n in range(9)]
    edition = edition_of(tmp_path, y2025=[*rows, *[small.row(f"Aide {n}") for n in range(4)]])
    beside = indicators.against_whole(edition.initiatives, edition.initiatives, "category")
    figures.profile_categories(beside, edition, "fr")
    canvas = canvases[0]
    renderer = canvas._get_renderer()
    [legend] = [*canvas.legends, *filter(None, [canvas.axes[0].get_legend()])]
    box = legend.get_window_extent(renderer)
    written = [text for text in canvas.axes[0].texts if text.get_text()]
    assert len(written) == 2
    assert not any(box.overlaps(text.get_window_extent(renderer)) for text in written)


def test_a_specimen_is_marked_in_picture_caption_and_text_and_its_text_has_no_number(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row("Initiative reconstituée 2025-001")])
    detail = edition.detail("body")
    figure = figures.initiatives_per_body(indicators.initiatives_per_body(detail.initiatives), detail, "fr")
    assert figure.is_specimen
    assert figure.caption.startswith("SPÉCIMEN — ")
    assert figure.alt.startswith("SPÉCIMEN\u00a0: Organismes selon le nombre d’initiatives")
    assert not any(character.isdigit() for character in figure.alt.replace("2025", ""))
    assert "SPÉCIMEN" in texts(figure.picture)


def test_a_picture_has_real_text(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row()])
    table = indicators.initiatives_per_body(edition.initiatives)
    figure = figures.initiatives_per_body(table, edition, "fr")
    assert {"Initiatives déclarées par un organisme", "Nombre d’organismes"} <= set(texts(figure.picture))
    assert figure.outlines == ""


@pytest.mark.parametrize("name", ["Bureau Z\u0335", "שָׁלוֹם"])
def test_a_name_that_print_cannot_set_as_text_is_outlined_too(tmp_path, name):
    edition = edition_of(tmp_path, y2025=[small.row(portfolio=name)])
    figure = figures.portfolios(indicators.portfolios(edition.initiatives, folded=True), edition, "fr")
    assert name in texts(figure.picture)
    assert texts(figure.outlines) == []


def test_a_hostile_name_is_drawn_as_plain_text(tmp_path):
    hostile = "<script>$x^2$</script> {{ }}"
    edition = edition_of(tmp_path, y2025=[small.row(portfolio=hostile)])
    figure = figures.portfolios(indicators.portfolios(edition.initiatives, folded=True), edition, "fr")
    assert hostile in texts(figure.picture)
    assert "<script>" not in figure.picture


def test_the_same_data_give_the_same_picture(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row()])
    table = indicators.initiatives_per_body(edition.initiatives)
    one, other = (figures.initiatives_per_body(table, edition, "fr") for _ in range(2))
    assert one == other


def test_a_completeness_cell_has_a_percentage_or_a_count_where_rows_are_few(tmp_path, canvases):
    edition = edition_of(
        tmp_path,
        y2024=[small.row(benefits="")],
        y2025=[small.row(benefits="")] * 3 + [small.row()] * 9,
    )
    figure = figures.completeness(quality.completeness(edition), edition, "fr")
    row = figure.rows.index(("Bénéfices", "manquants : 1", "75,0\u00a0%"))
    assert canvases[0].axes[0].collections[0].get_array().tolist()[row] == [0.0, 0.75]
