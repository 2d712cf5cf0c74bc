"""What a register tells of safeguards and the technique: its own answers, and where it has none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts, tables
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.facts.nothing import Nothing
from portrait.facts.portfolio import open_profile
from portrait.facts.safeguards import Safeguards
from tests.facts.editions import PROJECT, listed, reconstructed
from tests.inventories import UseCase, write_inventory
from tests.real_data import needs_real_data, real_edition
from tests.reports import prose_of_chapter

HIGH, OTHER = "High-impact", "Not High-impact"


def opened(folder: Path, *groups: tuple[int, UseCase]) -> Edition:
    rows = [case._replace(name=f"{case.name} {n}") for times, case in groups for n in range(times)]
    return open_edition("us-federal", 2025, data=write_inventory(folder, 2025, rows), project=PROJECT)


@pytest.fixture
def watched(tmp_path: Path) -> Edition:
    """Fifteen deployed and high-impact: 10 assessed, 2 in progress, 3 silent, of which Justice has all."""
    deployed = UseCase("Tri", "Deployed", risk=HIGH)
    return opened(
        tmp_path,
        (10, deployed._replace(assessment="Yes", technique="Generative AI")),
        (2, deployed._replace(assessment="in-progress", technique="NLP")),
        (3, deployed._replace(name="Muet", agency="Department of Justice")),
        (4, UseCase("Essai", "Pilot", risk=HIGH, assessment="Yes")),
        (5, UseCase("Plan", "Pilot", risk=OTHER)),
        (6, UseCase("Autre", "Pilot", agency="Department of Labor")),
        (1, UseCase("Inconnu", "Pilot", risk="Peut-être")),
    )


def test_answers_are_counted_by_term_and_the_silent_apart(watched: Edition) -> None:
    risk = Safeguards(watched).risk
    assert (risk.given.value, risk.singled.value, risk.silent.value) == (24, 19, 7)
    assert risk.silence.is_all_named
    assert listed(risk.silence.names) == {"Department of Labor": 6, "Department of Energy": 1}


@pytest.mark.parametrize(("n_yes", "n_going"), [(2, 10), (10, 2), (6, 6)])
def test_the_most_frequent_answer_is_told_where_it_is_another_than_the_first(
    tmp_path: Path, n_yes: int, n_going: int
) -> None:
    deployed = UseCase("Tri", "Deployed", risk=HIGH, assessment="Yes")
    edition = opened(tmp_path, (n_yes, deployed), (n_going, deployed._replace(assessment="in-progress")))
    assert Safeguards(edition).assessment.another_leads == (n_going > n_yes)


def test_the_portfolios_of_the_first_answer_are_told_where_enough_answer(watched: Edition) -> None:
    risk = Safeguards(watched).risk
    assert listed(risk.portfolios_of_singled) == {"Department of Energy": 16, "Department of Justice": 3}
    assert risk.first_is_told
    assert not Safeguards(watched).notice.first_is_told  # the register does not ask it


def test_the_share_of_two_portfolios_is_told_where_a_third_has_fewer(
    tmp_path: Path, watched: Edition
) -> None:
    risk = Safeguards(watched).risk
    assert not (risk.names_few or risk.tells_share)  # Energy and Justice have all of them
    rows = [(9, "Department of Energy"), (6, "Department of Justice"), (5, "Department of Labor")]
    three = [(n, UseCase("Tri", "Pilot", risk=HIGH, agency=name)) for n, name in rows]
    risk = Safeguards(opened(tmp_path / "apart", *three)).risk
    assert risk.names_few and risk.tells_share
    assert risk.share_of_portfolios.value == Fraction(15, 20)
    tied = [*three[:1], *((5, case) for _, case in three[1:])]
    assert not Safeguards(opened(tmp_path / "tied", *tied)).risk.tells_share


def test_assessments_are_those_of_the_watched_initiatives_in_production(watched: Edition) -> None:
    safeguards = Safeguards(watched)
    assert safeguards.watched.value == 15
    assert (safeguards.assessment.given.value, safeguards.assessment.singled.value) == (12, 10)
    assert safeguards.assessment.silent.value == 3
    assert listed(safeguards.assessment.silence.names) == {"Department of Justice": 3}
    assert safeguards.finding == "assessed"


def test_answers_by_portfolio_are_those_of_the_initiatives_that_are_asked(watched: Edition) -> None:
    safeguards = Safeguards(watched)
    asked = safeguards.assessment, safeguards.technique
    assert [each.by_portfolio["n_initiatives"].sum() for each in asked] == [15, 31]


@pytest.mark.parametrize(("n_yes", "n_silent"), [(2, 10), (10, 10)])
def test_silence_heads_the_chapter_where_it_outnumbers_the_first_answer(
    tmp_path: Path, n_yes: int, n_silent: int
) -> None:
    deployed = UseCase("Tri", "Deployed", risk=HIGH)
    going = deployed._replace(name="En cours", assessment="in-progress")
    yes = deployed._replace(name="Fait", assessment="Yes")
    found = Safeguards(opened(tmp_path, (n_yes, yes), (10, going), (n_silent, deployed)))
    assert found.leaves_unanswered == (n_silent > n_yes)
    assert not found.main_is_told  # the question is for initiatives of one level of risk


def test_a_portfolio_that_leaves_the_question_blank_at_each_stage_is_apart(tmp_path: Path) -> None:
    muted = UseCase("Muet", "Deployed", risk=HIGH, agency="Department of Justice")
    watched = [
        (12, muted),
        (19, UseCase("En cours", "Deployed", risk=HIGH, assessment="in-progress")),
        (1, UseCase("Vide", "Deployed", risk=HIGH)),
    ]
    plan = muted._replace(name="Plan", stage="Pilot")
    found = Safeguards(opened(tmp_path / "all", *watched, (3, plan)))
    assert found.one_is_blank
    assert (found.blank.value, found.silent_elsewhere.value) == (15, Fraction(1, 20))
    assert not Safeguards(opened(tmp_path / "watched", *watched)).one_is_blank  # it has no other
    assessed = plan._replace(name="Fait", assessment="Yes")
    assert not Safeguards(opened(tmp_path / "some", *watched, (3, plan), (2, assessed))).one_is_blank


def test_a_profile_looks_at_the_watched_initiatives_of_its_portfolio_alone(watched: Edition) -> None:
    own = facts.profile(open_profile(watched, "Department of Justice")).safeguards
    assert own.are_watched
    assert (own.watched.value, own.assessment.silent.value) == (3, 3)
    assert own.unassessed.value == 3
    others = facts.profile(open_profile(watched, "Department of Labor")).safeguards
    assert not others.are_watched  # none of its six is high-impact


def test_a_profile_counts_its_marked_initiatives_by_status_and_all_without_an_assessment(
    watched: Edition,
) -> None:
    own = facts.profile(open_profile(watched, "Department of Energy")).safeguards
    assert listed(own.marked_by_status) == {"production": 12, "development": 4}
    assert own.without_assessment.value == 6  # five of the other level, and one of an unknown level


def test_few_answers_on_the_risk_leave_only_the_watched_among_those_not_assessed(tmp_path: Path) -> None:
    own = UseCase("Tri", "Deployed", risk=HIGH, assessment="Yes", agency="Department of Labor")
    edition = opened(tmp_path, (1, own), (4, own._replace(name="Muet", risk="", assessment="")))
    safeguards = facts.profile(open_profile(edition, "Department of Labor")).safeguards
    assert (safeguards.watched.value, safeguards.unassessed.value) == (1, 0)


def test_the_table_gives_the_assessments_of_the_watched_initiatives_alone(watched: Edition) -> None:
    table = Safeguards(watched).table
    counted = table.groupby("field")["n_initiatives"].sum()
    assert (counted["risk"], counted["assessment"]) == (31, 19)


def test_the_technique_singled_out_is_the_first_of_its_list(watched: Edition) -> None:
    technique = facts.uses(watched).technique
    assert technique.are_told
    assert (technique.first, technique.singled.value, technique.given.value) == ("Generative AI", 10, 12)


def test_a_source_without_such_fields_has_no_section() -> None:
    edition = reconstructed()
    assert not Safeguards(edition).are_told
    assert not facts.uses(edition).technique.are_told
    assert set(edition.initiatives["risk"]) == {""}
    assert isinstance(tables.safeguards(Safeguards(edition).table, edition, "fr"), Nothing)


def test_too_few_answers_are_not_told(tmp_path: Path) -> None:
    edition = opened(tmp_path, (9, UseCase("Tri", "Deployed", risk=HIGH)), (9, UseCase("Plan", "Pilot")))
    assert not Safeguards(edition).are_told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "heading", "silence"),
    [
        (
            "fr",
            "# Garde-fous : 10 des 15 initiatives « à fort impact » en production ont la réponse « Oui »",
            "Trois initiatives « à fort impact » en production sont sans réponse sur l’évaluation",
        ),
        (
            "en",
            "# Safeguards: 10 of the 15 use cases marked “High-impact” in production have the answer “Yes”",
            "Three use cases marked “High-impact” in production are without an answer on the assessment",
        ),
    ],
)
def test_the_section_says_its_finding_and_where_silence_sits(
    watched: Edition, tmp_path: Path, language: str, heading: str, silence: str
) -> None:
    asked = {"source": "us-federal", "year": 2025, "language": language, "data": str(tmp_path)}
    text = " ".join(prose_of_chapter("06-safeguards", **asked).split())
    assert heading in text
    assert silence in text
    assert "personal information" not in text  # nobody answers it


@pytest.mark.slow
def test_safeguards_needs_and_registers_are_chapters_of_their_own(watched: Edition, tmp_path: Path) -> None:
    asked = {"source": "us-federal", "year": 2025, "language": "en", "data": str(tmp_path)}
    assert "# Safeguards: " in prose_of_chapter("06-safeguards", **asked)
    assert "# Other registers: " in prose_of_chapter("08-registers", **asked)
    quebec = {"source": "quebec", "year": 2025, "language": "en"}
    assert "# Other registers: " in prose_of_chapter("08-registers", **quebec)
    for chapter in ("06-safeguards", "07-needs"):  # a title alone, so no chapter
        assert prose_of_chapter(chapter, **quebec).strip().count("\n") == 0


@pytest.mark.slow
@needs_real_data
def test_the_american_file_of_2025_as_counted_by_hand() -> None:
    edition = real_edition("us-federal", 2025)
    safeguards = Safeguards(edition)
    assert (safeguards.risk.given.value, safeguards.risk.singled.value) == (2630 + 445 + 110, 445)
    assert (safeguards.risk.silent.value, safeguards.watched.value) == (426, 227)
    assert (safeguards.assessment.given.value, safeguards.assessment.singled.value) == (90 + 36, 36)
    assert safeguards.assessment.silent.value == 101
    assert listed(safeguards.assessment.silence.names) == {"Department of Veterans Affairs": 94}
    assert (safeguards.blank.value, safeguards.silent_elsewhere.value) == (215, Fraction(7, 133))
    technique = facts.uses(edition).technique
    assert (technique.singled.value, technique.given.value) == (858, 2949)
    assert not (edition.initiatives[["risk", "assessment", "technique"]] == "unclassified").any().any()


@needs_real_data
def test_the_canadian_register_as_counted_by_hand() -> None:
    safeguards = Safeguards(real_edition("ca-federal", 2025))
    found = safeguards.personal_information, safeguards.notice
    assert [(each.given.value, each.singled.value) for each in found] == [(222 + 87, 87), (197 + 79, 197)]
    assert (safeguards.personal_information.silent.value, safeguards.notice.silent.value) == (100, 133)
    assert (safeguards.finding, safeguards.risk.is_asked) == ("personal information", False)
