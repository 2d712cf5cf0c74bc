"""Growth since the previous edition: what portfolios, bodies, names and links make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts
from tests import small
from tests.facts.editions import linked, opened, reconstructed


def rows(**counts: int) -> list[small.Row]:
    """Return as many rows as said of each portfolio; `_` names none."""
    return [
        small.row(portfolio="" if name == "_" else name, body="" if name == "_" else f"Bureau de {name}")
        for name, n in counts.items()
        for _ in range(n)
    ]


def test_parts_of_the_growth_add_up_and_the_unnamed_are_apart(tmp_path: Path) -> None:
    edition = opened(tmp_path, rows(Justice=4, Famille=5, _=2), rows(Justice=3, Travail=2, _=1))
    change = facts.change(edition)
    grown = change.grown
    assert (grown.n_previous, grown.n_initiatives, grown.change) == (6, 11, 5)
    assert (grown.n_groups_in_both, grown.n_previous_in_both, grown.n_in_both) == (1, 3, 4)
    assert (grown.n_only_now, grown.n_only_previous) == (5, 2)
    assert (grown.n_previous_unknown, grown.n_unknown) == (1, 2)
    assert grown.change_in_both + grown.n_only_now - grown.n_only_previous + grown.change_unknown == 5
    assert change.continuing == "part"  # 1 of 5


def test_a_portfolio_of_which_a_file_names_only_the_network_is_in_both_files(tmp_path: Path) -> None:
    whole, network = "Enseignement supérieur", "Enseignement supérieur (Réseau)"
    edition = opened(tmp_path, [small.row(portfolio=network)] * 4, [small.row(portfolio=whole)] * 3)
    grown = facts.change(edition).grown
    assert (grown.n_groups_in_both, grown.n_previous_in_both, grown.n_in_both) == (1, 3, 4)


def test_a_body_that_changes_portfolio_does_not_make_a_portfolio_of_both_files(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row(portfolio="Travail")] * 4, [small.row(portfolio="Justice")] * 3)
    change = facts.change(edition)
    assert change.continuing == "none"
    assert change.recorded.n_groups_in_both == 1
    assert not change.names_matter  # the body keeps its name


def test_each_way_of_matching_names_finds_at_least_the_bodies_of_the_stricter_one(tmp_path: Path) -> None:
    before = [small.row(body=body) for body in ("Même nom", "MAPAQ", "Bureau des essais publics")]
    ministry = "Ministère de l'Agriculture, des Pêcheries et de l'Alimentation"
    now = [small.row(body=body) for body in ("Même nom", ministry, ministry, "Bureau des essais public")]
    change = facts.change(opened(tmp_path, now, before))
    ways = (change.strict, change.recorded, change.lenient)
    assert [way.n_groups_in_both for way in ways] == [1, 2, 3]
    assert [(way.n_previous_in_both, way.n_in_both) for way in ways] == [(1, 1), (2, 3), (3, 4)]
    assert change.names_matter
    assert list(change.growth["body"].names) == ["strict", "recorded", "lenient"]
    assert list(change.recorded_growth["body"].n_groups_in_both) == [2]


def test_growth_by_body_is_not_given_for_reconstructed_rows() -> None:
    change = facts.change(reconstructed())
    assert change.detail.is_specimen
    assert list(change.growth) == ["portfolio"]


def bodies(n: int, each: int) -> list[small.Row]:
    return [small.row(body=f"Bureau {number}") for number in range(n) for _ in range(each)]


def test_growth_is_the_product_of_more_bodies_and_more_initiatives_per_body(tmp_path: Path) -> None:
    change = facts.change(opened(tmp_path, bodies(12, 3), bodies(10, 2)))  # 20 -> 36
    assert change.grouping == "body"
    assert change.factors.initiatives_factor == pytest.approx(1.8)
    assert change.factors.groups_factor == pytest.approx(1.2)
    assert change.factors.per_group_factor == pytest.approx(1.5)
    assert change.fewest == 10
    assert change.has_factors


def test_factors_are_withheld_below_ten_bodies_and_where_more_initiatives_name_none(tmp_path: Path) -> None:
    few = facts.change(opened(tmp_path / "few", bodies(12, 3), bodies(9, 2)))
    assert few.fewest == 9
    assert not few.has_factors
    nameless = small.row(body="", portfolio="")
    unnamed = facts.change(opened(tmp_path / "unnamed", [*bodies(12, 3), nameless], bodies(10, 2)))
    assert unnamed.fewest == 10
    assert not unnamed.has_factors


def test_growth_is_drawn_from_five_initiatives_in_each_file(tmp_path: Path) -> None:
    assert facts.change(opened(tmp_path / "five", rows(Justice=9), rows(Justice=5))).is_drawn
    assert not facts.change(opened(tmp_path / "four", rows(Justice=9), rows(Justice=4))).is_drawn


def test_initiatives_without_a_link_are_counted_at_each_tier_by_who_declares_them(tmp_path: Path) -> None:
    edition = opened(tmp_path, rows(Justice=3, Famille=2, _=1), rows(Justice=3, Travail=1))
    change = facts.change(linked(edition, (1, 1, "strict"), (2, 2, "probable"), (4, 4, "possible")))
    tiers = ("strict", "probable", "possible")
    assert [change.linked[tier].n_not_found for tier in tiers] == [3, 2, 1]
    assert [change.linked[tier].n_not_before for tier in tiers] == [5, 4, 3]
    entered = [change.entered[tier] for tier in tiers]
    # Of the six initiatives now: Justice declared before, Famille did not, one names nobody.
    assert [(row.n_in_declaring, row.n_in_others, row.n_unnamed) for row in entered] == [
        (2, 2, 1),
        (1, 2, 1),
        (1, 1, 1),
    ]
