"""The table of concentration: few groups, equal groups, groups without a name, approximate bodies."""

from __future__ import annotations

import dataclasses

import pandas as pd

from portrait import tables
from portrait.indicators import concentration

WARNING = "The number of bodies is approximate."


def indices(*counts, unknown=0, year=2025):
    names = [*(f"P{place}" for place in range(len(counts))), "unknown"]
    rows = [(year, name, n) for name, n in zip(names, [*counts, unknown], strict=True) if n]
    return concentration(pd.DataFrame(rows, columns=["year", "portfolio", "n_initiatives"]), "portfolio")


def cells_of(table):
    return {name: cells for name, *cells in table.rows}


def test_the_share_of_the_four_largest_is_given_where_there_are_more_than_four(edition):
    table = tables.concentration(indices(5, 2, 1, 1, 1), "portfolio", edition, "en")
    cells = cells_of(table)
    assert cells["Share of the top 4"] == ["90.0%"]  # 5 + 2 + 1 + 1 of 10
    assert cells["Share of the top 10"] == ["—"]
    assert cells["Herfindahl-Hirschman index (HHI)"] == ["0.320"]  # (25 + 4 + 1 + 1 + 1) / 100


def test_measures_that_the_text_gives_have_their_table_on_the_page_alone(edition):
    table = tables.concentration(indices(6, 6), "portfolio", edition, "en")
    assert (table.print_limit, table.print_notice["url"]) == (0, "annual.en.html#tab-concentration")


def test_bounds_that_are_equal_are_written_as_one_number(edition):
    cells = cells_of(tables.concentration(indices(3, 3, 3, 3), "portfolio", edition, "fr"))
    assert cells["Nombre équivalent (1/HHI), en retirant un portefeuille"] == ["3,0"]
    assert cells["Coefficient de Gini, en retirant un portefeuille"] == ["0,000"]


def test_a_single_portfolio_has_counts_beside_the_indices_of_another_year(edition):
    both = pd.concat([indices(12, year=2024), indices(6, 6)], ignore_index=True)
    table = tables.concentration(both, "portfolio", edition, "en")
    columns = [list(column) for column in zip(*(row[1:] for row in table.rows), strict=True)]
    assert columns[0] == ["1", "12", *["—"] * 9]
    assert columns[1][:3] == ["2", "12", "0.500"]
    assert table.note == "—: fewer than 10 initiatives, or too few names for this indicator."


def test_only_the_table_of_bodies_warns_that_bodies_are_approximate(edition):
    facts = edition.source.facts | {"bodies_note": {"fr": "Nombre approximatif.", "en": WARNING}}
    loose = dataclasses.replace(edition, source=dataclasses.replace(edition.source, facts=facts))
    assert tables.concentration(indices(6, 6), "body", loose, "en").note.startswith(f"{WARNING} —: ")
    assert WARNING not in tables.concentration(indices(6, 6), "portfolio", loose, "en").note
