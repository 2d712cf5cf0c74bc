"""The verifier on safeguards: a true sentence passes; another answer, cell or recoding is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.editions.opening import open_edition
from portrait.facts.fact import Questions
from portrait.facts.queries import differs, filled
from portrait.facts.safeguards import Safeguards
from portrait.registers.source import UNKNOWN
from tests.inventories import PROJECT, UseCase, write_inventory
from tests.publish.verified import Published, publish

SENTENCES = {
    "watched": (
        "Soit {eval}`p.count(g.watched)` {eval}`p.label('risk', g.risk.first, quoted=True)` en production.",
        "There are {eval}`p.count(g.watched)` {eval}`p.label('risk', g.risk.first, quoted=True)` in "
        "production.",
    ),
    "risk": (
        "Initiatives selon leur niveau de risque : "
        "{eval}`p.top(g.answers, with_counts=True, quoted=True)`. "
        '{eval}`p.count(g.risk.silent, "initiative n’a", "initiatives n’ont")` pas de réponse sur le '
        "risque.",
        "Initiatives by risk level: {eval}`p.top(g.answers, with_counts=True, quoted=True)`. "
        "{eval}`p.count(g.risk.silent)` with no answer on risk.",
    ),
    "answered": (
        "{eval}`p.count(g.given)` répondent sur le risque.",
        "{eval}`p.count(g.given)` have an answer on risk.",
    ),
}


@pytest.fixture
def published(tmp_path: Path) -> Published:
    rows = [UseCase(f"Tri {n}", "Deployed", risk="High-impact") for n in range(12)]
    rows += [UseCase(f"Plan {n}", "Pilot", risk="Not High-impact") for n in range(10)]
    rows += [UseCase(f"Essai {n}", "Pilot") for n in range(3)]
    data = write_inventory(tmp_path / "rows", 2025, rows)
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    ask, told = Questions(edition), Safeguards(edition)
    of = ask.now(filled("risk"), differs("risk", UNKNOWN))
    told.answers = ask.fact("top", of=of, by="risk", n=2)  # type: ignore[attr-defined]
    told.given = ask.fact("count", of=of)  # type: ignore[attr-defined]
    return publish(tmp_path / "out", edition, SENTENCES, data=str(data), g=told)


def test_true_sentences_on_safeguards_pass(published: Published) -> None:
    assert published.verify().failures == []


@pytest.mark.parametrize("cells", [{"risk": "Not High-impact"}, {"risk": "unknown"}, {"risk_published": ""}])
def test_an_answer_changed_in_the_table_is_found(published: Published, cells: dict[str, str]) -> None:
    published.edit_table("initiatives", 0, **cells)
    assert any("initiatives.csv, edition 2025, row 2, risk" in each for each in published.verify().failures)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("à fort impact", "sans fort impact", "risk said as"),
        ("réponse sur le risque", "réponse sur l’avis", "risk said as"),
        ("niveau de risque", "niveau d’avis", "group said as"),
        ("répondent sur le risque", "courent un risque", "answered said as"),
    ],
)
def test_another_answer_said_is_found(published: Published, old: str, new: str, said: str) -> None:
    published.reword(old, new, "fr")
    assert any(said in each for each in published.verify().failures), published.verify().failures
