"""The highlights: counts, changes and leaders worked out by hand, and what too few rows do not allow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.essentials import Essentials
from tests import small
from tests.facts.editions import opened

BEFORE = [small.row("Avant", portfolio="Justice")] * 8 + [small.row("Avant", portfolio="Travail")] * 4
NOW = [
    *[small.row("A", portfolio="Justice", body="Bureau A")] * 9,
    *[small.row("B", portfolio="Travail", body="Bureau B", status=small.DEVELOPMENT)] * 4,
    *[small.row("C", portfolio="Famille", body="Bureau C", category=small.DECISION)] * 3,
    *[small.row("D", portfolio="Famille", body="Bureau C", status=small.SILENT, category="")] * 2,
]


def told(folder: Path, now: Sequence[small.Row] = NOW, before: Sequence[small.Row] = BEFORE) -> Essentials:
    return facts.essentials(opened(folder, now, before))


def test_the_highlights_are_those_counted_by_hand(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert (found.all_now.value, found.all_before.value, found.without_status.value) == (18, 12, 2)
    assert (found.bodies.value, found.bodies_before.value, found.portfolios.value) == (3, 1, 3)
    assert found.growth.value == 6 / 12
    assert found.growth_of_bodies.numbers["difference"] == 2
    # Justice and Travail are in both editions: 12 initiatives, then 13.
    lasting = (found.lasting_portfolios, found.of_lasting_before, found.of_lasting)
    assert [each.value for each in lasting] == [2, 12, 13]
    assert found.growth_of_lasting.value == pytest.approx(1 / 12)


def test_categories_and_portfolios_are_ranked_by_their_initiatives(tmp_path: Path) -> None:
    found = told(tmp_path)
    categories, portfolios = found.top_categories.numbers, found.top_portfolios.numbers
    assert [categories[name] for name in ("name0", "count0", "name1", "count1")] == [
        *(small.ASSISTANT, 13, small.DECISION, 3)
    ]
    assert [portfolios[f"name{place}"] for place in range(3)] == ["Justice", "Famille", "Travail"]
    assert found.a_category_leads
    assert found.a_portfolio_leads
    assert found.leaves_out_uncategorised  # two rows have no category
    assert not told(tmp_path / "whole", NOW[:16]).leaves_out_uncategorised


def test_bodies_are_counted_where_one_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, [*NOW, *[small.row("Sans nom", body="", portfolio="")] * 2], before=())
    assert (found.bodies.value, found.without_body.value, found.without_portfolio.value) == (3, 2, 2)
    assert found.tells_bodies
    assert not found.tells_portfolios
    assert not told(tmp_path / "none", [small.row(body="", portfolio="")]).tells_bodies


def test_no_rate_without_an_earlier_year_nor_from_fewer_than_ten(tmp_path: Path) -> None:
    alone = told(tmp_path / "alone", before=())
    assert (bool(alone.growth), alone.growth_is_told, alone.growth_of_lasting_is_told) == (False,) * 3
    assert alone.growth.why == "no previous edition"
    few = told(tmp_path / "few", before=BEFORE[:9])
    assert few.growth.value == 1
    assert not few.growth_is_told
    assert not few.growth_of_lasting_is_told


def test_no_leader_among_equals(tmp_path: Path) -> None:
    found = told(tmp_path, [small.row(portfolio=f"Portefeuille {n}") for n in range(12)])
    assert not found.a_portfolio_leads
    assert found.a_category_leads  # a single one


def test_no_category_leads_where_none_is_named(tmp_path: Path) -> None:
    assert not told(tmp_path, [small.row(category="")] * 12).a_category_leads
