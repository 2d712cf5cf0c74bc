"""Figure of growth: from one total to the other, by portfolio."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from portrait import figures
from portrait.editions.opening import open_edition
from portrait.style import colours
from tests import small


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Twenty initiatives of 2024, then seventeen."""
    folder = tmp_path_factory.mktemp("data")
    small.write_year(folder, 2024, [small.row("Avant")] * 20)
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, [small.row()] * 17))


def steps(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["portfolio", "n_portfolios", "change"])


def test_a_decrease_goes_to_the_left_in_grey_and_is_written_to_the_right_of_its_bar(edition, canvases):
    figure = figures.growth(steps(("Justice", 1, 3), ("Famille", 1, -6)), edition, "en")
    axes = canvases[0].axes[0]
    bars = [(bar.get_x(), bar.get_width()) for bar in axes.patches]
    assert bars == [(0, 20), (20, 3), (23, -6), (0, 17)]
    fills = [to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert fills == [colours.INK, colours.ACCENT, colours.MUTED, colours.INK]
    written = [(text.get_text(), text.xy[0]) for text in axes.texts]
    assert written == [("20", 20), ("+3", 23), ("−6", 23), ("17", 17)]
    assert figure.alt == "Total of 2024, 20; Justice, +3; Family, −6; Total of 2025, 17."


def test_portfolios_counted_together_are_as_many_as_said_and_those_without_a_name_are_apart(edition):
    figure = figures.growth(steps(("", 9, 19), ("", 12, -20), ("", 0, -2)), edition, "fr")
    names = [row[0] for row in figure.rows]
    assert names == [
        "Total de 2024",
        "Autres hausses (9)",
        "Autres baisses (12)",
        "Sans portefeuille",
        "Total de 2025",
    ]
