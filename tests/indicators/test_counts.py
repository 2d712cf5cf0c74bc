"""Counts, shares and changes: each formula on a few rows, with hand-computed results."""

import math

import pandas as pd
import pytest

from portrait.indicators import (
    categories,
    change,
    charted,
    growth_rate,
    initiatives_per_body,
    maturity,
    named_counts,
    portfolios,
    statuses,
    summary,
    unnamed_last,
    volume,
)


def tidy(*rows, **columns):
    """Return rows of (body, portfolio, category, status), of 2025 by default."""
    table = pd.DataFrame(rows, columns=["body", "portfolio", "category", "status"])
    return table.assign(
        **{
            "year": 2025,
            "reconstructed": False,
            "portfolio_folded": table["portfolio"].str.removesuffix(" (Réseau)"),
        }
        | columns
    )


def of_status(*letters, **columns):
    """Return initiatives of one body, one per letter of a status."""
    names = {"P": "production", "D": "development", "R": "retired", "U": "unknown", "X": "unclassified"}
    return tidy(*[("Régie", "Santé", "Imagerie", names[letter]) for letter in letters], **columns)


def of_category(*names, year=2025):
    return tidy(*[("Régie", "Santé", name, "production") for name in names], year=year)


def test_bodies_with_the_same_name_in_two_portfolios_are_one_body():
    table = initiatives_per_body(
        tidy(
            ("OCIO", "Énergie", "", "unknown"),
            ("OCIO", "Justice", "", "unknown"),
            ("OCIO", "Justice", "", ""),
        )
    )
    assert table[["body", "n_initiatives"]].values.tolist() == [["OCIO", 3]]


def test_a_body_in_a_portfolio_and_in_its_network_is_one_body():
    table = initiatives_per_body(tidy(("CHUM", "Santé", "", ""), ("CHUM", "Santé (Réseau)", "", "")))
    assert table[["body", "n_initiatives"]].values.tolist() == [["CHUM", 2]]


def test_years_are_sorted_and_ties_are_sorted_by_name():
    rows = pd.concat([of_category("B", "A"), of_category("B", "A", year=2024)])
    assert categories(rows)[["year", "category"]].values.tolist() == [
        [2024, "A"],
        [2024, "B"],
        [2025, "A"],
        [2025, "B"],
    ]
    assert initiatives_per_body(rows)["year"].tolist() == [2024, 2025]
    assert change(categories(rows), "category", 2025, 2024)["category"].tolist() == ["A", "B"]


def test_volume_counts_initiatives_bodies_and_portfolios():
    # Régie 3, Office 1, CHUM 1 (in a network): mean 5/3.
    table = volume(
        tidy(
            *[("Régie", "Santé", "", "")] * 3,
            ("Office", "Justice", "", ""),
            ("CHUM", "Santé (Réseau)", "", ""),
        )
    )
    assert table.to_dict("records") == [
        {
            "year": 2025,
            "n_initiatives": 5,
            "n_bodies": 3,
            "n_portfolios": 3,
            "initiatives_per_body": pytest.approx(5 / 3),
        }
    ]


def test_unknown_bodies_and_portfolios_are_not_counted():
    table = volume(tidy(("Régie", "Santé", "", ""), ("unknown", "unknown", "", "")))
    assert table[["n_initiatives", "n_bodies", "n_portfolios"]].values.tolist() == [[2, 1, 1]]


def test_a_year_without_a_known_body_has_no_mean():
    row = volume(tidy(("unknown", "unknown", "", ""))).iloc[0]
    assert (row["n_bodies"], row["n_portfolios"]) == (0, 0)
    assert math.isnan(row["initiatives_per_body"])


def test_unknown_status_widens_the_bounds_and_leaves_the_share():
    # P 2, D 1, U 1, unclassified 1: share 2/3, bounds 2/5 and 4/5.
    row = maturity(of_status("P", "P", "D", "U", "X")).iloc[0]
    assert row["production_share"] == pytest.approx(2 / 3)
    assert (row["lowest_share"], row["highest_share"]) == (0.4, 0.8)
    assert row["n_active"] == 5


def test_a_retired_initiative_is_counted_but_not_active():
    row = maturity(of_status("P", "D", "R", "R")).iloc[0]
    assert (row["n_initiatives"], row["n_retired"], row["n_active"]) == (4, 2, 2)
    assert (row["production_share"], row["lowest_share"], row["highest_share"]) == (0.5, 0.5, 0.5)


def test_a_share_is_missing_if_no_status_is_production_or_development():
    row = maturity(of_status("U", "U")).iloc[0]
    assert math.isnan(row["production_share"])
    assert (row["lowest_share"], row["highest_share"]) == (0.0, 1.0)


def test_bounds_are_missing_if_every_initiative_is_retired():
    row = maturity(of_status("R")).iloc[0]
    assert all(math.isnan(row[name]) for name in ("production_share", "lowest_share", "highest_share"))
    assert row["n_active"] == 0


def test_maturity_is_counted_by_group():
    table = maturity(
        tidy(
            ("Régie", "Santé", "Imagerie", "production"),
            ("Régie", "Santé", "Imagerie", "development"),
            ("Régie", "Santé", "Vision", "unknown"),
        ),
        by="category",
    )
    counts = ["category", "n_initiatives", "n_production", "n_development", "n_unknown", "n_unclassified"]
    assert table[counts].values.tolist() == [["Imagerie", 2, 1, 1, 0, 0], ["Vision", 1, 0, 0, 1, 0]]


def test_a_share_of_fewer_than_ten_is_not_charted():
    nine, ten = ["P"] * 5 + ["D"] * 4 + ["U"], ["P"] * 5 + ["D"] * 5
    both = pd.concat([of_status(*nine), of_status(*ten, category="Vision")])
    assert charted(maturity(both, by="category"))["category"].tolist() == ["Vision"]


def test_categories_are_counted_most_first_with_their_share_of_the_year():
    table = categories(of_category("Imagerie", "Vision", "Vision", "unknown"))
    assert table[["category", "n_initiatives", "share"]].values.tolist() == [
        ["Vision", 2, 0.5],
        ["Imagerie", 1, 0.25],
        ["unknown", 1, 0.25],
    ]


def test_a_network_is_counted_separately_or_with_its_portfolio():
    rows = tidy(("A", "Santé", "", ""), ("B", "Santé (Réseau)", "", ""), ("C", "Santé (Réseau)", "", ""))
    apart, folded = portfolios(rows), portfolios(rows, folded=True)
    assert dict(zip(apart["portfolio"], apart["n_initiatives"], strict=True)) == {
        "Santé (Réseau)": 2,
        "Santé": 1,
    }
    assert folded[["portfolio", "n_initiatives", "share"]].values.tolist() == [["Santé", 3, 1.0]]


def test_every_status_is_counted_including_zeros():
    table = statuses(of_status("P", "P", "D", "U"))
    assert table[["status", "n_initiatives", "share"]].values.tolist() == [
        ["production", 2, 0.5],
        ["development", 1, 0.25],
        ["retired", 0, 0.0],
        ["unknown", 1, 0.25],
        ["unclassified", 0, 0.0],
    ]


def test_unnamed_groups_are_left_out_of_named_counts_and_last_in_a_table():
    table = categories(of_category("unknown", "unknown", "Vision", "unclassified", ""))
    assert named_counts(table, "category", 2025) == {"Vision": 1}
    assert named_counts(table, "category", 2024) == {}
    assert unnamed_last(table, "category")["category"].to_dict() == {
        0: "Vision",
        1: "unknown",
        2: "",
        3: "unclassified",
    }


def test_a_group_absent_from_a_year_counts_zero_in_a_change():
    # 2024: Imagerie 1, Son 1; 2025: Imagerie 3, Vision 1.
    both = pd.concat(
        [of_category("Imagerie", "Son", year=2024), of_category("Imagerie", "Imagerie", "Imagerie", "Vision")]
    )
    table = change(categories(both), "category", 2025, 2024)
    columns = ["category", "n_previous", "n_initiatives", "change", "share"]
    assert table[columns].values.tolist() == [
        ["Imagerie", 1, 3, 2, 0.75],
        ["Vision", 0, 1, 1, 0.25],
        ["Son", 1, 0, -1, 0.0],
    ]


def test_growth_is_the_change_over_the_earlier_count():
    both = pd.concat([of_status("P", "P", year=2024), of_status("P", "P", "P")])
    assert growth_rate(volume(both), "n_initiatives", 2025, 2024) == 0.5


def test_the_summary_has_the_headline_counts_as_plain_numbers():
    rows = tidy(
        ("Régie", "Santé", "Imagerie", "production"),
        ("CHUM", "Santé (Réseau)", "Imagerie", "development"),
        ("Office", "Justice", "unknown", "unclassified"),
    )
    assert summary(rows, rows_read=4, rows_quarantined=1) == {
        "n_initiatives": 3,
        "n_bodies": 3,
        "n_portfolios": 3,
        "by_status": {"production": 1, "development": 1, "retired": 0, "unknown": 0, "unclassified": 1},
        "by_category": {"Imagerie": 2, "unknown": 1},
        "by_portfolio": {"Justice": 1, "Santé": 1, "Santé (Réseau)": 1},
        "by_portfolio_folded": {"Santé": 2, "Justice": 1},
        "rows_read": 4,
        "rows_quarantined": 1,
        "reconstructed": False,
    }


def test_the_summary_of_a_source_without_categories_has_none():
    assert summary(of_category(""), rows_read=1, rows_quarantined=0)["by_category"] == {}
