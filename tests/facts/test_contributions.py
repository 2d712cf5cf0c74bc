"""What makes a change: portfolios that rose or fell, the few that make most of it, the total without one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.change import Change
from tests import small
from tests.facts.editions import opened, reconstructed


def change_of(folder: Path, now: dict[str, int], before: dict[str, int]) -> Change:
    """Return the facts of two editions with as many initiatives of each portfolio."""
    editions = (
        [small.row(portfolio=name) for name, n in counts.items() for _ in range(n)]
        for counts in (now, before)
    )
    return facts.change(opened(folder, *editions))


def test_two_portfolios_of_four_make_most_of_a_rise_and_the_parts_add_up(tmp_path: Path) -> None:
    # Rises 12, 6, 2; a fall of 4: a net of 16, of which 12 is three quarters.
    now = {"Justice": 22, "Travail": 11, "Famille": 2, "Culture et Communications": 1, "Finances": 3}
    before = {"Justice": 10, "Travail": 5, "Culture et Communications": 5, "Finances": 3}
    change = change_of(tmp_path, now, before)
    rises, falls = change.largest_rises.numbers, change.largest_falls.numbers
    assert (change.net, change.is_rise, change.is_fall) == (16, True, False)
    assert [rises[name] for name in ("value", "listed", "name0", "count0", "part", "others", "rest")] == [
        *(3, 1, "Justice", 12, 12, 2, 8)
    ]
    assert [falls[name] for name in ("value", "total", "name0", "after0", "before0")] == [
        *(1, 4, "Culture et Communications", 1, 5)
    ]
    assert change.level.value == 1
    assert change.few_make_it
    assert change.few_stand_out
    assert change.titled == ["Justice"]
    assert change.goes_both_ways  # 4 of 16
    assert rises["total"] - falls["total"] == change.net
    assert list(change.steps["change"]) == [12, -4, 8]  # those together come last
    assert list(change.steps["n_portfolios"]) == [1, 1, 2]


def test_as_many_are_named_as_make_most_of_all_rises_if_no_more_than_the_net(tmp_path: Path) -> None:
    # Rises of 40, 25, 15, 10 and 10, a fall of 10: a net of 90, two thirds of which are 60; of all rises, 67.
    before = dict.fromkeys(("Justice", "Travail", "Famille", "Tourisme", "Éducation", "Finances"), 10)
    now = {"Justice": 50, "Travail": 35, "Famille": 25, "Tourisme": 20, "Éducation": 20}
    change = change_of(tmp_path, now, before)
    rises = change.largest_rises.numbers
    assert [rises[name] for name in ("listed", "part", "others", "rest")] == [3, 80, 2, 20]
    assert change.leader_is_the_cause  # since another falls; the heading counts all three
    assert change.leader_outweighs_falls
    assert change.titled == ["Justice", "Travail", "Famille"]  # as the heading says
    alone = change_of(tmp_path / "alone", now, {name: n for name, n in before.items() if name != "Finances"})
    assert alone.titled == ["Justice", "Travail", "Famille"]


def test_the_others_rose_by_a_larger_part_than_the_largest_rise(tmp_path: Path) -> None:
    before = {"Justice": 50, "Travail": 10, "Famille": 10}
    steeper = change_of(tmp_path / "others", {"Justice": 70, "Travail": 18, "Famille": 18}, before)
    assert steeper.leader_holds_growth_back  # 40 % of 50, and 80 % of 20
    assert steeper.growth_of_leader.value == Fraction(20, 50)
    assert steeper.leader_growth_is_told
    assert not change_of(tmp_path / "it", {"Justice": 90, "Travail": 12}, before).leader_holds_growth_back


@pytest.mark.parametrize(
    ("then", "now", "is_told"),
    [("Centre Ames", 12, True), ("Goddard", 12, False), ("GSFC: Goddard (Espace)", 12, False)],
)
def test_a_body_of_the_largest_rise_is_told_if_no_form_of_its_name_was_there(
    tmp_path: Path, then: str, now: int, is_told: bool
) -> None:
    before = [small.row(body=then, portfolio="Espace", status=small.PRODUCTION)] * 3
    others = [small.row(portfolio="Justice")] * 12
    after = [small.row(body="GSFC: Goddard", portfolio="Espace", status=small.DEVELOPMENT)] * now
    edition = opened(tmp_path, [*before, *after, *others], [*before, *others])
    change = facts.change(edition)
    assert change.tells_new_body == is_told
    assert change.new_body.numbers["count0"] == now


def test_a_first_edition_has_no_portfolio_in_the_title_of_its_change(tmp_path: Path) -> None:
    first = facts.change(opened(tmp_path, [small.row()]))
    assert not first.leader_outweighs_falls
    assert first.titled == []


def test_one_portfolio_is_the_cause_of_a_rise_from_a_quarter_of_it_where_others_fall(tmp_path: Path) -> None:
    before = {"Justice": 10, "Travail": 10, "Famille": 10, "Finances": 10}
    # Rises of 5, 13 and 6, a fall of 4: a net of 20, of which 13 is over a quarter; then nothing falls.
    now = {"Justice": 15, "Travail": 23, "Famille": 16, "Finances": 6}
    one = change_of(tmp_path / "falls", now, before)
    assert one.leader_is_the_cause
    assert one.leader_outweighs_falls
    # Rises of 13 and twice 12, falls of 9 and 4: a net of 24; the falls are as many as 13.
    even = {"Justice": 22, "Travail": 23, "Famille": 22, "Finances": 6, "Tourisme": 1}
    one = change_of(tmp_path / "as many", even, before | {"Tourisme": 10})
    assert one.leader_is_the_cause
    assert not one.leader_outweighs_falls
    assert not change_of(tmp_path / "rises", now | {"Finances": 10}, before).leader_is_the_cause
    # A rise of 8, four of 7, a fall of 4: a net of 32, of which 8 is a quarter.
    # Then a rise of 9, four of 8: a net of 37, of which 9 is less.
    names = ("Travail", "Famille", "Tourisme", "Éducation")
    before = dict.fromkeys((*names, "Justice", "Finances"), 10)
    now = dict.fromkeys(names, 17) | {"Justice": 18, "Finances": 6}
    assert change_of(tmp_path / "quarter", now, before).leader_is_the_cause
    now = dict.fromkeys(names, 18) | {"Justice": 19, "Finances": 6}
    assert not change_of(tmp_path / "less", now, before).leader_is_the_cause


def test_a_rise_that_five_portfolios_do_not_make_has_no_few_that_make_it(tmp_path: Path) -> None:
    names = (
        "Justice",
        "Travail",
        "Famille",
        "Finances",
        "Tourisme",
        "Éducation",
        "Culture et Communications",
    )
    change = change_of(tmp_path, dict.fromkeys((*names, "Sécurité publique"), 3), dict.fromkeys(names, 1))
    # Seven rises of 2 and one of 3: a net of 17, of which five make 11, and two thirds are 11.3.
    assert change.net == 17
    assert not change.few_make_it
    assert change.largest_rises.numbers["listed"] == 8  # the three largest, and all tied with the third


def test_the_portfolio_that_makes_a_tenth_of_the_change_is_told_and_the_growth_without_it(
    tmp_path: Path,
) -> None:
    change = change_of(tmp_path, {"Justice": 30, "Travail": 12}, {"Justice": 10, "Travail": 10})
    assert change.leader == "Justice"
    assert change.leader_part.value == Fraction(20, 22)
    assert (change.leader_now.value, change.leader_before.value) == (30, 10)
    assert change.growth_without_leader.value == Fraction(2, 10)
    assert change.growth_differs_without_leader


@pytest.mark.parametrize(("in_development", "turned"), [(16, True), (15, False)])
def test_a_leader_turned_if_most_of_it_was_in_production_and_is_in_development(
    tmp_path: Path, in_development: int, turned: bool
) -> None:
    statuses = [small.DEVELOPMENT] * in_development + [small.PRODUCTION] * (30 - in_development)
    now = [small.row(portfolio="Justice", status=each) for each in statuses]
    before = [small.row(portfolio="Justice", status=small.PRODUCTION) for _ in range(10)]
    others = [[small.row(portfolio="Travail") for _ in range(n)] for n in (12, 10)]
    change = facts.change(opened(tmp_path, now + others[0], before + others[1]))
    counts = (change.leader_in_development.value, change.leader_in_production_before.value)
    assert counts == (in_development, 10)
    assert change.leader_turned is turned


@pytest.mark.parametrize(
    ("now", "before", "why"),
    [
        ({"Justice": 15, "Travail": 15}, {"Justice": 10, "Travail": 10}, "two rose as much"),
        ({"Justice": 14, "Travail": 10}, {"Justice": 10, "Travail": 10}, "a net of 4 is too few for a share"),
        ({"Justice": 40, "Travail": 5}, {"Justice": 10, "Travail": 20}, "30 is more than the net of 15"),
    ],
)
def test_no_portfolio_is_told_as_the_cause_of_a_change(tmp_path: Path, now, before, why) -> None:
    assert not change_of(tmp_path, now, before).has_leader, why


def test_an_absent_portfolio_makes_the_falls_where_it_is_more_than_half_of_them(tmp_path: Path) -> None:
    now = {"Justice": 30, "Travail": 12, "Famille": 4}
    before = {"Justice": 10, "Travail": 10, "Famille": 5, "Tourisme": 3}
    change = change_of(tmp_path, now, before)
    assert change.gone_before.value == 3  # Tourisme, of falls of 3 and 1
    assert change.gone_makes_falls
    assert change.one_makes_falls
    half = change_of(tmp_path / "half", now, before | {"Famille": 7})  # of falls of 3 and 3
    assert not (half.gone_makes_falls or half.one_makes_falls)


@pytest.mark.parametrize(
    ("fallen", "is_told"),
    [((5, 2, 2), True), ((4, 2, 2), False), ((4,), False)],  # more than half of 9, half of 8, the only one
)
def test_a_heading_of_falls_names_the_portfolio_of_more_than_half_of_several(
    tmp_path: Path, fallen: tuple[int, ...], is_told: bool
) -> None:
    now = {"Justice": 30} | {f"Portefeuille {n}": 1 for n in range(len(fallen))}
    before = {"Justice": 10} | {f"Portefeuille {n}": 1 + fall for n, fall in enumerate(fallen)}
    assert change_of(tmp_path, now, before).one_makes_falls == is_told


def test_the_largest_fall_of_a_portfolio_that_remains_or_of_two_is_not_told_as_gone(tmp_path: Path) -> None:
    remains = change_of(tmp_path / "one", {"Justice": 30, "Famille": 1}, {"Justice": 10, "Famille": 5})
    two = change_of(
        tmp_path / "two", {"Justice": 30}, {"Justice": 10, "Famille": 5, "Tourisme": 5, "Finances": 1}
    )
    assert not remains.tells_gone
    assert not two.tells_gone
    assert not (remains.only_fall_is_gone or two.only_fall_is_gone)


def test_a_leader_whose_earlier_initiatives_were_all_in_production_is_told_so(tmp_path: Path) -> None:
    now = [small.row(portfolio="Justice", status=small.DEVELOPMENT) for _ in range(30)]
    others = [[small.row(portfolio="Travail") for _ in range(n)] for n in (12, 10)]
    for n_in_development, all_were in ((0, True), (1, False)):
        statuses = [small.PRODUCTION] * (10 - n_in_development) + [small.DEVELOPMENT] * n_in_development
        before = [small.row(portfolio="Justice", status=each) for each in statuses]
        change = facts.change(opened(tmp_path / str(n_in_development), now + others[0], before + others[1]))
        assert (change.leader_turned, change.leader_was_in_production) == (True, all_were)


def test_a_portfolio_that_the_previous_file_does_not_hold_did_not_rise_from_zero(tmp_path: Path) -> None:
    change = change_of(tmp_path, {"Justice": 20, "Travail": 12}, {"Travail": 10})
    assert (change.leader, change.has_leader) == ("Justice", False)
    assert change_of(tmp_path, {"Justice": 20, "Travail": 12}, {"Justice": 1, "Travail": 10}).has_leader


def test_a_fall_is_told_by_the_portfolios_that_fell(tmp_path: Path) -> None:
    change = change_of(tmp_path, {"Justice": 5, "Travail": 9}, {"Justice": 20, "Travail": 8})
    assert change.is_fall
    assert change.few_make_it is False  # 15 of a net of 14
    assert change.largest_falls.numbers["count0"] == 15


def test_the_first_edition_has_no_change(tmp_path: Path) -> None:
    change = facts.change(opened(tmp_path, [small.row()] * 12))
    assert (change.net, change.few_make_it, change.has_leader, change.tells_body) == (0, False, False, False)
    assert not change.largest_rises


def test_quebec_rises_by_what_the_published_totals_say() -> None:
    change = facts.change(reconstructed())
    # 95 - 67, 58 - 31, 20 - 3; of 258 - 168.
    assert [change.largest_rises.numbers[f"count{n}"] for n in range(3)] == [28, 27, 17]
    assert change.few_make_it
    assert change.growth_without_leader.value == Fraction(163 - 101, 101)
    # Of the five bodies published twice, this one rises from 2 to 19, as its portfolio from 3 to 20.
    told = change.told_body.numbers
    assert change.tells_body
    assert told["name0"] == "Ministère des Transports et de la Mobilité durable"
    assert (told["before0"], told["after0"]) == (2, 19)
    assert change.home_of_body == {"Transports et Mobilité durable"}
    assert change.body_makes_portfolio
    # The ministry of health rises from 7 to 9, by less than half of the 28 of its portfolio.
    own = change.leader_body.numbers
    assert (own["name0"], own["before0"], own["after0"]) == (
        "Ministère de la Santé et des Services sociaux",
        7,
        9,
    )
    assert change.tells_leader_body
    assert change.leader_elsewhere.numbers["difference"] == 26  # 95 - 9, less 67 - 7
    # Agriculture, with one in 2024, is the only portfolio that fell, and 2025 does not name it.
    assert change.only_fall_is_gone
    assert [change.category_rises.numbers[f"count{n}"] for n in range(3)] == [31, 19, 16]
