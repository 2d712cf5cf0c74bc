"""What AI is used for: categories, their change, and the benefits that texts announce."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.uses import Uses
from tests import small
from tests.facts.editions import PROJECT, listed, opened, reconstructed
from tests.inventories import UseCase, write_inventory

IMAGES = "Traitement d'image/Imagerie médicale"
FORMER_IMAGES = "Traitement d'image"


def categories(
    *, assistant: int = 0, decision: int = 0, unlisted: int = 0, blank: int = 0
) -> list[small.Row]:
    counts = {small.ASSISTANT: assistant, small.DECISION: decision, "Hors liste": unlisted, "": blank}
    return [small.row(category=category) for category, n in counts.items() for _ in range(n)]


def announcing(*texts: str) -> list[small.Row]:
    return [small.row(benefits=text) for text in texts]


def test_initiatives_without_a_listed_category_are_counted_apart(tmp_path: Path) -> None:
    now = categories(assistant=3, unlisted=2, blank=1)
    uses = facts.uses(opened(tmp_path, now, categories(decision=2, blank=4)))
    assert uses.without_category.value == 3
    assert listed(uses.main_categories) == {small.ASSISTANT: 3}
    assert uses.categories.n_initiatives.sum() == 6


def test_one_portfolio_makes_the_first_category_where_it_has_more_than_half_of_ten(tmp_path: Path) -> None:
    of_work = [small.row(category=small.ASSISTANT, portfolio="Travail") for _ in range(7)]
    of_justice = [small.row(category=small.ASSISTANT, portfolio="Justice") for _ in range(5)]
    other = [small.row(category=small.DECISION, portfolio="Justice")]
    uses = facts.uses(opened(tmp_path / "most", [*of_work, *of_justice, *other]))
    assert uses.one_portfolio_makes_it
    assert (uses.holder, uses.first_holder_share.value) == ("Travail", Fraction(7, 12))
    half = facts.uses(opened(tmp_path / "half", [*of_work[:5], *of_justice, *other]))
    assert not half.one_portfolio_makes_it  # five of ten
    few = facts.uses(opened(tmp_path / "few", [*of_work, *of_justice[:2], *other]))
    assert not few.one_portfolio_makes_it  # seven of nine
    alone = facts.uses(opened(tmp_path / "alone", [*of_work, *of_work, small.row(portfolio="Travail")]))
    assert not alone.one_portfolio_makes_it  # there is no other
    assert not facts.uses(reconstructed()).one_portfolio_makes_it


def test_the_second_category_draws_near_where_the_same_one_is_first_in_both_editions(tmp_path: Path) -> None:
    def draws_near(name: str, now: list[small.Row], before: list[small.Row]) -> bool:
        return facts.uses(opened(tmp_path / name, now, before)).second_draws_near

    before = categories(decision=20, assistant=8)
    assert draws_near("near", categories(decision=24, assistant=15), before)  # 9 apart, then 12
    assert not draws_near("away", categories(decision=40, assistant=15), before)
    assert not draws_near("passed", categories(decision=12, assistant=15), before)
    assert not draws_near("few", categories(decision=10, assistant=9), before)
    assert not draws_near("blank", categories(decision=24, assistant=15, blank=1), before)
    uses = facts.uses(opened(tmp_path / "one", categories(decision=24, assistant=15), before))
    assert (uses.first, uses.second) == (small.DECISION, small.ASSISTANT)
    assert (uses.second_change.numbers["after"], uses.second_change.numbers["before"]) == (15, 8)


@pytest.mark.parametrize(
    ("n_without", "titled"), [(1, [small.DECISION, small.ASSISTANT, IMAGES]), (0, [small.DECISION])]
)
def test_the_figure_of_one_edition_tells_the_main_categories_of_the_classified(
    tmp_path: Path, n_without: int, titled: list[str]
) -> None:
    sizes = {small.DECISION: 6, small.ASSISTANT: 4, IMAGES: 3, "Automatisation": 2, "": n_without}
    rows = [small.row(category=name) for name, n in sizes.items() for _ in range(n)]
    uses = facts.uses(small.edition_of(tmp_path, y2025=rows))
    assert (uses.titled, uses.tells_main) == (titled, bool(n_without))


def test_the_figure_is_about_the_one_category_that_the_heading_says_gained_most(tmp_path: Path) -> None:
    sizes = {small.DECISION: (30, 34), small.ASSISTANT: (4, 13), IMAGES: (1, 4), "Automatisation": (2, 4)}
    then, now = (
        [small.row(category=name) for name, both in sizes.items() for _ in range(both[year])]
        for year in (0, 1)
    )
    uses = facts.uses(opened(tmp_path, now, then))
    assert uses.tells_gains
    assert uses.titled == [small.ASSISTANT]  # though three of the four make 16 of the 18 more


@pytest.mark.parametrize(
    ("before", "is_told"),
    [((25, 10), True), ((25, 16), False), ((35, 3), False)],  # 10 of 15, 4 of 9, 17 of 12
)
def test_the_category_that_gained_most_is_told_as_a_part_of_a_rise_of_ten_or_more(
    tmp_path: Path, before: tuple[int, int], is_told: bool
) -> None:
    then = categories(decision=before[0], assistant=before[1])
    uses = facts.uses(opened(tmp_path, categories(decision=30, assistant=20), then))
    assert uses.change.tells_category_part is is_told
    assert not is_told or uses.change.first_category_part.value == Fraction(10, 15)


def test_who_gives_neither_a_category_nor_a_status_is_told_apart_from_the_retired(tmp_path: Path) -> None:
    retired = [UseCase(f"Fin {n}", "Retired") for n in range(10)]
    silent = [UseCase("Tri", "", agency="Department of Justice"), UseCase("Plan", "")]

    def uses_of(name: str, *rows: UseCase) -> Uses:
        data = write_inventory(tmp_path / name, 2025, rows)
        return facts.uses(open_edition("us-federal", 2025, data=data, project=PROJECT))

    uses = uses_of("ten", *retired, *silent, UseCase("Essai", "Pilot", category="Science"))
    assert uses.retired_lack_it
    assert uses.silence.is_all_named
    assert listed(uses.silence.names) == {"Department of Energy": 1, "Department of Justice": 1}
    assert not uses_of(
        "nine", *retired[1:], *silent, UseCase("Essai", "Pilot", category="Science")
    ).retired_lack_it


@pytest.mark.parametrize(("n_retired", "said"), [(10, True), (9, False)])
def test_the_retired_are_told_apart_where_many_have_no_answer_on_the_technique(
    tmp_path: Path, n_retired: int, said: bool
) -> None:
    told = [UseCase(f"Tri {n}", "Deployed", technique="Generative AI", category="Science") for n in range(10)]
    retired = [UseCase(f"Fin {n}", "Retired") for n in range(n_retired)]
    others = [UseCase(f"Plan {n}", "Pilot", agency=f"Department of {n}") for n in range(4)]
    data = str(write_inventory(tmp_path, 2025, [*told, *retired, *others]))
    technique = facts.uses(open_edition("us-federal", 2025, data=data, project=PROJECT)).technique
    assert technique.retired_lack_it is said
    assert technique.retired_silent.numbers["part"] == n_retired


def test_no_category_is_told_where_no_initiative_has_one(tmp_path: Path) -> None:
    assert facts.uses(opened(tmp_path, categories(unlisted=2, blank=1))).main_categories.why == (
        "nothing to count"
    )


def test_the_categories_whose_share_rose_and_fell_most_are_of_those_that_have_one(tmp_path: Path) -> None:
    now = categories(assistant=12, decision=4, blank=20)
    uses = facts.uses(opened(tmp_path, now, categories(assistant=5, decision=5, unlisted=7)))
    # 75 % and 25 % of 16, against 50 % and 50 % of 10.
    assert (uses.category_gaining, uses.category_losing) == (small.ASSISTANT, small.DECISION)
    assert (uses.share_gained.value, uses.share_lost.value) == (25, -25)
    every = uses.categories.set_index("category")
    assert every.share[small.ASSISTANT] == 12 / 36
    assert set(every.index) == {small.ASSISTANT, small.DECISION, "unknown", "unclassified"}


@pytest.mark.parametrize("n", [9, 30])
def test_no_share_is_told_to_change_from_fewer_than_ten_nor_where_none_moved(tmp_path: Path, n: int) -> None:
    uses = facts.uses(opened(tmp_path, categories(assistant=n), categories(assistant=31)))
    assert (uses.category_gaining, uses.category_losing) == ("", "")


def test_the_first_category_leads_alone_and_the_main_ones_hold_a_part(tmp_path: Path) -> None:
    others = [small.row(category=name) for name in (IMAGES, IMAGES, "Automatisation")]
    rows = [*categories(assistant=9, decision=3), *others]
    uses = facts.uses(opened(tmp_path, rows))
    assert uses.a_category_leads
    assert uses.first_category.numbers["name0"] == small.ASSISTANT
    assert uses.has_main_ones
    assert uses.of_the_main_ones.value == Fraction(14, 15)
    assert not facts.uses(opened(tmp_path / "tied", categories(assistant=4, decision=4))).a_category_leads


@pytest.mark.parametrize(("blank", "leads_all"), [(5, True), (6, False)])
def test_a_category_leads_all_initiatives_where_the_blanks_are_fewer_than_its_lead(
    tmp_path: Path, blank: int, leads_all: bool
) -> None:
    uses = facts.uses(opened(tmp_path, categories(assistant=9, decision=3, blank=blank)))
    assert uses.a_category_leads
    assert uses.leads_all is leads_all


def test_a_changed_label_is_the_same_category(tmp_path: Path) -> None:
    now = [small.row(category=IMAGES)] * 3 + categories(assistant=1)
    before = [small.row(category=FORMER_IMAGES)] * 2 + categories(assistant=1)
    uses = facts.uses(opened(tmp_path, now, before))
    assert uses.has_relabelled
    assert listed(uses.relabelled) == {IMAGES: 3}
    assert listed(uses.labels_before) == {FORMER_IMAGES: 2}
    assert uses.categories.set_index("category").n_previous[IMAGES] == 2


def test_a_category_of_one_year_alone_is_not_one_whose_label_changed(tmp_path: Path) -> None:
    now, before = [small.row(category=IMAGES)] * 3, categories(assistant=2)
    assert not facts.uses(opened(tmp_path, now, before)).has_relabelled


def test_texts_that_state_a_benefit_are_counted_this_year_with_those_of_no_theme(tmp_path: Path) -> None:
    texts = ("Gain de temps", "Gain de temps et économies", "Zzz", "", "Aucun bénéfice")
    uses = facts.uses(opened(tmp_path, announcing(*texts), announcing("Gain de temps")))
    assert (uses.stating.value, uses.stating_none.value, uses.uncoded.value) == (3, 2, 1)
    assert uses.uncoded_share.value == Fraction(1, 3)
    assert listed(uses.main_themes) == {"time": 2, "cost": 1}
    assert uses.themes.set_index("theme").share["time"] == pytest.approx(2 / 3)
    assert uses.has_benefits


def test_shares_of_themes_need_ten_texts_that_state_a_benefit(tmp_path: Path) -> None:
    nine = [*["Gain de temps"] * 9, "", "Aucun bénéfice"]
    few = facts.uses(opened(tmp_path / "nine", announcing(*nine)))
    assert (few.tells_themes, few.tells_few_benefits) == (False, True)
    enough = facts.uses(opened(tmp_path / "ten", announcing(*nine, "Économies")))
    assert (enough.tells_themes, enough.tells_few_benefits) == (True, False)
    tied = facts.uses(opened(tmp_path / "tied", announcing(*["Gain de temps", "Économies"] * 5)))
    assert [each.a_theme_leads for each in (few, enough, tied)] == [False, True, False]
    assert enough.first_theme.numbers["name0"] == "time"


def test_reconstructed_rows_announce_only_fictional_benefits() -> None:
    uses = facts.uses(reconstructed())
    assert uses.edition.codes_benefits
    assert not uses.has_benefits
    assert uses.announced.is_specimen
    assert not set(uses.themes.theme) & {theme.name for theme in uses.edition.themes}


@pytest.mark.parametrize(("assistant", "another"), [(9, small.ASSISTANT), (3, "")])
def test_a_category_that_gains_most_is_told_apart_from_the_first(
    tmp_path: Path, assistant: int, another: str
) -> None:
    before = categories(assistant=2, decision=10)
    uses = facts.uses(opened(tmp_path, categories(assistant=assistant, decision=13), before))
    assert uses.another_rising == another  # decision gains 3


def test_a_heading_counts_the_first_task_once(tmp_path: Path) -> None:
    def bots(*categories: str) -> list[small.Row]:
        names = [f"Robot conversationnel {n}" for n in range(10)]
        return [small.row(name, category=categories[n % len(categories)]) for n, name in enumerate(names)]

    led = facts.uses(opened(tmp_path / "led", bots(small.ASSISTANT, small.ASSISTANT, small.DECISION)))
    assert led.heading_counts_task and not led.title_counts_task
    tied = facts.uses(opened(tmp_path / "tied", bots(small.ASSISTANT, small.DECISION)))
    assert tied.title_counts_task and not tied.heading_counts_task
