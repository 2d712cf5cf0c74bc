"""Tasks that titles name, and the initiatives that show each by name."""

import pandas as pd
import pytest

from portrait import indicators
from portrait.registers.codebook import GENERIC, Theme


def task(name, *patterns):
    return Theme(name, {"fr": name, "en": name}, {"fr": name, "en": name}, patterns, (patterns[0],))


TASKS = (task("search", "recherche"), task("summary", "resume"), task(GENERIC, r"(?<!.)ia - \w+ de texte"))


def titles(*named):
    """Give what titles tell, each with its portfolio: ``"Recherche de plans/Justice"``; rows from 2."""
    cells = [(row, *text.split("/")) for row, text in enumerate(named, start=2)]
    rows = pd.DataFrame(cells, columns=["row", "name", "portfolio_folded"])
    return indicators.tasks_of_titles(rows, TASKS)


def test_a_title_names_several_tasks_one_or_none():
    table = titles("Recherche et résumé de lois/A", "Résumé/A", "Plan/A", "/A")
    assert list(table["tasks"]) == [("search", "summary"), ("summary",), (), ()]
    assert list(table["title_tells"]) == ["task", "task", "nothing", "nothing"]


def test_no_task_is_read_from_a_generic_title():
    table = titles("IA - Résumé de texte/A", "Projet d’IA - Résumé de texte/A")
    assert list(table["title_tells"]) == ["generic", "task"]
    assert list(table["tasks"]) == [(), ("summary",)]


def test_a_title_that_names_two_tasks_has_a_row_for_each():
    named = indicators.by_task(titles("Recherche et résumé de lois/A", "Plan/A", "Résumé/B"))
    assert list(zip(named["row"], named["task"], strict=True)) == [
        (2, "search"),
        (2, "summary"),
        (4, "summary"),
    ]


def examples(table, *, eligible=range(100), most=6):
    found = indicators.task_examples(indicators.by_task(table), set(eligible), most)
    return list(zip(found["task"], found["row"], strict=True))


def test_the_title_most_like_those_of_its_task_shows_it():
    table = titles(
        "Recherche de vieux navires coulés/A", "Recherche de plans anciens/B", "Recherche de plans récents/C"
    )
    # The two titles about plans are like each other; the earlier row comes first where both are as much so.
    assert examples(table) == [("search", 3)]


@pytest.mark.parametrize(
    "title",
    ["Recherche juridique", "Recherche de " + "textes " * 12 + "anciens"],
    ids=["two words", "too long"],
)
def test_a_title_too_short_or_too_long_shows_nothing(title):
    assert examples(titles(f"{title}/A")) == []


def test_the_largest_task_comes_first_and_a_portfolio_serves_once():
    table = titles(
        "Résumé de lois anciennes/A", "Recherche de plans anciens/A", "Recherche de vieux plans/unknown"
    )
    assert examples(table) == [("search", 3)]  # A has served, and a portfolio that is not named shows nothing


def test_a_title_serves_once_and_a_row_that_may_not_be_shown_never():
    table = titles("Recherche et résumé de lois/A", "Recherche et résumé de lois/B")
    assert examples(table) == [("search", 2)]
    assert examples(table, eligible=[3]) == [("search", 3)]
    assert examples(table, most=1, eligible=[2]) == [("search", 2)]
