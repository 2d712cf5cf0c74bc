"""What AI is used for: categories, their change, and the benefits that texts announce."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.fact import Fact
from tests import small
from tests.facts.editions import opened, reconstructed

IMAGES = "Traitement d'image/Imagerie médicale"
FORMER_IMAGES = "Traitement d'image"


def categories(
    *, assistant: int = 0, decision: int = 0, unlisted: int = 0, blank: int = 0
) -> list[small.Row]:
    counts = {small.ASSISTANT: assistant, small.DECISION: decision, "Hors liste": unlisted, "": blank}
    return [small.row(category=category) for category, n in counts.items() for _ in range(n)]


def announcing(*texts: str) -> list[small.Row]:
    return [small.row(benefits=text) for text in texts]


def listed(fact: Fact) -> dict[str, int]:
    """Return what a list prints: each name and its count."""
    found = fact.numbers
    return {found[f"name{place}"]: found[f"count{place}"] for place in range(found["listed"])}


def test_initiatives_without_a_listed_category_are_counted_apart(tmp_path: Path) -> None:
    now = categories(assistant=3, unlisted=2, blank=1)
    uses = facts.uses(opened(tmp_path, now, categories(decision=2, blank=4)))
    assert uses.without_category.value == 3
    assert listed(uses.main_categories) == {small.ASSISTANT: 3}
    assert set(uses.categories.year) == {2025}
    assert uses.categories.n_initiatives.sum() == 6


def test_no_category_is_told_where_no_initiative_has_one(tmp_path: Path) -> None:
    assert facts.uses(opened(tmp_path, categories(unlisted=2, blank=1))).main_categories.why == (
        "nothing to count"
    )


def test_the_mix_is_compared_among_initiatives_that_have_a_category(tmp_path: Path) -> None:
    now = categories(assistant=12, decision=4, blank=20)
    uses = facts.uses(opened(tmp_path, now, categories(assistant=5, decision=5, unlisted=7)))
    # 75 % and 25 % of 16, against 50 % and 50 % of 10.
    assert uses.mix_distance.value == 25
    every = uses.category_change.set_index("category")
    assert every.share[small.ASSISTANT] == 12 / 36
    assert set(every.index) == {small.ASSISTANT, small.DECISION, "unknown", "unclassified"}


def test_a_mix_of_fewer_than_ten_in_a_year_is_not_compared(tmp_path: Path) -> None:
    now = categories(assistant=9, blank=20)
    uses = facts.uses(opened(tmp_path, now, categories(assistant=30)))
    assert uses.mix_distance.why == "denominator too small"


def test_a_changed_label_is_the_same_category(tmp_path: Path) -> None:
    now = [small.row(category=IMAGES)] * 3 + categories(assistant=1)
    before = [small.row(category=FORMER_IMAGES)] * 2 + categories(assistant=1)
    uses = facts.uses(opened(tmp_path, now, before))
    assert uses.has_relabelled
    assert listed(uses.relabelled) == {IMAGES: 3}
    assert listed(uses.labels_before) == {FORMER_IMAGES: 2}
    assert uses.category_change.set_index("category").n_previous[IMAGES] == 2


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


def test_themes_of_a_category_are_over_its_texts_that_state_a_benefit(tmp_path: Path) -> None:
    now = [
        *announcing("Gain de temps", "Économies", "Économies", ""),
        small.row(category=small.DECISION, benefits="Gain de temps"),
    ]
    table = facts.uses(opened(tmp_path, now)).themes_by_category
    assert list(table.itertuples(index=False, name=None)) == [
        (small.ASSISTANT, "cost", 2, 3),
        (small.ASSISTANT, "time", 1, 3),
        (small.DECISION, "time", 1, 1),
    ]


def test_reconstructed_rows_announce_only_fictional_benefits() -> None:
    uses = facts.uses(reconstructed())
    assert uses.edition.codes_benefits
    assert not uses.has_benefits
    assert uses.announced.is_specimen
    assert not set(uses.themes.theme) & {theme.name for theme in uses.edition.themes}


@pytest.mark.parametrize(("n", "differs"), [(100, True), (300, False)])
def test_mixes_differ_by_a_point_or_more_once_rounded(tmp_path: Path, n: int, differs: bool) -> None:
    before = [small.row(f"Initiative {each}") for each in range(n)]
    now = [*before[1:], small.row("Autre", category=small.DECISION)]  # one in n changed: 1.0 or 0.3 point
    assert facts.uses(opened(tmp_path, now, before)).mix_differs is differs
