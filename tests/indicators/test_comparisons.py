"""Comparison of registers from published totals, without a ranking."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from portrait import tables
from portrait.editions.opening import open_edition
from portrait.indicators import comparisons
from portrait.registers.project import source_names
from portrait.registers.schema import load_source
from portrait.registers.source import UNKNOWN
from tests import small
from tests.real_data import needs_real_data, real_edition

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def edition(tmp_path):
    """An edition of one row, which must not be used in a comparison."""
    return small.edition_of(tmp_path, y2025=[small.row()])


def test_the_register_of_the_edition_is_first_and_the_others_are_sorted_by_name(edition):
    found = comparisons.registers(edition)
    assert [(each.source.id, each.year) for each in found] == [
        ("quebec", 2025),
        ("ca-federal", 2025),
        ("us-federal", 2025),
    ]


def test_no_register_has_a_later_year_than_the_edition(tmp_path):
    data = small.write_year(tmp_path, 2024, [small.row()])
    found = comparisons.registers(open_edition("quebec", 2024, data=data, project=PROJECT))
    assert [(each.source.id, each.year) for each in found] == [("quebec", 2024), ("us-federal", 2024)]


def test_figures_are_the_published_ones_and_do_not_use_rows(edition):
    quebec, canada, states = comparisons.registers(edition)
    assert [each.n_initiatives for each in (quebec, canada, states)] == [258, 409, 3611]
    assert [each.n_bodies for each in (quebec, canada, states)] == [82, 42, 41]
    assert quebec.n_bodies_elsewhere == (83,)


def test_statuses_are_the_published_ones(edition):
    canada = comparisons.registers(edition)[1].statuses
    assert canada == {"production": 160, "development": 179, "retired": 28, "unknown": 42, "unclassified": 0}


def test_origins_include_our_own_computation(edition):
    origins = [[each["id"] for each in register.origins] for register in comparisons.registers(edition)]
    assert origins == [
        ["aggregates", "press"],
        ["computed-2025", "announcement"],
        ["repository-2025", "computed-2025"],
    ]
    assert (
        "calculé par ce projet sur le fichier publié"
        in tables.comparison(comparisons.registers(edition), edition, "fr").source
    )


@pytest.mark.parametrize(
    ("others", "lacking"),
    [([], ""), (["ca-federal"], "ca-federal"), (["ca-federal", "us-federal"], "quebec")],
)
def test_nothing_is_compared_with_one_register_alone_or_without_totals_of_ones_own(tmp_path, others, lacking):
    small.copy_references(tmp_path, others)
    if lacking:
        (tmp_path / "data" / "reference" / lacking / "published.yml").unlink()
    data = small.write_year(tmp_path / "rows", 2025, [small.row()])
    assert comparisons.registers(open_edition("quebec", 2025, data=data, project=tmp_path)) == ()


def test_statuses_that_do_not_add_up_to_the_total_are_not_told(tmp_path):
    small.copy_references(tmp_path, ["ca-federal", "us-federal"])
    path = tmp_path / "data" / "reference" / "ca-federal" / "published.yml"
    published = yaml.safe_load(path.read_text("utf-8"))
    published["computed_here"][2025]["by_status"]["unknown"] = 41
    path.write_text(yaml.safe_dump(published, explicit_end=True), "utf-8")
    data = small.write_year(tmp_path / "rows", 2025, [small.row()])
    edition = open_edition("quebec", 2025, data=data, project=tmp_path)
    found = comparisons.registers(edition)
    assert found[1].statuses is None
    assert _columns(tables.comparison(found, edition, "en"))["In production"] == ("132", "—", "1,040")


def test_a_status_that_a_register_does_not_use_has_a_dash_not_a_zero(edition):
    columns = _columns(tables.comparison(comparisons.registers(edition), edition, "en"))
    assert columns["Retired"] == ("—", "28", "314")
    assert columns["Unknown status"] == ("11", "42", "338")


def _columns(table):
    """Return the cells of each column of a table that has a row for each register."""
    return dict(zip(table.columns, zip(*table.rows, strict=True), strict=True))


def test_our_computed_totals_are_not_origins_of_published_figures():
    for name in source_names(PROJECT):
        path = load_source(name, PROJECT).folder / "published.yml"
        published = yaml.safe_load(path.read_text("utf-8"))
        ours = {each["origin"] for each in published.get("computed_here", {}).values()}
        theirs = {
            origin
            for each in published.get("editions", {}).values()
            for named in each["origins"].values()
            for origin in (named if isinstance(named, list) else [named])
        }
        assert not ours & theirs


@needs_real_data
@pytest.mark.parametrize("source, year", [("nl", "2026-07-15"), ("uk", "2026-08")])
def test_bodies_that_nobody_counted_are_counted_by_this_project_as_the_report_counts_them(source, year):
    edition = real_edition(source, year)
    named = edition.initiatives["body"].drop_duplicates()
    assert comparisons.registers(edition)[0].n_bodies == (named != UNKNOWN).sum()
