"""The figure of diversity: portfolios drawn, their order, bars and notes."""

from __future__ import annotations

import pytest

from portrait import figures
from portrait.editions.opening import open_edition
from portrait.indicators import diversity
from tests import small


def measured(folder, counts):
    """Measure portfolios from their numbers of initiatives in two categories and in none."""
    rows = [
        small.row(portfolio=portfolio, category=category)
        for portfolio, numbers in counts.items()
        for category, n in zip((small.DECISION, small.ASSISTANT, ""), numbers, strict=True)
        for _ in range(n)
    ]
    edition = open_edition("quebec", 2025, data=small.write_year(folder, 2025, rows))
    return diversity(edition.initiatives, "portfolio_folded", n_listed=10), edition


def test_portfolios_are_ordered_by_their_effective_number_then_by_name(tmp_path, canvases):
    table, edition = measured(tmp_path, {"Travail": (6, 0, 0), "Famille": (5, 0, 0), "Justice": (4, 4, 0)})
    figure = figures.diversity(table, edition, "en")
    assert figure.rows == (
        ("Justice", "2.0", "2.0", "2.0", "2.0"),
        ("Famille", "1.0", "1.0", "1.0", "1.0"),
        ("Travail", "1.0", "1.0", "1.0", "1.0"),
    )
    left, right = canvases[0].axes
    assert left.collections[1].get_offsets()[:, 0].tolist() == pytest.approx([2, 1, 1])
    assert right.get_title(loc="left") == "Among 5 initiatives"
    # Every initiative has a category: no bar to explain, and no bounds in the text.
    assert figure.note.startswith("On the right: number of categories expected among 5 initiatives")
    assert figure.alt == "Effective number of categories. Justice: 2.0; Famille: 1.0; Travail: 1.0."


def test_the_portfolios_with_most_categorised_initiatives_are_drawn_and_the_others_counted(tmp_path):
    large = {f"P{place:02}": (6, 1, 0) for place in range(20)}
    # 30 initiatives, of which only 5 have a category.
    table, edition = measured(tmp_path, {"A": (5, 0, 25), "B": (5, 0, 0), **large})
    figure = figures.diversity(table, edition, "en")
    assert [row[0] for row in figure.rows] == sorted(large)
    assert figure.note.endswith("Portfolios not drawn, which are in the table: 2.")
    assert "Bar:" not in figure.note


def test_numbers_are_written_beyond_the_bars(tmp_path, canvases):
    table, edition = measured(tmp_path, {"Justice": (4, 4, 2)})
    figure = figures.diversity(table, edition, "fr")
    left = canvases[0].axes[0]
    [number] = [text for text in left.texts if text.get_text()]
    # From 6 and 4 to 4, 4, 1 and 1: exp(0.673) and exp(1.194).
    assert left.collections[0].get_segments()[0][:, 0].tolist() == pytest.approx([1.96, 3.30], abs=0.005)
    assert number.get_text() == "2,0"
    assert number.xy[0] == pytest.approx(3.30, abs=0.005)
    assert figure.note.startswith(
        "Barre : l’étendue possible, selon la catégorie des initiatives qui n’en ont pas."
    )
