"""What became of the initiatives of a portfolio, by links, and by name where they are few."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portrait import facts
from portrait.facts.followed import Followed
from portrait.facts.portfolio import open_profile
from tests import small
from tests.facts.editions import linked, opened, stand

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT


def since(
    folder: Path, now: Sequence[small.Row], before: Sequence[small.Row], *links: tuple[int, int, str]
) -> Followed:
    edition = linked(opened(folder, now, before), *links)
    return facts.profile(open_profile(edition, "Justice")).since


def test_initiatives_are_found_at_the_probable_tier_in_whichever_portfolio(tmp_path: Path) -> None:
    now = [*stand(P, D, P, P), *stand(P, portfolio="Travail")]
    before = [*stand(D, D, D, D), *stand(D, portfolio="Travail")]
    # The fourth is found in another portfolio; the third only possibly.
    links = (1, 1, "strict"), (2, 2, "probable"), (3, 3, "possible"), (4, 5, "strict")
    found = since(tmp_path, now, before, *links)
    assert found.is_told
    assert (found.found.value, found.lost.value, found.new.value) == (3, 1, 2)
    # Of those in development, the first and the fourth are in production.
    assert (found.moved_on.value, found.doubtful.value) == (2, 0)
    assert found.tells_moved_on


def test_those_that_passed_to_production_have_their_rows_unless_one_is_of_another_portfolio(
    tmp_path: Path,
) -> None:
    now, before = [*stand(P, D, P), *stand(P, portfolio="Travail")], stand(D, D, D, D)
    own = since(tmp_path / "own", now, before, (1, 3, "strict"), (2, 2, "strict"), (3, 1, "possible"))
    assert own.rows_moved_on == [4]  # below the heading of the file
    one, other = (1, 3, "strict"), (4, 4, "strict")
    assert since(tmp_path / "other", now, before, one, other).rows_moved_on == []


def test_statuses_are_counted_apart_for_those_found_and_for_new_ones(tmp_path: Path) -> None:
    now = stand(P, P, D, S, P)
    found = since(tmp_path, now, stand(D, D, D), (1, 1, "strict"), (2, 2, "strict"), (3, 3, "strict"))
    assert [found.found_by_status.numbers[n] for n in ("name0", "count0", "name1", "count1")] == [
        *("production", 2),
        *("development", 1),
    ]
    assert [found.new_by_status.numbers[n] for n in ("name0", "count0", "whole")] == ["production", 1, 1]
    assert found.new.value == 2  # one of which is silent


def test_those_not_found_are_named_where_three_or_fewer(tmp_path: Path) -> None:
    one = since(tmp_path / "one", stand(P), stand(P, P), (1, 1, "strict"))
    assert one.names_lost == ["Initiative 1"]
    four = since(tmp_path / "four", stand(P), stand(P, P, P, P, P), (1, 1, "strict"))
    assert (four.lost.value, four.names_lost) == (4, [])


def test_no_one_is_named_where_a_name_is_blank(tmp_path: Path) -> None:
    before = [*stand(P), small.row("", body="Tribunal")]
    assert since(tmp_path, stand(P), before, (1, 1, "strict")).names_lost == []


def test_one_initiative_of_the_previous_edition_is_enough_to_follow(tmp_path: Path) -> None:
    assert since(tmp_path, stand(P, D), stand(P)).is_told


def test_a_portfolio_not_named_before_has_nothing_to_follow(tmp_path: Path) -> None:
    assert not since(tmp_path, stand(P, D), stand(P, portfolio="Travail")).is_told
