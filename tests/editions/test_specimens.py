"""Specimens: fictional rows named by letters, which cover the cases of a layout without a real name."""

import pandas as pd
import pytest

from portrait.editions.specimens import specimen_initiatives, specimen_links, specimen_source
from portrait.indicators import coded_benefits
from portrait.ingest.initiatives import COLUMNS, validated
from portrait.registers.codebook import specimen_themes
from portrait.registers.source import RecordedName, Source, Term


@pytest.fixture
def source(tmp_path):
    def terms(*names):
        return tuple(Term(name, {"fr": name, "en": name}) for name in names)

    return Source(
        id="register",
        folder=tmp_path,
        facts={"title": {"fr": "Registre", "en": "Register"}},
        columns={},
        mappings=(RecordedName("body", "HEC", "HEC Montréal", None, None, "statute"),),
        vocabulary={
            "status": terms("production", "unknown"),
            "category": terms("Imagerie"),
            "portfolio": terms("Famille"),
        },
    )


def test_portfolios_bodies_categories_and_themes_have_letters_as_labels(source):
    specimen = specimen_source(source)
    assert specimen.label("portfolio", "A", "fr") == "Portefeuille A"
    assert specimen.label("portfolio_folded", "A", "en") == "Portfolio A"
    assert specimen.label("category", "B", "fr") == "Catégorie B"
    assert specimen.label("body", "A1", "en") == "Body A1"
    assert specimen.label("theme", "C", "fr") == "Thème C"


def test_statuses_keep_the_labels_of_the_source(source):
    assert specimen_source(source).vocabulary["status"] == source.vocabulary["status"]


def test_no_name_of_the_source_is_left(source):
    specimen = specimen_source(source)
    assert specimen.mappings == ()
    assert "Famille" not in {term.name for term in specimen.vocabulary["portfolio"]}
    assert "Imagerie" not in {term.name for term in specimen.vocabulary["category"]}


def test_every_name_in_the_rows_has_a_label(source):
    specimen, rows = specimen_source(source), specimen_initiatives(2025)
    for field in ("portfolio", "body", "category"):
        assert set(rows[field]) <= {term.name for term in specimen.vocabulary[field]}


def test_rows_are_tidy_and_deterministic():
    rows = specimen_initiatives(2025)
    assert list(rows.columns) == list(COLUMNS)
    assert len(validated(rows)) == len(rows)
    pd.testing.assert_frame_equal(rows, specimen_initiatives(2025))


def test_portfolios_have_decreasing_sizes_and_every_status_occurs():
    rows = specimen_initiatives(2024)
    # 30 // rank: 30, 15, 10, 7, 6, 5
    assert rows["portfolio"].value_counts(sort=False).to_dict() == dict(
        zip("ABCDEF", (30, 15, 10, 7, 6, 5), strict=True)
    )
    assert set(rows["status"]) == {"production", "development", "unknown"}


def test_each_body_has_half_of_the_rows_that_the_previous_ones_leave():
    bodies = specimen_initiatives(2024).query("portfolio == 'A'")["body"].value_counts()
    assert bodies.to_dict() == {"A1": 15, "A2": 8, "A3": 7}


def test_the_number_of_rows_differs_between_years():
    # two more per portfolio
    assert len(specimen_initiatives(2025)) - len(specimen_initiatives(2024)) == 12


def test_rows_announce_zero_to_several_themes_named_by_letters():
    coded = coded_benefits(specimen_initiatives(2025), specimen_themes())
    sizes = set(coded["themes"].map(len))
    assert {0, 1, 2, 3} <= sizes
    assert {name for names in coded["themes"] for name in names} == set("ABCDEF")
    assert not coded["is_stated"].all()


def test_links_join_rows_with_the_same_name():
    before, now = specimen_initiatives(2024), specimen_initiatives(2025)
    assert before["name"].is_unique
    assert set(before["name"]) < set(now["name"])
    links = specimen_links(before, now)
    names = [table.set_index("row")["name"] for table in (before, now)]
    assert names[0][links.table["row_from"]].tolist() == names[1][links.table["row_to"]].tolist()
    assert len(links.table) == 63  # of 73, one in seven is not linked
    assert links.rivals.empty


def test_some_initiatives_have_another_status_the_next_year():
    before, now = (specimen_initiatives(year).set_index("name")["status"] for year in (2024, 2025))
    assert (before != now[before.index]).any()
