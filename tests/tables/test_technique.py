"""The table of a technique: the portfolios with the most initiatives of it, as bars."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portrait import tables
from portrait.tables.technique import MOST_PORTFOLIOS
from tests import small


def counted(*groups: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(groups, columns=["group", "answer", "n_initiatives"])


def test_each_portfolio_has_its_share_of_the_initiatives_whose_technique_is_given(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    table = counted(
        ("Justice", "NLP", 15), ("Justice", "Vision", 5), ("Justice", "unknown", 9), ("Travail", "Vision", 6)
    )
    found = tables.technique(table, "Vision", edition, "en")
    assert found.rows == (("Labour", "6", "6", "—"), ("Justice", "5", "20", "25.0%"))
    assert found.bars == (6, 5)
    assert "Other portfolios" not in found.note


@pytest.mark.parametrize(("last", "n_rows"), [(2, MOST_PORTFOLIOS), (3, MOST_PORTFOLIOS - 1)])
def test_a_tie_that_does_not_fit_is_left_out_whole_and_counted(
    tmp_path: Path, last: int, n_rows: int
) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    sizes = [9, 8, 7, 6, 5, 4, 4, 3, last]
    table = counted(*((f"Portefeuille {n}", "NLP", size) for n, size in enumerate(sizes)))
    found = tables.technique(table, "NLP", edition, "en")
    assert len(found.rows) == n_rows
    n_left, left = len(sizes) - n_rows, sum(sizes[n_rows:])
    assert found.note.startswith(f"Other portfolios: {n_left}, with {left} of these initiatives.")


def test_portfolios_of_one_size_are_cut_in_the_order_of_their_names(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    n = MOST_PORTFOLIOS + 1
    found = tables.technique(counted(*((f"P {place}", "NLP", 1) for place in range(n))), "NLP", edition, "fr")
    assert [row[0] for row in found.rows] == [f"P {place}" for place in range(MOST_PORTFOLIOS)]
    assert found.note.startswith("Autres portefeuilles : 1, avec 1 de ces initiatives.")
    assert found.caption == "Initiatives portant la mention «\u00a0NLP\u00a0», par portefeuille, 2025"
