"""Print says which characters it cannot draw, and how wide the others are."""

from __future__ import annotations

import logging

import pytest

from portrait.style.glyphs import drawable, legible, report_lost, width


def test_french_is_drawn_upright_and_italic() -> None:
    letters = {ord(letter) for letter in "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»’–—…"}
    assert letters <= drawable(italic=False)
    assert letters <= drawable(italic=True)


def test_a_character_no_font_has_is_printed_as_its_code_point_and_kept_in_the_list() -> None:
    lost: set[str] = set()
    assert legible("Clé \U0001f512\ufe0f du réseau", lost) == "Clé [U+1F512] du réseau"
    assert lost == {"\U0001f512"}


def test_a_text_the_fonts_draw_is_unchanged() -> None:
    lost: set[str] = set()
    assert legible("Société de l’assurance automobile", lost) == "Société de l’assurance automobile"
    assert lost == set()


def test_a_character_that_is_lost_is_named_in_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        report_lost({"\U0001f512"})
    assert caplog.messages == ["No font draws U+1F512 (LOCK): print shows its number."]


def test_a_wide_letter_is_wider_than_a_narrow_one_and_widths_add_up() -> None:
    assert width("m") > width("i") > 0
    assert width("mi") == pytest.approx(width("m") + width("i"))
    assert width("") == 0
