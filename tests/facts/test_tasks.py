"""What titles say that initiatives do: counts that anybody can take again, and examples by name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.facts.published import published_tables
from tests import small
from tests.facts.editions import opened, reconstructed
from tests.inventories import UseCase, write_inventory
from tests.real_data import needs_real_data, real_edition

TITLES = (
    "Robot conversationnel interne",
    "Traduction de lettres courantes",
    "Résumé de comptes rendus",
    "Classification de plaintes reçues",
)
PORTFOLIOS = ("Justice", "Travail", "Famille", "Finances", "Tourisme")


def named(*titles: str) -> list[small.Row]:
    return [small.row(title) for title in titles]


def many() -> list[small.Row]:
    """Twelve titles that name a task: five assistants of five portfolios, seven others of Justice."""
    assistants = [small.row(f"Robot conversationnel de {each}", portfolio=each) for each in PORTFOLIOS]
    others = named(*["Traduction automatique de lettres"] * 4, *["Détection de fuites d’eau"] * 3)
    return [
        *assistants,
        *others,
        *named("Plan de quartier", "IA générative", "Generative AI - Code Generation"),
    ]


def test_titles_are_those_that_name_a_task_generic_ones_and_the_rest(tmp_path: Path) -> None:
    tasks = facts.uses(opened(tmp_path, many(), named("Robot conversationnel"))).tasks
    assert (tasks.naming.value, tasks.generic.value, tasks.unmatched.value) == (12, 2, 1)
    assert tasks.naming_share.value == Fraction(12, 15)
    assert [tasks.main.numbers[f"{part}{n}"] for n in range(3) for part in ("name", "count")] == [
        *("assistant", 5),
        *("translation", 4),
        *("detection", 3),
    ]
    assert tasks.listed == [("assistant", 5), ("translation", 4), ("detection", 3)]
    assert tasks.first == "assistant"
    assert tasks.portfolios_of_first.value == 5


def test_titles_are_of_portfolios_where_each_that_names_the_first_task_has_one(tmp_path: Path) -> None:
    unnamed = small.row("Robot conversationnel de nuit", portfolio="")
    elsewhere = small.row("Détection de fuites d’eau", portfolio="")
    assert facts.uses(opened(tmp_path / "other", [*many(), elsewhere])).tasks.names_portfolios
    assert not facts.uses(opened(tmp_path / "first", [*many(), unnamed])).tasks.names_portfolios


def test_tasks_that_tie_have_no_first(tmp_path: Path) -> None:
    assert facts.uses(opened(tmp_path, named("Traduction", "Détection"))).tasks.first == ""


@pytest.mark.parametrize(("n", "told"), [(9, False), (10, True)])
def test_the_section_needs_as_many_titles_as_a_share(tmp_path: Path, n: int, told: bool) -> None:
    assert facts.uses(opened(tmp_path, named(*["Traduction"] * n))).tasks.are_told is told


def test_reconstructed_rows_have_no_titles_to_read() -> None:
    tasks = facts.uses(reconstructed()).tasks
    assert tasks.naming.why == "reconstructed rows"
    assert tasks.naming.reason.en == "The rows were reconstructed from totals."
    assert not tasks.are_told
    assert tasks.examples == []
    tables = published_tables(reconstructed())
    assert len(tables["tasks"]) == 0
    assert set(tables["initiatives"]["title_tells"]) == {""}


@needs_real_data
def test_no_task_is_read_from_titles_in_a_language_that_the_dictionary_lacks() -> None:
    tasks = facts.uses(real_edition("nl", "2026-07-15")).tasks
    assert not tasks.are_told
    assert tasks.naming.why == "field not published"


def test_four_examples_or_six_are_shown_or_none(tmp_path: Path) -> None:
    rows = [
        small.row(title, portfolio=portfolio, benefits="Gain de temps")
        for title, portfolio in zip((*TITLES, "Détection de fuites d’eau"), PORTFOLIOS, strict=True)
    ] * 2
    five = facts.uses(opened(tmp_path / "five", rows)).tasks
    shown = five.examples
    assert five.titles_of_first == []  # the examples say more
    assert [each.task for each in shown] == ["assistant", "classification", "detection", "summary"]
    silent = [small.row(title, benefits="") for title in TITLES[:3]] * 4
    assert facts.uses(opened(tmp_path / "silent", silent)).tasks.examples == []


def test_where_no_text_says_more_three_titles_show_the_first_task(tmp_path: Path) -> None:
    rows = [
        (name, category, f"Office {n}", portfolio, "", status)
        for n, (name, category, _, portfolio, _, status) in enumerate(many())
    ]
    tasks = facts.uses(opened(tmp_path / "silent", rows)).tasks
    assert tasks.examples == []
    # The five titles are as much alike, but for the names: each is of another body.
    bodies = {f"Robot conversationnel de {each}": f"Office {n}" for n, each in enumerate(PORTFOLIOS)}
    assert len(tasks.titles_of_first) == 3
    assert all(bodies[title] == body for title, body in tasks.titles_of_first)
    one_body = [(*row[:2], "Office", *row[3:]) for row in rows]
    assert facts.uses(opened(tmp_path / "one body", one_body)).tasks.titles_of_first == []


def test_examples_are_in_production(tmp_path: Path) -> None:
    kept = [
        small.row(f"{title} {n}", portfolio=portfolio, status=status)
        for title, portfolio in zip(TITLES, PORTFOLIOS, strict=False)
        for n, status in enumerate((small.DEVELOPMENT, small.PRODUCTION, small.DEVELOPMENT))
    ]
    shown = facts.uses(opened(tmp_path, kept)).tasks.examples
    assert {each.name[-1] for each in shown} == {"1"}


def test_an_example_says_what_it_is_for_in_the_first_words_of_its_benefits(tmp_path: Path) -> None:
    benefits = ["Gain de temps.", "mot " * 25, "mot " * 30, "Moins\nd’erreurs"]
    rows = [
        small.row(title, portfolio=portfolio, benefits=benefit)
        for title, portfolio, benefit in zip(TITLES, PORTFOLIOS, benefits, strict=False)
    ] * 3
    tasks = facts.uses(opened(tmp_path, rows)).tasks
    told = {each.task: (each.purpose, each.purpose_en) for each in tasks.examples}
    expected = {
        "assistant": "Gain de temps",
        "translation": " ".join(["mot"] * 25),
        "summary": " ".join(["mot"] * 15) + "…",
        "classification": "Moins d’erreurs",
    }
    assert told == {task: (text, text) for task, text in expected.items()}


def test_the_description_says_what_an_example_is_for_before_its_benefits_do(tmp_path: Path) -> None:
    titles = {
        "Support chatbot for staff": "",
        "Letter translation service": "Find words.",
        "Leak detection tool": "",
    }
    titles |= {"Meeting summary tool": "Find it"}
    rows = [
        UseCase(f"{title} {n}", "Deployed", agency=f"Agency {title}", benefits="Time saved", problem=problem)
        for title, problem in titles.items()
        for n in range(3)
    ]
    data = write_inventory(tmp_path, 2025, rows)
    shown = facts.uses(facts.open_edition("us-federal", 2025, data=data)).tasks.examples
    assert {each.name[:-2]: each.purpose for each in shown} == {
        "Support chatbot for staff": "Time saved",
        "Letter translation service": "Find words",
        "Leak detection tool": "Time saved",
        "Meeting summary tool": "Find it",
    }


@needs_real_data
def test_a_canadian_example_says_what_the_system_is_in_each_language() -> None:
    examples = facts.uses(real_edition("ca-federal", 2025)).tasks.examples
    [sensors] = [each for each in examples if each.task == "detection"]
    assert sensors.purpose.startswith(
        "Utilisation de l'apprentissage automatique pour détecter les anomalies"
    )
    assert sensors.purpose_en.startswith("Use of Machine Learning to detect sensor data anomalies")


def test_the_published_table_names_each_task_once_with_the_portfolio(tmp_path: Path) -> None:
    tables = published_tables(opened(tmp_path, named("Traduction et résumé de lettres", "Plan")))
    assert tables["tasks"].to_numpy().tolist() == [
        ["2025", "2", "summary", "Justice"],
        ["2025", "2", "translation", "Justice"],
    ]


def test_two_tasks_make_no_table(tmp_path: Path) -> None:
    rows = named(*["Robot conversationnel interne"] * 8, *["Traduction de lettres"] * 4)
    assert facts.uses(opened(tmp_path, rows)).tasks.listed == []
