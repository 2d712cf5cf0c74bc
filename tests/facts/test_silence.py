"""Where silence sits: in a few portfolios or bodies, named; else only counted."""

from __future__ import annotations

from pathlib import Path

from portrait import facts
from portrait.facts.stages import Stages
from tests import small
from tests.facts.editions import listed, opened

P, S = small.PRODUCTION, small.SILENT


def rows(n: int, status: str, portfolio: str, body: str = "") -> list[small.Row]:
    return [small.row(portfolio=portfolio, body=body or f"Bureau {portfolio}", status=status)] * n


def stages_of(folder: Path, *groups: list[small.Row]) -> Stages:
    return facts.stages(opened(folder, [row for group in groups for row in group]))


def test_silence_of_three_portfolios_is_named_and_whole_where_they_tell_no_status(tmp_path: Path) -> None:
    silent = rows(6, S, "Justice"), rows(3, S, "Travail"), rows(2, S, "Famille")
    others = rows(4, P, "Santé"), rows(1, P, "Culture")
    stages = stages_of(tmp_path / "whole", *silent, *others)
    assert stages.silence.is_all_named
    assert stages.silence.is_whole
    assert (stages.silence.wholly_silent.value, stages.silence.others.value) == (3, 2)
    assert stages.finding == "silence"
    told = stages_of(tmp_path / "told", *silent, *others, rows(1, P, "Justice"))
    assert told.silence.is_all_named
    assert not told.silence.is_whole


def test_a_few_initiatives_without_a_status_make_no_heading(tmp_path: Path) -> None:
    stages = stages_of(tmp_path, rows(9, S, "Justice"), rows(6, P, "Santé"), rows(6, P, "Culture"))
    assert stages.silence.is_all_named
    assert not stages.silence.is_whole


def test_the_fewest_portfolios_that_hold_over_four_fifths_are_named(tmp_path: Path) -> None:
    small_ones = [rows(1, S, name) for name in ("Famille", "Culture")]
    stages = stages_of(tmp_path / "two", rows(9, S, "Justice"), rows(5, S, "Travail"), *small_ones)
    assert stages.silence.is_mostly_named
    assert not stages.silence.is_all_named
    assert stages.silence.share.numbers["n"] == 2  # 9 of 16, then 14 of 16
    spread = [rows(3, S, f"Portefeuille {n}") for n in range(5)]
    assert not stages_of(tmp_path / "five", *spread).silence.is_named


def test_silence_is_all_that_each_of_its_portfolios_declares_where_none_tells_any(tmp_path: Path) -> None:
    silent = [rows(20, S, "Justice"), *(rows(1, S, name) for name in ("Famille", "Culture", "Travail"))]
    whole = stages_of(tmp_path / "whole", *silent, rows(4, P, "Santé")).silence
    assert whole.is_whole_of_each
    assert (whole.wholly_silent.value, listed(whole.names)) == (4, {"Justice": 20})
    assert whole.lists_all
    assert listed(whole.all_names) == {"Justice": 20, "Culture": 1, "Famille": 1, "Travail": 1}
    more = [rows(1, S, name) for name in ("Énergie", "Finances")]
    assert not stages_of(tmp_path / "six", *silent, *more, rows(4, P, "Santé")).silence.lists_all
    assert not stages_of(tmp_path / "told", *silent, rows(1, P, "Famille")).silence.is_whole_of_each


def test_the_fewest_that_hold_two_thirds_are_listed_unless_a_tie_parts_them(tmp_path: Path) -> None:
    sizes = {"Justice": 11, "Travail": 6, "Famille": 6, "Culture": 5, "Finances": 4}
    ones = [rows(1, S, f"Portefeuille {n}") for n in range(10)]
    silence = stages_of(tmp_path / "four", *(rows(n, S, name) for name, n in sizes.items()), *ones).silence
    assert silence.n_main == 4  # 28 of 42
    assert (silence.main_share.numbers["part"], silence.main.numbers["name3"]) == (28, "Culture")
    tied = [rows(3, S, f"Portefeuille {n}") for n in range(6)]
    assert stages_of(tmp_path / "tied", *tied).silence.n_main == 0
    too_few = [rows(n, S, f"Portefeuille {n}") for n in (4, 2, 1)]
    assert stages_of(tmp_path / "few", *too_few, rows(1, S, "Famille")).silence.n_main == 0  # eight


def test_silence_without_a_portfolio_is_not_laid_on_those_that_have_one(tmp_path: Path) -> None:
    nameless = [small.row(portfolio="", body="", status=S)] * 2
    assert not stages_of(tmp_path, rows(9, S, "Justice"), nameless, rows(3, P, "Santé")).silence.is_named


def test_silence_is_told_by_body_where_no_few_portfolios_hold_it(tmp_path: Path) -> None:
    spread = [rows(4, S, f"Portefeuille {n}", "Centre de services") for n in range(5)]
    stages = stages_of(tmp_path, *spread, rows(3, P, "Santé", "CHUM"))
    assert stages.silence.is_all_named
    assert stages.silence.is_of_bodies
    assert stages.silence.groups.unit == "bodies"
    assert stages.silence.names.numbers["name0"] == "Centre de services"


def test_silence_is_new_where_each_of_its_portfolios_told_every_status_before(tmp_path: Path) -> None:
    now = [*rows(9, S, "Justice"), *rows(6, S, "Travail"), *rows(3, P, "Santé")]
    told = [*rows(3, P, "Justice"), *rows(1, P, "Travail"), *rows(2, S, "Santé")]
    before = {
        "told": told,
        "not all": [*told, small.row(portfolio="Travail", body="Bureau Travail", status=S)],
        "absent": [*rows(3, P, "Justice"), *rows(2, P, "Santé")],
    }
    found = {
        name: facts.stages(opened(tmp_path / name, now, then)).silence.is_new for name, then in before.items()
    }
    assert found == {"told": True, "not all": False, "absent": False}


def test_a_heading_of_silence_names_the_portfolio_of_more_than_half_of_it(tmp_path: Path) -> None:
    others = [rows(1, S, f"Portefeuille {n}") for n in range(6)]
    silence = stages_of(tmp_path / "more", rows(7, S, "Justice"), *others).silence
    assert silence.is_of_one
    assert listed(silence.first) == {"Justice": 7}
    assert silence.first_share.numbers["part"] == 7
    assert not stages_of(tmp_path / "half", rows(6, S, "Justice"), *others).silence.is_of_one
