"""Growth since the previous edition: what portfolios, bodies, names and links make of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from portrait import facts
from portrait.facts.nothing import absent_of
from tests import small
from tests.facts.editions import linked, opened, reconstructed, stand


def rows(**counts: int) -> list[small.Row]:
    """Return as many rows as said of each portfolio; `_` names none."""
    return [
        small.row(portfolio="" if name == "_" else name, body="" if name == "_" else f"Bureau de {name}")
        for name, n in counts.items()
        for _ in range(n)
    ]


def said(change: Any, *names: str) -> list[int]:
    return [getattr(change, name).value for name in names]


def test_parts_of_the_growth_add_up_and_the_unnamed_are_apart(tmp_path: Path) -> None:
    edition = opened(tmp_path, rows(Justice=4, Famille=5, _=2), rows(Justice=3, Travail=2, _=1))
    change = facts.change(edition)
    assert said(change, "total_before", "total") == [6, 11]
    assert change.growth.numbers["size"] == 5
    names = ("portfolios_in_both", "portfolios_only_now", "portfolios_only_before")
    assert said(change, *names) == [1, 1, 1]
    assert said(change, "unnamed_before", "unnamed") == [1, 2]
    assert change.some_are_unnamed
    assert not change.names_differ  # of three initiatives, no rate


def test_the_size_of_a_fall_is_positive_and_the_growth_of_those_in_both_is_beside_it(
    tmp_path: Path,
) -> None:
    change = facts.change(opened(tmp_path, rows(Justice=6), rows(Justice=14, Famille=2)))
    assert change.growth.numbers["difference"] == -10
    assert change.growth.numbers["size"] == 10
    assert change.growth_in_both.value == Fraction(-8, 14)
    assert change.names_differ
    assert not change.some_are_unnamed


def test_a_portfolio_of_which_a_file_names_only_the_network_is_in_both_files(tmp_path: Path) -> None:
    whole, network = "Enseignement supérieur", "Enseignement supérieur (Réseau)"
    edition = opened(tmp_path, [small.row(portfolio=network)] * 4, [small.row(portfolio=whole)] * 3)
    change = facts.change(edition)
    assert change.portfolios_in_both.value == 1
    assert change.growth_in_both.numbers["difference"] == 1


def test_a_body_that_changes_portfolio_does_not_make_a_portfolio_of_both_files(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row(portfolio="Travail")] * 4, [small.row(portfolio="Justice")] * 3)
    change = facts.change(edition)
    assert change.portfolios_in_both.value == 0
    assert list(change.parts["body"].n_groups_in_both) == [1, 1, 1]  # the body keeps its name


def test_each_way_of_matching_names_finds_at_least_the_bodies_of_the_stricter_one(tmp_path: Path) -> None:
    before = [small.row(body=body) for body in ("Même nom", "MAPAQ", "Bureau des essais publics")]
    ministry = "Ministère de l'Agriculture, des Pêcheries et de l'Alimentation"
    now = [small.row(body=body) for body in ("Même nom", ministry, ministry, "Bureau des essais public")]
    change = facts.change(opened(tmp_path, now, before))
    assert list(change.parts["body"].names) == ["strict", "recorded", "lenient"]
    assert list(change.parts["body"].n_groups_in_both) == [1, 2, 3]


def test_growth_by_body_is_not_given_for_reconstructed_rows() -> None:
    change = facts.change(reconstructed())
    assert change.detail.is_specimen
    assert not change.bodies_are_compared
    assert list(change.parts) == ["portfolio"]


def test_initiatives_are_followed_at_the_probable_tier(tmp_path: Path) -> None:
    edition = opened(tmp_path, rows(Justice=3, Famille=2, _=1), rows(Justice=3, Travail=1))
    change = facts.change(linked(edition, (1, 1, "strict"), (2, 2, "probable"), (4, 4, "possible")))
    assert said(change, "followed", "not_followed", "not_found_before") == [2, 2, 4]


def test_the_months_between_the_collections_of_quebec_are_eight_to_twelve() -> None:
    numbers = facts.change(reconstructed()).interval.numbers
    assert [round(float(numbers[name]), 2) for name in ("shortest", "value")] == [7.52, 12.02]


def test_a_body_that_rose_by_a_new_name_alone_is_no_rise(tmp_path: Path) -> None:
    before, now = (
        [small.row(f"Outil {n}", body=body) for n, body in enumerate(bodies)]
        for bodies in (("Régie", "Bureau", "Office"), ("Régie", "Bureau", "Agence", "Bureau"))
    )
    edition = opened(tmp_path, now, before)
    assert facts.change(linked(edition)).tells_body_rises  # Agence and Bureau, as far as names tell
    assert not facts.change(linked(edition, (3, 3, "probable"))).tells_body_rises  # Agence was Office


def test_portfolios_are_not_compared_where_links_show_a_new_name(tmp_path: Path) -> None:
    then, now = rows(Justice=10, Famille=3, Culture=1), rows(Justice=17, Enfance=4, Travail=1)
    edition = opened(tmp_path, now, then)
    change, declaring = facts.change(linked(edition)), facts.declaring(edition)
    assert (change.first_move.numbers["name0"], declaring.entered.portfolios.value) == ("Justice", 2)
    assert change.names_differ
    edition = linked(edition, (11, 18, "probable"))  # Enfance was Famille
    change, declaring = facts.change(edition), facts.declaring(edition)
    assert change.portfolios_are_renamed
    assert not (change.largest_rises or change.few_make_it or change.goes_both_ways or change.tells_gone)
    assert not change.names_differ
    assert not (declaring.entered.is_named or declaring.left.is_named)
    assert "change" not in declaring.portfolios
    assert {each["why"] for each in absent_of({"change": change})} == {"new names"}
    renamed = declaring.entered.portfolios.reason
    assert renamed.en == "A portfolio has another name in the previous edition."


def test_a_rise_of_those_in_production_is_told_beside_a_net_rise(tmp_path: Path) -> None:
    before = stand("En production", "En développement")
    more = stand("En production", "En production", "En production", "En développement")
    change = facts.change(opened(tmp_path / "more", more, before))
    assert [change.production_growth.numbers[name] for name in ("after", "before", "size")] == [3, 1, 2]
    assert change.tells_production
    assert not change.tells_other_statuses
    others = stand("En production", "En développement", "En développement")
    assert not facts.change(opened(tmp_path / "others", others, before)).tells_production


def test_of_published_totals_each_status_rose_and_few_bodies_had_a_number_before() -> None:
    change = facts.change(reconstructed())
    # In development 115, up from 81; of unknown status 11, up from 5; five of 65 bodies were told in 2024.
    assert change.tells_other_statuses
    assert [change.development_growth.numbers[name] for name in ("after", "before")] == [115, 81]
    assert [change.silent_growth.numbers[name] for name in ("after", "before")] == [11, 5]
    assert change.few_bodies_told_before
    assert (change.bodies_told_before.value, change.bodies_before.value) == (5, 65)


def test_a_name_is_gone_where_a_portfolio_or_a_body_of_before_is_absent(tmp_path: Path) -> None:
    before = rows(Justice=1, Travail=1)
    assert not facts.change(opened(tmp_path / "kept", rows(Justice=2, Travail=1), before)).names_are_gone
    assert facts.change(opened(tmp_path / "portfolio", rows(Justice=2), before)).names_are_gone
    other = [*rows(Justice=1), small.row(portfolio="Travail", body="Office")]
    assert facts.change(opened(tmp_path / "body", other, before)).names_are_gone


def test_bodies_make_the_whole_change_where_none_fell_and_no_portfolio_is_given(tmp_path: Path) -> None:
    def risen(name: str, portfolio: str = "", **counts: int) -> Any:
        named = [
            small.row(f"Outil {body} {n}", body=f"Régie {body}", portfolio=portfolio)
            for body, size in counts.items()
            for n in range(size)
        ]
        before = [
            small.row(f"Outil {body} {n}", body=f"Régie {body}", portfolio=portfolio)
            for body in ("A", "B", "C")
            for n in range(2)
        ]
        return facts.change(linked(opened(tmp_path / name, named, before)))

    change = risen("up", A=4, B=3, C=2)
    assert change.only_bodies_rise
    assert [*change.rises.itertuples(index=False, name=None)] == [("Régie A", 2, 4, 2), ("Régie B", 2, 3, 1)]
    assert change.body_rises.names == ["Régie A", "Régie B"]
    assert not risen("both", A=4, B=1, C=2).only_bodies_rise
    assert not risen("portfolios", portfolio="Justice", A=4, B=3, C=2).only_bodies_rise
