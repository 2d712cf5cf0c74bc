"""Who declares: bodies, portfolios, and networks that a file publishes apart."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.editions.edition import Edition
from tests import small
from tests.facts.editions import opened, reconstructed

HEALTH, NETWORK = "Santé et Services sociaux", "Santé et Services sociaux (Réseau)"


def split_edition(folder: Path) -> Edition:
    now = [
        small.row(portfolio=HEALTH),
        *[small.row(portfolio=NETWORK)] * 3,
        small.row(portfolio="Justice"),
        small.row(portfolio=""),
    ]
    return opened(folder, now, [small.row(portfolio=HEALTH)] * 2)


def test_a_portfolio_split_from_its_network_is_compared_whole_and_shown_apart(tmp_path: Path) -> None:
    declaring = facts.declaring(split_edition(tmp_path))
    health = declaring.portfolios.set_index("portfolio").loc[HEALTH]
    assert (health.n_previous, health.n_initiatives, health.change) == (2, 4, 2)
    assert health.share == 4 / 6  # of all initiatives, even unnamed
    assert declaring.in_portfolios.value == 2  # health and justice
    apart = declaring.networks.set_index(["year", "portfolio"]).n_initiatives
    assert (apart[2024, HEALTH], apart[2025, HEALTH], apart[2025, NETWORK]) == (2, 1, 3)


def test_portfolios_of_the_first_edition_have_no_change(tmp_path: Path) -> None:
    declaring = facts.declaring(opened(tmp_path, [small.row(), small.row(portfolio="Travail")]))
    assert list(declaring.portfolios.n_initiatives) == [1, 1]
    assert "change" not in declaring.portfolios


@pytest.mark.parametrize(("n_of_the_fifth", "n_titled"), [(1, 4), (2, 5)])
def test_the_title_of_the_figure_names_the_portfolios_of_the_heading_of_the_chapter(
    tmp_path: Path, n_of_the_fifth: int, n_titled: int
) -> None:
    sizes = [2] * 4 + [n_of_the_fifth] + [1] * 8
    rows = [small.row(portfolio=f"Portefeuille {n:02}") for n, size in enumerate(sizes) for _ in range(size)]
    declaring = facts.declaring(opened(tmp_path, rows))
    assert declaring.titled == [f"Portefeuille {n:02}" for n in range(n_titled)]
    assert declaring.main_share.numbers["n"] == n_titled


@pytest.mark.parametrize(("names", "first"), [("AAB", "A"), ("AABB", ""), ("AAA", "")])
def test_a_portfolio_is_first_among_several_without_a_tie(tmp_path: Path, names: str, first: str) -> None:
    declaring = facts.declaring(opened(tmp_path, [small.row(portfolio=name) for name in names]))
    assert declaring.first_portfolio == first


def test_bodies_of_one_initiative_are_counted_this_year_among_named_bodies(tmp_path: Path) -> None:
    now = [small.row(body=body) for body in ("A", "A", "A", "B", "C")]
    nameless = small.row(body="", portfolio="")
    declaring = facts.declaring(opened(tmp_path, [*now, nameless], [small.row(body="D")]))
    assert (declaring.initiatives.value, declaring.bodies.value, declaring.single.value) == (6, 3, 2)
    assert (declaring.with_body.value, declaring.without_body.value) == (5, 1)
    assert dict(zip(declaring.per_body.body, declaring.per_body.n_initiatives, strict=True)) == {
        "A": 3,
        "B": 1,
        "C": 1,
    }


def test_bodies_are_portfolios_only_if_every_row_says_so(tmp_path: Path) -> None:
    alike = [small.row(body="", portfolio="Justice"), small.row(body="Travail", portfolio="Travail")]
    assert facts.declaring(opened(tmp_path / "alike", alike)).bodies_are_portfolios
    other = small.row(body="Bureau des essais", portfolio="Travail")
    assert not facts.declaring(opened(tmp_path / "other", [*alike, other])).bodies_are_portfolios


def test_initiatives_per_body_are_fictional_for_reconstructed_rows() -> None:
    declaring = facts.declaring(reconstructed())
    assert declaring.detail.is_specimen
    assert not set(declaring.per_body.body) & set(declaring.edition.initiatives.body)


def test_bodies_are_set_side_by_side_from_three_that_differ(tmp_path: Path) -> None:
    two = [small.row(body="A"), small.row(body="A"), small.row(body="B")]
    alike = [small.row(body=name) for name in "ABC"]
    assert not facts.declaring(opened(tmp_path / "two", two)).bodies_differ
    assert not facts.declaring(opened(tmp_path / "alike", alike)).bodies_differ
    assert facts.declaring(opened(tmp_path / "three", [*two, small.row(body="C")])).bodies_differ
    assert not facts.declaring(reconstructed()).bodies_differ


def test_published_numbers_of_bodies_leave_bounds_to_what_nobody_published() -> None:
    # Of 82 bodies, 63 have a published number, 216 initiatives in all; 19 others share the 42 that remain.
    declaring = facts.declaring(reconstructed())
    assert declaring.some_are_told
    told, others = declaring.told_share.numbers, declaring.left_to_others.value
    assert (declaring.told.value, told["part"], declaring.others.value, others) == (63, 216, 19, 42)
    # One of the 19 has 42 - 18 at most, fewer than the first.
    assert (declaring.largest_told.value, declaring.ten_told.numbers["most"]) == (26, 24)
    assert declaring.first_is_told
    assert declaring.titled and not declaring.draws_portfolios  # the largest bodies are drawn instead
    # The ten largest published numbers make 122; at most, one other takes the place of a seven.
    ends = declaring.ten_told.numbers
    assert (ends["lowest"], ends["highest"], ends["all"]) == (122, 122 - 7 + 24, 258)
    single = declaring.single_told.numbers
    assert (single["lowest"], single["highest"]) == (28, 28 + 18)


def test_no_published_number_of_a_body_is_told_of_official_rows(tmp_path: Path) -> None:
    assert not facts.declaring(opened(tmp_path, [small.row(body=name) for name in "ABC"])).some_are_told


def test_portfolios_of_one_edition_alone_are_named_where_they_are_few(tmp_path: Path) -> None:
    before = [small.row(portfolio=name) for name in ("Justice", "Famille", "Famille")]
    now = [small.row(portfolio=name) for name in ("Justice", "Travail", "Tourisme", "Culture", "Finances")]
    declaring = facts.declaring(opened(tmp_path, now, before))
    left, entered = declaring.left, declaring.entered
    assert (left.portfolios.value, left.initiatives.value, left.names.numbers["name0"]) == (1, 2, "Famille")
    assert left.is_named and not left.is_long
    assert entered.portfolios.value == 4
    assert entered.is_long and not entered.is_named


def test_of_many_portfolios_of_one_edition_alone_the_first_is_named(tmp_path: Path) -> None:
    before = [
        small.row(portfolio=name)
        for name in ("Justice", "Famille", "Famille", "Travail", "Tourisme", "Culture")
    ]
    left = facts.declaring(opened(tmp_path, [small.row(portfolio="Justice")], before)).left
    assert (left.portfolios.value, left.initiatives.value) == (4, 5)
    assert (left.names.numbers["listed"], left.names.numbers["name0"]) == (1, "Famille")


def test_the_bodies_that_must_declare_and_are_absent_are_counted_by_the_list_of_the_edition(
    tmp_path: Path,
) -> None:
    listed = "body,since,until,evidence,recorded_by"
    bodies = (
        "Bureau des essais,,",
        "RÉGIE DES ESSAIS,2025,",
        "Office absent,2025,",
        "OFFICE ABSENT,2025,",
        "Ancien office,,2024",
    )
    small.copy_references(tmp_path / "project", [])
    path = tmp_path / "project" / "data" / "reference" / "quebec" / "obliged.csv"
    path.write_text("\n".join([listed, *(f"{each},a list,a test" for each in bodies), ""]), "utf-8")
    now = [small.row(body=body) for body in ("Bureau des essais", "Régie des essais", "Autre bureau")]
    declaring = facts.declaring(opened(tmp_path, now, project=tmp_path / "project"))
    assert (declaring.obliged.value, declaring.missing.value) == (3, 1)
    assert declaring.missing_are_named
    assert declaring.missing_names.numbers["name0"] == "Office absent"


def test_where_no_list_says_who_must_declare_nobody_is_missing(tmp_path: Path) -> None:
    assert not facts.declaring(opened(tmp_path, [small.row()])).tells_missing


def test_the_share_of_the_first_portfolio_is_of_all_initiatives(tmp_path: Path) -> None:
    rows = [small.row(portfolio=name) for name in "AAAAAAABBB"]
    assert facts.declaring(opened(tmp_path, rows)).largest_share.value == Fraction(7, 10)


def test_the_largest_portfolios_are_a_finding_where_there_are_others(tmp_path: Path) -> None:
    rows = [small.row(portfolio=f"Portefeuille {n % 5}") for n in range(12)]
    declaring = facts.declaring(opened(tmp_path / "five", rows))
    assert declaring.is_concentrated
    assert declaring.main_share.numbers["part"] == 6  # three and three of twelve: the other three are tied
    assert declaring.single_portfolios.value == 0
    four = [small.row(portfolio=f"Portefeuille {n % 4}") for n in range(12)]
    assert not facts.declaring(opened(tmp_path / "four", four)).is_concentrated
    assert not facts.declaring(opened(tmp_path / "few", rows[:9])).is_concentrated


def test_bodies_that_are_the_portfolios_again_or_change_names_carry_no_finding(tmp_path: Path) -> None:
    now = [small.row(body=body) for body in ("A", "A", "B", "C")]
    assert facts.declaring(opened(tmp_path / "alone", now)).tells_bodies
    renamed = [small.row(body=body) for body in "DEFGH"]
    assert not facts.declaring(opened(tmp_path / "renamed", now, renamed)).tells_bodies
    alike = [small.row(body=body, portfolio=body) for body in ("A", "A", "B", "C")]
    assert not facts.declaring(opened(tmp_path / "alike", alike)).tells_bodies


def test_the_share_of_ten_bodies_is_told_of_all_initiatives_only_where_each_names_its_body(
    tmp_path: Path,
) -> None:
    named = [small.row(body=f"Bureau {n % 11:02}") for n in range(22)] + [small.row(body="Petit bureau")]
    whole = facts.declaring(opened(tmp_path / "whole", named))
    assert whole.ten_is_a_part
    assert whole.ten_bodies.value == Fraction(22, 23)  # eleven are tied: the share is theirs
    assert not facts.declaring(
        opened(tmp_path / "blank", [*named, small.row(body="", portfolio="")])
    ).ten_is_a_part


def test_nothing_is_told_of_bodies_none_of_which_has_a_published_number(tmp_path: Path) -> None:
    rows = [small.row(f"Initiative reconstituée 2025-{n:03}", body=name) for n, name in enumerate("ABC")]
    declaring = facts.declaring(opened(tmp_path, rows))
    assert (declaring.told.value, declaring.some_are_told) == (0, False)


def test_a_tie_that_would_lengthen_the_list_of_bodies_is_left_out_of_it(tmp_path: Path) -> None:
    def listed(name: str, **sizes: int) -> int:
        rows = [small.row(body=body) for body, size in sizes.items() for _ in range(size)]
        return facts.declaring(opened(tmp_path / name, rows)).main_bodies.numbers["listed"]

    assert listed("third", Cour=3, Centre=3, Bureau=2, Conseil=2) == 2
    assert listed("none", Cour=3, Centre=2, Bureau=1) == 3
    assert listed("second", Cour=3, Centre=2, Bureau=2, Conseil=2) == 4  # cut nowhere: all that tie


def test_bodies_in_the_place_of_portfolios_head_the_chapter(tmp_path: Path) -> None:
    def heads(name: str, *sizes: int, portfolio: str = "") -> tuple[bool, bool, bool]:
        rows = [
            small.row(body=f"Régie {n:02}", portfolio=portfolio)
            for n, size in enumerate(sizes)
            for _ in range(size)
        ]
        found = facts.declaring(opened(tmp_path / name, rows))
        return found.most_have_one, found.leads_by_ten, found.heads_ten

    assert heads("one", 3, 2, *[1] * 10) == (True, False, True)  # 10 of 12 have one
    assert heads("ten", 3, *[2] * 11) == (False, True, False)
    assert heads("portfolios", 3, *[2] * 11, portfolio="Justice") == (False, False, True)


@pytest.mark.parametrize(("n_single", "is_title"), [(1, False), (2, True)])
def test_several_portfolios_of_one_initiative_are_told_by_the_title_of_their_figure(
    tmp_path: Path, n_single: int, is_title: bool
) -> None:
    single = [small.row(portfolio=f"Portefeuille {n}") for n in range(n_single)]
    declaring = facts.declaring(opened(tmp_path, [small.row(portfolio="Justice")] * 3 + single))
    assert (declaring.titles_single_portfolios, declaring.tells_single_portfolios) == (is_title, not is_title)


def test_no_list_of_the_bodies_that_must_declare_is_not_a_list_that_nobody_is_missing_from(tmp_path):
    declaring = facts.declaring(opened(tmp_path, [small.row()]))
    assert (declaring.obliged.why, declaring.missing.why) == ("nothing to count", "nothing to count")
    assert not declaring.tells_missing
