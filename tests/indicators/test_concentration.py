"""Concentration: indices against published examples and hand-computed values."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import indicators, tables
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.indicators import concentration, gini, herfindahl_hirschman, lorenz_curve, measurable
from tests import small

UNEVEN = [1, 1, 1, 1, 2, 3, 4, 12]


def counted(*counts, year=2025, names=None):
    """Return a table of counts of one year; groups are named A, B, C... by default."""
    names = names or [chr(ord("A") + rank) for rank in range(len(counts))]
    return pd.DataFrame({"year": year, "portfolio": names, "n_initiatives": counts})


def test_the_hhi_matches_the_merger_guidelines_of_the_us_department_of_justice():
    # justice.gov/atr/herfindahl-hirschman-index: 30, 30, 20 and 20 % give 2600, on a scale of 10 000.
    assert 10_000 * herfindahl_hirschman([30, 30, 20, 20]) == pytest.approx(2600)


def test_the_gini_coefficient_matches_the_manual_of_an_r_package():
    # R package phylotools 0.1.2, whose `gini` is taken from `ineq`: gini(c(1,3,2,1,1,1,4)) is 0.3076923.
    assert gini([1, 3, 2, 1, 1, 1, 4]) == pytest.approx(0.3076923, abs=5e-8)


def test_each_index_of_a_year_by_hand():
    # 6, 2, 1, 1: HHI 42/100; (0.42 - 0.25) / 0.75; Gini (-3*1 - 1*1 + 1*2 + 3*6) / (4*10), then 4/3 of it.
    row = concentration(counted(6, 2, 1, 1), "portfolio").iloc[0]
    assert (row.n_groups, row.n_initiatives) == (4, 10)
    assert row.hhi == pytest.approx(0.42)
    assert row.hhi_normalised == pytest.approx(0.17 / 0.75)
    assert row.equivalent_groups == pytest.approx(1 / 0.42)
    assert row.gini == pytest.approx(0.4)
    assert row.gini_normalised == pytest.approx(0.4 * 4 / 3)


def test_the_share_of_the_largest_groups_is_missing_if_there_are_no_others():
    four = concentration(counted(6, 2, 1, 1), "portfolio").iloc[0]
    five = concentration(counted(1, 6, 2, 1, 1), "portfolio").iloc[0]
    assert pd.isna(four.top_4_share)
    assert five.top_4_share == pytest.approx(10 / 11)
    assert pd.isna(five.top_10_share)


def test_equal_groups_minimise_each_index_and_a_single_group_has_no_normalised_form():
    equal = concentration(counted(3, 3, 3), "portfolio").iloc[0]
    assert [equal.hhi_normalised, equal.gini, equal.gini_normalised] == pytest.approx([0, 0, 0])
    assert equal.equivalent_groups == pytest.approx(3)
    single = concentration(counted(8), "portfolio").iloc[0]
    assert (single.hhi, single.gini) == (1, 0)
    assert pd.isna(single.hhi_normalised)
    assert pd.isna(single.gini_normalised)


def test_unknown_groups_are_left_out_of_counts_and_denominators():
    table = counted(3, 3, 90, names=["A", "B", "unknown"])
    assert concentration(table, "portfolio")[["n_groups", "n_initiatives", "hhi"]].values.tolist() == [
        [2, 6, 0.5]
    ]
    assert concentration(counted(3, names=["unknown"]), "portfolio").empty
    assert lorenz_curve(counted(3, names=["unknown"]), "portfolio").empty


def test_a_year_with_few_initiatives_or_one_group_is_not_measurable():
    years = pd.concat([counted(9, 1, year=2023), counted(8, 1, year=2024), counted(20, year=2025)])
    table = concentration(years, "portfolio")
    assert table["year"].tolist() == [2023, 2024, 2025]
    assert measurable(table)["year"].tolist() == [2023]


def test_leaving_out_each_group_in_turn_gives_the_ends_of_the_indices_of_the_others():
    for counts in ([6, 2, 1, 1], [9, 1, 1, 1], [4, 4, 4], UNEVEN):
        row = concentration(counted(*counts), "portfolio").iloc[0]
        others = [counts[:place] + counts[place + 1 :] for place in range(len(counts))]
        equivalent, ginis = [1 / herfindahl_hirschman(each) for each in others], [*map(gini, others)]
        assert (row.equivalent_groups_lowest, row.equivalent_groups_highest) == pytest.approx(
            (min(equivalent), max(equivalent))
        )
        assert (row.gini_lowest, row.gini_highest) == (min(ginis), max(ginis))


def test_the_curve_goes_from_0_to_1_with_the_smallest_groups_first():
    curve = lorenz_curve(counted(6, 1, 1, 2), "portfolio")
    assert curve["n_initiatives"].tolist() == [0, 1, 2, 4, 10]
    assert curve["groups_share"].tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert curve["initiatives_share"].tolist() == [0, 0.1, 0.2, 0.4, 1]


# The figure and the table


def edition_of(folder, *, y2025, y2024=()) -> Edition:
    """Return an edition with the given number of initiatives per portfolio in each year."""
    for year, counts in ((2024, dict(y2024)), (2025, y2025)):
        rows = [small.row(portfolio=name) for name, count in counts.items() for _ in range(count)]
        if rows:
            small.write_year(folder, year, rows)
    return open_edition("quebec", 2025, data=folder)


def by_portfolio(edition, *, folded=True):
    return indicators.portfolios(edition.all_initiatives, folded=folded)


def test_the_table_shows_each_index_and_a_dash_for_shares_of_too_few_groups(tmp_path):
    edition = edition_of(tmp_path, y2025={"Justice": 6, "Famille": 2, "Travail": 1, "Tourisme": 1})
    table = tables.concentration(
        concentration(by_portfolio(edition), "portfolio"), "portfolio", edition, "fr"
    )
    assert table.columns == ("Indicateur", "2025")
    # Without Famille 38/64 and 10/24, without Justice 6/16 and 1/6, without another 41/81 and 10/27.
    assert dict(table.rows) == {
        "Portefeuilles": "4",
        "Initiatives": "10",
        "Indice de Herfindahl-Hirschman (HHI)": "0,420",
        "HHI normalisé": "0,227",
        "Nombre équivalent (1/HHI)": "2,4",
        "Nombre équivalent (1/HHI), en retirant un portefeuille": "1,7 à 2,7",
        "Coefficient de Gini": "0,400",
        "Gini normalisé": "0,533",
        "Coefficient de Gini, en retirant un portefeuille": "0,167 à 0,417",
        "Part des 4 en tête": "—",
        "Part des 10 en tête": "—",
    }
    assert table.note.startswith("— : moins de 10 initiatives")


def test_a_year_that_splits_a_portfolio_has_a_column_for_each_way_of_counting(tmp_path):
    edition = edition_of(
        tmp_path,
        y2024={"Éducation": 12, "Justice": 12},
        y2025={"Éducation": 6, "Éducation (Réseau)": 6, "Justice": 12},
    )
    table = tables.concentration(
        concentration(by_portfolio(edition), "portfolio"),
        "portfolio",
        edition,
        "fr",
        split=concentration(by_portfolio(edition, folded=False), "portfolio"),
    )
    assert table.columns == ("Indicateur", "2024", "2025", "2025, réseaux à part")
    cells = {name: values for name, *values in table.rows}
    assert cells["Portefeuilles"] == ["2", "2", "3"]
    assert cells["Indice de Herfindahl-Hirschman (HHI)"] == ["0,500", "0,500", "0,375"]


def test_the_table_of_bodies_of_reconstructed_rows_is_a_specimen(tmp_path):
    rows = [small.row("Initiative reconstituée 2025-001")] * 12
    bodies = small.edition_of(tmp_path, y2025=rows).detail("body")
    counted_bodies = indicators.initiatives_per_body(bodies.all_initiatives)
    table = tables.concentration(concentration(counted_bodies, "body"), "body", bodies, "fr")
    assert table.is_specimen
    assert table.id == "tab-concentration-bodies"
