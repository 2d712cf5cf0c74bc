"""The table of dates and rows of each edition."""

from __future__ import annotations

import dataclasses

from portrait import tables
from tests import small
from tests.facts.editions import reconstructed

NAMELESS = ("", small.ASSISTANT, "", "", "Gain de temps", small.PRODUCTION)


def test_each_year_has_a_column_and_the_rows_read_are_initiatives_or_set_aside(tmp_path):
    rows = [small.row(), NAMELESS, small.row("Lecture de plans")]
    table = tables.scope(small.edition_of(tmp_path, y2024=[small.row()], y2025=rows), "en")
    assert table.columns == ("Item", "2024", "2025")
    assert table.rows[-3:] == (
        ("Rows read", "1", "3"),
        ("Initiatives", "1", "2"),
        ("Rows set aside", "0", "1"),
    )


def test_reconstructed_rows_have_one_number_and_were_not_read():
    table = tables.scope(reconstructed(), "en")
    assert table.rows[-1] == ("Reconstructed rows", "168", "258")
    assert not any("read" in row[0] or "aside" in row[0] for row in table.rows)


def test_a_date_that_was_not_published_is_a_dash_that_the_note_explains(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    dates = {2025: {"collected": "2025-06", "modified": "2026-01-27"}}
    facts = edition.source.facts | {"editions": dates}
    partly = dataclasses.replace(edition, source=dataclasses.replace(edition.source, facts=facts))
    table = tables.scope(partly, "fr")
    assert [cells[1] for cells in table.rows[:3]] == [
        "juin 2025",
        "27 janvier 2026",
        "1",
    ]  # a date that none has
    assert table.note == ""
    dated = dataclasses.replace(edition.source, facts=facts | {"editions": {2024: {"published": "2024-11"}}})
    both = dataclasses.replace(partly, earlier=(dataclasses.replace(edition, year=2024, source=dated),))
    table = tables.scope(both, "fr")
    assert [cells[1:] for cells in table.rows[:2]] == [("—", "juin 2025"), ("novembre 2024", "—")]
    assert table.note == "— : date non publiée."


def test_the_first_cells_say_the_nouns_of_the_register(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    table = tables.scope(small.of_use_cases(edition), "en")
    assert ("Use cases", "1") in table.rows
