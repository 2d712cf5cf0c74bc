"""Tables of the diversity of categories: bounds, years and portfolios too small to be measured."""

from __future__ import annotations

import pytest

from portrait import tables
from portrait.editions.opening import open_edition
from portrait.indicators import diversity
from tests import small


def edition_of(folder, **years):
    """Return the edition of 2025; each year has a number of initiatives by portfolio and category."""
    for name, counts in years.items():
        rows = [
            small.row(portfolio=portfolio, category=category)
            for (portfolio, category), n in counts.items()
            for _ in range(n)
        ]
        small.write_year(folder, int(name.removeprefix("y")), rows)
    return open_edition("quebec", 2025, data=folder)


def measured(edition, by=None):
    return diversity(edition.initiatives if by else edition.all_initiatives, by, n_listed=10)


def test_initiatives_without_a_category_are_counted_apart_and_change_only_the_bounds(tmp_path):
    counts = {("Justice", small.DECISION): 4, ("Justice", small.ASSISTANT): 4, ("Justice", ""): 2}
    edition = edition_of(tmp_path, y2025=counts)
    table = tables.diversity(measured(edition), edition, "en")
    # ln 2 = 0.69; from 6 and 4, exp(0.673) = 1.96, to 4, 4, 1 and 1, exp(1.194) = 3.30.
    assert [row[1] for row in table.rows] == ["8", "2", "2", "0.69", "2.0", "2.0 to 3.3"]
    assert table.note == ""
    assert (table.print_limit, table.print_notice["url"]) == (0, "annual.en.html#tab-diversity")


def test_bounds_that_are_the_number_itself_are_left_out(tmp_path):
    counts = {("Justice", small.DECISION): 4, ("Justice", small.ASSISTANT): 4}
    edition = edition_of(tmp_path, y2025=counts)
    table = tables.diversity(measured(edition), edition, "en")
    assert [row[1] for row in table.rows] == ["8", "0", "2", "0.69", "2.0"]


def test_a_year_of_fewer_than_five_categorised_initiatives_has_counts_and_dashes(tmp_path):
    edition = edition_of(
        tmp_path,
        y2024={("Justice", small.DECISION): 4, ("Justice", ""): 9},
        y2025={("Justice", small.DECISION): 5, ("Justice", small.ASSISTANT): 1},
    )
    table = tables.diversity(measured(edition), edition, "fr")
    assert table.columns == ("Indicateur", "2024", "2025")
    assert [row[1] for row in table.rows] == ["4", "9", "1", "—", "—", "—", "—"]
    # The smaller measured year is 2025 itself: both of its categories are expected among its six.
    assert table.rows[-1] == ("Catégories attendues parmi 6 initiatives", "—", "2,0")
    assert table.note == "— : moins de 5 initiatives ayant une catégorie."


def test_portfolios_come_by_number_then_by_name_with_their_short_label(tmp_path):
    edition = edition_of(
        tmp_path,
        y2025={
            ("Travail", small.DECISION): 5,
            ("Famille", small.DECISION): 5,
            ("Justice", small.DECISION): 6,
            ("Justice", ""): 3,
        },
    )
    table = tables.diversity_by(measured(edition, "portfolio_folded"), edition, "en")
    assert [row[:3] for row in table.rows] == [
        ("Justice", "6", "3"),
        ("Family", "5", "0"),
        ("Labour", "5", "0"),
    ]
    assert table.note == "Bounds: by what the category of the initiatives without one might be."


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("fr", "Hors du tableau, avec moins de 5 initiatives ayant une catégorie : 2 portefeuilles."),
        ("en", "Absent, with fewer than 5 initiatives that have a category: 2 portfolios."),
    ],
)
def test_a_portfolio_whose_initiatives_mostly_have_no_category_is_left_out_and_counted(
    tmp_path, language, note
):
    counts = {("Justice", small.DECISION): 5, ("Famille", ""): 30, ("Famille", small.DECISION): 4}
    edition = edition_of(tmp_path, y2025={**counts, ("Travail", small.DECISION): 1})
    table = tables.diversity_by(measured(edition, "portfolio_folded"), edition, language)
    assert [row[0] for row in table.rows] == ["Justice"]
    assert table.note.endswith(note)
