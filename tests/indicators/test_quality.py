"""Data quality of an edition, on a few rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portrait.indicators import quality
from portrait.registers.source import RecordedName
from tests import small
from tests.facts.editions import opened


def test_blanks_placeholders_and_unconfirmed_statuses_are_missing(tmp_path):
    rows = [
        small.row(benefits=""),
        small.row(benefits="N/A"),
        small.row(benefits="Gain de temps", status=small.SILENT),
        small.row(status=""),
    ]
    table = quality.completeness(opened(tmp_path, rows)).set_index("field")
    assert table.loc["benefits", "n_missing"] == 2
    assert table.loc["benefits", "completeness"] == 0.5
    assert table.loc["status", "n_missing"] == 2
    assert table.loc["body", "n_missing"] == 0


def test_a_value_outside_a_closed_list_is_unclassified_not_missing(tmp_path):
    table = quality.completeness(opened(tmp_path, [small.row(), small.row(category="Autre chose")]))
    category = table.set_index("field").loc["category"]
    assert (category["n_missing"], category["n_unclassified"], category["completeness"]) == (0, 1, 1.0)


def test_each_available_year_has_its_own_completeness(tmp_path):
    edition = opened(tmp_path, [small.row()], before=[small.row("A", benefits="")])
    table = quality.completeness(edition).set_index(["year", "field"])
    assert table.loc[(2024, "benefits"), "completeness"] == 0.0
    assert table.loc[(2025, "benefits"), "completeness"] == 1.0


def test_reconstructed_rows_have_the_completeness_of_fields_with_totals_alone(tmp_path):
    edition = opened(tmp_path, [small.row("Initiative reconstituée 2025-001")])
    assert set(quality.completeness(edition)["field"]) == {"portfolio", "category", "status"}


def test_recodes_are_counted_by_year_and_value(tmp_path):
    edition = opened(
        tmp_path,
        [small.row(portfolio="Éducation (Réseau)")],
        before=[
            small.row("A", category="Traitement d'image"),
            small.row("B", category="Traitement d'image"),
        ],
    )
    recodes = {tuple(row[:4]): row[4] for row in quality.recodes(edition).itertuples(index=False)}
    image = "Traitement d'image"
    assert recodes[2024, "category", image, f"{image}/Imagerie médicale"] == 2
    assert recodes[2025, "portfolio_folded", "Éducation (Réseau)", "Éducation"] == 1


def test_recodes_are_in_the_order_of_fields_years_and_frequency(tmp_path):
    before = [small.row(body="CHUM ")]
    now = [small.row(body="chum ", category="Autre chose"), *[small.row(body="CHUM  ")] * 2]
    table = quality.recodes(opened(tmp_path, now, before))
    assert table[["field", "year", "n_rows"]].values.tolist() == [
        ["body", 2024, 1],
        ["body", 2025, 2],
        ["body", 2025, 1],
        ["category", 2025, 1],
        ["status", 2024, 1],
        ["status", 2025, 3],
    ]


@pytest.mark.parametrize(("n_spaces", "says_nothing"), [(1, True), (15, True), (16, False)])
def test_a_placeholder_has_at_most_twice_the_letters_of_the_longest(n_spaces, says_nothing):
    text = f" not{' ' * n_spaces}applicable "
    assert quality.is_placeholder(text) is says_nothing  # 14 letters and space: at most 28


def test_a_published_value_that_is_a_label_is_not_a_recode(tmp_path):
    rows = [small.row(category=category) for category in (small.ASSISTANT, f"{small.ASSISTANT} ")]
    recodes = quality.recodes(opened(tmp_path, rows)).query("field == 'category'")
    assert recodes["before"].tolist() == [f"{small.ASSISTANT} "]


def test_a_portfolio_that_no_row_gives_is_not_a_recode(tmp_path):
    unnamed, named = (
        small.row(f"Outil {n}", portfolio=portfolio) for n, portfolio in enumerate(("", "Justice"))
    )
    recoded = {
        name: quality.recodes(opened(tmp_path / name, rows))["field"].tolist()
        for name, rows in {"none": [unnamed] * 2, "some": [unnamed, named]}.items()
    }
    assert "portfolio" not in recoded["none"]
    assert recoded["some"].count("portfolio") == 1


def test_a_row_without_a_name_is_quarantined_with_its_reason(tmp_path):
    edition = opened(tmp_path, [small.row(), small.row("", body="", portfolio="")])
    assert quality.quarantined(edition).values.tolist() == [[2025, 3, "3", "nameless", "", ""]]


def test_names_without_a_person_a_validity_or_dated_evidence_are_counted_by_field(tmp_path):
    edition = opened(tmp_path, [small.row()])

    def body(n: int, since: int | None, evidence: str, who: str) -> RecordedName:
        return RecordedName("body", f"Nom {n}", "Régie", since, None, evidence, recorded_by=who)

    names = [
        body(1, None, "Loi sur la régie", "Portrait"),
        body(2, 2024, "https://example.org/regie, 2026-02-27", "A. Roy"),
        body(3, None, "Loi sur la régie", "A. Roy"),
        body(4, 2026, "Loi sur la régie, 2026-02-27", "A. Roy"),
    ]
    ledger = replace(edition, source=replace(edition.source, mappings=tuple(names)))
    assert quality.recorded_names(ledger).to_numpy().tolist() == [["body", 3, 2, 1, 1]]
    assert len(quality.recorded_names(replace(edition, source=replace(edition.source, mappings=())))) == 0
