"""How the verifier reads a sentence: what a reader understands passes, and fails on another number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from portrait.editions.opening import open_edition
from portrait.facts.conditions import IN_DEVELOPMENT, IN_PRODUCTION, KNOWN, WITHOUT_STATUS
from portrait.facts.fact import Questions
from portrait.facts.queries import absent, equals, linked, unlinked
from tests import small
from tests.inventories import PROJECT, UseCase, write_inventory
from tests.publish.verified import namespace, publish

SAID = {
    "a list item is read with what stands above its list": (
        "Les initiatives par statut :\n\n- en production : {0};\n- en développement : {1}.",
        "The initiatives by status:\n\n- in production: {0};\n- in development: {1}.",
        ("production", "development"),
        ("development", "production"),
    ),
    "what follows a semicolon is said of nothing before it": (
        "{0} initiatives sont en développement; les autres ne sont pas toutes en production.",
        "{0} initiatives are in development; the others are not all in production.",
        ("development",),
        ("production",),
    ),
    "what one clause says comes before what another one does": (
        "{0} organismes font leur entrée, tandis que {1} autres, qui déclaraient {2} initiatives en 2024, "
        "n’y figurent plus.",
        "{0} bodies entered the register, while {1} others, which had reported {2} initiatives in 2024, "
        "have vanished.",
        ("entered", "left", "reported"),
        ("left", "entered", "reported"),
    ),
    "a passage from one number to another tells their editions": (
        "Le nombre d’initiatives est passé de {0} à {1}.",
        "The number of initiatives went from {0} to {1}.",
        ("before", "all"),
        ("all", "before"),
    ),
    "two numbers of two editions show a direction": (
        "Le nombre d’initiatives a reculé : il était de {0} en 2024, il n’est plus que de {1}.",
        "The number of initiatives has fallen: it was {0} in 2024 and is now only {1}.",
        ("before", "all"),
        ("production_before", "production"),
    ),
    "who left did not enter": (
        "{0} organismes de 2024 ont quitté le registre.",
        "{0} bodies of 2024 have vanished from the register.",
        ("left",),
        ("entered",),
    ),
    "who enters did not leave": (
        "Par rapport à 2024, {0} organismes font leur entrée.",
        "Compared with 2024, {0} bodies entered the register.",
        ("entered",),
        ("left",),
    ),
    "the others are what the first ones are not": (
        "Des initiatives de 2024, {0} sont retrouvées en 2025; les {1} autres n’y ont pas été vues.",
        "Of the initiatives of 2024, {0} are found again in 2025; the other {1} were not seen there.",
        ("followed", "lost"),
        ("lost", "followed"),
    ),
    "not one known is none known": (
        "Pas une de ces {0} initiatives n’a de statut connu.",
        "Not one of these {0} initiatives has a known status.",
        ("silent",),
        ("known",),
    ),
    "a status that is not told may be said in any words of silence": (
        "Pour {0} initiatives, on ignore le statut.",
        "For {0} initiatives, the status is left blank.",
        ("silent",),
        ("production",),
    ),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """2024: 16 initiatives, 6 in production. 2025: 12, 7 in production, 3 in development, 2 silent."""
    folder = tmp_path_factory.mktemp("rows")
    before = [small.row(f"A{n}", status=small.PRODUCTION if n < 6 else small.DEVELOPMENT) for n in range(13)]
    before += [small.row(f"Aide {body}", body=f"Bureau {body}", status="Hors service") for body in "ABC"]
    statuses = [small.PRODUCTION] * 7 + [small.DEVELOPMENT] * 3 + [small.SILENT] * 2
    now = [small.row(f"B{n}", status=status) for n, status in enumerate(statuses)]
    now[:2] = [small.row(f"B{n}", body=f"Office {n}") for n in range(2)]
    small.write_year(folder, 2024, before)
    edition = open_edition("quebec", 2025, data=small.write_year(folder, 2025, now), project=PROJECT)
    ask = Questions(edition)
    facts = namespace(
        all=ask.fact("count", of=ask.now),
        before=ask.fact("count", of=ask.before),
        production=ask.fact("count", of=ask.now(IN_PRODUCTION)),
        production_before=ask.fact("count", of=ask.before(IN_PRODUCTION)),
        development=ask.fact("count", of=ask.now(IN_DEVELOPMENT)),
        silent=ask.fact("count", of=ask.now(WITHOUT_STATUS)),
        known=ask.fact("count", of=ask.now(KNOWN)),
        followed=ask.fact("count", of=ask.before(linked(ask.edition, "probable"))),
        lost=ask.fact("count", of=ask.before(unlinked(ask.edition, "probable"))),
        left=ask.fact("distinct", of=ask.before(absent("body", ask.edition)), by="body", unit="bodies"),
        reported=ask.fact("count", of=ask.before(absent("body", ask.edition))),
        entered=ask.fact("distinct", of=ask.now(absent("body", ask.previous)), by="body", unit="bodies"),
    )
    return edition, facts


def _with_years(text: str) -> str:
    return re.sub("(202[45])", r"{{eval}}`p.year(\1)`", text)


@pytest.mark.parametrize("reading", SAID)
def test_a_sentence_is_read_as_a_reader_reads_it(
    tmp_path: Path, asked: tuple[Any, Any], reading: str
) -> None:
    edition, facts = asked
    *both, true, false = SAID[reading]
    cells = {}
    for cell, names in (("true", true), ("false", false)):
        numbers = [f"{{eval}}`p.number(g.{name})`" for name in names]
        cells[cell] = tuple(_with_years(text).format(*numbers) for text in both)
    failures = publish(tmp_path / "out", edition, cells, g=facts).verify().failures
    assert not [each for each in failures if "true-" in each]
    for language in ("fr", "en"):
        assert [each for each in failures if "false-" in each and f"{language}:" in each], failures


def test_an_answer_is_said_by_its_question_and_silence_by_its_question_too(tmp_path: Path) -> None:
    rows = [UseCase(f"Tri {n}", "Deployed", assessment="Yes" if n < 4 else "") for n in range(9)]
    edition = open_edition("us-federal", 2025, data=write_inventory(tmp_path, 2025, rows), project=PROJECT)
    ask = Questions(edition)
    facts = namespace(
        yes=ask.fact("count", of=ask.now(equals("assessment", "Yes"))),
        silent=ask.fact("count", of=ask.now(equals("assessment", "unknown"))),
    )
    french = "{0} initiatives ont eu leur évaluation; {1} n’en disent rien."
    english = "{0} use cases have had their assessment; {1} do not say."
    for names, holds in ((("yes", "silent"), True), (("silent", "yes"), False)):
        numbers = [f"{{eval}}`p.number(g.{name})`" for name in names]
        said = {"case": (french.format(*numbers), english.format(*numbers))}
        failures = (
            publish(tmp_path / f"out-{holds}", edition, said, data=str(tmp_path), g=facts).verify().failures
        )
        assert (failures == []) == holds, failures
