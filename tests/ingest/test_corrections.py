"""Corrections: one cell, the value expected there, the right one, a reason and an author."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput
from tests import small


def correct(project: Path, **changes: object) -> None:
    entry = {
        "year": 2025,
        "row": 3,
        "field": "status",
        "expected": "Solution en produktion",
        "value": small.PRODUCTION,
        "reason": "spelling, confirmed by the body",
        "author": "Test",
    }
    path = project / "data" / "reference" / "quebec" / "corrections.yml"
    path.write_text(yaml.safe_dump({"corrections": [entry | changes]}), "utf-8")


def opened(project: Path, tmp_path: Path):
    rows = [small.row(), small.row("Autre", status="Solution en produktion")]
    return open_edition("quebec", 2025, data=small.write_year(tmp_path, 2025, rows), project=project)


def test_a_correction_is_applied_and_logged_and_the_published_value_is_kept(project, tmp_path):
    correct(project)
    edition = opened(project, tmp_path)
    corrected = edition.initiatives.iloc[1]
    assert (corrected["status"], corrected["status_published"]) == ("production", "Solution en produktion")
    assert ["status", "Solution en produktion", "production", 1] in edition.recodes.values.tolist()


@pytest.mark.parametrize(
    "changes", [{"expected": "Autre valeur"}, {"row": 9}], ids=["other value", "no such row"]
)
def test_a_correction_is_refused_if_the_file_does_not_hold_the_expected_value(project, tmp_path, changes):
    correct(project, **changes)
    with pytest.raises(RefusedInput, match=r"corrections\.yml") as refused:
        opened(project, tmp_path)
    assert refused.value.place.column == "Statut"
    assert ("value" in refused.value.english) is ("expected" in changes)


def test_a_correction_of_another_year_changes_nothing(project, tmp_path):
    correct(project, year=2024)
    assert opened(project, tmp_path).initiatives["status"].tolist() == ["production", "unclassified"]


def test_a_correction_of_an_unknown_field_is_refused_with_its_name(project, tmp_path):
    correct(project, field="statut")
    with pytest.raises(RefusedInput, match="statut"):
        opened(project, tmp_path)
