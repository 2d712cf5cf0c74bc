"""Tables that compare registers: what is not published, small denominators, other published counts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from portrait import indicators, tables
from portrait.editions.opening import open_edition
from portrait.indicators.comparisons import Register
from portrait.registers.schema import load_source
from tests import small

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, [small.row()]), project=PROJECT)


def register(source="quebec", **changes):
    """Return a register that publishes nothing, except the given totals."""
    totals = {"n_initiatives": None, "n_bodies": None, "n_bodies_elsewhere": (), "statuses": None}
    origin = {"id": "press", "label": {"fr": "la presse", "en": "the press"}}
    return Register(load_source(source, PROJECT), 2025, origins=(origin,), **{**totals, **changes})


def statuses(*, production=0, development=0, unknown=0, retired=0):
    counts = {"production": production, "development": development, "unknown": unknown, "retired": retired}
    each = [status for status, n in counts.items() for _ in range(n)]
    return indicators.maturity(pd.DataFrame({"year": 2025, "status": each})).iloc[0]


def cells_of(table):
    return {name: cells for name, *cells in table.rows}


def test_a_total_that_a_register_does_not_publish_is_a_dash_and_gives_no_mean(edition):
    table = tables.comparison(
        [register(n_initiatives=25, n_bodies=10), register("ca-federal", n_initiatives=409)], edition, "en"
    )
    cells = cells_of(table)
    assert cells["Initiatives"] == ["25", "409"]
    assert cells["Entities that declare"] == ["10", "—"]
    assert cells["Initiatives per entity (mean)"] == ["2.5", "—"]
    assert cells["Share in production"] == ["—", "—"]
    assert "In production" not in cells  # no register publishes statuses
    assert "not published" in table.note


def test_a_share_needs_ten_initiatives_in_its_own_denominator(edition):
    # 6 of 9 in production or in development are too few; 6 and 8 of 11 not retired are enough.
    few = statuses(production=6, development=3, unknown=2, retired=4)
    cells = cells_of(tables.comparison([register(n_initiatives=15, statuses=few)], edition, "en"))
    assert cells["Share in production"] == ["—"]
    assert (cells["Lower bound"], cells["Upper bound"]) == (["54.5%"], ["72.7%"])
    # The source has no status “retired”, but a count of it is not hidden.
    assert cells["Retired"] == ["4"]


def test_the_note_gives_the_count_of_bodies_of_another_source(edition):
    table = tables.comparison(
        [register(n_initiatives=20, n_bodies=8, n_bodies_elsewhere=(9,), statuses=statuses(production=20))],
        edition,
        "en",
    )
    assert table.note.endswith(": another source counts 9 entities that report.")
    assert "—" not in str(table.rows)


def test_the_tables_cite_the_origins_of_the_totals_and_not_the_rows_of_the_edition(edition):
    both = [register(), register("ca-federal")]
    for table in (
        tables.comparison(both, edition, "en"),
        tables.comparison_definitions(both, edition, "en"),
    ):
        assert table.source.startswith("recorded totals, not the rows of this report.")
        assert table.source.count("(2025): the press") == 2


def test_a_definition_that_is_not_published_is_a_dash_and_the_note_says_so(edition):
    complete = register()
    facts = {key: value for key, value in complete.source.facts.items() if key != "legal_basis"}
    partial = dataclasses.replace(complete, source=dataclasses.replace(complete.source, facts=facts))
    assert tables.comparison_definitions([complete], edition, "en").note == ""
    table = tables.comparison_definitions([complete, partial], edition, "en")
    assert cells_of(table)["Basis"][1] == "—"
    assert cells_of(table)["What is not"][0].startswith("cybersecurity and cyberdefence initiatives; ")
    assert table.note == "—: not published."
    assert table.align == ("l", "l", "l")
