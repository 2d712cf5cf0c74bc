"""A majority that several labels make together is told with each, that of one portfolio with its name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.stages import Stages
from tests import small
from tests.facts.editions import opened, reconstructed
from tests.inventories import PROJECT, UseCase, write_inventory
from tests.reports import prose_of_chapter


def stages_of(folder: Path, **counts: int) -> Stages:
    """Return the facts of an inventory of 2025 with as many use cases at each stage."""
    names = [stage.replace("_", "-") for stage, n in counts.items() for _ in range(n)]
    write_inventory(folder, 2025, [UseCase(f"Use case {n}", stage) for n, stage in enumerate(names)])
    return facts.stages(open_edition("us-federal", 2025, data=folder, project=PROJECT))


def test_a_majority_that_no_label_makes_alone_is_told_by_its_labels(tmp_path: Path) -> None:
    stages = stages_of(tmp_path, Pre_deployment=8, Pilot=4, Deployed=8)
    found = stages.joined.numbers
    assert stages.majority == "development"  # 12 of 20
    assert [found[name] for name in ("listed", "name0", "count0", "name1", "count1")] == [
        *(2, "Pre-deployment", 8, "Pilot", 4)
    ]
    assert stages.first_joined_share.value == Fraction(8, 20)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"Pre_deployment": 12, "Pilot": 4, "Deployed": 4}, "12 of 20 make a majority alone"),
        ({"Pre_deployment": 12, "Deployed": 8}, "there is one label"),
        ({"Pre_deployment": 6, "Pilot": 6, "Deployed": 8}, "two labels tie"),
        ({"Pre_deployment": 6, "Pilot": 4, "Deployed": 10}, "there is no majority"),
    ],
)
def test_a_majority_of_one_label_or_of_none_needs_no_such_sentence(tmp_path: Path, counts, why) -> None:
    assert stages_of(tmp_path, **counts).joined is None, why


def rows(portfolio: str, in_development: int, in_production: int) -> list[small.Row]:
    """Return as many rows of a portfolio in development and in production."""
    counts = {small.DEVELOPMENT: in_development, small.PRODUCTION: in_production}
    return [small.row(portfolio=portfolio, status=status) for status, n in counts.items() for _ in range(n)]


def test_a_majority_that_one_portfolio_makes_has_its_name_and_the_bounds_without_it(tmp_path: Path) -> None:
    silent = [small.row(portfolio="Famille", status=small.SILENT)] * 2
    files = [*rows("Espace", 9, 1), *rows("Justice", 4, 2), *rows("Travail", 0, 6), *silent]
    stages = facts.stages(opened(tmp_path, files))
    assert stages.majority == "development"  # 13 of 24
    assert stages.support.portfolio == "Espace"
    assert [stages.support.others.numbers[name] for name in ("low", "high")] == [
        *(Fraction(4, 14), Fraction(6, 14))
    ]


@pytest.mark.parametrize(
    ("portfolios", "why"),
    [
        ({"Espace": (9, 1), "Justice": (8, 2), "Travail": (0, 4)}, "8 of 14 others are in development too"),
        ({"Espace": (6, 0), "Justice": (6, 0), "Travail": (0, 8)}, "two portfolios add as much to it"),
        ({"Espace": (9, 1), "Justice": (2, 3)}, "the others have too few for a share"),
        ({"Espace": (5, 0), "Justice": (2, 3), "Travail": (3, 7)}, "there is no majority"),
    ],
)
def test_a_majority_of_several_portfolios_or_none_has_no_such_name(tmp_path: Path, portfolios, why) -> None:
    files = [row for name, counts in portfolios.items() for row in rows(name, *counts)]
    assert facts.stages(opened(tmp_path, files)).support is None, why


def test_no_reconstructed_row_says_which_portfolio_makes_a_majority() -> None:
    stages = facts.stages(reconstructed())
    assert (stages.majority, stages.support) == ("production", None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Sans le portefeuille Espace, entre 29 % et 43 % sont en développement."),
        ("en", "Without Espace, between 29% and 43% are in development."),
    ],
)
def test_headings_of_such_a_majority_have_the_share_without_that_portfolio_below(
    tmp_path: Path, language, said
) -> None:
    silent = [small.row(portfolio="Famille", status=small.SILENT)] * 2
    opened(tmp_path, [*rows("Espace", 9, 1), *rows("Justice", 4, 2), *rows("Travail", 0, 6), *silent])
    for chapter in ("01-essentials", "05-stages"):
        asked = {"source": "quebec", "year": 2025, "language": language, "data": str(tmp_path)}
        assert said in prose_of_chapter(chapter, **asked).replace("\u00a0", " "), chapter


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "« Pre-deployment » (8) et « Pilot » (4)."),
        ("en", "“Pre-deployment” (8) and “Pilot” (4)."),
    ],
)
def test_the_chapter_on_stages_names_the_labels_with_their_counts(tmp_path: Path, language, said) -> None:
    stages_of(tmp_path, Pre_deployment=8, Pilot=4, Deployed=8)
    text = prose_of_chapter(
        "05-stages", source="us-federal", year=2025, language=language, data=str(tmp_path)
    )
    assert said in text.replace("\u00a0", " ")
