"""The truth tests themselves: they fire on a false sentence, and know nothing of the program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from portrait.editions.opening import open_edition
from portrait.facts.cells import csv_bytes
from portrait.facts.published import published_tables
from tests import small
from tests.narrative import highlights
from tests.narrative.facts import Facts
from tests.narrative.judging import LANGUAGES, judge_files, read_otherwise
from tests.narrative.random_years import HEALTH
from tests.narrative.told import CHAPTERS, tell
from tests.small import DECISION, DEVELOPMENT, SILENT, row

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
INDEPENDENT = {
    "__future__", "ast", "collections", "csv", "dataclasses", "functools", "io", "itertools", "math",
    "pathlib", "re", "typing", "unicodedata", "yaml",
}  # fmt: skip

BEFORE = [row(body=f"Bureau {n % 4}", status=DEVELOPMENT) for n in range(12)]
NOW = [
    *(row(body=f"Bureau {n % 5}") for n in range(9)),
    *(row(body=f"Office {n}", category=DECISION, status=DEVELOPMENT) for n in range(6)),
    row(body="", portfolio=f"{HEALTH} (Réseau)", status=SILENT),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two years of Québec: 12 initiatives of 4 bodies, then 16 of 12."""
    return small.write_year(small.write_year(tmp_path_factory.mktemp("facts"), 2024, BEFORE), 2025, NOW)


@pytest.fixture(scope="module")
def facts(folder) -> Facts:
    """What is true of them."""
    return Facts(PROJECT, "quebec", 2025, {y: folder / "quebec" / f"{y}.csv" for y in (2024, 2025)})


def kinds(text: str, language: str, facts: Facts) -> set[str]:
    return {finding.kind for finding in highlights.findings([text], language, facts)}


@pytest.mark.parametrize("name", ["facts", "highlights"])
def test_the_truth_tests_import_nothing_of_the_program(name):
    tree = ast.parse((HERE / f"{name}.py").read_text("utf-8"))
    imported = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    } | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= INDEPENDENT | {"tests"}
    assert {name for name in imported if name.startswith("tests")} <= {"tests.narrative.facts"}


SENTENCES = [
    (
        "fr",
        "Par rapport à 2024, {} portefeuilles déclarent davantage d’initiatives.",
        ["deux"],
        ["trois"],
    ),
    (
        "en",
        "Since 2024, {} portfolios added {} initiatives: Justice (+{}) and Health (+{}).",
        ["two", "4", "3", "1"],
        ["three", "5", "4", "2"],
    ),
    (
        "en",
        "They reported {} more initiatives than in 2024; Justice accounts for {}% of that net increase.",
        ["4", "75"],
        ["3", "74"],
    ),
    (
        "en",
        "The {} initiatives whose status is not known come from {} portfolios; one of these reported one.",
        ["1", "one"],
        ["2", "two"],
    ),
    (
        "en",
        "All {} initiatives without a status come from two portfolios: A and B.",
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


def portfolios(sizes: dict[str, int], n_silent: int = 0, n_developed: int = 0) -> list[dict[str, str]]:
    """Return rows of portfolios: the first are silent, the next in development, others in production."""
    statuses = [*[SILENT] * n_silent, *[DEVELOPMENT] * n_developed, *[small.PRODUCTION] * sum(sizes.values())]
    names = [name for name, size in sizes.items() for _ in range(size)]
    rows = enumerate(zip(names, statuses, strict=False))
    return [
        row(f"Outil {n}", portfolio=name, body=f"Bureau {name}", status=status) for n, (name, status) in rows
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_reads_a_sentence_that_the_report_prints(tmp_path, language):
    small_ones = ("Finances", "Tourisme", "Éducation")
    of_editions = {
        "two rise": (
            portfolios({"Justice": 10, "Travail": 10}),
            portfolios({"Justice": 30, "Travail": 22}, n_silent=2, n_developed=20),
        ),
        "two rise and one falls": (
            portfolios({"Justice": 10, "Travail": 10, "Finances": 20}),
            portfolios({"Justice": 30, "Travail": 22, "Finances": 10}),
        ),
        "one rises": (portfolios({"Justice": 10, "Travail": 10}), portfolios({"Justice": 30, "Travail": 10})),
        "three fall": (
            portfolios({"Justice": 30, "Travail": 20, **dict.fromkeys(small_ones, 8)}),
            portfolios({"Justice": 70, "Travail": 20, **dict.fromkeys(small_ones, 6)}),
        ),
        "three of six hold 14 of 18 silent": (
            portfolios({"Justice": 10}),
            portfolios(
                {"Travail": 6, "Famille": 5, "Finances": 3, "Tourisme": 2}
                | {"Éducation": 1, "Sécurité publique": 1, "Justice": 20},
                n_silent=18,
            ),
        ),
    }
    said = []
    for name, years in of_editions.items():
        for year, rows in zip((2024, 2025), years, strict=True):
            small.write_year(tmp_path / name, year, rows)
        told = tell(PROJECT, tmp_path / name, "quebec", 2025, language, chapters=CHAPTERS[:1])
        said += [each.text for each in told.paragraphs if each.cell.startswith("highlight-")]
    unread = [
        pattern.name
        for pattern in highlights.PATTERNS
        if not any(map(pattern.expressions[language].search, said))
    ]
    assert not unread, said


def test_few_that_make_a_rise_which_one_of_them_leads_are_named_first(tmp_path):
    """Four of six portfolios add 40, 20, 18 and 18 of 118, and none falls."""
    names = ("Justice", "Travail", "Finances", "Famille", "Tourisme", "Éducation")
    added = (40, 20, 18, 18, 11, 11)
    small.write_year(tmp_path, 2024, portfolios(dict.fromkeys(names, 10)))
    small.write_year(tmp_path, 2025, portfolios({name: 10 + n for name, n in zip(names, added, strict=True)}))
    told = tell(PROJECT, tmp_path, "quebec", 2025, "en", chapters=CHAPTERS[:1])
    first = next(each.text for each in told.paragraphs if each.cell.startswith("highlight-"))
    assert first.startswith("1. Of the 118 additional initiatives since 2024, 96 come from four portfolios: ")


def test_every_pattern_reads_french_and_english_with_the_same_parts():
    for pattern in highlights.PATTERNS:
        french, english = (set(pattern.expressions[language].groupindex) for language in LANGUAGES)
        assert french == english, pattern.name


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b",development,", b",production,", "status of 2024"),
        (b",unknown,", b",unclassified,", "status of 2025"),
        ("Aide à la décision".encode(), b"Vision", "category of 2025"),
    ],
)
def test_a_published_value_that_its_file_does_not_give_is_found(folder, facts, old, new, said):
    edition = open_edition("quebec", 2025, data=folder, project=PROJECT)
    table = csv_bytes(published_tables(edition)["initiatives"])
    assert list(read_otherwise(table, facts)) == []
    [found] = read_otherwise(table.replace(old, new, 1), facts)
    assert found.said.startswith(said)


@pytest.mark.slow
def test_what_the_report_says_of_the_embedded_rows_is_true():
    files = {year: PROJECT / "data" / "sample" / "quebec" / f"{year}.csv" for year in (2024, 2025)}
    assert list(map(str, judge_files(PROJECT, Path(), "quebec", 2025, files))) == []


def test_an_edition_without_statuses_has_tiles_of_initiatives_and_bodies(tmp_path):
    names = ("Bureau", "Bureau", "Office", "Centre", "Régie", "")
    rows = [
        row("Assistant" if n < 2 else "Tri", body=name, portfolio="", status="")
        for n, name in enumerate(names)
    ]
    data = small.write_year(tmp_path, 2025, rows)
    told = tell(PROJECT, data, "quebec", 2025, "en", chapters=CHAPTERS[:1])
    assert [each.text for each in told.paragraphs if each.cell.startswith("tile-")] == [
        "6 initiatives reported.",
        "4 bodies. A body that is absent may have reported nothing.",
    ]
