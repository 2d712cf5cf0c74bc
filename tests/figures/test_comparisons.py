"""The figure that compares registers: order, dots, bounds and texts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portrait import figures, indicators
from portrait.editions.opening import open_edition
from portrait.indicators.comparisons import Register
from portrait.registers.schema import load_source
from tests import small

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, [small.row()]), project=PROJECT)


def register(source, year, **counts):
    each = [status for status, n in counts.items() for _ in range(n)]
    statuses = indicators.maturity(pd.DataFrame({"year": year, "status": each})).iloc[0]
    origin = {"id": "press", "label": {"fr": "la presse", "en": "the press"}}
    return Register(load_source(source, PROJECT), year, len(each), 5, (), statuses, (origin,))


def test_each_register_is_a_dot_in_the_given_order_even_if_another_share_is_greater(edition, canvases):
    registers = [
        register("quebec", 2025, production=5, development=5),
        register("ca-federal", 2024, production=9, development=3, unknown=8, retired=30),
    ]
    figure = figures.comparison(registers, edition, "en")
    bounds, dots = canvases[0].axes[0].collections
    assert dots.get_offsets().data.tolist() == [[0.5, 0], [0.75, 1]]
    # Of 9 + 3 + 8: 9 in production at least, and 17 at most; those retired are in no denominator.
    assert bounds.get_segments()[1][:, 0].tolist() == [0.45, 0.85]
    assert [row[1:] for row in figure.rows] == [("50.0%", "50.0%", "50.0%"), ("75.0%", "45.0%", "85.0%")]
    assert [row[0][-6:] for row in figure.rows] == ["(2025)", "(2024)"]
    first, second = figure.alt.split("; ")
    assert first.endswith("(2025): 50.0%")
    assert second.endswith("(2024): 75.0%, between 45.0% and 85.0%.")


def test_the_figure_cites_the_published_totals_and_not_the_rows_of_the_edition(edition):
    figure = figures.comparison([register("quebec", 2025, production=9, development=3)], edition, "fr")
    assert figure.source.startswith("totaux consignés, et non les lignes de ce rapport.")
    assert figure.source.endswith("(2025)\u00a0: la presse.")
    assert "L’ordre n’est pas un rang" in figure.note
