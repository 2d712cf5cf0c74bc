"""Small inventories of the United States, whose two files speak of stages in other words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[1]
HEADERS = {
    2024: (
        "Use Case Name",
        "Agency",
        "Bureau",
        "Stage of Development",
        "Use Case Topic Area",
        "What is the intended purpose and expected benefits of the AI?",
        "Describe the AI system’s outputs.",
    ),
    2025: (
        "use_case_name",
        "agency_name",
        "agency_bureau",
        "development_stage",
        "topic_area",
        "benefits",
        "system_outputs",
        "problem_solved",
        "id",
        "is_high_impact",
        "hi_assessment_completed",
        "has_pii",
        "contracting_usage",
        "classification",
    ),
}


class UseCase(NamedTuple):
    """One row of a file."""

    name: str
    stage: str
    bureau: str = "Bureau"
    agency: str = "Department of Energy"
    risk: str = ""
    assessment: str = ""
    technique: str = ""
    benefits: str = ""
    problem: str = ""
    category: str = ""


def write_inventory(folder: Path, year: int, rows: Sequence[UseCase]) -> Path:
    """Write the file of a year into a data folder, as `--data` expects, and return the folder."""
    path = folder / "us-federal" / f"{year}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = HEADERS[year]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for each in rows:
            cells = [each.name, each.agency, each.bureau, each.stage]
            cells += [""] * (len(header) - len(cells))
            cells[4] = each.category
            if year == 2025:
                cells[5], cells[7] = each.benefits, each.problem
                cells[-5:] = [each.risk, each.assessment, "", "", each.technique]
            writer.writerow(cells)
    return folder
