"""The first page: which findings it tells, and what too few rows or two readings do not allow."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.change import Change
from portrait.facts.essentials import Essentials
from portrait.facts.safeguards import Asked
from portrait.language.periods import edition_period
from tests import small
from tests.facts.editions import opened, reconstructed
from tests.inventories import UseCase, write_inventory
from tests.real_data import needs_real_data, real_edition
from tests.reports import prose_of_chapter

BEFORE = [small.row("Avant", portfolio="Justice")] * 8 + [small.row("Avant", portfolio="Travail")] * 4


def of(portfolio: str, n: int, status: str = small.PRODUCTION) -> list[small.Row]:
    return [small.row(portfolio=portfolio, status=status)] * n


def told(folder: Path, now: Sequence[small.Row], before: Sequence[small.Row] = BEFORE) -> Essentials:
    return facts.essentials(opened(folder, now, before))


def test_no_rate_without_an_earlier_year_nor_from_fewer_than_ten(tmp_path: Path) -> None:
    assert told(tmp_path / "enough", of("Justice", 18)).growth_is_told
    assert not told(tmp_path / "alone", of("Justice", 18), before=()).growth_is_told
    assert not told(tmp_path / "few", of("Justice", 18), before=BEFORE[:9]).growth_is_told


@pytest.mark.parametrize(
    ("production", "development", "silent", "majority"),
    [
        (11, 9, 0, "production"),
        (10, 10, 0, ""),
        (10, 5, 5, ""),  # two thirds of those known, half of all
        (3, 11, 6, "development"),
        (5, 4, 0, ""),  # more than half of nine: too few for a share
    ],
)
def test_a_majority_is_of_all_whatever_the_silent_ones_are(
    tmp_path: Path, production: int, development: int, silent: int, majority: str
) -> None:
    rows = [
        *of("Justice", production),
        *of("Justice", development, small.DEVELOPMENT),
        *of("Justice", silent, small.SILENT),
    ]
    assert told(tmp_path, rows).stages.majority == majority


@pytest.mark.parametrize(
    ("now", "cause"),
    [
        ({"Justice": 20, "Travail": 9, "Famille": 1}, "few"),  # 12 of a net of 18
        ({"Justice": 11, "Travail": 7, "Famille": 1}, ""),  # a net of 7 has no share
    ],
)
def test_the_cause_of_a_change_is_told_where_a_few_portfolios_make_most_of_it(
    tmp_path: Path, now: dict[str, int], cause: str
) -> None:
    rows = [row for portfolio, n in now.items() for row in of(portfolio, n)]
    assert told(tmp_path, rows).cause == cause


def test_one_portfolio_is_told_where_more_than_three_make_most_of_the_change(tmp_path: Path) -> None:
    names = ("Famille", "Finances", "Tourisme", "Éducation", "Sécurité publique")
    rows = [*of("Justice", 16), *of("Travail", 14), *(row for name in names for row in of(name, 5))]
    found = told(tmp_path, rows, [*of("Justice", 8), *of("Travail", 14)])
    # Of a net of 33, the first makes 8 and each of the five others 5: two thirds take four of them.
    assert found.change.leader == "Justice"
    assert found.cause == "leader"
    assert found.leader_is_told and not found.total_tells_leader  # the highlight gives the rise without it


@needs_real_data
def test_the_rise_without_one_portfolio_is_beside_the_total_that_counts_portfolios() -> None:
    found = facts.essentials(real_edition("us-federal", 2025))
    assert found.leader_is_told and found.total_tells_leader


def test_quebec_tells_three_portfolios_and_a_majority_in_production() -> None:
    found = facts.essentials(reconstructed())
    assert (found.cause, found.stages.majority) == ("few", "production")


@pytest.mark.slow
def test_the_first_page_says_the_nouns_of_the_register_in_place_of_ours(tmp_path: Path) -> None:
    data = write_inventory(tmp_path, 2025, [UseCase(f"Case {n}", "Deployed") for n in range(12)])
    agencies = prose_of_chapter(
        "01-essentials", source="us-federal", year=2025, language="en", data=str(data)
    )
    assert "**12** use cases reported" in agencies
    assert "An absent agency may have reported nothing" in agencies
    assert "portfolio" not in agencies.lower()
    ministers = small.write_year(tmp_path, 2025, of("Justice", 12))
    quebec = prose_of_chapter("01-essentials", source="quebec", year=2025, language="fr", data=str(ministers))
    assert "agence" not in quebec


def test_a_first_edition_tells_what_titles_say_and_no_change(tmp_path: Path) -> None:
    rows = [small.row(f"Assistant conversationnel {n}") for n in range(12)]
    assert told(tmp_path, rows, before=()).told == ("task",)


@pytest.mark.parametrize(
    ("technique", "sizes", "finding"),
    [
        ("Generative AI", (6, 4, 2), "technique"),
        ("Generative AI", (4, 4, 4), "task"),
        ("Generative AI", (8, 4, 0), "task"),
        ("", (6, 4, 2), "task"),
    ],
)
def test_the_first_page_tells_a_technique_that_a_few_have_most_and_else_the_task_of_titles(
    tmp_path: Path, technique: str, sizes: tuple[int, ...], finding: str
) -> None:
    case = UseCase("", "Deployed", technique=technique, category="Science")
    agencies = [
        f"Department of {name}"
        for name, n in zip(("Energy", "Justice", "Labor"), sizes, strict=True)
        for _ in range(n)
    ]
    rows = [
        case._replace(name=f"Assistant conversationnel {n}", agency=name) for n, name in enumerate(agencies)
    ]
    data = write_inventory(tmp_path, 2025, [*rows, case._replace(name="Autre", technique="NLP")])
    at = {"source": "us-federal", "year": 2025, "language": "fr", "data": str(data)}
    edition = facts.open_edition("us-federal", 2025, data=str(data))
    assert {"technique", "task"}.intersection(facts.essentials(edition).told) == {finding}
    section = "IA générative\u00a0» : 92\u00a0% des initiatives dont la technique est donnée"
    assert (section in prose_of_chapter("03-uses", **at)) is bool(technique)


def test_the_first_page_names_a_title_of_the_first_task_where_an_example_shows_it(tmp_path: Path) -> None:
    titles = {
        "Robot conversationnel interne": "Justice",
        "Traduction de lettres": "Travail",
        "Résumé de comptes rendus": "Famille",
        "Classification de plaintes": "Finances",
    }
    rows = [small.row(title, portfolio=each) for title, each in titles.items()] * 3
    data = small.write_year(tmp_path / "tied", 2025, rows)
    first = prose_of_chapter("01-essentials", source="quebec", year=2025, language="fr", data=str(data))
    assert "Robot" not in first  # four tasks tie
    data = small.write_year(tmp_path / "led", 2025, [*rows, rows[0]])
    first = prose_of_chapter("01-essentials", source="quebec", year=2025, language="fr", data=str(data))
    assert "L’un d’eux : «\u00a0Robot conversationnel interne\u00a0» (Justice)." in first


def test_dots_that_have_the_colours_of_statuses_are_headed_by_the_portfolios_of_the_most_common(
    tmp_path: Path,
) -> None:
    portfolios = ("Justice", "Travail", "Famille", "Finances", "Tourisme", "Culture", "Transport")
    statuses = {"first in production": 0, "first in development": 20, "statuses": 19}  # in development, of 38
    for finding, n_development in statuses.items():
        now = [*of("Justice", 20 - n_development), *of("Justice", n_development, small.DEVELOPMENT)]
        now += [each for name in portfolios[1:] for each in of(name, 3)]
        assert told(tmp_path / finding, now).dots_finding == finding
    silent = [*of("Famille", 20, small.SILENT), *of("Travail", 10)]
    assert told(tmp_path / "seen", [*silent, *of("Justice", 370)]).dots_finding == "silence"  # 20 of 400
    assert told(tmp_path / "unseen", [*silent, *of("Justice", 371)]).dots_finding != "silence"
    tied = [each for name in portfolios for each in of(name, 3)]
    assert told(tmp_path / "tied", tied).dots_finding == "production"
    assert facts.essentials(reconstructed()).dots_finding == "concentrated"


def test_the_portfolios_of_a_status_are_told_whatever_the_statuses_not_known_are(tmp_path: Path) -> None:
    now = [*of("Justice", 20), *of("Travail", 9), *of("Famille", 4)]
    told_of = [told(tmp_path / str(n), [*now, *of("Famille", n, small.SILENT)]) for n in (4, 5, 16)]
    named = [each.first_by_status and each.first_by_status.numbers["listed"] for each in told_of]
    assert named == [2, 1, None]  # Famille may have 8, 9 and 20


def test_where_the_dots_of_the_cover_draw_who_reports_its_title_alone_tells_that() -> None:
    text = prose_of_chapter("01-essentials", source="quebec", year=2025, language="en")
    assert "That is an increase of 54% in initiatives since 2024." in text
    assert text.count("77% of initiatives") == 1
    assert "Since 2024, three portfolios account" not in text


def test_bodies_are_told_where_no_portfolio_is_given(tmp_path: Path) -> None:
    rows = [small.row(body=f"Régie {n}", portfolio="", status="") for n in (*range(12), 0, 0)]
    # Eleven bodies tie behind the first.
    assert told(tmp_path, rows, before=()).told == ("bodies", "without status")
    led = [small.row(body=body, portfolio="", status="") for body in "AAAABBBBCCCDDEF"]
    unnamed = small.row(body="", portfolio="", status="")
    assert told(tmp_path / "led", [*led, unnamed], before=()).told == ("main bodies", "without status")


@needs_real_data
def test_what_an_initiative_is_is_said_where_the_source_calls_it_otherwise() -> None:
    edition = real_edition("us-federal", 2025)
    assert facts.essentials(edition).defines_initiatives
    assert not facts.essentials(reconstructed()).defines_initiatives


@needs_real_data
@pytest.mark.parametrize(
    ("source", "year", "who"), [("us-federal", 2025, "portfolio"), ("uk", "2026-08", "")]
)
def test_who_reports_is_counted_with_the_total_where_four_statuses_leave_them_no_tile(
    source: str, year: int | str, who: str
) -> None:
    assert facts.essentials(real_edition(source, year)).counted_by == who  # the second gives no status
    assert facts.essentials(reconstructed()).counted_by == ""  # none is retired


def test_the_day_of_the_last_update_is_said_where_the_month_of_the_edition_is_another() -> None:
    edition = reconstructed()
    updated = {edition_period("2026-08"): {"modified": "2026-07-08"}, 2025: {"modified": "2026-07-08"}}
    source = dataclasses.replace(edition.source, facts={**edition.source.facts, "editions": updated})
    of_august = dataclasses.replace(edition, source=source, year=edition_period("2026-08"))
    assert facts.essentials(of_august).updated_apart == {"fr": "8 juillet 2026", "en": "July 8, 2026"}
    of_a_year = dataclasses.replace(edition, source=source)
    assert facts.essentials(of_a_year).updated_apart == {}


def test_the_page_tells_six_findings_that_its_heading_and_tiles_leave_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = facts.essentials(reconstructed())
    assert found.told == ("cause", "slower", "category", "first body", "ten", "breadth")
    monkeypatch.setattr(Asked, "first_is_told", True)
    found = facts.essentials(reconstructed())
    assert found.told == ("cause", "slower", "category", "first body", "risk", "ten")


def test_the_body_that_rose_most_is_told_where_the_portfolios_of_the_rise_do_not_say_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = reconstructed()
    assert "body" not in facts.essentials(edition).told  # it alone makes the rise of one of the three named
    monkeypatch.setattr(Change, "body_makes_portfolio", False)
    assert "body" in facts.essentials(edition).told


def test_a_silence_is_shared_by_portfolios_only_where_each_initiative_names_one(tmp_path: Path) -> None:
    sizes = {"Justice": 14, "Travail": 6, "Famille": 6, "Culture": 5, "Finances": 4}
    sizes |= {f"Portefeuille {n}": 1 for n in range(10)}
    silent = [
        small.row(portfolio=name, body=f"Centre {name}", status=small.SILENT)
        for name, n in sizes.items()
        for _ in range(n)
    ]
    whole = told(tmp_path / "named", [*silent, *of("Santé", 5)])
    assert whole.stages.silence.main_share.numbers["part"] == 31  # of 45
    assert "shared silence" in whole.told
    nobody = small.row(portfolio="", body="", status=small.SILENT)
    nameless = told(tmp_path / "nameless", [*silent, nobody, *of("Santé", 5)])
    assert nameless.stages.silence.main_share.numbers["part"] == 31  # of 46
    assert "shared silence" not in nameless.told


@pytest.mark.slow
@needs_real_data
@pytest.mark.parametrize(
    ("source", "findings"),
    [
        ("us-federal", ("cause", "falls", "silence", "became", "unanswered", "technique")),
        ("ca-federal", ("shared silence", "concentrated", "task", "personal information", "needs")),
        ("nl", ("bodies that rose", "found", "assessment", "bodies", "main bodies")),
        ("uk", ("main bodies", "task", "without status")),
    ],
)
def test_the_real_editions_tell_these_findings(source: str, findings: tuple[str, ...]) -> None:
    year = {"nl": "2026-07-15", "uk": "2026-08"}.get(source, 2025)
    assert facts.essentials(real_edition(source, year)).told == findings


@pytest.mark.slow
@needs_real_data
def test_what_was_in_production_is_told_where_all_is_found_and_no_other_status_is_seen() -> None:
    dutch = facts.essentials(real_edition("nl", "2026-07-15"))
    assert dutch.keeps_production
    outcomes = dutch.stages.production_outcomes
    assert (outcomes.all.value, outcomes.in_production.value, outcomes.retired.value) == (1332, 1331, 1)
    assert not facts.essentials(real_edition("us-federal", 2025)).keeps_production
