"""The list of initiatives: every published row of this year, or none at all."""

from __future__ import annotations

from pathlib import Path

from portrait import facts
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
