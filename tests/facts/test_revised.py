"""Published figures that changed: how many were revised, and how many were wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portrait import facts
from portrait.facts.revised import Revised
from portrait.indicators import revisions
from portrait.registers.schema import RELEASES
from tests import small
from tests.facts.editions import opened

BEFORE = [small.row(), small.row("Lecture", status=small.DEVELOPMENT)]


def revised(project: Path, **recorded: Any) -> Revised:
    """Return the facts after a release of 2024 that had other values in its record."""
    edition = opened(project, [small.row()], BEFORE, project)
    assert edition.previous is not None
    record = {**revisions.year_record(edition.previous)}
    record["figures"] = {**record["figures"], **recorded.pop("figures", {})}
    releases = edition.source.folder / RELEASES
    releases.mkdir()
    (releases / "2024.json").write_text(json.dumps({"year": 2024, "years": [record | recorded]}), "utf-8")
    return facts.revised(edition)


def test_figures_of_a_file_issued_again_are_revised(project: Path) -> None:
    reissued = revised(project, sha256="0" * 64, figures={"n_initiatives": 3, "by_status": {"production": 2}})
    # The total fell from 3 to 2, those in production from 2 to 1, and one in development appeared.
    found = reissued.changes.set_index(["figure", "name"])[["before", "after"]].apply(tuple, axis="columns")
    assert found.to_dict() == {
        ("n_initiatives", ""): (3, 2),
        ("by_status", "production"): (2, 1),
        ("by_status", "development"): (0, 1),
    }
    assert (reissued.n_revised, reissued.n_corrected) == (3, 0)


def test_figures_that_only_the_program_changed_are_corrected(project: Path) -> None:
    corrected = revised(project, figures={"n_bodies": 2})
    assert (corrected.n_revised, corrected.n_corrected) == (0, 1)
