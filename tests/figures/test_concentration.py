"""The Lorenz curve: years drawn, the lower half, portfolios without a name."""

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


def test_only_the_last_two_years_are_drawn_and_each_is_named_beside_its_curve(edition, canvases):
    curve = curve_of(
        y2023={"A": 1, "B": 9}, y2024={"A": 2, "B": 8}, y2025={"A": 3, "B": 6, "C": 6, "unknown": 50}
    )
    figure = figures.lorenz(curve, edition, "en")
    then, now, _ = canvases[0].axes[0].lines
    for canvas in canvases:
        assert canvas.axes[0].get_legend() is None
        before, last = (each for each in canvas.axes[0].texts if each.get_text() in ("2024", "2025"))
        # 2024 under the point where it is furthest from 2025; 2025 under where it is steep.
        assert sorted([(*before.xy, before.get_va()), (*last.xy, last.get_va())]) == [
            (0.5, 0.2, "top"),
            (pytest.approx(2 / 3), pytest.approx(0.6), "top"),
        ]
    assert then.get_xydata().tolist() == [[0, 0], [0.5, 0.2], [1, 1]]
    assert now.get_ydata().tolist() == pytest.approx([0, 0.2, 0.6, 1])  # without the 50 of no portfolio
    [area] = canvases[0].axes[0].collections  # between equality and the last year
    assert area.get_paths()[0].contains_point((0.6, 0.55))
    assert not area.get_paths()[0].contains_point((0.6, 0.5))
    assert {row[0][:4] for row in figure.rows} == {"2024", "2025"}
    assert figure.rows[-1] == ("2025: 3", "100.0%", "15", "100.0%")


def test_of_two_curves_no_further_apart_than_their_strokes_the_last_alone_is_drawn(edition, canvases):
    figure = figures.lorenz(curve_of(y2024={"A": 12, "B": 88}, y2025={"A": 10, "B": 90}), edition, "fr")
    assert figure.note.endswith("La courbe de 2024, presque la même, n’est pas tracée.")
    for canvas in canvases:
        named = [each for each in canvas.axes[0].texts if "202" in each.get_text()]
        assert [(each.get_text(), each.get_color(), each.xy) for each in named] == [
            ("2025", colours.ACCENT, (1, 1))
        ]
        assert len(canvas.axes[0].lines) == 2  # with that of equality
        assert overlaps(canvas) == [] and beyond(canvas) == []


def test_the_lower_half_of_an_odd_number_of_portfolios_leaves_out_the_middle_one(edition):
    figure = figures.lorenz(curve_of(y2025={"A": 1, "B": 2, "C": 5, "D": 12, "E": 20}), edition, "en")
    assert (
        figure.alt
        == "Curve. 2025: of 5 portfolios, the 2 that report fewest have together 7.5% of the initiatives."
    )


def test_the_point_of_the_title_is_marked_on_the_last_curve_with_the_share_of_those_below_it(
    edition, canvases
):
    figures.lorenz(curve_of(y2025={"A": 1, "B": 2, "C": 5, "D": 12}), edition, "en", n_largest=2)
    for canvas in canvases:
        [point] = [line for line in canvas.axes[0].lines if line.get_markersize() == 8]
        assert point.get_xydata().tolist() == [[0.5, 0.15]]  # half of the four have three of twenty
        [said] = [each for each in canvas.axes[0].texts if "others" in each.get_text()]
        assert (" ".join(said.get_text().split()), said.xy) == ("the 2 others: 15%", (0.5, 0.15))
        assert overlaps(canvas) == [] and beyond(canvas) == []


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
    curve, _ = canvases[0].axes[0].lines
    assert curve.get_xdata().tolist() == curve.get_ydata().tolist() == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_drawing_for_a_phone_has_no_label_that_is_small_or_over_another(edition, canvases, language):
    figures.lorenz(curve_of(y2024={"A": 1, "B": 9}, y2025={"A": 3, "B": 7}), edition, language)
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
