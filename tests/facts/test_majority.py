"""A majority that several labels of the source make together is told with each of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.stages import Stages
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
