"""What the title of a profile says, and that of its dots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.portfolio import open_profile
from portrait.facts.story import LONGEST_NAME, Story
from portrait.ingest.initiatives import RETIRED
from tests import small
from tests.facts.editions import PROJECT, linked, opened, reconstructed, stand
from tests.inventories import UseCase, write_inventory

P, D, S, R = small.PRODUCTION, small.DEVELOPMENT, small.SILENT, "Hors service"
A, B, C = small.ASSISTANT, small.DECISION, "Automatisation"
ELSEWHERE = small.row(portfolio="Travail")


def story(folder: Path, now: Sequence[small.Row], before: Sequence[small.Row] = ()) -> Story:
    edition = opened(folder, now, before)
    rows = edition.initiatives
    rows.loc[rows["status_published"] == R, "status"] = RETIRED  # the register has no label for it
    return facts.profile(open_profile(edition, "Justice")).story


def of_categories(n: int, of_the_first: int) -> list[small.Row]:
    """Return initiatives, half in production: some in one category, the others in two."""
    categories = [A] * of_the_first + [(B, C)[each % 2] for each in range(n - of_the_first)]
    return [small.row(category=each, status=(P, D)[at % 2]) for at, each in enumerate(categories)]


@pytest.mark.parametrize(
    ("statuses", "finding"),
    [
        ([P] * 9 + [D] * 3, "production"),
        ([D] * 9 + [P] * 3, "development"),
        ([P] * 8 + [D] * 4, "part"),  # two thirds exactly
        ([P] * 9 + [D] * 14 + [R] * 2, "developed"),  # the larger of both
        ([P] * 6 + [D] * 6, "part"),
        ([P] * 10, "all production"),
        ([P] * 2, "all production"),
        ([D] * 4, "all development"),
        ([P] * 8 + [S] * 4, "part"),  # a silent one may be in development
        ([S] * 4, "silent"),
        ([S], "silent"),
        ([S] * 4 + [D] * 3, "unstated"),
        ([S] * 3 + [D] * 3, "developed"),  # half, and none in production
        ([D] * 4 + [R], "none"),
        ([D] * 2 + [R] * 3, "retired"),
        ([P] * 2 + [R] * 6, "retired"),
        ([P] * 3 + [R] * 3, "part"),  # half
        ([P] * 4 + [D] * 3 + [R] * 5, "retired"),  # fewer than half, and more than each other status
        ([D] * 4 + [R, S], "developed"),  # the silent one may be in production
    ],
)
def test_the_title_says_first_how_far_its_initiatives_are(
    tmp_path: Path, statuses: list[str], finding: str
) -> None:
    assert story(tmp_path, stand(*statuses)).finding == finding


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ([P] * 4 + [D] * 3 + [R] * 5, "retired"),
        ([P] * 9 + [D] * 3, "production"),
        ([P] * 3 + [D] * 9, "development"),
        ([D] * 12, ""),  # the title says all
        ([P] * 9 + [D] * 2 + [S], ""),  # the number of unknown ones is beside that of all
        ([D] * 2 + [R] * 3, ""),  # few: each status has its number
    ],
)
def test_the_number_of_a_status_is_set_large_where_the_title_says_it(
    tmp_path: Path, statuses: list[str], status: str
) -> None:
    assert story(tmp_path, stand(*statuses)).large_status == status


@pytest.mark.parametrize(
    ("now", "before", "finding"),
    [
        ([P] * 3, [P] * 5, "all production"),  # what it is says more than how it moved
        ([P] * 3 + [D] * 3, [P] * 10, "part"),
        ([P] * 5 + [D] * 5, [P] * 10, "part"),
        ([R] * 3, [D] * 10, "none"),
    ],
)
def test_the_title_says_how_far_they_are_before_how_their_number_moved(
    tmp_path: Path, now: list[str], before: list[str], finding: str
) -> None:
    then = [*stand(*before), *stand(P, portfolio="Travail")]
    assert story(tmp_path, stand(*now), then).finding == finding


@pytest.mark.parametrize(("n", "adds"), [(10, True), (9, False)])
def test_the_title_adds_that_ten_or_more_came_to_production(tmp_path: Path, n: int, adds: bool) -> None:
    edition = opened(tmp_path, stand(*[P] * n, *[D] * 10), stand(*[D] * n, *[P] * 10))
    links = [(each, each, "strict") for each in range(1, n + 1)]
    own = facts.profile(open_profile(linked(edition, *links), "Justice")).story
    assert (own.finding, own.adds_moved_on) == ("part" if adds else "developed", adds)


@pytest.mark.parametrize(
    ("name", "status", "finding"),
    [
        ("Westlaw", P, "named"),
        ("Westlaw", D, "named"),
        ("Westlaw", S, "silent"),
        ("Westlaw", R, ""),
        ("W" * (LONGEST_NAME + 1), P, ""),
    ],
)
def test_the_title_names_an_only_initiative_and_its_status(
    tmp_path: Path, name: str, status: str, finding: str
) -> None:
    told = story(tmp_path, [small.row(name, status=status)])
    assert (told.finding, told.gives_number) == (finding, finding != "named")


@pytest.mark.parametrize(("n", "named"), [(LONGEST_NAME, "W"), (LONGEST_NAME + 1, "")])
def test_the_title_names_an_initiative_only_if_its_name_is_short_in_both_languages(
    tmp_path: Path, n: int, named: str
) -> None:
    edition = opened(tmp_path, [small.row("W", status=P)])
    edition.initiatives["name_en"] = "E" * n
    own = facts.profile(open_profile(edition, "Justice")).story
    assert (own.named, own.named_en) == (named, "E" * n if named else "")


@pytest.mark.parametrize(("benefits", "purpose"), [("Gain de temps", "Trie le courrier"), ("", "")])
def test_an_only_initiative_has_its_description_below_its_name_where_its_list_has_benefits(
    tmp_path: Path, benefits: str, purpose: str
) -> None:
    edition = opened(tmp_path, [small.row("Westlaw", status=P, benefits=benefits)])
    edition.initiatives["description"] = "Trie le courrier."
    own = facts.profile(open_profile(edition, "Justice")).story
    assert (own.finding, own.purpose, own.purpose_en) == ("named", purpose, purpose)
    edition.initiatives["description_en"] = "Sorts the mail."
    english = facts.profile(open_profile(edition, "Justice")).story.purpose_en
    assert english == ("Sorts the mail" if benefits else "")


def test_the_title_says_that_it_fell_where_all_rose_before_what_it_is_for_or_who_reports_it(
    tmp_path: Path,
) -> None:
    rest = [small.row(category=B, portfolio="Travail")] * 80
    now = [*of_categories(20, 15), *rest]
    assert story(tmp_path / "rose", now).finding == "category"
    assert story(tmp_path / "fell", now, [*stand(*[P] * 30), *rest[:50]]).finding == "rate"


@pytest.mark.parametrize(
    ("of_the_first", "n", "others", "finding"),
    [
        (11, 20, 20, "category"),  # most, where half of all
        (10, 20, 80, "category"),  # half, and five times its part of all
        (10, 20, 5, "part"),  # half, where it is two fifths of all
        (9, 12, 20, "part"),  # nine are too few
    ],
)
def test_the_title_gives_a_category_that_marks_the_portfolio(
    tmp_path: Path, of_the_first: int, n: int, others: int, finding: str
) -> None:
    rest = [small.row(category=B, portfolio="Travail")] * others
    assert story(tmp_path, [*of_categories(n, of_the_first), *rest]).finding == finding


@pytest.mark.parametrize(
    ("silent", "assessed", "finding"),
    [(10, 0, "unassessed"), (9, 0, "developed"), (10, 1, "developed")],
)
def test_the_title_says_that_none_of_ten_or_more_marked_initiatives_has_an_assessment(
    tmp_path: Path, silent: int, assessed: int, finding: str
) -> None:
    marked = UseCase("Tri", "Deployed", risk="High-impact", agency="Department of Justice")
    plan = marked._replace(name="Plan", stage="Pilot", risk="")
    others = (30, marked._replace(agency="Department of Labor", assessment="Yes"))
    groups = (silent, marked), (assessed, marked._replace(assessment="Yes")), (15, plan), others
    rows = [case._replace(name=f"{case.name} {n}") for times, case in groups for n in range(times)]
    data = write_inventory(tmp_path, 2025, rows)
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    own = facts.profile(open_profile(edition, "Department of Justice"))
    assert own.finding == finding
    assert (own.story.dots_finding == "watched") is (finding == "unassessed")


@pytest.mark.parametrize(("first", "finding"), [(6, "body"), (5, "part")])
def test_the_title_gives_a_body_that_holds_most_of_them(tmp_path: Path, first: int, finding: str) -> None:
    bodies = ["Tribunal"] * first + ["Greffe"] * (10 - first)
    now = [small.row(body=body, status=(P, D)[n % 2]) for n, body in enumerate(bodies)]
    assert story(tmp_path, now).finding == finding


@pytest.mark.parametrize(
    ("now", "then", "others", "finding"),
    [
        (8, 10, 60, "rate"),  # it fell, and all together rose
        (8, 9, 60, "part"),  # too few before for a rate
        (8, 10, 20, "part"),  # all together fell
        (30, 10, 60, "mover"),  # 20 of 50 more
        (12, 10, 60, "part"),  # 2 of 32
    ],
)
def test_the_title_says_that_it_fell_where_all_rose_or_made_the_rise(
    tmp_path: Path, now: int, then: int, others: int, finding: str
) -> None:
    before = [*stand(*[P] * then), *[ELSEWHERE] * 30]
    after = [*stand(*[P, D] * (now // 2)), *[ELSEWHERE] * others]
    assert story(tmp_path, after, before).finding == finding


def test_of_totals_the_title_gives_the_body_from_which_all_come() -> None:
    edition = reconstructed()
    found = {
        name: facts.profile(open_profile(edition, name)).finding
        for name in (
            "Famille",
            "Finances",
            "Santé et Services sociaux",
            "Transports et Mobilité durable",
            "Travail",
        )
    }
    assert found == {
        "Famille": "one body",
        "Finances": "one body",
        "Santé et Services sociaux": "elsewhere",
        "Transports et Mobilité durable": "mover",
        "Travail": "level",
    }


@pytest.mark.parametrize(
    ("statuses", "finding"),
    [
        ([P] * 9 + [D] * 3, "development"),  # the title of the profile says the others
        ([P] * 6 + [D] * 6, "share"),
        ([P] * 6 + [D] * 5 + [S], "development"),  # the share has bounds
        ([P] * 5 + [D] * 6 + [S], "production"),
        ([D] * 12, ""),  # it says all
        ([P] * 5 + [D] * 4, ""),  # too few for dots
        ([S] * 8 + [D] * 4, ""),
        ([D] * 10 + [R] * 2, "development"),  # it says that none is in production
        ([D] * 6 + [R] * 6, ""),
    ],
)
def test_the_title_of_dots_says_what_the_title_of_the_profile_does_not(
    tmp_path: Path, statuses: list[str], finding: str
) -> None:
    assert story(tmp_path, stand(*statuses)).dots_finding == finding


@pytest.mark.parametrize(("silent", "finding"), [(0, "share"), (1, "statuses")])
def test_the_title_of_dots_gives_both_statuses_where_that_of_the_profile_is_of_something_else(
    tmp_path: Path, silent: int, finding: str
) -> None:
    rows = [*of_categories(20, 18), *[small.row(category=A, status=S)] * silent]
    rows += [small.row(category=B, portfolio="Travail")] * 20
    assert story(tmp_path, rows).dots_finding == finding


@pytest.mark.parametrize(
    ("now", "before", "turned"),
    [
        ([D] * 8 + [P] * 2, [P] * 10, True),
        ([D] * 8 + [P] * 2, [P] * 9 + [D], False),  # one was in development
        ([D] * 8 + [P] * 2, [P] * 9, False),  # too few before
        ([D] * 6 + [P] * 4, [P] * 10, False),  # most are not in development
    ],
)
def test_a_portfolio_turned_if_enough_earlier_ones_were_all_in_production(
    tmp_path: Path, now: list[str], before: list[str], turned: bool
) -> None:
    assert story(tmp_path, stand(*now), stand(*before)).turned is turned


@pytest.mark.parametrize(("n", "draws"), [(1, True), (2, True), (3, False), (9, False), (10, True)])
def test_a_profile_of_three_to_nine_official_rows_draws_no_other_portfolio(
    tmp_path: Path, n: int, draws: bool
) -> None:
    own = facts.profile(open_profile(opened(tmp_path, stand(*[P] * n)), "Justice"))
    assert own.draws_place is draws


@pytest.mark.parametrize("name", ["Famille", "Justice"])
def test_a_reconstructed_portfolio_is_drawn_among_others_even_with_one_initiative(name: str) -> None:
    assert facts.profile(open_profile(reconstructed(), name)).draws_place
