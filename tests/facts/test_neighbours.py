"""The portfolios whose mix of categories is nearest, and their shares in production."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.neighbours import Neighbours
from portrait.facts.portfolio import open_profile
from tests import small
from tests.facts.editions import opened

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT


def rows(portfolio: str, n_decisions: int, statuses: list[str]) -> list[small.Row]:
    """Return initiatives of which some are for decisions, the others assistants."""
    return [
        small.row(
            f"Outil {n}",
            portfolio=portfolio,
            status=status,
            category=small.DECISION if n < n_decisions else small.ASSISTANT,
        )
        for n, status in enumerate(statuses)
    ]


def near(folder: Path, *of_others: list[small.Row], own: list[str] | None = None) -> Neighbours:
    statuses = own or [P] * 2 + [D] * 8
    now = [*rows("Justice", 0, statuses), *(row for each in of_others for row in each)]
    return facts.profile(open_profile(opened(folder, now), "Justice")).near


def test_portfolios_are_in_the_order_of_the_distance_between_mixes(tmp_path: Path) -> None:
    # Distances from ten assistants: 5/10, 1/10, 7/10 (too far), 0 of too few.
    far, close = rows("Travail", 5, [P] * 10), rows("Tourisme", 1, [P] * 5 + [D] * 5)
    found = near(tmp_path, far, close, rows("Famille", 7, [P] * 10), rows("Finances", 0, [P] * 9))
    assert [each.portfolio for each in found.nearest] == ["Tourisme", "Travail"]
    assert [float(each.share.value) for each in found.nearest] == [0.5, 1.0]


def test_a_portfolio_as_far_as_the_limit_is_set_beside(tmp_path: Path) -> None:
    found = near(tmp_path, rows("Travail", 6, [P] * 10), rows("Tourisme", 7, [P] * 10))
    assert [each.portfolio for each in found.nearest] == ["Travail"]  # 6/10; 7/10 is too far


def test_a_portfolio_of_few_known_statuses_is_passed_over(tmp_path: Path) -> None:
    found = near(tmp_path, rows("Travail", 0, [P] * 9 + [S]), rows("Tourisme", 3, [P] * 10))
    assert [each.portfolio for each in found.nearest] == ["Tourisme"]


@pytest.mark.parametrize(
    ("other", "side"),
    [
        ([P] * 3 + [D] * 7, "lower"),
        ([P] * 1 + [D] * 9, "higher"),
        ([P] * 2 + [D] * 8, ""),
        ([P] * 2 + [D] * 8 + [S], ""),  # between 2 and 3 of 11: the bounds hold 2 of 10
    ],
)
def test_a_share_is_lower_or_higher_only_where_bounds_are_apart(
    tmp_path: Path, other: list[str], side: str
) -> None:
    assert near(tmp_path, rows("Travail", 0, other)).side == side


def test_a_portfolio_of_few_known_statuses_is_set_beside_none(tmp_path: Path) -> None:
    found = near(tmp_path, rows("Travail", 0, [P] * 10), own=[P] * 9 + [S])
    assert (found.nearest, found.side) == ([], "")
