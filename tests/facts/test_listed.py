"""The list of initiatives: every published row of this year, or the bodies whose number others published."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from portrait import facts, tables
from tests import small
from tests.facts.editions import opened, reconstructed


def test_every_initiative_of_this_year_is_listed_with_its_gaps(tmp_path: Path) -> None:
    now = [small.row("Tri"), small.row("Tri"), small.row("Muette", category="", status="", benefits="")]
    listed = facts.listed(opened(tmp_path, now, [small.row("Avant")]))
    assert not listed.detail.is_specimen
    assert list(listed.detail.initiatives.name) == ["Tri", "Tri", "Muette"]


def test_no_reconstructed_row_is_listed() -> None:
    listed = facts.listed(reconstructed())
    assert listed.detail.is_specimen
    for column in ("name", "body", "portfolio", "category"):
        assert not set(listed.detail.initiatives[column]) & set(listed.edition.initiatives[column])


def test_bodies_whose_number_is_published_stand_for_the_rows_that_are_not() -> None:
    listed = facts.listed(reconstructed())
    assert listed.tells_bodies
    bodies = listed.bodies.set_index("body")
    assert (len(bodies), bodies["n_now"].sum()) == (63, 216)  # of 82 bodies and 258 initiatives
    assert list(bodies.loc["Université Laval", ["n_now", "n_before"]]) == [11, 8]
    assert bodies["n_before"].notna().sum() == 5  # those whose number of 2024 is published


def test_the_bodies_of_official_rows_are_told_by_their_rows(tmp_path: Path) -> None:
    listed = facts.listed(opened(tmp_path, [small.row("Tri")], [small.row("Avant")]))
    assert not listed.tells_bodies


def test_the_table_of_bodies_has_no_column_of_an_edition_of_which_a_few_numbers_are_published() -> None:
    edition = reconstructed()
    bodies = facts.listed(edition).bodies
    table = tables.published_bodies(bodies, edition, "fr")
    assert table.columns == ("Organisme", "2025")
    assert table.rows[0] == ("Ministère des Ressources naturelles et des Forêts", "26")
    assert table.note.startswith("2024 : seuls nombres publiés, Ministère des Ressources naturelles")
    assert table.note.count("(") == 5
    assert not table.is_specimen
    most = tables.published_bodies(bodies.head(9).assign(n_before=[*range(6), *[pd.NA] * 3]), edition, "fr")
    assert most.columns == ("Organisme", "2024", "2025")
    assert "— : nombre non publié." in most.note
