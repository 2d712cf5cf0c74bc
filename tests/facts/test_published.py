"""The tables published beside an edition: complete, the rows conserved, the same each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from portrait.editions.opening import open_edition
from portrait.facts.published import published_tables, tables_of
from portrait.facts.schema import columns_of, declared
from tests import small
from tests.narrative import random_years

PROJECT = Path(__file__).parents[2]


def two_years(folder: Path):
    return small.edition_of(
        folder,
        y2024=[small.row("Tri"), small.row("", body="", portfolio="", status=small.SILENT)],
        y2025=[small.row("Tri"), small.row("Plan", status="Étape inconnue"), small.row("Plan", category="")],
    )


def test_every_declared_table_is_made_of_texts_in_the_declared_columns(tmp_path):
    tables = published_tables(two_years(tmp_path))
    assert list(tables) == list(declared())
    for name, table in tables.items():
        assert list(table.columns) == columns_of(name)
        assert all(isinstance(cell, str) for row in table.itertuples(index=False) for cell in row)


def test_each_row_of_each_file_is_an_initiative_or_set_aside(tmp_path):
    tables = published_tables(two_years(tmp_path))
    rows = Counter([*tables["initiatives"]["edition"], *tables["set-aside"]["edition"]])
    editions = tables["editions"].set_index("edition")
    assert rows == {edition: int(n) for edition, n in editions["rows_read"].items()} == {"2024": 2, "2025": 3}
    assert dict(editions["n_initiatives"]) == {"2024": "1", "2025": "3"}
    assert dict(editions["n_set_aside"]) == {"2024": "1", "2025": "0"}
    assert dict(editions["previous"]) == {"2024": "", "2025": "2024"}


def test_each_of_three_editions_names_the_one_before_it(tmp_path):
    years = {year: (small.row(f"Tri {year}"),) for year in (2023, 2024, 2025)}
    data = random_years.RandomEdition(0, years).write(tmp_path)
    project = random_years.make_project(tmp_path / "project")
    editions = published_tables(open_edition("quebec", 2025, data=data, project=project))["editions"]
    assert dict(zip(editions["edition"], editions["previous"], strict=True)) == {
        "2023": "",
        "2024": "2023",
        "2025": "2024",
    }


def test_each_published_value_has_one_reading_and_all_its_rows(tmp_path):
    tables = published_tables(two_years(tmp_path))
    recodings = tables["recodings"]
    read = {(r.edition, r.field, r.published): (r.value, r.n_rows) for r in recodings.itertuples()}
    assert len(read) == len(recodings)
    assert read["2025", "status", small.PRODUCTION] == ("production", "2")
    assert read["2025", "status", "Étape inconnue"] == ("unclassified", "1")
    assert read["2025", "category", ""] == ("unknown", "1")


def test_a_figure_published_by_others_stands_beside_what_the_rows_count():
    tables = published_tables(open_edition("quebec", 2025, data=small.SAMPLE, project=PROJECT))
    totals = tables["published"].query("measure == 'initiatives'")
    assert set(zip(totals["edition"], totals["value"], totals["ours"], strict=True)) == {
        ("2024", "168", "168"),
        ("2025", "258", "258"),
    }
    assert set(tables["editions"]["reconstructed"]) == {"yes"}
    assert set(tables["initiatives"]["reconstructed"]) == {"yes"}


def test_the_tables_of_facts_are_made_once_an_edition(tmp_path):
    edition = two_years(tmp_path)
    assert tables_of(edition) is tables_of(edition)


@pytest.mark.parametrize("name", ["initiatives", "themes", "links"])
def test_benefits_and_links_name_rows_that_exist(tmp_path, name):
    tables = published_tables(two_years(tmp_path))
    places = set(zip(tables["initiatives"]["edition"], tables["initiatives"]["row"], strict=True))
    assert len(places) == len(tables["initiatives"])
    for end in ("_from", "_to") if name == "links" else ("",):
        table = tables[name]
        assert set(zip(table[f"edition{end}"], table[f"row{end}"], strict=True)) <= places
