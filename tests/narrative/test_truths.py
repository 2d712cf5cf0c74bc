"""The truth tests themselves: they fire on a false sentence, and know nothing of the program."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests import small
from tests.narrative import reading
from tests.narrative.facts import Facts
from tests.narrative.judging import LANGUAGES, TRUTHS, judge_files
from tests.narrative.random_years import HEALTH
from tests.small import DECISION, DEVELOPMENT, SILENT, row

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
INDEPENDENT = {
    "__future__", "ast", "collections", "csv", "dataclasses", "functools", "io", "itertools", "math", "pathlib", "re",
    "typing", "unicodedata", "yaml",
}  # fmt: skip

BEFORE = [row(body=f"Bureau {n % 4}", status=DEVELOPMENT) for n in range(12)]
NOW = [
    *(row(body=f"Bureau {n % 5}") for n in range(9)),
    *(row(body=f"Office {n}", category=DECISION, status=DEVELOPMENT) for n in range(6)),
    row(body="", portfolio=f"{HEALTH} (Réseau)", status=SILENT),
]


@pytest.fixture(scope="module")
def facts(tmp_path_factory) -> Facts:
    """Two years of Québec: 12 initiatives of 4 bodies, then 16 of 12."""
    folder = tmp_path_factory.mktemp("facts")
    for year, rows in ((2024, BEFORE), (2025, NOW)):
        small.write_year(folder, year, rows)
    return Facts(PROJECT, "quebec", 2025, {y: folder / "quebec" / f"{y}.csv" for y in (2024, 2025)})


def kinds(text: str, language: str, facts: Facts) -> set[str]:
    return {finding.kind for finding in reading.findings([text], language, facts)}


@pytest.mark.parametrize(
    "name", ["facts", "reading", *(module.__name__.rpartition(".")[2] for module in TRUTHS)]
)
def test_the_truth_tests_import_nothing_of_the_program(name):
    tree = ast.parse((HERE / f"{name}.py").read_text("utf-8"))
    imported = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    } | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= INDEPENDENT | {"tests"}
    assert {name for name in imported if name.startswith("tests")} <= {
        "tests.narrative.facts",
        "tests.narrative.reading",
    }


SENTENCES = [
    (
        "fr",
        "L’édition de 2025 compte {} initiatives déclarées de {} que celle de 2024\u00a0: {}, contre {}.",
        ["4", "plus", "16", "12"],
        ["5", "moins", "15", "13"],
    ),
    (
        "en",
        "Since 2024, {} portfolios added {} initiatives: Justice (+{}) and Health (+{}).",
        ["two", "4", "3", "1"],
        ["three", "5", "4", "2"],
    ),
    (
        "fr",
        "Plus de la moitié des initiatives sont en {}, même si les autres sont comptées ailleurs.",
        ["production"],
        ["développement"],
    ),
    (
        "en",
        "Two portfolios account for all {} initiatives whose status is not known: A and B.",
        ["1"],
        ["2"],
    ),
]


@pytest.mark.parametrize(("language", "sentence", "true", "false"), SENTENCES)
def test_a_true_sentence_is_read_and_each_false_value_in_it_is_found(facts, language, sentence, true, false):
    assert kinds(sentence.format(*true), language, facts) == set()
    for place, wrong in enumerate(false):
        values = [*true[:place], wrong, *true[place + 1 :]]
        assert kinds(sentence.format(*values), language, facts), wrong


@pytest.mark.parametrize(
    "text",
    [
        "Il y a 12 ministères.",
        "La plupart, soit plus de la moitié, sont en production.",
        "Le nombre augmente.",
        "L’édition de 2025 compte 4 initiatives déclarées de plus que celle de 2024\u00a0: 16, contre 12, dont 1 seule.",
    ],
)
def test_a_number_or_a_word_of_size_that_no_pattern_reads_is_found(facts, text):
    assert "unread" in kinds(text, "fr", facts)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Ce qui ne l’est pas : aucune mention n’en a été trouvée."),
        ("en", "What is left out: no statement of it was found."),
    ],
)
def test_what_a_source_leaves_out_is_not_said_to_be_unrecorded(facts, language, text):
    assert kinds(text, language, facts) == {"unsaid_exclusions"}


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("une hausse de 54\u00a0%", 168, 258),
        ("presque aucun changement", 1000, 1001),
        ("aucun changement", 12, 12),
        ("une baisse de 3 organismes", 7, 4),
        ("une baisse de plus de 99\u00a0%", 217, 1),
        ("a decrease of 35%", 258, 168),
    ],
)
def test_a_change_is_read_with_its_direction_and_its_size(text, before, after):
    reading.change_is(text, before, after)
    with pytest.raises(reading.Untrue):
        reading.change_is(text, after + 90, before)


@pytest.mark.parametrize(
    "text",
    [
        "une hausse de 43\u00a0%",
        "presque aucun changement",
        "aucun changement",
        "une hausse de 4 initiatives",
    ],
)
def test_a_change_from_seven_to_ten_is_three_and_no_percentage(text):
    with pytest.raises(reading.Untrue):
        reading.change_is(text, 7, 10)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("A (9), B (4) et C (4), les 2 derniers à égalité", "AAAAAAAAABBBBCCCC"),
        ("A (2) et B (2)", "AABB"),
        ("A (9), B (4) et 5 autres à égalité (1)", "AAAAAAAAABBBBCDEFG"),
        ("7 à égalité (1)", "ABCDEFG"),
    ],
)
def test_a_ranking_is_read_with_its_ties(text, counts):
    n = 2 if "les 2 derniers" in text else 3
    reading.ranking_is(text, Counter(counts), n, str)
    for other in (counts + "ZZZZZZZZZZ", counts.replace("B", "", 1), counts + "A"):
        with pytest.raises(reading.Untrue):
            reading.ranking_is(text, Counter(other), n, str)


@pytest.mark.parametrize(
    ("text", "part", "whole", "is_true"),
    [
        ("54\u00a0%", 139, 258, True),
        ("55\u00a0%", 139, 258, False),
        ("moins de 1\u00a0%", 1, 258, True),
        ("0\u00a0%", 1, 258, False),
        ("plus de 99\u00a0%", 257, 258, True),
        ("100\u00a0%", 257, 258, False),
        ("3 sur 7", 3, 7, True),
        ("43\u00a0%", 3, 7, False),
        ("139 of 258", 139, 258, False),
    ],
)
def test_a_share_is_read_as_it_is_rounded_and_never_of_few(text, part, whole, is_true):
    if is_true:
        reading.share_is(text, part, whole)
    else:
        with pytest.raises(reading.Untrue):
            reading.share_is(text, part, whole)


def test_every_pattern_reads_french_and_english_with_the_same_parts():
    assert len(reading.PATTERNS) > 15
    for pattern in reading.PATTERNS:
        french, english = (set(pattern.expressions[language].groupindex) for language in LANGUAGES)
        assert french == english, pattern.name


@pytest.mark.slow
def test_what_the_report_says_of_the_embedded_rows_is_true():
    files = {year: PROJECT / "data" / "sample" / "quebec" / f"{year}.csv" for year in (2024, 2025)}
    assert list(map(str, judge_files(PROJECT, Path(), "quebec", 2025, files))) == []
