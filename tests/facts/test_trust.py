"""How far to trust an edition: gaps, repeated rows, findings, and figures that others published."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from portrait import facts
from portrait.editions.edition import Edition
from portrait.facts.trust import Trust
from tests import small
from tests.facts.editions import opened, reconstructed

NOW = [
    small.row("Tri"),
    small.row("Tri"),
    small.row("Lecture", category="Hors liste"),
    small.row("Résumé", status=""),
    small.row("", body="", portfolio=""),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an edition with a repeated row, gaps, and a row without any name."""
    return tmp_path_factory.mktemp("trust")


@pytest.fixture(scope="module")
def edition(data: Path) -> Edition:
    """That edition, about which nobody published anything."""
    return dataclasses.replace(opened(data, NOW), published={})


@pytest.fixture(scope="module")
def found(edition: Edition, data: Path) -> Trust:
    return facts.trust(edition, data)


def beside(edition: Edition, published: dict[str, Any]) -> Trust:
    """Return the facts of an edition about which others published these figures or claims."""
    return facts.trust(dataclasses.replace(edition, published=published))


def test_each_row_is_an_initiative_a_repetition_or_set_aside(found: Trust) -> None:
    assert list(zip(found.set_aside.row, found.set_aside.reason, strict=True)) == [(6, "nameless")]
    assert (found.total.value, found.rows_aside.value, found.repeats.value) == (4, 1, 1)


def test_completeness_counts_blanks_over_initiatives_and_unlisted_values_apart(found: Trust) -> None:
    fields = found.completeness.set_index("field")
    assert fields.completeness["status"] == 3 / 4
    assert (fields.completeness["category"], fields.n_unclassified["category"]) == (1, 1)


def test_values_recoded_are_told_with_what_they_became(found: Trust) -> None:
    recodes = found.recodes.set_index(["field", "before"])
    assert recodes.after["category", "Hors liste"] == "unclassified"
    assert recodes.n_rows["status", small.PRODUCTION] == 3
    assert found.recodes_values


def test_fields_that_a_file_leaves_blank_are_no_recoded_values(found: Trust) -> None:
    found.recodes = found.recodes.assign(before="")
    assert not found.recodes_values


def test_what_the_file_does_not_give_is_named(edition: Edition) -> None:
    rows = edition.initiatives.assign(category="", benefits="")
    found = facts.trust(dataclasses.replace(edition, initiatives=rows))
    assert found.ungiven == ["category", "benefits"]
    assert found.lacks_fields("fr") == "n’a de champ ni pour la catégorie ni pour les bénéfices"
    assert found.lacks_fields("en") == "has no field for category or benefits"
    found = facts.trust(dataclasses.replace(edition, initiatives=rows.assign(status="")))
    assert found.lacks_fields("fr") == (
        "n’a de champ ni pour la catégorie, ni pour le statut ni pour les bénéfices"
    )
    assert found.lacks_fields("en") == "has no field for category, status or benefits"
    found = facts.trust(dataclasses.replace(edition, initiatives=edition.initiatives.assign(category="")))
    assert found.lacks_fields("fr") == "n’a pas de champ pour la catégorie"


def test_findings_that_ask_for_a_decision_are_counted_apart_from_notes(found: Trust) -> None:
    assert {each.code for each in found.findings if each.severity == "warning"} == {
        *("unmapped-values", "blank-status", "identical-rows", "quarantined-rows")
    }
    assert found.warnings.value == 4
    assert found.notes.value == 1  # two rows of the same title
    assert [each.severity for each in found.findings] == ["warning"] * 4 + ["note"]


def test_published_figures_agree_or_not_and_totals_are_reproduced_only_if_all_do(edition: Edition) -> None:
    figures = {"initiatives": 4, "by_status": {small.PRODUCTION: 3}}
    right = beside(edition, {"editions": {2025: figures}})
    assert (right.figures.value, right.agreeing.value, right.reproduces_totals) == (2, 2, True)
    assert right.all_agree
    assert (right.of_the_whole.value, right.agrees_on_parts) == (1, True)  # 4 initiatives; 3 in production
    wrong = beside(edition, {"editions": {2025: {**figures, "bodies": 2}}})
    assert (wrong.figures.value, wrong.agreeing.value, wrong.reproduces_totals) == (3, 2, False)
    assert wrong.differing.value == 1
    assert not wrong.all_agree
    assert not wrong.all_differ
    assert beside(edition, {"editions": {2025: {"bodies": 2}}}).all_differ


def test_totals_of_two_origins_are_reproduced_if_one_of_them_is(edition: Edition) -> None:
    found = beside(edition, {"editions": {2025: {"initiatives": {"press": 5, "dashboard": 4}}}})
    assert (found.figures.value, found.agreeing.value, found.reproduces_totals) == (2, 1, True)


def test_where_nothing_is_published_no_total_is_reproduced(found: Trust) -> None:
    assert (found.figures.value, found.agreeing.value, found.reproduces_totals) == (0, 0, False)
    assert found.statements("fr").empty


def test_a_published_claim_is_told_in_the_language_of_the_report(edition: Edition) -> None:
    claim = {
        "edition": 2025,
        "claim": {"fr": "Trois en production", "en": "Three in production"},
        "note": {"fr": "Note", "en": "Remark"},
        "origin": "press",
        "measure": {"count": "status", "values": ["production"]},
        "theirs": 3,
    }
    found = beside(edition, {"published_claims": [claim, {**claim, "edition": 2024}]})
    for language, text, note in (
        ("fr", "Trois en production", "Note"),
        ("en", "Three in production", "Remark"),
    ):
        [row] = found.statements(language).itertuples()
        assert (row.claim, row.note, row.theirs, row.ours, row.verdict) == (text, note, 3, 3, "agrees")
    assert found.n_claims_differing == 0
    wrong = [{**claim, "theirs": theirs} for theirs in (2, 3, 9)]
    assert beside(edition, {"published_claims": wrong}).n_claims_differing == 2


def test_totals_that_the_rows_were_built_from_are_no_evidence_of_agreement() -> None:
    found = facts.trust(reconstructed())
    # Only the two numbers of bodies in the press built no row: 65, as in our rows, and 83.
    assert (found.built_from.value, found.figures.value) == (133, 2)
    assert (found.agreeing.value, found.differing.value) == (1, 1)
    assert (found.bodies.value, found.bodies_elsewhere.value) == (82, 83)
    assert (found.origin_elsewhere("fr"), found.origin_elsewhere("en")) == (
        "La Presse Canadienne",
        "The Canadian Press",
    )


def test_bodies_that_another_counts_are_told_only_if_no_other_figure_differs(edition: Edition) -> None:
    bodies = {"bodies": {"press": 2}}  # ours is 1
    assert beside(edition, {"editions": {2025: bodies}}).bodies_elsewhere.value == 2
    both = {**bodies, "initiatives": {"press": 9}}
    assert not beside(edition, {"editions": {2025: both}}).bodies_elsewhere


@pytest.mark.parametrize(
    ("n_bodies", "compared"),
    [({}, False), ({"press": 1}, False), ({"press": 2}, False), ({"press": 2, "dashboard": 1}, True)],
)
def test_the_heading_is_on_published_figures_where_there_are_several_and_any_agrees(
    edition: Edition, n_bodies: dict[str, int], compared: bool
) -> None:
    assert beside(edition, {"editions": {2025: {"bodies": n_bodies}}}).compares_figures == compared
    assert facts.trust(reconstructed()).compares_figures


def test_initiatives_without_a_status_or_a_body_are_counted(edition: Edition) -> None:
    rows = edition.initiatives.assign(status="unknown", body="unknown")
    found = facts.trust(dataclasses.replace(edition, initiatives=rows))
    assert (found.without_status.value, found.without_body.value) == (len(rows), len(rows))


@pytest.mark.parametrize(("status", "lacks"), [("unknown", True), ("production", False), ("", False)])
def test_a_file_without_a_field_for_statuses_does_not_lack_some(
    edition: Edition, status: str, lacks: bool
) -> None:
    rows = edition.initiatives.assign(status=status)
    assert facts.trust(dataclasses.replace(edition, initiatives=rows)).lacks_statuses == lacks


def test_every_figure_can_agree_with_official_rows(edition: Edition) -> None:
    figures = {"rows_built_from": "dashboard", "bodies": {"dashboard": 1, "press": 1}}
    found = beside(edition, {"editions": {2025: figures}})
    assert (found.built_from.value, found.figures.value, found.agreeing.value) == (0, 2, 2)
