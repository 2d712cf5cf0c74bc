"""Small editions for tests: a few rows written to files and read like real ones."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition

HEADER = (
    "Nom de l'initiative",
    "Catégorie",
    "Organisme public",
    "Portefeuille ministériel",
    "Bénéfices",
    "Statut",
)
DECISION = "Aide à la décision, planification et/ou prédiction"
ASSISTANT = "Assistant/agent conversationnel"
PRODUCTION, DEVELOPMENT = "Solution en production", "Développement de la solution"
SILENT = "Information indisponible"

REFERENCE = Path(__file__).parents[1] / "data" / "reference"

Row = tuple[str, str, str, str, str, str]


def row(
    name: str = "Tri du courrier",
    *,
    category: str = ASSISTANT,
    body: str = "Bureau des essais",
    portfolio: str = "Justice",
    benefits: str = "Gain de temps",
    status: str = PRODUCTION,
) -> Row:
    """Return one row of the file, in the order of `HEADER`; a test gives the cells that matter to it."""
    return (name, category, body, portfolio, benefits, status)


def write_year(folder: Path, year: int, rows: Sequence[Row]) -> Path:
    """Write the file of a year into a data folder, as `--data` expects, and return the folder."""
    path = folder / "quebec" / f"{year}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return folder


def copy_references(project: Path) -> None:
    """Copy the reference files of Québec, and of one small register, into a project."""
    large = shutil.ignore_patterns("us-federal", "ca-federal", "nl")  # each opening would read them
    shutil.copytree(REFERENCE, project / "data" / "reference", ignore=large)


def tiny_edition(folder: Path) -> Path:
    """Write two years of a few rows, and return the data folder."""
    write_year(
        folder,
        2024,
        [row(status=PRODUCTION), row("Lecture de plans", portfolio="Travail", status=DEVELOPMENT)],
    )
    return write_year(
        folder,
        2025,
        [
            row(status=PRODUCTION),
            row("Lecture de plans", portfolio="Travail", status=SILENT),
            row("Aide à la rédaction", body="Régie des essais", category=DECISION, status=DEVELOPMENT),
        ],
    )


def edition_of(folder: Path, **years: list[Row]) -> Edition:
    """Write years, as in ``y2025=[row()]``, and return the edition of the last."""
    for name, rows in years.items():
        write_year(folder, int(name.removeprefix("y")), rows)
    return open_edition("quebec", int(max(years).removeprefix("y")), data=folder)
