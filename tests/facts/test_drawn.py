"""What the figures of a profile find: its rank, and its main category beside the whole."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.drawn import FEW, Drawn
from portrait.facts.portfolio import open_profile
from tests import small
from tests.facts.editions import reconstructed


def drawn_of(folder: Path, own: list[str], others: list[str]) -> Drawn:
    """Return what is drawn of a portfolio whose initiatives, and those of another, have these categories."""
    rows = [small.row(f"Tri {n}", category=category) for n, category in enumerate(own)]
    rows += [
        small.row(f"Aide {n}", category=category, portfolio="Travail") for n, category in enumerate(others)
    ]
    return facts.profile(open_profile(small.edition_of(folder, y2025=rows), "Justice")).drawn


@pytest.mark.parametrize(
    ("n", "others", "ranks", "tied"),
    [(6, 0, False, 0), (6, 5, True, 0), (6, 6, True, 1), (FEW, 2, False, 0)],
)
def test_a_rank_is_told_with_its_tie_where_there_is_another_portfolio_and_initiatives_are_not_few(
    tmp_path: Path, n: int, others: int, ranks: bool, tied: int
) -> None:
    drawn = drawn_of(tmp_path, [""] * n, [""] * others)
    assert (drawn.has_rank, drawn.rank.value, drawn.rank.numbers["tied"]) == (ranks, 1, tied)


def test_the_share_of_the_main_category_is_told_beside_that_of_all(tmp_path: Path) -> None:
    drawn = drawn_of(tmp_path, [small.ASSISTANT] * 8 + [small.DECISION] * 4, [small.DECISION] * 4)
    assert (drawn.category, drawn.tells_category) == (small.ASSISTANT, True)
    assert (drawn.category_share.value, drawn.category_of_all.value) == (Fraction(2, 3), Fraction(1, 2))


@pytest.mark.parametrize(
    "own",
    [
        [small.ASSISTANT] * 6 + [small.DECISION] * 6,  # two are tied
        [small.ASSISTANT] * 6 + [small.DECISION] * 3,  # too few for shares
    ],
)
def test_no_main_category_is_told_where_two_tie_or_initiatives_are_few(
    tmp_path: Path, own: list[str]
) -> None:
    assert not drawn_of(tmp_path, own, [small.DECISION]).tells_category


def test_a_share_that_is_that_of_all_is_not_told(tmp_path: Path) -> None:
    mix = [small.ASSISTANT] * 8 + [small.DECISION] * 4
    assert not drawn_of(tmp_path, mix, mix).tells_category


@pytest.mark.parametrize(
    ("sizes", "n"),
    [
        ((5, 3, 2), 3),
        ((7, 3), 0),  # two bodies
        ((4, 2, 2), 0),  # nine initiatives: their list names the body of each
        ((2, 2, 2, 2, 2), 0),  # all are tied
        ((5, 4, 3, 2, 2, 1), 5),  # more would not fit beside other figures
        ((9, 2, 2, 2, 2, 2, 2, 2), 0),  # the largest, before a long tie
        ((4, 3, 2, 1), 0),  # the first has few, and no more than half
    ],
)
def test_the_bodies_of_enough_official_rows_are_drawn_to_a_gap_where_three_or_more_differ(
    tmp_path: Path, sizes: tuple[int, ...], n: int
) -> None:
    bodies = [f"Bureau {place}" for place, size in enumerate(sizes) for _ in range(size)]
    rows = [small.row(f"Tri {place}", body=body) for place, body in enumerate(bodies)]
    drawn = facts.profile(open_profile(small.edition_of(tmp_path, y2025=rows), "Justice")).drawn
    assert drawn.n_bodies == n


@pytest.mark.parametrize(("category", "n"), [(small.ASSISTANT, 3), ("", 0)])
def test_bodies_are_not_drawn_where_a_table_of_tasks_fills_the_page(
    tmp_path: Path, category: str, n: int
) -> None:
    bodies = ["Bureau"] * 60 + ["Centre"] * 40 + ["Musée"] * 20
    rows = [small.row(f"Tri {k}", body=body, category=category) for k, body in enumerate(bodies)]
    rows[0] = small.row("Aide", body="Bureau", category=category and small.DECISION)
    drawn = facts.profile(open_profile(small.edition_of(tmp_path, y2025=rows), "Justice")).drawn
    assert drawn.n_bodies == n


@pytest.mark.parametrize(
    ("name", "n"),
    [("Santé et Services sociaux", 6), ("Culture et Communications", 3), ("Éducation", 0), ("Travail", 0)],
)
def test_of_reconstructed_rows_the_bodies_whose_number_is_published_are_drawn(name: str, n: int) -> None:
    """Of those told, the first of Culture has 3 of 5 initiatives, that of Éducation 3 of 9."""
    drawn = facts.profile(open_profile(reconstructed(), name)).drawn
    assert drawn.n_bodies == n
    assert not drawn.bodies["body"].str.startswith("Organisme non publié").any()
