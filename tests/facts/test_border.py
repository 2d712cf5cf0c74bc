"""A status label on the border of production gives two readings of the share, both said."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts, figures, tables
from portrait.editions.opening import open_edition
from portrait.facts.border import all_in_production
from portrait.publish import verify as verifier
from tests.inventories import PROJECT, UseCase, write_inventory
from tests.real_data import needs_real_data, real_edition
from tests.reports import prose_of_chapter

BORDER, IN_USE, STARTED = "Implementation and Assessment", "Operation and Maintenance", "Initiated"


def cases(*stages: str) -> list[UseCase]:
    return [UseCase(f"Use case {n}", stage) for n, stage in enumerate(stages)]


def said(chapter: str, data: Path, year: int, language: str) -> str:
    return prose_of_chapter(chapter, source="us-federal", year=year, language=language, data=str(data))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """In 2024, 20 use cases: 8 in operation, 4 on the border, 8 initiated. In 2025, ten, all deployed."""
    write_inventory(tmp_path, 2024, cases(*[IN_USE] * 8, *[BORDER] * 4, *[STARTED] * 8))
    return write_inventory(tmp_path, 2025, cases(*["Deployed"] * 10))


def test_the_share_is_read_with_the_label_in_production_and_in_testing(data: Path) -> None:
    stages = facts.stages(open_edition("us-federal", 2024, data=data, project=PROJECT))
    assert stages.border.count.value == 4
    assert stages.production_share.value == Fraction(12, 20)
    assert stages.border.as_testing.value == Fraction(8, 20)


def test_a_second_spelling_of_the_label_is_counted_with_the_first(tmp_path: Path) -> None:
    spelled = [*[IN_USE] * 8, *[BORDER] * 3, BORDER.lower(), *[STARTED] * 8]
    data = write_inventory(tmp_path, 2024, cases(*spelled))
    border = facts.stages(open_edition("us-federal", 2024, data=data, project=PROJECT)).border
    assert border.label == BORDER
    assert (border.count.value, border.as_testing.value) == (4, Fraction(8, 20))
    for fact, main in ((border.count, "of"), (border.as_testing, "part")):
        asked = fact.record()
        assert verifier.scopes(asked["asks"][main])["status_published"] == BORDER
        assert verifier.badly_formed(asked) == ""


def test_an_edition_without_such_a_label_has_one_reading(data: Path) -> None:
    stages = facts.stages(open_edition("us-federal", 2025, data=data, project=PROJECT))
    assert stages.border is None
    assert stages.border_before.as_testing.value == Fraction(8, 20)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize(
    ("language", "reading"),
    [("fr", "si on y voit un essai, .*40\u00a0%"), ("en", "read as testing, .*40%")],
)
def test_the_chapter_on_stages_says_both_readings(data: Path, year: int, language: str, reading: str) -> None:
    text = said("05-stages", data, year, language)
    assert BORDER in text
    assert re.search(r"60(?:\u00a0)?%", text)
    assert re.search(reading, text)


def test_no_heading_says_a_majority_that_one_reading_denies(data: Path) -> None:
    stages = facts.stages(open_edition("us-federal", 2024, data=data, project=PROJECT))
    assert (stages.part_in_production.value, stages.finding) == (Fraction(12, 20), "")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_page_has_no_sentence_on_a_share_with_two_readings(data: Path, language: str) -> None:
    words = {"fr": "en production", "en": "in production"}[language]
    assert words not in said("01-essentials", data, 2024, language)
    assert words in said("01-essentials", data, 2025, language)


def test_tables_that_count_the_label_in_production_say_so(data: Path) -> None:
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    stages = facts.stages(edition)
    assert f"“{BORDER}” (2024)" in tables.statuses(stages.statuses, edition, "en").note
    by_portfolio = figures.maturity_by_portfolio(stages.by_portfolio_maturity, edition, "en")
    assert BORDER not in by_portfolio.note  # it is of 2025 alone
    earlier = open_edition("us-federal", 2024, data=data, project=PROJECT)
    of_2024 = facts.stages(earlier).by_portfolio_maturity
    assert f"“{BORDER}” (2024)" in figures.maturity_by_portfolio(of_2024, earlier, "en").note


def test_a_profile_says_both_readings(data: Path) -> None:
    profile = facts.open_profile(open_edition("us-federal", 2024, data=data, project=PROJECT))
    own = facts.profile(profile)
    assert own.production_share.value == Fraction(12, 20)
    assert own.border.as_testing.value == Fraction(8, 20)


def test_a_label_on_the_border_is_not_in_production_under_every_reading(tmp_path: Path) -> None:
    border = UseCase("Tri", BORDER, agency="Department of Justice")
    rows = [UseCase("Lecture", IN_USE), UseCase("Lecture", IN_USE), border, border._replace(stage=IN_USE)]
    edition = open_edition("us-federal", 2024, data=write_inventory(tmp_path, 2024, rows), project=PROJECT)
    assert all_in_production(edition, "Department of Energy")
    assert not all_in_production(edition, "Department of Justice")
    assert not all_in_production(edition, "Department of State")  # it has none


@pytest.mark.slow
@needs_real_data
def test_the_share_of_2024_in_the_united_states_is_59_or_45_percent() -> None:
    # 2024: Operation and Maintenance 874, Implementation and Assessment 287, In production 14, In mission 4;
    # Acquisition and/or Development 404, Initiated 370, Planned 20, Ideation 9.
    stages = facts.stages(real_edition("us-federal", 2025))
    assert stages.border_before.count.value == 287
    assert stages.production_share_before.value == Fraction(1179, 1982)  # 59.5 %
    assert stages.border_before.as_testing.value == Fraction(892, 1982)  # 45.0 %
