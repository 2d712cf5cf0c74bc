"""Who declares: bodies, portfolios, and networks that a file publishes apart."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

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


def test_bodies_of_one_initiative_are_counted_this_year_among_named_bodies(tmp_path: Path) -> None:
    now = [small.row(body=body) for body in ("A", "A", "A", "B", "C")]
    nameless = small.row(body="", portfolio="")
    declaring = facts.declaring(opened(tmp_path, [*now, nameless], [small.row(body="D")]))
    assert (declaring.initiatives.value, declaring.bodies.value, declaring.single.value) == (6, 3, 2)
    assert (declaring.mean_per_body.value, declaring.most_per_body.value) == (Fraction(5, 3), 3)
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
