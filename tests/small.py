"""Small editions for tests: a few rows written to files and read like real ones."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
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

PROJECT = Path(__file__).parents[1]
REFERENCE = PROJECT / "data" / "reference"
SAMPLE = REFERENCE.parent / "sample"
"""The embedded rows, which official files in `data/raw` would take the place of."""
_LATER = re.compile(r"20(?:2[6-9]|[3-9]\d)\b")

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


def copy_references(project: Path, others: Iterable[str] = ("uk",)) -> None:
    """Copy the reference files of Québec up to 2025, and those of other registers, into a project.

    What people add to them once an edition is fetched, corrected or published is left out. Each opening of
    an edition reads the totals of all registers that its project has: one small register is the default.
    """
    left_out = {path.name for path in REFERENCE.iterdir() if path.is_dir()} - {"quebec", *others}
    added = ("snapshots.yml", "releases", "accepted-*.csv", "corrections.yml", "links.csv")
    folder = project / "data" / "reference"
    shutil.copytree(REFERENCE, folder, ignore=shutil.ignore_patterns(*left_out, *added))
    forget_later_years(folder / "quebec")


def forget_later_years(folder: Path) -> None:
    """Remove from the reference files of a source what is recorded of the years after 2025.

    Tests add years of their own, and pass whichever years people have recorded.
    """
    added = {"-"}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            read = csv.DictReader(stream)
            rows = list(read)
        fields = [name for name in read.fieldnames or () if not _LATER.match(name)]
        later = [row for row in rows if _LATER.match(row.get("since", ""))]
        added |= {row["ours"] for row in later if row.get("published") == row.get("ours")}
        with path.open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, fields, extrasaction="ignore", lineterminator="\n")
            table.writeheader()
            table.writerows(row for row in rows if row not in later)
    of_later = re.compile(
        rf"^  {_LATER.pattern}.*\n(?:    .*\n)*"  # an edition, or its totals
        rf"|^- edition: {_LATER.pattern}.*\n(?:  .*\n)*"  # a claim about one
        rf"|^  - name: \"(?:{'|'.join(map(re.escape, added))})\"\n(?:    .*\n)*",  # a term that they added
        re.MULTILINE,
    )
    for name in ("source.yml", "published.yml"):
        (folder / name).write_text(of_later.sub("", (folder / name).read_text("utf-8")), "utf-8")


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
    return open_edition("quebec", int(max(years).removeprefix("y")), data=folder, project=PROJECT)


def of_use_cases(edition: Edition) -> Edition:
    """Return an edition whose register says, in English, use cases of agencies."""
    nouns = {"portfolio": {"en": "an agency, agencies"}, "initiative": {"en": "a use case, use cases"}}
    source = replace(edition.source, facts=edition.source.facts | {"nouns": nouns})
    return replace(edition, source=source)
