"""Themes and tasks are published where people who read texts found them precise enough."""

import csv
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from portrait.registers.codebook import BENEFITS, GENERIC, NO_BENEFIT, TASKS, codebook_of, themes_in
from portrait.registers.judged import (
    LEAST_PRECISION,
    Verdict,
    precisions,
    read_tasks,
    read_themes,
    recall,
    verdicts,
)
from portrait.registers.parsing import Faults
from portrait.registers.project import REFERENCE
from portrait.registers.schema import load_source
from tests.real_data import REAL_DATA, needs_real_data
from tests.small import PROJECT

JUDGED = {name: verdicts(PROJECT / REFERENCE / name, Faults()) for name in ("us-federal", "ca-federal")}
FEDERAL = PROJECT / REFERENCE / "us-federal"
BENEFITS_JUDGED = verdicts(FEDERAL, Faults(), BENEFITS)
NAMES = {each.theme for each in BENEFITS_JUDGED if each.theme}
WITHHELD = {"knowledge", "learning"}
TITLES = {"us-federal": "use_case_name", "ca-federal": "name_ai_system_fr"}


def of(*found, drawn="random", dictionary="first", theme="search"):
    return [Verdict(row, drawn, dictionary, theme, each) for row, each in enumerate(found, start=2)]


def test_precision_is_the_share_of_right_ones_among_those_found():
    assert precisions(of("right", "right", "wrong", "missed", "none")) == {"search": Fraction(2, 3)}


def test_a_task_that_was_judged_again_counts_by_its_mended_patterns_alone():
    again = of("right", dictionary="mended")
    assert precisions([*of("right", "wrong"), *again]) == {"search": Fraction(1)}
    assert precisions([*again, *of("right", "wrong")]) == {"search": Fraction(1)}


def test_the_tenth_dictionary_comes_after_the_ninth():
    assert precisions([*of("right", dictionary="10"), *of("wrong", dictionary="9")]) == {"search": 1}


def test_recall_is_over_the_titles_drawn_at_random():
    drawn_for_a_task = of("right", "right", drawn="task")
    assert recall([*of("right", "missed", "missed", "wrong"), *drawn_for_a_task]) == Fraction(1, 3)
    assert recall([*of("none", theme=""), *of("right", theme=GENERIC)]) is None


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


@needs_real_data
@pytest.mark.parametrize("source", TITLES)
def test_the_dictionary_still_finds_each_task_that_was_judged_right(source):
    tasks = codebook_of(PROJECT / REFERENCE, Faults(), TASKS)
    with Path(REAL_DATA, source, "2025.csv").open(encoding="utf-8-sig", newline="") as stream:
        titles = {row: line[TITLES[source]] for row, line in enumerate(csv.DictReader(stream), start=2)}
    right = [each for each in JUDGED[source] if each.dictionary == "first" and each.verdict == "right"]
    assert [each for each in right if each.theme not in themes_in(titles[each.row], tasks)] == []


# The themes of benefits


def read_with(folder, found):
    """Read a codebook of one theme, of which a person found these verdicts, and of `none`."""
    words = ("Temps", "Time", "Du temps.", "Time.", "temps", "Du temps.")
    none = (NO_BENEFIT, "Aucun", "None", "Aucun.", "None.", "aucun", "Aucun.")
    write(folder / "benefits.csv", BENEFITS.columns, ("time", *words), none)
    if found:
        header = ("year", "row", "drawn", "dictionary", "theme", "verdict", "recorded_by")
        rows = [(2025, row, "random", "1", "time", each, "A") for row, each in enumerate(found, start=2)]
        write(folder / "benefits-judged.csv", header, *rows)
    return [theme.name for theme in read_themes(folder)]


@pytest.mark.parametrize(
    ("found", "published"),
    [
        (["right"] * 17 + ["wrong"] * 3, ["time", NO_BENEFIT]),  # just 85 %
        (["right"] * 16 + ["wrong"] * 3, [NO_BENEFIT]),  # 84 %
        (["missed"], [NO_BENEFIT]),  # found in no text that was read
        ([], ["time", NO_BENEFIT]),  # nobody judged the codebook
    ],
)
def test_a_theme_is_published_from_the_least_precision_or_where_nobody_judged(tmp_path, found, published):
    assert read_with(tmp_path, found) == published


def test_two_hundred_texts_drawn_at_random_were_read_and_two_hundred_more_once_words_were_mended():
    drawn = {(each.dictionary, each.row) for each in BENEFITS_JUDGED if each.drawn == "random"}
    assert Counter(dictionary for dictionary, _ in drawn) == {"1": 200, "2": 200}
    assert len({row for _, row in drawn}) == 400


def test_the_themes_withheld_are_those_that_are_not_precise_enough():
    precise = precisions(BENEFITS_JUDGED)
    assert {theme for theme, share in precise.items() if share < LEAST_PRECISION} == WITHHELD
    published = {theme.name for theme in read_themes(FEDERAL)}
    assert published == precise.keys() - WITHHELD | {NO_BENEFIT}


def test_the_report_says_the_precision_and_recall_that_were_recorded():
    kept = [each for each in BENEFITS_JUDGED if each.dictionary == "2" and each.theme not in WITHHELD]
    found = [each.verdict == "right" for each in kept if each.verdict in ("right", "wrong")]
    told = load_source("us-federal", PROJECT).facts["codebook_check"]
    said = re.findall(r"\d+ ?%|\d+ of \d+", told["en"])
    shares = (Fraction(sum(found), len(found)), recall(kept))
    assert said == [f"{float(share):.0%}" for share in shares]
    assert re.findall(r"\d+(?= %)", told["fr"]) == re.findall(r"\d+(?=%)", told["en"])


@needs_real_data
def test_the_codebook_still_finds_in_the_real_file_what_was_judged_last():
    with Path(REAL_DATA, "us-federal", "2025.csv").open(encoding="utf-8-sig", newline="") as stream:
        texts = {row: line["benefits"] for row, line in enumerate(csv.DictReader(stream), start=2)}
    themes = codebook_of(FEDERAL, Faults())
    last = {theme: max(e.dictionary for e in BENEFITS_JUDGED if e.theme == theme) for theme in NAMES}
    judged = [each for each in BENEFITS_JUDGED if each.theme and each.dictionary == last[each.theme]]
    found = [each.theme in themes_in(texts[each.row], themes) for each in judged]
    assert found == [each.verdict in ("right", "wrong") for each in judged]
