"""Trajectories of initiatives in each tier: persistence, transitions, conversion and entries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from portrait import indicators, tables
from portrait.editions.edition import ALONE
from portrait.editions.opening import open_edition
from portrait.linkage.links import link_years
from portrait.linkage.tiers import TIERS, Links
from portrait.registers.source import Overlap
from tests import small
from tests.real_data import needs_real_data, real_edition
from tests.small import DEVELOPMENT, PRODUCTION, SILENT, row

PROJECT = Path(__file__).parents[2]


def year(number, *rows):
    """Return a tidy table: each row is (status, published label, body)."""
    table = pd.DataFrame(rows, columns=["status", "status_published", "body"], dtype=str)
    table.insert(0, "row", range(2, len(rows) + 2))
    return table.assign(year=number, portfolio_folded="Justice")


def links(*pairs):
    """Return links: each is (row before, row now, tier, basis)."""
    none = link_years([])
    rows = [(2024, before, 2025, now, tier, 1.0, basis) for before, now, tier, basis in pairs]
    return Links(pd.DataFrame(rows, columns=list(none.table)), none.rivals)


BEFORE = year(
    2024,
    ("development", "En cours", "A"),
    ("development", "En cours", "A"),
    ("development", "En cours", "B"),
    ("production", "Essai", "B"),
    ("unknown", "", "C"),
)
NOW = year(
    2025,
    ("production", "Déployé", "A"),
    ("development", "Essai", "B"),
    ("unknown", "", "A"),
    ("retired", "Retiré", "D"),
    ("production", "Déployé", "unknown"),
    ("unclassified", "Autre", "C"),
)
FOUND = links(
    (2, 2, "strict", "name"),
    (5, 3, "strict", "decision"),
    (3, 4, "probable", "score"),
    (6, 7, "possible", "score"),
)
OVERLAPS = (
    Overlap(2024, "Essai", 2025, "ESSAI", {"fr": "le même mot", "en": "the same word"}),
    Overlap(2024, "En cours", 2025, "Autre", {"fr": "des mots vagues", "en": "vague words"}),
)


def of(table, tier, *status):
    """Return the row of a tier, or the counts of one of its transitions."""
    rows = table[table["tier"] == tier]
    if status:
        rows = rows[(rows["status_previous"] == status[0]) & (rows["status"] == status[1])]
        return tuple(rows[["n_initiatives", "n_by_vocabulary"]].iloc[0])
    return rows.iloc[0]


def test_each_pair_of_labels_that_overlap_counts_its_passages_by_tier():
    table = indicators.overlapping(BEFORE, NOW, FOUND, OVERLAPS)
    assert table["n_initiatives"].tolist() == [1, 1, 1, 0, 0, 0]  # rows 5 to 3; nothing from "En cours"
    assert table["tier"].tolist() == [*TIERS, *TIERS]
    assert table["label_to"].tolist() == ["ESSAI"] * 3 + ["Autre"] * 3


def test_links_are_counted_by_tier_and_kind_of_link():
    table = indicators.persistence(BEFORE, NOW, FOUND)
    assert table["n_links"].tolist() == [2, 3, 4]
    assert table["n_not_before"].tolist() == [4, 3, 2]
    assert table[["n_decision", "n_rule", "n_score"]].to_numpy().tolist() == [[1, 1, 0], [1, 1, 1], [1, 1, 2]]


def test_transitions_add_up_to_both_years_in_each_tier_and_include_every_status():
    table = indicators.transitions(BEFORE, NOW, FOUND, OVERLAPS)
    for tier in TIERS:
        rows = table[table["tier"] == tier]
        assert len(rows) == 35  # (5 statuses and not before) x (5 and not found again), less one
        assert rows.loc[rows["status_previous"] != "not_before", "n_initiatives"].sum() == 5
        assert rows.loc[rows["status"] != "not_found", "n_initiatives"].sum() == 6
    assert of(table, "strict", "development", "not_found") == (2, 0)
    assert of(table, "probable", "development", "unknown") == (1, 0)
    assert of(table, "possible", "unknown", "unclassified") == (1, 0)
    assert of(table, "possible", "not_before", "retired") == (1, 0)


def test_the_vocabulary_may_explain_a_change_between_two_labels_recorded_as_overlapping():
    # "Essai" means production in 2024 and development in 2025.
    table = indicators.transitions(BEFORE, NOW, FOUND, OVERLAPS)
    assert of(table, "strict", "production", "development") == (1, 1)
    # "En cours" and "Déployé" are other words, whose definitions do not overlap.
    assert of(table, "strict", "development", "production") == (1, 0)


# Editions


TITLES = ("Tri du courrier", "Lecture de plans", "Prévision du gel", "Résumé d’appels", "Veille médiatique")


@pytest.fixture
def edition(tmp_path):
    """Five initiatives, then four of them and a new one; one changed state, one has no status."""
    statuses = (DEVELOPMENT, DEVELOPMENT, PRODUCTION, PRODUCTION, DEVELOPMENT)
    before = [row(title, status=status) for title, status in zip(TITLES, statuses, strict=True)]
    now = [
        row(TITLES[0], status=PRODUCTION),
        row(TITLES[1], status=SILENT),
        *before[2:4],
        row("Aide à la rédaction", body="Régie"),
    ]
    return small.edition_of(tmp_path, y2024=before, y2025=now)


def passages_of(edition):
    ends = edition.previous.initiatives, edition.initiatives
    return indicators.transitions(*ends, edition.links, edition.overlaps)


def test_an_edition_without_an_earlier_year_has_a_refusal_instead_of_links(edition):
    assert edition.previous.links.table.empty
    assert edition.previous.links.refusal == ALONE
    assert edition.previous.lasting_statuses == frozenset()


def test_reconstructed_rows_have_no_links_and_their_specimen_has_every_tier_and_kind():
    rebuilt = open_edition("quebec", 2025, data=small.SAMPLE, project=PROJECT)
    assert rebuilt.links.table.empty
    assert "reconstituées" in rebuilt.links.refusal.fr
    specimen = rebuilt.detail("name", "status")
    assert set(specimen.links.table["tier"]) == set(TIERS)
    assert all(specimen.links.counted().values())
    assert len(specimen.links.table) < len(specimen.previous.initiatives)
    assert specimen.links_measures.empty


def test_each_earlier_year_is_linked_to_the_next_one(tmp_path):
    from tests.narrative.random_years import make_project

    project = make_project(tmp_path / "project")
    for number in (2023, 2024, 2025):
        data = small.write_year(tmp_path, number, [row(title) for title in TITLES[: number - 2020]])
    opened = open_edition("quebec", 2025, data=data, project=project)
    links = opened.all_links.table
    assert Counter(zip(links["year_from"], links["year_to"], strict=True)) == {
        (2023, 2024): 3,
        (2024, 2025): 4,
    }


def test_changes_that_the_vocabulary_may_explain_have_their_own_row(edition):
    passages = passages_of(edition).assign(n_by_vocabulary=0)
    one = (passages["status_previous"] == "development") & (passages["status"] == "production")
    passages.loc[one, "n_by_vocabulary"] = 1
    shown = tables.trajectories(passages, edition, "en")
    apart = dict(zip(shown.columns, shown.rows[-1], strict=True))
    assert (apart["Status in 2024"], apart["In production"]) == ("Of which: vocabulary", "1")
    assert (apart["Not found"], apart["Total"]) == ("0", "1")


# The real file


@needs_real_data
def test_only_a_passage_between_labels_that_overlap_is_doubtful():
    table = passages_of(real_edition("us-federal", 2025))
    # Acquisition and/or Development 48, Initiated 28: neither overlaps Deployed.
    assert of(table, "probable", "development", "production") == (76, 0)
    # Implementation and Assessment overlaps Pilot (59) and Pre-deployment (22); 20 were in operation.
    assert of(table, "probable", "production", "development") == (101, 81)
