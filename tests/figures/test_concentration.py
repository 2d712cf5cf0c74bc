"""The Lorenz curve: its parts, the lower half, portfolios without a name."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import figures
from portrait.indicators import lorenz_curve
from portrait.style import colours
from tests import small
from tests.figures.overlaps import beyond, overlaps, smallest


def curve_of(**years):
    rows = [
        (int(year.removeprefix("y")), name, n) for year, counts in years.items() for name, n in counts.items()
    ]
    return lorenz_curve(pd.DataFrame(rows, columns=["year", "portfolio", "n_initiatives"]), "portfolio")


def test_the_curve_begins_at_zero_without_those_of_no_portfolio_and_its_area_is_under_equality(
    edition, canvases
):
    figure = figures.lorenz(curve_of(y2025={"A": 3, "B": 6, "C": 6, "unknown": 50}), edition, "en")
    curve, *_ = canvases[0].axes[0].lines
    assert curve.get_ydata().tolist() == pytest.approx([0, 0.2, 0.6, 1])
    [area] = canvases[0].axes[0].collections
    assert area.get_paths()[0].contains_point((0.6, 0.55))
    assert not area.get_paths()[0].contains_point((0.6, 0.5))
    assert figure.rows[-1] == ("3", "100.0%", "15", "100.0%")


def test_the_lower_half_of_an_odd_number_of_portfolios_leaves_out_the_middle_one(edition):
    figure = figures.lorenz(curve_of(y2025={"A": 1, "B": 2, "C": 5, "D": 12, "E": 20}), edition, "en")
    assert (
        figure.alt
        == "Curve. Of 5 portfolios, the 2 that report fewest have together 7.5% of the initiatives."
    )


def test_the_curve_is_in_rust_from_where_the_largest_of_the_title_begin_and_each_part_has_its_share(
    edition, canvases
):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 2, "C": 5, "D": 12}), edition, "en", n_largest=2)
    for canvas in canvases:
        few, most, _ = canvas.axes[0].lines
        # Half of the four have three of twenty.
        assert few.get_xydata().tolist() == [[0, 0], [0.25, 0.05], [0.5, 0.15]]
        assert most.get_xydata().tolist() == [[0.5, 0.15], [0.75, 0.4], [1, 1]]
        assert (few.get_color(), most.get_color()) == (colours.MUTED, colours.ACCENT)
        said = {" ".join(each.get_text().split()): each.get_color() for each in canvas.axes[0].texts}
        assert said["the 2 largest: 85%"] == colours.ACCENT != said["the other 2: 15%"]
        assert overlaps(canvas) == [] and beyond(canvas) == []


def test_near_the_diagonal_the_parts_are_named_below_the_curve(edition, canvases):
    numbers = {name: 5 + n for n, name in enumerate("ABCDEFGHIJ")}
    figures.lorenz(curve_of(y2025=numbers), edition, "en", n_largest=3)
    for canvas in canvases:
        axes = canvas.axes[0]
        named = [each for each in axes.texts if each.get_text()[:4] == "the "]
        boxes = [each.get_window_extent().transformed(axes.transData.inverted()) for each in named]
        assert len(boxes) == 2 and all(box.x0 > box.y1 for box in boxes)
        assert overlaps(canvas) == [] and beyond(canvas) == []


def test_one_portfolio_beside_the_largest_is_the_other_one(edition, canvases):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 3, "C": 16}), edition, "en", n_largest=2)
    said = {" ".join(each.get_text().split()) for each in canvases[0].axes[0].texts}
    assert "the other one: 5%" in said


def test_the_curve_takes_less_than_a_quarter_of_a_page(edition, canvases):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 2}), edition, "en")
    assert canvases[0].get_figheight() * 72 < 0.25 * 792


def test_the_axes_say_the_nouns_of_the_register(edition, canvases):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 2}), small.of_use_cases(edition), "en")
    axes = canvases[0].axes[0]
    title = axes.get_title(loc="left")
    assert (axes.get_xlabel().split(",")[0], title) == ("Share of agencies", "Share of use cases")


def test_equal_portfolios_are_on_the_line_of_equality(edition, canvases):
    figures.lorenz(curve_of(y2025={"A": 5, "B": 5, "C": 5, "D": 5}), edition, "fr")
    curve, *_ = canvases[0].axes[0].lines
    assert curve.get_xdata().tolist() == curve.get_ydata().tolist() == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_drawing_for_a_phone_has_no_label_that_is_small_or_over_another(edition, canvases, language):
    figures.lorenz(curve_of(y2025={"A": 3, "B": 7}), edition, language)
    assert overlaps(canvases[1]) == []
    assert smallest(canvases[1]) >= 8.5


def test_both_shares_have_one_scale_in_the_drawing_of_the_page(edition, canvases):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 2}), edition, "en")
    drawn = canvases[1].axes[0].get_window_extent()
    assert drawn.width == pytest.approx(drawn.height)


def test_the_curve_is_as_wide_as_the_figure(edition, canvases):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 2}), edition, "en")
    for canvas in canvases:
        drawn, whole = canvas.axes[0].get_window_extent(), canvas.get_window_extent()
        assert drawn.width > 0.65 * whole.width
