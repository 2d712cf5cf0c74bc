"""Differences between two versions of a file, paired by identifier where the source has them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from portrait.fetch.comparison import differences
from portrait.ingest.published import read_published
from tests.real_data import REAL_DATA, needs_real_data

COLUMNS = {"identifier": ("id",), "name": ("title",), "status": ("status",)}
BEFORE = [
    ("7", "Camera", "in use"),
    ("8", "Letter", "in use"),
    ("9", "Parking", "in use"),
    ("10", "Route", "test"),
]


@pytest.fixture
def compared(tmp_path):
    """Write two versions of a file, read them and compare them."""

    def difference(*versions):
        tables = []
        for number, rows in enumerate(versions):
            path = tmp_path / f"{number}.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([("id", "title", "status"), *rows])
            tables.append(read_published(path, COLUMNS))
        return differences(*tables)

    return difference


def test_a_row_that_keeps_its_identifier_is_changed_whatever_else_it_says(compared):
    found = compared(BEFORE, [("7", "Camera at the port", "out of use"), *BEFORE[1:]])
    assert found.rows.values.tolist() == [
        ["changed", 2, 2, "7", "Camera at the port", "name", "Camera", "Camera at the port"],
        ["changed", 2, 2, "7", "Camera at the port", "status", "in use", "out of use"],
    ]
    assert found.counts == {"changed": 1, "removed": 0, "added": 0, "moved": 0}


def test_a_row_registered_under_another_identifier_is_removed_and_added(compared):
    found = compared(BEFORE, [("11", "Camera", "in use"), *BEFORE[1:]])
    assert found.rows[["change", "identifier", "name"]].values.tolist() == [
        ["removed", "7", "Camera"],
        ["added", "11", "Camera"],
    ]


def test_changes_come_before_removals_and_removals_before_additions(compared):
    found = compared(BEFORE, [("12", "Ship", "test"), ("8", "Letter", "test"), *BEFORE[2:]])
    assert found.rows["change"].tolist() == ["changed", "removed", "added"]


def test_identifiers_that_are_row_numbers_are_not_used(compared):
    """Each row after the new one has the number of the row before it."""
    numbered = [(str(place), name, status) for place, (_, name, status) in enumerate(BEFORE)]
    names = ["Ship", *(name for _, name, _ in BEFORE)]
    later = [(str(place), name, "in use") for place, name in enumerate(names)]
    found = compared(numbered, later)
    assert not found.by_identifier
    assert found.rows.loc[found.rows["change"] == "added", "name"].tolist() == ["Ship"]
    assert "removed" not in set(found.rows["change"])


def test_rows_without_an_identifier_of_their_own_are_paired_by_content(compared):
    before = [*BEFORE, ("", "Tram", "test"), ("8", "Bus", "test")]
    after = [*BEFORE, ("", "Tram", "in use"), ("8", "Bus", "in use")]
    assert compared(before, after).rows[["identifier", "name", "before"]].values.tolist() == [
        ["", "Tram", "test"],
        ["8", "Bus", "test"],
    ]


def test_rows_that_only_follow_an_added_row_are_not_moved(compared):
    assert compared(BEFORE, [("6", "Ship", "test"), *BEFORE]).n_moved == 0
    assert compared(BEFORE, [*BEFORE[1:], BEFORE[0]]).n_moved == 1


@needs_real_data
def test_the_counts_of_the_dutch_register_are_those_of_its_identifiers():
    """Counted apart: 1,464 identifiers are in both files, 1 in the first only, 44 in the second only."""
    days = ("2026-06-15", "2026-07-15")
    columns = {"identifier": ("id",), "name": ("title",), "body": ("organisatie",), "status": ("status",)}
    columns |= {"description": ("doel",), "assessment": ("impactassessment",)}
    found = differences(
        *(read_published(Path(str(REAL_DATA)) / "nl" / f"{day}.json", columns) for day in days)
    )
    assert found.counts == {"changed": 25, "removed": 1, "added": 44, "moved": 0}
