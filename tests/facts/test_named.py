"""Facts of one portfolio, category or body by its name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.errors import WrongCall
from portrait.facts.published import tables_of
from tests import small
from tests.facts.editions import opened, reconstructed


def test_a_name_has_its_number_in_both_editions_their_change_and_its_share(tmp_path: Path) -> None:
    now = [
        *[small.row(portfolio="Justice", category="Automatisation")] * 8,
        *[small.row(portfolio="Travail")] * 12,
    ]
    before = [small.row(portfolio="Justice", category="Automatisation")] * 5
    edition = opened(tmp_path, now, before)
    for field, name in (("portfolio", "justice"), ("category", "automatisation")):
        found = facts.named(edition, field, name)
        assert (found.n.value, found.n_before.value) == (8, 5)
        assert (found.growth.numbers["difference"], found.share.value) == (3, Fraction(8, 20))


def test_a_name_has_its_rank_and_its_share_before(tmp_path: Path) -> None:
    now = [*[small.row(portfolio="Justice", body="Cour")] * 8, *[small.row(portfolio="Travail")] * 12]
    now += [small.row(portfolio="Justice", body="Greffe")] * 5
    before = [small.row(portfolio=name) for name in ("Justice", "Travail") for _ in range(10)]
    edition = opened(tmp_path, now, before)
    justice = facts.named(edition, "portfolio", "Justice")
    assert (justice.rank.value, justice.share_before.value) == (1, Fraction(1, 2))
    assert justice.share_growth.value == (Fraction(13, 25) - Fraction(1, 2)) * 100
    cour = facts.named(edition, "body", "Cour")
    assert (cour.share_of_portfolio.value, cour.rank.numbers["whole"]) == (Fraction(8, 13), 3)
    assert not justice.share_of_portfolio
    assert facts.change(edition).bodies_growth.numbers["difference"] == 2
    assert facts.spread(edition).per_body.value == Fraction(25, 3)


def test_a_name_of_this_edition_alone_had_no_initiative_before(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row(portfolio="Justice")] * 12, [small.row(portfolio="Travail")] * 12)
    assert facts.named(edition, "portfolio", "Justice").n_before.value == 0


def test_a_portfolio_of_the_previous_edition_alone_has_none_now(tmp_path: Path) -> None:
    before = [small.row(portfolio="Travail")] * 7
    edition = opened(tmp_path, [small.row(portfolio="Justice")] * 12, before)
    gone = facts.named(edition, "portfolio", "travail")
    assert (gone.n.value, gone.n_before.value, gone.growth.numbers["difference"]) == (0, 7, -7)
    with pytest.raises(WrongCall, match="quebec 2025 has no portfolio “Famille”"):
        facts.named(edition, "portfolio", "Famille")


def test_a_body_of_reconstructed_rows_has_a_number_only_where_it_was_published() -> None:
    laval = facts.named(reconstructed(), "body", "Université Laval")
    assert (laval.n_before.value, laval.n.value) == (8, 11)  # published.yml
    chum = facts.named(reconstructed(), "body", "Centre hospitalier de l'Université de Montréal")
    assert chum.n.value == 12
    assert not chum.n_before
    assert not chum.growth
    untold = facts.named(reconstructed(), "body", "Organisme non publié 03")
    assert (untold.n.why, untold.share.why) == ("reconstructed rows", "reconstructed rows")


def test_a_body_of_reconstructed_rows_has_as_many_as_were_published() -> None:
    published = tables_of(reconstructed())["published"]
    told = published[(published["measure"] == "body") & (published["edition"] == "2025")]
    assert len(told) == 63
    numbers = [facts.named(reconstructed(), "body", name).n.value for name in told["value_of"]]
    assert numbers == [int(value) for value in told["value"]]


def test_an_unknown_name_or_field_is_refused_with_the_nearest(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row(category="Automatisation")] * 12)
    with pytest.raises(WrongCall, match="Did you mean “Automatisation”"):
        facts.named(edition, "category", "Automatisations")
    with pytest.raises(WrongCall, match="portfolio"):
        facts.named(edition, "portfolios", "Justice")
