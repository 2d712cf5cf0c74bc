"""Growth: the parts of a change and its factors, by hand, by property and on the US inventories."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portrait import indicators
from tests.real_data import REAL_DATA, real_edition


def tidy(before, now):
    """Return two years of (body, portfolio) or (body, portfolio, published name of the body)."""
    rows = [(year, *row) for year, year_rows in ((2024, before), (2025, now)) for row in year_rows]
    table = pd.DataFrame(
        [(*row, row[1])[:4] for row in rows], columns=["year", "body", "portfolio", "body_published"]
    )
    folded = table["portfolio"].str.removesuffix(" (Réseau)")
    return table.assign(portfolio_folded=folded, portfolio_published=table["portfolio"])


def summed(initiatives, by="body", **more):
    return indicators.growth(indicators.decomposition(initiatives, by, 2025, 2024, **more)).iloc[0]


# Parts


def test_each_group_is_listed_with_its_counts_and_the_years_where_it_is_found():
    # Régie 1 -> 3, Office 2 -> 1; CHUM only in 2025, Bureau only in 2024.
    table = indicators.decomposition(
        tidy(
            [("Régie", "Santé"), *[("Office", "Justice")] * 2, ("Bureau", "Justice")],
            [*[("Régie", "Santé")] * 3, ("Office", "Justice"), *[("CHUM", "Santé")] * 2],
        ),
        "body",
        2025,
        2024,
    )
    assert table.values.tolist() == [
        ["Régie", "Régie", "both", 1, 3, 2],
        ["Office", "Office", "both", 2, 1, -1],
        ["CHUM", "", "only_now", 0, 2, 2],
        ["", "Bureau", "only_previous", 1, 0, -1],
    ]
    assert indicators.growth(table).iloc[0].to_dict() == {
        "n_previous": 4,
        "n_initiatives": 6,
        "change": 2,
        "n_groups_in_both": 2,
        "n_previous_in_both": 3,
        "n_in_both": 4,
        "n_groups_only_now": 1,
        "n_only_now": 2,
        "n_groups_only_previous": 1,
        "n_only_previous": 1,
        "n_previous_unknown": 0,
        "n_unknown": 0,
    }


def test_initiatives_without_a_body_have_their_own_row_and_are_not_paired():
    rows = tidy([("unknown", "unknown", "")], [("unknown", "unknown", "")] * 3)
    for names in ("strict", "recorded", "lenient"):
        table = indicators.decomposition(rows, "body", 2025, 2024, names=names)
        assert table.values.tolist() == [["unknown", "unknown", "unknown", 1, 3, 2]]
    parts = summed(rows)
    assert (parts["n_groups_in_both"], parts["n_unknown"]) == (0, 3)


def test_a_portfolio_and_its_network_are_one_group():
    rows = tidy([("A", "Santé")] * 3, [("A", "Santé"), *[("B", "Santé (Réseau)")] * 4])
    parts = summed(rows, "portfolio_folded")
    assert (parts["n_groups_in_both"], parts["n_in_both"], parts["n_only_now"]) == (1, 5, 0)


# Names


def test_a_body_with_another_spelling_is_matched_by_recorded_name_but_not_strictly():
    rows = tidy([("Régie", "Santé", "Régie")], [("Régie", "Santé", "Régie ")])
    assert summed(rows, names="strict")["n_groups_in_both"] == 0
    assert summed(rows, names="strict")["n_groups_only_previous"] == 1
    assert summed(rows, names="recorded")["n_groups_in_both"] == 1


def test_a_blank_body_has_the_name_of_its_portfolio():
    rows = tidy([("Santé", "Santé", "")], [("Santé", "Santé", " ")])
    assert summed(rows, names="strict")["n_groups_in_both"] == 1


def test_similar_names_are_matched_leniently_only_within_a_portfolio():
    # 22 and 28 letters: 100 * (1 - 6 / 50) = 88.
    before, now = "Langley Research Center", "Langley Research Center LaRC"
    same = tidy([(before, "NASA")], [(now, "NASA")] * 2)
    assert summed(same)["n_groups_in_both"] == 0
    assert summed(same, names="lenient")["n_in_both"] == 2
    apart = tidy([(before, "NASA")], [(now, "Énergie")] * 2)
    assert summed(apart, names="lenient")["n_groups_in_both"] == 0


def test_similar_names_without_a_known_portfolio_are_not_paired():
    before, now = "Langley Research Center", "Langley Research Center LaRC"
    assert summed(tidy([(before, "unknown")], [(now, "unknown")]), names="lenient")["n_groups_in_both"] == 0


def test_names_below_the_similarity_threshold_are_not_paired():
    # "regie ab" and "regie cd": 2 * 6 / 16 = 75 of 100.
    rows = tidy([("Régie ab", "Santé")], [("Régie cd", "Santé")])
    assert summed(rows, names="lenient")["n_groups_in_both"] == 0


def test_similar_names_are_paired_one_to_one_with_the_greatest_similarity():
    rows = tidy(
        [("Centre de recherche du Nord", "Santé")],
        [("Centre de recherches du Nord", "Santé"), ("Centre de recherches du Nord 2", "Santé")],
    )
    before, now = rows[rows["year"] == 2024], rows[rows["year"] == 2025]
    assert indicators.similar_pairs(before, now, "body") == {
        "Centre de recherche du Nord": "Centre de recherches du Nord"
    }


def test_a_body_matched_by_its_recorded_name_is_not_paired_again():
    rows = tidy([("Régie du Nord", "Santé")], [("Régie du Nord", "Santé"), ("Régie du Nord 2", "Santé")])
    assert summed(rows, names="lenient")["n_only_now"] == 1


bodies = st.sampled_from(["Régie", "Régie ", "Régies", "Office du Nord", "Office du Nort", "CHUM", "unknown"])
rows_of_a_year = st.lists(
    st.tuples(bodies, st.sampled_from(["Santé", "Santé (Réseau)", "Justice", "unknown"]), bodies), max_size=12
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(rows_of_a_year, rows_of_a_year)
def test_the_parts_add_up_to_the_whole_and_looser_matchings_never_pair_fewer_groups(before, now):
    initiatives = tidy(before, now)
    found = []
    for by in ("body", "portfolio_folded"):
        for names in indicators.MATCHINGS:
            table = indicators.decomposition(initiatives, by, 2025, 2024, names=names)
            assert table["change"].sum() == len(now) - len(before)
            parts = indicators.growth(table).iloc[0]
            assert parts["change"] == len(now) - len(before)
            earlier = parts[["n_previous_in_both", "n_only_previous", "n_previous_unknown"]]
            assert earlier.sum() == len(before)
            assert parts[["n_in_both", "n_only_now", "n_unknown"]].sum() == len(now)
            for year, column in ((2024, f"{by}_previous"), (2025, by)):
                groups = initiatives.loc[initiatives["year"] == year, by]
                assert sorted(filter(None, table[column])) == sorted(groups.unique()) or (
                    "unknown" in set(table[column])
                )
            found.append(parts["n_groups_in_both"])
    assert found[0] <= found[1] <= found[2]
    assert found[3] <= found[4] <= found[5]


def test_each_matching_of_names_has_a_row_strictest_first():
    before = [("Régie", "Santé"), ("Office du travail", "Justice")]
    now = [("Régie", "Santé", "régie"), ("Office  travail", "Justice")]
    table = indicators.growth_by_names(tidy(before, now), "body", 2025, 2024)
    assert table["names"].to_dict() == {0: "strict", 1: "recorded", 2: "lenient"}
    assert table["n_groups_in_both"].tolist() == [0, 1, 2]


# The inventories of the United States


@pytest.fixture(scope="module")
def us_federal():
    if not REAL_DATA:
        pytest.skip("PORTRAIT_REAL_DATA does not name a folder of registers as published")
    return real_edition("us-federal", 2025)


def test_agencies_of_the_united_states_have_the_counts_of_their_files(us_federal):
    parts = summed(us_federal.all_initiatives, "portfolio_folded")
    assert (parts["n_previous"], parts["n_initiatives"]) == (2133, 3611)
    assert (parts["n_previous_in_both"], parts["n_in_both"]) == (1962, 3551)
    assert (parts["n_groups_only_now"], parts["n_only_now"]) == (9, 60)
    assert (parts["n_groups_only_previous"], parts["n_only_previous"]) == (9, 171)
