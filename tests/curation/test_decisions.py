"""Recording the decisions of a table of proposals: all of them, or nothing, and once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from portrait.curation.decisions import account, record
from portrait.curation.proposal_table import COLUMNS
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput, WrongCall
from portrait.registers.schema import load_source
from tests import small
from tests.small import row

ME = "Marie Essai"


def table(project: Path, *decisions: dict[str, str]) -> Path:
    path = project / "table.csv"
    common = {"source": "quebec", "year": "2025", "field": "body", "recorded_by": ME, "evidence": "1 in 2025"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        written = csv.DictWriter(stream, COLUMNS, restval="")
        written.writeheader()
        written.writerows({**common, **each} for each in decisions)
    return path


def reference(project: Path, name: str) -> str:
    return (project / "data/reference/quebec" / name).read_text("utf-8")


def added(project: Path, name: str) -> list[dict[str, str]]:
    """Return the rows added to a reference file; check that the rows before them are unchanged."""
    if not (copied := project / "before").exists():
        small.copy_references(copied, [])
    before = reference(copied, name)
    now = reference(project, name)
    assert now.startswith(before)
    return list(csv.DictReader([before.splitlines()[0], *now[len(before) :].splitlines()]))


def test_a_name_of_a_known_body_is_recorded_with_its_evidence_and_author(project):
    path = table(
        project,
        {
            "published": "Min. des Ressources naturelles",
            "proposed": "Ministère des Ressources naturelles et des Forêts",
            "score": "71",
            "decision": "same",
            "note": "organigramme de 2025",
        },
    )
    assert (record(path, project=project).n_recorded, added(project, "bodies.csv")) == (
        1,
        [
            {
                "published": "Min. des Ressources naturelles",
                "body": "Ministère des Ressources naturelles et des Forêts",
                "since": "2025",
                "until": "",
                "evidence": "organigramme de 2025; review of 2025 (1 in 2025, score 71)",
                "recorded_by": ME,
            }
        ],
    )
    assert added(project, "labels.csv") == []


def test_a_decision_may_use_a_recorded_name_of_a_body(project):
    record(table(project, {"published": "Rev. Québec", "decision": "revenu quebec"}), project=project)
    assert [each["body"] for each in added(project, "bodies.csv")] == ["Agence du revenu du Québec"]


def test_a_different_body_is_new_and_may_be_given_another_name(project):
    path = table(
        project,
        {"published": "Régie A", "proposed": "Régie B", "decision": "Différent"},
        {"published": "R. C.", "decision": "new: Régie C"},
        {"published": "La Régie C", "decision": "Régie C"},
    )
    record(path, project=project)
    assert [(each["published"], each["body"]) for each in added(project, "bodies.csv")] == [
        ("Régie A", "Régie A"),
        ("R. C.", "Régie C"),
        ("La Régie C", "Régie C"),
    ]


def test_a_status_may_be_given_by_name_or_label(project):
    path = table(
        project,
        {"field": "status", "published": "Déployé", "decision": "En production"},
        {"field": "status", "published": "Sans objet", "decision": "unknown"},
    )
    record(path, project=project)
    assert [(each["field"], each["published"], each["ours"]) for each in added(project, "labels.csv")] == [
        ("status", "Déployé", "production"),
        ("status", "Sans objet", "unknown"),
    ]


def test_a_new_category_is_added_to_the_list_for_its_year_and_used_in_the_rows(project):
    path = table(project, {"field": "category", "published": "Génération: de texte", "decision": "new"})
    record(path, project=project)
    term = load_source("quebec", project).terms("category", 2025)[-1]
    assert (term.name, term.labels, term.years) == (
        "Génération: de texte",
        {"fr": "Génération: de texte", "en": "Génération: de texte"},
        (2025,),
    )
    data = small.write_year(project / "rows", 2025, [row(category="GÉNÉRATION:  de texte ")])
    initiatives = open_edition("quebec", 2025, data=data, project=project).initiatives
    assert list(initiatives["category"]) == [term.name]


def test_a_new_portfolio_is_added_to_the_list_and_may_be_counted_with_another(project):
    path = table(
        project,
        {"field": "portfolio", "published": "Justice (Réseau)", "decision": "new"},
        {"field": "portfolio_folded", "published": "Justice (Réseau)", "decision": "Justice"},
    )
    record(path, project=project)
    data = small.write_year(project / "rows", 2025, [row(portfolio="Justice (Réseau)")])
    initiatives = open_edition("quebec", 2025, data=data, project=project).initiatives
    assert list(initiatives["portfolio"]) == ["Justice (Réseau)"]
    assert list(initiatives["portfolio_folded"]) == ["Justice"]
    assert load_source("quebec", project).label("portfolio", "Justice (Réseau)", "en") == "Justice (Réseau)"


def test_a_network_that_stays_apart_from_its_portfolio_needs_no_record(project):
    path = table(
        project, {"field": "portfolio_folded", "published": "Justice (Réseau)", "decision": "different"}
    )
    recorded = record(path, project=project)
    assert account(recorded).splitlines()[1] == (
        "quebec: decisions recorded: 0 (-); already recorded or without effect: 1; "
        "rows without a decision: 0."
    )


def test_recording_twice_changes_nothing(project):
    path = table(
        project,
        {"published": "Régie A", "decision": "different"},
        {"field": "category", "published": "Génération de texte", "decision": "new"},
        {"published": "Régie B", "decision": ""},
    )
    first = record(path, project=project)
    before = {name: reference(project, name) for name in ("bodies.csv", "labels.csv", "source.yml")}
    second = record(path, project=project)
    assert (first.n_recorded, first.n_known, first.n_open) == (2, 0, 1)
    assert (second.n_recorded, second.n_known, second.n_open, second.files) == (0, 2, 1, ())
    assert {name: reference(project, name) for name in before} == before


REFUSED = [
    ("no one signed", "recorded_by", [{"published": "A", "decision": "different", "recorded_by": ""}]),
    ("is not a known decision", "decision", [{"published": "A", "decision": "smae"}]),
    ("nothing is proposed", "decision", [{"published": "A", "decision": "same"}]),
    (
        "not a known decision. Values: production | development | unknown.",
        "decision",
        [{"field": "status", "published": "A", "proposed": "pilot", "decision": "same"}],
    ),
    (
        "not a known decision. Values: production | development",
        "decision",
        [{"field": "status", "published": "A", "decision": "pilot"}],
    ),
    (
        "a new portfolio cannot be created in this field. Write “same”, “different” or its name",
        "decision",
        [{"field": "portfolio_folded", "published": "A (Réseau)", "decision": "new"}],
    ),
    ("no such year", "year", [{"published": "A", "decision": "different", "year": "2019"}]),
    ("cannot be recorded", "field", [{"published": "A", "decision": "different", "field": "benefits"}]),
    (
        "is already recorded for “Ministère des Ressources naturelles et des Forêts”",
        "decision",
        [{"published": "MRNF", "decision": "different"}],
    ),
    (
        "row 2 gives “A” for “A”",
        "decision",
        [{"published": "A", "decision": "different"}, {"published": "a", "decision": "new: B"}],
    ),
    (
        "row 2 gives “Régie C” for “Régie B”",
        "decision",
        [
            {"published": "Régie B", "decision": "new: Régie C"},
            {"published": "A", "decision": "new: Régie B"},
        ],
    ),
    ("a status cannot be added", "decision", [{"field": "status", "published": "A", "decision": "new"}]),
    (
        "the category is not given",
        "decision",
        [{"field": "category", "published": "A", "decision": "different"}],
    ),
    ("another source", "source", [{"published": "A"}, {"published": "B", "source": "us-federal"}]),
    ("another year", "year", [{"published": "A"}, {"published": "B", "year": "2024"}]),
]


@pytest.mark.parametrize(("found", "column", "decisions"), REFUSED, ids=[each[0] for each in REFUSED])
def test_an_invalid_decision_is_refused_with_its_row_and_nothing_is_recorded(
    project, found, column, decisions
):
    before = {name: reference(project, name) for name in ("bodies.csv", "labels.csv", "source.yml")}
    path = table(project, *decisions, {"published": "Régie à part", "decision": "different"})
    with pytest.raises(RefusedInput) as refusal:
        record(path, project=project)
    assert found in refusal.value.english
    assert (refusal.value.place.row, refusal.value.place.column) == (1 + len(decisions), column)
    assert f"ligne {1 + len(decisions)}" in refusal.value.french
    assert {name: reference(project, name) for name in before} == before


def test_a_body_with_a_recorded_name_cannot_become_a_name_of_another(project):
    record(table(project, {"published": "R. B.", "decision": "new: Régie B"}), project=project)
    path = table(project, {"published": "Régie B", "proposed": "Héma-Québec", "decision": "same"})
    with pytest.raises(RefusedInput, match=r"“R\. B\.” is already recorded for this name"):
        record(path, project=project)


def test_the_error_for_a_missing_table_gives_the_command_that_writes_it(project):
    with pytest.raises(WrongCall, match="portrait review"):
        record(project / "nowhere.csv", project=project)


def test_the_file_of_bodies_is_created_if_missing(project):
    (project / "data/reference/uk/bodies.csv").unlink()
    decision = {"source": "uk", "year": "2026-08", "published": "Bureau A", "decision": "different"}
    record(table(project, decision), project=project)
    text = (project / "data/reference/uk/bodies.csv").read_text("utf-8")
    assert text.splitlines() == [
        "published,body,since,until,evidence,recorded_by",
        "Bureau A,Bureau A,2026-08,,review of 2026-08 (1 in 2025),Marie Essai",
    ]
