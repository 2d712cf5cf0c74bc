"""Tables made from a few rows: cells, dashes, notes and marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from portrait import indicators, tables
from portrait.checks import check
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.indicators import quality
from tests import small


def edition_of(folder: Path, **years: list[small.Row]) -> Edition:
    for name, rows in years.items():
        small.write_year(folder, int(name.removeprefix("y")), rows)
    return open_edition("quebec", int(max(years).removeprefix("y")), data=folder)


def test_unknown_statuses_have_a_row_of_their_own_and_count_in_the_total(tmp_path):
    rows = [small.row()] * 6 + [small.row(status=small.SILENT)] * 4
    edition = edition_of(tmp_path, y2025=rows)
    table = tables.statuses(indicators.statuses(edition.initiatives), edition, "fr")
    assert table.columns == ("Statut", "2025", "Part 2025")
    assert table.rows == (
        ("En production", "6", "60,0\u00a0%"),
        ("Information indisponible", "4", "40,0\u00a0%"),
        ("Total", "10", "100,0\u00a0%"),
    )


@pytest.mark.parametrize(
    ("counts", "after", "others", "n_initiatives"),
    [
        ([9, 7, 5, 4, 3, 3, *[1] * 11], 6, 11, "11"),
        ([9, *[2] * 10, 1, 1, 1], 11, 3, "3"),
        ([8, 8, 5, 5, 4, 4, 3, *[2] * 20], 7, 20, "40"),
    ],
)
def test_a_long_printed_list_of_bodies_ends_with_a_row_for_the_rest_and_never_splits_a_tie(
    tmp_path, counts, after, others, n_initiatives
):
    edition = edition_of(tmp_path, y2025=[small.row()])
    bodies = {f"Bureau {place}": n for place, n in enumerate(counts)}
    table = tables.profile_bodies(bodies, edition, "fr")
    assert len(table.rows) == len(counts)
    label = f"{others} autres organismes, que nomme la page HTML"
    assert table.print_rest == {"after": after, "row": [label, n_initiatives]}
    shown = sum(int(n) for _, n in table.rows[:after])
    assert shown + int(n_initiatives) == sum(counts)


@pytest.mark.parametrize("counts", [[5, *[1] * 12], [1] * 30, [2, 2, *[1] * 13]])
def test_every_body_is_printed_when_they_are_few_or_mostly_tied(tmp_path, counts):
    edition = edition_of(tmp_path, y2025=[small.row()])
    table = tables.profile_bodies({f"Bureau {place}": n for place, n in enumerate(counts)}, edition, "en")
    assert table.print_rest is None


def test_a_share_of_fewer_than_ten_is_a_dash_with_a_note(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row()] * 9)
    table = tables.statuses(indicators.statuses(edition.initiatives), edition, "en")
    assert table.rows[0] == ("In production", "9", "—")
    assert table.note == "—: denominator below 10, no percentage."


@pytest.mark.parametrize(
    ("value", "decimals", "written"), [(3, 0, "+3"), (-2, 0, "−2"), (0, 0, "0"), (0.04, 1, "0,0")]
)
def test_a_difference_that_rounds_to_0_has_no_sign(value, decimals, written):
    assert tables.change_cell(value, "fr", decimals=decimals) == written


def test_a_portfolio_and_its_network_are_one_row_and_their_labels_have_a_table(tmp_path):
    school = "Éducation"
    edition = edition_of(
        tmp_path,
        y2024=[small.row(portfolio=school)] * 12,
        y2025=[small.row(portfolio=school)] * 8 + [small.row(portfolio=f"{school} (Réseau)")] * 8,
    )
    counted = indicators.change(
        indicators.portfolios(edition.all_initiatives, folded=True), "portfolio", 2025, 2024
    )
    table = tables.portfolios(counted, edition, "fr")
    assert table.columns == ("Portefeuille", "2024", "2025", "Écart", "Part 2025")
    assert table.rows == ((school, "12", "16", "+4", "100,0\u00a0%"),)
    labels = tables.networks(indicators.portfolios(edition.all_initiatives), edition, "fr")
    assert labels.rows == ((school, "12", "8"), (f"{school} (Réseau)", "—", "8"))


def test_an_initiative_without_a_name_is_listed_as_having_no_name(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row("")])
    table = tables.initiatives(edition, "en")
    assert table.rows == (
        ("(no name)", "Justice", "Bureau des essais", "Conversational assistant/agent", "In production"),
    )


def test_the_annex_of_a_specimen_names_no_real_body(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row("Initiative reconstituée 2025-001")])
    table = tables.initiatives(edition.detail("name"), "fr")
    assert table.caption.startswith("SPÉCIMEN — ")
    assert len(table.rows) == tables.SPECIMEN_ROWS
    assert "Bureau des essais" not in str(table.rows)


def test_headlines_have_the_share_in_production_its_bounds_and_its_caveat(tmp_path):
    rows = (
        [small.row()] * 6 + [small.row(status=small.DEVELOPMENT)] * 4 + [small.row(status=small.SILENT)] * 10
    )
    edition = edition_of(tmp_path, y2025=rows)
    table = tables.headlines(
        indicators.volume(edition.initiatives), indicators.maturity(edition.initiatives), edition, "en"
    )
    cells = {row[0]: row[1:] for row in table.rows}
    assert cells["Initiatives reported"][0] == "20"
    assert cells["Share in production"] == ("60.0%", "Of initiatives in production or in development.")
    assert cells["Bounds of this share"][0] == "30.0% to 80.0%"
    assert cells["Status not given or to classify"][0] == "10"


def test_headlines_warn_when_the_source_says_that_bodies_are_approximate(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row()])
    warning = "The number of bodies is approximate."
    facts = edition.source.facts | {"bodies_note": {"fr": "Nombre approximatif.", "en": warning}}
    loose = replace(edition, source=replace(edition.source, facts=facts))
    counted = indicators.volume(edition.initiatives), indicators.maturity(edition.initiatives)
    assert tables.headlines(*counted, loose, "en").note.startswith(warning)
    assert warning not in tables.headlines(*counted, edition, "en").note


def test_bounds_that_are_written_the_same_are_one_number(tmp_path):
    rows = [small.row()] * 6 + [small.row(status=small.DEVELOPMENT)] * 6
    edition = edition_of(tmp_path, y2025=rows)
    table = tables.headlines(
        indicators.volume(edition.initiatives), indicators.maturity(edition.initiatives), edition, "fr"
    )
    cells = {row[0]: row[1] for row in table.rows}
    assert cells["Part en production"] == cells["Bornes de cette part"] == "50,0\u00a0%"


def test_the_html_for_jupyterlab_escapes_markup_in_the_data(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row("<img src=x onerror=alert(1)>")])
    bundle = tables.initiatives(edition, "fr")._repr_mimebundle_()
    assert "<img" not in bundle["text/html"]
    assert "&lt;img src=x" in bundle["text/html"]


def test_completeness_has_counts_and_a_dash_for_a_year_with_too_few_rows(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row(benefits="")] * 3 + [small.row()] * 9)
    table = tables.completeness(quality.completeness(edition), edition, "fr")
    assert ("Bénéfices", "3", "75,0\u00a0%") in table.rows
    few = edition_of(tmp_path / "few", y2025=[small.row(benefits="")])
    assert ("Benefits", "1", "—") in tables.completeness(quality.completeness(few), few, "en").rows


def test_a_recode_shows_the_spaces_that_it_removes(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row(body="Bureau  des essais ")])
    table = tables.recodes(quality.recodes(edition), edition, "en")
    assert ("Body", "2025", "Bureau␣␣des essais␣", "Bureau des essais", "1") in table.rows


def test_findings_have_no_year_column_and_the_sign_for_a_space_is_explained(tmp_path):
    edition = edition_of(tmp_path, y2025=[small.row(body="Régie ")])
    found = check.check(edition, data=tmp_path)
    table = tables.findings(found, "note", edition, "en")
    assert table.columns == ("Column", "Finding", "Rows", "What to do")
    assert "“Régie␣” (1)" in str(table.rows)
    assert table.note.startswith("␣: a space at the beginning")


def test_the_reconciliation_lists_totals_and_figures_that_differ(tmp_path):
    figures_of_others = pd.DataFrame(
        [
            (2025, "initiatives", "", "press", 3, 2, -1, "differs"),
            (2025, "category", "Automatisation", "aggregates", 1, 1, 0, "agrees"),
            (2025, "category", "Autre", "aggregates", 1, 2, 1, "differs"),
        ],
        columns=["year", "subject", "name", "origin", "theirs", "ours", "gap", "verdict"],
    )
    edition = edition_of(tmp_path, y2025=[small.row()])
    assert tables.reconciliation(figures_of_others, edition, "fr").rows == (
        ("Initiatives", "2025", "presse", "3", "2", "−1", "diffère"),
        ("Autre", "2025", "tableau de bord tiers", "1", "2", "+1", "diffère"),
    )


def test_a_claim_that_cannot_be_verified_has_a_dash_and_an_explanation(tmp_path):
    stated = pd.DataFrame(
        [
            (
                "58 sont nouveaux",
                "aggregates",
                "Noms comparés lettre à lettre.",
                58,
                None,
                False,
                "cannot_be_told",
            )
        ],
        columns=["claim", "origin", "note", "theirs", "ours", "is_share", "verdict"],
    )
    edition = edition_of(tmp_path, y2025=[small.row()])
    assert tables.claims(stated, edition, "fr").rows == (
        (
            "58 sont nouveaux",
            "tableau de bord tiers",
            "—",
            "invérifiable ici",
            "Noms comparés lettre à lettre.",
        ),
    )
