"""Tasks are published where people who read titles found them precise enough."""

import csv
import os
from fractions import Fraction
from pathlib import Path

import pytest

from portrait.registers.codebook import GENERIC, TASKS, codebook_of, themes_in
from portrait.registers.judged import LEAST_PRECISION, Verdict, precisions, read_tasks, recall, verdicts
from portrait.registers.parsing import Faults
from portrait.registers.project import REFERENCE

PROJECT = Path(__file__).parents[2]
REAL_DATA = os.environ.get("PORTRAIT_REAL_DATA")
JUDGED = {name: verdicts(PROJECT / REFERENCE / name, Faults()) for name in ("us-federal", "ca-federal")}
TITLES = {"us-federal": "use_case_name", "ca-federal": "name_ai_system_fr"}


def of(*found, drawn="random", dictionary="first", task="search"):
    return [Verdict(row, drawn, dictionary, task, each) for row, each in enumerate(found, start=2)]


def test_precision_is_the_share_of_right_ones_among_those_found():
    assert precisions(of("right", "right", "wrong", "missed", "none")) == {"search": Fraction(2, 3)}


def test_a_task_that_was_judged_again_counts_by_its_mended_patterns_alone():
    again = of("right", dictionary="mended")
    assert precisions([*of("right", "wrong"), *again]) == {"search": Fraction(1)}
    assert precisions([*again, *of("right", "wrong")]) == {"search": Fraction(1)}


def test_recall_is_over_the_titles_drawn_at_random():
    drawn_for_a_task = of("right", "right", drawn="task")
    assert recall([*of("right", "missed", "missed", "wrong"), *drawn_for_a_task]) == Fraction(1, 3)
    assert recall([*of("none", task=""), *of("right", task=GENERIC)]) is None


def write(path, header, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


@pytest.mark.parametrize(
    ("found", "published"),
    [
        (["right"] * 17 + ["wrong"] * 3, ["search"]),  # just 85 %
        (["right"] * 16 + ["wrong"] * 3, []),  # 84 %
        ([], []),  # nobody judged it
    ],
)
def test_a_task_is_published_from_the_least_precision(tmp_path, found, published):
    words = ("Recherche", "Search", "Retrouve.", "Finds.", "recherche", "search", "Recherche.", "Search.")
    write(tmp_path / "tasks.csv", TASKS.columns, ("search", *words))
    header = ("year", "row", "drawn", "dictionary", "task", "verdict", "recorded_by")
    rows = [(2025, n, "random", "first", "search", each, "A") for n, each in enumerate(found, start=2)]
    write(tmp_path / "one" / "tasks-judged.csv", header, *rows[:10])
    write(tmp_path / "two" / "tasks-judged.csv", header, *rows[10:])
    assert [task.name for task in read_tasks(tmp_path)] == published


@pytest.mark.parametrize("source", JUDGED)
def test_two_hundred_titles_of_each_real_register_drawn_at_random_were_read(source):
    assert len({each.row for each in JUDGED[source] if each.drawn == "random"}) == 200


def test_every_task_but_the_one_withheld_is_precise_enough():
    precise = precisions([each for judged in JUDGED.values() for each in judged])
    withheld = {task for task, share in precise.items() if share < LEAST_PRECISION}
    assert withheld == {"drafting"}
    assert precise.keys() == {task.name for task in codebook_of(PROJECT / REFERENCE, Faults(), TASKS)}


@pytest.mark.skipif(not REAL_DATA, reason="needs PORTRAIT_REAL_DATA, the folder of real data")
@pytest.mark.parametrize("source", TITLES)
def test_the_dictionary_still_finds_each_task_that_was_judged_right(source):
    tasks = codebook_of(PROJECT / REFERENCE, Faults(), TASKS)
    with Path(REAL_DATA, source, "2025.csv").open(encoding="utf-8-sig", newline="") as stream:
        titles = {row: line[TITLES[source]] for row, line in enumerate(csv.DictReader(stream), start=2)}
    right = [each for each in JUDGED[source] if each.dictionary == "first" and each.verdict == "right"]
    assert [each for each in right if each.task not in themes_in(titles[each.row], tasks)] == []
