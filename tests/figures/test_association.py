"""The circles of portfolios and categories: areas, pairs in rust, groups that are not drawn."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from portrait import figures
from portrait.indicators import associations, cross_table
from portrait.style import colours
from tests import small
from tests.figures.overlaps import beyond, overlaps, smallest


def pairs_of(residuals, *, retained=False, n=10):
    """Return a pair for each residual, by portfolio and category; a residual of None is missing."""
    rows = [
        (portfolio, category, n, residual, 0.01 if retained and residual is not None else None)
        for portfolio, each in residuals.items()
        for category, residual in zip("ABCDEFGH", each, strict=False)
    ]
    columns = ["portfolio", "category", "n_initiatives", "residual", "adjusted_p_value"]
    return pd.DataFrame(rows, columns=columns).astype({"residual": float, "adjusted_p_value": float})


def circles_of(canvas):
    """Return the column and the row of each circle, its area and its colour."""
    return [
        (*map(float, place), area, to_hex(drawn.get_facecolor()[0]))
        for drawn in canvas.axes[0].collections
        for place, area in zip(drawn.get_offsets(), drawn.get_sizes(), strict=True)
    ]


def numbers_of(canvas):
    return [text.get_text() for text in canvas.axes[0].texts if text.get_text().isdigit()]


def test_the_area_of_a_circle_is_its_count_and_a_pair_without_an_initiative_has_none(edition, canvases):
    pairs = pairs_of({"Justice": (30, 9, -3, -1)}).assign(n_initiatives=[400, 100, 0, 25])
    figures.profiles(pairs, edition, "en")
    for canvas in canvases:
        (_, _, most, _), (x, _, fourth, _), (_, _, least, _) = circles_of(canvas)
        assert (x, most / fourth, most / least) == (1, pytest.approx(4), pytest.approx(16))


def test_the_pairs_retained_above_are_in_rust_with_their_number_and_the_others_grey_without(
    edition, canvases
):
    retained = pairs_of({"Justice": (30, 9, -9, -4)}, retained=True, n=27)
    figure = figures.profiles(pd.concat([retained, pairs_of({"Famille": (30, 2, 1, None)})]), edition, "en")
    for canvas in canvases:
        colour = {(x, y): colour for x, y, _, colour in circles_of(canvas)}
        assert {place for place, each in colour.items() if each == colours.ACCENT} == {(0, 0), (1, 0)}
        assert {each for place, each in colour.items() if place > (1, 0)} == {colours.MUTED}
        assert numbers_of(canvas) == ["27", "27"]
    assert "with this number where it has room: the pairs retained above their expected count." in figure.note
    assert "In the data, in parentheses: the adjusted residual." in figure.note
    assert "In grey: the others, if they have 5 initiatives or more." in figure.note
    assert figure.rows[1] == ("Family", "10 (+30.0)", "10 (+2.0)", "10 (+1.0)", "10")


def test_a_grey_circle_too_small_to_be_seen_is_left_to_the_data(edition, canvases):
    pairs = pairs_of({"Justice": (30, 9, -3, 1)}).assign(n_initiatives=[400, 5, 4, 6])
    figure = figures.profiles(pairs, edition, "en")
    for canvas in canvases:
        assert [x for x, *_ in circles_of(canvas)] == [0, 1, 3]
    assert figure.rows == (("Justice", "400 (+30.0)", "5 (+9.0)", "4 (−3.0)", "6 (+1.0)"),)


def test_numbers_have_room_between_large_circles_side_by_side(edition, canvases):
    pairs = pairs_of({f"P{row}": (30,) * 8 for row in range(3)}, retained=True, n=987)
    figures.profiles(pairs, edition, "en")
    for canvas in canvases:
        assert len(numbers_of(canvas)) == 24
        assert overlaps(canvas) == beyond(canvas) == []


def test_no_word_is_cut_in_the_name_of_a_column(edition, canvases):
    names = ["Approvisionnement et finances", *"BCDEFG"]
    pairs = pairs_of({"Justice": range(1, 8)}).assign(category=names)
    figures.profiles(pairs, edition, "fr")
    first, *_ = canvases[0].axes[0].get_xticklabels()
    assert first.get_text() == "Approvisionnement\net finances"


def test_the_alternative_text_names_the_five_pairs_furthest_above_their_expected_count(edition):
    figure = figures.profiles(
        pairs_of(
            {"Justice": (1, 2, 3, 4, 5, 6, 0), "Famille": (-1, -2, None, -3, 0.04, None, 0)}, retained=True
        ),
        edition,
        "en",
    )
    assert figure.alt == (
        "Bubble chart. 2 portfolios and 7 categories. "
        "More than expected: Justice, F (+6.0); Justice, E (+5.0); Justice, D (+4.0); Justice, C (+3.0); "
        "Justice, B (+2.0)."
    )


def test_a_portfolio_left_out_for_lack_of_room_is_not_said_to_have_too_few_initiatives(edition):
    many = {f"P{place:02}": (1, -1, None) for place in range(22)}
    figure = figures.profiles(pairs_of({**many, "Petit": (None, None, None)}), edition, "en")
    assert len(figure.rows) == 20
    assert figure.alt.startswith("Bubble chart. 20 portfolios and 2 categories.")
    assert "Portfolios not drawn, having too few initiatives: Petit." in figure.note
    assert "Portfolios not drawn, for lack of room: P20 and P21." in figure.note
    assert "Categories not drawn, having too few initiatives: C." in figure.note


def test_a_portfolio_of_two_residuals_is_left_out_and_counted_unless_one_is_retained_above(edition):
    pairs = pd.concat(
        [
            pairs_of({"Justice": (30, 9, 3), "Santé": (-9, 4, None)}, retained=True),
            pairs_of({"Famille": (-3, 2, None), "Petit": (None, None, None)}),
        ]
    )
    figure = figures.profiles(pairs, edition, "en")
    assert [row[0] for row in figure.rows] == ["Justice", "Santé"]  # +4.0 is retained
    left_out = "having fewer than 3 residuals and none retained above the expected count"
    assert f"Portfolios not drawn, {left_out}: Family." in figure.note
    assert "Portfolios not drawn, having too few initiatives: Petit." in figure.note
    assert "for lack of room" not in figure.note


def test_rows_are_lower_where_every_name_is_on_one_line(edition, canvases):
    for name in ("Justice", "Travaux publics et approvisionnement"):
        portfolios = {f"{name} {place}": (1, -1, 2, -2, 1, -1, 1) for place in range(10)}
        figures.profiles(pairs_of(portfolios), edition, "en")
    low, _, high, _ = canvases  # on paper and on a phone
    assert high.get_figheight() - low.get_figheight() > 0.5  # inches, for ten rows
    assert overlaps(low) == overlaps(high) == []


def test_more_than_six_groups_left_out_are_counted(edition):
    small_ones = {f"Petit {place}": (None, None) for place in range(7)}
    figure = figures.profiles(pairs_of({"Justice": (1, -1), **small_ones}), edition, "fr")
    assert [row[0] for row in figure.rows] == ["Justice"]
    assert figure.note.endswith("Portefeuilles hors du dessin, n’ayant pas assez d’initiatives\u00a0: 7.")


def test_a_specimen_draws_its_small_portfolios_too(tmp_path):
    rows = [small.row("Initiative reconstituée 2025-001")]
    detail = small.edition_of(tmp_path, y2025=rows).detail("category")
    pairs = associations(cross_table(detail.initiatives))
    figure = figures.profiles(pairs, detail, "en")
    assert [row[0] for row in figure.rows] == [f"Portfolio {letter}" for letter in "ABCDEF"]
    assert "not drawn" not in figure.note


def test_the_word_specimen_is_over_the_names_of_columns(canvases, tmp_path):
    rows = [small.row("Initiative reconstituée 2025-001")]
    detail = small.edition_of(tmp_path, y2025=rows).detail("category")
    figures.profiles(associations(cross_table(detail.initiatives)), detail, "fr")
    assert [overlaps(canvas) for canvas in canvases] == [[], []]


@pytest.mark.parametrize("n_columns", [3, 12, 15])
def test_on_a_phone_a_row_has_its_name_over_it_and_numbers_below_its_circles(edition, canvases, n_columns):
    categories = [f"Catégorie de services {letter}" for letter in "ABCDEFGHIJKLMNO"[:n_columns]]
    residuals = [33.8, 6.4, 0.0, *[12.4] * 12]
    pairs = pd.DataFrame(
        [
            ("Ministère des Ressources naturelles", category, 12 if residual else 0, residual, 0.01)
            for category, residual in zip(categories, residuals, strict=False)
        ],
        columns=["portfolio", "category", "n_initiatives", "residual", "adjusted_p_value"],
    )
    figures.profiles(pairs, edition, "en")
    narrow = canvases[1]
    assert numbers_of(narrow) == ["12"] * (n_columns - 1)
    assert narrow.axes[0].texts[-1].get_text() == "Ministère des Ressources naturelles"
    assert overlaps(narrow) == beyond(narrow) == []
    assert smallest(narrow) >= 8.5
