"""Tables that compare registers: what is not published, other published counts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from portrait import tables
from portrait.indicators.comparisons import Register
from portrait.ingest.initiatives import STATUSES
from portrait.registers.schema import load_source
from tests import small

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    return small.edition_of(folder, y2025=[small.row()])


def register(source="quebec", **changes):
    """Return a register that publishes nothing, except the given totals."""
    totals = {"n_initiatives": None, "n_bodies": None, "n_bodies_elsewhere": (), "statuses": None}
    origin = {"id": "press", "label": {"fr": "la presse", "en": "the press"}}
    return Register(load_source(source, PROJECT), 2025, origins=(origin,), **{**totals, **changes})


def statuses(*, production=0, development=0, unknown=0, retired=0):
    counts = {"production": production, "development": development, "unknown": unknown, "retired": retired}
    return {status: counts.get(status, 0) for status in STATUSES}


def cells_of(table):
    return {name: cells for name, *cells in table.rows}


def test_a_total_that_a_register_does_not_publish_is_a_dash(edition):
    table = tables.comparison(
        [register(n_initiatives=25, n_bodies=10), register("ca-federal", n_initiatives=409)], edition, "en"
    )
    assert table.columns == ("Register", "Total", "Entities that report")  # no register publishes statuses
    assert table.rows == (
        ("Québec (2025)", "25", "10"),
        ("Canada (2025)", "409", "—"),
    )
    assert "not published" in table.note


def test_a_status_that_a_register_does_not_define_is_shown_where_it_is_counted(edition):
    told = statuses(production=6, retired=4)
    table = tables.comparison([register(n_initiatives=10, statuses=told)], edition, "en")
    cells = dict(zip(table.columns, *table.rows, strict=True))
    assert cells["In production"] == "6"
    assert cells["Retired"] == "4"  # the source has no such status, but a count of it is not hidden


def test_registers_that_count_different_things_have_no_share_or_mean_side_by_side(edition):
    told = statuses(production=20)
    table = tables.comparison([register(n_initiatives=20, n_bodies=4, statuses=told)], edition, "en")
    assert table.columns[1:] == ("Total", "Entities that report", "In production")


def test_the_note_gives_the_count_of_bodies_of_another_source(edition):
    table = tables.comparison(
        [register(n_initiatives=20, n_bodies=8, n_bodies_elsewhere=(9,), statuses=statuses(production=20))],
        edition,
        "en",
    )
    assert table.note.endswith(": another source counts 9 entities that report.")
    assert "—" not in str(table.rows)


def test_totals_cite_their_origins_and_not_the_rows_of_the_edition(edition):
    table = tables.comparison([register(), register("ca-federal")], edition, "en")
    assert table.source == "recorded totals, not the rows of this report: the press (Québec, Canada)."


def test_definitions_are_the_words_of_each_register(edition):
    table = tables.comparison_definitions([register("ca-federal")], edition, "en")
    assert table.source == "what each register says of itself."


def test_a_definition_that_is_not_published_is_said_not_to_be(edition):
    complete = register()
    facts = {key: value for key, value in complete.source.facts.items() if key != "legal_basis"}
    partial = dataclasses.replace(complete, source=dataclasses.replace(complete.source, facts=facts))
    table = tables.comparison_definitions([complete, partial], edition, "en")
    assert cells_of(table)["Basis"][1] == "—"
    assert cells_of(table)["What is left out"][0].startswith("Cybersecurity and cyberdefence initiatives; ")
    assert table.note == "—: no statement found."
    assert table.align == ("l", "l", "l")
