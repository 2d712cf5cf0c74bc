"""Labels outside of the closed lists are unrecorded until a person says what they are, or that none fits."""

from __future__ import annotations

from pathlib import Path

from portrait.checks.unrecorded import unrecorded_labels
from portrait.editions.opening import open_edition
from tests.agencies import LABELS, write_project

FILE = "Use Case,Stage\nA,Implementation\nB,Sandbox\nC, sandbox\nD,Unveiled\nE,\n"


def labels(folder: Path, *recorded: str) -> list[tuple[str, str, int]]:
    write_project(folder, {}, "field,2023\nname,Use Case\nstatus,Stage\n")
    path = folder / "data" / "reference" / "agencies" / "labels.csv"
    path.write_text("".join([LABELS, *(f"status,{each},,,the guidance,Portrait\n" for each in recorded)]))
    file = folder / "data" / "raw" / "agencies" / "2023.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILE)
    found = unrecorded_labels(open_edition("agencies", 2023, project=folder))
    return [(each["field"], each["label"].lower(), each["n_rows"]) for each in found]


def test_labels_that_nobody_recorded_are_counted_and_blanks_are_none(tmp_path: Path) -> None:
    assert sorted(labels(tmp_path)) == [
        ("status", "sandbox", 1),
        ("status", "sandbox", 1),
        ("status", "unveiled", 1),
    ]


def test_a_label_recorded_as_a_term_or_as_outside_of_the_list_is_recorded(tmp_path: Path) -> None:
    assert labels(tmp_path, "Sandbox,development") == [("status", "unveiled", 1)]
    assert labels(tmp_path, "Sandbox,development", "Unveiled,unclassified") == []
