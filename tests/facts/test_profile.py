"""The profile of a portfolio: its own rows, set beside the whole, and followed from the previous year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.portfolio import open_profile
from portrait.facts.profile import ProfileFacts
from tests import small
from tests.facts.editions import linked, opened, reconstructed

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT


def justice(folder: Path, now: Sequence[small.Row], before: Sequence[small.Row] = ()) -> ProfileFacts:
    return facts.profile(open_profile(opened(folder, now, before), "Justice"))


def stand(*statuses: str, **cells: str) -> list[small.Row]:
    return [small.row(f"Initiative {n}", status=status, **cells) for n, status in enumerate(statuses)]


def test_statuses_and_bodies_are_those_of_the_portfolio_alone(tmp_path: Path) -> None:
    now = [
        *stand(P, P, D, S, "Suspendu", body="Tribunal"),
        *stand(P, body="", portfolio="Justice"),
        *stand(*[D] * 9, portfolio="Travail", body="Bureau"),
    ]
    own = justice(tmp_path, now, stand(D, D))
    assert (own.n, own.n_all, own.n_before) == (6, 15, 2)
    assert (own.known, own.silent) == (4, 2)
    assert own.status.production_share == 3 / 4
    assert (own.status.lowest_share, own.status.highest_share) == (3 / 6, 5 / 6)
    counts = {status: n for status, n in own.status_counts.items() if n}
    assert counts == {"production": 3, "development": 1, "unknown": 1, "unclassified": 1}
    assert own.body_counts == {"Tribunal": 5, "Justice": 1}  # a blank body is its portfolio


def test_shares_of_categories_are_of_the_portfolio_and_of_the_whole(tmp_path: Path) -> None:
    own_rows = [small.row(category=category) for category in ("", "", small.ASSISTANT)]
    others = [small.row(category=small.DECISION, portfolio="Travail")] * 5
    own = justice(tmp_path, [*own_rows, *others])
    beside = own.beside.set_index("category")
    assert (beside.share[small.ASSISTANT], beside.share_whole[small.ASSISTANT]) == (1 / 3, 1 / 8)
    assert (beside.share[small.DECISION], beside.share_whole[small.DECISION]) == (0, 5 / 8)
    assert own.named_categories == {small.ASSISTANT: 1}
    # Those without a category come last, although they are the most.
    assert list(own.category_counts.items()) == [(small.ASSISTANT, 1), (small.DECISION, 0), ("unknown", 2)]


@pytest.mark.parametrize(("n", "is_table"), [(4, False), (5, True), (10, False)])
def test_categories_stand_in_a_table_between_words_and_a_figure(
    tmp_path: Path, n: int, is_table: bool
) -> None:
    assert justice(tmp_path, [small.row()] * n).has_category_table is is_table


def test_a_portfolio_without_a_category_has_no_table_of_them(tmp_path: Path) -> None:
    own = justice(tmp_path, [*[small.row(category="")] * 6, small.row(portfolio="Travail")])
    assert own.named_categories == {}
    assert not own.has_category_table


def test_a_network_is_in_the_profile_and_shown_as_published(tmp_path: Path) -> None:
    health = "Santé et Services sociaux"
    now = [small.row(portfolio=health), *[small.row(portfolio=f"{health} (Réseau)")] * 2, small.row()]
    own = facts.profile(open_profile(opened(tmp_path, now, [small.row(portfolio=health)]), health))
    assert own.n == 3
    published = own.networks.set_index(["year", "portfolio"]).n_initiatives
    assert published.to_dict() == {(2024, health): 1, (2025, f"{health} (Réseau)"): 2, (2025, health): 1}


def test_initiatives_are_followed_within_the_portfolio_at_each_tier(tmp_path: Path) -> None:
    now = [*stand(P, D, P, P), *stand(P, portfolio="Travail")]
    before = [*stand(D, D, D, D), *stand(D, portfolio="Travail")]
    links = (1, 1, "strict"), (2, 2, "probable"), (3, 3, "possible"), (5, 5, "strict"), (4, 5, "strict")
    edition = linked(opened(tmp_path, now, before), *links)
    own = facts.profile(open_profile(edition, "Justice"))
    # A link that leaves the portfolio is not one of the profile.
    assert [own.found_strictly.n_links, own.found.n_links, own.found_possibly.n_links] == [1, 2, 3]
    assert (own.found.n_previous, own.found.n_not_found, own.found.n_not_before) == (4, 2, 2)
    assert (own.changed.n_changes, own.converted.n_converted, own.converted.n_found) == (1, 1, 2)


def test_a_portfolio_not_named_before_has_nothing_to_follow(tmp_path: Path) -> None:
    own = justice(tmp_path, stand(P, D), stand(P, portfolio="Travail"))
    assert own.n_before == 0
    assert (own.found.n_links, own.found.n_not_before) == (0, 2)
    assert own.changed.n_changes == 0


def test_a_reconstructed_portfolio_has_its_number_and_fictional_details() -> None:
    edition = reconstructed()
    own = facts.profile(open_profile(edition))
    assert own.n == max(own.profile.counts.values())
    assert own.n_all == len(edition.initiatives)
    assert own.profile.detail.is_specimen
    assert own.has_category_table
    assert not set(own.body_counts) & set(edition.initiatives.body)
    assert not set(own.named_categories) & set(edition.initiatives.category)
    # The part and the whole of a specimen are both fictional.
    assert (own.beside.n_initiatives <= own.beside.n_whole).all()


def test_a_reconstructed_profile_names_the_bodies_whose_number_was_published() -> None:
    edition = reconstructed()
    forests = facts.profile(open_profile(edition, "Ressources naturelles et Forêts"))
    assert forests.published_bodies == {"Ministère des Ressources naturelles et des Forêts": 26}
    # A body of the network belongs to the portfolio, whose name was published with outer spaces.
    schools = facts.profile(open_profile(edition, "Éducation"))
    assert schools.published_bodies["Centre de services scolaire de Laval"] == 2
    assert facts.profile(open_profile(edition, "Travail")).published_bodies == {}
