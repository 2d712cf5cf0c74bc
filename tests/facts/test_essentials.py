"""The highlights say the same numbers as the table and the figures beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts
from tests import small
from tests.facts.editions import opened


def test_the_highlights_agree_with_the_counts_of_the_chapter(tmp_path: Path) -> None:
    now = [small.row(), small.row(status=small.DEVELOPMENT), small.row(status=small.SILENT)] * 4
    essentials = facts.essentials(opened(tmp_path, now, [small.row()] * 10))
    headline = essentials.headline
    assert headline.n_initiatives.value == essentials.now.n_initiatives == 12
    assert headline.n_silent.value == essentials.silent == 4
    assert headline.production_share.value == essentials.status.production_share == 0.5
    assert headline.growth.value == pytest.approx(0.2)
    assert headline.top_portfolios.value == [("Justice", 12)] == [*essentials.portfolio_counts.items()]
