"""Our figures compared with those that others published."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from portrait.editions.opening import open_edition
from portrait.indicators import reconciliation
from tests import small
from tests.facts.editions import opened
from tests.real_data import needs_real_data, real_edition

PROJECT = Path(__file__).parents[2]


def edition_with(tmp_path, published, rows, before=()):
    return dataclasses.replace(opened(tmp_path, rows, before), published=published)


def test_a_published_count_agrees_or_differs_with_its_gap(tmp_path):
    published = {
        "editions": {
            2025: {
                "origins": {"initiatives": "press", "by_status": "press"},
                "initiatives": 3,
                "by_status": {"Solution en production": 1, "Développement de la solution": 0},
            }
        }
    }
    edition = edition_with(tmp_path, published, [small.row(), small.row(status=small.DEVELOPMENT)])
    table = reconciliation.published_figures(edition).set_index(["subject", "name"])
    assert list(table.loc[("initiatives", ""), ["theirs", "ours", "gap", "verdict"]]) == [3, 2, -1, "differs"]
    assert table.loc[("status", "Solution en production"), "verdict"] == "agrees"
    assert table.loc[("status", "Développement de la solution"), "gap"] == 1


def test_the_counts_of_labels_that_are_read_as_one_are_compared_together(tmp_path):
    counts = {"Solution en production": 2, "Production": 1, "Développement de la solution": 1}
    published = {"editions": {2025: {"by_status": counts}}}
    rows = [small.row(f"Tri {n}") for n in range(3)] + [small.row(status=small.DEVELOPMENT)]
    table = reconciliation.published_figures(edition_with(tmp_path, published, rows)).set_index("name")
    assert list(table.loc["Solution en production + Production", ["theirs", "ours", "verdict"]]) == [
        3,
        3,
        "agrees",
    ]
    assert list(table.index)[1:] == ["Développement de la solution"]


def test_a_published_name_is_matched_by_recorded_name_without_outer_spaces(tmp_path):
    published = {"editions": {2025: {"by_body_known": {"CHUM ": {"initiatives": 1}}}}}
    edition = edition_with(tmp_path, published, [small.row(body="CHUM")])
    assert list(reconciliation.published_figures(edition)["verdict"]) == ["agrees"]


def claim(measure, theirs, **more):
    text = {"fr": "Texte", "en": "Text"}
    asked = {"edition": 2025, "measure": measure, "theirs": theirs}
    return {"claim": text, "note": text, "origin": "press", **asked, **more}


@pytest.mark.parametrize(
    ("measure", "theirs", "verdict"),
    [
        ({"growth": "n_initiatives"}, 0.5, "agrees"),
        ({"growth": "n_initiatives"}, 0.53, "differs"),
        ({"share": "status", "values": ["production"]}, 0.67, "agrees"),
        ({"count_before": "portfolio", "values": ["Travail"]}, 0, "differs"),
        ({"count": "portfolio", "values": ["Travail"]}, 0, "agrees"),
        ("cannot be told", 58, "cannot_be_told"),
    ],
)
def test_a_claim_is_measured_on_our_rows(tmp_path, measure, theirs, verdict):
    edition = edition_with(
        tmp_path,
        {"published_claims": [claim(measure, theirs)]},
        [small.row(), small.row(), small.row(status=small.DEVELOPMENT)],
        before=[small.row("A", portfolio="Travail"), small.row("B")],
    )
    assert list(reconciliation.published_claims(edition, "fr")["verdict"]) == [verdict]


def test_a_claim_about_another_year_is_left_out(tmp_path):
    measure = {"count": "portfolio", "values": ["Travail"]}
    published = {"published_claims": [claim(measure, 0, edition=2024), claim(measure, 7)]}
    edition = edition_with(tmp_path, published, [small.row()])
    assert list(reconciliation.published_claims(edition, "fr")["theirs"]) == [7]


def test_a_claim_of_growth_has_no_answer_without_an_earlier_year(tmp_path):
    edition = edition_with(
        tmp_path, {"published_claims": [claim({"growth": "n_initiatives"}, 0.5)]}, [small.row()]
    )
    assert list(reconciliation.published_claims(edition, "en")["verdict"]) == ["cannot_be_told"]


@pytest.mark.parametrize(("above", "verdict"), [(0.2, "agrees"), (0.5, "depends"), (0.8, "differs")])
def test_a_claim_of_more_than_a_share_agrees_if_both_measures_are_above(tmp_path, above, verdict):
    two_thirds, one_third = ({"share": "portfolio", "values": [name]} for name in ("Justice", "Travail"))
    told = claim(two_thirds, None, theirs_above=above, other_measure=one_third)
    del told["theirs"]
    rows = [small.row(), small.row(), small.row(portfolio="Travail")]
    edition = edition_with(tmp_path, {"published_claims": [told]}, rows)
    assert list(reconciliation.published_claims(edition, "fr")["verdict"]) == [verdict]


def test_every_published_claim_about_quebec_has_the_recorded_verdict():
    edition = open_edition("quebec", 2025, data=small.SAMPLE, project=PROJECT)
    recorded = [claim["holds"] for claim in edition.published["published_claims"]]
    verdicts = reconciliation.published_claims(edition, "fr")["verdict"]
    # Those that hold were built into the reconstructed rows: that they agree proves nothing.
    expected = {True: {"circular"}, False: {"differs", "cannot_be_told"}, "depends": {"depends"}}
    assert all(verdict in expected[holds] for verdict, holds in zip(verdicts, recorded, strict=True))


def test_only_the_number_of_bodies_in_the_press_differs_from_the_files_of_quebec():
    table = reconciliation.published_figures(open_edition("quebec", 2025, data=small.SAMPLE, project=PROJECT))
    differing = table[table["verdict"] == "differs"]
    assert differing[["year", "subject", "origin", "theirs", "ours"]].values.tolist() == [
        [2025, "bodies", "press", 83, 82]
    ]


@needs_real_data
def test_the_us_totals_agree_and_the_claim_of_the_2025_readme_differs():
    edition = real_edition("us-federal", 2025)
    assert set(reconciliation.published_figures(edition)["verdict"]) == {"agrees"}
    claims = reconciliation.published_claims(edition, "en")
    assert claims[["theirs", "ours", "verdict"]].values.tolist() == [[1818, 1480, "differs"]]


def test_a_claim_of_growth_has_no_answer_if_the_earlier_year_has_no_body(tmp_path):
    nameless = [small.row(body="", portfolio="")]
    published = {"published_claims": [claim({"growth": "n_bodies"}, 0.26)]}
    edition = edition_with(tmp_path, published, [small.row()], before=nameless)
    row = reconciliation.published_claims(edition, "fr").iloc[0]
    assert row.verdict == "cannot_be_told"
    assert row.ours is None or row.ours != row.ours
