"""A small edition in which every fact of the first chapters exists, and notebooks run on it as builds do.

No kernel and no PDF: the cells are run in this process, then assembled, rendered and verified.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from portrait.editions.opening import hand_over, open_edition
from portrait.publish.verify import Report
from tests import small
from tests.narrative.told import Told, tell
from tests.publish.verified import Published, publish_cells

PROJECT = Path(__file__).parents[2]
LANGUAGES = ("fr", "en")
_NAMES = ("Tri", "Résumé", "Lecture", "Traduction", "Repérage", "Prévision")
_THINGS = ("des courriels", "des plans", "des appels", "des dossiers", "des images", "des textes")
_BODIES = (
    ("Bureau des plans", "Justice"),
    ("Office des eaux", "Travail"),
    ("Régie du bois", "Famille"),
    ("Tribunal du port", "Justice"),
)
_BENEFITS = ("Gain de temps", "Améliorer la qualité des services aux citoyens", "Aucun", "Xyz", "")
_STATUSES = (small.PRODUCTION, small.DEVELOPMENT, small.PRODUCTION, small.SILENT, small.DEVELOPMENT)


class Reports:
    """An edition whose notebooks are published, one set after the other, into one folder.

    Parameters
    ----------
    folder
        Where it is published.
    data
        The folder of its files; `Path()` for the embedded rows.
    """

    def __init__(self, folder: Path, data: Path = Path(), source: str = "quebec", year: int = 2025) -> None:
        self._asked = (PROJECT, data, source, year)
        given = "" if data == Path() else str(data)
        self.edition = open_edition(source, year, data=given, project=PROJECT)
        hand_over(self.edition, data=given, project=PROJECT)
        self.published: Published = publish_cells(folder, self.edition, {}, data=given)

    def tell(self, notebooks: Sequence[Path], language: str) -> Told:
        """Run notebooks in one language."""
        return tell(*self._asked, language, chapters=tuple(notebooks))

    def verify(self, notebooks: Sequence[Path], languages: Sequence[str] = LANGUAGES) -> Report:
        """Run notebooks, publish them alone, and return what the verifier finds."""
        self.published.publish({each: self.tell(notebooks, each).cells for each in languages})
        return self.published.verify()


def full_edition(folder: Path) -> Path:
    """Write two years in which each fact of the first chapters may be said, and return the data folder."""
    before = [_row(number) for number in range(24)]
    now = [_row(number, later=True) for number in range(6, 42)]
    before[0] = small.row("Calcul des rentes", body="Centre du rail", portfolio="Transports")
    now += [small.row("Suivi des ponts", body="Agence des ponts", portfolio="Tourisme")] * 2
    now += [small.row("Prix du gaz", body="Société du gaz", portfolio="Tourisme")]
    now += [small.row("Essai sans nom", body="", portfolio="", status=small.DEVELOPMENT, category="")]
    now += [("", "", "", "", "", small.PRODUCTION)]
    before += [small.row("Essai", body="", portfolio="", category=""), ("", "", "", "", "", small.SILENT)]
    small.write_year(folder, 2024, before)
    return small.write_year(folder, 2025, now)


def _row(number: int, *, later: bool = False) -> small.Row:
    body, portfolio = _BODIES[number % 7 % 4]
    return small.row(
        f"{_NAMES[number % 6]} {_THINGS[number // 6 % 6]}" + (" 2" if number > 35 else ""),
        category=small.DECISION if number % 3 else small.ASSISTANT,
        body=body.upper() if later and number % 8 == 0 else body,
        portfolio=portfolio,
        benefits=_BENEFITS[number % 5],
        status=_STATUSES[(number + later * (number % 4 == 0)) % 5],
    )


def notebook(path: Path, pairs: Sequence[tuple[str, str]]) -> Path:
    """Write a notebook of sentences in both languages, which opens the facts of the first chapters."""
    facts = ("stages", "change", "uses", "declaring")
    given = 'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""'
    cells = [
        _cell("code", "parameters", given, ["parameters"]),
        _cell(
            "code",
            "open",
            "from portrait import facts\nfrom tests.forgeries.asked import Asked\n\n"
            "edition = facts.open_edition(source, year, data=data)\n"
            "p = facts.phrases(edition, language)\nbefore = edition.previous",
        ),
        _cell("code", "facts", "\n".join(f"{each} = facts.{each}(edition)" for each in facts)),
        _cell("code", "asked", "asked = Asked(edition)"),
        _cell("code", "trust", "trust = facts.trust(edition, data)"),
    ]
    for number, pair in enumerate(pairs, start=1):
        for language, text in zip(LANGUAGES, pair, strict=True):
            title = {"fr": "Essai", "en": "Trial"}[language]
            cells.append(_cell("markdown", f"s{number}-{language}", f"# {title}\n\n{text}", [language]))
    metadata = {"kernelspec": {"name": "python3", "language": "python"}}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    path.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    return path


def _cell(kind: str, name: str, source: str, tags: Sequence[str] = ()) -> dict[str, object]:
    run = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {"tags": [*tags]}, "source": source, **run}
