"""Figure of growth: decreases and panels."""

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
    folder = tmp_path_factory.mktemp("data")
    small.write_year(folder, 2024, [small.row("Avant")])
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, [small.row()]))


def parts(previous, in_both, only_now, only_previous, unknown=0):
    """Return the parts of a change from a number of initiatives; `unknown` ones are all of this year."""
    row = {
        "n_previous": previous,
        "change_in_both": in_both,
        "n_only_now": only_now,
        "n_only_previous": only_previous,
        "n_previous_unknown": 0,
        "n_unknown": unknown,
        "change_unknown": unknown,
        "n_initiatives": previous + in_both + only_now - only_previous + unknown,
    }
    return pd.DataFrame([row])


def test_a_decrease_goes_to_the_left_in_grey_and_is_written_to_the_right_of_its_bar(edition, canvases):
    figure = figures.growth({"portfolio": parts(20, -6, 3, 0)}, edition, "en")
    axes = canvases[0].axes[0]
    assert [(bar.get_x(), bar.get_width()) for bar in axes.patches] == [
        (0, 20),
        (20, -6),
        (14, 3),
        (17, 0),
        (0, 17),
    ]
    fills = [to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert fills == [colours.INK, colours.MUTED, colours.ACCENT, colours.MUTED, colours.INK]
    assert [(text.get_text(), text.xy[0]) for text in axes.texts] == [
        ("20", 20),
        ("−6", 20),
        ("+3", 17),
        ("0", 17),
        ("17", 17),
    ]
    assert figure.alt == (
        "By portfolio: Total of 2024, 20; In both files, −6; Only in 2025, +3; Only in 2024, 0; "
        "Total of 2025, 17."
    )


def test_initiatives_without_a_body_give_both_panels_the_same_rows(edition):
    figure = figures.growth(
        {"portfolio": parts(10, 4, 0, 0), "body": parts(10, 1, 0, 0, unknown=3)}, edition, "fr"
    )
    assert figure.columns == ("Part de l’écart", "Par portefeuille", "Par organisme")
    assert ("Non nommé", "0", "+3") in figure.rows
    assert figure.rows[-1] == ("Total de 2025", "14", "14")
    assert "selon que leur portefeuille ou leur organisme est" in figure.caption
