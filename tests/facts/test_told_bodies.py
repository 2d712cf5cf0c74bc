"""Bodies of a portfolio whose number others published, on reconstructed rows."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from portrait import facts
from portrait.facts.portfolio import open_profile
from portrait.facts.told_bodies import ToldBodies
from tests import small
from tests.facts.editions import opened, reconstructed


def told(portfolio: str) -> ToldBodies:
    return facts.profile(open_profile(reconstructed(), portfolio)).told


def test_health_has_21_bodies_of_published_number_with_90_of_its_95_initiatives() -> None:
    health = told("Santé et Services sociaux")
    assert (health.bodies.value, health.initiatives.value, health.others.value) == (21, 90, 5)
    assert health.are_told
    counts = [health.largest.numbers[f"count{place}"] for place in range(5)]
    assert counts == [14, 12, 9, 7, 7]
    assert "count5" not in health.largest.numbers
    assert health.largest_share.numbers["part"] == 14 + 12 + 9 + 7 + 7
    assert (health.network, health.in_network.value) == ("Santé et Services sociaux (Réseau)", 70)
    assert health.out_of_network.value == 25  # of 95


def test_26_of_the_28_more_of_health_are_outside_the_ministry() -> None:
    health = told("Santé et Services sociaux")  # 67, then 95; the ministry 7, then 9
    assert health.ministry == "Ministère de la Santé et des Services sociaux"
    assert (health.of_ministry_before.value, health.of_ministry.value) == (7, 9)
    assert health.growth_elsewhere.numbers["difference"] == 26
    assert health.rise_is_elsewhere
    assert not health.rise_is_of_ministry


def test_the_ministry_makes_the_whole_rise_of_transport() -> None:
    transport = told("Transports et Mobilité durable")  # 3, then 20; the ministry 2, then 19
    assert transport.rise_is_of_ministry
    assert not transport.rise_is_elsewhere


def test_a_rise_below_ten_is_not_told_by_its_parts() -> None:
    forests = told("Ressources naturelles et Forêts")  # 25, then 26, all of the ministry
    assert forests.ministry == "Ministère des Ressources naturelles et des Forêts"
    assert not forests.rise_is_of_ministry
    assert not forests.rise_is_elsewhere


@pytest.mark.parametrize(
    ("now", "before", "ministry"),
    [
        (["Ministère A", "Régie"], ["Ministère A"], "Ministère A"),
        (["Régie"], ["Ministère A"], ""),
        (["Ministère A"], ["Régie"], ""),
        (["Ministère A", "Ministère B"], ["Ministère A", "Ministère B"], ""),
    ],
)
def test_the_ministry_is_the_only_one_whose_number_was_published_for_both_editions(
    now: list[str], before: list[str], ministry: str
) -> None:
    ask: Any = SimpleNamespace(previous="2024", rows=lambda bodies: pd.DataFrame({"body": bodies}))
    asked: Any = (None, ask, lambda condition: now, lambda condition: before)
    assert ToldBodies(*asked).ministry == ministry


def test_a_university_is_no_ministry() -> None:
    assert told("Enseignement supérieur").ministry == ""


def test_official_rows_have_no_body_of_published_number(tmp_path: Path) -> None:
    own = facts.profile(open_profile(opened(tmp_path, [small.row()]), "Justice"))
    assert not own.told.are_told
    assert own.told.network == ""
