"""An edition in a notebook: one short line, and a card that says what to call next."""

from __future__ import annotations

from pathlib import Path

from portrait.editions.opening import open_edition
from tests import small
from tests.small import PROJECT


def test_an_edition_is_told_in_one_line(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, data=small.tiny_edition(tmp_path))
    assert repr(edition) == "<Edition quebec 2025: 3 initiatives, earlier 2024>"


def test_reconstructed_and_fictional_rows_are_said_in_capitals() -> None:
    edition = open_edition("quebec", 2025, data=small.SAMPLE, project=PROJECT)
    assert repr(edition).endswith("earlier 2024, RECONSTRUCTED>")
    assert "a crossing of two fields warns" in edition._repr_html_()
    assert "SPECIMEN" in repr(edition.specimen)
    assert "quote nothing" in edition.specimen._repr_html_()


def test_a_card_says_what_to_call_next_as_text(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, data=small.tiny_edition(tmp_path))
    assert "<code>&lt;Edition quebec 2025" in edition._repr_html_()
    assert "<code>edition.initiatives</code>" in edition._repr_html_()
    assert "RECONSTRUCTED" not in edition._repr_html_()
