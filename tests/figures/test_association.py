"""The heat map of residuals: legible numbers, extreme pairs, groups that are not drawn."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from portrait import figures
from portrait.indicators import associations, cross_table
from portrait.style import colours
from tests import small
from tests.figures.overlaps import beyond, overlaps, smallest
from tests.style.test_theme import contrast


def pairs_of(residuals, *, retained=False):
    """Return a pair for each residual, by portfolio and category; a residual of None is missing."""
    rows = [
        (portfolio, category, residual, 0.01 if retained and residual is not None else None)
        for portfolio, each in residuals.items()
        for category, residual in zip("ABCDEFGH", each, strict=False)
    ]
    columns = ["portfolio", "category", "residual", "adjusted_p_value"]
    return pd.DataFrame(rows, columns=columns).astype({"residual": float, "adjusted_p_value": float})


def test_every_number_contrasts_with_its_cell(edition, canvases):
    residuals, middle = (-12, -8, -4, 0, 3, 6, 9, 14), (7, 7.5, 8, 8.3, 8.6, 9, 9.5, 10)
    pairs = pairs_of({"Justice": residuals, "Famille": middle}, retained=True)
    figures.profiles(pairs, edition, "en")
    axes = canvases[0].axes[0]
    mesh = axes.collections[0]
    cells = [mesh.to_rgba(value)[:3] for value in (*residuals, *middle)]
    assert [text.get_text() for text in axes.texts[16:]] == ["≤ −20", "≥ +20"]  # of the scale
    for text, cell in zip(axes.texts[:16], cells, strict=True):
        assert contrast(cell, text.get_color()) >= 4.5, text.get_text()


def test_a_cell_is_as_dark_as_its_residual_is_large_and_blank_where_it_is_not_retained(edition, canvases):
    retained = pairs_of({"Justice": (30, 9, 3, -3, -9)}, retained=True)
    figures.profiles(pd.concat([retained, pairs_of({"Famille": (30, 9, 3, -3, None)})]), edition, "en")
    axes = canvases[0].axes[0]
    fills = axes.collections[0].get_facecolors()[:, :3]
    large, middle, small, low, lower = (contrast(tuple(fill), (1, 1, 1)) for fill in fills[:5])
    assert large > 2 * middle > 2 * small > 2
    assert small < 1.3 > low < lower < middle
    assert {to_hex(fill) for fill in fills[5:9]} == {colours.PAPER}  # which dark mode changes
    assert [text.get_text() for text in axes.texts[:9]] == [
        "+30.0",
        "+9.0",
        "+3.0",
        "−3.0",
        "−9.0",
        *[""] * 4,
    ]
    assert [text.get_fontweight() for text in axes.texts[:5]] == [*["bold"] * 3, *["normal"] * 2]
    [hatched] = [patch for patch in axes.patches if patch.get_hatch()]
    assert contrast(hatched.get_edgecolor()[:3], (1, 1, 1)) < 1.6


def test_the_alternative_text_names_five_pairs_on_each_side_the_furthest_first(edition):
    figure = figures.profiles(
        pairs_of({"Justice": (1, 2, 3, 4, 5, 6, 0), "Famille": (-1, -2, None, -3, 0.04, None, 0)}),
        edition,
        "en",
    )
    assert figure.alt == (
        "Heat map. 2 portfolios and 7 categories. "
        "More than expected: Justice, F (+6.0); Justice, E (+5.0); Justice, D (+4.0); Justice, C (+3.0); "
        "Justice, B (+2.0). "
        "Less than expected: Family, D (−3.0); Family, B (−2.0); Family, A (−1.0). "
        "Hatched pairs, without a residual: 2."
    )
    assert figure.rows[1] == ("Family", "−1.0", "−2.0", "—", "−3.0", "0.0", "—", "0.0")


def test_a_portfolio_left_out_for_lack_of_room_is_not_said_to_have_too_few_initiatives(edition):
    many = {f"P{place:02}": (1, -1, None) for place in range(22)}
    figure = figures.profiles(pairs_of({**many, "Petit": (None, None, None)}), edition, "en")
    assert len(figure.rows) == 20
    assert figure.alt.startswith("Heat map. 20 portfolios and 2 categories.")
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


@pytest.mark.parametrize(
    ("n_columns", "numbers"),
    [(3, ["+33.8", "−6.4", "0.0"]), (12, ["+34", "−6", "0"]), (15, ["+34", "−6", "0"])],
)
def test_on_a_phone_a_row_has_its_name_over_it_and_numbers_that_fit_their_cells(
    edition, canvases, n_columns, numbers
):
    categories = [f"Catégorie de services {letter}" for letter in "ABCDEFGHIJKLMNO"[:n_columns]]
    residuals = [33.8, -6.4, 0.0, *[-12.4] * 12]
    pairs = pd.DataFrame(
        [
            ("Ministère des Ressources naturelles", category, residual, 0.01)
            for category, residual in zip(categories, residuals, strict=False)
        ],
        columns=["portfolio", "category", "residual", "adjusted_p_value"],
    )
    figures.profiles(pairs, edition, "en")
    narrow = canvases[1]
    drawn = [text.get_text() for text in narrow.axes[0].texts]
    assert drawn[:3] == numbers
    assert drawn[-1] == "Ministère des Ressources naturelles"
    assert overlaps(narrow) == beyond(narrow) == []
    assert smallest(narrow) >= 8.5
