"""Association: residuals, Cramér's V and false discoveries, against published examples and by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from portrait import figures
from portrait.editions.edition import Edition
from portrait.indicators import association as associating
from portrait.indicators.association import (
    associations,
    chi_squared,
    corrected_cramers_v,
    cross_table,
    retained,
)

# Sex by party identification, 1991 General Social Survey: Agresti, An Introduction to Categorical Data
# Analysis, 1996, tables 2.5 and 2.6, whose adjusted residuals are 2.29, 0.46 and -2.62, and chi² 7.01.
PARTIES = pd.DataFrame(
    [[279, 73, 225], [165, 47, 191]],
    index=pd.Index(["Women", "Men"], name="portfolio"),
    columns=pd.Index(["Democrat", "Independent", "Republican"], name="category"),
)


def initiatives(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["portfolio", "portfolio_folded", "category"])
    return table.assign(year=2025)


def table_of(*rows: list[int]) -> pd.DataFrame:
    names = pd.Index([f"P{n}" for n in range(len(rows))], name="portfolio")
    columns = pd.Index([f"C{n}" for n in range(len(rows[0]))], name="category")
    return pd.DataFrame(rows, index=names, columns=columns)


# The table


def test_a_network_counts_with_its_portfolio_and_unknown_names_are_left_out() -> None:
    counts = cross_table(
        initiatives(
            ("Santé", "Santé", "Tri"),
            ("Santé (Réseau)", "Santé", "Tri"),
            ("Santé", "Santé", "Agent"),
            ("Justice", "Justice", "Agent"),
            ("Justice", "Justice", "unknown"),
            ("Justice", "Justice", "unclassified"),
            ("Justice", "Justice", ""),
            ("unknown", "unknown", "Tri"),
        )
    )
    assert counts.to_dict("index") == {"Santé": {"Agent": 1, "Tri": 2}, "Justice": {"Agent": 1, "Tri": 0}}
    assert list(counts.index) == ["Santé", "Justice"]


def test_an_edition_without_categories_has_an_empty_table_and_no_association() -> None:
    counts = cross_table(initiatives(("Justice", "Justice", ""), ("Santé", "Santé", "")))
    assert counts.empty
    assert associations(counts).empty
    assert retained(associations(counts)).empty


# Residuals


def test_residuals_match_a_published_example() -> None:
    table = associations(PARTIES)
    assert table["residual"].round(2).tolist() == [2.29, 0.46, -2.62, -2.29, -0.46, 2.62]
    assert chi_squared(PARTIES) == pytest.approx(7.01, abs=0.005)
    assert table["expected"].round(1).tolist() == [261.4, 70.7, 244.9, 182.6, 49.3, 171.1]


def test_a_pair_with_an_expected_count_below_five_has_no_residual() -> None:
    # 20 initiatives, row totals 10 and 10, column totals 10, 9 and 1: expected 5, 4.5 and 0.5.
    table = associations(table_of([8, 1, 1], [2, 8, 0]))
    assert table["expected"].tolist() == [5, 4.5, 0.5, 5, 4.5, 0.5]
    has_residual = table["residual"].notna().tolist()
    assert has_residual == [True, False, False, True, False, False]
    assert table["adjusted_p_value"].notna().tolist() == has_residual
    # (8 - 5) / sqrt(5 x 1/2 x 1/2)
    assert table["residual"][0] == pytest.approx(3 / math.sqrt(1.25))


@pytest.mark.parametrize("counts", [table_of([30, 20]), table_of([30], [20]), table_of([1])])
def test_one_portfolio_or_one_category_has_no_residual_and_no_v(counts: pd.DataFrame) -> None:
    assert associations(counts)["residual"].isna().all()
    assert math.isnan(corrected_cramers_v(counts))


def test_p_values_match_chi_squared_in_a_two_by_two_table() -> None:
    # In a 2 x 2 table the square of each residual is chi².
    counts = table_of([20, 10], [12, 18])
    p_value = scipy.stats.chi2_contingency(counts, correction=False).pvalue
    assert associations(counts)["p_value"].tolist() == pytest.approx([p_value] * 4)


# False discoveries

# Fifteen hypotheses of a trial on thrombolysis: Benjamini and Hochberg, 1995, section 4.1. At 0.05 the
# procedure rejects the first four.
THROMBOLYSIS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


def test_the_retained_pairs_match_the_example_of_benjamini_and_hochberg() -> None:
    adjusted = associating.adjusted(pd.Series(THROMBOLYSIS))
    table = pd.DataFrame({"adjusted_p_value": adjusted, "residual": range(15)})
    assert sorted(retained(table)["residual"]) == [0, 1, 2, 3]


def test_adjusted_p_values_match_scipy() -> None:
    table = associations(table_of([12, 30, 8], [40, 25, 35], [9, 9, 32]))
    expected = scipy.stats.false_discovery_control(table["p_value"], method="bh")
    assert table["adjusted_p_value"].tolist() == pytest.approx(expected.tolist())


def test_only_pairs_with_a_residual_enter_the_adjustment() -> None:
    # Two equal p-values are unchanged by the adjustment; with six pairs they would increase.
    table = associations(table_of([8, 1, 1], [2, 8, 0]))
    assert table["adjusted_p_value"].dropna().tolist() == table["p_value"].dropna().tolist()


def test_retained_pairs_are_sorted_by_descending_residual() -> None:
    kept = retained(associations(PARTIES))
    assert kept[["portfolio", "category"]].to_numpy().tolist() == [
        ["Men", "Republican"],
        ["Women", "Democrat"],
        ["Men", "Democrat"],
        ["Women", "Republican"],
    ]


# Cramér's V


def test_the_corrected_v_follows_its_formula_with_the_chi_squared_of_scipy() -> None:
    counts = table_of([12, 30, 8, 3], [40, 25, 35, 2])
    phi_squared = scipy.stats.chi2_contingency(counts, correction=False).statistic / 155 - 3 / 154
    # 2 - 1/154 rows and 4 - 9/154 columns.
    assert corrected_cramers_v(counts) == pytest.approx(math.sqrt(phi_squared / (1 - 1 / 154)))


def test_the_corrected_v_is_1_if_each_category_is_in_one_portfolio() -> None:
    # chi² = n = 10: phi~² = 1 - 1/9, and k~ - 1 = 1 - 1/9.
    assert corrected_cramers_v(table_of([5, 0], [0, 5])) == pytest.approx(1)


def test_the_corrected_v_is_missing_with_as_many_portfolios_as_initiatives() -> None:
    with np.errstate(all="raise"):
        assert math.isnan(corrected_cramers_v(table_of([1, 0], [0, 1])))


def test_the_corrected_v_is_0_if_chi_squared_is_below_its_mean_under_shuffling() -> None:
    assert corrected_cramers_v(table_of([10, 11], [11, 10])) == 0


# The figure


def test_the_data_of_the_figure_have_the_residual_of_each_pair_that_has_one(edition: Edition) -> None:
    # Expected counts of the third category: 79 x 11 / 111 = 7.8 and 32 x 11 / 111 = 3.2.
    figure = figures.profiles(associations(table_of([60, 10, 9], [10, 20, 2])), edition, "fr")
    # (9 - 7.83) / sqrt(7.83 x 32/111 x 100/111)
    assert [row[-1] for row in figure.rows] == ["9 (+0,8)", "2"]


def test_a_pair_retained_above_what_is_expected_alone_has_its_number(
    edition: Edition, canvases: list[Any]
) -> None:
    # Residuals of ±2.3 and ±2.6; of ±0.5, not retained.
    figures.profiles(associations(PARTIES), edition, "en")
    assert [text.get_text() for text in canvases[0].axes[0].texts] == ["279", "191"]
