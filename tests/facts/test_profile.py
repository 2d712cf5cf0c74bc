"""The profile of a portfolio: its own rows, set beside the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.portfolio import open_profile
from portrait.facts.profile import ProfileFacts
from tests import small
from tests.facts.editions import opened, reconstructed, stand

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT


def justice(folder: Path, now: Sequence[small.Row], before: Sequence[small.Row] = ()) -> ProfileFacts:
    return facts.profile(open_profile(opened(folder, now, before), "Justice"))


def test_statuses_and_bodies_are_those_of_the_portfolio_alone(tmp_path: Path) -> None:
    now = [
        *stand(P, P, D, S, "Suspendu", body="Tribunal"),
        *stand(P, body="", portfolio="Justice"),
        *stand(*[D] * 9, portfolio="Travail", body="Bureau"),
    ]
    own = justice(tmp_path, now, stand(D, D))
    assert (own.n.value, own.n_before.value) == (6, 2)
    assert own.share_of_all.value == Fraction(6, 15)
    assert (own.in_production.value, own.in_development.value, own.silent.value) == (3, 1, 2)
    assert own.production_share.value == Fraction(3, 4)
    assert (own.production_share.numbers["low"], own.production_share.numbers["high"]) == (
        Fraction(3, 6),
        Fraction(5, 6),
    )
    found = own.main_bodies.numbers  # a blank body is its portfolio
    assert [found[name] for name in ("name0", "count0", "name1", "count1")] == ["Tribunal", 5, "Justice", 1]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (3, 5, "rose"),
        (10, 3, "fell"),
        (9, 3, "fell"),
        (4, 4, "is_level"),
        (0, 4, ""),
    ],
)
def test_a_change_is_told_only_of_a_portfolio_that_declared_before(
    tmp_path: Path, before: int, now: int, told: str
) -> None:
    then = [*stand(*[P] * before), *stand(P, portfolio="Travail")]
    own = justice(tmp_path, stand(*[P] * now), then)
    assert [name for name in ("rose", "fell", "is_level") if getattr(own, name)] == [told] * bool(told)
    assert own.was_declaring is bool(before)


@pytest.mark.parametrize(("others", "is_told"), [(89, True), (90, False)])
def test_a_share_that_changed_by_a_tenth_of_a_point_is_told(
    tmp_path: Path, others: int, is_told: bool
) -> None:
    then = [*stand(*[P] * 10), *stand(*[P] * 90, portfolio="Travail")]  # 10%; then 10.1% of 99, or 10%
    now = [*stand(*[P] * 10, body="Tribunal"), *stand(*[P] * others, portfolio="Travail")]
    assert justice(tmp_path, now, then).tells_share_before is is_told


@pytest.mark.parametrize(("others", "is_told"), [(24, True), (18, False)])
def test_others_rose_faster_than_a_portfolio_whose_share_fell(
    tmp_path: Path, others: int, is_told: bool
) -> None:
    then = [*stand(*[P] * 10), *stand(*[P] * 12, portfolio="Travail")]
    now = [*stand(*[P] * 16), *stand(*[P] * others, portfolio="Travail")]
    own = justice(tmp_path, now, then)  # 60% more, beside 100% or 50%
    assert own.growth_of_others.value == Fraction(others - 12, 12)
    assert own.others_rose_faster is is_told


@pytest.mark.parametrize(
    ("own", "others", "pace"),
    [
        (16, 20, -1),  # 60% more, beside 36 of 22, which is 64% more
        (16, 15, 1),  # 41%
        (16, 19, 1),  # 59%
        (16, 2, 0),  # 18 of 22: all together fell
        (9, 24, 0),  # it fell
    ],
)
def test_a_portfolio_rose_more_or_less_than_all_together_in_whole_percentages(
    tmp_path: Path, own: int, others: int, pace: int
) -> None:
    then = [*stand(*[P] * 10), *stand(*[P] * 12, portfolio="Travail")]
    now = [*stand(*[P] * own), *stand(*[P] * others, portfolio="Travail")]
    assert justice(tmp_path, now, then).pace == pace


@pytest.mark.parametrize(("first", "has_majority"), [(6, True), (5, False)])
def test_a_body_holds_the_majority_with_more_than_half(
    tmp_path: Path, first: int, has_majority: bool
) -> None:
    now = [*stand(*[P] * first, body="Tribunal"), *stand(*[P] * (10 - first), body="Greffe")]
    assert justice(tmp_path, now).has_majority is has_majority


@pytest.mark.parametrize(
    ("then", "is_new"), [("Greffe", True), ("Tribunal", False), ("Le Tribunal du Québec", False)]
)
def test_the_name_of_the_main_body_is_new_if_no_form_of_it_was_there(
    tmp_path: Path, then: str, is_new: bool
) -> None:
    now = [*stand(P, P, body="Tribunal"), *stand(P, body="Commission")]
    own = justice(tmp_path, now, stand(P, body=then))
    assert own.first_body == "Tribunal"
    assert own.first_body_is_new is is_new


def test_shares_of_categories_are_of_the_portfolio_and_of_the_whole(tmp_path: Path) -> None:
    own_rows = [small.row(category=category) for category in ("", "", small.ASSISTANT)]
    others = [small.row(category=small.DECISION, portfolio="Travail")] * 5
    own = justice(tmp_path, [*own_rows, *others])
    beside = own.drawn.beside.set_index("category")
    assert (beside.share[small.ASSISTANT], beside.share_whole[small.ASSISTANT]) == (1 / 3, 1 / 8)
    assert (beside.share[small.DECISION], beside.share_whole[small.DECISION]) == (0, 5 / 8)
    assert [own.main_categories.numbers[name] for name in ("name0", "count0")] == [small.ASSISTANT, 1]
    assert not own.has_mix  # fewer than ten


def test_themes_are_those_of_the_portfolio_where_ten_state_a_benefit(tmp_path: Path) -> None:
    own_rows = [small.row(f"Tri {n}", benefits="Gain de temps") for n in range(10)]
    others = [small.row("Tri", benefits="Meilleure qualité", portfolio="Travail")] * 20
    own = justice(tmp_path, [*own_rows, *others])
    assert own.has_themes
    assert (own.main_themes.numbers["whole"], own.main_themes.numbers["count0"]) == (1, 10)
    assert not justice(tmp_path / "few", [*own_rows[1:], *others]).has_themes


def test_nothing_but_numbers_is_told_of_reconstructed_rows() -> None:
    edition = reconstructed()
    own = facts.profile(open_profile(edition))
    assert own.n.value == max(own.profile.counts.values())
    told = own.has_statuses, own.has_bodies, own.has_categories, own.has_mix, own.has_themes
    assert told == (False,) * 5
    assert not own.has_production_share
    assert own.near.nearest == []
    assert not own.since.is_told


@pytest.mark.parametrize(("n_bodies", "names_all"), [(5, True), (6, False)])
def test_five_bodies_are_all_named_and_of_six_the_largest(
    tmp_path: Path, n_bodies: int, names_all: bool
) -> None:
    now = [row for n in range(n_bodies) for row in stand(*[P] * (n + 1), body=f"Bureau {n}")]
    assert justice(tmp_path, now).names_all_bodies is names_all


def test_a_portfolio_of_one_body_has_no_list_of_bodies(tmp_path: Path) -> None:
    assert not justice(tmp_path / "one", stand(P, P)).has_bodies
    assert justice(tmp_path / "two", [*stand(P), *stand(P, body="Tribunal")]).has_bodies


def test_the_three_largest_categories_are_named(tmp_path: Path) -> None:
    named = (small.ASSISTANT, small.DECISION, "Automatisation", "Analyse des comportements/sentiments")
    now = [small.row(category=each) for n, each in enumerate(named) for _ in range(4 - n)]
    found = justice(tmp_path, now).main_categories.numbers
    assert (found["listed"], found["whole"]) == (3, 4)


def test_official_rows_without_a_category_say_so_and_reconstructed_ones_do_not(tmp_path: Path) -> None:
    assert justice(tmp_path / "none", [small.row(category="")]).has_no_category
    assert not justice(tmp_path / "one", [small.row()]).has_no_category
    assert not facts.profile(open_profile(reconstructed())).has_no_category


def test_tasks_are_counted_where_print_cannot_name_all_initiatives_and_no_category_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["Robot conversationnel"] * 5 + ["Traduction de lettres"] * 4 + ["Détection de fuites"] * 3
    rows = [small.row(f"{title} {n}", category="") for n, title in enumerate(titles)]
    other = small.row("Robot conversationnel", portfolio="Travail")
    own = justice(tmp_path / "none", [*rows, other])
    assert not own.has_tasks
    monkeypatch.setattr("portrait.facts.portfolio.LARGE", 11)
    assert own.has_tasks
    assert own.drawn.tasks.listed == [("assistant", 5), ("translation", 4), ("detection", 3)]
    assert own.drawn.tasks.naming_share.value == 1
    given = [*rows, small.row("Robot conversationnel de nuit", category=small.ASSISTANT)]
    assert not justice(tmp_path / "given", given).has_tasks
