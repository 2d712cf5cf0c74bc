"""Two editions of one month, built and verified in both languages: sentences name them by their dates."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from portrait.build import edition, plan
from portrait.build.pool import local_pool
from portrait.language.periods import edition_period
from portrait.publish import verify
from tests.exhaustive import exhaustive

PROJECT = Path(__file__).parents[2]


def algorithm(number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "title": f"Hulpmiddel {number}",
        "organisatie": f"Gemeente {number % 40}",
        "status": "in_gebruik" if number % 5 else "ontwikkeling",
        "doel": f"Het doel van hulpmiddel {number}.",
        "impactassessment": "Ja" if number % 2 else "Nee",
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of August 15, one algorithm more than that of August 8."""
    base = tmp_path_factory.mktemp("dutch")
    reference = base / "project" / "data" / "reference" / "nl"
    reference.mkdir(parents=True)
    for path in (PROJECT / "data" / "reference" / "nl").iterdir():
        text = path.read_text("utf-8").replace("2026-06-15", "2026-08-08").replace("2026-07-15", "2026-08-15")
        (reference / path.name).write_text(text, "utf-8")
    (base / "project" / "notebooks").symlink_to(PROJECT / "notebooks")
    (base / "project" / "pyproject.toml").symlink_to(PROJECT / "pyproject.toml")
    (base / "nl").mkdir()
    for day, n in (("2026-08-08", 400), ("2026-08-15", 401)):
        rows = {"algoritmes": [algorithm(number) for number in range(n)]}
        (base / "nl" / f"{day}.json").write_text(json.dumps(rows), "utf-8")
    asked = plan.plan_build(
        source="nl",
        year=edition_period("2026-08-15"),
        formats=["html"],
        data=base,
        output=base / "reports",
        project=base / "project",
    )
    with local_pool(2) as pool:
        return edition.build(asked, pool).folder


def text_of(folder: Path, language: str) -> str:
    page = (folder / f"annual.{language}.html").read_text("utf-8")
    prose = re.sub(r"<(script|style|svg).*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", prose)))


@exhaustive
def test_the_verifier_recomputes_what_is_said_of_two_editions_of_one_month(folder: Path) -> None:
    assert folder.name == "2026-08-15"
    assert verify.main([str(folder)]) == 0


@exhaustive
def test_sentences_name_each_edition_by_its_day_and_the_interval_in_days(folder: Path) -> None:
    french, english = (text_of(folder, language) for language in ("fr", "en"))
    for said in (
        "L’édition du 15 août 2026 compte 401 initiatives, contre 400 dans celle du 8 août 2026",
        "presque aucun changement des initiatives depuis le 8 août 2026",
        "l’intervalle est d’environ 7 jours",
    ):
        assert said in french, said
    for said in (
        "The August 15, 2026 edition lists 401 algorithms",
        "almost no change in reported algorithms since August 8, 2026",
        "the interval is about 7 days",
    ):
        assert said in english, said
    assert not re.search(r"\b(?:en|de|à) \d{1,2}(?:er)? août|\bin August \d", french + english)
