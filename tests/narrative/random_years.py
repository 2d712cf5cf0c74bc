"""Plausible editions drawn at random, written in Québec's format: one seed, one edition.

Most are small; some have thousands of initiatives. What a real file has done or may do stands in each
with some chance: no status, one body, names that changed, labels that changed, a network split from its
portfolio, fields that it lacks, a vocabulary that is not that of the year before, ties, a year that shares
nothing with the last.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from tests import small
from tests.small import DEVELOPMENT, HEADER, PRODUCTION, SILENT, Row

REFERENCE = Path("data", "reference", "quebec")
WITHOUT_CATEGORIES, OTHER_CATEGORIES, LAST_YEAR = 2021, 2022, 2026
YEARS = range(WITHOUT_CATEGORIES, LAST_YEAR + 1)
"""2021 publishes no category, 2022 has one that later years do not; 2024 and 2025 are those of the source."""
OLD_CATEGORY = "Robotique"
MOST_INITIATIVES = 5_000
OBLIGED = (
    *((body, "") for body in ("CISSS de l’Estrie", "Régie de Rosemont", "Bureau de l’Estrie")),
    *((body, "2025") for body in ("Commission de Hull", "Tribunal de Hull")),
)
"""Bodies that must declare, and since when; some draws have them."""
MAY_LACK = {
    "body": "Organisme public",
    "portfolio": "Portefeuille ministériel",
    "category": "Catégorie",
    "status": "Statut",
    "benefits": "Bénéfices",
}
"""Field that a source may lack -> its header."""
LACKING = 0.4
"""Chance that an edition lacks fields."""

IMAGES = ("Traitement d'image", "Traitement d'image/Imagerie médicale")
HEALTH, SCHOOLS = "Santé et Services sociaux", "Éducation"
ALIASES = (
    ("Revenu Québec", "Agence du revenu du Québec"),
    (
        "MELCCFP",
        "Ministère de l'Environnement, de la Lutte contre les changements climatiques, "
        "de la Faune et des Parcs",
    ),
    ("HEC Montréal", "École des hautes études commerciales de Montréal"),
)
SUBJECTS = ("Tri", "Résumé", "Prévision", "Lecture", "Repérage", "Traduction", "*Détection*", "[Suivi]")
OBJECTS = (
    "des courriels",
    "de plans",
    "d’appels",
    "des dossiers",
    "d’images",
    "de textes",
    "à 100 %",
    "_d’essai_",
)
GAINS = (
    "Gain de temps",
    "Réduire les délais de traitement",
    "Améliorer la qualité des services aux citoyens",
    "Détecter la fraude plus tôt",
    "Soutenir la décision clinique; réduire les erreurs",
    "Faciliter l’accès à l’information",
    "s. o.",
    "",
)
PLACES = (
    "Laval",
    "Lanaudière",
    "l’Estrie",
    "Rosemont",
    "l’Outaouais",
    "Alma",
    "Hull",
    "Oka",
    "Amos",
    "Ungava",
)
LABELS = (PRODUCTION, "En production", "Phase 2 – en développement", PRODUCTION)
"""Labels of what is in production, in words of a status, where a register publishes several."""
KINDS_OF_BODY = ("Bureau de", "Régie de", "Office de", "Cégep de", "Commission de", "CISSS de", "Tribunal de")


@dataclass(frozen=True)
class RandomEdition:
    """The rows of each year, ascending; the last year is the edition."""

    seed: int
    years: dict[int, tuple[Row, ...]]
    without: frozenset[str] = frozenset()
    """Fields of `MAY_LACK` for which the source has no column, in any year."""
    lacking: frozenset[str] = frozenset()
    """These, and those whose cells are all blank in one year or more."""

    @property
    def year(self) -> int:
        """The year of the edition."""
        return max(self.years)

    def project(self, project: Path, folder: Path) -> Path:
        """Return the project, or a copy of it in a folder whose `columns.csv` lacks the same fields."""
        if not self.without:
            return project
        shutil.copytree(project, folder / "project")
        columns = folder / "project" / REFERENCE / "columns.csv"
        with columns.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        with columns.open("w", encoding="utf-8", newline="") as stream:
            cut = ([row[0], *([""] * (len(row) - 1))] if row[0] in self.without else row for row in rows)
            csv.writer(stream).writerows(cut)
        return folder / "project"

    def write(self, folder: Path) -> Path:
        """Write each year where `--data` finds it, and return the data folder."""
        for year, rows in self.years.items():
            write_rows(folder / "quebec" / f"{year}.csv", rows)
        return folder


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write one file in Québec's format."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])


def make_project(folder: Path) -> Path:
    """Copy the reference files of Québec, and declare the other years as a person would."""
    small.copy_references(folder, [])
    source = folder / REFERENCE / "source.yml"
    facts = yaml.safe_load(source.read_text("utf-8"))
    later = [year for year in YEARS if year != OTHER_CATEGORIES]
    for year in YEARS:
        dates = {"collected": f"{year}-05", "modified": f"{year + 1}-02-01"}
        facts["editions"].setdefault(year, {} if year == LAST_YEAR else dates)
    facts["vocabulary"]["category"].append(
        {"name": OLD_CATEGORY, "en": "Robotics", "years": [OTHER_CATEGORIES]}
    )
    facts["vocabulary"]["category"][3]["years"] = later
    source.write_text(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, explicit_end=True), "utf-8")
    columns = folder / REFERENCE / "columns.csv"
    with columns.open(encoding="utf-8", newline="") as stream:
        fields = list(csv.DictReader(stream))
    with columns.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["field", *YEARS])
        for each in fields:
            headers = [each["2025"]] * len(YEARS)
            headers[0] = "" if each["field"] == "category" else headers[0]
            writer.writerow([each["field"], *headers])
    with (folder / REFERENCE / "labels.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            ["status", label, "production", "", "", "drawn 2026-01-01", "a test"] for label in LABELS[1:3]
        )
    with (folder / REFERENCE / "obliged.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([body, since, "", "drawn", "a test"] for body, since in OBLIGED)
    return folder


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the categories and the portfolios of the source."""
    with TemporaryDirectory() as folder:
        small.copy_references(Path(folder), [])
        facts = yaml.safe_load(Path(folder, REFERENCE, "source.yml").read_text("utf-8"))["vocabulary"]
    categories = tuple(term["name"] for term in facts["category"])
    return categories, tuple(term["name"] for term in facts["portfolio"])


def random_edition(seed: int) -> RandomEdition:
    """Draw an edition: the same seed gives the same rows."""
    return _Drawing(seed).edition()


class _Drawing:
    """The habits of one register, and the years drawn from them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.draw = draw = random.Random(seed)
        self.size = max(1, min(MOST_INITIATIVES, int(10 ** (3.75 * draw.random() ** 1.7))))
        self.tied = draw.random() < 0.15
        self.spelled_variously = draw.random() < 0.3
        self.networks = draw.random() < 0.5
        self.bodies = self._bodies()
        categories = list(_vocabulary()[0])
        draw.shuffle(categories)
        self.categories = self._weighted([*categories[: draw.randint(1, len(categories))]])
        self.blank_categories = draw.choice([0, 0, 0, 0.1, 0.5, 1])
        self.unlisted = draw.choice([0, 0, 0, 0.05, 1])

    def _weighted(self, values: Sequence[str]) -> dict[str, float]:
        draw = self.draw
        skew = 0 if self.tied else draw.choice([0, 0.5, 1, 2])
        return {value: 1 / rank**skew for rank, value in enumerate(values, start=1)}

    def _bodies(self) -> dict[tuple[str, str], float]:
        """Draw bodies with their portfolios: one, a few, or nearly one an initiative."""
        draw = self.draw
        n_bodies = draw.choice([1, 2, min(12, self.size), max(1, self.size // 3), self.size])
        portfolios = [*draw.sample(_vocabulary()[1], draw.randint(1, 21))]
        if draw.random() < 0.2:
            portfolios = [f"Domaine {number}" for number in range(1, draw.randint(2, 40))]
        chosen = []
        for number in range(n_bodies):
            name = f"{draw.choice(KINDS_OF_BODY)} {draw.choice(PLACES)}"
            chosen.append((name if number < 5 else f"{name} {number}", draw.choice(portfolios)))
        if draw.random() < 0.3:
            chosen.append((draw.choice(draw.choice(ALIASES)), "Finances"))
        if draw.random() < 0.2:
            chosen += [("", draw.choice(portfolios)), ("Bureau sans portefeuille", "")]
        if draw.random() < 0.1:
            chosen = [("", "")]
        skew = 0 if self.tied else draw.choice([0, 0.5, 1, 2])
        return {body: 1 / rank**skew for rank, body in enumerate(chosen, start=1)}

    def edition(self) -> RandomEdition:
        """Draw one year or several, each told from the year before it."""
        draw = self.draw
        last = draw.choice([2021, 2022, 2023, 2024, 2025, 2025, 2025, 2025, 2026, 2026])
        n_years = min(draw.choice([1, 2, 2, 2, 3, 5]), last - WITHOUT_CATEGORIES + 1)
        rows: list[Row] = []
        years = {}
        for year in range(last - n_years + 1, last + 1):
            rows = self._next(rows, year)
            years[year] = tuple(self._as_published(rows, year))
        return self._lacking(RandomEdition(self.seed, years))

    def _lacking(self, edition: RandomEdition) -> RandomEdition:
        """Take fields away from some editions: no column in any year, or blank cells in some years."""
        draw = self.draw
        if draw.random() >= LACKING:
            return edition
        lacked = [field for field in MAY_LACK if draw.random() < 0.4]
        without = frozenset(field for field in lacked if draw.random() < 0.5)
        years = dict(edition.years)
        for field in lacked:
            place = HEADER.index(MAY_LACK[field])
            for year in draw.choice([[*years], [max(years)], [*years][:-1]]) if field not in without else []:
                years[year] = tuple((*row[:place], "", *row[place + 1 :]) for row in years[year])
        return RandomEdition(self.seed, years, without, frozenset(lacked))

    def _statuses(self) -> list[str]:
        draw = self.draw
        kinds = [PRODUCTION, DEVELOPMENT, SILENT, "", "À l’étude"]
        mixes: list[list[float]] = [
            [1, 0, 0, 0, 0],
            [0, 1, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [1, 1, 0, 0, 0],
            [0, 0, 0, 1, 1],
            [5, 4, 1, 0, 0],
            [draw.random() for _ in kinds],
            [draw.random() for _ in kinds],
        ]
        return draw.choices(kinds, draw.choice(mixes), k=draw.randint(1, 200))

    def _new(self, year: int, n_rows: int) -> list[Row]:
        draw, statuses = self.draw, self._statuses()
        bodies = self._pick(self.bodies, n_rows)
        categories = self._pick(self.categories, n_rows)
        return [
            (
                f"{draw.choice(SUBJECTS)} {draw.choice(OBJECTS)} {number // 40 or ''}".strip(),
                "" if draw.random() < self.blank_categories else category,
                *body,
                draw.choice(GAINS),
                draw.choice(statuses),
            )
            for number, (body, category) in enumerate(zip(bodies, categories, strict=True))
        ]

    def _pick(self, weights: dict[Any, float], n_rows: int) -> list[Any]:
        """Draw by weight, or in turn: then all that are picked are tied, or nearly."""
        values = list(weights)
        if self.tied:
            return [values[number % len(values)] for number in range(n_rows)]
        return self.draw.choices(values, list(weights.values()), k=n_rows)

    def _next(self, rows: list[Row], year: int) -> list[Row]:
        draw = self.draw
        if not rows:
            return self._new(year, self.size)
        course = draw.choice(["lasts", "lasts", "grows", "shrinks", "all new", "other bodies"])
        if course == "all new":
            return self._new(year, draw.choice([self.size, 1, max(1, self.size // 2), 12]))
        if course == "other bodies":
            self.bodies = self._bodies()
            return self._new(year, self.size)
        statuses = self._statuses()
        kept = [
            (*row[:4], row[4], draw.choice(statuses) if draw.random() < 0.3 else row[5])
            for row in rows
            if draw.random() < {"lasts": 1, "grows": 0.9, "shrinks": 0.5}[course]
        ]
        added = self._new(year, draw.randint(0, len(rows))) if course == "grows" else []
        return [*kept, *added][:MOST_INITIATIVES] or self._new(year, 1)

    def _as_published(self, rows: Sequence[Row], year: int) -> list[Row]:
        """Write the rows as that year's file would: its labels, its headers, its flaws; no file twice."""
        draw = self.draw
        published = []
        for name, category, body, portfolio, benefits, status in rows:
            if category in IMAGES:
                category = IMAGES[year >= 2025]
            if draw.random() < self.unlisted:
                category = "Autre usage"
            if (
                self.networks
                and year >= 2025
                and portfolio in (HEALTH, SCHOOLS)
                and not re.search(r"Bur|Rég", body)
            ):
                portfolio += " (Réseau)"
            if year < 2025:
                portfolio = portfolio.removesuffix(" (Réseau)")
            if self.spelled_variously and draw.random() < 0.2:
                body = draw.choice(
                    [body.upper(), body.replace("’", "'"), f" {body}  ", body.replace(" ", "\u00a0")]
                )
            if self.seed % 5 == 0 and status == PRODUCTION:  # without a draw, which would change all others
                status = LABELS[len(published) % len(LABELS)]
            published.append((name, category, body, portfolio, benefits, status))
        published[0] = (f"{published[0][0]} ({year})", *published[0][1:])
        if draw.random() < 0.1:
            published.insert(draw.randint(0, len(published)), ("", "", "", "", "", PRODUCTION))
        return published
