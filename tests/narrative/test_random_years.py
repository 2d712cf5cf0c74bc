"""What the report says of plausible editions drawn at random is true, grammatical and cautious.

`PORTRAIT_CASES` sets how many editions are drawn, and how many changes of one cell are tried.
"""

from __future__ import annotations

import itertools
import os
import random
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.narrative import random_years
from tests.narrative.judging import judge, judge_files
from tests.narrative.random_years import RandomEdition, random_edition
from tests.real_data import REAL_DATA, needs_real_data
from tests.small import DEVELOPMENT, PRODUCTION, SILENT

pytestmark = pytest.mark.slow

CASES = os.environ.get("PORTRAIT_CASES", "")
SAY_MOST = tuple(
    10_000 + each
    for each in (
        *(13, 17, 20, 22, 23, 42, 48, 51, 52, 54, 60, 63, 67, 87),
        *(102, 108, 110, 113, 121, 123, 126, 128, 129, 140, 147, 148, 156, 163, 190, 200),
    )
)
"""Seeds of editions whose texts have every cell of those of the first 160 small ones (December 2026)."""
N_CHANGES = int(CASES or "4")
WITH_PICTURES = 1
"""Editions of which each figure and table is made too."""
PROJECT = Path(__file__).parents[2]
SEED_OF_CHANGES = 20_000
ODD_CELLS = (
    "",
    " ",
    "À l’étude",
    "s. o.",
    "Autre",
    "l'école d'été",
    "Étude d’« impact »",
    "100 % IA (2025)",
    "*_[x](y)_*",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project whose source has six years, of three vocabularies."""
    return random_years.make_project(tmp_path_factory.mktemp("project"))


@cache
def small_editions(count: int) -> tuple[RandomEdition, ...]:
    """Return editions of a few hundred rows at most, to try many in a short time."""
    drawn = (random_edition(seed) for seed in itertools.count(10_000))
    return tuple(
        itertools.islice((each for each in drawn if sum(map(len, each.years.values())) < 600), count)
    )


@pytest.mark.parametrize(
    "edition",
    small_editions(int(CASES)) if CASES else [*map(random_edition, SAY_MOST)],
    ids=lambda edition: f"seed {edition.seed}",
)
def test_what_is_said_of_a_random_edition_is_true(edition, project):
    assert list(map(str, judge(edition, project))) == []


@pytest.mark.parametrize("field", random_years.MAY_LACK)
def test_what_is_said_is_true_where_the_source_lacks_a_field(field, project):
    edition = replace(small_editions(8)[-1], without=frozenset({field}))
    assert list(map(str, judge(edition, project))) == []


@pytest.mark.parametrize("edition", small_editions(WITH_PICTURES), ids=lambda edition: f"seed {edition.seed}")
def test_each_figure_and_table_of_a_random_edition_can_be_made(edition, project):
    assert [each for each in judge(edition, project, pictures=True) if each.kind == "crash"] == []


def changed(edition: RandomEdition, seed: int) -> RandomEdition:
    """Change one cell of one year: another value of its column, nothing, or what nobody foresaw."""
    draw = random.Random(seed)
    year = draw.choice(list(edition.years))
    rows = list(edition.years[year])
    place, column = draw.randrange(len(rows)), draw.randrange(len(rows[0]))
    others = [row[column] for row in rows]
    value = draw.choice(
        [draw.choice(others), draw.choice(ODD_CELLS), "", draw.choice([PRODUCTION, DEVELOPMENT, SILENT])]
    )
    row = list(rows[place])
    row[column] = value
    rows[place] = tuple(row)  # type: ignore[call-overload]
    return replace(edition, years={**edition.years, year: tuple(rows)})


@pytest.mark.parametrize("seed", range(SEED_OF_CHANGES, SEED_OF_CHANGES + N_CHANGES))
def test_what_is_said_stays_true_when_one_cell_changes(seed, project):
    edition = random.Random(seed).choice(small_editions(8))
    assert list(map(str, judge(changed(edition, seed), project))) == []


def test_the_editions_drawn_are_of_every_kind():
    drawn = [random_edition(seed) for seed in range(250)]
    sizes = [len(edition.years[edition.year]) for edition in drawn]
    assert min(sizes) == 1
    assert max(sizes) > 2_000
    assert sorted(sizes)[len(sizes) // 2] < 100
    assert {len(edition.years) for edition in drawn} == {1, 2, 3, 4, 5}
    last = [edition.years[edition.year] for edition in drawn]
    statuses = [{row[5] for row in rows} for rows in last if len(rows) > 5]
    assert {SILENT} in statuses
    assert {PRODUCTION} in statuses
    assert any(len(each) == 5 for each in statuses)
    assert any(len({row[2] for row in rows}) == 1 and len(rows) > 20 for rows in last)
    assert any({row[1] for row in rows} == {""} and len(rows) > 20 for rows in last)
    assert any("(Réseau)" in row[3] for rows in last for row in rows)
    assert any(set(Counter(row[3] for row in rows).values()) == {3} for rows in last)
    assert {field for edition in drawn for field in edition.without} == {*random_years.MAY_LACK}
    both = [
        (edition.years[edition.year - 1], edition.years[edition.year])
        for edition in drawn
        if len(edition.years) > 1
    ]
    assert any(not {row[2] for row in then} & {row[2] for row in now} for then, now in both)
    assert any({row[0] for row in then[1:]} == {row[0] for row in now[1:]} for then, now in both)
    assert any(
        {row[1] for row in then} & {random_years.IMAGES[0]}
        and {row[1] for row in now} & {random_years.IMAGES[1]}
        for then, now in both
    )


def test_an_edition_is_drawn_again_from_its_seed():
    assert random_edition(7) == random_edition(7) != random_edition(8)


@needs_real_data
@pytest.mark.parametrize(("source", "year"), [("us-federal", 2025), ("ca-federal", 2025)])
def test_what_is_said_of_the_registers_as_published_is_true(source, year):
    folder = Path(str(REAL_DATA)) / source
    files = {int(path.stem): path for path in sorted(folder.glob("20??.csv"))}
    at_hand = {each: path for each, path in files.items() if each <= year}
    assert list(map(str, judge_files(PROJECT, folder.parent, source, year, at_hand))) == []
