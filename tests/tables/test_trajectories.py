"""Tables of links and trajectories: denominators, recorded measures, rows of three tiers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portrait import indicators, tables
from portrait.editions.opening import open_edition
from portrait.linkage.links import link_years
from portrait.linkage.tiers import TIERS, Links
from portrait.tables.table import MOST_PRINTED
from tests import small

PROJECT = Path(__file__).parents[2]
MEASURES = "year_from,year_to,tier,precision,precision_lowest,precision_highest,recall,recall_lowest,\
recall_highest,f1,n_judged,n_linked"
TITLES = ("Tri du courrier", "Lecture de plans", "Prévision du gel")
NOW = (small.PRODUCTION, small.PRODUCTION, small.SILENT)


def edition_of(folder, project=PROJECT):
    """Return three initiatives in development, and three of the same names a year later."""
    before = [small.row(title, status=small.DEVELOPMENT) for title in TITLES]
    small.write_year(folder, 2024, before)
    now = [small.row(title, status=status) for title, status in zip(TITLES, NOW, strict=True)]
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, now), project=project)


def measured(folder, *lines):
    """Return the same edition in a project with these recorded measures."""
    small.copy_references(folder / "project", [])
    path = folder / "project" / "data" / "reference" / "quebec" / "links-measured.csv"
    path.write_text("\n".join([MEASURES, *lines, ""]), "utf-8")
    return edition_of(folder, folder / "project")


def persistence(n_links=(15, 18, 20), n_previous=20, n_initiatives=40):
    """Return the persistence of each tier."""
    rows = [
        {
            "tier": tier,
            "n_previous": n_previous,
            "n_initiatives": n_initiatives,
            "n_links": n,
            "n_not_before": n_initiatives - n,
            "n_decision": 1,
            "n_rule": n_links[0] - 1,
            "n_score": n - n_links[0],
        }
        for tier, n in zip(TIERS, n_links, strict=True)
    ]
    return pd.DataFrame(rows)


def passages(edition, *pairs):
    """Count the transitions of links, each (row before, row now, tier)."""
    none = link_years([])
    rows = [(2024, before, 2025, now, tier, 1.0, "name") for before, now, tier in pairs]
    links = Links(pd.DataFrame(rows, columns=list(none.table)), none.rivals)
    ends = edition.previous.initiatives, edition.initiatives
    return indicators.transitions(*ends, links, edition.overlaps)


def test_found_again_is_a_share_of_the_earlier_year_and_not_before_of_the_later_one(tmp_path):
    table = tables.links(persistence(), edition_of(tmp_path), "en")
    # 15 of 20 and 25 of 40; 18 of 20 and 22 of 40; 20 of 20 and 20 of 40.
    assert table.rows == (
        ("strict", "15", "75.0%", "62.5%", "1", "14", "0"),
        ("probable", "18", "90.0%", "55.0%", "1", "14", "3"),
        ("possible", "20", "100.0%", "50.0%", "1", "14", "5"),
    )
    assert "Precision" not in table.note
    assert "—" not in table.note


def test_recorded_measures_have_their_interval_and_the_number_of_pairs_that_were_read(tmp_path):
    lines = [f"2024,2025,{tier},0.9,0.8,1.0,0.75,0.6,0.75,0.8,40,30" for tier in TIERS]
    other_years = "2023,2024,strict,0.1,0.1,0.1,0.1,0.1,0.1,0.1,99,30"
    table = tables.links(persistence(), measured(tmp_path, other_years, *lines), "en")
    assert table.columns[-2:] == ("Estimated precision", "Estimated recall")
    assert table.rows[0][-2:] == ("90% (80%\u00a0to\u00a0100%)", "75% (60%\u00a0to\u00a075%)")
    assert "on 40 pairs that were read" in table.note


@pytest.mark.parametrize("measure", ["0.9,0.8,1.0,0.75,0.6,0.75,0.8,9,5", ",,,0,0,0,,40,0"])
def test_a_measure_of_few_pairs_or_that_could_not_be_computed_is_a_dash(tmp_path, measure):
    edition = measured(tmp_path, *[f"2024,2025,{tier},{measure}" for tier in TIERS])
    table = tables.links(persistence(), edition, "fr")
    assert {row[-2] for row in table.rows} == {"—"}
    assert "— : " in table.note


def test_a_cell_has_one_number_and_each_tier_that_differs_its_row_in_another_table(tmp_path):
    edition = edition_of(tmp_path)
    found = passages(edition, (2, 2, "strict"), (3, 3, "strict"), (4, 4, "possible"))
    table = tables.trajectories(found, edition, "en")
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    assert list(rows) == ["In development", "Not in the file of 2024", "Total"]
    assert rows["In development"]["Unknown status"] == "0"
    assert rows["Total"]["Total"] == "4"
    assert table.note == "Probable tier; the others are in an appendix of the page."
    tiers = tables.passages_by_tier(found, edition, "en")
    assert tiers.columns[:2] == ("Status in 2024", "Tier")
    of_development = [row[1:] for row in tiers.rows if row[0] == "In development"]
    assert of_development == [
        ("strict", "2", "0", "1", "3"),
        ("probable", "2", "0", "1", "3"),
        ("possible", "2", "1", "0", "3"),
    ]
    # Three before, and one not before, until the last tier finds it.
    assert [row[-1] for row in tiers.rows if row[0] == "Total"] == ["4", "4", "3"]
    assert "Vocabulary" not in tiers.note


def test_the_table_by_tier_alone_says_where_print_has_it(tmp_path):
    edition = edition_of(tmp_path)
    found = passages(edition, (2, 2, "strict"), (3, 3, "strict"), (4, 4, "possible"))
    table = tables.trajectories(found, edition, "en")
    assert (table.print_limit, table.print_notice) == (None, None)
    tiers = tables.passages_by_tier(found, edition, "en")
    assert tiers.print_limit == MOST_PRINTED
    assert "crossed at each tier" in tiers.print_notice["text"]


def test_a_status_whose_numbers_are_those_of_all_tiers_has_one_row(tmp_path):
    edition = edition_of(tmp_path)
    table = tables.passages_by_tier(passages(edition, (2, 2, "strict")), edition, "fr")
    assert {row[1] for row in table.rows} == {"les trois"}
    assert len({row[0] for row in table.rows}) == len(table.rows)


def test_years_without_a_link_have_all_of_the_first_not_found_and_all_of_the_second_not_before(tmp_path):
    edition = edition_of(tmp_path)
    table = tables.trajectories(passages(edition), edition, "en")
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    assert (rows["In development"]["Not found"], rows["In development"]["Total"]) == ("3", "3")
    assert rows["Not in the file of 2024"] == {
        "Status in 2024": "Not in the file of 2024",
        "In production": "2",
        "Unknown status": "1",
        "Not found": "0",
        "Total": "3",
    }
